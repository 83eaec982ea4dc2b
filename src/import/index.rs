//! What the old program would have found by a path, an address or a name.

use std::collections::BTreeMap;

use super::library::Library;
use super::origin::Dialect;
use crate::path::{decode, join};

/// Where something is now.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Place {
    /// A page, below `content/`.
    Page(String),
    /// A file, below `content/`.
    File(String),
    /// A file that is served as it is: its address, without the first `/`.
    Static(String),
}

/// All pages and files, by what the old program called them.
#[derive(Default)]
pub(super) struct Index {
    dialect: Option<Dialect>,
    paths: BTreeMap<String, Place>,
    addresses: BTreeMap<String, Place>,
    /// By the last part of the path without an extension; the paths below the old folder.
    names: BTreeMap<String, Vec<(String, Place)>>,
    /// Folders that hold the content: `content`, or nothing.
    roots: Vec<String>,
    /// The address of the site, and its sub-path.
    origin: String,
    sub_path: String,
}

impl Index {
    /// Takes all pages and files. `roots` are the folders that paths may be relative to.
    pub(super) fn new(library: &Library<'_>, roots: &[&str]) -> Self {
        let mut index = Self {
            dialect: Some(library.dialect),
            roots: roots.iter().map(|root| (*root).to_owned()).collect(),
            ..Self::default()
        };
        if let Some(base) = library.settings.base() {
            (index.origin, index.sub_path) = (base.origin, base.path);
        }
        for draft in &library.drafts {
            let place = Place::Page(draft.target.clone());
            index.add(draft.script.path, &place);
            for address in &draft.addresses {
                index.addresses.entry(address_key(address)).or_insert(place.clone());
            }
        }
        for placed in &library.placed {
            let place = match placed.target.strip_prefix("content/") {
                Some(path) => Place::File(path.to_owned()),
                None => Place::Static(placed.target.trim_start_matches("static/").to_owned()),
            };
            index.add(&placed.origin.path, &place);
            if let Place::Static(address) | Place::File(address) = &place {
                index.addresses.entry(address_key(address)).or_insert(place);
            }
        }
        index
    }

    fn add(&mut self, path: &str, place: &Place) {
        let low = path.to_lowercase();
        let name = low.rsplit('/').next().unwrap_or(&low).to_owned();
        if matches!(place, Place::Page(_)) {
            let bare = without_extension(&name).to_owned();
            self.names.entry(bare).or_default().push((low.clone(), place.clone()));
        }
        self.names.entry(name).or_default().push((low.clone(), place.clone()));
        self.paths.entry(low).or_insert(place.clone());
    }

    /// What lies at a path below the folder that was imported, capitals aside.
    pub(super) fn at_path(&self, path: &str) -> Option<&Place> {
        let low = path.to_lowercase();
        let low = low.trim_matches('/');
        if let Some(place) = self.paths.get(low) {
            return Some(place);
        }
        let bare = low.trim_end_matches(".html").trim_end_matches(".htm");
        ["md", "qmd", "markdown", "ipynb", "rmd"]
            .iter()
            .find_map(|extension| self.paths.get(&format!("{bare}.{extension}")))
            .or_else(|| {
                [
                    "_index.md",
                    "index.md",
                    "index.qmd",
                    "readme.md",
                    "_index.markdown",
                    "index.markdown",
                ]
                .iter()
                .find_map(|name| self.paths.get(format!("{bare}/{name}").trim_start_matches('/')))
            })
    }

    /// What was served at an address.
    pub(super) fn at_address(&self, address: &str) -> Option<&Place> {
        self.addresses.get(&address_key(address))
    }

