//! What browsers are shown: the files of the last good build, and what keeps the next from being one.

use std::sync::Arc;

use tokio::sync::watch;

use super::failure::Failure;
use crate::output::Memory;

/// What the thread that builds and the one that answers share.
pub(super) struct Preview {
    /// The files of the last good build.
    pub(super) files: Arc<Memory>,
    state: watch::Sender<State>,
}

/// What there is to know of the last build.
#[derive(Clone, Default)]
pub(super) struct State {
    /// Whether a first build has come to its end, good or not.
    pub(super) is_ready: bool,
    /// Whether any build was good, so that there is something to show.
    pub(super) has_pages: bool,
    /// The sub-path of the site: empty, or `/kb`.
    pub(super) base: String,
    /// Why the last good pages are older than the files they are made of.
    pub(super) failure: Option<Arc<Failure>>,
    /// Whether the server is about to end.
    pub(super) is_ending: bool,
}

impl Preview {
    /// A preview of nothing yet.
    pub(super) fn new() -> Self {
        Self { files: Arc::default(), state: watch::Sender::new(State::default()) }
    }

    /// Changes the state, and lets everybody know who follows it.
    pub(super) fn update(&self, change: impl FnOnce(&mut State)) {
        self.state.send_modify(change);
    }

    /// Follows the state from now on.
    pub(super) fn follow(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// Waits for the first build to come to its end.
    pub(super) async fn ready(&self) -> State {
        let mut state = self.follow();
        // The sender lives as long as `self`.
        match state.wait_for(|state| state.is_ready || state.is_ending).await {
            Ok(state) => state.clone(),
            Err(_) => State::default(),
        }
    }
}
