//! The state of the output folder: what lies in it, and since when, without reading any of it.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::source;

/// The state of a folder and of all that lies in it.
#[derive(Debug)]
pub(super) struct Made {
    /// A hash of all of it: the same where nothing was touched.
    pub(super) print: Fingerprint,
    folder: PathBuf,
    /// The folders in it, in order.
    below: Vec<Arc<Self>>,
}

impl Made {
    /// Looks at a folder.
    ///
    /// # Errors
    ///
    /// Where something in it cannot be looked at.
    pub(super) fn look(folder: &Path) -> io::Result<Arc<Self>> {
        look(folder, None, &BTreeSet::new())
    }

    /// Looks at the folder again when files at these paths have come, changed or gone, and at
    /// nothing else: what somebody else has changed meanwhile is seen by the next build.
    ///
    /// # Errors
    ///
    /// Where something in it cannot be looked at.
    pub(super) fn after<'a>(
        &self,
        changes: impl Iterator<Item = &'a OutputPath>,
    ) -> io::Result<Arc<Self>> {
        let mut touched = BTreeSet::new();
        for path in changes {
            let file = self.folder.join(path.as_str());
            let above = file.ancestors().skip(1).take_while(|above| **above != self.folder);
            touched.extend(above.map(Path::to_owned));
        }
        look(&self.folder, Some(self), &touched)
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    fn below(&self, folder: &Path) -> Option<&Arc<Self>> {
        let place = self.below.binary_search_by(|known| known.folder.as_path().cmp(folder));
        Some(&self.below[place.ok()?])
    }
}

/// Looks into a folder, and into those below it that were not there before or were touched.
fn look(
    folder: &Path,
    before: Option<&Made>,
    touched: &BTreeSet<PathBuf>,
) -> io::Result<Arc<Made>> {
    let seen = source::look_into(folder)?;
    let below = seen.folders.into_par_iter().map(|folder| {
        let known = before.and_then(|before| before.below(&folder));
        match known.filter(|_| !touched.contains(&folder)) {
            Some(known) => Ok(Arc::clone(known)),
            None => look(&folder, known.map(|known| &**known), touched),
        }
    });
    let below: Vec<Arc<Made>> = below.collect::<io::Result<_>>()?;
    let states = std::iter::once(&seen.state).chain(below.iter().map(|below| &below.print));
    let print = Fingerprint::of_all(states);
    Ok(Arc::new(Made { print, folder: folder.to_owned(), below }))
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "a test writes where tests may")]
mod tests {
    use std::fs;

    use super::Made;
    use crate::path::OutputPath;

    #[test]
    fn what_was_changed_is_seen_again_and_nothing_else() {
        let root = std::env::temp_dir().join(format!("ibid-made-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let write = |path: &str| {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), path).unwrap();
        };
        ["index.html", "a/index.html", "a/b/index.html", "c/d/e.html", "g/h"]
            .into_iter()
            .for_each(write);
        let first = Made::look(&root).unwrap();
        assert_eq!(first.print, Made::look(&root).unwrap().print);
        assert_eq!(first.print, first.after([].into_iter()).unwrap().print);
        ["a/b/new.html", "c/x/y/z.html", "robots.txt"].into_iter().for_each(write);
        fs::remove_dir_all(root.join("g")).unwrap();
        let changes =
            ["a/b/new.html", "c/x/y/z.html", "g/h"].map(|path| OutputPath::new(path).unwrap());
        let (second, whole) = (first.after(changes.iter()).unwrap(), Made::look(&root).unwrap());
        assert_ne!(second.print, first.print);
        assert_eq!(second.print, whole.print);
        // Somebody else's change is no news of ours.
        write("c/d/other.html");
        let third = second.after(changes[..1].iter()).unwrap();
        assert_eq!(third.print, second.print);
        assert_ne!(third.print, Made::look(&root).unwrap().print);
        fs::remove_dir_all(&root).unwrap();
    }
}
