//! Width and height of an image from its first bytes. Sole owner of `imagesize`.

use std::fs;
use std::io::{BufReader, Read, Seek};

use imagesize::ImageType;

use super::orientation::is_turned;
use super::read::File;
use super::svg;

/// As much of an SVG file as its first tag can be expected in, and of a JPEG file as its Exif
/// block can fill.
const HEAD: u64 = 1 << 16;

/// Finds the width and height at which a browser shows an image, in pixels; none where the file
/// is no image that browsers show.
pub fn image_size(file: &File) -> Option<(u32, u32)> {
    let mut reader = BufReader::new(fs::File::open(&file.disk).ok()?);
    if file.path.extension().eq_ignore_ascii_case("svg") {
        return svg::size(&String::from_utf8_lossy(&head(&mut reader)?));
    }
    let kind = imagesize::reader_type(&mut reader).ok()?;
    // Others are guessed from so few bytes that a font or an archive may pass for one.
    let is_shown = matches!(
        kind,
        ImageType::Bmp
            | ImageType::Gif
            | ImageType::Heif(_)
            | ImageType::Ico
            | ImageType::Jpeg
            | ImageType::Jxl
            | ImageType::Png
            | ImageType::Tiff
            | ImageType::Webp
    );
    if !is_shown {
        return None;
    }
    reader.rewind().ok()?;
    let size = imagesize::reader_size(&mut reader).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    if width == 0 || height == 0 {
        return None;
    }
    reader.rewind().ok()?;
    if kind == ImageType::Jpeg && is_turned(&head(&mut reader)?) {
        return Some((height, width));
    }
    Some((width, height))
}

fn head(reader: &mut impl Read) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(HEAD).read_to_end(&mut head).ok()?;
    Some(head)
}
