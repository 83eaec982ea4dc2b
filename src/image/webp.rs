//! Reads WebP. Sole owner of `image-webp`.

use std::io::Cursor;

use image_webp::WebPDecoder;

use super::container::profile;
use super::picture::{Fault, MOST_PIXELS, Picture, bounded};
use super::turn::turn_of;

pub(super) fn decode(bytes: &[u8]) -> Result<Option<Picture>, Fault> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|_| Fault::Damaged)?;
    decoder.set_memory_limit(MOST_PIXELS as usize * 4);
    let (width, height) = decoder.dimensions();
    bounded(width, height)?;
    let exif = decoder.exif_metadata().map_err(|_| Fault::Damaged)?;
    // Browsers do not agree on whether they turn a WebP image.
    if decoder.is_animated() || exif.is_some_and(|exif| turn_of(&exif) != 1) {
        return Ok(None);
    }
    let found = decoder.icc_profile().map_err(|_| Fault::Damaged)?;
    let Ok(profile) = profile(found.as_deref()) else { return Ok(None) };
    let has_alpha = decoder.has_alpha();
    let mut pixels = vec![0; decoder.output_buffer_size().ok_or(Fault::Huge)?];
    decoder.read_image(&mut pixels).map_err(|_| Fault::Damaged)?;
    Ok(Some(Picture { width, height, has_alpha, pixels, turn: 1, profile, is_flat: false }))
}
