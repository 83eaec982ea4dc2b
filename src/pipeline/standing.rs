//! The site of the last build, to make a page of it anew.

use std::path::Path;

use crate::config::Config;
use crate::diag::Outcome;
use crate::markdown::Painter;
use crate::page;
use crate::path::SourcePath;
use crate::render::{self, Inputs, Job, Plan, Rendered, Static, What};
use crate::site::{self, Site};
use crate::source;
use crate::theme::Bound;
use crate::view::SiteView;

/// What a build leaves to make a page anew with.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) config: Config,
    pub(super) site: Site,
    pub(super) views: SiteView,
    pub(super) plan: Plan,
    pub(super) bound: Bound,
    pub(super) statics: Vec<Static>,
}

impl Standing {
    /// Makes a page anew from its file, if that can be told without the rest of the site.
    pub(super) fn page(&mut self, root: &Path, strict: bool, file: &str) -> Option<Rendered> {
        let path = SourcePath::new(file);
        let name = file.strip_prefix("content/").filter(|_| page::is_page(&path))?;
        self.site.pages.at_path(name)?;
        let source = source::read_optional(root, &path).ok()??;
        let mut painter = Painter::new(&self.config.markdown.highlighter);
        let Outcome { value, diagnostics } = page::parse_with(&source, &self.config, &mut painter);
        let levels = &self.config.levels;
        let is_forbidden = diagnostics
            .iter()
            .any(|finding| levels.of(finding).is_some_and(|severity| severity.forbids(strict)));
        if is_forbidden {
            return None;
        }
        let id = self.site.revise(&value.page.into())?;
        // An image that no page has shown yet has no sizes yet.
        let is_new = |(_, address): (usize, &str)| self.site.pictures.at(address).is_none();
        if self.config.images.enabled && site::shown(&self.site, id).any(is_new) {
            return None;
        }
        let shows = |job: &&Job| matches!(&job.what, What::Page { id: own, .. } if *own == id);
        let job = self.plan.iter().find(shows)?;
        let inputs = Inputs {
            config: &self.config,
            site: &self.site,
            search: None,
            views: &self.views,
            theme: &self.bound,
            statics: &self.statics,
            text: &|_| None,
        };
        render::render(job, &inputs).ok()
    }
}
