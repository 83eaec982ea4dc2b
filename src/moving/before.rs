//! What a move sets out from.

use crate::cite::References;
use crate::config::Config;
use crate::date::Date;
use crate::path::SourcePath;
use crate::site::StaticFile;
use crate::source::{File, Source};
use crate::theme::Ids;

/// A site as it was read, drafts included.
pub struct Before {
    /// Its configuration.
    pub config: Config,
    /// The file that it stands in, and its text.
    pub config_file: (SourcePath, String),
    /// The texts of the pages, in the order of their paths.
    pub sources: Vec<Source>,
    /// The other files under `content/`, with the sizes of images.
    pub assets: Vec<(File, Option<(u32, u32)>)>,
    /// What is served from `static/` folders.
    pub statics: Vec<StaticFile>,
    /// The templates that it is shown with, which no move changes.
    pub templates: Vec<Source>,
    /// The ids of the elements that templates write.
    pub ids: Ids,
    /// The works of all bibliographies.
    pub references: References,
    /// The day.
    pub today: Date,
}
