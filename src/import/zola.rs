//! Zola: much is as ibid has it; shortcodes are not.

use super::call::{Form, calls};
use super::draft::Draft;
use super::edits::Edits;
use super::library::Library;
use super::loss::LossKind;
use super::origin::{Text, extension};
use super::plain::forget_unused;
use super::rewrite::{Known, Shape, rewrite};
use super::shortcode::{destination, known};
use super::site_toml::Taxonomy;
use super::value::{Map, Value};
use crate::markdown::verbatim;

/// Settings that have a place, or that say how Zola is to do its work.
const KNOWN: [&str; 9] = [
    "base_url",
    "title",
    "description",
    "default_language",
    "taxonomies",
    "languages",
    "generate_feeds",
    "generate_feed",
    "extra",
];

/// Reads a site of Zola, or its `content` folder alone.
pub(super) fn read(library: &mut Library<'_>) -> &'static [&'static str] {
    let languages = settings(library);
    let has_content = library.origins.iter().any(|origin| origin.path.starts_with("content/"));
    for (folder, what) in
        [("templates", "templates"), ("themes", "themes"), ("sass", "style sheets")]
    {
        library.lose_folder(folder, what);
    }
    for origin in library.origins {
        if let Some(rest) = origin.path.strip_prefix("static/") {
            library.place(origin, format!("static/{rest}"));
            continue;
        }
        let below = match has_content {
            true => origin.path.strip_prefix("content/"),
            false => Some(origin.path.as_str()),
        };
        let Some(below) = below.filter(|below| !below.is_empty()) else { continue };
        if origin.text == Text::Unread {
            library.place(origin, format!("content/{below}"));
        } else if matches!(extension(below).as_str(), "md" | "markdown") {
            let (language, target) = split_language(below, &languages);
            library.page(origin, target);
            if let (Some(language), Some(draft)) = (language, library.drafts.last_mut()) {
                draft.matter.guess("language", language.as_str(), "from the file's name");
            }
        } else if matches!(
            extension(below).as_str(),
            "bib" | "bibtex" | "json" | "toml" | "yaml" | "yml"
        ) && (has_content || below.contains('/'))
        {
            library.place(origin, format!("content/{below}"));
        }
    }
    library.fields();
    bibliographies(library);
    forget_unused(library);
    &["content", ""]
}

/// Takes `config.toml`; gives the codes of the languages but the first.
fn settings(library: &mut Library<'_>) -> Vec<String> {
    let Some((path, map)) = ["zola.toml", "config.toml"]
        .iter()
        .find_map(|path| Some((*path, library.read_settings(path)?)))
    else {
        return Vec::new();
    };
    let settings = &mut library.settings;
    settings.title = map.text(&["title"]);
    settings.description = map.text(&["description"]);
    settings.base_url = map.text(&["base_url"]);
    settings.language = map.text(&["default_language"]);
    settings.feed = ["generate_feeds", "generate_feed"]
        .iter()
        .any(|key| map.value(key).and_then(Value::bool) == Some(true));
    let mut declared = map.value("taxonomies").cloned();
    if let Some(Value::List(all)) = &mut declared {
        for one in all.iter().filter_map(Value::map) {
            let Some(name) = one.text(&["name"]) else { continue };
            settings.declare(&name, &[]);
            if let Some(own) = settings.taxonomies.iter_mut().find(|own| own.name == name) {
                let feed = one.value("feed").and_then(Value::bool).unwrap_or(false);
                let by = one.value("paginate_by");
                let paginate_by = by.and_then(|by| by.text()?.parse().ok());
                *own = Taxonomy { feed, paginate_by, ..own.clone() };
            }
        }
    }
    if let Some(extra) = map.value("extra").and_then(Value::map) {
        settings.extra = extra.toml();
    }
    unknown(library, path, &map, &KNOWN);
    map.value("languages")
        .and_then(Value::map)
        .map_or(Vec::new(), |languages| languages.0.iter().map(|entry| entry.key.clone()).collect())
}

/// Notes the settings that have no place.
pub(super) fn unknown(library: &mut Library<'_>, path: &str, map: &Map, known: &[&str]) {
    let others = map.0.iter().filter(|entry| {
        !known.iter().any(|known| known.eq_ignore_ascii_case(&entry.key))
            && entry.value != Value::Null
    });
    for entry in others {
        library.lose(path, LossKind::Setting, format!("`{}`", entry.key), "left out");
        if let Some(loss) = library.losses.last_mut() {
            loss.line = entry.line;
        }
    }
}

/// The language that a file names, and its path in a folder of that language.
pub(super) fn split_language(path: &str, languages: &[String]) -> (Option<String>, String) {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let mut parts = name.rsplitn(3, '.');
    let (end, language, rest) = (parts.next(), parts.next(), parts.next());
    if let (Some(end), Some(language), Some(rest)) = (end, language, rest)
        && languages.iter().any(|known| known == language)
    {
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        return (Some(language.to_owned()), format!("{language}/{folder}{rest}.{end}"));
    }
    (None, path.to_owned())
}

/// Finds the bibliographies among the files that are copied.
pub(super) fn bibliographies(library: &mut Library<'_>) {
    let placed = library.placed.iter().filter_map(|placed| placed.target.strip_prefix("content/"));
    let all: Vec<String> = placed
        .filter(|path| matches!(extension(path).as_str(), "bib" | "bibtex"))
        .map(str::to_owned)
        .collect();
    if all != ["references.bib"] {
        library.settings.bibliographies = all;
    }
}

/// Writes the text of a page anew.
pub(super) fn body(draft: &mut Draft<'_>, library: &mut Library<'_>) {
    let (text, _) = draft.source();
    if !text.contains("{{") && !text.contains("{%") {
        return;
    }
    let places = verbatim(text);
    let all = calls(text, Form::Zola, &places);
    let mut edits = Edits::default();
    rewrite(draft, &all, &places, &mut edits, &mut library.losses, |call, held| {
        if call.in_code {
            return Shape::Literal.into();
        }
        let found = known(&call.name, &call.arguments, held.is_some());
        found.unwrap_or_else(|| link_of(call).unwrap_or_else(|| Shape::Literal.into()))
    });
    draft.body = edits.apply(text);
}

/// Shortcodes of many sites that are nothing but links.
fn link_of(call: &super::call::Call) -> Option<Known> {
    let arguments = &call.arguments;
    match call.name.as_str() {
        "link" | "ref" | "relref" => {
            let to = arguments.get(&["to", "path", "url", "href"], 0)?;
            let text = arguments.get(&["text", "title", "name"], 1).unwrap_or(to);
            Some(Shape::Text(format!("[{text}]({})", destination(to))).into())
        }
        _ => None,
    }
}
