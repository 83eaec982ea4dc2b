//! All that is imported, on its way from one program to the other.

use std::collections::BTreeMap;

use super::call::{Call, Kind};
use super::cross_reference::Labels;
use super::draft::Draft;
use super::fields::Fields;
use super::head;
use super::loss::{Loss, LossKind};
use super::origin::{Dialect, Origin, Text, extension};
use super::people::People;
use super::site_toml::Settings;
use super::value::Map;
use crate::path::OutputPath;

/// How deep included files may include others, and how much they may be in all.
const DEEPEST: usize = 4;
const MOST: usize = 32 << 20;

/// A file that is copied.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Placed<'a> {
    /// Its path below the folder that is imported.
    pub(super) origin: &'a Origin,
    /// Its path below the site's root: `content/a.png`, `static/a.png`.
    pub(super) target: String,
}

/// All that is imported.
pub(super) struct Library<'a> {
    pub(super) dialect: Dialect,
    pub(super) origins: &'a [Origin],
    pub(super) drafts: Vec<Draft<'a>>,
    pub(super) placed: Vec<Placed<'a>>,
    pub(super) settings: Settings,
    pub(super) people: People,
    /// Pages that stand in no file: their paths below `content/`, and their texts.
    pub(super) made: Vec<(String, String)>,
    pub(super) losses: Vec<Loss>,
    /// What can be referred to, in Quarto.
    pub(super) labels: Labels,
    /// The settings of a project of Quarto, and its variables, which pages can show.
    pub(super) project: Map,
    pub(super) variables: Map,
    /// The main menu: names, and where each leads, as it was written.
    pub(super) menu: Vec<(String, String)>,
    /// How many bytes of files were put into others.
    pub(super) put_in: usize,
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for Origin {}

impl<'a> Library<'a> {
    /// Takes the files.
    pub(super) fn new(dialect: Dialect, origins: &'a [Origin]) -> Self {
        Self {
            dialect,
            origins,
            drafts: Vec::new(),
            placed: Vec::new(),
            settings: Settings::default(),
            people: People::default(),
            made: Vec::new(),
            losses: Vec::new(),
            labels: Labels::default(),
            project: Map::default(),
            variables: Map::default(),
            menu: Vec::new(),
            put_in: 0,
        }
    }

