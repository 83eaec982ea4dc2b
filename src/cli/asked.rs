//! Which site is meant, and how it is to be built: what the flags of all building commands say.

use std::path::Path;

use super::args::BuildArgs;
use super::clock;
use crate::config::Overrides;
use crate::date::Date;
use crate::diag::Code;
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
        let misuse = |message| (Code::ConfigValue, message);
        let now = clock::date(args.now.as_deref()).map_err(misuse)?;
        let output = args.output.as_deref().map(absolute).transpose().map_err(misuse)?;
        let Some(config) = inside(&args.root, &args.config) else {
            let message =
                format!("`--config {}` is to name a file in the site's root", args.config);
            return Err(misuse(message));
        };
        if !args.root.is_dir() {
            let message = format!("there is no folder `{}`", args.root.display());
            return Err((Code::ConfigMissing, message));
        }
        let (base_url, drafts) = (args.base_url.clone(), args.drafts);
        let overrides = Overrides { base_url, output, drafts, ..Overrides::default() };
        Ok(Self { config: SourcePath::new(config), overrides, now })
    }
}

/// A path relative to the root, however it was written; none where it leaves the root.
pub(super) fn inside(root: &Path, file: &str) -> Option<String> {
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
