//! The people of a site: who has a page, and who wrote what.

use std::collections::BTreeMap;

use super::pages::{PageId, Pages};
use crate::page::{Kind, Page, PersonKeys};
use crate::text::fold::fold;

/// The folder under `content/` with a page a person.
pub const FOLDER: &str = "people";

/// A person's place in this build.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PersonId(u32);

impl PersonId {
    /// The place in [`People::all`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Somebody with a page under `content/people/`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Their page, whose title is their name.
    pub page: PageId,
    /// The name of its file, by which other pages name them: `jane-doe`.
    pub stem: String,
    /// What they wrote, in the order of the paths.
    pub wrote: Vec<PageId>,
}

/// One author of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Author {
    /// Somebody with a page of their own.
    Person(PersonId),
    /// A name in full.
    Name(String),
}

impl Author {
    /// Tells whether two names mean one author.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Name(one), Self::Name(two)) => fold(one) == fold(two),
            _ => self == other,
        }
    }
}

/// The people of a site.
#[derive(Debug, Default)]
pub struct People {
    all: Vec<Person>,
    by_stem: BTreeMap<String, PersonId>,
    /// By the folded name; none for a name that two people share.
    by_name: BTreeMap<String, Option<PersonId>>,
    of_page: BTreeMap<PageId, PersonId>,
    authors: Vec<Vec<Author>>,
}

impl People {
    /// Finds the people, and who of them wrote each page.
    pub(super) fn resolve(pages: &Pages) -> Self {
        let mut people = Self::default();
        for id in pages.ids() {
            let page = pages.page(id);
            let Some(stem) = stem(page) else { continue };
            let person = PersonId(people.all.len() as u32);
            people.by_stem.insert(stem.to_owned(), person);
            people
                .by_name
                .entry(fold(&page.card.title).into_owned())
                .and_modify(|known| *known = None)
                .or_insert(Some(person));
            people.of_page.insert(id, person);
            people.all.push(Person { page: id, stem: stem.to_owned(), wrote: Vec::new() });
        }
        for id in pages.ids() {
            let written = pages.page(id).card.authors.iter().map(|name| name.get_ref());
            let written = written.filter(|name| !name.trim().is_empty());
            let mut authors: Vec<Author> = Vec::new();
            for name in written {
                let author = people.author(name);
                if !authors.iter().any(|other| other.is_same(&author)) {
                    authors.push(author);
                }
            }
            for author in &authors {
                if let Author::Person(person) = author {
                    people.all[person.index()].wrote.push(id);
                }
            }
            people.authors.push(authors);
        }
        people
    }

    /// Everybody with a page, in the order of the paths.
    pub fn all(&self) -> &[Person] {
        &self.all
    }

    /// The places of everybody, in order.
    pub fn ids(&self) -> impl Iterator<Item = PersonId> + use<> {
        (0..self.all.len() as u32).map(PersonId)
    }

    /// One person.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.all[id.index()]
    }

    /// Finds a person by the name of their file or by their name in full.
    pub fn find(&self, written: &str) -> Option<PersonId> {
        let written = written.trim();
        let by_name = || self.by_name.get(fold(written).as_ref()).copied().flatten();
        self.by_stem.get(written).copied().or_else(by_name)
    }

    /// The author whom a name means.
    pub fn author(&self, written: &str) -> Author {
        match self.find(written) {
            Some(person) => Author::Person(person),
            None => Author::Name(written.trim().to_owned()),
        }
    }

    /// The person whom a page is about.
    pub fn of_page(&self, page: PageId) -> Option<PersonId> {
        self.of_page.get(&page).copied()
    }

    /// Who wrote a page, in the order of its front matter, each once.
    pub fn authors(&self, page: PageId) -> &[Author] {
        &self.authors[page.index()]
    }
}

impl Person {
    /// What their page says of them.
    pub fn keys<'a>(&self, pages: &'a Pages) -> Option<&'a PersonKeys> {
        pages.page(self.page).front_matter.person.as_ref().map(|keys| keys.get_ref())
    }
}

/// The name by which other pages name the person whom a page is about; none for a page about
/// something else.
pub(super) fn stem(page: &Page) -> Option<&str> {
    if page.card.kind != Kind::Page {
        return None;
    }
    let (folder, file) = page.card.relative_path.rsplit_once('/')?;
    match folder.strip_prefix(FOLDER)? {
        "" if page.path.file_name() != "index.md" => Some(page.path.stem()),
        // `people/jane-doe/index.md`, with her portrait beside it.
        below if file == "index.md" => below.strip_prefix('/').filter(|stem| !stem.contains('/')),
        _ => None,
    }
}
