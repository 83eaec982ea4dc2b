//! An image as its pixels, and why there may be none.

/// The most pixels that an image may have: what takes more memory than that to read is made to
/// take it, or is no image for a page.
pub(super) const MOST_PIXELS: u64 = 64 << 20;

/// The pixels of an image, row by row, of three bytes or, with transparency, of four.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) has_alpha: bool,
    pub(super) pixels: Vec<u8>,
    /// How it is to be turned before it is shown, as Exif counts: 1 not at all.
    pub(super) turn: u16,
    /// What its colours mean, where that is not what browsers take for granted.
    pub(super) profile: Option<Vec<u8>>,
    /// Whether it was drawn with few colours, as diagrams are.
    pub(super) is_flat: bool,
}

impl Picture {
    /// The bytes of a pixel.
    pub(super) fn depth(&self) -> usize {
        if self.has_alpha { 4 } else { 3 }
    }
}

/// Checks the size that a file claims before anything is made of that size.
pub(super) fn bounded(width: u32, height: u32) -> Result<(), Fault> {
    match u64::from(width) * u64::from(height) {
        0 => Err(Fault::Damaged),
        pixels if pixels > MOST_PIXELS => Err(Fault::Huge),
        _ => Ok(()),
    }
}

/// Why an image cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// There is nothing in the file.
    Empty,
    /// It begins as no image does.
    Foreign,
    /// It ends before all its pixels are there, or they make no sense.
    Damaged,
    /// It has more pixels than are read.
    Huge,
    /// Its colours are those of a printing press.
    Press,
}

impl Fault {
    const ALL: [Self; 5] = [Self::Empty, Self::Foreign, Self::Damaged, Self::Huge, Self::Press];

    /// The name under which it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Foreign => "foreign",
            Self::Damaged => "damaged",
            Self::Huge => "huge",
            Self::Press => "press",
        }
    }

    /// Finds one by that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.name() == name)
    }

    /// What is wrong, in words, after the name of the file.
    pub fn fact(self) -> &'static str {
        match self {
            Self::Empty => "is empty",
            Self::Foreign => "is no image, whatever its name says",
            Self::Damaged => "cannot be read to its end",
            Self::Huge => "has more than 64 megapixels",
            Self::Press => "has the colours of a printing press (CMYK)",
        }
    }

    /// What is to be done.
    pub fn help(self) -> &'static str {
        match self {
            Self::Empty | Self::Foreign | Self::Damaged => "save the image anew",
            Self::Huge => "save it smaller: no screen shows as many",
            Self::Press => "save it in RGB: browsers show these colours each in its own way",
        }
    }
}
