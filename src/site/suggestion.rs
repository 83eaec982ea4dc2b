//! What is offered to read next, and why.

use super::pages::PageId;
use crate::fingerprint::Fingerprint;

/// For each page what is offered at its end.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Related {
    of: Vec<Vec<Suggestion>>,
}

/// A page to go on to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// The page.
    pub page: PageId,
    /// How much speaks for it, in thousandths of the site's weights.
    pub score: u64,
    /// What speaks for it, the strongest first; never nothing.
    pub reasons: Vec<Reason>,
}

/// Something that speaks for going on to a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    /// What.
    pub kind: ReasonKind,
    /// How many there are of it.
    pub count: usize,
    /// What they are called, where they have names worth telling.
    pub names: Vec<String>,
}

/// The kinds of reasons.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ReasonKind {
    /// The editor says so.
    Pick,
    /// Both pages name the same works.
    Sources,
    /// It links here.
    LinksHere,
    /// The text links to it.
    Linked,
    /// Other pages link to both.
    LinkedTogether,
    /// Both pages carry the same terms.
    Terms,
    /// Both pages use words that few others use.
    Text,
    /// It is the next page of the section; nothing better is known.
    Next,
    /// It is in the same section; nothing better is known.
    Section,
    /// It is the section's own page; nothing better is known.
    Part,
}

impl Suggestion {
    /// How much speaks for it, in whole points of the site's weights: a word somewhere in the
    /// site moves every score by a hair.
    pub fn points(&self) -> u64 {
        (self.score + 500) / 1000
    }
}

impl ReasonKind {
    /// The word for it in templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pick => "pick",
            Self::Sources => "sources",
            Self::LinksHere => "links-here",
            Self::Linked => "linked",
            Self::LinkedTogether => "linked-together",
            Self::Terms => "terms",
            Self::Text => "text",
            Self::Next => "next",
            Self::Section => "section",
            Self::Part => "part",
        }
    }
}

impl Related {
    /// Takes the suggestions of each page, in the order of the pages.
    pub fn new(of: Vec<Vec<Suggestion>>) -> Self {
        Self { of }
    }

    /// A hash of what is offered at the end of a page, as it is shown.
    pub fn print(&self, page: PageId) -> Fingerprint {
        let mut shown = Vec::with_capacity(256);
        let mut push = |bytes: &[u8]| {
            shown.extend((bytes.len() as u64).to_le_bytes());
            shown.extend(bytes);
        };
        for suggestion in self.of(page) {
            let figures = [suggestion.page.index() as u64, suggestion.points()];
            figures.iter().for_each(|figure| push(&figure.to_le_bytes()));
            push(&(suggestion.reasons.len() as u64).to_le_bytes());
            for Reason { kind, count, names } in &suggestion.reasons {
                push(kind.name().as_bytes());
                push(&(*count as u64).to_le_bytes());
                push(&(names.len() as u64).to_le_bytes());
                names.iter().for_each(|name| push(name.as_bytes()));
            }
        }
        Fingerprint::of(&shown)
    }

    /// What is offered at the end of a page, the best first; nothing on a site that wants none.
    pub fn of(&self, page: PageId) -> &[Suggestion] {
        self.of.get(page.index()).map_or(&[], Vec::as_slice)
    }
}
