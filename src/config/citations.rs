//! `[citations]` as it is meant.

use std::collections::BTreeSet;

use toml::Spanned;

use super::raw::{Export, RawCitations};
use crate::diag::Span;
use crate::path::SourcePath;

/// The bibliographies of a site that names none, below `content/`.
pub const USUAL_FILES: [&str; 2] = ["references.bib", "references.json"];

/// The style of a site that names none.
pub const USUAL_STYLE: &str = "american-medical-association";

/// Bibliographies, their style, and how source lists are shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Citations {
    /// The bibliographies, where any are named.
    pub files: Option<Vec<Named>>,
    /// The CSL style.
    pub style: Named,
    /// The title of a source list, where it is not the theme's word.
    pub list_title: Option<String>,
    /// A sentence over each source list.
    pub statement: Option<String>,
    /// The page that tells how sources are chosen.
    pub process_page: Option<Named>,
    /// The table of withdrawn works.
    pub retractions: Option<Named>,
    /// Whether `/references/` lists the works of the site.
    pub references_page: bool,
    /// The forms in which each page offers its sources.
    pub exports: BTreeSet<Export>,
}

/// A name and the place where it is set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Where it is set; none for what nobody has set.
    pub span: Option<Span>,
}

impl Citations {
    /// The files below `content/` that are read where they are there: bibliographies and the table
    /// of withdrawn works.
    pub fn read(&self) -> Vec<&str> {
        fn name(named: &Named) -> &str {
            named.name.strip_prefix("content/").unwrap_or(&named.name)
        }
        let mut read: Vec<&str> = match &self.files {
            Some(files) => files.iter().map(name).collect(),
            None => USUAL_FILES.to_vec(),
        };
        read.extend(self.retractions.as_ref().map(name));
        read
    }

    /// Resolves the keys of a file.
    pub(super) fn resolve(raw: RawCitations, file: &SourcePath) -> Self {
        let named = |set: Spanned<String>| {
            let span = Some(Span::new(file.clone(), set.span()));
            Named { name: set.into_inner(), span }
        };
        let usual = || Named { name: USUAL_STYLE.to_owned(), span: None };
        let all = || [Export::Bib, Export::Json, Export::Ris].into();
        Self {
            files: raw.files.map(|files| files.into_iter().map(named).collect()),
            style: raw.style.map_or_else(usual, named),
            list_title: raw.list_title.filter(|title| !title.trim().is_empty()),
            statement: raw.statement.filter(|text| !text.trim().is_empty()),
            process_page: raw.process_page.map(named),
            retractions: raw.retractions.map(named),
            references_page: raw.references_page.unwrap_or(true),
            exports: raw
                .exports
                .map_or_else(all, |set| set.into_iter().map(Spanned::into_inner).collect()),
        }
    }
}
