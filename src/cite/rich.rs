//! Text with the few shapes that a reference knows: italics, small capitals, raised letters.

use serde::{Deserialize, Serialize};

/// Text in pieces of one shape each.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize)]
pub struct Rich {
    /// The pieces, none of them empty.
    pub pieces: Vec<Piece>,
}

/// A run of text of one shape.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize)]
pub struct Piece {
    /// The text itself; never markup.
    pub text: String,
    /// How it is set.
    pub shape: Shape,
}

/// How a run of text is set.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize,
)]
pub struct Shape {
    /// In italics, or upright within italics.
    pub italic: bool,
    /// In bold.
    pub bold: bool,
    /// In small capitals.
    pub small_caps: bool,
    /// Raised: the 2 of m².
    pub superscript: bool,
    /// Lowered: the 2 of H₂O.
    pub subscript: bool,
    /// As its author wrote it: no style may change the case of its letters.
    pub fixed_case: bool,
}

impl Rich {
    /// Text without any shape.
    pub fn plain(text: impl Into<String>) -> Self {
        let mut rich = Self::default();
        rich.push(text.into(), Shape::default());
        rich
    }

    /// Appends a run of text.
    pub fn push(&mut self, text: impl Into<String>, shape: Shape) {
        let text = text.into();
        if text.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.shape == shape => last.text.push_str(&text),
            _ => self.pieces.push(Piece { text, shape }),
        }
    }

    /// Gives back the room that is not needed.
    pub(super) fn shrink(&mut self) {
        self.pieces.shrink_to_fit();
        self.pieces.iter_mut().for_each(|piece| piece.text.shrink_to_fit());
    }

    /// Tells whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The text alone.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}

impl From<&str> for Rich {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}
