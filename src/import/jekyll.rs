//! Jekyll: posts whose names tell their dates, Liquid, and the braces of kramdown.

use std::collections::BTreeMap;

use super::attributes::attributes;
use super::draft::Draft;
use super::edits::Edits;
use super::fence::fences;
use super::head;
use super::index::Index;
use super::inherit::{Lists, Source, inherit};
use super::jekyll_address::address;
use super::library::Library;
use super::liquid::liquid;
use super::loss::LossKind;
use super::origin::{Origin, Text, extension};
use super::people::People;
use super::plain::{Folders, forget_unused, name_site};
use super::value::{Map, Value};
use super::zola::{bibliographies, unknown};
use crate::markdown::verbatim;
use crate::page::split_date;

/// Settings that have a place, or that say how Jekyll is to do its work.
const KNOWN: [&str; 22] = [
    "title",
    "name",
    "description",
    "tagline",
    "url",
    "baseurl",
    "lang",
    "locale",
    "permalink",
    "defaults",
    "collections",
    "exclude",
    "include",
    "markdown",
    "kramdown",
    "highlighter",
    "author",
    "timezone",
    "encoding",
    "show_drafts",
    "future",
    "collections_dir",
];

/// Reads a site of Jekyll.
pub(super) fn read(library: &mut Library<'_>) -> &'static [&'static str] {
    let (file, map) = settings(library);
    for (folder, what) in [
        ("_layouts", "templates"),
        ("_includes", "templates"),
        ("_sass", "style sheets"),
        ("_plugins", "plugins"),
        ("_data", "data"),
    ] {
        library.lose_folder(folder, what);
    }
    people(library);
    let excluded = map.value("exclude").map(Value::texts).unwrap_or_default();
    let collections: BTreeMap<String, Map> = collections(&map);
    let homes = homes(library.origins);
    let folders = Folders::of(library.origins);
    for origin in library.origins {
        place(library, origin, &excluded, &collections, (&homes, &folders));
    }
    let mut drafts = std::mem::take(&mut library.drafts);
    for draft in &mut drafts {
        defaults(draft, &map, file);
    }
    library.drafts = drafts;
    library.fields();
    let mut drafts = std::mem::take(&mut library.drafts);
    for draft in &mut drafts {
        from_name(draft, library);
        let own = address(draft, &map, &collections);
        draft.addresses.push(own);
    }
    library.drafts = drafts;
    lists(library);
    bibliographies(library);
    name_site(library);
    forget_unused(library);
    &[""]
}

fn settings(library: &mut Library<'_>) -> (&'static str, Map) {
    let Some((path, map)) = ["_config.yml", "_config.yaml", "_config.toml"]
        .iter()
        .find_map(|path| Some((*path, library.read_settings(path)?)))
    else {
        library.settings.declare("tags", &["tag"]);
        library.settings.declare("categories", &["category"]);
        return Default::default();
    };
    let settings = &mut library.settings;
    settings.title = map.text(&["title"]).or_else(|| map.text(&["name"]));
    settings.description = map.text(&["description"]).or_else(|| map.text(&["tagline"]));
    settings.language = map.text(&["lang"]).or_else(|| map.text(&["locale"]));
    if let Some(url) = map.text(&["url"]) {
        let below = map.text(&["baseurl"]).unwrap_or_default();
        settings.base_url =
            Some(format!("{}/{}", url.trim_end_matches('/'), below.trim_matches('/')));
    }
    settings.feed = true;
    settings.declare("tags", &["tag"]);
    settings.declare("categories", &["category"]);
    let plain = map.0.iter().filter(|entry| !KNOWN.contains(&entry.key.as_str()));
    for entry in plain {
        if let (Value::Text(_) | Value::Int(_) | Value::Bool(_), Some(value)) =
            (&entry.value, entry.value.toml())
        {
            settings.extra.insert(entry.key.clone(), value);
        }
    }
    let mut others = map.clone();
    others.0.retain(|entry| !library.settings.extra.contains_key(&entry.key));
    unknown(library, path, &others, &KNOWN);
    (path, map)
}

/// Takes what the data say of authors.
fn people(library: &mut Library<'_>) {
    for path in ["_data/authors.yml", "_data/authors.yaml", "_data/authors.json"] {
        let Some(text) = library.text(path) else { continue };
        let (map, _) = head::settings(path, text);
        let mut people = People::default();
        for entry in &map.0 {
            if let Value::Map(one) = &entry.value {
                people.declare(&entry.key, one);
            }
        }
        library.people = people;
    }
}

fn collections(map: &Map) -> BTreeMap<String, Map> {
    match map.value("collections") {
        Some(Value::Map(all)) => {
            let own = |value: &Value| value.map().cloned().unwrap_or_default();
            all.0.iter().map(|entry| (entry.key.clone(), own(&entry.value))).collect()
        }
        Some(Value::List(all)) => {
            all.iter().filter_map(Value::text).map(|name| (name, Map::default())).collect()
        }
        _ => BTreeMap::new(),
    }
}

/// The page that speaks for each folder: `index`, or `README` where there is none.
fn homes(origins: &[Origin]) -> BTreeMap<&str, &str> {
    let mut homes: BTreeMap<&str, &str> = BTreeMap::new();
    for origin in origins
        .iter()
        .filter(|origin| matches!(extension(&origin.path).as_str(), "md" | "markdown"))
    {
        let (folder, name) = origin.path.rsplit_once('/').unwrap_or(("", &origin.path));
        match name.to_ascii_lowercase().split('.').next() {
            Some("index") => {
                homes.insert(folder, &origin.path);
            }
            Some("readme") => {
                homes.entry(folder).or_insert(&origin.path);
            }
            _ => {}
        }
    }
    homes
}

fn place<'a>(
    library: &mut Library<'a>,
    origin: &'a Origin,
    excluded: &[String],
    collections: &BTreeMap<String, Map>,
    (homes, folders): (&BTreeMap<&str, &str>, &Folders),
) {
    let path = origin.path.as_str();
    let first = path.split('/').next().unwrap_or("");
    let is_excluded = excluded.iter().any(|one| {
        let one = one.trim_matches('/');
        path == one || path.strip_prefix(one).is_some_and(|rest| rest.starts_with('/'))
    });
    let is_tool = !path.contains('/')
        && matches!(
            path.to_ascii_lowercase().as_str(),
            "gemfile"
                | "gemfile.lock"
                | "rakefile"
                | "package.json"
                | "package-lock.json"
                | "license"
                | "readme.md"
                | "license.md"
                | "license.txt"
                | "_config.yml"
                | "_config.yaml"
                | "contributing.md"
                | "code_of_conduct.md"
                | "cname"
        )
        || extension(path) == "gemspec";
    let above = path.rsplit_once('/').map_or("", |(above, _)| above);
    let is_home = homes.get(above) == Some(&path);
    if is_excluded || is_tool && !is_home {
        return;
    }
    // The folder of the posts may lie in one of a category.
    let parts: Vec<&str> = path.split('/').collect();
    let special = parts[..parts.len() - 1].iter().position(|part| part.starts_with('_'));
    let is_text = origin.text != Text::Unread
        && matches!(extension(path).as_str(), "md" | "markdown" | "mkd" | "mdown" | "mdx");
    let below = match special {
        Some(at) if matches!(parts[at], "_posts" | "_drafts") => {
            let above = parts[..at].join("/");
            let rest = parts[at + 1..].join("/");
            let folder = if parts[at] == "_posts" { "posts" } else { "drafts" };
            format!("{above}/{folder}/{rest}").trim_start_matches('/').to_owned()
        }
        Some(0) if collections.contains_key(&parts[0][1..]) => path[1..].to_owned(),
        Some(at) if at == 1 && collections.contains_key(&parts[1][1..]) => {
            format!("{}/{}", &parts[1][1..], parts[2..].join("/"))
        }
        Some(_) => return,
        None if first.starts_with('_') => return,
        None => path.to_owned(),
    };
    if is_text {
        let (folder, name) =
            below.rsplit_once('/').map_or(("", below.as_str()), |(folder, name)| (folder, name));
        let target = match is_home {
            true => folders.home(folder),
            false => format!("{folder}/{name}").trim_start_matches('/').to_owned(),
        };
        library.page(origin, target);
        if let Some(draft) = library.drafts.last_mut()
            && (draft.script.path.starts_with("_drafts/")
                || draft.script.path.contains("/_drafts/"))
        {
            draft.matter.guess("draft", true, "from the folder of drafts");
        }
    } else if matches!(
        extension(path).as_str(),
        "html" | "htm" | "textile" | "xml" | "scss" | "sass" | "coffee"
    ) && special.is_none()
    {
        library.lose(
            path,
            LossKind::Format,
            "the file is made by Liquid or is not Markdown",
            "left out",
        );
    } else if matches!(extension(path).as_str(), "bib" | "bibtex") || special.is_some() {
        library.place(origin, format!("content/{below}"));
    } else {
        library.place(origin, format!("static/{below}"));
    }
}

