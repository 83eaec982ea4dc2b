//! One file of the output: what it is to be, and how it is made.

use std::path::PathBuf;
use std::sync::Arc;

use super::inputs::Inputs;
use super::part::Part;
use super::rendered::{Content, Rendered};
use super::sheet::Sheet;
use super::{feed, host, machines, page, redirect, sitemap, sources, taxonomies};
use crate::config::Export;
use crate::diag::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::search;
use crate::site::{PageId, SectionId, Site, TaxonomyId, TermId};
use crate::theme::{Bound, Digests};

/// One file of the output, before it is made.
#[derive(Clone, Debug)]
pub struct Job {
    /// Where it goes.
    pub path: OutputPath,
    /// What it is.
    pub what: What,
}

/// The kinds of files.
#[derive(Clone, Debug)]
pub enum What {
    /// A page.
    Page {
        /// The page.
        id: PageId,
        /// Its template.
        template: String,
    },
    /// A section, or one page of its list.
    Section {
        /// The section.
        id: SectionId,
        /// Its template.
        template: String,
        /// How many pages are listed at once; 0 for all.
        by: usize,
        /// Which page of the list.
        part: Part,
    },
    /// The list of the terms of a taxonomy.
    Taxonomy {
        /// The taxonomy.
        id: TaxonomyId,
        /// Its template.
        template: String,
    },
    /// The list of the pages that carry a term, or one page of it.
    Term {
        /// The term.
        id: TermId,
        /// Its template.
        template: String,
        /// Which page of the list.
        part: Part,
    },
    /// A page that leads on to another address.
    Redirect {
        /// The link to follow.
        target: String,
        /// The whole address, for search engines.
        canonical: String,
    },
    /// One page of the list of references, from one.
    References(usize),
    /// The sources of a page for reference managers.
    Sources(PageId, Export),
    /// A feed as Atom, by its place among the feeds.
    Atom(usize),
    /// A feed as JSON Feed.
    JsonFeed(usize),
    /// What a host serves for an address that is not there.
    NotFound,
    /// The addresses of all pages, or the list of the files that hold them.
    Sitemap(sitemap::Sitemap),
    /// Where old addresses lead, for hosts that read it.
    HostRedirects(Arc<[host::Rule]>),
    /// What is to be said with each file, for hosts that read it.
    HostHeaders,
    /// What robots may read.
    Robots,
    /// A page as Markdown.
    Twin(PageId),
    /// The list of all pages for programs that read for people.
    Llms,
    /// Where readers search.
    Search,
    /// A file of the search index.
    Index(search::Piece),
    /// Bytes that are at hand.
    Bytes(Arc<[u8]>),
    /// A copy of a file.
    Copy(PathBuf),
}

impl Job {
    /// Whether a template makes the file.
    pub fn has_template(&self) -> bool {
        match &self.what {
            What::Page { .. }
            | What::Section { .. }
            | What::Taxonomy { .. }
            | What::Term { .. }
            | What::Redirect { .. }
            | What::References(_)
            | What::NotFound
            | What::Search => true,
            What::Sources(..)
            | What::Index(_)
            | What::Atom(_)
            | What::JsonFeed(_)
            | What::Sitemap(_)
            | What::HostRedirects(_)
            | What::HostHeaders
            | What::Robots
            | What::Twin(_)
            | What::Llms
            | What::Bytes(_)
            | What::Copy(_) => false,
        }
    }

    /// The page whose own text the file shows.
    pub fn page(&self, site: &Site) -> Option<PageId> {
        match &self.what {
            What::Page { id, .. } | What::Sources(id, _) | What::Twin(id) => Some(*id),
            What::Section { id, .. } => site.tree.section(*id).page,
            _ => None,
        }
    }
}

/// A file as far as it can be made without a template.
pub enum Prepared<'a> {
    /// All that a template is given.
    Sheet(Box<Sheet<'a>>),
    /// The file itself.
    Ready(Content),
    /// A file of the search index, and the site whose texts are in it.
    Index(&'a search::Piece, &'a Site),
}

impl Prepared<'_> {
    /// A hash of all that a template is given; none where no template makes the file.
    pub fn fingerprint(&self, digests: &Digests) -> Option<Fingerprint> {
        match self {
            Self::Sheet(sheet) => Some(sheet.fingerprint(digests)),
            Self::Ready(_) | Self::Index(..) => None,
        }
    }

    /// Makes the file.
    ///
    /// # Errors
    ///
    /// The mistake in a template that kept the file from being made.
    pub fn finish(self, job: &Job, theme: &Bound) -> Result<Rendered, Diagnostic> {
        let content = match self {
            Self::Sheet(sheet) => Content::Bytes(sheet.render(theme)?.into_bytes()),
            Self::Ready(content) => content,
            Self::Index(search::Piece::Bytes(bytes), _) => Content::Bytes(bytes.to_vec()),
            Self::Index(search::Piece::Texts(pages), site) => {
                Content::Bytes(search::texts(site, pages))
            }
            // Whoever asks for what is kept has it.
            Self::Index(search::Piece::Kept, _) => Content::Bytes(Vec::new()),
        };
        Ok(Rendered { path: job.path.clone(), content })
    }
}

/// Makes one file.
///
/// # Errors
///
/// The mistake in a template that kept the file from being made.
pub fn render(job: &Job, inputs: &Inputs<'_>) -> Result<Rendered, Diagnostic> {
    prepare(job, inputs).finish(job, inputs.theme)
}

/// Gathers all that a file is made of.
pub fn prepare<'a>(job: &'a Job, inputs: &Inputs<'a>) -> Prepared<'a> {
    let sheet = match &job.what {
        What::Page { id, template } => page::page(inputs, *id, template),
        What::Section { id, template, by, part } => page::section(inputs, *id, template, *by, part),
        What::Taxonomy { id, template } => taxonomies::taxonomy(inputs, *id, template),
        What::Term { id, template, part } => taxonomies::term(inputs, *id, template, part),
        What::Redirect { target, canonical } => redirect::redirect(inputs, target, canonical),
        What::References(number) => page::references(inputs, *number),
        What::NotFound => page::not_found(inputs),
        What::Search => page::search(inputs),
        What::Index(piece) => return Prepared::Index(piece, inputs.site),
        What::Sources(id, export) => return text(sources::sources(inputs, *id, *export)),
        What::Atom(number) => return text(feed::atom(inputs, &inputs.site.feeds.all()[*number])),
        What::JsonFeed(number) => {
            return text(feed::json(inputs, &inputs.site.feeds.all()[*number]));
        }
        What::Sitemap(sitemap) => return text(sitemap::xml(inputs, *sitemap)),
        What::HostRedirects(rules) => return text(host::redirects(&inputs.site.base.path, rules)),
        What::HostHeaders => return text(host::headers(inputs)),
        What::Robots => return text(sitemap::robots(inputs)),
        What::Twin(id) => return text(machines::twin(inputs, *id)),
        What::Llms => return text(machines::llms(inputs)),
        What::Bytes(bytes) => return Prepared::Ready(Content::Bytes(bytes.to_vec())),
        What::Copy(file) => return Prepared::Ready(Content::CopyOf(file.clone())),
    };
    Prepared::Sheet(Box::new(sheet))
}

fn text(text: String) -> Prepared<'static> {
    Prepared::Ready(Content::Bytes(text.into_bytes()))
}