    /// The file at a path.
    pub(super) fn origin(&self, path: &str) -> Option<&'a Origin> {
        let at = self.origins.binary_search_by(|origin| origin.path.as_str().cmp(path)).ok()?;
        self.origins.get(at)
    }

    /// The text of a file.
    pub(super) fn text(&self, path: &str) -> Option<&'a str> {
        match &self.origin(path)?.text {
            Text::Read(text, _) => Some(text),
            _ => None,
        }
    }

    /// Reads a file of settings, where it is there, and lists what cannot be read in it.
    pub(super) fn read_settings(&mut self, path: &str) -> Option<Map> {
        let (map, faults) = head::settings(path, self.text(path)?);
        for fault in faults {
            let instead = "the keys that can be read are kept";
            self.lose(path, LossKind::FrontMatter, fault.message, instead);
        }
        Some(map)
    }

    /// The files that calls of a page include, by where each call begins. `paths` gives the paths
    /// at which one may lie, of its name and the folder of the page.
    pub(super) fn included(
        &mut self,
        draft: &Draft<'a>,
        calls: &[Call],
        depth: usize,
        paths: impl Fn(&str, &str) -> Vec<String>,
    ) -> BTreeMap<usize, Draft<'a>> {
        let mut all = BTreeMap::new();
        let is_include =
            |call: &&Call| call.name == "include" && !call.in_code && call.kind == Kind::Open;
        for call in calls.iter().filter(is_include).filter(|_| depth < DEEPEST) {
            let Some(file) = call.arguments.positional.first() else { continue };
            let candidates = paths(file, draft.folder()).into_iter().flat_map(|path| {
                [
                    path.clone(),
                    format!("{path}.md"),
                    format!("{path}/index.md"),
                    format!("{path}/_index.md"),
                ]
            });
            let mut there = candidates.filter_map(|path| self.origin(&path));
            if let Some(origin) = there.next()
                && let Text::Read(text, _) = &origin.text
                && self.put_in + text.len() <= MOST
            {
                self.put_in += text.len();
                let path = origin.path.as_str();
                let mut part = Draft::new(path, text, draft.target.clone(), &mut Vec::new());
                part.addresses = draft.addresses.clone();
                all.insert(call.range.start, part);
            }
        }
        all
    }

    /// Takes a file as a page, unless it is no text.
    pub(super) fn page(&mut self, origin: &'a Origin, target: String) {
        let whole = |kind, what: String, instead: &str| Loss {
            file: origin.path.clone(),
            line: 1,
            column: 1,
            kind,
            what,
            instead: instead.to_owned(),
        };
        match &origin.text {
            Text::Read(text, odd) => {
                if let Some(line) = odd {
                    let what = "the file is not UTF-8".to_owned();
                    let loss = whole(LossKind::Encoding, what, "read as well as can be");
                    self.losses.push(Loss { line: *line, ..loss });
                }
                // A plain name, whatever the file was called: `.mdx`, `.qmd`.
                let target = match extension(&target).as_str() {
                    "md" | "markdown" => target,
                    _ => format!("{}.md", target.rsplit_once('.').map_or(&*target, |(all, _)| all)),
                };
                self.drafts.push(Draft::new(&origin.path, text, target, &mut self.losses));
            }
            Text::Not(why) => {
                self.losses.push(whole(LossKind::File, why.clone(), "left out"));
            }
            Text::Unread => {}
        }
    }

    /// Takes the front matter of every page.
    pub(super) fn fields(&mut self) {
        for draft in &mut self.drafts {
            let is_section = draft.target.rsplit('/').next() == Some("_index.md");
            let mut fields = Fields {
                settings: &mut self.settings,
                people: &mut self.people,
                losses: &mut self.losses,
                is_section,
            };
            fields.take(draft);
        }
    }

    /// Takes a file to be copied.
    pub(super) fn place(&mut self, origin: &'a Origin, target: String) {
        self.placed.push(Placed { origin, target });
    }

    /// Notes a loss of a whole file.
    pub(super) fn lose(
        &mut self,
        path: &str,
        kind: LossKind,
        what: impl Into<String>,
        instead: impl Into<String>,
    ) {
        let (what, instead) = (what.into(), instead.into());
        self.losses.push(Loss { file: path.to_owned(), line: 1, column: 1, kind, what, instead });
    }

    /// Notes the files of a folder that the old program made pages with, once.
    pub(super) fn lose_folder(&mut self, folder: &str, what: &str) {
        let inside = |origin: &&Origin| {
            origin.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        let count = self.origins.iter().filter(inside).count();
        if count > 0 {
            let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
            let instead = "left out: themes of ibid are another matter";
            self.lose(folder, LossKind::Theme, format!("{what}: {files}"), instead);
        }
    }

    /// Sees to it that no two files have one path, and none a path that cannot be served.
    pub(super) fn settle(&mut self) {
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let mut losses = Vec::new();
        for draft in &mut self.drafts {
            let safe = safe_path(&draft.target);
            let free = free_path(&safe, &mut taken);
            if free != draft.target {
                let what = format!("the path `content/{}` is taken or cannot be", draft.target);
                let instead = format!("`content/{free}`");
                losses.push(draft.script.loss(0, LossKind::Address, what, instead));
                draft.target = free;
            }
        }
        let mut all: BTreeMap<String, usize> = BTreeMap::new();
        for (path, count) in taken {
            all.insert(format!("content/{path}"), count);
        }
        for placed in &mut self.placed {
            let safe = safe_path(&placed.target);
            let free = free_path(&safe, &mut all);
            if free != placed.target {
                losses.push(Loss {
                    file: placed.origin.path.clone(),
                    line: 1,
                    column: 1,
                    kind: LossKind::Address,
                    what: format!("the path `{}` is taken or cannot be", placed.target),
                    instead: format!("`{free}`"),
                });
                placed.target = free;
            }
        }
        self.losses.append(&mut losses);
    }
}

/// A path whose parts can be served and are read.
fn safe_path(path: &str) -> String {
    let part = |part: &str| {
        let kept: String =
            part.chars().map(|c| if c.is_control() || c == '\\' { '-' } else { c }).collect();
        // Hidden files are no part of the content.
        let kept = kept.trim_start_matches('.').trim_start_matches(".#").to_owned();
        let kept = kept.trim_end_matches('~').to_owned();
        if kept.is_empty() { "unnamed".to_owned() } else { kept }
    };
    let is_static = path.starts_with("static/");
    let parts: Vec<String> = path
        .split('/')
        .map(
            |one| {
                if is_static && OutputPath::new(one).is_ok() { one.to_owned() } else { part(one) }
            },
        )
        .collect();
    parts.join("/")
}

/// The path, or the next one that is free; capitals do not tell two files apart everywhere.
fn free_path(path: &str, taken: &mut BTreeMap<String, usize>) -> String {
    let (stem, extension) = match path.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => (stem, format!(".{extension}")),
        _ => (path, String::new()),
    };
    let mut number = taken.get(&path.to_lowercase()).copied().unwrap_or(0);
    loop {
        let name = match number {
            0 => path.to_owned(),
            number => format!("{stem}-{}{extension}", number + 1),
        };
        let low = name.to_lowercase();
        if number == 0 || !taken.contains_key(&low) {
            taken.insert(path.to_lowercase(), number + 1);
            taken.entry(low).or_insert(1);
            return name;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{free_path, safe_path};
    use std::collections::BTreeMap;

    #[test]
    fn no_two_files_have_one_path() {
        let mut taken = BTreeMap::new();
        let all =
            ["a.md", "A.md", "a.md", "a-2.md", "b", "b"].map(|path| free_path(path, &mut taken));
        assert_eq!(all, ["a.md", "A-2.md", "a-3.md", "a-2-2.md", "b", "b-2"]);
    }

    #[test]
    fn paths_are_made_safe() {
        assert_eq!(safe_path("a\nb/.c.md"), "a-b/c.md");
        assert_eq!(safe_path("static/.well-known/x"), "static/.well-known/x");
    }
}
