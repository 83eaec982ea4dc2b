//! The directives that every theme has: their forms, their labels, their attributes.

use crate::markdown::body::Form;

/// A directive that every theme has.
#[derive(Debug)]
pub(super) struct Known {
    /// Its name.
    pub(super) name: &'static str,
    /// The forms it may have, the usual one first.
    pub(super) forms: &'static [Form],
    /// Whether it needs a label.
    pub(super) label: bool,
    /// The attributes it may have.
    pub(super) attributes: &'static [Attribute],
    /// Whether it gets an id from its label where its author gives none.
    pub(super) anchored: bool,
}

/// An attribute of a directive.
#[derive(Debug)]
pub(super) struct Attribute {
    /// Its name.
    pub(super) name: &'static str,
    /// What it may be.
    pub(super) kind: Kind,
    /// Whether it has to be there.
    pub(super) required: bool,
}

/// What an attribute may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// A whole number from one on.
    Number,
    /// There or not there.
    Flag,
    /// A length of time: `4:05`.
    Duration,
    /// One of some words.
    Choice(&'static [&'static str]),
    /// A link to a page, a file or another host.
    Link,
    /// An image.
    Image,
    /// Another file that the page shows.
    File,
    /// Pages, as front matter may name them, parted by semicolons.
    Pages,
    /// A link, or the key of a work.
    Source,
}

const BLOCK: &[Form] = &[Form::Block];
const BLOCK_OR_LEAF: &[Form] = &[Form::Block, Form::Leaf];
const LEAF_OR_BLOCK: &[Form] = &[Form::Leaf, Form::Block];
const ANY: &[Form] = &[Form::Leaf, Form::Block, Form::Inline];

const fn may(name: &'static str, kind: Kind) -> Attribute {
    Attribute { name, kind, required: false }
}

const fn must(name: &'static str, kind: Kind) -> Attribute {
    Attribute { name, kind, required: true }
}

const fn plain(name: &'static str) -> Known {
    Known { name, forms: BLOCK, label: false, attributes: &[], anchored: false }
}

/// Why a text is disclosed.
const DISCLOSED: Kind = Kind::Choice(&["advertisement", "affiliate", "funding", "interest"]);

/// All of them, by name.
pub(super) const KNOWN: &[Known] = &[
    Known {
        name: "cta",
        forms: ANY,
        label: true,
        attributes: &[must("href", Kind::Link), may("sponsored", Kind::Flag)],
        anchored: false,
    },
    plain("danger"),
    Known {
        name: "details",
        forms: BLOCK,
        label: true,
        attributes: &[may("open", Kind::Flag)],
        anchored: true,
    },
    Known {
        name: "disclosure",
        forms: BLOCK,
        label: false,
        attributes: &[may("kind", DISCLOSED)],
        anchored: false,
    },
    Known {
        name: "faq",
        forms: BLOCK,
        label: false,
        attributes: &[may("jsonld", Kind::Flag)],
        anchored: false,
    },
    Known {
        name: "figure",
        forms: LEAF_OR_BLOCK,
        label: false,
        attributes: &[
            may("alt", Kind::Text),
            may("caption", Kind::Text),
            may("credit", Kind::Text),
            may("license", Kind::Text),
            must("src", Kind::Image),
            may("width", Kind::Number),
        ],
        anchored: false,
    },
    plain("note"),
    Known {
        name: "question",
        forms: BLOCK,
        label: true,
        attributes: &[may("open", Kind::Flag)],
        anchored: true,
    },
    Known {
        name: "quote",
        forms: &[Form::Block, Form::Inline],
        label: false,
        attributes: &[
            may("cite", Kind::Source),
            may("lang", Kind::Text),
            may("source", Kind::Text),
        ],
        anchored: false,
    },
    Known {
        name: "related",
        forms: LEAF_OR_BLOCK,
        label: false,
        attributes: &[
            may("limit", Kind::Number),
            may("page", Kind::Pages),
            may("pages", Kind::Pages),
        ],
        anchored: false,
    },
    plain("steps"),
    plain("takeaways"),
    plain("tip"),
    Known {
        name: "video",
        forms: BLOCK_OR_LEAF,
        label: false,
        attributes: &[
            may("captions", Kind::File),
            may("credit", Kind::Text),
            may("duration", Kind::Duration),
            may("poster", Kind::File),
            must("src", Kind::Link),
            may("title", Kind::Text),
            may("transcript", Kind::Link),
        ],
        anchored: false,
    },
    plain("warning"),
];

/// The kind of an attribute of a directive that is the site's own.
pub(super) fn free(name: &str) -> Kind {
    match name {
        "href" => Kind::Link,
        "src" | "poster" => Kind::File,
        "page" | "pages" => Kind::Pages,
        _ => Kind::Text,
    }
}

/// Finds a directive that every theme has.
pub(super) fn known(name: &str) -> Option<&'static Known> {
    KNOWN.binary_search_by_key(&name, |known| known.name).ok().map(|at| &KNOWN[at])
}

#[cfg(test)]
mod tests {
    use super::KNOWN;

    #[test]
    fn names_are_in_order() {
        assert!(KNOWN.is_sorted_by_key(|known| known.name));
        assert!(KNOWN.iter().all(|known| known.attributes.is_sorted_by_key(|one| one.name)));
    }
}
