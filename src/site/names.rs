//! What pages and files are called, for wikilinks.

use std::collections::BTreeMap;

use super::assets::{AssetId, Assets};
use super::pages::{PageId, Pages};
use crate::page::{Page, TitleFrom, split_date};
use crate::path;
use crate::text::fold::fold;

/// The names of all pages and files, each in the form in which names are compared.
#[derive(Debug, Default)]
pub(super) struct Names {
    paths: BTreeMap<String, Vec<PageId>>,
    titles: BTreeMap<String, Vec<PageId>>,
    aliases: BTreeMap<String, Vec<PageId>>,
    files: BTreeMap<String, Vec<PageId>>,
    assets: BTreeMap<String, Vec<AssetId>>,
    /// The paths of pages that are not built, by every name they have.
    held: BTreeMap<String, String>,
}

/// What a name stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Sought<T> {
    /// One thing.
    One(T),
    /// Several, none of which is nearer than the others.
    Many(Vec<T>),
    /// Nothing.
    None,
}

impl Names {
    pub(super) fn new(pages: &Pages, assets: &Assets) -> Self {
        let mut names = Self::default();
        for id in pages.ids() {
            let page = pages.page(id);
            let path = without_extension(&page.card.relative_path);
            add(&mut names.paths, path_key(path), id);
            if let Some(title) = own_title(page) {
                add(&mut names.titles, key(title), id);
            }
            for alias in &page.front_matter.aliases {
                add(&mut names.aliases, alias_key(alias.get_ref()), id);
            }
            for file in file_keys(path) {
                add(&mut names.files, file, id);
            }
        }
        for (id, asset) in assets.ids().map(|id| (id, assets.asset(id))) {
            if asset.output.is_some() {
                let name = asset.file.path.as_str().rsplit('/').next().unwrap_or_default();
                add(&mut names.assets, key(name), id);
            }
        }
        for held in pages.held().pages() {
            let path = without_extension(&held.card.relative_path);
            let aliases = held.front_matter.aliases.iter();
            let all = [path_key(path)].into_iter();
            let all = all.chain(own_title(held).map(key)).chain(file_keys(path));
            for name in all.chain(aliases.map(|alias| alias_key(alias.get_ref()))) {
                names.held.entry(name).or_insert_with(|| held.card.relative_path.clone());
            }
        }
        names
    }

    /// Finds the page that a name stands for on the page `from`: by path, then by title, by
    /// alias and by the name of its file.
    pub(super) fn page(&self, name: &str, from: &Page, pages: &Pages) -> Sought<PageId> {
        let folders = folders(from);
        let path = |id: PageId| pages.page(id).card.relative_path.as_str();
        let near = |id: PageId, folder: &str| home(path(id)) == folder;
        let choose = |all, exact: &dyn Fn(PageId) -> bool| choose(all, exact, &near, &folders);
        let bare = without_extension(name);
        for way in ways(bare, &folders) {
            let exact = |id: PageId| without_extension(path(id)) == way;
            let found = choose(self.paths.get(&path_key(&way)), &exact);
            if found != Sought::None {
                return found;
            }
        }
        let wanted = key(name);
        if wanted.is_empty() || is_from_here(name) {
            return Sought::None;
        }
        if bare.len() == name.len() {
            let exact = |id: PageId| pages.page(id).card.title == name;
            let found = choose(self.titles.get(&wanted), &exact);
            if found != Sought::None {
                return found;
            }
            let exact = |id: PageId| {
                pages.page(id).front_matter.aliases.iter().any(|alias| alias.get_ref() == name)
            };
            let found = choose(self.aliases.get(&alias_key(name)), &exact);
            if found != Sought::None {
                return found;
            }
        }
        if name.starts_with('/') {
            return Sought::None;
        }
        let last = bare.rsplit('/').next().unwrap_or(bare);
        let Some(files) = self.files.get(&key(last)) else { return Sought::None };
        let exact = |id: PageId| ends_with(without_extension(path(id)), bare);
        if !bare.contains('/') {
            return choose(Some(files), &exact);
        }
        let end = path_key(bare);
        let alike = |id: &PageId| ends_with(&path_key(without_extension(path(*id))), &end);
        let files: Vec<_> = files.iter().copied().filter(alike).collect();
        choose(Some(&files), &exact)
    }

    /// Finds the file that a name stands for: by path, then by the end of its path.
    pub(super) fn asset(&self, name: &str, from: &Page, assets: &Assets) -> Sought<AssetId> {
        let folders = folders(from);
        let path = |id: AssetId| {
            let path = assets.asset(id).file.path.as_str();
            path.strip_prefix("content/").unwrap_or(path)
        };
        let near = |id: AssetId, folder: &str| folder_of(path(id)) == folder;
        let last = name.rsplit('/').next().unwrap_or(name);
        let Some(files) = self.assets.get(&key(last)) else { return Sought::None };
        let that = |fits: &dyn Fn(&str) -> bool| -> Vec<AssetId> {
            files.iter().copied().filter(|&id| fits(&path_key(path(id)))).collect()
        };
        for way in ways(name, &folders) {
            let end = path_key(&way);
            let here = that(&|path| path == end);
            let found = choose(Some(&here), &|id| path(id) == way, &near, &folders);
            if found != Sought::None {
                return found;
            }
        }
        if is_from_here(name) || name.starts_with('/') {
            return Sought::None;
        }
        let end = path_key(name);
        let there = that(&|path| ends_with(path, &end));
        choose(Some(&there), &|id| ends_with(path(id), name), &near, &folders)
    }

