//! A work as a style asks for it: variables by name, their text ready to be printed.

use std::collections::{BTreeMap, BTreeSet};

use crate::cite::{Name, Names, Reference, When};

use super::run::{Link, Role, Run};
use super::typography;

/// The variables of a work.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Item {
    pub(super) kind: String,
    pub(super) texts: BTreeMap<String, Vec<Run>>,
    pub(super) names: BTreeMap<String, Names>,
    pub(super) dates: BTreeMap<String, When>,
    /// Whether its words are English as far as is known.
    pub(super) english: Option<bool>,
    /// The variables that a style is told the work does not have.
    pub(super) hidden: BTreeSet<String>,
}

impl Item {
    /// Prepares a work.
    pub(super) fn new(reference: &Reference) -> Self {
        let mut texts: BTreeMap<String, Vec<Run>> = reference
            .texts
            .iter()
            .map(|(name, rich)| {
                let runs = match name.as_str() {
                    "URL" => linked(&rich.text(), Link::Url),
                    _ => typography::runs(rich),
                };
                (name.clone(), runs)
            })
            .filter(|(_, runs)| !super::run::is_empty(runs))
            .collect();
        old_event(reference, &mut texts);
        let ids = &reference.ids;
        // What only the address tells is said by the address.
        let url = reference.text("URL").to_lowercase();
        let told = |name: &str, value: &str| {
            reference.fields.is_empty()
                || reference.fields.contains_key(&name.to_lowercase())
                || !url.contains(&value.to_lowercase())
        };
        let mut id = |name: &str, value: Option<&str>, link: Option<Link>| {
            if let Some(value) = value.filter(|value| told(name, value)) {
                let runs = link.map_or_else(|| vec![Run::plain(value)], |link| linked(value, link));
                texts.insert(name.to_owned(), runs);
            }
        };
        id("DOI", reference.doi().as_deref(), Some(Link::Doi));
        id("PMID", ids.pmid.as_deref(), Some(Link::Pmid));
        id("PMCID", ids.pmcid.as_deref(), Some(Link::Pmcid));
        id("ISBN", ids.isbn.first().map(String::as_str), None);
        id("ISSN", ids.issn.first().map(String::as_str), None);
        if let Some(page) = texts.get_mut("page").filter(|page| page.len() == 1) {
            without_label(&mut page[0].text);
        }
        if !texts.contains_key("page-first")
            && let Some(page) = texts.get("page")
        {
            let page = super::run::text(page);
            let first =
                page.split(['-', '–', '—', ',', '&']).next().unwrap_or_default().trim().to_owned();
            if !first.is_empty() {
                texts.insert("page-first".to_owned(), vec![Run::plain(first)]);
            }
        }
        let names = reference
            .names
            .iter()
            .filter(|(_, names)| !names.list.is_empty())
            .map(|(role, names)| (role.clone(), curly_names(names)))
            .collect();
        let language = reference.text("language").to_lowercase();
        Self {
            kind: reference.kind.clone(),
            texts,
            names,
            dates: reference.dates.clone(),
            english: (!language.is_empty()).then(|| language.starts_with("en")),
            hidden: BTreeSet::new(),
        }
    }

    pub(super) fn text(&self, name: &str) -> Option<&[Run]> {
        if self.hidden.contains(name) {
            return None;
        }
        self.texts.get(name).map(Vec::as_slice)
    }

    pub(super) fn names(&self, role: &str) -> Option<&Names> {
        if self.hidden.contains(role) { None } else { self.names.get(role) }
    }

    pub(super) fn date(&self, name: &str) -> Option<&When> {
        if self.hidden.contains(name) { None } else { self.dates.get(name) }
    }

    /// Tells whether the work has a variable.
    pub(super) fn has(&self, name: &str) -> bool {
        self.text(name).is_some() || self.names(name).is_some() || self.date(name).is_some()
    }
}

/// `event` is the old name of `event-title`, and styles that ask for the one mean not the other.
fn old_event(reference: &Reference, texts: &mut BTreeMap<String, Vec<Run>>) {
    if !reference.fields.contains_key("event") || reference.texts.contains_key("event") {
        return;
    }
    let known = reference.fields.contains_key("event-title");
    let title = if known { texts.get("event-title").cloned() } else { texts.remove("event-title") };
    if let Some(title) = title {
        texts.insert("event".to_owned(), title);
    }
}

/// Takes `pp.` from pages, which styles write themselves.
fn without_label(pages: &mut String) {
    let bare = pages.trim_start_matches('p').trim_start_matches('.').trim_start();
    let label = pages.len() - bare.len();
    if label > 1
        && pages[..label].starts_with('p')
        && bare.starts_with(|c: char| c.is_ascii_digit())
    {
        pages.replace_range(..label, "");
    }
}

fn linked(value: &str, link: Link) -> Vec<Run> {
    vec![Run { role: Role::Link(link), ..Run::plain(value) }]
}

fn curly_names(names: &Names) -> Names {
    // A space that does not break makes nobody somebody else.
    let curly = |text: &str| text.replace('\'', "’").replace('\u{a0}', " ");
    let list = names
        .list
        .iter()
        .map(|name| match name {
            Name::Literal(name) => Name::Literal(curly(name)),
            Name::Person { family, given, particle, dropping_particle, suffix } => {
                let family = curly(family);
                let (own, rest) = if particle.is_empty() && !given.is_empty() {
                    split_particle(&family)
                } else {
                    ("", family.as_str())
                };
                // `John, Jr.`
                let (given, behind) = match given.split_once(',') {
                    Some((given, behind)) if suffix.is_empty() && particle.is_empty() => {
                        (given.trim(), behind.trim())
                    }
                    _ => (given.as_str(), suffix.as_str()),
                };
                Name::Person {
                    family: rest.to_owned(),
                    given: curly(given),
                    particle: if own.is_empty() { curly(particle) } else { own.to_owned() },
                    dropping_particle: curly(dropping_particle),
                    suffix: curly(behind),
                }
            }
        })
        .collect();
    Names { list, others: names.others }
}

/// The small words that a family name begins with, and the rest: `van der` and `Berg`.
fn split_particle(family: &str) -> (&str, &str) {
    let mut at = 0;
    while let Some(rest) = family.get(at..).filter(|rest| rest.starts_with(char::is_lowercase)) {
        let Some(end) = rest.find([' ', '’', '\'']) else { break };
        let mark = rest[end..].chars().next().map_or(1, char::len_utf8);
        if rest[..end].chars().any(char::is_uppercase) {
            break;
        }
        at += end + mark;
    }
    let (particle, rest) = family.split_at(at);
    if rest.is_empty() { ("", family) } else { (particle.trim_end(), rest) }
}
