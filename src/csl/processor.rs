//! One style in one language.

use std::borrow::Cow;
use std::sync::Arc;

use super::cluster;
use super::compile::compile;
use super::disambiguate::{Distinction, disambiguate, first_scene, later_scene, least, plain};
use super::dress::dress;
use super::html;
use super::item::Item;
use super::label;
use super::locale::{self, Locale};
use super::locator;
use super::model::{Collapse, Element, Look, Part, Position, Program, SortTarget, Target};
use super::name::Apart;
use super::page::Page;
use super::printed::{Cluster, Entry, Printed};
use super::render::{Rendered, Scene, render};
use super::run::{self, Run};
use super::sort::Keys;
use super::style::Style;
use super::work::{Cited, FirstCite, Kind, Used, Work};
use crate::cite::{Locator, Reference};

/// One style in one language, ready to print.
#[derive(Clone, Debug)]
pub struct Processor {
    program: Arc<Program>,
    kind: Kind,
}

/// The style whose list stands in for one that is missing.
const DEFAULT: &str = "american-medical-association";

impl Processor {
    /// Prepares a style for a language, a BCP 47 tag. A style that is written for one dialect
    /// keeps to it where the language names none.
    pub fn new(style: &Style, language: &str) -> Self {
        let style = style.read();
        let own = style.default_locale.as_ref().map(|code| code.0.as_str());
        let language = match own {
            Some(own) if language.is_empty() || own.split('-').next() == Some(language) => own,
            _ => language,
        };
        let language = locale::nearest(language);
        let mut program = compile(style, &Locale::new(&style.locale, language));
        if program.list.is_none() && !program.note {
            // A style that says nothing of a list gets that of the style that ibid begins with.
            program.list = Style::bundled(DEFAULT).and_then(|usual| {
                let usual = usual.read();
                compile(usual, &Locale::new(&usual.locale, language)).list
            });
        }
        let kind = kind(&program);
        Self { program: Arc::new(program), kind }
    }

    /// How the style marks citations.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Prints a place in a work by itself: `pp. 3–5`.
    pub fn place(&self, locator: &Locator) -> String {
        locator::print(&self.program, locator)
    }

    /// Prints of a work all that does not depend on a page: once for the whole site.
    pub fn format(&self, reference: &Reference) -> Work {
        let (whole, bare) = (Item::new(reference, false), Item::new(reference, true));
        let rendered = self.entry(&whole, Scene::default());
        // A style that prints both would print one identifier twice.
        let without_url = rendered.used.contains(&"URL") && self.says_twice(&whole, &rendered.used);
        let (item, rendered) = if without_url {
            (&bare, self.entry(&bare, Scene::default()))
        } else {
            (&whole, rendered)
        };
        let used = Used::new(&rendered.used);
        let heading = rendered.author.names;
        let runs = self.finish(rendered.runs);
        let list_keys = self
            .list()
            .filter(|part| !asks_for_number(part))
            .map(|part| Keys::new(&self.program, part, item, 0));
        let (mut html, mut text) = (html::linked(&runs), html::letters(&runs));
        // They are kept for as long as the site is.
        html.shrink_to_fit();
        text.shrink_to_fit();
        Work { html, text, used, without_url, cite: self.first_cite(item), heading, list_keys }
    }

    /// What citations begin with. Numbers and labels are made for each page.
    fn first_cite(&self, item: &Item<'_>) -> Option<FirstCite> {
        if matches!(self.kind, Kind::Numeric | Kind::Label) {
            return None;
        }
        let citation = &self.program.citation;
        let cite = render(&self.program, citation, item, first_scene());
        let plain = if citation.by_position {
            plain(&render(&self.program, citation, item, later_scene()).runs)
        } else {
            plain(&cite.runs)
        };
        let (runs, author) = (cite.runs.into(), cite.author.runs.into());
        Some(FirstCite { runs, author, plain: plain.into() })
    }

