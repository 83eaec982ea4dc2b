//! Files served as they are, and the content hash in the names of style sheets and scripts.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::fingerprint::Fingerprint;
use crate::path::SourcePath;
use crate::site::StaticFile;

/// A file of a `static/` folder, or one that ibid makes, such as a style sheet.
#[derive(Clone, Debug)]
pub struct Static {
    /// Its path below `static/`.
    pub name: String,
    /// What is in it.
    pub content: StaticContent,
    /// A hash of what is in it, where its name carries one.
    pub fingerprint: Option<Fingerprint>,
    /// The file in the site's own `static/`, which pages may name as it is; none for a file
    /// of the theme or of ibid.
    pub path: Option<SourcePath>,
    /// Width and height in pixels, of an image that says so.
    pub size: Option<(u32, u32)>,
}

/// What is in a static file.
#[derive(Clone, Debug)]
pub enum StaticContent {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// What is in a file on disk.
    File(PathBuf),
}

impl Static {
    /// Tells whether a file's name carries a hash of its content: of what browsers keep long,
    /// style sheets and scripts.
    pub fn is_hashed(name: &str) -> bool {
        name.rsplit_once('.')
            .is_some_and(|(_, extension)| matches!(extension, "css" | "js" | "mjs"))
    }

    /// The name with its content hash: `scholar.1a2b3c4d.css`.
    pub fn hashed_name(&self) -> Option<String> {
        let (stem, extension) = self.name.rsplit_once('.')?;
        Some(format!("{stem}.{}.{extension}", self.fingerprint?.short()))
    }

    /// The names it is served under. A theme's style sheet has its hashed name alone; the
    /// site's own keeps the plain one too, because pages and other sites may name it.
    pub fn served_names(&self) -> Vec<String> {
        match self.hashed_name() {
            Some(hashed) if self.path.is_some() => vec![self.name.clone(), hashed],
            Some(hashed) => vec![hashed],
            None => vec![self.name.clone()],
        }
    }
}

/// The files as pages can link to them: under the names they are served under.
pub fn linkable(statics: &[Static]) -> Vec<StaticFile> {
    let names = |file: &Static| {
        let size = file.size;
        file.served_names().into_iter().map(move |name| StaticFile { name, size })
    };
    statics.iter().flat_map(names).collect()
}

/// The name each static file is served under when a template asks for it.
pub fn hashed_names(statics: &[Static]) -> BTreeMap<String, String> {
    statics
        .iter()
        .map(|file| (file.name.clone(), file.hashed_name().unwrap_or_else(|| file.name.clone())))
        .collect()
}
