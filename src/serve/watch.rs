//! Waits for files of the site to change. Owner of `notify`.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{EventKind, ModifyKind, RenameMode};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::path::SourcePath;
use crate::source::{Survey, Watched};

/// How long files have to be at rest. An editor writes, renames and touches within a few
/// milliseconds.
const REST: Duration = Duration::from_millis(20);

/// How long is waited for that rest: what a program writes all the time is not waited for.
const LONGEST: Duration = Duration::from_millis(300);

/// How often files are looked at where the system tells of no changes.
const GLANCE: Duration = Duration::from_millis(1000);

/// What changed since the last build.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Changes {
    /// The files, as far as they are known.
    pub(super) files: Vec<String>,
    /// Why files are looked at from now on; none where nothing changed about that.
    pub(super) polling: Option<String>,
}

/// Watches the files of a site.
pub(super) struct Watch {
    watched: Watched,
    /// None where files are looked at.
    watcher: Option<RecommendedWatcher>,
    notices: Receiver<Notice>,
    /// What was seen when files were last looked at.
    seen: Option<Survey>,
    /// Why files are looked at.
    polling: Option<String>,
    /// What changed before it was watched.
    missed: Vec<String>,
}

/// What the system tells.
enum Notice {
    /// Something happened to these paths.
    Touched(Vec<PathBuf>),
    /// These came to be: folders among them may not be watched yet.
    Made(Vec<PathBuf>),
    /// The system lost count.
    Overflow,
    /// The system tells no more.
    Lost(String),
}

impl Watch {
    /// Begins to watch the folder of a site; `polling` looks at files without asking the system.
    ///
    /// # Errors
    ///
    /// Where there is no such folder.
    pub(super) fn begin(root: &Path, config: &SourcePath, polling: bool) -> io::Result<Self> {
        let watched = Watched::new(root, config)?;
        let (sender, notices) = mpsc::channel();
        let mut watch =
            Self { watched, watcher: None, notices, seen: None, polling: None, missed: Vec::new() };
        match polling {
            true => watch.look("`--poll` asks for it".to_owned()),
            false => {
                if let Err(why) = watch.listen(sender) {
                    watch.look(why);
                }
            }
        }
        Ok(watch)
    }

    /// Why files are looked at; none where the system tells of changes.
    pub(super) fn polling(&self) -> Option<String> {
        self.polling.clone()
    }

    /// Watches the single files that a build looked for, wherever they lie; the build began at
    /// `since`. Gives the reason why files are looked at from now on, if that is new.
    pub(super) fn also(
        &mut self,
        files: &BTreeSet<SourcePath>,
        since: SystemTime,
    ) -> Option<String> {
        if !self.watched.set_single(files) {
            return None;
        }
        // What changed between being read and being watched would go unnoticed.
        self.missed.extend(self.watched.survey_single().young(since.into()));
        if let Some(seen) = &mut self.seen {
            seen.add(self.watched.survey_single());
        }
        let why = self.cover_single().err()?;
        self.look(why.clone());
        Some(why)
    }

    /// Waits until a file of the site has changed, and all of them are at rest.
    ///
    /// What changes after it returns is told by the next call.
    pub(super) fn wait(&mut self) -> Changes {
        loop {
            if let Some(changes) = self.wait_for(GLANCE) {
                return changes;
            }
        }
    }

    /// As [`Self::wait`], but no longer than this for the first change; none where there was
    /// none. Where files are looked at, that takes its time.
    pub(super) fn wait_for(&mut self, longest: Duration) -> Option<Changes> {
        if !self.missed.is_empty() {
            return Some(Changes { files: std::mem::take(&mut self.missed), polling: None });
        }
        match self.watcher {
            Some(_) => self.hear(longest),
            None => self.glance(),
        }
    }

    /// Asks the system to tell of changes.
    fn listen(&mut self, sender: Sender<Notice>) -> Result<(), String> {
        // Links within the site lead to what is watched anyway, and others out of it.
        let config = Config::default().with_follow_symlinks(false);
        let told = move |event: notify::Result<Event>| {
            if let Some(notice) = notice(event) {
                // Nobody listens any more once the program ends.
                let _ = sender.send(notice);
            }
        };
        let watcher = RecommendedWatcher::new(told, config).map_err(|error| why(&error))?;
        self.watcher = Some(watcher);
        self.cover_single()?;
        self.cover(&self.watched.folders())
    }

    /// Watches folders with all that lies in them. A folder may be watched already.
    fn cover(&mut self, folders: &[PathBuf]) -> Result<(), String> {
        folders.iter().try_for_each(|folder| self.add(folder, RecursiveMode::Recursive))
    }

    /// Watches the folders of single files, the root among them.
    fn cover_single(&mut self) -> Result<(), String> {
        let folders = self.watched.folders_of_single();
        folders.iter().try_for_each(|folder| self.add(folder, RecursiveMode::NonRecursive))
    }

