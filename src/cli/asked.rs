//! Which site is meant, and how it is to be built: what the flags of all building commands say.

use std::path::Path;

use super::args::BuildArgs;
use super::{clock, report};
use crate::config::Overrides;
use crate::date::Date;
use crate::diag::Code;
use crate::output::is_cut_off;
use crate::path::{self, SourcePath};

/// What was asked, checked as far as the command line goes.
pub(super) struct Asked {
    /// The configuration file, relative to the root.
    pub(super) config: SourcePath,
    /// What the command line says over it.
    pub(super) overrides: Overrides,
    /// The day of the build.
    pub(super) now: Date,
}

impl Asked {
    /// Reads the flags.
    ///
    /// # Errors
    ///
    /// Says which of them cannot be meant.
    pub(super) fn of(args: &BuildArgs) -> Result<Self, (Code, String)> {
        let (config, now) = site(&args.root, &args.config, args.now.as_deref())?;
        let output = args.output.as_deref().map(absolute).transpose();
        let output = output.map_err(|message| (Code::ConfigValue, message))?;
        let (base_url, drafts) = (args.base_url.clone(), args.drafts);
        let overrides = Overrides { base_url, output, drafts, ..Overrides::default() };
        Ok(Self { config, overrides, now })
    }
}

/// The configuration file of a site, relative to its root, and the day that counts. Says so
/// where half of the site's files have moved.
///
/// # Errors
///
/// Says which of the flags cannot be meant.
pub(super) fn site(
    root: &Path,
    config: &str,
    now: Option<&str>,
) -> Result<(SourcePath, Date), (Code, String)> {
    let asked = read(root, config, now)?;
    warn_of_half_a_move(root);
    Ok(asked)
}

/// Says so where a move was cut off.
pub(super) fn warn_of_half_a_move(root: &Path) {
    if is_cut_off(root) {
        report::warn(
            "warning: a move was cut off: some of its files may lie in their new places, others in \
             their old ones; `ibid mv` with the same names takes it back, and moves them again",
        );
    }
}

/// The configuration file of a site, relative to its root, and the day that counts.
///
/// # Errors
///
/// Says which of the flags cannot be meant.
pub(super) fn read(
    root: &Path,
    config: &str,
    now: Option<&str>,
) -> Result<(SourcePath, Date), (Code, String)> {
    let now = clock::date(now).map_err(|message| (Code::ConfigValue, message))?;
    let Some(file) = inside(root, config) else {
        let message = format!("`--config {config}` is to name a file in the site's root");
        return Err((Code::ConfigValue, message));
    };
    if !root.is_dir() {
        let message = format!("there is no folder `{}`", root.display());
        return Err((Code::ConfigMissing, message));
    }
    Ok((SourcePath::new(file), now))
}

/// A path relative to the root, however it was written; none where it leaves the root.
fn inside(root: &Path, file: &str) -> Option<String> {
    let path = Path::new(file);
    let relative = match path.is_absolute() {
        true => path.strip_prefix(std::path::absolute(root).ok()?).ok()?.to_str()?,
        false => file,
    };
    path::join("", relative).filter(|path| !path.is_empty())
}

/// A path as the present folder means it.
fn absolute(path: &Path) -> Result<String, String> {
    let path = std::path::absolute(path)
        .map_err(|error| format!("`--output` names no folder: {error}"))?;
    path.into_os_string()
        .into_string()
        .map_err(|path| format!("the path `{}` is not UTF-8", path.to_string_lossy()))
}
