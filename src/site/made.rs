//! Files that a build makes of itself, and that pages may link to.

use std::collections::BTreeSet;

use super::cited::Cited;
use super::held::is_held_back;
use super::pages::{PageId, Pages};
use super::tree::Tree;
use crate::config::{Config, Export, Machines};
use crate::date::Date;
use crate::path::{OutputPath, Permalink};

/// What every build makes at the root.
const ALWAYS: [&str; 3] = ["404.html", "robots.txt", "sitemap.xml"];

/// What this build makes beside pages and lists.
#[derive(Clone, Debug)]
pub struct Made {
    exports: BTreeSet<Export>,
    machines: Machines,
    today: Date,
}

impl Made {
    /// Takes what the site asks for.
    pub fn new(config: &Config, today: &Date) -> Self {
        let exports = config.citations.exports.clone();
        Self { exports, machines: config.machines, today: today.clone() }
    }

    /// The files at the root.
    pub fn at_root(&self) -> impl Iterator<Item = &'static str> + use<> {
        ALWAYS.into_iter().chain(self.machines.llms_txt.then_some("llms.txt"))
    }

    /// Tells whether a file is among them, by its address without the first `/`. It is worked
    /// out from the address: a list of all would be longer than that of the pages.
    pub(super) fn is_made(&self, path: &str, pages: &Pages, tree: &Tree, cited: &Cited) -> bool {
        self.at_root().any(|name| name == path)
            || self.is_export(path, pages, cited)
            || self.is_twin(path, pages, tree)
    }

    fn is_export(&self, path: &str, pages: &Pages, cited: &Cited) -> bool {
        let of = self.exports.iter().find_map(|form| {
            let own = path.strip_suffix(form.extension())?.strip_suffix("sources.")?;
            match own.strip_suffix('.') {
                Some(stem) => pages.served_at(&format!("/{stem}.html")),
                None => in_folder(own, pages),
            }
        });
        of.is_some_and(|id| {
            let permalink = &pages.page(id).card.permalink;
            !cited.sources(id).is_empty()
                && exports(permalink, &self.exports).iter().any(|(_, own)| own.as_str() == path)
        })
    }

    fn is_twin(&self, path: &str, pages: &Pages, tree: &Tree) -> bool {
        let Some(stem) = path.strip_suffix(".md").filter(|_| self.machines.markdown_twins) else {
            return false;
        };
        let of = stem.strip_suffix("index").and_then(|folder| in_folder(folder, pages));
        of.or_else(|| pages.served_at(&format!("/{stem}.html"))).is_some_and(|id| {
            let own = twin_path(&pages.page(id).card.permalink);
            own.is_some_and(|own| own.as_str() == path) && is_public(pages, tree, &self.today, id)
        })
    }
}

/// The page that is the `index.html` of a folder, which is given with the `/` at its end.
fn in_folder(folder: &str, pages: &Pages) -> Option<PageId> {
    let whole = || pages.served_at(&format!("/{folder}index.html"));
    pages.served_at(&format!("/{folder}")).or_else(whole)
}

/// Where the sources of a page are served in each form: `sources.bib` beside its `index.html`.
pub fn exports(page: &Permalink, forms: &BTreeSet<Export>) -> Vec<(Export, OutputPath)> {
    let Ok(page) = page.output() else { return Vec::new() };
    let page = page.as_str();
    let (folder, dot) = match (page.strip_suffix("index.html"), page.strip_suffix(".html")) {
        (Some(folder), _) => (folder, ""),
        // In a flat site: `guide/install.sources.bib`.
        (None, Some(stem)) => (stem, "."),
        (None, None) => return Vec::new(),
    };
    let path = |form: Export| [folder, dot, "sources.", form.extension()].concat();
    let forms = forms.iter();
    forms.filter_map(|&form| Some((form, OutputPath::new(&path(form)).ok()?))).collect()
}

/// Where the Markdown of a page is served: `index.md` beside its `index.html`.
pub fn twin_path(page: &Permalink) -> Option<OutputPath> {
    let page = page.output().ok()?;
    OutputPath::new(&format!("{}.md", page.as_str().strip_suffix(".html")?)).ok()
}

/// Tells whether a page is for everybody, even where drafts and the like are built: neither it
/// nor a section above it is to be held back, and it is no section that leads elsewhere.
pub fn is_public(pages: &Pages, tree: &Tree, today: &Date, id: PageId) -> bool {
    let is_held = |id: PageId| is_held_back(pages.page(id), today);
    let line = tree.line(tree.section_of(id));
    let mut above = line.iter().filter_map(|section| tree.section(*section).page);
    let leads_on = pages.page(id).front_matter.redirect_to.is_some();
    !is_held(id) && !above.any(is_held) && !leads_on
}
