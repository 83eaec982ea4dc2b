//! Progress of long work, on a terminal alone. Sole owner of `indicatif`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::pipeline::{INDEXING, Progress};

/// A bar on the terminal, or nothing in a pipe.
pub(super) struct Bar {
    bar: ProgressBar,
    since: Instant,
    /// When the search index was begun, and how long it took, in microseconds; 0 for never.
    begun: AtomicU64,
    took: AtomicU64,
}

impl Bar {
    /// A bar that shows itself where `shown` and standard error is a terminal.
    pub(super) fn new(shown: bool) -> Self {
        let target = if shown {
            ProgressDrawTarget::stderr_with_hz(12)
        } else {
            ProgressDrawTarget::hidden()
        };
        Self {
            bar: ProgressBar::with_draw_target(None, target),
            since: Instant::now(),
            begun: AtomicU64::new(0),
            took: AtomicU64::new(0),
        }
    }

    /// How long the search index took; none where none was made.
    pub(super) fn indexing(&self) -> Option<Duration> {
        let took = self.took.load(Ordering::Relaxed);
        (took > 0).then(|| Duration::from_micros(took))
    }

    /// Takes the bar off the terminal.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn begin(&self, stage: &'static str, steps: usize) {
        let now = u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX);
        let begun =
            self.begun.swap(if stage == INDEXING { now.max(1) } else { 0 }, Ordering::Relaxed);
        if begun > 0 {
            self.took.store((now - begun).max(1), Ordering::Relaxed);
        }
        if self.bar.is_hidden() {
            return;
        }
        // Once it was taken off the terminal, it stays off until it is reset.
        self.bar.reset();
        let style = ProgressStyle::with_template("{msg:>10} [{bar:32}] {pos}/{len}");
        if let Ok(style) = style {
            self.bar.set_style(style.progress_chars("=> "));
        }
        self.bar.set_message(stage);
        self.bar.set_length(steps as u64);
        self.bar.set_position(0);
        self.bar.enable_steady_tick(Duration::from_millis(200));
    }

    fn step(&self) {
        self.bar.inc(1);
    }
}
