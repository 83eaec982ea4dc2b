//! A work as a style asks for it: variables by name, their text ready to be printed.

use std::cell::OnceCell;

use crate::cite::{Name, Names, Reference, When};

use super::run::{Link, Role, Run};
use super::typography;

/// The variables of a work. Each is made ready when a style first asks for it, because what is
/// printed anew for a page asks for few of them, and the number of a work for none.
pub(super) struct Item<'r> {
    reference: &'r Reference,
    /// Whether a style is told that the work has no address.
    without_url: bool,
    /// By the places of the variables in the reference; those that are derived come last.
    texts: OnceCell<Box<[OnceCell<Vec<Run>>]>>,
    /// By the places of the roles in the reference; nothing where they are as they are there.
    names: OnceCell<Box<[Option<Names>]>>,
    english: OnceCell<Option<bool>>,
}

/// The variables that a style may ask for and that no text of a reference need have.
const DERIVED: [&str; 7] = ["DOI", "PMID", "PMCID", "ISBN", "ISSN", "page-first", "event"];

impl<'r> Item<'r> {
    /// Prepares a work; `without_url` hides its address.
    pub(super) fn new(reference: &'r Reference, without_url: bool) -> Self {
        Self {
            reference,
            without_url,
            texts: OnceCell::new(),
            names: OnceCell::new(),
            english: OnceCell::new(),
        }
    }

    pub(super) fn kind(&self) -> &str {
        &self.reference.kind
    }

    /// Whether its words are English as far as is known.
    pub(super) fn english(&self) -> Option<bool> {
        *self.english.get_or_init(|| {
            let language = self.reference.text("language").to_lowercase();
            (!language.is_empty()).then(|| language.starts_with("en"))
        })
    }

    pub(super) fn text(&self, name: &str) -> Option<&[Run]> {
        if self.without_url && name == "URL" {
            return None;
        }
        let own = &self.reference.texts;
        let derived = || Some(own.len() + DERIVED.iter().position(|known| *known == name)?);
        let place = own.keys().position(|known| known == name).or_else(derived)?;
        let texts = self
            .texts
            .get_or_init(|| (0..own.len() + DERIVED.len()).map(|_| OnceCell::new()).collect());
        let runs = texts[place].get_or_init(|| runs(self.reference, name));
        (!super::run::is_empty(runs)).then_some(runs)
    }

    pub(super) fn names(&self, role: &str) -> Option<&Names> {
        let own = &self.reference.names;
        let place = own.keys().position(|known| known == role)?;
        let curly = self.names.get_or_init(|| {
            own.values().map(|n| (!is_printable(n)).then(|| curly_names(n))).collect()
        });
        let names = match &curly[place] {
            Some(names) => names,
            None => own.get(role)?,
        };
        (!names.list.is_empty()).then_some(names)
    }

    pub(super) fn date(&self, name: &str) -> Option<&When> {
        self.reference.dates.get(name)
    }

    /// Tells whether the work has a variable.
    pub(super) fn has(&self, name: &str) -> bool {
        self.text(name).is_some() || self.names(name).is_some() || self.date(name).is_some()
    }
}

/// The runs of a variable; none where the work does not have it.
fn runs(reference: &Reference, name: &str) -> Vec<Run> {
    let own = || reference.texts.get(name).map(typography::runs).unwrap_or_default();
    match name {
        "URL" => linked(&reference.text("URL"), Link::Url),
        "page" => {
            let mut runs = own();
            if let [page] = &mut runs[..] {
                without_label(&mut page.text);
            }
            runs
        }
        "page-first" => {
            let known = own();
            if super::run::is_empty(&known) { first_page(reference) } else { known }
        }
        "event" if is_old_event(reference) => {
            reference.texts.get("event-title").map(typography::runs).unwrap_or_default()
        }
        "event-title"
            if is_old_event(reference) && !reference.fields.contains_key("event-title") =>
        {
            Vec::new()
        }
        _ => identifier(reference, name).unwrap_or_else(own),
    }
}

fn first_page(reference: &Reference) -> Vec<Run> {
    let page = super::run::text(&runs(reference, "page"));
    let first = page.split(['-', '–', '—', ',', '&']).next().unwrap_or_default().trim();
    if first.is_empty() { Vec::new() } else { vec![Run::plain(first)] }
}

/// `event` is the old name of `event-title`, and styles that ask for the one mean not the other.
fn is_old_event(reference: &Reference) -> bool {
    reference.fields.contains_key("event") && !reference.texts.contains_key("event")
}

fn identifier(reference: &Reference, name: &str) -> Option<Vec<Run>> {
    let ids = &reference.ids;
    let doi = if name == "DOI" { reference.doi() } else { None };
    let (value, link) = match name {
        "DOI" => (doi.as_deref(), Some(Link::Doi)),
        "PMID" => (ids.pmid.as_deref(), Some(Link::Pmid)),
        "PMCID" => (ids.pmcid.as_deref(), Some(Link::Pmcid)),
        "ISBN" => (ids.isbn.first().map(String::as_str), None),
        "ISSN" => (ids.issn.first().map(String::as_str), None),
        _ => return None,
    };
    // What only the address tells is said by the address.
    let told = |value: &str| {
        reference.fields.is_empty()
            || reference.fields.contains_key(&name.to_lowercase())
            || !reference.text("URL").to_lowercase().contains(&value.to_lowercase())
    };
    let value = value.filter(|value| told(value))?;
    Some(link.map_or_else(|| vec![Run::plain(value)], |link| linked(value, link)))
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

/// Tells whether names are as they are printed, as most are.
fn is_printable(names: &Names) -> bool {
    let is_plain = |text: &str| !text.contains(['\'', '\u{a0}']);
    names.list.iter().all(|name| match name {
        Name::Literal(name) => is_plain(name),
        Name::Person { family, given, particle, dropping_particle, suffix } => {
            [family, given, particle, dropping_particle, suffix].iter().all(|part| is_plain(part))
                && !given.contains(',')
                && !family.starts_with(char::is_lowercase)
        }
    })
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
