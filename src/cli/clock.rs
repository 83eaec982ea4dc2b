//! The date of a build: asked for, from the environment, or today.

use std::time::SystemTime;

use crate::date::Date;
use crate::fingerprint::Fingerprint;
use crate::pipeline::Recall;
use crate::source;

/// The date of a build: `--now`, else `SOURCE_DATE_EPOCH`, else today.
///
/// # Errors
///
/// Says which of them is no date.
pub(super) fn date(asked: Option<&str>) -> Result<Date, String> {
    if let Some(asked) = asked {
        return Date::parse(asked)
            .ok_or_else(|| format!("`--now {asked}` is no date such as `2026-03-01`"));
    }
    if let Ok(seconds) = std::env::var("SOURCE_DATE_EPOCH")
        && !seconds.is_empty()
    {
        let date = seconds.trim().parse().ok().and_then(Date::from_unix);
        return date.ok_or_else(|| {
            format!("the variable SOURCE_DATE_EPOCH is `{seconds}`, which is no number of seconds")
        });
    }
    let today = jiff::Zoned::now().date().to_string();
    Date::parse(&today).ok_or_else(|| format!("the system's clock shows `{today}`"))
}

/// By what this build knows an earlier one; none where it is to know none, or cannot tell which
/// program it is itself.
pub(super) fn recall(no_cache: bool) -> Option<Recall> {
    if no_cache {
        return None;
    }
    // Another build of the same version may write something else.
    let program = std::env::current_exe().and_then(|file| source::state_of_file(&file)).ok()?;
    let parts = [env!("CARGO_PKG_VERSION").as_bytes(), program.as_bytes()];
    Some(Recall { program: Fingerprint::of_parts(parts), begun: SystemTime::now().into() })
}