    fn add(&mut self, folder: &Path, mode: RecursiveMode) -> Result<(), String> {
        let Some(watcher) = &mut self.watcher else { return Ok(()) };
        for attempt in 0.. {
            match watcher.watch(folder, mode) {
                Ok(()) => break,
                // Where a folder in it goes while it is walked, the walk ends too early.
                Err(error) if is_gone(&error) && attempt < 5 => {}
                // What comes back is told by the folder above.
                Err(error) if is_gone(&error) && !self.watched.is_folder(folder) => break,
                Err(error) => return Err(why(&error)),
            }
        }
        Ok(())
    }

    /// Watches the folders that came to be.
    fn cover_new(&mut self, batch: &Batch) -> Result<(), String> {
        if batch.made.iter().any(|name| self.watched.is_link(name)) {
            self.watched.find_links();
            self.cover(&self.watched.folders())?;
        }
        let new = batch.new_folders(&self.watched);
        if new.is_empty() {
            return Ok(());
        }
        let (inside, above): (Vec<_>, Vec<_>) =
            new.into_iter().partition(|path| self.watched.is_within_folders(path));
        self.cover(&inside)?;
        if above.is_empty() { Ok(()) } else { self.cover_single() }
    }

    /// Looks at files from now on, because the system tells of no changes.
    fn look(&mut self, why: String) {
        self.watcher = None;
        self.seen = Some(self.watched.survey());
        self.polling = Some(why);
    }

    /// Listens to the system; none where nothing of the site changed.
    fn hear(&mut self, longest: Duration) -> Option<Changes> {
        let first = match self.notices.recv_timeout(longest) {
            Ok(notice) => notice,
            Err(RecvTimeoutError::Timeout) => return None,
            Err(RecvTimeoutError::Disconnected) => Notice::Lost("it stopped".to_owned()),
        };
        let mut batch = Batch::default();
        let mut latest = Some(first);
        let end = Instant::now() + LONGEST;
        while let Some(notice) = latest {
            batch.add(notice, &self.watched);
            let left = end.saturating_duration_since(Instant::now());
            latest = match self.notices.recv_timeout(REST.min(left)) {
                Ok(notice) if !left.is_zero() => Some(notice),
                Ok(notice) => {
                    batch.add(notice, &self.watched);
                    None
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
            };
        }
        if batch.lost.is_none() {
            batch.lost = self.cover_new(&batch).err();
        }
        if let Some(why) = batch.lost.take() {
            self.look(why);
            return Some(Changes { files: batch.files(&self.watched), polling: self.polling() });
        }
        if batch.overflowed {
            // A build opens every file, of which the system tells too. A site so large that it
            // loses count over that must not be built for ever: files are looked at.
            let now = self.watched.survey();
            let before = self.seen.replace(now.clone());
            match before {
                Some(before) => batch.touched.extend(now.changed_since(&before)),
                None => return Some(Changes { files: batch.files(&self.watched), polling: None }),
            }
        }
        let files = batch.files(&self.watched);
        (!files.is_empty()).then_some(Changes { files, polling: None })
    }

    /// Looks at files after a while; none where nothing changed.
    fn glance(&mut self) -> Option<Changes> {
        std::thread::sleep(GLANCE);
        let before = self.seen.take().unwrap_or_default();
        let mut now = self.watched.survey();
        let mut files: BTreeSet<String> = now.changed_since(&before).into_iter().collect();
        if !files.is_empty() {
            let end = Instant::now() + LONGEST;
            while Instant::now() < end {
                std::thread::sleep(REST);
                let later = self.watched.survey();
                let more = later.changed_since(&now);
                now = later;
                if more.is_empty() {
                    break;
                }
                files.extend(more);
            }
        }
        self.seen = Some(now);
        let files: Vec<String> = files.into_iter().collect();
        (!files.is_empty()).then_some(Changes { files, polling: None })
    }
}

/// What the system told until it was quiet.
#[derive(Default)]
struct Batch {
    touched: BTreeSet<String>,
    made: BTreeSet<String>,
    overflowed: bool,
    lost: Option<String>,
}

impl Batch {
    fn add(&mut self, notice: Notice, watched: &Watched) {
        let names = |paths: &[PathBuf]| {
            paths.iter().filter_map(|path| watched.name(path)).collect::<Vec<_>>()
        };
        match notice {
            Notice::Touched(paths) => self.touched.extend(names(&paths)),
            Notice::Made(paths) => {
                let names = names(&paths);
                self.touched.extend(names.iter().cloned());
                self.made.extend(names);
            }
            Notice::Overflow => self.overflowed = true,
            Notice::Lost(why) => self.lost = Some(why),
        }
    }

