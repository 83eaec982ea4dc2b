//! What was asked on the command line, and what is said in answer.

#![allow(
    clippy::disallowed_methods,
    reason = "the command line looks at the clock and the environment, so that no stage has to"
)]

mod args;
mod asked;
mod build;
mod clock;
mod create;
mod due;
mod exit;
mod figures;
mod graph;
mod import;
mod mv;
mod progress;
mod report;
mod run;
mod serve;

pub use run::run;
