//! Progress of long work, on a terminal alone. Sole owner of `indicatif`.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::pipeline::Progress;

/// A bar on the terminal, or nothing in a pipe.
pub(super) struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// A bar that shows itself where `shown` and standard error is a terminal.
    pub(super) fn new(shown: bool) -> Self {
        let target = if shown {
            ProgressDrawTarget::stderr_with_hz(12)
        } else {
            ProgressDrawTarget::hidden()
        };
        Self { bar: ProgressBar::with_draw_target(None, target) }
    }

    /// Takes the bar off the terminal.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn begin(&self, stage: &'static str, steps: usize) {
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
