//! Hugo: front matter in three languages, bundles, and shortcodes.

use super::attributes::attributes;
use super::brief::put_in;
use super::call::{Call, Form, calls};
use super::callout::callouts;
use super::cascade::cascade;
use super::draft::Draft;
use super::edits::Edits;
use super::fence::fences;
use super::hugo_address::address;
use super::index::{Index, Place, split_tail};
use super::library::Library;
use super::loss::LossKind;
use super::origin::{Text, extension};
use super::plain::forget_unused;
use super::rewrite::{Known, Shape, rewrite};
use super::shortcode::{destination, known};
use super::value::{Map, Value};
use super::zola::{bibliographies, split_language, unknown};
use crate::markdown::verbatim;
use crate::path::join;

/// Settings that have a place, or that say how Hugo is to do its work.
const KNOWN: [&str; 14] = [
    "baseurl",
    "title",
    "languagecode",
    "locale",
    "defaultcontentlanguage",
    "taxonomies",
    "permalinks",
    "menu",
    "menus",
    "params",
    "languages",
    "contentdir",
    "staticdir",
    "cascade",
];

/// Reads a site of Hugo, or its `content` folder alone.
pub(super) fn read(library: &mut Library<'_>) -> &'static [&'static str] {
    let map = settings(library);
    let languages: Vec<(String, String)> = languages(&map);
    let codes: Vec<String> = languages.iter().map(|(code, _)| code.clone()).collect();
    let main = map.text(&["defaultContentLanguage"]).unwrap_or_else(|| "en".to_owned());
    let folder = map.text(&["contentDir"]).unwrap_or_else(|| "content".to_owned());
    let has_content =
        library.origins.iter().any(|origin| origin.path.starts_with(&format!("{folder}/")));
    for (name, what) in [
        ("layouts", "templates"),
        ("themes", "themes"),
        ("assets", "files that Hugo worked on"),
        ("data", "data"),
        ("i18n", "translations"),
        ("archetypes", "patterns of pages"),
    ] {
        library.lose_folder(name, what);
    }
    // The folders of the languages, those within others first.
    let mut folders: Vec<(String, Option<String>)> = languages
        .iter()
        .filter(|(_, dir)| !dir.is_empty())
        .map(|(code, dir)| (dir.clone(), Some(code.clone())))
        .collect();
    folders.extend(mounts(&map).into_iter().map(|dir| (dir, None)));
    folders.push((folder, None));
    folders.sort_by_key(|(dir, _)| std::cmp::Reverse(dir.len()));
    for origin in library.origins {
        if let Some(rest) = origin.path.strip_prefix("static/") {
            library.place(origin, format!("static/{rest}"));
            continue;
        }
        let found = match has_content {
            true => folders.iter().find_map(|(dir, code)| {
                let rest = origin.path.strip_prefix(dir.as_str())?.strip_prefix('/')?;
                Some((rest.to_owned(), code.clone()))
            }),
            false => Some((origin.path.clone(), None)),
        };
        let Some((below, code)) = found else { continue };
        let code = code.filter(|code| *code != main);
        match (extension(&below).as_str(), &origin.text) {
            ("md" | "markdown" | "mdown" | "mkd" | "mdx", text) if *text != Text::Unread => {
                let (named, target) = split_language(&below, &codes);
                let language = named.or(code.clone());
                let target = match (&language, code) {
                    (Some(own), _) if *own == main => without_language(&target, own),
                    (_, Some(code)) => format!("{code}/{target}"),
                    _ => target,
                };
                library.page(origin, target.clone());
                if let (Some(language), Some(draft)) =
                    (language.filter(|own| *own != main), library.drafts.last_mut())
                {
                    draft.matter.guess("language", language.as_str(), "from the file's place");
                }
            }
            ("html" | "htm" | "adoc" | "asciidoc" | "rst" | "org" | "pdc", _) => {
                library.lose(
                    &origin.path,
                    LossKind::Format,
                    "the page is not Markdown",
                    "left out",
                );
            }
            _ => {
                let folder = code.map_or(String::new(), |code| format!("{code}/"));
                library.place(origin, format!("content/{folder}{below}"));
            }
        }
    }
    cascade(library, &map, &main);
    library.fields();
    let mut drafts = std::mem::take(&mut library.drafts);
    for draft in &mut drafts {
        // What Hugo serves at an address that is asked for in a pattern.
        let asked = draft.head.map.text(&["url"]).filter(|url| url.contains(':'));
        let own = address(draft, &map, asked.as_deref());
        draft.addresses.push(own);
        unrendered(draft);
    }
    library.drafts = drafts;
    bibliographies(library);
    forget_unused(library);
    &["content", "content/en", ""]
}

/// Holds back a page that Hugo never rendered: a part of others.
fn unrendered(draft: &mut Draft<'_>) {
    let map = &draft.head.map;
    let build = ["build", "_build"].iter().find_map(|key| map.text(&[key, "render"]));
    let is_hidden = build.is_some_and(|when| matches!(&*when, "never" | "link" | "false"))
        || map.value("headless").and_then(Value::bool) == Some(true);
    if is_hidden && !draft.matter.has("draft") {
        draft.matter.guess("draft", true, "it was not rendered");
    }
}

/// A path out of the folder of its language.
fn without_language(target: &str, language: &str) -> String {
    target.strip_prefix(&format!("{language}/")).unwrap_or(target).to_owned()
}

/// Takes the configuration.
fn settings(library: &mut Library<'_>) -> Map {
    let mut map = Map::default();
    let names: Vec<&str> = library
        .origins
        .iter()
        .map(|origin| origin.path.as_str())
        .filter(|path| {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let stem = name.split('.').next().unwrap_or("");
            let is_settings = matches!(extension(path).as_str(), "toml" | "yaml" | "yml" | "json");
            is_settings
                && ((folder.is_empty() && matches!(stem, "hugo" | "config"))
                    || folder == "config/_default")
        })
        .collect();
    for path in names {
        let Some(read) = library.read_settings(path) else { continue };
        let stem = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or("");
        match path.starts_with("config/") && !matches!(stem, "hugo" | "config") {
            true => {
                let mut one = Map::default();
                one.put(stem, Value::Map(read), 1);
                map.absorb(one);
            }
            false => {
                unknown(library, path, &read, &KNOWN);
                map.absorb(read);
            }
        }
    }
    let main = map.text(&["defaultContentLanguage"]);
    let of_language = |key: &str| map.text(&["languages", main.as_deref().unwrap_or("en"), key]);
    let settings = &mut library.settings;
    settings.title = of_language("title").or_else(|| map.text(&["title"]));
    settings.description = map.text(&["params", "description"]);
    settings.base_url = map.text(&["baseURL"]);
    settings.language = map
        .text(&["languageCode"])
        .or_else(|| of_language("languageCode"))
        .or_else(|| main.clone());
    settings.feed = true;
    match map.value("taxonomies").and_then(Value::map) {
        Some(all) => {
            for entry in &all.0 {
                if let Some(name) = entry.value.text() {
                    settings.declare(&name, &[&entry.key]);
                }
            }
        }
        None => {
            settings.declare("tags", &["tag"]);
            settings.declare("categories", &["category"]);
        }
    }
    settings.keep(&map, &["menu"], "menus");
    settings.keep(&map, &["menus"], "menus");
    let entries = ["menu", "menus"].iter().find_map(|key| {
        let menus = map.at(&[key])?.map()?;
        menus.value("main").or_else(|| menus.0.first().map(|entry| &entry.value))
    });
    library.menu = entries.map(menu).unwrap_or_default();
    if let Some(params) = map.value("params").and_then(Value::map) {
        for (key, value) in params.toml() {
            settings.extra.entry(key).or_insert(value);
        }
    }
    map
}

/// The entries of the main menu in their order: names, and where each leads.
fn menu(entries: &Value) -> Vec<(String, String)> {
    let Value::List(all) = entries else { return Vec::new() };
    let mut all: Vec<&Map> =
        all.iter().filter_map(Value::map).filter(|map| map.text(&["parent"]).is_none()).collect();
    let weight =
        |map: &&Map| map.text(&["weight"]).and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
    all.sort_by_key(weight);
    let entry = |map: &&Map| {
        let to = ["pageRef", "url", "page"].iter().find_map(|key| map.text(&[key]))?;
        Some((map.text(&["name"]).or_else(|| map.text(&["title"]))?, to))
    };
    all.iter().filter_map(entry).collect()
}

/// The codes of the languages and their folders.
fn languages(map: &Map) -> Vec<(String, String)> {
    let all = map.value("languages").and_then(Value::map);
    let of = |entry: &super::value::Entry| {
        let folder =
            entry.value.map().and_then(|own| own.text(&["contentDir"])).unwrap_or_default();
        (entry.key.clone(), folder.trim_matches('/').to_owned())
    };
    all.map_or(Vec::new(), |all| all.0.iter().map(of).collect())
}

/// The folders that are mounted as the content.
fn mounts(map: &Map) -> Vec<String> {
    let Some(Value::List(all)) = map.at(&["module", "mounts"]) else { return Vec::new() };
    let is_content = |mount: &&Map| mount.text(&["target"]).as_deref() == Some("content");
    let all = all.iter().filter_map(Value::map).filter(is_content);
    all.filter_map(|mount| mount.text(&["source"]))
        .map(|dir| dir.trim_matches('/').to_owned())
        .collect()
}

/// Writes the text of a page anew.
pub(super) fn body<'a>(draft: &mut Draft<'a>, library: &mut Library<'a>, index: &Index) {
    nested(draft, library, index, 0);
}

