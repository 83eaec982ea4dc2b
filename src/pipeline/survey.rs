//! A site for those who ask it something: the first half of a build, without its output.

use super::build::{Connected, connect, finish, stopped};
use super::checks;
use super::known::Known;
use super::request::{Request, Stopped};
use super::texts::TextStore;
use super::threads::threads;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::site::Site;

/// A site that was read and is not to be rendered.
pub struct Surveyed {
    /// The configuration.
    pub config: Config,
    /// The pages and how they hang together.
    pub site: Site,
    /// The findings, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that they point into.
    pub texts: TextStore,
}

/// Reads a site and hangs its pages together, whatever is wrong with them.
///
/// # Errors
///
/// Where the configuration or the theme leaves nothing to build, or the disk refuses.
pub fn survey(request: &Request<'_>) -> Result<Surveyed, Stopped> {
    let mut texts = TextStore::default();
    let mut found = Vec::new();
    let connected = match threads(request) {
        Ok(pool) => pool.install(|| {
            let connected = connect(request, &mut Known::default(), &mut texts, &mut found)?;
            found.extend(checks::run(&connected.site, &connected.config));
            Ok(connected)
        }),
        Err(finding) => Err(vec![finding]),
    };
    match connected {
        Ok(Connected { config, site, .. }) => {
            finish(&mut found, &config);
            Ok(Surveyed { config, site, diagnostics: found, texts })
        }
        Err(diagnostics) => Err(stopped(diagnostics, texts)),
    }
}
