//! A small map by name that takes as little room as it needs.

use std::fmt;

/// Values by the names of variables or fields, in the order of the names.
///
/// A work has half a dozen of each, and a site thousands of works: a tree would keep room for
/// eleven, and each name a piece of memory of its own.
#[derive(Clone, PartialEq, Eq)]
pub struct ByName<V>(Vec<(Word, V)>);

/// A name, by its place among those that most works have.
#[derive(Clone, PartialEq, Eq)]
enum Word {
    Usual(u8),
    Own(Box<str>),
}

/// The usual names of variables and fields, in order.
#[rustfmt::skip]
const USUAL: &[&str] = &[
    "DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL", "abstract", "accessed", "address", "annote",
    "archive", "archiveprefix", "author", "booktitle", "call-number", "chapter", "chapter-number",
    "collection-editor", "collection-number", "collection-title", "container-author",
    "container-title", "container-title-short", "contributor", "date", "date-added",
    "date-modified", "doi", "edition", "editor", "eprint", "eprintclass", "eprinttype",
    "event-date", "event-place", "event-title", "file", "genre", "howpublished", "id",
    "institution", "isbn", "issn", "issue", "issued", "journal", "journaltitle", "keyword",
    "keywords", "langid", "language", "license", "location", "medium", "month", "note", "number",
    "number-of-pages", "number-of-volumes", "organization", "original-date", "page", "pages",
    "pmcid", "pmid", "primaryclass", "publisher", "publisher-place", "school", "series",
    "shorttitle", "source", "status", "subtitle", "title", "title-short", "translator", "type",
    "url", "urldate", "version", "volume", "volume-title", "year",
];

impl Word {
    fn new(name: &str) -> Self {
        let usual = USUAL.binary_search(&name).ok().and_then(|place| u8::try_from(place).ok());
        usual.map_or_else(|| Self::Own(name.into()), Self::Usual)
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Usual(place) => USUAL[usize::from(*place)],
            Self::Own(name) => name,
        }
    }
}

impl<V> ByName<V> {
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(name))
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&V> {
        Some(&self.0[self.place(name).ok()?].1)
    }

    /// Tells whether a name has a value.
    pub fn contains_key(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    /// Gives a name a value, in place of the one that it has.
    pub fn insert(&mut self, name: &str, value: V) {
        match self.place(name) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (Word::new(name), value)),
        }
    }

    /// The value of a name, which is given one where it has none.
    pub fn get_or_insert_with(&mut self, name: &str, value: impl FnOnce() -> V) -> &mut V {
        let place = self.place(name).unwrap_or_else(|place| {
            self.0.insert(place, (Word::new(name), value()));
            place
        });
        &mut self.0[place].1
    }

    /// Takes a name out.
    pub fn remove(&mut self, name: &str) {
        if let Ok(place) = self.place(name) {
            self.0.remove(place);
        }
    }

    /// Keeps the names for which this holds.
    pub fn retain(&mut self, holds: impl Fn(&str) -> bool) {
        self.0.retain(|(name, _)| holds(name.as_str()));
    }

    /// How many names have a value.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Tells whether no name has a value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each name with its value, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The names, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }

    /// The values, in the order of their names.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// Gives back the room that is not needed, of each value too.
    pub(super) fn shrink(&mut self, each: impl FnMut(&mut V)) {
        self.0.shrink_to_fit();
        self.0.iter_mut().map(|(_, value)| value).for_each(each);
    }
}

impl<V> Default for ByName<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V: fmt::Debug> fmt::Debug for ByName<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<S: AsRef<str>, V> FromIterator<(S, V)> for ByName<V> {
    fn from_iter<I: IntoIterator<Item = (S, V)>>(all: I) -> Self {
        let mut map = Self::default();
        for (name, value) in all {
            map.insert(name.as_ref(), value);
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use super::{ByName, USUAL, Word};

    #[test]
    fn usual_names_are_in_order_and_each_has_a_number() {
        assert!(USUAL.is_sorted_by(|one, two| one < two));
        assert!(USUAL.len() <= 256);
        assert_eq!(size_of::<Word>(), size_of::<Box<str>>());
    }

    #[test]
    fn names_are_in_order_and_each_stands_once() {
        let mut map: ByName<u8> =
            [("title", 1), ("x-own", 2), ("URL", 3), ("title", 4)].into_iter().collect();
        *map.get_or_insert_with("author", || 5) += 1;
        map.get_or_insert_with("x-own", || 7);
        map.remove("missing");
        let all: Vec<(&str, u8)> = map.iter().map(|(name, value)| (name, *value)).collect();
        assert_eq!(all, [("URL", 3), ("author", 6), ("title", 4), ("x-own", 2)]);
        map.retain(|name| name != "author");
        map.remove("URL");
        assert_eq!(map.keys().collect::<Vec<_>>(), ["title", "x-own"]);
        assert_eq!((map.get("x-own"), map.get("URL"), map.len()), (Some(&2), None, 2));
    }
}
