//! What the readers of a text read, held small until it is wanted.

use serde::{Deserialize, Serialize};

use crate::text::packed::Packed;

/// A text as its readers read it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Texts {
    /// The finished HTML, with the destinations of the site as they are written.
    pub html: String,
    /// The text without its markup, code blocks, footnote numbers, bracketed citations and
    /// images, a newline after each block. A narrative citation is its key, a formula stands
    /// where it can be said on a line.
    pub prose: String,
}

/// [`Texts`] in a third of the room, or on the disk: those of all pages of a site are there at
/// once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PackedTexts {
    packed: Packed,
    sizes: Sizes,
}

/// How long texts are, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Sizes {
    html: usize,
    prose: usize,
}

impl Texts {
    /// Packs both together: what the one says the other does.
    pub fn pack(self) -> PackedTexts {
        let sizes = Sizes { html: self.html.len(), prose: self.prose.len() };
        let mut both = self.html;
        both.push_str(&self.prose);
        PackedTexts { packed: Packed::new(both.as_bytes()), sizes }
    }
}

impl PackedTexts {
    /// Takes what was packed before, of texts that are so long.
    pub fn new(packed: Packed, sizes: Sizes) -> Self {
        Self { packed, sizes }
    }

    /// What was packed.
    pub fn packed(&self) -> &Packed {
        &self.packed
    }

    /// The texts that were packed.
    pub fn open(&self) -> Texts {
        let Sizes { html, prose } = self.sizes;
        let both = self.packed.open().and_then(|both| String::from_utf8(both).ok());
        let both = both.filter(|both| both.len() == html + prose && both.is_char_boundary(html));
        // Nobody but `Texts::pack` makes these bytes. Where their store does not have them any more
        // nothing will be kept of what is made of them, but it is made: each place in the texts is
        // to be there.
        let mut both = both.unwrap_or_else(|| " ".repeat(html + prose));
        let prose = both.split_off(html);
        Texts { html: both, prose }
    }

    /// How long the texts are.
    pub fn sizes(&self) -> Sizes {
        self.sizes
    }

    /// The size of the HTML in bytes.
    pub fn html_size(&self) -> usize {
        self.sizes.html
    }
}
