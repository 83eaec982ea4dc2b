//! The links of a site without its output: the first half of a build.

use super::build::{Connected, Request, Stopped, connect, finish, threads};
use super::texts::TextStore;
use crate::diag::Diagnostic;
use crate::site::{self, Graph};

/// The links of a site, and what was noticed.
pub struct Drawn {
    /// The pages and the links between them.
    pub graph: Graph,
    /// The findings, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that they point into.
    pub texts: TextStore,
}

/// Draws the graph of a site, whatever is wrong with its pages.
///
/// # Errors
///
/// Where the configuration or the theme leaves nothing to build, or the disk refuses.
pub fn graph(request: &Request<'_>) -> Result<Drawn, Stopped> {
    let mut texts = TextStore::default();
    let drawn = match threads(request) {
        Ok(pool) => pool.install(|| draw(request, &mut texts)),
        Err(finding) => Err(vec![finding]),
    };
    match drawn {
        Ok((graph, diagnostics)) => Ok(Drawn { graph, diagnostics, texts }),
        Err(mut diagnostics) => {
            diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
            Err(Stopped { diagnostics, texts })
        }
    }
}

fn draw(
    request: &Request<'_>,
    texts: &mut TextStore,
) -> Result<(Graph, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut found = Vec::new();
    let Connected { config, site, .. } = connect(request, texts, &mut found)?;
    finish(&mut found, &config);
    Ok((site::graph(&site), found))
}
