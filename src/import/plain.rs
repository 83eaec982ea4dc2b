//! A folder of Markdown files.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::stem;
use super::library::Library;
use super::origin::{Origin, Text, extension};

/// Reads the folder.
pub(super) fn read(library: &mut Library<'_>) -> &'static [&'static str] {
    library.settings.declare("tags", &["tag"]);
    library.settings.declare("categories", &["category"]);
    place(library, &BTreeSet::new());
    library.fields();
    name_site(library);
    forget_unused(library);
    &[""]
}

/// Takes each text as a page and every other file as one that is copied, beside one another as
/// they lie; those in some folders and of some names stay out.
pub(super) fn place(library: &mut Library<'_>, except: &BTreeSet<&str>) {
    let origins = library.origins;
    let indexes = indexes(origins);
    let folders = Folders::of(origins);
    for origin in origins {
        let first = origin.path.split('/').next().unwrap_or("");
        if except.contains(first) || except.contains(origin.path.as_str()) {
            continue;
        }
        let is_page = matches!(
            extension(&origin.path).as_str(),
            "md" | "markdown" | "mdown" | "mkd" | "mdx" | "qmd" | "rmd"
        );
        if !is_page {
            library.place(origin, format!("content/{}", origin.path));
            continue;
        }
        let folder = origin.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let target = match indexes.contains(&origin.path.as_str()) {
            true if stem(&origin.path) == "_index" => origin.path.clone(),
            true => folders.home(folder),
            false => origin.path.clone(),
        };
        library.page(origin, target);
    }
}

/// How many pages lie in each folder and below it.
pub(super) struct Folders(BTreeMap<String, usize>);

impl Folders {
    /// Counts the pages.
    pub(super) fn of(origins: &[Origin]) -> Self {
        let mut counts = BTreeMap::new();
        let pages = origins.iter().filter(|origin| is_page(origin));
        for origin in pages {
            let mut folder = origin.path.as_str();
            while let Some((above, _)) = folder.rsplit_once('/') {
                *counts.entry(above.to_owned()).or_default() += 1;
                folder = above;
            }
        }
        Self(counts)
    }

    /// What the page of a folder is called: a section where there are others, else a page.
    pub(super) fn home(&self, folder: &str) -> String {
        let is_section = folder.is_empty() || self.0.get(folder).is_some_and(|count| *count > 1);
        let name = if is_section { "_index.md" } else { "index.md" };
        format!("{folder}/{name}").trim_start_matches('/').to_owned()
    }
}

fn is_page(origin: &Origin) -> bool {
    let is_text = matches!(
        extension(&origin.path).as_str(),
        "md" | "markdown" | "mdown" | "mkd" | "mdx" | "qmd" | "rmd"
    );
    is_text && matches!(origin.text, Text::Read(..))
}

/// The page of each folder that speaks for the folder: `_index`, else `index`, else `README`, else
/// the one that is called as the folder.
fn indexes(origins: &[Origin]) -> BTreeSet<&str> {
    let rank = |path: &str| {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let above = folder.rsplit('/').next().unwrap_or("");
        match stem(path).to_lowercase().as_str() {
            "_index" => Some(0),
            "index" => Some(1),
            "readme" => Some(2),
            name if !above.is_empty() && name == above.to_lowercase() => Some(3),
            _ => None,
        }
    };
    let mut best: BTreeMap<&str, (u8, &str)> = BTreeMap::new();
    for origin in origins.iter().filter(|origin| is_page(origin)) {
        let path = origin.path.as_str();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Some(rank) = rank(path) {
            let slot = best.entry(folder).or_insert((rank, path));
            *slot = (*slot).min((rank, path));
        }
    }
    best.into_values().map(|(_, path)| path).collect()
}

/// Names the site as its first page is called.
pub(super) fn name_site(library: &mut Library<'_>) {
    if library.settings.title.is_none() {
        let home = library.drafts.iter().find(|draft| draft.target == "_index.md");
        let title = home.and_then(|home| {
            let heading =
                || home.body.lines().find_map(|line| line.strip_prefix("# ")).map(str::to_owned);
            home.matter.text("title").map(str::to_owned).or_else(heading)
        });
        library.settings.title = title;
    }
}

/// Takes out the taxonomies that no page has a term of.
pub(super) fn forget_unused(library: &mut Library<'_>) {
    let drafts = &library.drafts;
    library.settings.taxonomies.retain(|taxonomy| {
        drafts.iter().any(|draft| draft.matter.taxonomies.contains_key(&taxonomy.name))
    });
}
