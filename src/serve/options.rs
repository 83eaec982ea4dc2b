//! What was asked of the preview.

use std::net::IpAddr;
use std::path::PathBuf;

use crate::config::Overrides;
use crate::date::Date;
use crate::path::SourcePath;

/// What is to be previewed, and where.
pub struct Options {
    /// The root of the site.
    pub root: PathBuf,
    /// The configuration file, relative to the root.
    pub config: SourcePath,
    /// What the command line says over it.
    pub overrides: Overrides,
    /// Whether warnings keep new pages from being shown, as errors do.
    pub strict: bool,
    /// How many threads build; 0 for one a core.
    pub jobs: usize,
    /// Gives the day of each build.
    pub now: Box<dyn Fn() -> Date + Send>,
    /// The address of this machine to listen at.
    pub bind: IpAddr,
    /// The port that was asked for; none for the first free one.
    pub port: Option<u16>,
    /// Whether files are looked at once a second, where the system tells of no changes.
    pub polling: bool,
}
