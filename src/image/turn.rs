//! Turns the picture of a camera that was held on its side.

use super::picture::Picture;
use crate::source;

/// How Exif says that an image is turned, from 1 to 8; 1 where it says nothing.
pub(super) fn turn_of(exif: &[u8]) -> u16 {
    let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    source::orientation(tiff).filter(|turn| (1..=8).contains(turn)).unwrap_or(1)
}

/// Tells whether what is shown is as wide as what is stored is high.
pub(super) fn is_quarter(turn: u16) -> bool {
    turn >= 5
}

/// Turns an image the way it is shown.
pub(super) fn upright(picture: Picture) -> Picture {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let (depth, turn) = (picture.depth(), picture.turn);
    if turn == 1 {
        return picture;
    }
    let (wide, high) = if is_quarter(turn) { (height, width) } else { (width, height) };
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    for y in 0..high {
        for x in 0..wide {
            let (from_x, from_y) = match turn {
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, height - 1 - x),
                7 => (width - 1 - y, height - 1 - x),
                _ => (width - 1 - y, x),
            };
            let at = (from_y * width + from_x) * depth;
            pixels.extend_from_slice(&picture.pixels[at..at + depth]);
        }
    }
    Picture { width: wide as u32, height: high as u32, pixels, turn: 1, ..picture }
}

#[cfg(test)]
mod tests {
    use super::{Picture, upright};

    /// A picture of two columns and three rows, each pixel of one letter.
    fn turned(turn: u16) -> (u32, String) {
        let pixels = b"abcdef".iter().flat_map(|&letter| [letter; 3]).collect();
        let picture = Picture {
            width: 2,
            height: 3,
            has_alpha: false,
            pixels,
            turn,
            profile: None,
            is_flat: false,
        };
        let shown = upright(picture);
        let letters = shown.pixels.chunks(3).map(|pixel| char::from(pixel[0])).collect();
        (shown.width, letters)
    }

    #[test]
    fn each_turn_is_the_one_of_exif() {
        for (turn, width, letters) in [
            (1, 2, "abcdef"),
            (2, 2, "badcfe"),
            (3, 2, "fedcba"),
            (4, 2, "efcdab"),
            (5, 3, "acebdf"),
            (6, 3, "ecafdb"),
            (7, 3, "fdbeca"),
            (8, 3, "bdface"),
        ] {
            assert_eq!(turned(turn), (width, letters.to_owned()), "{turn}");
        }
    }
}
