//! How each program is told to build a site.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::args::Args;
use super::texts::Dialect;

/// A program that builds sites.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Program {
    /// Its name in the table.
    pub(crate) name: &'static str,
    /// What it reads.
    pub(crate) dialect: Dialect,
    file: PathBuf,
}

impl Program {
    /// The measured program, and the other one where it is found.
    pub(crate) fn all(args: &Args) -> Vec<Self> {
        let ibid = Self { name: "ibid", dialect: Dialect::Ibid, file: args.ibid.clone() };
        let hugo = Self { name: "hugo", dialect: Dialect::Hugo, file: args.hugo.clone() };
        [Some(ibid), hugo.version().map(|_| hugo)].into_iter().flatten().collect()
    }

    /// Builds the site at `root` into `output`, saying nothing.
    pub(crate) fn build(&self, root: &Path, output: &Path) -> Command {
        let mut command = Command::new(&self.file);
        match self.dialect {
            Dialect::Ibid => {
                command.arg("build").arg("--root").arg(root).arg("--output").arg(output)
            }
            Dialect::Hugo => command.arg("--source").arg(root).arg("--destination").arg(output),
        };
        command.arg("--quiet");
        command
    }

    /// Does nothing but begin and end.
    pub(crate) fn start(&self) -> Command {
        let mut command = Command::new(&self.file);
        command.arg(match self.dialect {
            Dialect::Ibid => "--version",
            Dialect::Hugo => "version",
        });
        command
    }

    /// What it says of itself, where it is there.
    pub(crate) fn version(&self) -> Option<String> {
        let said = self.start().stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        let said = String::from_utf8(said.stdout).ok().filter(|_| said.status.success())?;
        let mut words = said.split_whitespace().filter(|word| word.contains('.'));
        // Without what the build adds: `v0.168.0-e27a676+extended`.
        let version = words.next()?.split(['-', '+']).next()?.trim_start_matches('v');
        Some(format!("{} {version}", self.name))
    }
}

/// A part of this program, as a process of its own.
pub(crate) fn part<'a>(words: impl IntoIterator<Item = &'a Path>) -> Result<Command, String> {
    let itself = env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(itself);
    command.args(words);
    Ok(command)
}
