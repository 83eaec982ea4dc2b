//! Builds the site, and builds it anew whenever a file of it changes.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::failure::Failure;
use super::news::{News, Rebuilt, Voice};
use super::options::Options;
use super::preview::Preview;
use super::watch::{Changes, Watch};
use crate::diag::{Code, Diagnostic, Severity};
use crate::path::SourcePath;
use crate::pipeline::{self, Imaging, Indexing, Known, Request};

/// A build that takes less is not worth being anticipated.
const WORTH: Duration = Duration::from_millis(60);

/// How long a page that was shown ahead waits at most for the next save before the site follows.
const PAUSE: Duration = Duration::from_millis(700);

/// How long the site waits at most for somebody who saves all the time.
const LONGEST_AHEAD: Duration = Duration::from_secs(5);

/// How long nothing is saved before the search index follows: this, and on a large site so many
/// times as long as a build takes, for meanwhile a save has to wait.
const REST: Duration = Duration::from_secs(2);
const RESTS: u32 = 8;

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
    /// How long the last build took.
    took: Duration,
    /// How long the first page took that is shown ahead of the next.
    ahead: Option<Duration>,
    /// Whether the search index is older than the pages.
    is_index_behind: bool,
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
            took: Duration::ZERO,
            ahead: None,
            is_index_behind: false,
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
            let changes = self.quiet();
            files = self.show_ahead(changes);
        }
    }

    /// Waits for a change. Once nothing has been saved for a while, the search index follows what has
    /// changed: what there is to say of the site has been said, and no page becomes another.
    fn quiet(&mut self) -> Changes {
        if self.is_index_behind {
            if let Some(changes) = self.watch.wait_for(REST.max(self.took * RESTS)) {
                return changes;
            }
            let request =
                Request { indexing: Indexing::Now, ..request(&self.options, &*self.voice) };
            let memory = self.preview.files.clone();
            let result =
                pipeline::build(&request, &mut self.known, |_: &Path| Box::new(memory.clone()));
            self.is_index_behind = false;
            drop(result);
        }
        self.watch.wait()
    }

    /// Shows pages ahead of the next build, until nobody saves one any more or something else
    /// changes. Gives all files that changed.
    fn show_ahead(&mut self, mut changes: Changes) -> Vec<String> {
        let mut files = BTreeSet::new();
        let end = Instant::now() + LONGEST_AHEAD;
        loop {
            if let Some(why) = &changes.polling {
                self.voice.say(&News::Polling(why.clone()));
            }
            let is_shown = match &changes.files[..] {
                [file] if self.took >= WORTH => self.show_page(file),
                _ => false,
            };
            files.extend(changes.files);
            let left = end.saturating_duration_since(Instant::now());
            if !is_shown || left.is_zero() {
                break;
            }
            // As long as a writer who has seen the page may need to go on, and no longer than
            // the site would take.
            match self.watch.wait_for(self.took.min(PAUSE).min(left)) {
                Some(more) => changes = more,
                None => break,
            }
        }
        files.into_iter().collect()
    }

    /// Shows a page ahead of the next build, if that can be.
    fn show_page(&mut self, file: &str) -> bool {
        let begin = Instant::now();
        let request = request(&self.options, &*self.voice);
        let Some(page) = pipeline::ahead(&request, &mut self.known, file) else { return false };
        let is_shown = self.preview.files.lay_ahead(&page).is_ok();
        if is_shown {
            self.ahead.get_or_insert_with(|| begin.elapsed());
            self.preview.update(|_| {});
        }
        is_shown
    }

    /// Builds once. Gives back what stopped a first build for good.
    fn build(&mut self, files: &[String], is_first: bool) -> Option<Vec<Diagnostic>> {
        let (begin, since) = (Instant::now(), SystemTime::now());
        let request = request(&self.options, &*self.voice);
        let memory = self.preview.files.clone();
        let result =
            pipeline::build(&request, &mut self.known, |_: &Path| Box::new(memory.clone()));
        self.is_index_behind = result.as_ref().is_ok_and(|built| built.index_is_behind);
        let (found, texts) = match &result {
            Ok(built) => (&built.diagnostics, &built.texts),
            Err(stopped) => (&stopped.diagnostics, &stopped.texts),
        };
        let is_good = result.as_ref().is_ok_and(|built| built.written.is_some());
        if !is_good {
            self.preview.files.drop_ahead();
        }
        self.took = begin.elapsed();
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
            took: self.took,
            ahead: self.ahead.take(),
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

fn request<'a>(options: &'a Options, voice: &'a dyn Voice) -> Request<'a> {
    Request {
        root: &options.root,
        config: options.config.clone(),
        overrides: options.overrides.clone(),
        now: (options.now)(),
        strict: options.strict,
        jobs: options.jobs,
        indexing: Indexing::Later,
        images: Imaging::Kept,
        figures: false,
        recall: None,
        progress: voice,
    }
}

fn told(finding: &Diagnostic) -> Told {
    let file = finding.span.as_ref().map_or(String::new(), |span| span.file.to_string());
    (finding.code, file, finding.message.clone())
}
