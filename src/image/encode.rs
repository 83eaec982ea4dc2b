//! Writes WebP. Sole owner of `webp`.

use std::panic::{self, AssertUnwindSafe};

use webp::{Encoder, PixelLayout, WebPConfig};

use super::container::with_profile;
use super::picture::Picture;

/// The largest side that the format has.
pub(super) const LARGEST: u32 = 16_383;

/// The effort at which the encoder stands by itself, out of 6: more takes twice as long for the
/// last hundredth.
const EFFORT: i32 = 4;

/// Writes an image; drawings as they are where that is smaller, photographs at this quality.
pub(super) fn encode(picture: &Picture, quality: u8) -> Option<Vec<u8>> {
    let layout = if picture.has_alpha { PixelLayout::Rgba } else { PixelLayout::Rgb };
    let write = |adjust: &dyn Fn(&mut WebPConfig)| {
        let mut config = WebPConfig::new().ok()?;
        config.method = EFFORT;
        config.thread_level = 0;
        adjust(&mut config);
        let encoder = Encoder::new(&picture.pixels, layout, picture.width, picture.height);
        // It panics where memory is short.
        let written = panic::catch_unwind(AssertUnwindSafe(|| encoder.encode_advanced(&config)));
        Some(written.ok()?.ok()?.to_vec())
    };
    let lossy = write(&|config| config.quality = f32::from(quality));
    let exact = picture.is_flat.then(|| write(&|config| config.lossless = 1)).flatten();
    let smaller = lossy.into_iter().chain(exact).min_by_key(Vec::len)?;
    match &picture.profile {
        Some(profile) => with_profile(&smaller, profile, picture),
        None => Some(smaller),
    }
}
