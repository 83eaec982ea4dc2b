//! What a run gives back to the shell.

use crate::diag::{Code, Diagnostic};

/// Exit code of a build without errors.
pub(super) const BUILT: u8 = 0;
/// Exit code where the content has errors; the last good output is as it was.
pub(super) const MISTAKES: u8 = 1;
/// Exit code of a wrong call or a configuration that cannot be read.
pub(super) const USAGE: u8 = 2;
/// Exit code where the disk refused.
pub(super) const DISK: u8 = 3;

/// The exit code of a build that could not begin or was cut short.
pub(super) fn exit_code(found: &[Diagnostic]) -> u8 {
    let has = |codes: &[Code]| found.iter().any(|diagnostic| codes.contains(&diagnostic.code));
    if has(&[Code::Disk]) {
        DISK
    } else if has(&[
        Code::ConfigMissing,
        Code::ConfigSyntax,
        Code::ConfigUnknownKey,
        Code::ConfigValue,
        Code::NoContent,
        Code::ThemeMissing,
        Code::ThemeConfig,
        Code::NotUtf8,
        Code::UnreadableFile,
    ]) {
        USAGE
    } else {
        MISTAKES
    }
}
