//! What a watcher is to look at: the files whose change can change a site, and no other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use super::name::is_leftover;
use super::place::AUTHORS;
use super::stamp::{Moment, Stamp};
use crate::fingerprint::Fingerprint;
use crate::path::SourcePath;

/// The watched part of a site's root: the author's folders, what links in them lead to, and
/// the single files that the last build looked for.
///
/// Whatever else lies at the root (the output, a log, a folder of another program) is none of
/// it: a file that something writes all the time would have the site built all the time.
#[derive(Clone, Debug)]
pub struct Watched {
    root: PathBuf,
    /// Files and folders within the root to which links in the author's folders lead.
    linked: BTreeSet<PathBuf>,
    /// Single files, relative to the root.
    single: BTreeSet<String>,
}

/// The state of every watched file at one moment.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Survey {
    files: BTreeMap<String, Stamp>,
}

impl Watched {
    /// What is watched in the root of a site, whose configuration is `config`, before anything
    /// was built.
    ///
    /// # Errors
    ///
    /// Where there is no such folder.
    pub fn new(root: &Path, config: &SourcePath) -> io::Result<Self> {
        let single = BTreeSet::from([config.to_string()]);
        let mut watched = Self { root: fs::canonicalize(root)?, linked: BTreeSet::new(), single };
        watched.find_links();
        Ok(watched)
    }

    /// Watches these single files, and no others; tells whether that is news.
    pub fn set_single(&mut self, files: &BTreeSet<SourcePath>) -> bool {
        let single: BTreeSet<String> = files.iter().map(ToString::to_string).collect();
        let is_new = single != self.single;
        self.single = single;
        is_new
    }

    /// Finds anew what links in the author's folders lead to.
    pub fn find_links(&mut self) {
        self.linked.clear();
        let mut open: Vec<PathBuf> = AUTHORS.iter().map(|name| self.root.join(name)).collect();
        while let Some(folder) = open.pop() {
            let entries = WalkDir::new(&folder).into_iter().filter_map(Result::ok);
            for link in entries.filter(DirEntry::path_is_symlink) {
                let Ok(target) = fs::canonicalize(link.path()) else { continue };
                let is_known = self.is_within_folders(&target);
                if target.starts_with(&self.root) && target != self.root && !is_known {
                    self.linked.insert(target.clone());
                    open.push(target);
                }
            }
        }
    }

    /// The folders that are watched with all that lies in them.
    pub fn folders(&self) -> Vec<PathBuf> {
        let own = AUTHORS.iter().map(|name| self.root.join(name));
        own.chain(self.linked.iter().cloned()).filter(|path| path.is_dir()).collect()
    }

    /// The folders that are watched for single files in them alone, the root among them.
    pub fn folders_of_single(&self) -> Vec<PathBuf> {
        let files = self.single.iter().map(|name| self.root.join(name));
        let mut folders = BTreeSet::from([self.root.clone()]);
        for file in files.chain(self.linked.iter().cloned()) {
            // Where a folder is not there yet, the one above tells when it comes.
            let above = file.ancestors().skip(1).take_while(|path| path.starts_with(&self.root));
            folders.extend(above.map(Path::to_owned));
        }
        folders.into_iter().filter(|path| path.is_dir() && !self.is_within_folders(path)).collect()
    }

