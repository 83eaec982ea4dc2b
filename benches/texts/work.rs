//! The works that the pages cite.

use std::fmt::Write as _;

use super::chance::Chance;
use super::vocabulary::{
    ADJECTIVES, FAMILY_NAMES, GIVEN_NAMES, JOURNALS, NOUNS, PREPOSITIONS, PUBLISHERS, SUBJECTS,
    TOWNS,
};

#[derive(Clone, Copy)]
enum Kind {
    Article,
    Book,
    Chapter,
    Website,
}

/// One work, as a bibliography has it.
pub(crate) struct Work {
    /// Its cite key.
    pub(crate) key: String,
    kind: Kind,
    /// Family and given name of each author.
    authors: Vec<(&'static str, &'static str)>,
    title: String,
    within: &'static str,
    publisher: &'static str,
    town: &'static str,
    year: usize,
    volume: usize,
    issue: usize,
    pages: (usize, usize),
    number: usize,
}

impl Work {
    /// The `number`th work.
    pub(crate) fn new(seed: u64, number: usize) -> Self {
        let mut chance = Chance::new(seed, "work", number);
        let authors: Vec<_> = (0..chance.pick(&[1, 1, 2, 2, 3, 4, 7]))
            .map(|_| (chance.pick(FAMILY_NAMES), chance.pick(GIVEN_NAMES)))
            .collect();
        let year = chance.between(1931, 2024);
        let subject = chance.below(SUBJECTS.len());
        let title = format!(
            "On the {} {} {} the {} {}",
            chance.pick(ADJECTIVES),
            chance.pick(SUBJECTS[subject].nouns),
            chance.pick(PREPOSITIONS),
            chance.pick(ADJECTIVES),
            chance.pick(NOUNS)
        );
        let first = chance.between(1, 640);
        Self {
            key: format!("{}{year}n{number}", authors[0].0.to_lowercase()),
            kind: chance.pick(&[
                Kind::Article,
                Kind::Article,
                Kind::Article,
                Kind::Book,
                Kind::Chapter,
                Kind::Website,
            ]),
            authors,
            title,
            within: chance.pick(JOURNALS),
            publisher: chance.pick(PUBLISHERS),
            town: chance.pick(TOWNS),
            year,
            volume: chance.between(1, 96),
            issue: chance.between(1, 12),
            pages: (first, first + chance.between(2, 34)),
            number,
        }
    }

    /// The registrant is the one that stands for examples.
    fn doi(&self) -> String {
        format!("10.5555/bench.{}", self.number)
    }

    fn address(&self) -> String {
        format!("https://sources.example.org/{}/", self.key)
    }

    /// The entry in BibTeX.
    pub(crate) fn bibtex(&self) -> String {
        let authors: Vec<String> =
            self.authors.iter().map(|(family, given)| format!("{family}, {given}")).collect();
        let (first, last) = self.pages;
        let pages = ("pages", format!("{first}--{last}"));
        let publisher = ("publisher", self.publisher.replace('&', "\\&"));
        let (kind, rest) = match self.kind {
            Kind::Article => (
                "article",
                vec![
                    ("journal", self.within.to_owned()),
                    ("volume", self.volume.to_string()),
                    ("number", self.issue.to_string()),
                    pages,
                    ("doi", self.doi()),
                ],
            ),
            Kind::Book => ("book", vec![publisher, ("address", self.town.to_owned())]),
            Kind::Chapter => (
                "inproceedings",
                vec![("booktitle", self.within.to_owned()), pages, publisher, ("doi", self.doi())],
            ),
            Kind::Website => (
                "online",
                vec![("url", self.address()), ("urldate", format!("2025-03-{:02}", self.issue))],
            ),
        };
        let mut entry = format!("@{kind}{{{},\n", self.key);
        let head = [
            ("author", authors.join(" and ")),
            ("title", self.title.clone()),
            ("year", self.year.to_string()),
        ];
        for (field, value) in head.into_iter().chain(rest) {
            let _ = writeln!(entry, "  {field} = {{{value}}},");
        }
        entry.push_str("}\n");
        entry
    }

    /// The work written out, for a generator that reads no bibliographies.
    pub(crate) fn written_out(&self) -> String {
        let authors: Vec<String> = self
            .authors
            .iter()
            .map(|(family, given)| format!("{family} {}", &given[..1]))
            .collect();
        let (authors, title, year) = (authors.join(", "), &self.title, self.year);
        let (first, last) = self.pages;
        match self.kind {
            Kind::Article => format!(
                "{authors}. {title}. *{}*. {year};{}({}):{first}-{last}. <https://doi.org/{}>",
                self.within,
                self.volume,
                self.issue,
                self.doi()
            ),
            Kind::Book => format!("{authors}. *{title}*. {}; {year}.", self.publisher),
            Kind::Chapter => format!(
                "{authors}. {title}. In: *{}*. {}; {year}:{first}-{last}. <https://doi.org/{}>",
                self.within,
                self.publisher,
                self.doi()
            ),
            Kind::Website => format!("{authors}. {title}. {year}. <{}>", self.address()),
        }
    }
}
