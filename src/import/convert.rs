//! From the files of another program to those of a site.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::addresses;
use super::connect::connect;
use super::image;
use super::index::{Index, Place};
use super::library::Library;
use super::loss::{Loss, LossKind};
use super::matter::Matter;
use super::origin::{Dialect, Origin};
use super::{hugo, jekyll, obsidian, plain, quarto, zola};
use crate::date::Date;
use crate::markdown::verbatim;
use crate::page::{slug_or_kept, split_date};

/// A site, and what did not come along.
#[derive(Debug)]
pub struct Imported {
    /// The files, in the order of their paths.
    pub targets: Vec<Target>,
    /// What could not come along as it was, by file and place.
    pub losses: Vec<Loss>,
    /// How many pages there are.
    pub pages: usize,
}

/// A file of the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// Its path below the root.
    pub path: String,
    /// What is in it.
    pub content: TargetContent,
}

/// What is in a file of the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TargetContent {
    /// A text.
    Text(String),
    /// What lies at a path of this machine.
    CopyOf(PathBuf),
}

/// What is left alone by those who keep versions of the site.
const GITIGNORE: &str = "/public\n/.ibid\n/.ibid-manifest\n";

/// Makes a site of the files of another program, which are in the order of their paths.
pub fn import(dialect: Dialect, origins: &[Origin], today: &Date) -> Imported {
    let mut library = Library::new(dialect, origins);
    let roots: &[&str] = match dialect {
        Dialect::Zola => zola::read(&mut library),
        Dialect::Hugo => hugo::read(&mut library),
        Dialect::Jekyll => jekyll::read(&mut library),
        Dialect::Obsidian => obsidian::read(&mut library),
        Dialect::Quarto => quarto::read(&mut library),
        Dialect::Markdown => plain::read(&mut library),
    };
    library.settle();
    let index = Index::new(&library, roots);
    bodies(&mut library, &index);
    titles(&mut library);
    terms(&mut library);
    addresses::settle(&mut library);
    // Addresses that were settled by now are aliases, by which links are found too.
    image::respell(&mut library, &index);
    menu(&mut library, &index);
    let there: BTreeSet<&str> = library.drafts.iter().map(|draft| &*draft.target).collect();
    let has = |name: &str| there.contains(format!("people/{name}.md").as_str());
    let people = library.people.pages(has).into_iter();
    let mut made: Vec<(String, String)> =
        people.map(|(path, matter, text)| (path, whole(&matter, &text))).collect();
    made.append(&mut library.made);
    let texts = connect(&mut library, &index, made, today);
    let pages = texts.len();
    let mut targets: Vec<Target> = texts
        .into_iter()
        .map(|(path, text)| Target {
            path: format!("content/{path}"),
            content: TargetContent::Text(text),
        })
        .collect();
    targets.extend(library.placed.iter().map(|placed| Target {
        path: placed.target.clone(),
        content: TargetContent::CopyOf(placed.origin.disk.clone()),
    }));
    let text = |path: &str, text: String| Target {
        path: path.to_owned(),
        content: TargetContent::Text(text),
    };
    targets.push(text("site.toml", library.settings.print()));
    targets.push(text(".gitignore", GITIGNORE.to_owned()));
    targets.sort_by(|a, b| a.path.cmp(&b.path));
    library.losses.sort();
    library.losses.dedup();
    Imported { targets, losses: library.losses, pages }
}

/// Writes the text of every page anew.
fn bodies(library: &mut Library<'_>, index: &Index) {
    let mut drafts = std::mem::take(&mut library.drafts);
    for draft in &mut drafts {
        match library.dialect {
            Dialect::Zola => zola::body(draft, library),
            Dialect::Hugo => hugo::body(draft, library, index),
            Dialect::Jekyll => jekyll::body(draft, library, index),
            Dialect::Obsidian => obsidian::body(draft, library, index),
            Dialect::Quarto => quarto::body(draft, library),
            Dialect::Markdown => {}
        }
    }
    library.drafts = drafts;
}

/// Writes the main menu as the theme reads it.
fn menu(library: &mut Library<'_>, index: &Index) {
    let entry = |(name, to): &(String, String)| {
        let mut entry = toml::Table::new();
        entry.insert("name".into(), name.as_str().into());
        let found = index.follow("", None, to).or_else(|| index.in_roots(to).cloned());
        let (key, to) = match found {
            Some(Place::Page(path)) => ("path", format!("@/{path}")),
            Some(Place::File(path) | Place::Static(path)) => ("path", format!("/{path}")),
            None if to.contains("://") => ("href", to.clone()),
            None => return None,
        };
        entry.insert(key.into(), to.into());
        Some(toml::Value::Table(entry))
    };
    let entries: Vec<toml::Value> = library.menu.iter().filter_map(entry).collect();
    // A menu of another form would be taken for one of ours.
    if let Some(old) = library.settings.extra.remove("menu") {
        library.settings.extra.insert("old_menu".into(), old);
    }
    if !entries.is_empty() {
        library.settings.extra.insert("menu".into(), entries.into());
    }
}

/// Names each page that neither its front matter nor a heading names.
fn titles(library: &mut Library<'_>) {
    for draft in &mut library.drafts {
        let has_heading = |body: &str| {
            let headings = verbatim(body).headings;
            headings.iter().any(|range| {
                let line = &body[range.clone()];
                line.starts_with("# ") || line.contains("\n==")
            })
        };
        if draft.matter.has("title") || has_heading(&draft.body) {
            continue;
        }
        let folder = draft.folder().rsplit('/').next().unwrap_or("");
        let is_home =
            matches!(draft.stem().to_ascii_lowercase().as_str(), "index" | "_index" | "readme");
        let name = if is_home { folder } else { split_date(draft.stem()).1 };
        let words = name.trim_start_matches('_').replace(['-', '_'], " ");
        let mut letters = words.trim().chars();
        let title: String =
            letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect());
        match title.is_empty() {
            true => {
                let site = library.settings.title.clone().unwrap_or_else(|| "Home".to_owned());
                draft.matter.guess("title", site, "the title of the site");
            }
            false => draft.matter.guess("title", title, "from the file's name"),
        }
    }
}

/// Spells terms alike that would have one address: what most pages write counts.
fn terms(library: &mut Library<'_>) {
    let mut counts: BTreeMap<(String, String), BTreeMap<String, usize>> = BTreeMap::new();
    for draft in &library.drafts {
        for (taxonomy, terms) in &draft.matter.taxonomies {
            for term in terms {
                let key = (taxonomy.clone(), slug_or_kept(term));
                *counts.entry(key).or_default().entry(term.clone()).or_default() += 1;
            }
        }
    }
    counts.retain(|_, spellings| spellings.len() > 1);
    for draft in &mut library.drafts {
        for (taxonomy, terms) in &mut draft.matter.taxonomies {
            for term in terms.iter_mut() {
                let key = (taxonomy.clone(), slug_or_kept(term));
                let Some(spellings) = counts.get(&key) else { continue };
                let best = spellings.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
                if let Some((best, _)) = best.filter(|(best, _)| *best != term) {
                    let what = format!("the term `{term}` has the address of `{best}`");
                    let instead = format!("spelled `{best}`");
                    library.losses.push(draft.script.loss(0, LossKind::Value, what, instead));
                    best.clone_into(term);
                }
            }
            let mut seen = BTreeSet::new();
            terms.retain(|term| seen.insert(term.clone()));
        }
    }
}

fn whole(matter: &Matter, text: &str) -> String {
    let head = matter.print();
    match text.trim() {
        "" => head,
        text => format!("{head}\n{text}\n"),
    }
}
