//! Every file of the output, before any is made.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::inputs::Inputs;
use super::job::{Job, What};
use super::page;
use super::part::Part;
use super::sitemap;
use super::statics::StaticContent;
use crate::diag::{Code, Diagnostic, Outcome, Span};
use crate::page::{Kind, Page};
use crate::path::OutputPath;
use crate::site::{PEOPLE, PageId, SectionId, SizeContent, exports};
use crate::text::fold::fold;
use crate::view;

/// The files of a build, no two at one place.
pub type Plan = Vec<Job>;

/// Plans every file of the output and finds those that would lie on one another.
pub fn plan(inputs: &Inputs<'_>) -> Outcome<Plan> {
    let mut planner = Planner { inputs, jobs: BTreeMap::new(), found: Vec::new() };
    planner.statics();
    planner.sections();
    planner.pages();
    planner.taxonomies();
    planner.feeds();
    planner.references();
    planner.assets();
    planner.pictures();
    planner.generated();
    planner.search();
    planner.machines();
    // Last, because what a build makes of itself is never given up for an old address.
    planner.aliases();
    planner.host_files();
    planner.conflicts();
    planner.host_redirects();
    let jobs = planner.jobs.into_values().map(|(job, _)| job).collect();
    Outcome::new(jobs, planner.found)
}

/// Where a file comes from, for the finding about two at one place.
#[derive(Clone)]
pub(super) enum Origin {
    /// From something the author wrote.
    Author(Span),
    /// From ibid or the theme: whoever else wants the place has it.
    Own,
}

pub(super) struct Planner<'a> {
    pub(super) inputs: &'a Inputs<'a>,
    pub(super) jobs: BTreeMap<OutputPath, (Job, Origin)>,
    found: Vec<Diagnostic>,
}

