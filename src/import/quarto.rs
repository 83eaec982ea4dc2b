//! Quarto: fenced divs, cross-references, code that was run.

use std::collections::BTreeMap;

use super::attributes::attributes;
use super::brief::put_in;
use super::call::{Call, Form, calls};
use super::cross_reference::{Labels, figures, is_label, references};
use super::div::divs;
use super::draft::{Draft, stem};
use super::edits::Edits;
use super::fence::fences;
use super::library::Library;
use super::loss::LossKind;
use super::metadata::metadata;
use super::origin::{Text, extension};
use super::plain::{Folders, forget_unused, name_site};
use super::rewrite::{Shape, rewrite};
use super::shortcode::known;
use super::value::{Map, Value};
use super::zola::unknown;
use crate::markdown::verbatim;
use crate::path::join;

/// Settings that have a place, or that say how Quarto is to do its work.
const KNOWN: [&str; 14] = [
    "project",
    "website",
    "book",
    "manuscript",
    "lang",
    "bibliography",
    "csl",
    "execute",
    "format",
    "metadata-files",
    "editor",
    "author",
    "categories",
    "nocite",
];

/// Files that are copied; the others are programs and what they read.
const COPIED: [&str; 32] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "bmp", "pdf", "mp4", "webm", "mov",
    "mp3", "ogg", "wav", "csv", "tsv", "xlsx", "zip", "txt", "docx", "pptx", "odt", "epub", "bib",
    "bibtex", "csl", "json", "html", "js", "css",
];

/// Reads a website or a book.
pub(super) fn read(library: &mut Library<'_>) -> &'static [&'static str] {
    let (file, map) = settings(library).unwrap_or_default();
    library.settings.flat = true;
    library.settings.declare("categories", &["category"]);
    library.project = map.clone();
    library.variables = library.read_settings("_variables.yml").unwrap_or_default();
    let order = chapters(&map);
    let folders = Folders::of(library.origins);
    for origin in library.origins {
        let path = origin.path.as_str();
        let is_hidden = path.split('/').any(|part| part.starts_with('_'));
        let folder =
            path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        match extension(path).as_str() {
            "qmd" | "md" | "rmd" | "markdown" if origin.text != Text::Unread => {
                if is_hidden {
                    continue; // a part of other pages
                }
                let target = match stem(path).to_ascii_lowercase().as_str() {
                    "index" => folders.home(folder.trim_end_matches('/')),
                    _ => path.to_owned(),
                };
                library.page(origin, target);
            }
            "ipynb" => library.lose(path, LossKind::Format, "the page is a notebook", "left out"),
            end if COPIED.contains(&end) && (!is_hidden || matches!(end, "bib" | "csl")) => {
                library.place(origin, format!("content/{path}"));
            }
            _ => {}
        }
    }
    let project = (!file.is_empty()).then_some((file, &map));
    for (folder, key, file) in metadata(library, project) {
        cited(library, key, &folder, &file);
    }
    library.fields();
    let mut drafts = std::mem::take(&mut library.drafts);
    for draft in &mut drafts {
        let path = draft.script.path;
        let bare = path.strip_suffix(&format!(".{}", extension(path))).unwrap_or(path);
        let own = match bare.strip_suffix("index") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
            _ => format!("/{bare}.html"),
        };
        draft.addresses.push(own);
        if let Some(weight) = order.get(path).filter(|_| !draft.matter.has("weight")) {
            draft.matter.guess("weight", *weight, "its place in `_quarto.yml`");
        }
        let named = draft.head.map.value("bibliography").map(Value::texts).unwrap_or_default();
        named.iter().for_each(|file| cited(library, "bibliography", draft.folder(), file));
        style(draft, library);
    }
    library.drafts = drafts;
    if !order.is_empty()
        && !library
            .drafts
            .iter()
            .any(|draft| draft.target == "_index.md" && draft.matter.has("sort_by"))
        && let Some(home) = library.drafts.iter_mut().find(|draft| draft.target == "_index.md")
    {
        home.matter.guess("sort_by", "weight", "the order of `_quarto.yml`");
    }
    library.labels = Labels::of(&library.drafts);
    name_site(library);
    forget_unused(library);
    &[""]
}

/// Gives a page the style that it or its folder names, where that is not the one of the site.
fn style(draft: &mut Draft<'_>, library: &mut Library<'_>) {
    let Some(named) = draft.head.map.text(&["csl"]) else { return };
    let folder = if named.starts_with('/') { "" } else { draft.folder() };
    let path = join(folder, named.trim_start_matches('/')).filter(|_| !named.contains("://"));
    let found = path.filter(|path| library.origin(path).is_some());
    let Some(path) = found.map(|path| format!("content/{path}")) else {
        let what = format!("`csl`: `{named}` is not there");
        let loss = draft.script.loss(0, LossKind::Value, what, "the style of the site is taken");
        return library.losses.push(loss);
    };
    if library.settings.style.as_ref() != Some(&path) {
        draft.matter.set("citation_style", path);
    }
}

fn settings(library: &mut Library<'_>) -> Option<(&'static str, Map)> {
    let (path, map) = ["_quarto.yml", "_quarto.yaml"]
        .iter()
        .find_map(|path| Some((*path, library.read_settings(path)?)))?;
    let of = |key: &str| ["website", "book"].iter().find_map(|kind| map.text(&[kind, key]));
    let settings = &mut library.settings;
    settings.title = of("title").or_else(|| map.text(&["title"]));
    settings.description = of("description");
    settings.base_url = of("site-url");
    settings.language = map.text(&["lang"]);
    settings.keep(&map, &["website", "navbar"], "navbar");
    settings.keep(&map, &["website", "sidebar"], "sidebar");
    for key in ["bibliography", "csl"] {
        let named = map.value(key).map(Value::texts).unwrap_or_default();
        let of_book = map.at(&["book", key]).map(Value::texts).unwrap_or_default();
        named.iter().chain(&of_book).for_each(|file| cited(library, key, "", file));
    }
    unknown(library, path, &map, &KNOWN);
    Some((path, map))
}