    /// Prints the citations and the reference list of a page. The works are in the order in
    /// which they are first cited; those that no cluster names come last.
    pub fn print<'a>(&self, works: &[Cited<'a>], clusters: &[Cluster<'_>]) -> Printed {
        let item = |cited: &Cited<'a>| Item::new(cited.reference, cited.work.without_url);
        let items: Vec<Item<'_>> = works.iter().map(item).collect();
        let order = self.order(works, &items);
        let mut numbers = vec![0; works.len()];
        for (place, work) in order.iter().enumerate() {
            numbers[*work] = place + 1;
        }
        let labels = self.labels(&items);
        let distinctions = self.distinguish(works, &items, &order);
        let page = Page {
            program: &self.program,
            kind: self.kind,
            works,
            items: &items,
            numbers: &numbers,
            labels: &labels,
            distinctions: &distinctions,
        };
        let markers = cluster::print(&page, clusters);
        let mut before = Vec::new();
        let entries = order
            .iter()
            .map(|work| {
                let html = self.entry_html(
                    works[*work].work,
                    &items[*work],
                    &distinctions[*work],
                    numbers[*work],
                    &mut before,
                );
                let number = (self.kind == Kind::Numeric).then(|| numbers[*work]);
                let label = (self.kind == Kind::Label).then(|| {
                    html::unlinked(&[Run::plain(format!(
                        "{}{}",
                        labels[*work], distinctions[*work].year_suffix
                    ))])
                });
                Entry { work: *work, number, label, html }
            })
            .collect();
        Printed { markers, entries }
    }

    /// The works in the order of the list.
    fn order(&self, works: &[Cited<'_>], items: &[Item<'_>]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..works.len()).collect();
        let Some(part) = self.list().filter(|part| !part.sort.is_empty()) else { return order };
        let keys: Vec<Cow<'_, Keys>> = works
            .iter()
            .enumerate()
            .map(|(n, cited)| match &cited.work.list_keys {
                Some(kept) => Cow::Borrowed(kept),
                None => Cow::Owned(Keys::new(&self.program, part, &items[n], n + 1)),
            })
            .collect();
        order.sort_by(|a, b| keys[*a].cmp(&keys[*b]));
        order
    }

    fn labels(&self, items: &[Item<'_>]) -> Vec<String> {
        if self.kind != Kind::Label {
            return vec![String::new(); items.len()];
        }
        items.iter().map(label::label).collect()
    }

    fn distinguish(
        &self,
        works: &[Cited<'_>],
        items: &[Item<'_>],
        order: &[usize],
    ) -> Vec<Distinction> {
        match self.kind {
            Kind::Numeric => vec![Distinction::default(); works.len()],
            Kind::Label => label::distinguish(items, order),
            Kind::AuthorDate | Kind::Note => {
                let plain: Vec<&str> = works
                    .iter()
                    .map(|cited| cited.work.cite.as_ref().map_or("", |cite| &*cite.plain))
                    .collect();
                disambiguate(&self.program, items, order, &plain)
            }
        }
    }

    fn list(&self) -> Option<&Part> {
        self.program.list.as_ref()
    }

    /// One entry of the list without its number, as runs. A style without a list, or one that
    /// leaves a work out of it, says there what it says in the first citation: the notes lead to
    /// the entry.
    fn entry<'a>(&'a self, item: &'a Item<'a>, scene: Scene<'a>) -> Rendered<'a> {
        let scene = Scene { without_number: true, ..scene };
        let listed = self.list().map(|part| render(&self.program, part, item, scene));
        listed.filter(|listed| !run::is_empty(&listed.runs)).unwrap_or_else(|| {
            let scene = Scene { position: Some(Position::First), repeat: None, ..scene };
            render(&self.program, &self.program.citation, item, scene)
        })
    }

    /// An entry as its page needs it; `before` are the names of the entry before it.
    fn entry_html(
        &self,
        work: &Work,
        item: &Item<'_>,
        distinction: &Distinction,
        number: usize,
        before: &mut Vec<String>,
    ) -> String {
        // Given names are spelt out in a list anyway; as many names are shown as in the text.
        let more = distinction.apart.more > 0;
        let least = if more { least(&self.program, &distinction.apart) } else { 0 };
        let apart = Apart { least, ..Apart::default() };
        let distinction = Distinction { apart, ..distinction.clone() };
        let scene = Scene { number, ..Scene::default() };
        let plain = distinction == Distinction::default();
        let own = if plain { None } else { Some(self.entry(item, distinction.within(scene))) };
        let heading = own.as_ref().map_or(&work.heading, |own| &own.author.names);
        let repeat = self.program.repeats.as_ref().and_then(|repeats| repeats.of(before, heading));
        before.clone_from(heading);
        match (own, repeat) {
            (None, None) => work.html.clone(),
            (Some(own), None) => html::linked(&self.finish(own.runs)),
            (_, Some(_)) => {
                let scene = Scene { repeat, ..distinction.within(scene) };
                html::linked(&self.finish(self.entry(item, scene).runs))
            }
        }
    }

    /// Makes a sentence of the runs of an entry.
    fn finish(&self, runs: Vec<Run>) -> Vec<Run> {
        let words = &self.program.words;
        let runs = match self.list() {
            Some(part) => dress(runs, &part.look, true),
            None => dress(
                runs,
                &Look { format: run::Format::default(), ..self.program.citation.look.clone() },
                true,
            ),
        };
        let mut runs = run::clean(runs, words.punctuation_in_quote);
        run::quote(&mut runs, &words.quotes);
        runs
    }

    fn says_twice(&self, item: &Item<'_>, used: &[&str]) -> bool {
        let url = item.text("URL").map(run::text).unwrap_or_default().to_lowercase();
        ["DOI", "PMID", "PMCID"].into_iter().any(|name| {
            let id = item.text(name).map(run::text).unwrap_or_default().to_lowercase();
            let tail = url.trim_end_matches('/').strip_suffix(&id);
            let resolves = |head: &str| {
                head.ends_with('/') && (head.contains("doi.org/") || head.contains(".nih.gov/"))
            };
            used.contains(&name) && !id.is_empty() && tail.is_some_and(resolves)
        })
    }
}

fn asks_for_number(part: &Part) -> bool {
    part.sort.iter().any(|key| match &key.target {
        SortTarget::Variable(name) => name == "citation-number",
        SortTarget::Macro { .. } => false,
    })
}

fn kind(program: &Program) -> Kind {
    let part = &program.citation;
    if program.note {
        Kind::Note
    } else if program.cites.collapse == Some(Collapse::Number) || prints(part, "citation-number") {
        Kind::Numeric
    } else if prints(part, "citation-label") {
        Kind::Label
    } else {
        Kind::AuthorDate
    }
}

/// Tells whether a part prints a variable somewhere.
pub(super) fn prints(part: &Part, variable: &str) -> bool {
    fn any(elements: &[Element], part: &Part, variable: &str, depth: usize) -> bool {
        depth < 64
            && elements.iter().any(|element| match element {
                Element::Text(text) => match &text.target {
                    Target::Variable { name, .. } => name == variable,
                    Target::Macro(index) => any(&part.macros[*index], part, variable, depth + 1),
                    Target::Term(_) | Target::Value(_) => false,
                },
                Element::Number(number) => number.variable == variable,
                Element::Date(date) => date.variable == variable,
                Element::Names(names) => {
                    names.variables.iter().any(|name| name == variable)
                        || any(&names.substitute, part, variable, depth + 1)
                }
                Element::Group(group) => any(&group.elements, part, variable, depth + 1),
                Element::Choose(branches) => {
                    branches.iter().any(|branch| any(&branch.elements, part, variable, depth + 1))
                }
                Element::Label(_) => false,
            })
    }
    any(&part.elements, part, variable, 0)
}