    /// The path relative to the root of something whose change may change the site; none of
    /// anything else.
    pub fn name(&self, path: &Path) -> Option<String> {
        let inside = path.strip_prefix(&self.root).ok()?;
        let parts = inside.components().map(|part| part.as_os_str().to_string_lossy());
        let mut name = String::with_capacity(inside.as_os_str().len());
        for part in parts {
            if !name.is_empty() {
                name.push('/');
            }
            name.push_str(&part);
        }
        // What an editor leaves behind is a file: a folder may be called as it likes.
        let is_leftover = is_leftover(inside.file_name()?.as_encoded_bytes());
        if is_leftover && !self.is_folder(path) {
            return None;
        }
        // A folder that comes or goes brings or takes what is in it.
        let is_at_or_below = |file: &String| {
            let rest = file.strip_prefix(&name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let is_single = self.single.iter().any(is_at_or_below);
        let is_above_link = self.linked.iter().any(|target| target.starts_with(path));
        // Hosts want `.well-known` and the like, other hidden files are no part of a site.
        let is_shown =
            name.split('/').take_while(|part| *part != "static").all(|part| !part.starts_with('.'));
        let is_inside = self.is_within_folders(path) && is_shown;
        (is_single || is_above_link || is_inside).then_some(name)
    }

    /// Tells whether a path is a folder, and no link to one.
    pub fn is_folder(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
    }

    /// Tells whether something lies at a path that [`name`](Self::name) gave.
    pub fn is_there(&self, name: &str) -> bool {
        fs::symlink_metadata(self.root.join(name)).is_ok()
    }

    /// Tells whether a path that [`name`](Self::name) gave is a link.
    pub fn is_link(&self, name: &str) -> bool {
        fs::symlink_metadata(self.root.join(name)).is_ok_and(|metadata| metadata.is_symlink())
    }

    /// The root, by its real path.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Looks at every watched file. What cannot be looked at is left out.
    pub fn survey(&self) -> Survey {
        let mut files = Vec::new();
        let singles = self.single.iter().map(|name| self.root.join(name));
        for path in singles.chain(self.linked.iter().cloned()) {
            if let Some((name, metadata)) = self.name(&path).zip(fs::metadata(&path).ok()) {
                files.push((name, Stamp::of(&metadata)));
            }
        }
        for folder in self.folders() {
            let mut entries = WalkDir::new(folder).into_iter();
            while let Some(entry) = entries.next() {
                let Ok(entry) = entry else { continue };
                match self.name(entry.path()) {
                    Some(name) => {
                        files.extend(entry.metadata().ok().map(|seen| (name, Stamp::of(&seen))));
                    }
                    None if entry.depth() > 0 && entry.file_type().is_dir() => {
                        entries.skip_current_dir();
                    }
                    None => {}
                }
            }
        }
        // Of what was come by twice, the walk has the last word.
        Survey { files: files.into_iter().collect() }
    }

    /// The fingerprint of each of these files, by the names that [`name`](Self::name) gives;
    /// none of a file that cannot be read.
    pub fn fingerprints(&self, names: Vec<String>) -> BTreeMap<String, Option<Fingerprint>> {
        let of = |name: &String| {
            let path = self.root.join(name);
            // To open a pipe is to wait for a writer.
            fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
            Fingerprint::of_reader(fs::File::open(&path).ok()?).ok()
        };
        names.into_iter().map(|name| (of(&name), name)).map(|(print, name)| (name, print)).collect()
    }

    /// Looks at the single files alone.
    pub fn survey_single(&self) -> Survey {
        let look = |name: &String| {
            let metadata = fs::metadata(self.root.join(name)).ok()?;
            Some((name.clone(), Stamp::of(&metadata)))
        };
        Survey { files: self.single.iter().filter_map(look).collect() }
    }

    /// Tells whether a path lies in a folder that is watched with all that lies in it.
    pub fn is_within_folders(&self, path: &Path) -> bool {
        let inside = path.strip_prefix(&self.root).ok();
        let top = inside.and_then(|inside| inside.components().next());
        top.is_some_and(|top| AUTHORS.iter().any(|name| top.as_os_str() == *name))
            || self.linked.iter().any(|target| path.starts_with(target))
    }
}

impl Survey {
    /// The files that are too young to be told by their times: they may have changed after a
    /// build began, or change once more, and look the same.
    pub fn young(&self, begun: Moment) -> Vec<String> {
        let young = self.files.iter().filter(|(_, stamp)| stamp.is_young(begun));
        young.map(|(name, _)| name.clone()).collect()
    }

    /// Tells whether a file was there.
    pub fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// Forgets a file.
    pub fn forget(&mut self, name: &str) {
        self.files.remove(name);
    }

    /// Adds the files of another survey that were not looked at in this one.
    pub fn add(&mut self, other: Self) {
        for (name, stamp) in other.files {
            self.files.entry(name).or_insert(stamp);
        }
    }

    /// The files that are not as they were, in order.
    pub fn changed_since(&self, before: &Self) -> Vec<String> {
        let gone = before.files.keys().filter(|name| !self.files.contains_key(*name));
        let changed =
            self.files.iter().filter(|(name, stamp)| before.files.get(*name) != Some(*stamp));
        let mut names: Vec<String> = changed.map(|(name, _)| name).chain(gone).cloned().collect();
        names.sort_unstable();
        names
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use super::super::stamp::{Moment, Stamp};
    use super::{Survey, Watched};

    fn name(path: &str) -> Option<String> {
        let single = BTreeSet::from(["site.toml".into(), "data/deep/x.csv".into()]);
        let linked = BTreeSet::from(["/site/docs/guide".into()]);
        Watched { root: "/site".into(), linked, single }.name(Path::new(path))
    }

    #[test]
    fn a_file_of_whole_seconds_is_young_for_two() {
        let at = |milliseconds| SystemTime::UNIX_EPOCH + Duration::from_millis(milliseconds);
        let is_young = |modified, begun| {
            let stamp = Stamp { size: 1, modified: Some(at(modified)), identity: [0; 3] };
            let survey = Survey { files: [("a".to_owned(), stamp)].into() };
            !survey.young(Moment::from(at(begun))).is_empty()
        };
        assert!(is_young(9_990, 10_000) && !is_young(9_970, 10_000));
        assert!(is_young(9_000, 10_990) && !is_young(9_000, 11_030));
    }

    #[test]
    fn what_a_build_may_read_is_watched() {
        for path in [
            "site.toml",
            "content/a.md",
            "themes/x/static/.nojekyll",
            "static/.well-known/x",
            "data/deep/x.csv",
            "data",
            "docs",
            "docs/guide/a.md",
        ] {
            assert_eq!(name(&format!("/site/{path}")).as_deref(), Some(path));
        }
    }

    #[test]
    fn nothing_else_is() {
        for path in [
            "",
            "serve.log",
            "site.toml~",
            ".git/index",
            ".ibid/cache",
            "public/index.html",
            "data/deep/y.csv",
            "docs/other.md",
            "content/.obsidian/workspace.json",
            "content/a.md~",
            "content/.a.md.swp",
        ] {
            assert_eq!(name(&format!("/site/{path}")), None, "{path}");
        }
        assert_eq!(name("/elsewhere/content/a.md"), None);
    }
}
