//! The nearest page or file, in the spelling of the link that missed it.

use crate::markdown::Target;
use crate::page::Page;
use crate::path::relative;
use crate::site::Site;
use crate::text::nearest::nearest;

/// Looking through all paths costs; a site with more broken links than this has one cause,
/// and the first hundred suggestions show it.
const MOST_SEARCHES: usize = 100;

/// Finds near names, as long as it is worth the time.
#[derive(Default)]
pub(super) struct Near {
    searches: usize,
}

impl Near {
    /// The nearest page to a path under `content/`.
    pub(super) fn page(
        &mut self,
        site: &Site,
        from: &Page,
        target: &Target,
        wanted: &str,
    ) -> Option<String> {
        let others = site.pages.all().iter().filter(|page| page.path != from.path);
        let paths = others.map(|page| page.card.relative_path.as_str());
        self.search(wanted, paths).map(|path| spelled(from, target, path))
    }

    /// The nearest file to a path under `content/`.
    pub(super) fn asset(
        &mut self,
        site: &Site,
        from: &Page,
        target: &Target,
        wanted: &str,
    ) -> Option<String> {
        let paths = site.assets.all().iter();
        let paths = paths.filter_map(|asset| asset.file.path.as_str().strip_prefix("content/"));
        self.search(wanted, paths).map(|path| spelled(from, target, path))
    }

    /// The nearest of all names that a wikilink could have: titles, aliases, names of files.
    pub(super) fn name(&mut self, site: &Site, wanted: &str) -> Option<String> {
        self.searches += 1;
        if self.searches > MOST_SEARCHES {
            return None;
        }
        let bare = name(wanted);
        let pages = site.pages.all().iter();
        let names = pages.flat_map(|page| {
            let path = &page.card.relative_path;
            let file = match name(path) {
                "index.md" | "_index.md" => name(page.folder()),
                file => file.rsplit_once('.').map_or(file, |(stem, _)| stem),
            };
            let aliases = page.front_matter.aliases.iter().map(|alias| alias.get_ref().as_str());
            [page.card.title.as_str(), file].into_iter().chain(aliases)
        });
        nearest(bare, names.chain(files(site))).map(str::to_owned)
    }

    /// The nearest name of a file.
    pub(super) fn file(&mut self, site: &Site, wanted: &str) -> Option<String> {
        self.searches += 1;
        let files = files(site).filter(|_| self.searches <= MOST_SEARCHES);
        nearest(name(wanted), files).map(str::to_owned)
    }

    fn search<'a>(
        &mut self,
        wanted: &str,
        paths: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<&'a str> {
        self.searches += 1;
        if self.searches > MOST_SEARCHES {
            return None;
        }
        // Two paths of one folder are always near each other; it is the name that tells a slip
        // from another file.
        let wanted_name = name(wanted);
        let alike = |path: &&str| nearest(name(path), [wanted_name]).is_some();
        if let Some(path) = nearest(wanted, paths.clone().filter(alike)) {
            return Some(path);
        }
        // A page that was moved keeps its name.
        if matches!(wanted_name, "index.md" | "_index.md" | "") {
            return None;
        }
        let mut moved = paths.filter(|path| name(path) == wanted_name);
        moved.next().filter(|_| moved.next().is_none())
    }
}

fn files(site: &Site) -> impl Iterator<Item = &str> {
    site.assets.all().iter().map(|asset| asset.file.path.file_name())
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Spells a path as the link did: from `@/`, from the root, or relative to the page.
fn spelled(from: &Page, target: &Target, path: &str) -> String {
    match target {
        Target::Content(_) => format!("@/{path}"),
        Target::Rooted(_) => format!("@/{path}"),
        Target::Name(_) => name(path).to_owned(),
        _ => relative(from.folder(), path),
    }
}
