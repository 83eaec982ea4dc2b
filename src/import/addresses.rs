//! Which page is served where: old addresses lead on, and no two pages have one.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::library::Library;
use super::loss::LossKind;
use crate::config::{self, Config, Overrides};
use crate::fingerprint::Fingerprint;
use crate::page::{self, Page, slug_or_kept};
use crate::path::{Permalink, SourcePath};
use crate::source::Source;

/// What the build makes of itself.
const MADE: [&str; 7] = [
    "atom.xml",
    "feed.json",
    "sitemap.xml",
    "robots.txt",
    "404.html",
    "llms.txt",
    "search-index.json",
];

/// Gives each page an address of its own, and its old addresses as aliases.
pub(super) fn settle(library: &mut Library<'_>) {
    let file = SourcePath::new("site.toml");
    let Ok(config) = config::parse(&file, &library.settings.print(), &Overrides::default()) else {
        return;
    };
    let mut claims: BTreeMap<String, String> = BTreeMap::new();
    for name in MADE {
        claims.insert(name.to_owned(), "the build".to_owned());
    }
    // What is cited has a list of its own.
    let has_works = library.placed.iter().any(|placed| placed.target.ends_with(".bib"));
    let list = if library.settings.flat { "references.html" } else { "references/index.html" };
    let list = Some(list).filter(|_| has_works);
    for placed in &library.placed {
        let output = placed.target.trim_start_matches("content/").trim_start_matches("static/");
        claims.insert(output.to_lowercase(), format!("`{}`", placed.target));
    }
    let mut losses = Vec::new();
    // Those that name their address come before those whose address is made.
    let mut order: Vec<usize> = (0..library.drafts.len()).collect();
    order.sort_by_key(|at| !library.drafts[*at].matter.has("path"));
    let mut served: Vec<String> = vec![String::new(); library.drafts.len()];
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for at in order {
        let draft = &mut library.drafts[at];
        let mut page = understand(draft, &config);
        let owner = format!("`content/{}`", draft.target);
        if let Some(other) = claims.get(&output(&page.card.permalink)) {
            let other = other.clone();
            let old = page.card.permalink.to_string();
            page = elsewhere(draft, &config, &claims, &mut numbers);
            let what = format!("`{old}` is the address of {other}");
            let instead = format!("served at `{}`", page.card.permalink);
            losses.push(draft.script.loss(0, LossKind::Address, what, instead));
        }
        claims.insert(output(&page.card.permalink), owner);
        served[at] = page.card.permalink.to_string();
    }
    for draft in &library.drafts {
        for (taxonomy, terms) in &draft.matter.taxonomies {
            let list = format!("{}/", slug_or_kept(taxonomy));
            claims
                .entry(format!("{list}index.html"))
                .or_insert(format!("the taxonomy `{taxonomy}`"));
            for term in terms {
                let address = format!("{list}{}/index.html", slug_or_kept(term));
                claims.entry(address.to_lowercase()).or_insert(format!("the term `{term}`"));
            }
        }
    }
    // A page may take the place of this list, an old address may not.
    if let Some(list) = list {
        claims.entry(list.to_owned()).or_insert("the list of references".to_owned());
    }
    let base = library.settings.base();
    for (draft, served) in library.drafts.iter_mut().zip(&served) {
        let written = draft.matter.list("aliases");
        let bare = |address: &str| {
            let low = address.to_lowercase();
            let low = low.strip_suffix("/index.html").unwrap_or(&low);
            low.trim_matches('/').to_owned()
        };
        let names: Vec<String> =
            written.iter().filter(|alias| alias.contains(char::is_whitespace)).cloned().collect();
        let mut aliases: Vec<(String, bool)> = written
            .into_iter()
            .filter(|alias| !names.contains(alias))
            .map(|alias| (alias, true))
            .collect();
        aliases.extend(draft.addresses.iter().map(|address| (address.clone(), false)));
        draft.matter.unset("aliases");
        names.iter().for_each(|name| draft.matter.append("aliases", name));
        for (alias, is_written) in aliases {
            let below = base.as_ref().map_or("", |base| base.path.as_str());
            let own =
                alias.strip_prefix(below).filter(|rest| rest.starts_with('/')).unwrap_or(&alias);
            if bare(own) == bare(served) || bare(own).is_empty() {
                continue;
            }
            let Some(output) = alias_output(own) else {
                if is_written {
                    let what = format!("the alias `{alias}` cannot be an address");
                    losses.push(draft.script.loss(0, LossKind::Value, what, "left out"));
                }
                continue;
            };
            match claims.get(&output) {
                Some(other) => {
                    let what = format!("the old address `{own}` is taken by {other}");
                    losses.push(draft.script.loss(0, LossKind::Address, what, "left out"));
                }
                None => {
                    claims.insert(output, format!("an alias of `content/{}`", draft.target));
                    draft.matter.append("aliases", own);
                }
            }
        }
    }
    library.losses.append(&mut losses);
}

/// Understands a page without its text.
fn understand(draft: &Draft<'_>, config: &Config) -> Page {
    let text = draft.matter.print();
    let source = Source {
        path: SourcePath::new(format!("content/{}", draft.target)),
        fingerprint: Fingerprint::of(text.as_bytes()),
        text: text.into(),
    };
    page::parse(&source, config).value
}

/// Gives a page the first address that is free: its old one, or one with a number.
///
/// `numbers` are those from which on one is looked for, so that many pages of one name are no
/// quadratic work.
fn elsewhere(
    draft: &mut Draft<'_>,
    config: &Config,
    claims: &BTreeMap<String, String>,
    numbers: &mut BTreeMap<String, usize>,
) -> Page {
    if let Some(old) = draft.addresses.first().cloned()
        && let Some(output) = alias_output(&old)
        && !claims.contains_key(&output)
    {
        draft.matter.guess("path", old.trim_matches('/'), "the old address");
        let page = understand(draft, config);
        if !claims.contains_key(&self::output(&page.card.permalink)) {
            return page;
        }
    }
    draft.matter.unset("path");
    draft.matter.unset("slug");
    let own = understand(draft, config).card;
    let slug = if own.slug.is_empty() { "page".to_owned() } else { own.slug };
    let number = numbers.entry(own.permalink.to_string()).or_insert(2);
    loop {
        let folder = draft.target.rsplit_once('/').map_or("", |(folder, _)| folder);
        if draft.target.ends_with("_index.md") || draft.target.ends_with("/index.md") {
            draft.matter.guess("path", format!("{folder}-{number}"), "its own address is taken");
        } else {
            draft.matter.guess("slug", format!("{slug}-{number}"), "its own address is taken");
        }
        let page = understand(draft, config);
        *number += 1;
        if !claims.contains_key(&output(&page.card.permalink)) || *number > 1_000_000 {
            return page;
        }
    }
}

fn output(permalink: &Permalink) -> String {
    permalink
        .output()
        .map_or_else(|_| permalink.to_string(), |path| path.to_string())
        .to_lowercase()
}

/// The file that a host serves at an old address.
fn alias_output(address: &str) -> Option<String> {
    if address.contains(['?', '#']) {
        return None;
    }
    let decoded = crate::path::decode(address)?;
    let bare = decoded.trim_matches('/');
    let whole = if bare.ends_with(".html") { format!("/{bare}") } else { format!("/{bare}/") };
    let permalink = Permalink::new(&whole).ok()?;
    permalink.output().ok().map(|path| path.to_string().to_lowercase())
}
