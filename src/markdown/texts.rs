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

/// [`Texts`] in a third of the room: those of all pages of a site are held at once.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PackedTexts {
    packed: Packed,
    /// How many of the bytes are HTML.
    html: usize,
}

impl Texts {
    /// Packs both together: what the one says the other does.
    pub fn pack(self) -> PackedTexts {
        let html = self.html.len();
        let mut both = self.html;
        both.push_str(&self.prose);
        PackedTexts { packed: Packed::new(both.as_bytes()), html }
    }
}

impl PackedTexts {
    /// The texts that were packed.
    pub fn open(&self) -> Texts {
        // Nobody but `Texts::pack` makes these bytes, and the cache knows damaged ones.
        let both = self.packed.open().unwrap_or_default();
        let mut html = String::from_utf8(both).unwrap_or_default();
        let is_whole = html.is_char_boundary(self.html);
        let prose = if is_whole { html.split_off(self.html) } else { String::new() };
        Texts { html, prose }
    }

    /// The size of the HTML in bytes.
    pub fn html_size(&self) -> usize {
        self.html
    }
}
