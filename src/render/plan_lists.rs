//! Plans what lists pages and addresses: taxonomies and terms, feeds, files for hosts.

use std::sync::Arc;

use super::job::What;
use super::part::Part;
use super::plan::{Origin, Planner, address, address_span};
use super::taxonomies;
use crate::config::HostFile;
use crate::diag::{Code, Diagnostic, Span};
use crate::path::OutputPath;
use crate::site::{FeedOf, Listed, PageId, SectionId, Site, Term};
use crate::view;

impl Planner<'_> {
    pub(super) fn taxonomies(&mut self) {
        let site = self.inputs.site;
        for id in site.taxonomies.ids() {
            let taxonomy = site.taxonomies.taxonomy(id);
            let head = self.head(taxonomy.head);
            if self.leads_on(head) {
                continue;
            }
            let template = self.list_template(head, &taxonomy.declared.name, "taxonomy.html");
            let Ok(path) = taxonomy.permalink.output() else { continue };
            let origin = self.origin(head, || taxonomy.declared.span.clone());
            self.add(path, What::Taxonomy { id, template }, origin);
        }
        for id in site.taxonomies.term_ids() {
            let term = site.taxonomies.term(id);
            let head = self.head(term.head);
            if self.leads_on(head) || self.is_taken(term) {
                continue;
            }
            let taxonomy = &site.taxonomies.taxonomy(term.taxonomy).declared;
            let template = self.list_template(head, &taxonomy.name, "term.html");
            let origin =
                self.origin(head, || first_use(site, term).unwrap_or(taxonomy.span.clone()));
            let pagers = view::pagers(&term.permalink, term.pages.len(), term.paginate_by);
            for part in Part::all(pagers, || taxonomies::term_value(self.inputs, id)) {
                let Ok(path) = part.pager().permalink.output() else { continue };
                let template = template.clone();
                self.add(path, What::Term { id, template, part }, origin.clone());
            }
        }
    }

    pub(super) fn feeds(&mut self) {
        let site = self.inputs.site;
        for (number, feed) in site.feeds.all().iter().enumerate() {
            // A term that gave way to another at its address was reported, and has no feed either.
            if let FeedOf::Term(id) = feed.of
                && site.taxonomies.at_address(site.taxonomies.term(id).permalink.as_str())
                    != Some(Listed::Term(id))
            {
                continue;
            }
            let origin = Origin::Author(feed.asked.clone());
            let forms = [(&feed.atom, What::Atom(number)), (&feed.json, What::JsonFeed(number))];
            for (permalink, what) in forms {
                if let Ok(path) = permalink.output() {
                    self.add(path, what, origin.clone());
                }
            }
        }
    }

    /// The files for hosts that read them.
    pub(super) fn host_files(&mut self) {
        for (file, span) in &self.inputs.config.host_files {
            let what = match file {
                HostFile::Redirects => What::HostRedirects(Arc::default()),
                HostFile::Headers => What::HostHeaders,
            };
            if let Ok(path) = OutputPath::new(file.name()) {
                self.add(path, what, Origin::Author(span.clone()));
            }
        }
    }

    /// Takes the pages that lead on out of the plan where a host does so by itself: some serve a
    /// page, if there is one, before they look for a rule.
    pub(super) fn host_redirects(&mut self) {
        if !self.inputs.config.host_files.contains_key(&HostFile::Redirects) {
            return;
        }
        let mut rules = Vec::new();
        self.jobs.retain(|path, (job, _)| match &job.what {
            What::Redirect { target, .. } => {
                rules.push((path.clone(), target.clone()));
                false
            }
            _ => true,
        });
        for (job, _) in self.jobs.values_mut() {
            if let What::HostRedirects(known) = &mut job.what {
                *known = std::mem::take(&mut rules).into();
            }
        }
    }

    /// The page of the section that stands over a list.
    fn head(&self, head: Option<SectionId>) -> Option<PageId> {
        head.and_then(|head| self.inputs.site.tree.section(head).page)
    }

    /// Tells whether readers who come to the section are sent elsewhere.
    fn leads_on(&self, head: Option<PageId>) -> bool {
        head.is_some_and(|id| self.inputs.site.links.redirect(id).is_some())
    }

    fn origin(&self, head: Option<PageId>, declared: impl Fn() -> Span) -> Origin {
        let head = head.map(|id| address_span(self.inputs.site.pages.page(id)));
        Origin::Author(head.unwrap_or_else(declared))
    }

    /// Finds two terms at one address.
    fn is_taken(&mut self, term: &Term) -> bool {
        let site = self.inputs.site;
        let Ok(path) = term.permalink.output() else { return true };
        let Some(What::Term { id, .. }) = self.planned(&path) else { return false };
        let other = site.taxonomies.term(*id);
        let message = format!(
            "the terms `{}` and `{}` are both served at `{}`",
            other.name,
            term.name,
            address(&path)
        );
        let mut finding = Diagnostic::new(Code::DuplicatePermalink, message)
            .help("write them alike, or rename one of them");
        finding.span = first_use(site, term);
        if let Some(first) = first_use(site, other) {
            finding = finding.label(first, "the other is here");
        }
        self.find(finding);
        true
    }

    /// The template of a list: the one its section asks for, one for this taxonomy, the usual.
    fn list_template(&mut self, head: Option<PageId>, taxonomy: &str, usual: &str) -> String {
        let own = format!("{taxonomy}/{usual}");
        let usual = if self.inputs.theme.has(&own) { own } else { usual.to_owned() };
        let page = head.map(|id| self.inputs.site.pages.page(id));
        match page.and_then(|page| Some((page, page.front_matter.template.as_ref()?))) {
            Some((page, template)) => self.known_template(page, template, &usual),
            None => usual,
        }
    }
}

/// Where a page first writes a term.
fn first_use(site: &Site, term: &Term) -> Option<Span> {
    let spelling = term.spellings.first()?;
    Some(site.pages.page(spelling.page).span(spelling.range.clone()))
}