/// Takes the values that the settings give to the pages of some folders.
fn defaults(draft: &mut Draft<'_>, map: &Map, file: &str) {
    let entry = map.0.iter().find(|entry| entry.key == "defaults");
    let Some((Value::List(all), line)) = entry.map(|entry| (&entry.value, entry.line)) else {
        return;
    };
    let path = draft.script.path;
    let kind =
        if path.starts_with("_posts/") || path.contains("/_posts/") { "posts" } else { "pages" };
    let collection = path.strip_prefix('_').and_then(|rest| rest.split('/').next());
    for one in all.iter().filter_map(Value::map) {
        let scope = one.text(&["scope", "path"]).unwrap_or_default();
        let scope = scope.trim_matches('/').trim_end_matches("/*");
        let of_kind = one.text(&["scope", "type"]);
        let is_in = scope.is_empty() || path == scope || path.starts_with(&format!("{scope}/"));
        let is_kind = of_kind.is_none_or(|of| of == kind || Some(of.as_str()) == collection);
        if !(is_in && is_kind) {
            continue;
        }
        let mut values = one.value("values").and_then(Value::map).cloned().unwrap_or_default();
        values.0.retain(|entry| !matches!(entry.key.as_str(), "layout" | "permalink"));
        let source = Source { file, line: Some(line) };
        inherit(&mut draft.head, &values, source, Lists::Own);
    }
}