fn nested<'a>(draft: &mut Draft<'a>, library: &mut Library<'a>, index: &Index, depth: usize) {
    let (text, _) = draft.source();
    let places = verbatim(text);
    let mut edits = Edits::default();
    let all = calls(text, Form::Hugo, &places);
    let own = draft.addresses.first().cloned();
    let mut included = library.included(draft, &all, depth, |file, folder| {
        let bare = file.trim_start_matches('/');
        let roots = ["content", "content/en", ""].map(|root| join(root, bare));
        std::iter::once(join(folder, bare)).chain(roots).flatten().collect()
    });
    for part in included.values_mut() {
        nested(part, library, index, depth + 1);
    }
    rewrite(draft, &all, &places, &mut edits, &mut library.losses, |call, held| {
        if call.in_code {
            return Shape::Literal.into();
        }
        if let Some(part) = included.remove(&call.range.start) {
            return Shape::Text(part.body.trim().to_owned()).into();
        }
        if matches!(call.name.as_str(), "ref" | "relref" | "rellink" | "link") {
            return reference(call, draft, index, own.as_deref())
                .unwrap_or_else(|| Shape::Literal.into());
        }
        if matches!(call.name.as_str(), "param" | "site") {
            let value =
                call.arguments.positional.first().and_then(|key| library.settings.extra.get(key));
            if let Some(value) = value.and_then(toml::Value::as_str).and_then(put_in) {
                return Shape::Text(value).into();
            }
        }
        known(&call.name, &call.arguments, held.is_some()).unwrap_or_else(|| Shape::Literal.into())
    });
    callouts(draft, &places, &mut edits, &mut library.losses);
    fences(draft, &places, &mut edits, &mut library.losses);
    attributes(draft, &places, &mut edits, &mut library.losses, |_| false);
    draft.body = edits.apply(text);
}

/// The destination that `ref` names.
fn reference(
    call: &Call,
    draft: &Draft<'_>,
    index: &Index,
    address: Option<&str>,
) -> Option<Known> {
    let written = call.arguments.get(&["path"], 0)?;
    let (path, tail) = split_tail(written);
    if path.is_empty() {
        return Some(Shape::Text(tail.to_owned()).into());
    }
    let from = draft.script.path;
    let rooted = path.strip_prefix('/');
    let found = match rooted {
        Some(rest) => index.in_roots(rest).cloned(),
        None => index.follow(from, address, path).or_else(|| index.in_roots(path).cloned()),
    };
    let found = found.or_else(|| index.named(from, path));
    let to = match found? {
        Place::Page(path) | Place::File(path) => format!("@/{path}"),
        Place::Static(address) => format!("/{address}"),
    };
    Some(Shape::Text(destination(&to) + tail).into())
}
