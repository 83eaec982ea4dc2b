//! Images for sites that are built.

/// Pixels that look like those of a photograph.
pub(crate) fn pixels_of(width: u32, height: u32) -> Vec<u8> {
    let mut seed = 7_u32;
    let pixel = |n: u32| {
        let (x, y) = (n % width, n / width);
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = (seed >> 29) as u8;
        let wave = (x * y / 640 % 64) as u8;
        [(x * 200 / width) as u8 + noise, (y * 180 / height) as u8 + wave, 90 + noise + wave]
    };
    (0..width * height).flat_map(pixel).collect()
}

/// A PNG of this size that looks like a photograph.
pub(crate) fn photo(width: u32, height: u32) -> Vec<u8> {
    png(width, height, png::ColorType::Rgb, &pixels_of(width, height), |_| {})
}

/// A PNG of these pixels, described as `adjust` says.
pub(crate) fn png(
    width: u32,
    height: u32,
    colour: png::ColorType,
    pixels: &[u8],
    adjust: impl Fn(&mut png::Info<'_>),
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut info = png::Info::with_size(width, height);
    info.color_type = colour;
    info.bit_depth = png::BitDepth::Eight;
    adjust(&mut info);
    let encoder = png::Encoder::with_info(&mut file, info).expect("the image can be described");
    let mut writer = encoder.write_header().expect("a header can be written");
    writer.write_image_data(pixels).expect("pixels can be written");
    writer.finish().expect("a file can be ended");
    file
}
