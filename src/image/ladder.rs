//! The sizes in which an image is offered: each smaller in bytes than the next.

use super::decode::decode;
use super::encode::{LARGEST, encode};
use super::picture::Fault;
use super::scale::scale;
use super::turn::{is_quarter, upright};

/// What the images are made by. Another number makes all of them anew: it goes up with whatever
/// changes their bytes, a new version of the encoder among it.
pub const PROGRAM: &str = "images 1, libwebp 1.3.1";

/// An image of fewer bytes costs no reader anything.
const LIGHT: usize = 1024;

/// In which sizes images are made, and how well.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ladder {
    /// The widths in pixels, from the smallest.
    pub widths: Vec<u32>,
    /// How true to the original, from 1 to 100.
    pub quality: u8,
}

/// An image in another size.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sized {
    /// The width in pixels.
    pub width: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Makes an image in the widths of the ladder that are smaller than its own, and in its own
/// where the ladder reaches as far; none of them without saving bytes. They come from the
/// smallest. There are none of an image that moves, or that is light as it is.
///
/// # Errors
///
/// Why it cannot be read.
pub fn sizes(file: &[u8], ladder: &Ladder) -> Result<Vec<Sized>, Fault> {
    let Some(picture) = decode(file)? else { return Ok(Vec::new()) };
    let (own_width, own_height) = match is_quarter(picture.turn) {
        true => (picture.height, picture.width),
        false => (picture.width, picture.height),
    };
    if file.len() < LIGHT {
        return Ok(Vec::new());
    }
    let mut made: Vec<Sized> = Vec::new();
    // No size may cost as much as a larger one, nor as much as the original.
    let mut most = file.len();
    for width in rungs(own_width, ladder).into_iter().rev() {
        let height = u64::from(own_height) * u64::from(width) + u64::from(own_width) / 2;
        let height = (height / u64::from(own_width)).max(1) as u32;
        if height > LARGEST {
            continue;
        }
        let scaled = match is_quarter(picture.turn) {
            _ if width == own_width => None,
            true => Some(scale(&picture, height, width).ok_or(Fault::Damaged)?),
            false => Some(scale(&picture, width, height).ok_or(Fault::Damaged)?),
        };
        let shown = upright(scaled.unwrap_or_else(|| picture.clone()));
        let Some(bytes) = encode(&shown, ladder.quality) else { continue };
        if bytes.len() < most {
            most = bytes.len();
            made.push(Sized { width, bytes });
        }
    }
    made.reverse();
    Ok(made)
}

/// Reads an image, to see whether it can be.
///
/// # Errors
///
/// Why it cannot.
pub fn check(file: &[u8]) -> Result<(), Fault> {
    decode(file).map(drop)
}

/// The widths for an image of this width. One that is nearly as wide as the next is left out.
fn rungs(own: u32, ladder: &Ladder) -> Vec<u32> {
    let is_apart = |width: &&u32| u64::from(**width) * 10 <= u64::from(own) * 9;
    let mut rungs: Vec<u32> = ladder.widths.iter().filter(is_apart).copied().collect();
    if ladder.widths.last().is_some_and(|most| own <= most.saturating_mul(10) / 9) && own <= LARGEST
    {
        rungs.push(own);
    }
    rungs
}

#[cfg(test)]
mod tests {
    use super::{Ladder, rungs};

    #[test]
    fn an_image_has_the_rungs_below_it_and_its_own() {
        let ladder = Ladder { widths: vec![400, 800, 1600], quality: 80 };
        for (own, wanted) in [
            (320, &[320][..]),
            (420, &[420]),
            (800, &[400, 800]),
            (1000, &[400, 800, 1000]),
            (1600, &[400, 800, 1600]),
            (4000, &[400, 800, 1600]),
        ] {
            assert_eq!(rungs(own, &ladder), wanted, "{own}");
        }
    }
}