/// Takes the name of a bibliography or of a style.
fn cited(library: &mut Library<'_>, key: &str, folder: &str, file: &str) {
    let below = join(folder, file.trim_start_matches('/')).filter(|_| !file.starts_with("http"));
    let there = below.filter(|path| library.origin(path).is_some());
    match there {
        Some(path) if key == "bibliography" => {
            let all = &mut library.settings.bibliographies;
            (!all.contains(&path)).then(|| all.push(path));
        }
        Some(path) => library.settings.style = Some(format!("content/{path}")),
        None => library.lose(
            "_quarto.yml",
            LossKind::Setting,
            format!("`{key}`: `{file}` is not there"),
            "left out",
        ),
    }
}

/// The place of each chapter in a book.
fn chapters(map: &Map) -> BTreeMap<String, i64> {
    fn walk(value: &Value, order: &mut BTreeMap<String, i64>) {
        match value {
            Value::Text(path) if !path.contains("://") && path.contains('.') => {
                let next = order.len() as i64 + 1;
                order.entry(path.clone()).or_insert(next);
            }
            Value::List(all) => all.iter().for_each(|one| walk(one, order)),
            Value::Map(map) => {
                for key in ["href", "file", "part", "chapters", "contents", "section"] {
                    if let Some(value) = map.value(key) {
                        walk(value, order);
                    }
                }
            }
            _ => {}
        }
    }
    let mut order = BTreeMap::new();
    for key in ["chapters", "appendices"] {
        if let Some(value) = map.at(&["book", key]) {
            walk(value, &mut order);
        }
    }
    order
}

/// Writes the text of a page anew.
pub(super) fn body<'a>(draft: &mut Draft<'a>, library: &mut Library<'a>) {
    let map = std::mem::take(&mut draft.head.map);
    nested(draft, library, &map, 0);
    draft.head.map = map;
}

/// What is to be pressed on each system.
fn keys(call: &Call) -> Option<String> {
    let of =
        |system: &str| call.arguments.named(&[system]).map(|keys| format!("<kbd>{keys}</kbd>"));
    let (others, mac) = (of("win").or(of("linux")), of("mac"));
    match (others, mac) {
        (Some(others), Some(mac)) if others != mac => Some(format!("{others} (Mac: {mac})")),
        (one, other) => one.or(other),
    }
}

fn nested<'a>(draft: &mut Draft<'a>, library: &mut Library<'a>, whole: &Map, depth: usize) {
    let (text, _) = draft.source();
    let places = verbatim(text);
    let mut edits = Edits::default();
    let all = calls(text, Form::Quarto, &places);
    let mut included = library.included(draft, &all, depth, |file, folder| {
        let folder = if file.starts_with('/') { "" } else { folder };
        join(folder, file.trim_start_matches('/')).into_iter().collect()
    });
    for part in included.values_mut() {
        nested(part, library, whole, depth + 1);
    }
    let settings = &library.settings;
    rewrite(draft, &all, &places, &mut edits, &mut library.losses, |call, held| {
        let first = call.arguments.positional.first().map(String::as_str);
        match (call.name.as_str(), first) {
            _ if call.in_code => Shape::Literal.into(),
            ("include", _) => match included.remove(&call.range.start) {
                Some(part) => Shape::Text(part.body.trim().to_owned()).into(),
                None => Shape::Literal.into(),
            },
            ("kbd", None) => keys(call).map_or(Shape::Literal, Shape::Text).into(),
            ("kbd", Some(key)) => Shape::Text(format!("<kbd>{key}</kbd>")).into(),
            ("meta", Some(key)) => {
                let way: Vec<&str> = key.split('.').collect();
                let value = whole.text(&way).or_else(|| library.project.text(&way));
                let value = value.and_then(|value| put_in(&value));
                value
                    .or_else(|| settings.title.clone().filter(|_| key == "title"))
                    .map_or(Shape::Literal, Shape::Text)
                    .into()
            }
            ("video", Some(src)) => {
                let mut arguments = call.arguments.clone();
                arguments.positional = vec![src.to_owned()];
                known("video", &arguments, false).unwrap_or_else(|| Shape::Literal.into())
            }
            ("var", Some(key)) => {
                let value = library.variables.text(&key.split('.').collect::<Vec<_>>());
                let value = value.and_then(|value| put_in(&value));
                value.map_or(Shape::Literal, Shape::Text).into()
            }
            ("pagebreak", _) => Shape::Text(String::new()).into(),
            (name @ ("youtube" | "vimeo" | "gist"), _) => {
                known(name, &call.arguments, held.is_some())
                    .unwrap_or_else(|| Shape::Literal.into())
            }
            _ => Shape::Literal.into(),
        }
    });
    divs(draft, &places, &mut edits, &mut library.losses);
    figures(draft, &places, &mut edits);
    fences(draft, &places, &mut edits, &mut library.losses);
    attributes(draft, &places, &mut edits, &mut library.losses, is_label);
    references(draft, &places, &library.labels, &mut edits);
    draft.body = edits.apply(text);
}
