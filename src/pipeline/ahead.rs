//! A page that is shown ahead of the site around it.

use super::known::Known;
use super::request::Request;
use super::threads::threads;
use crate::config::Config;
use crate::diag::Outcome;
use crate::markdown::Painter;
use crate::page;
use crate::path::SourcePath;
use crate::render::{self, Inputs, Job, Plan, Rendered, Static, What};
use crate::site::Site;
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

/// Makes a page anew as the next build would, if what that will show of it can be told without
/// building the whole site: what the site itself says of the page (its length, what is offered
/// at its end) is of the last build. The next build makes it once more.
///
/// There is none where there is no last build, where the file is no page of it, or where the page
/// has changed in what others show of it or has a fault: these are for a build to tell.
pub fn ahead(request: &Request<'_>, known: &mut Known, file: &str) -> Option<Rendered> {
    let standing = known.standing.as_mut()?;
    // Templates may go deeper than the stack of whoever asks.
    threads(request).ok()?.install(|| standing.page(request, file))
}

impl Standing {
    fn page(&mut self, request: &Request<'_>, file: &str) -> Option<Rendered> {
        let path = SourcePath::new(file);
        let name = file.strip_prefix("content/").filter(|_| page::is_page(&path))?;
        self.site.pages.at_path(name)?;
        let source = source::read_optional(request.root, &path).ok()??;
        let mut painter = Painter::new(&self.config.markdown.highlighter);
        let Outcome { value, diagnostics } = page::parse_with(&source, &self.config, &mut painter);
        let levels = &self.config.levels;
        let is_forbidden = diagnostics.iter().any(|finding| {
            levels.of(finding).is_some_and(|severity| severity.forbids(request.strict))
        });
        if is_forbidden {
            return None;
        }
        let id = self.site.revise(&value.into())?;
        let shows = |job: &&Job| matches!(&job.what, What::Page { id: own, .. } if *own == id);
        let job = self.plan.iter().find(shows)?;
        let inputs = Inputs {
            config: &self.config,
            site: &self.site,
            views: &self.views,
            theme: &self.bound,
            statics: &self.statics,
            text: &|_| None,
        };
        render::render(job, &inputs).ok()
    }
}
