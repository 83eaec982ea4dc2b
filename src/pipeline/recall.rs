//! What the last build left behind: where nothing has changed since, there is nothing to do.
//!
//! A build keeps the state of every file that it rests on and of its output folder, and what it
//! had to say. The next one compares them before it reads anything; where all is as it was, it
//! says the same again and is done. Where only sources have changed, it has what the template of
//! each file saw, and leaves the files whose template would see the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::made::Made;
use super::packed::{seal, unseal};
use super::request::{Anew, Built, Recall, Request};
use super::seen::Seen;
use super::texts::{TextStore, files_of};
use crate::diag::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::output::{CACHE, Cache, Written};
use crate::path::{BaseUrl, SourcePath};
use crate::site::{HeldCount, PageId, Site};
use crate::source::{self, Survey, Watched};

/// The files in the cache.
const FILE: &str = "last-build.json";
const SEEN: &str = "seen-by-templates";

/// What a build leaves for the next.
#[derive(Serialize, Deserialize)]
struct Record {
    /// The program, the day, and the flags.
    asked: Fingerprint,
    /// What the site rests on, besides the folders of its author.
    single: BTreeSet<SourcePath>,
    /// Every file that the site rests on.
    sources: Survey,
    /// Of these, the content of those that were too young to be told by their times.
    young: BTreeMap<String, Option<Fingerprint>>,
    output: PathBuf,
    /// The state of the output folder.
    made: Fingerprint,
    found: Vec<Diagnostic>,
    pages: usize,
    base: BaseUrl,
    held: HeldCount,
    files: usize,
}

/// The state of a site before it is built.
pub(super) struct Before {
    pub(super) anew: Anew,
    seen: Option<Box<Watching>>,
    /// The output folder of the last build.
    made: Option<Arc<Made>>,
    /// Whether the output folder is as the last build left it.
    pub(super) is_as_left: bool,
}

struct Watching {
    watched: Watched,
    single: BTreeSet<SourcePath>,
    sources: Survey,
    young: BTreeMap<String, Option<Fingerprint>>,
}

/// Looks whether anything has changed since the last build; gives what that build had to say
/// where nothing has.
pub(super) fn look(request: &Request<'_>) -> Result<Built, Before> {
    let Some(recall) = &request.recall else {
        return Err(Before::new(Anew::Asked));
    };
    let survey = || {
        let watched = Watched::new(request.root, &request.config).ok()?;
        let sources = watched.survey();
        Some((watched, sources))
    };
    let compare = || {
        let (record, anew) = match read(request.root) {
            Ok(Some(record)) => (Some(record), Anew::Otherwise),
            Ok(None) => (None, Anew::First),
            Err(()) => (None, Anew::Damaged),
        };
        let record = record.filter(|record| record.asked == asked(request, recall));
        let made = record.as_ref().and_then(|record| Made::look(&record.output).ok());
        (record, anew, made)
    };
    let (surveyed, (record, mut anew, made)) = rayon::join(survey, compare);
    // Where the root itself is not there, the build will tell.
    let Some((mut watched, mut sources)) = surveyed else {
        return Err(Before::new(anew));
    };
    let mut single = BTreeSet::from([request.config.clone()]);
    if let Some(record) = &record {
        watched.set_single(&record.single);
        sources.add(watched.survey_single());
        single.clone_from(&record.single);
    }
    let print = made.as_ref().map(|made| made.print);
    let mut is_as_left = false;
    if let Some(record) = record {
        let mut changed = sources.changed_since(&record.sources);
        let young = record.young.keys().cloned().collect();
        let now = watched.fingerprints(young);
        let differs = |(name, print): &(&String, _)| now.get(*name) != Some(*print);
        let young = record.young.iter().filter(differs).map(|(name, _)| name.clone());
        let young: Vec<String> = young.filter(|name| !changed.contains(name)).collect();
        changed.extend(young);
        anew = match (changed.is_empty(), print == Some(record.made)) {
            (true, true) => return Ok(again(request.root, record)),
            (true, false) => Anew::Output,
            (false, is_left) => {
                is_as_left = is_left;
                Anew::Sources(changed)
            }
        };
    }
    let young = watched.fingerprints(sources.young(recall.begun));
    let seen = Watching { watched, single, sources, young };
    Err(Before { anew, seen: Some(Box::new(seen)), made, is_as_left })
}

/// What the last build had to say.
fn again(root: &Path, record: Record) -> Built {
    let mut texts = TextStore::default();
    files_of(&record.found).for_each(|file| texts.let_go(file.clone()));
    texts.complete(root, &record.found);
    record.single.into_iter().for_each(|file| texts.note_elsewhere(file));
    Built {
        diagnostics: record.found,
        texts,
        pages: record.pages,
        base: record.base,
        held: record.held,
        figures: None,
        written: Some(Written {
            unchanged: record.files,
            left: record.files,
            ..Written::default()
        }),
        index_is_behind: false,
        anew: None,
        remains: Box::new(()),
    }
}

