//! `source-listed-twice`: a page lists one work twice.
//!
//! **What it finds.** Works that a page has in its source list and in Additional Reading, or
//! twice in one list: under the same key, under two keys of one work, or under two keys whose
//! references have the same title and the same first author.
//!
//! **Why it matters.** Evidence that is counted twice looks like more than it is.
//!
//! **Example.** `[@chou2017]` in the text, and `additional_reading = ["chou2017"]`.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::check::rule::Rule;
use crate::check::works::{first_author, title_slug};
use crate::cite::{CiteKey, WorkId};
use crate::diag::{Code, Diagnostic};
use crate::page::Page;
use crate::site::{PageId, Site};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::SourceListedTwice, check };

/// What tells works apart: the work itself, or its title and first author.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    Work(WorkId),
    /// One of those with the same title and the same first author; the number is that of the
    /// first of them.
    Title(WorkId),
}

/// What tells works apart, worked out once for each.
struct Known<'a> {
    site: &'a Site,
    identities: BTreeMap<WorkId, Vec<Identity>>,
    titles: BTreeMap<(String, String), WorkId>,
}

/// Where a work was first named.
struct Place<'a> {
    list: &'static str,
    key: &'a str,
}

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    let mut known = Known { site, identities: BTreeMap::new(), titles: BTreeMap::new() };
    for id in site.pages.ids() {
        let page = site.pages.page(id);
        let front_matter = &page.front_matter;
        let lists = [
            ("the source list", &front_matter.nocite),
            ("Additional Reading", &front_matter.additional_reading),
        ];
        let mut seen = BTreeMap::new();
        cited(&mut known, id, &mut seen, found);
        for (list, keys) in lists {
            for key in keys {
                listed(&mut known, page, list, key, &mut seen, found);
            }
        }
    }
}

/// Notes the works that the text cites; two of them can be one paper under two keys.
fn cited<'a>(
    known: &mut Known<'a>,
    id: PageId,
    seen: &mut BTreeMap<Identity, Place<'a>>,
    found: &mut dyn FnMut(Diagnostic),
) {
    let site = known.site;
    let sources = site.cited.sources(id);
    for &work in &sources.listed[..sources.cited] {
        let key = site.references.work(work).key.as_str();
        for identity in known.identities(work) {
            if let Some(first) = seen.get(&identity) {
                let message = format!(
                    "the source list has one paper twice: as `{}` and as `{key}`",
                    first.key
                );
                let span = span_of_first_use(site, id, work);
                found(
                    Diagnostic::new(Code::SourceListedTwice, message)
                        .at(span)
                        .help(format!("cite it as `{}` everywhere", first.key)),
                );
                continue;
            }
            seen.insert(identity, Place { list: "the text", key });
        }
    }
}

fn span_of_first_use(site: &Site, id: PageId, work: WorkId) -> crate::diag::Span {
    let page = site.pages.page(id);
    let citations = page.body.citations.iter().zip(&site.cited.sources(id).citations);
    let item = citations.flat_map(|(citation, works)| citation.items.iter().zip(works));
    let item = item.into_iter().find(|(_, known)| **known == Some(work));
    item.map_or_else(|| page.whole(), |(item, _)| page.span(item.span.clone()))
}

fn listed<'a>(
    known: &mut Known<'a>,
    page: &Page,
    list: &'static str,
    key: &'a Spanned<String>,
    seen: &mut BTreeMap<Identity, Place<'a>>,
    found: &mut dyn FnMut(Diagnostic),
) {
    let site = known.site;
    let Some(work) = site.references.find(&CiteKey::parse(key.get_ref())) else { return };
    let work = site.references.canonical(work);
    let key_text = key.get_ref().trim_start_matches('@');
    let mut told = false;
    for identity in known.identities(work) {
        let Some(first) = seen.get(&identity) else {
            seen.insert(identity, Place { list, key: key_text });
            continue;
        };
        if told {
            continue;
        }
        told = true;
        let other_name = first.key != key_text;
        let as_key = if other_name { format!(" as `{}`", first.key) } else { String::new() };
        let message = match (first.list, list) {
            ("the text", "the source list") => {
                format!("`{key_text}` stands in the source list already: the text cites it{as_key}")
            }
            ("the text", _) => {
                format!("`{key_text}` is in both lists: the text cites it{as_key}")
            }
            (first, list) if first == list => format!("`{key_text}` is twice in {list}{as_key}"),
            _ => format!("`{key_text}` is in both lists: `nocite` has it too{as_key}"),
        };
        found(
            Diagnostic::new(Code::SourceListedTwice, message)
                .at(page.span(key.span()))
                .help("remove it here"),
        );
    }
}

impl Known<'_> {
    fn identities(&mut self, work: WorkId) -> Vec<Identity> {
        if let Some(identities) = self.identities.get(&work) {
            return identities.clone();
        }
        let reference = self.site.references.work(work);
        let mut identities = vec![Identity::Work(work)];
        // A title of one or two words (`Editorial`) tells nothing apart.
        let title = title_slug(reference);
        if let Some(author) = first_author(reference).filter(|_| title.split('-').count() > 2) {
            identities.push(Identity::Title(*self.titles.entry((title, author)).or_insert(work)));
        }
        self.identities.insert(work, identities.clone());
        identities
    }
}