    /// The path of a page that is not built, by one of its names.
    pub(super) fn held(&self, name: &str, from: &Page) -> Option<&str> {
        let bare = without_extension(name);
        let ways = ways(bare, &folders(from)).into_iter().map(|way| path_key(&way));
        let names = ways.chain([alias_key(name), key(bare)]);
        let mut found = names.filter(|name| !name.is_empty());
        found.find_map(|name| self.held.get(&name)).map(String::as_str)
    }
}

/// The form in which names are compared: without case, and with one kind of space.
pub(super) fn key(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'));
    let mut out = String::with_capacity(folded.len());
    for word in words.filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The folder that a page is at home in: of a page with a folder of its own, the one above.
pub(super) fn home(path: &str) -> &str {
    let folder = folder_of(path);
    match path.rsplit('/').next() {
        Some("index.md" | "_index.md") => folder_of(folder),
        _ => folder,
    }
}

/// The title that the author gave to a page; one made from the name of its file is no other
/// name than that.
pub(super) fn own_title(page: &Page) -> Option<&str> {
    matches!(page.title_from, TitleFrom::FrontMatter | TitleFrom::Heading)
        .then_some(page.card.title.as_str())
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn add<T: PartialEq>(map: &mut BTreeMap<String, Vec<T>>, name: String, id: T) {
    let known = map.entry(name).or_default();
    if !known.contains(&id) {
        known.push(id);
    }
}

/// The folders in which a page looks for what it names: its own, and where that belongs to it
/// alone, the one above.
fn folders(page: &Page) -> Vec<&str> {
    let mut folders = vec![page.folder()];
    let home = home(&page.card.relative_path);
    if home != page.folder() {
        folders.push(home);
    }
    folders
}

/// Where the path of a name may begin: in the folders of the page, then in `content`.
fn ways(name: &str, folders: &[&str]) -> Vec<String> {
    let mut ways = Vec::new();
    if !name.starts_with('/') {
        ways.extend(folders.iter().filter_map(|folder| path::join(folder, name)));
    }
    if !is_from_here(name) {
        ways.extend(path::join("", name));
    }
    ways
}

/// Tells whether a path says that it begins beside the page: `./a`, `../a`.
fn is_from_here(name: &str) -> bool {
    ["./", "../"].iter().any(|start| name.starts_with(start)) || matches!(name, "." | "..")
}

/// Chooses among the things of one name: the only one, the one that is spelled exactly so,
/// the only one in the folder of the page.
fn choose<T: Copy>(
    all: Option<&Vec<T>>,
    exact: &dyn Fn(T) -> bool,
    near: &dyn Fn(T, &str) -> bool,
    folders: &[&str],
) -> Sought<T> {
    let Some(all) = all else { return Sought::None };
    let only = |fits: &dyn Fn(T) -> bool| {
        let mut these = all.iter().copied().filter(|&id| fits(id));
        these.next().filter(|_| these.next().is_none())
    };
    match all[..] {
        [] => Sought::None,
        [one] => Sought::One(one),
        _ => only(exact)
            .or_else(|| folders.iter().find_map(|folder| only(&|id| near(id, folder))))
            .map_or_else(|| Sought::Many(all.clone()), Sought::One),
    }
}

/// Takes `.md` off a path.
fn without_extension(path: &str) -> &str {
    let stem = path.rsplit_once('.').filter(|(stem, extension)| {
        !stem.is_empty()
            && ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    });
    stem.map_or(path, |(stem, _)| stem)
}

/// A path without its extension, part by part; the page of a folder is the folder.
fn path_key(path: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if matches!(parts.last(), Some(&("index" | "_index"))) {
        parts.pop();
    }
    parts.into_iter().map(key).collect::<Vec<_>>().join("/")
}

/// An alias as a name: an address may be written with or without its slashes and `.html`.
fn alias_key(alias: &str) -> String {
    let bare = alias.trim().trim_matches('/');
    key(bare.strip_suffix(".html").unwrap_or(bare))
}

/// The names that the file of a page gives it: with and without the date at its start.
fn file_keys(path: &str) -> Vec<String> {
    let mut parts = path.rsplit('/').filter(|part| !matches!(*part, "index" | "_index"));
    let name = parts.next().unwrap_or_default();
    let mut keys = vec![key(name), key(split_date(name).1)];
    keys.dedup();
    keys.retain(|key| !key.is_empty());
    keys
}

/// Tells whether a path ends with the parts of another.
fn ends_with(path: &str, end: &str) -> bool {
    path.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::{alias_key, file_keys, home, key, path_key, ways};

    #[test]
    fn names_are_compared_without_case_and_kinds_of_space() {
        for name in ["Über  Tee", "über-tee", "U\u{308}BER_TEE", " über\u{a0}tee "] {
            assert_eq!(key(name), "über tee", "{name}");
        }
        assert_ne!(key("C++"), key("C"));
        assert_eq!(path_key("A b/c-D/_index"), "a b/c d");
        assert_eq!(alias_key("/Old-Tea.html"), "old tea");
        assert_eq!(file_keys("a/2026-03-01-Tea/index"), ["2026 03 01 tea", "tea"]);
        assert!(file_keys("_index").is_empty());
    }

    #[test]
    fn a_path_begins_beside_the_page_or_in_content() {
        assert_eq!(ways("a/b", &["d/c", "d"]), ["d/c/a/b", "d/a/b", "a/b"]);
        assert_eq!(ways("../b", &["c"]), ["b"]);
        assert_eq!(ways("/b", &["c"]), ["b"]);
        assert!(ways("../../b", &["c"]).is_empty());
    }

    #[test]
    fn a_page_is_at_home_among_its_neighbours() {
        assert_eq!(home("a/b.md"), "a");
        assert_eq!(home("a/b/index.md"), "a");
        assert_eq!(home("_index.md"), "");
    }
}