/// Takes the date and the categories that the path of a post tells.
fn from_name(draft: &mut Draft<'_>, library: &mut Library<'_>) {
    let path = draft.script.path;
    let Some(at) = path.find("_posts/").filter(|at| *at == 0 || path[..*at].ends_with('/')) else {
        return;
    };
    if let (Some(date), _) = split_date(draft.stem())
        && !draft.matter.has("date")
    {
        draft.matter.guess("date", date, "from the file's name");
    }
    for category in path[..at].split('/').filter(|part| !part.is_empty()) {
        library.settings.declare("categories", &[]);
        draft.matter.term("categories", category);
    }
}

/// Makes a section of each folder of posts, so that they are listed.
fn lists(library: &mut Library<'_>) {
    let mut folders: BTreeMap<String, String> = BTreeMap::new();
    for draft in &library.drafts {
        let path = draft.script.path;
        if path.starts_with("_posts/") || path.contains("/_posts/") {
            let folder = draft.target.split_once("posts/").map_or("", |(above, _)| above);
            folders.insert(format!("{folder}posts/_index.md"), "Posts".to_owned());
        }
    }
    for draft in &library.drafts {
        folders.remove(&draft.target);
    }
    for (target, title) in folders {
        let mut matter = super::matter::Matter::default();
        matter.set("title", title);
        matter.set("sort_by", "date");
        library.made.push((target, matter.print()));
    }
}

/// Writes the text of a page anew.
pub(super) fn body(draft: &mut Draft<'_>, library: &mut Library<'_>, index: &Index) {
    let (text, _) = draft.source();
    let places = verbatim(text);
    let mut edits = Edits::default();
    liquid(draft, &places, &mut edits, library, index);
    fences(draft, &places, &mut edits, &mut library.losses);
    attributes(draft, &places, &mut edits, &mut library.losses, |_| false);
    draft.body = edits.apply(text);
}
