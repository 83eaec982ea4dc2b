//! What the preview has to say to the one who started it.

use std::net::IpAddr;
use std::time::Duration;

use crate::diag::Diagnostic;
use crate::pipeline::{Built, Progress, Stopped};

/// Hears how far a build has come, and what came of it.
pub trait Voice: Progress + Send {
    /// Says something.
    fn say(&self, news: &News<'_>);
}

/// One thing to be said.
pub enum News<'a> {
    /// The usual port belongs to another program.
    PortTaken {
        /// The usual one.
        usual: u16,
        /// The one in its place.
        instead: u16,
    },
    /// Others on the network can read what is served.
    Exposed(IpAddr),
    /// The system does not tell of changes, so that files are looked at once a second.
    Polling(String),
    /// The first build is done, and browsers are answered.
    Serving {
        /// The address of the home page.
        address: &'a str,
        /// What came of the build.
        first: Rebuilt<'a>,
    },
    /// The site was built anew.
    Rebuilt(Rebuilt<'a>),
}

/// What came of a build.
pub struct Rebuilt<'a> {
    /// The files that changed before it.
    pub files: &'a [String],
    /// The build, or what kept it from beginning.
    pub result: Result<&'a Built, &'a Stopped>,
    /// Its errors, and what the build before it did not find.
    pub fresh: Vec<Diagnostic>,
    /// Whether the last good pages stay, because something forbids new ones.
    pub fails: bool,
    /// How long it took.
    pub took: Duration,
    /// How long it took to show the page that changed ahead of it; none where it was not.
    pub ahead: Option<Duration>,
}