    /// What a destination means that stands in a page.
    pub(super) fn follow(&self, path: &str, address: Option<&str>, written: &str) -> Option<Place> {
        let (bare, _) = split_tail(written);
        if bare.is_empty() {
            return None;
        }
        if let Some(rest) = self.own(bare) {
            return self.rooted(&rest);
        }
        if bare.contains("://") || bare.starts_with("//") || bare.starts_with("mailto:") {
            return None;
        }
        let bare = decode(bare).unwrap_or_else(|| bare.to_owned());
        if let Some(rest) = bare.strip_prefix("@/") {
            return self.in_roots(rest).cloned();
        }
        if bare.starts_with('/') {
            return self.rooted(&bare);
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let by_file = || self.at_path(&join(folder, &bare)?).cloned();
        let by_address = || self.at_address(&join_address(address?, &bare)?).cloned();
        let name = bare.rsplit('/').next().unwrap_or("");
        let names_file =
            name.rsplit_once('.').is_some_and(|(_, end)| end != "html" && end != "htm");
        let thinks_in_files = names_file
            || matches!(
                self.dialect,
                Some(Dialect::Obsidian | Dialect::Quarto | Dialect::Markdown)
            );
        let by_name = || match self.dialect {
            // A link of Markdown is looked up as one in brackets is.
            Some(Dialect::Obsidian) => self.named(path, &bare),
            _ => None,
        };
        match thinks_in_files {
            true => {
                let found = by_file().or_else(by_address);
                found.or_else(|| self.in_roots(&bare).cloned()).or_else(by_name)
            }
            false => by_address().or_else(by_file),
        }
    }

    /// The path of an address that spells out the site's own.
    fn own(&self, written: &str) -> Option<String> {
        if self.origin.is_empty() {
            return None;
        }
        let rest = written.strip_prefix(&self.origin)?;
        (rest.is_empty() || rest.starts_with('/'))
            .then(|| format!("/{}", rest.trim_start_matches('/')))
    }

    fn rooted(&self, path: &str) -> Option<Place> {
        let path = decode(path).unwrap_or_else(|| path.to_owned());
        let below = path
            .strip_prefix(&self.sub_path)
            .filter(|rest| rest.starts_with('/') || rest.is_empty());
        let candidates = [below.filter(|_| !self.sub_path.is_empty()), Some(&*path)];
        let mut all = candidates.into_iter().flatten();
        all.find_map(|path| {
            let found =
                self.at_address(path).or_else(|| self.in_roots(path.trim_start_matches('/')));
            found.cloned()
        })
    }

    /// What lies at a path below one of the folders of the content.
    pub(super) fn in_roots(&self, path: &str) -> Option<&Place> {
        let path = path.trim_start_matches('/');
        self.roots.iter().find_map(|root| match root.as_str() {
            "" => self.at_path(path),
            root => self.at_path(&format!("{root}/{path}")),
        })
    }

    /// What a name means in a page: the nearest of those whose path ends with it.
    pub(super) fn named(&self, from: &str, name: &str) -> Option<Place> {
        let low = name.trim().trim_matches('/').to_lowercase();
        let last = low.rsplit('/').next().unwrap_or(&low);
        let found = self.names.get(last).or_else(|| self.names.get(without_extension(last)))?;
        let ends = |path: &str| {
            let bare = without_extension(path);
            [path, bare].iter().any(|path| {
                path.strip_suffix(&*low).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
            })
        };
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder).to_lowercase();
        // As Obsidian: in the same folder, else the one that lies highest.
        let rank = |path: &&str| {
            let own = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            (own != folder, path.matches('/').count())
        };
        let found = found.iter().filter(|(path, _)| ends(path));
        let best = found.min_by_key(|(path, _)| (rank(&path.as_str()), path.as_str()));
        best.map(|(_, place)| place.clone())
    }
}

/// Splits what follows a path from it: `?q#id`.
pub(super) fn split_tail(written: &str) -> (&str, &str) {
    written.split_at(written.find(['?', '#']).unwrap_or(written.len()))
}

/// Follows a relative address from the address of a page.
fn join_address(address: &str, relative: &str) -> Option<String> {
    let folder = match address.ends_with('/') {
        true => address,
        false => address.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    join(folder.trim_matches('/'), relative)
}

/// An address in the form in which two are the same.
fn address_key(address: &str) -> String {
    let low = decode(address).unwrap_or_else(|| address.to_owned()).to_lowercase();
    let bare = low.trim_matches('/');
    let bare = bare.strip_suffix("index.html").or(bare.strip_suffix(".html")).unwrap_or(bare);
    bare.trim_matches('/').to_owned()
}

fn without_extension(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, "md" | "markdown" | "qmd")) => stem,
        _ => name,
    }
}
