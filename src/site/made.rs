//! Files that a build makes of itself, and that pages may link to.

use std::collections::BTreeSet;

use super::cited::Cited;
use super::held::is_held_back;
use super::pages::{PageId, Pages};
use super::tree::Tree;
use crate::config::{Config, Export, Machines};
use crate::date::Date;
use crate::path::{OutputPath, Permalink};

/// The folder of the search index: the names of all files in it are hashes of what they hold.
pub const INDEX_FOLDER: &str = "search/data/";
/// The file that names the others of the index; its own name stays.
pub const INDEX_ENTRY: &str = "search/index.json";

/// What every build makes at the root.
const ALWAYS: [&str; 3] = ["404.html", "robots.txt", "sitemap.xml"];

/// What this build makes beside pages and lists.
#[derive(Clone, Debug)]
pub struct Made {
    exports: BTreeSet<Export>,
    machines: Machines,
    is_searched: bool,
    today: Date,
}

/// What a file is made of a page as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Its sources, for reference managers.
    Sources(Export),
    /// Its text as Markdown.
    Markdown,
}

impl Made {
    /// Takes what the site asks for.
    pub fn new(config: &Config, today: &Date) -> Self {
        let exports = config.citations.exports.clone();
        let is_searched = config.search.enabled;
        Self { exports, machines: config.machines, is_searched, today: today.clone() }
    }

    /// The files at the root.
    pub fn at_root(&self) -> impl Iterator<Item = &'static str> + use<> {
        ALWAYS.into_iter().chain(self.machines.llms_txt.then_some("llms.txt"))
    }

    /// Finds the file that an address without its first `/` means, and gives its own address.
    pub(super) fn find(
        &self,
        path: &str,
        pages: &Pages,
        tree: &Tree,
        cited: &Cited,
    ) -> Option<String> {
        let is_index = self.is_searched && path == INDEX_ENTRY;
        if is_index || self.at_root().any(|name| name == path) {
            return Some(path.to_owned());
        }
        let (id, form) = self.of(path, pages, tree, cited)?;
        Some(self.path(&pages.page(id).card.permalink, form)?.to_string())
    }

    /// The page that a file is made of, and in which form. It is worked out from the address: a
    /// list of all files would be longer than that of the pages.
    pub fn of(
        &self,
        path: &str,
        pages: &Pages,
        tree: &Tree,
        cited: &Cited,
    ) -> Option<(PageId, Form)> {
        let (id, form) = self.named(path, pages)?;
        let own = self.path(&pages.page(id).card.permalink, form)?;
        let is_made = match form {
            Form::Sources(_) => !cited.sources(id).is_empty(),
            // `tea.md` is the name of a page as well, and where there is none a slip.
            // `tea/index.md` is the form of the other layout.
            Form::Markdown => {
                let is_meant = own.as_str() == path || path.ends_with("/index.md");
                is_meant && is_public(pages, tree, &self.today, id)
            }
        };
        is_made.then_some((id, form))
    }

    /// Where a file that is made of a page is served; nowhere, if the site does not ask for it.
    pub fn path(&self, page: &Permalink, form: Form) -> Option<OutputPath> {
        match form {
            Form::Sources(export) => {
                let all = exports(page, &self.exports);
                all.into_iter().find(|(own, _)| *own == export).map(|(_, path)| path)
            }
            Form::Markdown => twin_path(page).filter(|_| self.machines.markdown_twins),
        }
    }

    /// The page and the form that an address could be of, in either form of addresses.
    fn named(&self, path: &str, pages: &Pages) -> Option<(PageId, Form)> {
        let at = |stem: &str| {
            let stem = stem.trim_end_matches('/');
            let forms =
                [format!("/{stem}/"), format!("/{stem}.html"), format!("/{stem}/index.html")];
            match stem {
                "" => pages.served_at("/"),
                _ => forms.iter().find_map(|address| pages.served_at(address)),
            }
        };
        if let Some(stem) = path.strip_suffix(".md") {
            let folder = stem.strip_suffix("index").filter(|at| at.is_empty() || at.ends_with('/'));
            return Some((folder.and_then(at).or_else(|| at(stem))?, Form::Markdown));
        }
        self.exports.iter().find_map(|&form| {
            let name = format!("sources.{}", form.extension());
            let own = path.strip_suffix(&name)?;
            let stem = own.strip_suffix(['/', '.']).or(own.is_empty().then_some(""))?;
            Some((at(stem)?, Form::Sources(form)))
        })
    }
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
