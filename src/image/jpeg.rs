//! Reads JPEG. Sole owner of `zune-jpeg`.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::container::profile;
use super::picture::{Fault, Picture, bounded};
use super::turn::turn_of;

pub(super) fn decode(bytes: &[u8]) -> Result<Option<Picture>, Fault> {
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|_| Fault::Damaged)?;
    let info = decoder.info().ok_or(Fault::Damaged)?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    bounded(width, height)?;
    match decoder.input_colorspace() {
        Some(ColorSpace::CMYK | ColorSpace::YCCK) => return Err(Fault::Press),
        Some(_) => {}
        None => return Err(Fault::Damaged),
    }
    let Ok(profile) = profile(decoder.icc_profile().as_deref()) else { return Ok(None) };
    let turn = decoder.exif().map_or(1, |exif| turn_of(exif));
    let pixels = decoder.decode().map_err(|_| Fault::Damaged)?;
    if pixels.len() != width as usize * height as usize * 3 || !has_end(bytes) {
        return Err(Fault::Damaged);
    }
    Ok(Some(Picture { width, height, has_alpha: false, pixels, turn, profile, is_flat: false }))
}

/// Tells whether the mark of the end stands behind the start of the last scan. Where it does not, the
/// decoder makes up what is missing, in grey.
fn has_end(bytes: &[u8]) -> bool {
    let scan = bytes.windows(2).rposition(|two| two == [0xff, 0xda]);
    scan.is_some_and(|scan| bytes[scan..].windows(2).any(|two| two == [0xff, 0xd9]))
}
