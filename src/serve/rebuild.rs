//! Builds the site, and builds it anew whenever a file of it changes.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use super::failure::Failure;
use super::news::{News, Rebuilt, Voice};
use super::options::Options;
use super::preview::Preview;
use super::watch::Watch;
use crate::diag::{Code, Diagnostic, Severity};
use crate::path::SourcePath;
use crate::pipeline::{self, Known, Request};

/// What tells a finding from another, wherever an edit above it has moved it to.
type Told = (Code, String, String);

/// The thread that builds.
pub(super) struct Rebuild {
    options: Options,
    origin: String,
    preview: Arc<Preview>,
    voice: Box<dyn Voice>,
    watch: Watch,
    /// What the last build found.
    told: BTreeSet<Told>,
    /// The pages as the last build understood them.
    known: Known,
    /// The single files that the site depends on.
    elsewhere: BTreeSet<SourcePath>,
}

impl Rebuild {
    /// Takes what there is to build, and all that hears of it.
    pub(super) fn new(
        mut options: Options,
        origin: String,
        preview: Arc<Preview>,
        voice: Box<dyn Voice>,
        watch: Watch,
    ) -> Self {
        options.overrides.origin = Some(origin.clone());
        Self {
            options,
            origin,
            preview,
            voice,
            watch,
            told: BTreeSet::new(),
            known: Known::lasting(),
            elsewhere: BTreeSet::new(),
        }
    }

    /// Builds for as long as the program runs. Gives findings back where the first build was
    /// stopped by what no edit can mend.
    pub(super) fn run(mut self) -> Vec<Diagnostic> {
        if let Some(why) = self.watch.polling() {
            self.voice.say(&News::Polling(why));
        }
        let mut files = Vec::new();
        let mut is_first = true;
        loop {
            if let Some(found) = self.build(&files, is_first) {
                return found;
            }
            is_first = false;
            let changes = self.watch.wait();
            if let Some(why) = changes.polling {
                self.voice.say(&News::Polling(why));
            }
            files = changes.files;
        }
    }

    /// Builds once. Gives back what stopped a first build for good.
    fn build(&mut self, files: &[String], is_first: bool) -> Option<Vec<Diagnostic>> {
        let (begin, since) = (Instant::now(), SystemTime::now());
        let options = &self.options;
        let request = Request {
            root: &options.root,
            config: options.config.clone(),
            overrides: options.overrides.clone(),
            now: (options.now)(),
            strict: options.strict,
            jobs: options.jobs,
            figures: false,
            recall: None,
            progress: &*self.voice,
        };
        let memory = self.preview.files.clone();
        let result = pipeline::build(&request, &mut self.known, |_: &Path| Box::new(memory));
        let (found, texts) = match &result {
            Ok(built) => (&built.diagnostics, &built.texts),
            Err(stopped) => (&stopped.diagnostics, &stopped.texts),
        };
        let is_good = result.as_ref().is_ok_and(|built| built.written.is_some());
        // A build that was cut short has not looked for all that it would have.
        if is_good {
            self.elsewhere.clear();
        }
        self.elsewhere.extend(texts.elsewhere().iter().cloned());
        if let Some(why) = self.watch.also(&self.elsewhere, since) {
            self.voice.say(&News::Polling(why));
        }
        let failure = Failure::new(found, texts, self.options.strict);
        let base = result.as_ref().ok().map(|built| built.base.path.clone());
        let address = format!("{}{}/", self.origin, base.clone().unwrap_or_default());
        // What points at no file (no `site.toml`, a wrong `--base-url`) is not mended by an edit.
        let is_hopeless =
            is_first && result.is_err() && found.iter().any(|finding| finding.span.is_none());
        let rebuilt = Rebuilt {
            files,
            fresh: self.fresh(found),
            fails: !is_good,
            took: begin.elapsed(),
            result: result.as_ref(),
        };
        self.told = found.iter().map(told).collect();
        if !is_hopeless {
            self.preview.update(|state| {
                state.is_ready = true;
                state.has_pages |= is_good;
                if let Some(base) = base.filter(|_| is_good || !state.has_pages) {
                    state.base = base;
                }
                state.failure = (!is_good).then(|| Arc::new(failure));
            });
        }
        self.voice.say(&match is_first && !is_hopeless {
            true => News::Serving { address: &address, first: rebuilt },
            false => News::Rebuilt(rebuilt),
        });
        is_hopeless.then(|| found.clone())
    }

    /// The errors, and what the last build did not find.
    fn fresh(&self, found: &[Diagnostic]) -> Vec<Diagnostic> {
        let is_fresh = |finding: &&Diagnostic| {
            finding.severity == Severity::Error || !self.told.contains(&told(finding))
        };
        found.iter().filter(is_fresh).cloned().collect()
    }
}

fn told(finding: &Diagnostic) -> Told {
    let file = finding.span.as_ref().map_or(String::new(), |span| span.file.to_string());
    (finding.code, file, finding.message.clone())
}
