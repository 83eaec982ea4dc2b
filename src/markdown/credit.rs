//! Finds credit lines with nothing in them: `Photo Source:` under a figure and no source.

use std::ops::Range;

/// What opens a credit, in lower case. A caption that ends with one credits nobody.
const OPENINGS: &[&str] = &[
    "photo source:",
    "image source:",
    "picture source:",
    "photo credit:",
    "image credit:",
    "picture credit:",
    "photo credits:",
    "image credits:",
    "credit:",
    "credits:",
    "source:",
    "photo:",
    "image:",
    "picture:",
    "photograph:",
    "illustration:",
    "photo by",
    "image by",
    "illustration by",
    "courtesy of",
    "©",
];

/// Follows the text under figures and images, and notes where a credit has been left empty.
#[derive(Default, Debug)]
pub(super) struct Credits {
    /// The text since the start of the figure or its caption, while one is open.
    caption: Option<Trail>,
    /// The text of the paragraph since its last image, where an image is in it or above it.
    paragraph: Option<Trail>,
    /// Whether the block before was a paragraph of images alone.
    below_image: bool,
    /// Whether the paragraph that is open has no text so far.
    bare: bool,
    /// The place found last, while the next block may still turn out to be the credit.
    pending: Option<Range<usize>>,
    /// The places found.
    found: Vec<Range<usize>>,
}

/// Some text, and where its last part stands in the source.
#[derive(Default, Debug)]
struct Trail {
    text: String,
    end: Range<usize>,
}

impl Trail {
    fn push(&mut self, text: &str, source: &Range<usize>) {
        self.text.push_str(text);
        if !text.trim().is_empty() {
            self.end = source.clone();
        }
    }

    /// The place of the empty credit at the end, where there is one.
    fn empty_credit(&self, source: &str) -> Option<Range<usize>> {
        let opening = opening_at_end(&self.text)?;
        let before = source.get(..self.end.end)?.trim_end();
        let start = before.len().checked_sub(opening.len());
        match start.filter(|&start| ends_with(before, opening) && start < self.end.end) {
            Some(start) => Some(start..before.len()),
            None => Some(self.end.clone()),
        }
    }
}

impl Credits {
    /// Some text was read.
    pub(super) fn text(&mut self, text: &str, source: &Range<usize>) {
        if !text.trim().is_empty() {
            self.bare = false;
        }
        for trail in [&mut self.caption, &mut self.paragraph].into_iter().flatten() {
            trail.push(text, source);
        }
    }

    /// An image was read: what stands before it in its paragraph is no credit of it, and in
    /// a caption it may be the credit itself.
    pub(super) fn image(&mut self, source: &Range<usize>) {
        if let Some(caption) = self.caption.as_mut().filter(|caption| !caption.text.is_empty()) {
            caption.push("\u{fffc}", source);
        }
        self.paragraph = Some(Trail::default());
    }

    /// A paragraph begins.
    pub(super) fn open_paragraph(&mut self) {
        self.found.extend(self.pending.take());
        self.paragraph = self.below_image.then(Trail::default);
        self.below_image = false;
        self.bare = true;
    }

    /// A paragraph ends.
    pub(super) fn close_paragraph(&mut self, source: &str) {
        self.below_image = self.paragraph.is_some() && self.bare;
        let paragraph = self.paragraph.take();
        if self.caption.is_none()
            && let Some(trail) = paragraph
        {
            self.pending = trail.empty_credit(source);
        }
    }

    /// Another block begins: what follows is no longer below the image.
    pub(super) fn other_block(&mut self) {
        self.found.extend(self.pending.take());
        self.below_image = false;
    }

    /// A list begins: `Source:` above it opens the list and is not empty.
    pub(super) fn list(&mut self) {
        self.pending = None;
    }

    /// A `<figure>` or its `<figcaption>` begins.
    pub(super) fn open_caption(&mut self) {
        self.caption = Some(Trail::default());
    }

    /// A `<figcaption>` or the whole figure ends.
    pub(super) fn close_caption(&mut self, source: &str) {
        let caption = self.caption.take();
        self.found.extend(caption.and_then(|trail| trail.empty_credit(source)));
    }

    /// The places found.
    pub(super) fn into_found(mut self) -> Vec<Range<usize>> {
        self.found.extend(self.pending);
        self.found
    }
}

/// Finds the longest opening of a credit at the end of a text.
fn opening_at_end(text: &str) -> Option<&'static str> {
    let text = text.trim_end();
    let found = OPENINGS.iter().copied().filter(|opening| ends_with(text, opening));
    found.max_by_key(|opening| opening.len())
}

/// Tells whether a text ends with those words, in any case, and not in mid-word.
fn ends_with(text: &str, words: &str) -> bool {
    let Some(start) = text.len().checked_sub(words.len()) else { return false };
    text.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(words))
        && !text[..start].ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::opening_at_end;

    #[test]
    fn only_an_opening_with_nothing_after_it_is_empty() {
        assert_eq!(opening_at_end("A knee. PHOTO Source: \n"), Some("photo source:"));
        assert_eq!(opening_at_end("A knee. ©"), Some("©"));
        assert_eq!(opening_at_end("Photo: NASA"), None);
        assert_eq!(opening_at_end("The resource:"), None);
        assert_eq!(opening_at_end("Sources:"), None);
    }
}