impl Before {
    fn new(anew: Anew) -> Self {
        Self { anew, seen: None, made: None, is_as_left: false }
    }

    /// What the templates of the last build saw of the files in the output folder, where that is
    /// as it left it.
    pub(super) fn templates(&self, root: &Path) -> Seen {
        let made = self.made.as_ref().filter(|_| self.is_as_left);
        made.and_then(|made| read_seen(root, made.print)).unwrap_or_default()
    }

    /// The pages of a site whose files have changed, where nothing else has since the last build.
    pub(super) fn pages_changed(&self, site: &Site) -> Option<BTreeSet<PageId>> {
        match &self.anew {
            Anew::Sources(files) if self.is_as_left => {
                let page = |file: &String| site.pages.at_path(file.strip_prefix("content/")?);
                files.iter().map(page).collect()
            }
            _ => None,
        }
    }

    /// Keeps for the next build what this one saw and made. Where that cannot be, the next one
    /// builds the site as this one did.
    pub(super) fn keep(
        &self,
        request: &Request<'_>,
        built: &Built,
        output: &Path,
        templates: &Seen,
    ) {
        let Some(record) = self.record(request, built, output) else { return };
        // A disk that takes the site and not its cache costs nothing but time.
        let Ok(cache) = Cache::open(request.root) else { return };
        // Before the record that goes with it: with an older record it counts for nothing.
        let _ = cache.keep(SEEN, templates.print(record.made).as_bytes());
        let Ok(text) = serde_json::to_string(&record) else { return };
        let _ = cache.keep(FILE, seal(text).as_bytes());
    }

    fn record(&self, request: &Request<'_>, built: &Built, output: &Path) -> Option<Record> {
        let (recall, seen) = (request.recall.as_ref()?, self.seen.as_ref()?);
        let written = built.written.as_ref()?;
        let (mut watched, mut sources) = (seen.watched.clone(), seen.sources.clone());
        let single = built.texts.elsewhere().clone();
        watched.set_single(&single);
        // What the build came to look for was not seen before it began.
        let new: BTreeSet<SourcePath> = single.difference(&seen.single).cloned().collect();
        let now = watched.survey_single();
        if now.young(recall.begun).iter().any(|name| new.contains(&SourcePath::new(name.as_str())))
        {
            return None;
        }
        sources.add(now);
        for gone in seen.single.difference(&single) {
            if !watched.is_within_folders(&watched.root().join(gone.as_str())) {
                sources.forget(gone.as_str());
            }
        }
        // A finding in what lies nowhere on the disk could not be shown again.
        let is_shown = |finding: &Diagnostic| {
            finding.span.as_ref().is_none_or(|span| sources.has(span.file.as_str()))
        };
        if !built.diagnostics.iter().all(is_shown) {
            return None;
        }
        let made = match self.made.as_ref().filter(|made| made.folder() == output) {
            Some(made) => made.after(written.changes.iter().map(|(path, _)| path)),
            None => Made::look(output),
        };
        Some(Record {
            asked: asked(request, recall),
            single,
            sources,
            young: seen.young.clone(),
            output: output.to_owned(),
            made: made.ok()?.print,
            found: built.diagnostics.clone(),
            pages: built.pages,
            base: built.base.clone(),
            held: built.held.clone(),
            files: written.written + written.unchanged,
        })
    }
}

/// Reads what templates saw, for the output folder in this state.
fn read_seen(root: &Path, made: Fingerprint) -> Option<Seen> {
    let path = SourcePath::new(format!("{CACHE}/{SEEN}"));
    let source = source::read_optional(root, &path).ok()??;
    Seen::parse(&source.text, made)
}

/// What was asked for, by which program, on which day.
fn asked(request: &Request<'_>, recall: &Recall) -> Fingerprint {
    let flags = format!("{:?} {:?}", request.overrides, request.strict);
    let now = request.now.to_string();
    let parts = [request.config.as_str(), &flags, &now].map(str::as_bytes);
    Fingerprint::of_parts(parts.into_iter().chain([recall.program.as_bytes()]))
}

/// Reads what the last build left; none where there was none.
fn read(root: &Path) -> Result<Option<Record>, ()> {
    let path = SourcePath::new(format!("{CACHE}/{FILE}"));
    let Some(source) = source::read_optional(root, &path).map_err(|_| ())? else {
        return Ok(None);
    };
    let text = unseal(&source.text).ok_or(())?;
    serde_json::from_str(text).map(Some).map_err(|_| ())
}
