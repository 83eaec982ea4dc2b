//! Times whole programs on whole sites: ibid, Hugo where it is found, and a floor under both.
//!
//! `benches/README.md` tells how to run it and what each figure means.
#![allow(clippy::disallowed_methods, reason = "it writes, reads and times the sites it builds")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it prints what it measured")]

mod args;
mod edit;
mod floor;
mod measure;
mod programs;
mod report;
mod rounds;
#[path = "../texts/mod.rs"]
mod texts;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Part};

// The floor is to have the allocator that ibid has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.part {
        Some(part) => alone(part),
        None => rounds::run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("corpus: {fault}");
            ExitCode::FAILURE
        }
    }
}

/// What is measured, or needs much memory, runs as a process of its own: the one that starts
/// them has to stay small, because its memory counts towards that of its children.
fn alone(part: &Part) -> Result<(), String> {
    match part {
        Part::Generate { pages, dialect, out, seed } => texts::Corpus::new(*seed, *pages)
            .write(*dialect, out)
            .map_err(|error| error.to_string()),
        Part::Floor { root, output } => floor::build(root, output),
        Part::Walk { folders } => floor::walk(folders),
    }
}
