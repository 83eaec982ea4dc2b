//! From arguments to an exit code.

use std::ffi::OsString;
use std::io::Write;

use clap::Parser;

use super::args::{Cli, Command, SchemaOf};
use super::exit::{BUILT, DISK, USAGE};
use super::{build, create, due, graph, import, mv, serve};
use crate::{config, page};

/// Does what the arguments ask for and gives the exit code.
pub fn run(arguments: impl Iterator<Item = OsString>) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { USAGE } else { BUILT };
            // Nothing can be said where even the message cannot be written.
            let _ = error.print();
            return code;
        }
    };
    match cli.command {
        Command::Build(args) => build::build(&args),
        Command::Check(args) => build::check(&args),
        Command::Serve(args) => serve::serve(args),
        Command::Graph(args) => graph::graph(&args),
        Command::Init { dir } => create::init(dir.as_deref()),
        Command::New { path, root, now } => create::new(&root, &path, now.as_deref()),
        Command::Due(args) => due::due(&args),
        Command::Mv(args) => mv::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Schema { of } => {
            let schema = match of {
                SchemaOf::Site => config::schema(),
                SchemaOf::Page => page::schema(),
            };
            match writeln!(std::io::stdout(), "{schema}") {
                Ok(()) => BUILT,
                Err(_) => DISK,
            }
        }
    }
}
