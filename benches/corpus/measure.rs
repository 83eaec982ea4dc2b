//! Runs a program to its end and says what it took.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// What a run took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    /// By the clock on the wall.
    pub(crate) wall: Duration,
    /// Of all processors, by the program and by the system for it.
    pub(crate) cpu: Duration,
    /// The most memory it held at a time, in bytes.
    pub(crate) peak: u64,
}

/// Runs a command whose words go to the file `log`, and fails where it fails.
pub(crate) fn run(command: &mut Command, log: &Path) -> Result<Taken, String> {
    let fault = |error: std::io::Error| format!("`{}`: {error}", shown(command));
    let words = File::create(log).map_err(fault)?;
    let other = words.try_clone().map_err(fault)?;
    command.stdin(Stdio::null()).stdout(words).stderr(other);
    let begin = Instant::now();
    let used = command.spawn().and_then(|mut child| child.wait4());
    let wall = begin.elapsed();
    let used = used.map_err(|error| format!("`{}`: {error}", shown(command)))?;
    if !used.status.success() {
        let words = fs::read_to_string(log).unwrap_or_default();
        return Err(format!("`{}` ended with {}\n{words}", shown(command), used.status));
    }
    let cpu = used.rusage.utime + used.rusage.stime;
    Ok(Taken { wall, cpu, peak: used.rusage.maxrss })
}

/// Hands to the disk what is still to be written, so that no run pays for the one before it.
pub(crate) fn settle() {
    // Where there is no such program, the figures are a little less quiet.
    let _ = Command::new("sync").stdin(Stdio::null()).stderr(Stdio::null()).status();
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
