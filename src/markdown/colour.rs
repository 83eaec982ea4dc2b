//! Colours, and how well one can be read on another.

use syntect::highlighting::Color;

/// The contrast that WCAG 2 asks of text (success criterion 1.4.3), and a little more, because
/// checkers round.
pub(super) const LEGIBLE: f64 = 4.55;

/// A colour without transparency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Rgb([u8; 3]);

impl Rgb {
    pub(super) const WHITE: Self = Self([255; 3]);
    pub(super) const BLACK: Self = Self([0; 3]);

    /// A colour of a theme as it appears on a background.
    pub(super) fn over(colour: Color, background: Self) -> Self {
        let over = Self([colour.r, colour.g, colour.b]);
        background.mix(over, f64::from(colour.a) / 255.0)
    }

    /// A mixture with another colour, of which it takes the given part.
    pub(super) fn mix(self, other: Self, part: f64) -> Self {
        let mut mixed = self.0;
        for (channel, other) in mixed.iter_mut().zip(other.0) {
            let value = f64::from(*channel) * (1.0 - part) + f64::from(other) * part;
            *channel = value.round() as u8;
        }
        Self(mixed)
    }

    /// The contrast with another colour as WCAG 2 defines it: from 1 to 21.
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The nearest colour of the same hue that can be read on all the backgrounds; black or
    /// white where there is none.
    pub(super) fn legible_on(self, backgrounds: &[Self]) -> Self {
        let worst = |colour: Self| {
            let contrasts = backgrounds.iter().map(|&background| colour.contrast(background));
            contrasts.fold(f64::INFINITY, f64::min)
        };
        let (hue, saturation, lightness) = self.to_hsl();
        for step in 0..=200 {
            let distance = f64::from(step) / 200.0;
            for nudged in [lightness - distance, lightness + distance] {
                let colour = if step == 0 {
                    self
                } else {
                    Self::from_hsl(hue, saturation, nudged.clamp(0.0, 1.0))
                };
                if worst(colour) >= LEGIBLE {
                    return colour;
                }
            }
        }
        if worst(Self::BLACK) >= worst(Self::WHITE) { Self::BLACK } else { Self::WHITE }
    }

    /// The colour as CSS writes it.
    pub(super) fn css(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    fn luminance(self) -> f64 {
        let linear = self.0.map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// Hue in sixths of the circle, saturation and lightness.
    fn to_hsl(self) -> (f64, f64, f64) {
        let [red, green, blue] = self.0.map(|channel| f64::from(channel) / 255.0);
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let (lightness, spread) = (f64::midpoint(most, least), most - least);
        if spread == 0.0 {
            return (0.0, 0.0, lightness);
        }
        let saturation = spread / (1.0 - (2.0 * lightness - 1.0).abs());
        let hue = if most == red {
            ((green - blue) / spread).rem_euclid(6.0)
        } else if most == green {
            (blue - red) / spread + 2.0
        } else {
            (red - green) / spread + 4.0
        };
        (hue, saturation, lightness)
    }

    fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> Self {
        let chroma = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
        let second = chroma * (1.0 - (hue.rem_euclid(2.0) - 1.0).abs());
        let least = lightness - chroma / 2.0;
        let channels = match hue as u8 {
            0 => [chroma, second, 0.0],
            1 => [second, chroma, 0.0],
            2 => [0.0, chroma, second],
            3 => [0.0, second, chroma],
            4 => [second, 0.0, chroma],
            _ => [chroma, 0.0, second],
        };
        Self(channels.map(|channel| ((channel + least) * 255.0).round() as u8))
    }
}

#[cfg(test)]
mod tests {
    use super::{LEGIBLE, Rgb};

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Rgb::BLACK.contrast(Rgb::WHITE) - 21.0).abs() < 1e-9);
        assert!((Rgb([0x76; 3]).contrast(Rgb::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn a_pale_colour_grows_darker_and_keeps_its_hue() {
        let pale = Rgb([0xff, 0xd7, 0x00]);
        let dark = pale.legible_on(&[Rgb::WHITE]);
        assert!(dark.contrast(Rgb::WHITE) >= LEGIBLE);
        assert!((pale.to_hsl().0 - dark.to_hsl().0).abs() < 0.05, "{}", dark.css());
        assert_eq!(Rgb::BLACK.legible_on(&[Rgb::WHITE]), Rgb::BLACK);
    }

    #[test]
    fn there_and_back() {
        for colour in [[1, 2, 3], [250, 20, 100], [10, 200, 90], [0, 0, 255], [90, 90, 90]] {
            let (hue, saturation, lightness) = Rgb(colour).to_hsl();
            assert_eq!(Rgb::from_hsl(hue, saturation, lightness), Rgb(colour));
        }
    }
}