impl Planner<'_> {
    pub(super) fn find(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }

    /// What is planned at a place so far.
    pub(super) fn planned(&self, path: &OutputPath) -> Option<&What> {
        self.jobs.get(path).map(|(job, _)| &job.what)
    }

    pub(super) fn add(&mut self, path: OutputPath, what: What, origin: Origin) {
        let mut place = match self.jobs.entry(path) {
            Entry::Vacant(place) => {
                let path = place.key().clone();
                place.insert((Job { path, what }, origin));
                return;
            }
            Entry::Occupied(place) => place,
        };
        {
            let path = place.key();
            match (&place.get().1, &origin) {
                (Origin::Own, Origin::Author(_)) => {}
                (_, Origin::Own) => return,
                (Origin::Author(first), Origin::Author(second)) => {
                    let message = format!("two outputs are served at `{}`", address(path));
                    self.found.push(
                        Diagnostic::new(Code::DuplicatePermalink, message)
                            .at(second.clone())
                            .label(first.clone(), "the other is here")
                            .help("give one of them another `slug`, `path` or name"),
                    );
                    return;
                }
            }
        }
        let path = place.key().clone();
        place.insert((Job { path, what }, origin));
    }

    fn pages(&mut self) {
        let site = self.inputs.site;
        for id in site.pages.ids() {
            let page = site.pages.page(id);
            if page.card.kind == Kind::Page
                && let Ok(path) = page.card.permalink.output()
            {
                let template = self.page_template(id);
                self.add(path, What::Page { id, template }, Origin::Author(address_span(page)));
            }
        }
    }

    fn sections(&mut self) {
        let site = self.inputs.site;
        for id in site.tree.ids() {
            let section = site.tree.section(id);
            let page = section.page.map(|id| site.pages.page(id));
            let list = page.map_or(site.home(), |page| &page.card.permalink);
            let is_list = site.taxonomies.headed_by(id).is_some();
            if is_list && section.page.is_none_or(|id| site.links.redirect(id).is_none()) {
                continue;
            }
            if page.is_none() && site.pages.at_address("/").is_some() {
                continue;
            }
            let origin = page.map_or(Origin::Own, |page| Origin::Author(address_span(page)));
            let redirect = section.page.and_then(|id| site.links.redirect(id).map(|to| (id, to)));
            if let Some((id, destination)) = redirect {
                if let Ok(path) = list.output() {
                    let (target, canonical) = view::redirect(site, id, destination);
                    self.add(path, What::Redirect { target, canonical }, origin);
                }
                continue;
            }
            let by = page.and_then(|page| page.front_matter.paginate_by.as_ref());
            let by = by.map_or(0, |by| *by.get_ref());
            let template = self.section_template(id);
            let pagers = view::pagers(list, section.pages.len(), by);
            for part in Part::all(pagers, || page::section_value(self.inputs, id)) {
                let Ok(path) = part.pager().permalink.output() else { continue };
                let template = template.clone();
                self.add(path, What::Section { id, template, by, part }, origin.clone());
            }
        }
    }

    /// The list of references, and the sources of each page for reference managers.
    fn references(&mut self) {
        for pager in self.inputs.views.works.pagers() {
            if let Ok(path) = pager.permalink.output() {
                self.add(path, What::References(pager.number), Origin::Own);
            }
        }
        let site = self.inputs.site;
        for id in site.pages.ids() {
            if site.cited.sources(id).is_empty() {
                continue;
            }
            let permalink = &site.pages.page(id).card.permalink;
            for (export, path) in exports(permalink, &self.inputs.config.citations.exports) {
                self.add(path, What::Sources(id, export), Origin::Own);
            }
        }
    }

    fn aliases(&mut self) {
        let site = self.inputs.site;
        for page in site.pages.all() {
            let target = site.base.href(&page.card.permalink);
            let canonical = site.base.absolute(&page.card.permalink);
            for (alias, range) in &page.aliases {
                // A page may name its own address among the old ones; it leads to itself.
                if *alias == page.card.permalink {
                    continue;
                }
                if let Ok(path) = alias.output() {
                    let span = page.span(range.clone());
                    if let Some((_, Origin::Own)) = self.jobs.get(&path) {
                        let message = format!("`{}` is made by ibid", address(&path));
                        self.found.push(
                            Diagnostic::new(Code::DuplicatePermalink, message)
                                .at(span)
                                .help("remove this alias"),
                        );
                        continue;
                    }
                    let what =
                        What::Redirect { target: target.clone(), canonical: canonical.clone() };
                    self.add(path, what, Origin::Author(span));
                }
            }
        }
    }

    fn assets(&mut self) {
        for asset in self.inputs.site.assets.all().iter().filter(|asset| !asset.withheld) {
            let span = Span::whole(asset.file.path.clone());
            match &asset.output {
                Some(path) => {
                    let what = What::Copy(asset.file.disk.clone());
                    self.add(path.clone(), what, Origin::Author(span));
                }
                None => self.found.push(
                    Diagnostic::new(Code::UnsafePath, "this file cannot be served under its name")
                        .at(span)
                        .help("rename it"),
                ),
            }
        }
    }

    /// The images that pages show, in other sizes.
    fn pictures(&mut self) {
        for size in self.inputs.site.pictures.sizes() {
            if let Ok(path) = OutputPath::new(&size.address) {
                let what = match &size.content {
                    SizeContent::Bytes(bytes) => What::Bytes(bytes.clone()),
                    SizeContent::File(disk) => What::Copy(disk.clone()),
                };
                self.add(path, what, Origin::Own);
            }
        }
    }

    fn statics(&mut self) {
        for file in self.inputs.statics {
            let what = match &file.content {
                StaticContent::Bytes(bytes) => What::Bytes(bytes.clone()),
                StaticContent::File(path) => What::Copy(path.clone()),
            };
            let span = file.path.clone().map(Span::whole);
            for name in file.served_names() {
                match OutputPath::new(&name) {
                    Ok(path) => {
                        let origin = span.clone().map_or(Origin::Own, Origin::Author);
                        self.add(path, what.clone(), origin);
                    }
                    Err(fault) => {
                        let message = format!("this file cannot be served under its name: {fault}");
                        let mut diagnostic =
                            Diagnostic::new(Code::UnsafePath, message).help("rename it");
                        diagnostic.span = span.clone();
                        self.found.push(diagnostic);
                    }
                }
            }
        }
    }

    fn generated(&mut self) {
        let mut files =
            vec![("404.html".to_owned(), What::NotFound), ("robots.txt".to_owned(), What::Robots)];
        let sitemaps = sitemap::files(self.inputs).into_iter();
        files.extend(sitemaps.map(|(name, sitemap)| (name, What::Sitemap(sitemap))));
        for (name, what) in files {
            if let Ok(path) = OutputPath::new(&name) {
                self.add(path, what, Origin::Own);
            }
        }
    }

    /// The page that readers search on, and the files of the index.
    fn search(&mut self) {
        let Some(index) = self.inputs.search else { return };
        let page = self.inputs.site.search_page.as_ref();
        if self.inputs.theme.has("search.html")
            && let Some(Ok(path)) = page.map(|page| page.output())
        {
            self.add(path, What::Search, Origin::Own);
        }
        for (path, piece) in &index.files {
            self.add(path.clone(), What::Index(piece.clone()), Origin::Own);
        }
    }

    /// Finds names that some file system takes for one, and files where folders must be.
    fn conflicts(&mut self) {
        let names: Vec<(Cow<'_, str>, &OutputPath)> =
            self.jobs.keys().map(|path| (fold(path.as_str()), path)).collect();
        // By their names, those of one name in order: the first of them has the place.
        let mut sorted: Vec<(&str, &OutputPath)> =
            names.iter().map(|(name, path)| (&**name, *path)).collect();
        sorted.sort_by_key(|&(name, _)| name);
        let holder = |name: &str| {
            let first = sorted.partition_point(|&(other, _)| other < name);
            sorted.get(first).filter(|&&(other, _)| other == name).map(|&(_, path)| path)
        };
        let mut found = Vec::new();
        if sorted.windows(2).any(|two| two[0].0 == two[1].0) {
            for (name, path) in &names {
                if let Some(other) = holder(name).filter(|other| other != path) {
                    let message = format!("`{other}` and `{path}` are one file on many systems");
                    found.push(self.conflict(path, other, message));
                }
            }
        }
        let mut clear = "";
        for (name, path) in &names {
            let folder = name.rfind('/').map_or("", |slash| &name[..slash]);
            // A page and its sources share one, and are neighbours.
            if folder == clear {
                continue;
            }
            clear = folder;
            let mut end = 0;
            while let Some(slash) = name[end..].find('/') {
                end += slash;
                if let Some(file) = holder(&name[..end]) {
                    clear = "";
                    let message =
                        format!("`{file}` is a file and `{path}` needs a folder of that name");
                    found.push(self.conflict(path, file, message));
                    break;
                }
                end += 1;
            }
        }
        self.found.append(&mut found);
    }

    fn conflict(&self, path: &OutputPath, other: &OutputPath, message: String) -> Diagnostic {
        let span = |path: &OutputPath| match self.jobs.get(path) {
            Some((_, Origin::Author(span))) => Some(span.clone()),
            _ => None,
        };
        let mut diagnostic = Diagnostic::new(Code::OutputConflict, message)
            .help("give one of them another `slug`, `path` or name");
        match (span(path), span(other)) {
            (Some(here), Some(there)) => {
                diagnostic = diagnostic.at(here).label(there, "the other is here");
            }
            (here, there) => diagnostic.span = here.or(there),
        }
        diagnostic
    }

    fn page_template(&mut self, id: PageId) -> String {
        let site = self.inputs.site;
        let page = site.pages.page(id);
        if let Some(template) = &page.front_matter.template {
            return self.known_template(page, template, "page.html");
        }
        if site.people.of_page(id).is_some() {
            return self.person_template();
        }
        // The nearest section above that says what its pages are rendered with.
        let line = site.tree.line(site.tree.section_of(id));
        let above = line.iter().rev().filter_map(|id| site.tree.section(*id).page);
        let mut above = above.map(|id| site.pages.page(id));
        match above.find_map(|page| Some((page, page.front_matter.page_template.as_ref()?))) {
            Some((section, template)) => self.known_template(section, template, "page.html"),
            None => "page.html".to_owned(),
        }
    }

    /// The template of a person: what a section further up says of its pages is not meant for
    /// people.
    fn person_template(&mut self) -> String {
        let site = self.inputs.site;
        let board = site.pages.at_path(&format!("{PEOPLE}/_index.md"));
        let board = board.map(|board| site.pages.page(board));
        match board.and_then(|page| Some((page, page.front_matter.page_template.as_ref()?))) {
            Some((board, template)) => self.known_template(board, template, "person.html"),
            None => "person.html".to_owned(),
        }
    }

    fn section_template(&mut self, id: SectionId) -> String {
        let section = self.inputs.site.tree.section(id);
        let page = section.page.map(|id| self.inputs.site.pages.page(id));
        let default = if id == SectionId::ROOT && self.inputs.theme.has("index.html") {
            "index.html"
        } else if section.folder == PEOPLE && self.inputs.theme.has("people.html") {
            "people.html"
        } else {
            "section.html"
        };
        match page.and_then(|page| Some((page, page.front_matter.template.as_ref()?))) {
            Some((page, template)) => self.known_template(page, template, default),
            None => default.to_owned(),
        }
    }

    /// The template a page asks for; where there is none, a finding and the usual one.
    pub(super) fn known_template(
        &mut self,
        page: &Page,
        asked: &toml::Spanned<String>,
        usual: &str,
    ) -> String {
        if self.inputs.theme.has(asked.get_ref()) {
            return asked.get_ref().clone();
        }
        let near = self.inputs.theme.nearest(asked.get_ref());
        let diagnostic = Diagnostic::new(
            Code::TemplateMissing,
            format!("no template is called `{}`", asked.get_ref()),
        )
        .at(page.span(asked.span()))
        .did_you_mean(near);
        // A section's `page_template` is asked for by each of its pages and reported once.
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
        usual.to_owned()
    }
}

/// The place in a page's file that decides where it is served.
pub(super) fn address_span(page: &Page) -> Span {
    let front_matter = &page.front_matter;
    let set = front_matter.path.as_ref().or(front_matter.slug.as_ref());
    set.map_or_else(|| page.whole(), |set| page.span(set.span()))
}

/// How a reader would name an output: without its `index.html`.
pub(super) fn address(path: &OutputPath) -> String {
    let path = path.as_str();
    format!("/{}", path.strip_suffix("index.html").unwrap_or(path))
}
