//! What is to be measured.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use super::texts::Dialect;

/// Times builds of generated sites.
#[derive(Parser)]
#[command(name = "corpus", args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) part: Option<Part>,

    /// The sizes of the sites, in pages
    #[arg(long, value_delimiter = ',', default_value = "1000,10000")]
    pub(crate) pages: Vec<usize>,

    /// What is timed on each of them
    #[arg(long, value_enum, value_delimiter = ',', default_value = "clean,no-change,word,title")]
    pub(crate) tasks: Vec<Task>,

    /// How often each build is timed
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) runs: u16,

    /// The folder for sites and outputs, which is made and emptied again
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_TARGET_TMPDIR"), "/corpus"))]
    pub(crate) scratch: PathBuf,

    /// The program that is measured
    #[arg(long, value_name = "FILE", default_value = env!("CARGO_BIN_EXE_ibid"))]
    pub(crate) ibid: PathBuf,

    /// The program that is measured beside it, where it is found
    #[arg(long, value_name = "FILE", default_value = "hugo")]
    pub(crate) hugo: PathBuf,

    /// Leave the sites and outputs where they are
    #[arg(long)]
    pub(crate) keep: bool,

    /// What the texts are made from
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,

    /// Given by cargo to every benchmark
    #[arg(long, hide = true)]
    pub(crate) bench: bool,
}

/// A build of a whole site.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Task {
    /// Into a new folder, with nothing kept
    Clean,
    /// Over the last output, nothing changed
    NoChange,
    /// Over the last output, a word of one page changed
    Word,
    /// Over the last output, the title of one page changed
    Title,
}

#[derive(Subcommand)]
pub(crate) enum Part {
    /// Write a site, and measure nothing
    Generate {
        /// How many pages
        #[arg(long)]
        pages: usize,
        /// For which program
        #[arg(long, value_enum)]
        dialect: Dialect,
        /// Where to
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// What the texts are made from
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Build a site by the shortest way
    Floor {
        /// The root of the site
        root: PathBuf,
        /// The output folder
        output: PathBuf,
    },
    /// Look at every file in some folders and print how many nanoseconds that took
    Walk {
        /// The folders
        #[arg(required = true)]
        folders: Vec<PathBuf>,
    },
}
