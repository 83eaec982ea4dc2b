//! A place in a text that names its sources.

use std::ops::Range;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::identifier::IdKind;
use super::place;
use super::rich::Rich;

/// One citation: the bracket `[see @a, p. 3; @b]`, or the narrative `@a [p. 3]`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Citation {
    /// The works it names, at least one, in the order of the text.
    pub items: Box<[CiteItem]>,
    /// Whether the sentence speaks the author's name.
    pub form: Form,
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// Whether white space stands before it. That is part of its hole, for a raised marker
    /// stands at the word itself; what fills the hole writes a space where it wants one.
    pub space_before: bool,
    /// The sentence it stands in, as readers read it, without what is in brackets. A narrative
    /// citation stands in it as `@` and [`CiteKey::written`], for whoever knows the name.
    pub sentence: Box<str>,
    /// Whether it stands in a footnote, and so comes after all that stand in the text.
    pub in_footnote: bool,
}

impl Citation {
    /// Tells whether it is a name behind an at sign and nothing else, `@a`: where no work has
    /// that key, it is the handle of somebody and stays as it is written.
    pub fn may_be_handle(&self) -> bool {
        let bare = |item: &CiteItem| {
            item.around().locator.is_none() && matches!(item.key, CiteKey::Key(_))
        };
        self.form == Form::Narrative && matches!(&self.items[..], [item] if bare(item))
    }
}

/// How a citation stands in its sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Form {
    /// Beside the sentence: `[@a]`.
    Bracketed,
    /// As a part of it, the author's name in the text: `@a found …`.
    Narrative,
}

/// One work within a citation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CiteItem {
    /// The name under which the work is cited.
    pub key: CiteKey,
    /// What is said around it; most often nothing.
    pub around: Option<Box<Around>>,
    /// Whether the author's name is left out: `[-@a]`.
    pub without_author: bool,
    /// The bytes of the key in the file, its `@` among them.
    pub span: Range<usize>,
}

/// What is said around the name of a work within a citation.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Around {
    /// What is said before, without white space at its ends: `see`.
    pub prefix: Rich,
    /// Where in the work: `p. 33`.
    pub locator: Option<Locator>,
    /// What is said after it, from the comma or the space that sets it off: `, emphasis mine`.
    pub suffix: Rich,
}

const NOTHING: &Around = &Around {
    prefix: Rich { pieces: Vec::new() },
    locator: None,
    suffix: Rich { pieces: Vec::new() },
};

impl CiteItem {
    /// What is said around the name of the work.
    pub fn around(&self) -> &Around {
        self.around.as_deref().unwrap_or(NOTHING)
    }
}

/// The name under which a work is cited.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum CiteKey {
    /// A key of a bibliography.
    Key(String),
    /// An identifier, normalised: `doi:10.1002/14651858.CD001929.pub3`.
    Identifier(IdKind, String),
}

impl CiteKey {
    /// Reads what stands after the `@`: an identifier where it begins with the word for one and
    /// is one, else a key.
    pub fn parse(text: &str) -> Self {
        // Front matter may name it as a text does, with its `@`.
        let text = text.trim();
        let text = text.strip_prefix('@').unwrap_or(text);
        match IdKind::parse_prefix(text) {
            Some((kind, value)) => Self::Identifier(kind, value),
            None => Self::Key(text.to_owned()),
        }
    }

    /// The key as it is written after the `@`.
    pub fn written(&self) -> String {
        match self {
            Self::Key(key) => key.clone(),
            Self::Identifier(kind, value) => format!("{}:{value}", kind.prefix()),
        }
    }
}

/// A place within a work.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Locator {
    /// The kind of place, by its CSL name: `page`, `chapter`, `sub-verbo`.
    pub kind: &'static str,
    /// Which one: `33`, `3-5`, `iv`.
    pub value: String,
}

impl Serialize for Locator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.kind, &self.value).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Locator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (name, value) = <(String, String)>::deserialize(deserializer)?;
        match place::kind(&name) {
            Some(kind) => Ok(Self { kind, value }),
            None => Err(D::Error::custom("no kind of place is called so")),
        }
    }
}
