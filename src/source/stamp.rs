//! The state of one file, without reading it.

use std::fs;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// When a build began.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment(SystemTime);

impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Self {
        Self(time)
    }
}

/// How much older than the clock of the system the times of its files may be.
const GRAIN: Duration = Duration::from_millis(20);

/// What tells one state of a file from another without reading it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stamp {
    pub(super) size: u64,
    pub(super) modified: Option<SystemTime>,
    /// The number of the file and the moment of its last change of any kind, where the system
    /// has them: a file that is renamed into place may be as old and as long as the one before.
    pub(super) identity: [i64; 3],
}

impl Stamp {
    /// A folder changes when a file in it comes or goes, and those are seen themselves.
    pub(super) const FOLDER: Self = Self { size: 0, modified: None, identity: [0; 3] };

    /// Whether a file is too young to be told by its times: it may have changed after a build
    /// began, or change once more, and look the same.
    pub fn is_young(&self, begun: Moment) -> bool {
        *self != Self::FOLDER && self.latest().is_none_or(|time| time >= begun.0 - GRAIN)
    }

    /// The last moment at which it can have changed, as far as its times tell.
    fn latest(&self) -> Option<SystemTime> {
        let [_, seconds, nanoseconds] = self.identity;
        let seconds = Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
        let more = Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or_default());
        let time = self.modified?.max(SystemTime::UNIX_EPOCH + seconds + more);
        let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        // Some file systems count whole seconds, or every other.
        let is_coarse = since.subsec_nanos() == 0;
        Some(if is_coarse { time + Duration::from_secs(2) } else { time })
    }

    pub(super) fn of(metadata: &fs::Metadata) -> Self {
        if metadata.is_dir() {
            return Self::FOLDER;
        }
        let identity = identity(metadata);
        Self { size: metadata.len(), modified: metadata.modified().ok(), identity }
    }

    /// Appends its parts.
    pub(super) fn push(&self, text: &mut Vec<u8>) {
        text.extend(self.size.to_le_bytes());
        let since = self.modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        text.extend(since.unwrap_or_default().as_nanos().to_le_bytes());
        self.identity.iter().for_each(|part| text.extend(part.to_le_bytes()));
    }
}

#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> [i64; 3] {
    use std::os::unix::fs::MetadataExt;
    [metadata.ino().cast_signed(), metadata.ctime(), metadata.ctime_nsec()]
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> [i64; 3] {
    [0; 3]
}
