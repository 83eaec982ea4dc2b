//! The preview: the same build, again and again, in memory, and browsers that follow it.
//!
//! One thread builds ([`rebuild`]): it waits for files to change ([`watch`]), calls
//! `pipeline::build` with a sink in memory, and tells what came of it. Another speaks HTTP with
//! browsers ([`connection`], [`answer`]). They share the [`preview`]: the files of the last good
//! build, and the state that a browser has to know.
//!
//! # How a browser follows
//!
//! Each HTML page gets a script on its way out, with a *print* of the page: a hash of its bytes
//! and of the files it shows. The script opens a stream of events for the address it is at. On
//! it the server tells, at once and after each build, the print that the page at this address
//! has now, and what keeps the site from building. Where the prints differ, the script reloads
//! the page. So it never matters what a browser missed: while it was loading, while its tab was
//! hidden, while the server was down.
//!
//! A print leaves out the addresses of style sheets, which carry a hash of their content. They
//! are told beside it, and exchanged without a reload.

#![allow(
    clippy::disallowed_methods,
    reason = "the preview waits for browsers and for changes, and says how long a build took"
)]

mod address;
mod answer;
mod connection;
mod failure;
mod find;
mod news;
mod options;
mod patience;
mod preview;
mod range;
mod rebuild;
mod run;
mod shown;
mod watch;

pub use news::{News, Rebuilt, Voice};
pub use options::Options;
pub use run::{Ended, run};
