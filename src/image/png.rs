//! Reads PNG. Sole owner of `png`.

use std::collections::BTreeSet;
use std::io::Cursor;

use png::{BitDepth, ColorType, Decoder, Transformations};

use super::container::profile;
use super::picture::{Fault, Picture, bounded};
use super::turn::turn_of;

/// With no more colours than this it was drawn, not photographed.
const FEW: usize = 256;

pub(super) fn decode(bytes: &[u8]) -> Result<Option<Picture>, Fault> {
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.set_ignore_text_chunk(true);
    let info = decoder.read_header_info().map_err(|_| Fault::Damaged)?;
    bounded(info.width, info.height)?;
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(|_| Fault::Damaged)?;
    let info = reader.info();
    let turn = info.exif_metadata.as_deref().map_or(1, turn_of);
    // Browsers do not agree on whether they turn a PNG.
    if info.animation_control.is_some() || turn != 1 {
        return Ok(None);
    }
    // Colours that are told by other means than a profile are left to browsers.
    let (gamma, primaries) = (info.gama_chunk.is_some(), info.chrm_chunk.is_some());
    let is_told = info.coding_independent_code_points.is_some()
        || (gamma || primaries) && info.srgb.is_none() && info.icc_profile.is_none() && {
            let usual = info
                .gama_chunk
                .is_none_or(|gamma| (44_000..=47_000).contains(&gamma.into_scaled()));
            !usual || primaries && !is_srgb(info.chrm_chunk.as_ref())
        };
    if is_told {
        return Ok(None);
    }
    let (width, height) = (info.width, info.height);
    let Ok(profile) = profile(info.icc_profile.as_deref()) else { return Ok(None) };
    let size = reader.output_buffer_size().ok_or(Fault::Huge)?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(|_| Fault::Damaged)?;
    reader.finish().map_err(|_| Fault::Damaged)?;
    pixels.truncate(frame.buffer_size());
    if frame.bit_depth != BitDepth::Eight {
        return Err(Fault::Damaged);
    }
    let (pixels, has_alpha) = match frame.color_type {
        ColorType::Rgb => (pixels, false),
        ColorType::Rgba => (pixels, true),
        ColorType::Grayscale => (pixels.iter().flat_map(|&grey| [grey; 3]).collect(), false),
        ColorType::GrayscaleAlpha => {
            let pixels = pixels.chunks_exact(2);
            (pixels.flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]]).collect(), true)
        }
        ColorType::Indexed => return Err(Fault::Damaged),
    };
    let mut picture = Picture { width, height, has_alpha, pixels, turn, profile, is_flat: false };
    picture.is_flat = is_flat(&picture);
    Ok(Some(picture))
}

fn is_srgb(chromaticities: Option<&png::SourceChromaticities>) -> bool {
    let usual = [[0.3127, 0.3290], [0.64, 0.33], [0.30, 0.60], [0.15, 0.06]];
    chromaticities.is_none_or(|seen| {
        let seen = [seen.white, seen.red, seen.green, seen.blue];
        let pairs = seen.iter().zip(usual);
        pairs.into_iter().all(|((x, y), [wanted_x, wanted_y])| {
            (x.into_value() - wanted_x).abs() < 0.005 && (y.into_value() - wanted_y).abs() < 0.005
        })
    })
}

/// Tells whether there are few colours, without counting those of a photograph to the end.
fn is_flat(picture: &Picture) -> bool {
    let mut colours = BTreeSet::new();
    let mut last: &[u8] = &[];
    for pixel in picture.pixels.chunks_exact(picture.depth()) {
        if pixel != last {
            colours.insert(pixel);
            last = pixel;
            if colours.len() > FEW {
                return false;
            }
        }
    }
    true
}
