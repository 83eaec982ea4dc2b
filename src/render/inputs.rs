//! All that rendering may read.

use std::sync::Arc;

use super::statics::Static;
use crate::config::Config;
use crate::path::SourcePath;
use crate::search;
use crate::site::Site;
use crate::theme::Bound;
use crate::view::SiteView;

/// Everything a file of the output can depend on.
pub struct Inputs<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The pages and how they hang together.
    pub site: &'a Site,
    /// The search index; none where the site is not searched.
    pub search: Option<&'a search::Index>,
    /// The shared values of templates.
    pub views: &'a SiteView,
    /// The templates.
    pub theme: &'a Bound,
    /// The files served as they are.
    pub statics: &'a [Static],
    /// The text of a file that was read.
    pub text: &'a (dyn Fn(&SourcePath) -> Option<Arc<str>> + Sync),
}
