//! One file of the output: what it is to be, and how it is made.

use std::path::PathBuf;
use std::sync::Arc;

use super::inputs::Inputs;
use super::part::Part;
use super::rendered::{Content, Rendered};
use super::{feed, host, machines, page, redirect, sitemap, sources, taxonomies};
use crate::config::Export;
use crate::diag::Diagnostic;
use crate::path::OutputPath;
use crate::site::{PageId, SectionId, TaxonomyId, TermId};

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
    /// Bytes that are at hand.
    Bytes(Arc<[u8]>),
    /// A copy of a file.
    Copy(PathBuf),
}

/// Makes one file.
///
/// # Errors
///
/// The mistake in a template that kept the file from being made.
pub fn render(job: &Job, inputs: &Inputs<'_>) -> Result<Rendered, Diagnostic> {
    let content = match &job.what {
        What::Page { id, template } => text(page::page(inputs, *id, template)?),
        What::Section { id, template, by, part } => {
            text(page::section(inputs, *id, template, *by, part)?)
        }
        What::Taxonomy { id, template } => text(taxonomies::taxonomy(inputs, *id, template)?),
        What::Term { id, template, part } => text(taxonomies::term(inputs, *id, template, part)?),
        What::Redirect { target, canonical } => {
            text(redirect::redirect(inputs, target, canonical)?)
        }
        What::References(number) => text(page::references(inputs, *number)?),
        What::Sources(id, export) => text(sources::sources(inputs, *id, *export)),
        What::Atom(number) => text(feed::atom(inputs, &inputs.site.feeds.all()[*number])),
        What::JsonFeed(number) => text(feed::json(inputs, &inputs.site.feeds.all()[*number])),
        What::NotFound => text(page::not_found(inputs)?),
        What::Sitemap(sitemap) => text(sitemap::xml(inputs, *sitemap)),
        What::HostRedirects(rules) => text(host::redirects(&inputs.site.base.path, rules)),
        What::HostHeaders => text(host::headers(inputs)),
        What::Robots => text(sitemap::robots(inputs)),
        What::Twin(id) => text(machines::twin(inputs, *id)),
        What::Llms => text(machines::llms(inputs)),
        What::Bytes(bytes) => Content::Bytes(bytes.to_vec()),
        What::Copy(file) => Content::CopyOf(file.clone()),
    };
    Ok(Rendered { path: job.path.clone(), content })
}

fn text(text: String) -> Content {
    Content::Bytes(text.into_bytes())
}