    /// The folders that came to be, without those in another of them.
    fn new_folders(&self, watched: &Watched) -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = Vec::new();
        for path in self.made.iter().map(|name| watched.root().join(name)) {
            let is_inside = folders.last().is_some_and(|outer| path.starts_with(outer));
            if !is_inside && watched.is_folder(&path) {
                folders.push(path);
            }
        }
        folders
    }

    /// The files, without those that an editor made and renamed in between, and without the
    /// folders of others.
    fn files(&self, watched: &Watched) -> Vec<String> {
        let all = &self.touched;
        let is_passing = |name: &&String| self.made.contains(*name) && !watched.is_there(name);
        let holds_others = |name: &&String| {
            let inside = format!("{name}/");
            all.range(inside.clone()..).next().is_some_and(|next| next.starts_with(&inside))
        };
        let files: Vec<String> =
            all.iter().filter(|name| !is_passing(name) && !holds_others(name)).cloned().collect();
        if files.is_empty() { all.iter().cloned().collect() } else { files }
    }
}

/// What an event of the system says; none where it says nothing of a change.
fn notice(event: notify::Result<Event>) -> Option<Notice> {
    let event = match event {
        Ok(event) => event,
        Err(error) => return Some(Notice::Lost(why(&error))),
    };
    if event.need_rescan() {
        return Some(Notice::Overflow);
    }
    let renamed = ModifyKind::Name(RenameMode::To);
    match event.kind {
        // A build reads every file, of which the system tells as well.
        EventKind::Access(_) => None,
        EventKind::Create(_) => Some(Notice::Made(event.paths)),
        EventKind::Modify(kind) if kind == renamed => Some(Notice::Made(event.paths)),
        _ => Some(Notice::Touched(event.paths)),
    }
}

fn is_gone(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

/// The reason of the system, in words.
fn why(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "there are more folders than the system watches for one user".to_owned()
        }
        notify::ErrorKind::Io(error) => crate::source::reason(error),
        _ => error.to_string().to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::sync::mpsc::{self, Sender};

    use super::{Changes, GLANCE, Notice, Watch};
    use crate::path::SourcePath;
    use crate::source::Watched;

    /// A site that is watched by hand.
    fn watch(name: &str) -> (PathBuf, Sender<Notice>, Watch) {
        let root = std::env::temp_dir().join(format!("ibid-watch-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("content")).unwrap();
        fs::write(root.join("content/a.md"), "one").unwrap();
        let watched = Watched::new(&root, &SourcePath::new("site.toml")).unwrap();
        let root = watched.root().to_owned();
        let (sender, notices) = mpsc::channel();
        let watch = Watch {
            watched,
            watcher: None,
            notices,
            seen: None,
            polling: None,
            missed: Vec::new(),
        };
        (root, sender, watch)
    }

    fn of(files: &[&str]) -> Option<Changes> {
        let files = files.iter().map(|&file| file.to_owned()).collect();
        Some(Changes { files, polling: None })
    }

    #[test]
    fn an_overflow_leads_to_one_build_a_change() {
        let (root, sender, mut watch) = watch("overflow");
        sender.send(Notice::Overflow).unwrap();
        assert_eq!(watch.hear(GLANCE), of(&[]), "nobody knows what changed");
        sender.send(Notice::Overflow).unwrap();
        assert_eq!(watch.hear(GLANCE), None, "a build that overflows is not built for ever");
        fs::write(root.join("content/b.md"), "two").unwrap();
        sender.send(Notice::Overflow).unwrap();
        assert_eq!(watch.hear(GLANCE), of(&["content/b.md"]));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_system_that_tells_no_more_is_done_without() {
        let (root, sender, mut watch) = watch("lost");
        sender.send(Notice::Lost("it is full".to_owned())).unwrap();
        let changes = watch.hear(GLANCE).unwrap();
        assert_eq!(changes.polling.as_deref(), Some("it is full"));
        assert_eq!(watch.glance(), None);
        fs::write(root.join("content/a.md"), "three").unwrap();
        assert_eq!(watch.glance(), of(&["content/a.md"]));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn what_an_editor_made_in_between_is_not_named() {
        let (root, sender, mut watch) = watch("between");
        let at = |name: &str| vec![root.join(name)];
        for notice in [
            Notice::Made(at("content/4913")),
            Notice::Touched(at("content/4913")),
            Notice::Touched(at("content/a.md~")),
            Notice::Made(at("content/a.md")),
            Notice::Touched(at("public/a/index.html")),
            Notice::Touched(at("content")),
        ] {
            sender.send(notice).unwrap();
        }
        assert_eq!(watch.hear(GLANCE), of(&["content/a.md"]));
        sender.send(Notice::Touched(at("public/a/index.html"))).unwrap();
        assert_eq!(watch.hear(GLANCE), None);
        fs::remove_dir_all(root).unwrap();
    }
}
