//! Makes an image smaller. Sole owner of `fast_image_resize`.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::picture::Picture;

/// An image of this width and height, as it is stored.
pub(super) fn scale(picture: &Picture, width: u32, height: u32) -> Option<Picture> {
    let kind = if picture.has_alpha { PixelType::U8x4 } else { PixelType::U8x3 };
    let from = ImageRef::new(picture.width, picture.height, &picture.pixels, kind).ok()?;
    let mut to = Image::new(width, height, kind);
    // The weights of this filter are made by multiplying and adding alone, which all processors
    // do alike; sines they do not.
    let filter = ResizeAlg::Convolution(FilterType::CatmullRom);
    let options = ResizeOptions::new().resize_alg(filter);
    Resizer::new().resize(&from, &mut to, &options).ok()?;
    Some(Picture {
        width,
        height,
        pixels: to.into_vec(),
        profile: picture.profile.clone(),
        ..*picture
    })
}
