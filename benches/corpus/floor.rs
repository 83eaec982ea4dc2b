//! The shortest way from the files of a site to pages: what no generator of this kind can save.
//!
//! Each page is read, its front matter taken as TOML, its text made HTML with ids of headings, a
//! table of contents and links that lead somewhere, put into one template and written into a folder
//! of its own, on all cores. Nothing is checked, cited, highlighted, listed or related.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;
use tera::{Context, Tera};
use walkdir::WalkDir;

const TEMPLATE: &str = r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ title }}</title>
<meta name="description" content="{{ description }}">
</head>
<body>
<h1>{{ title }}</h1>
<p>{{ date }}</p>
<ul>{% for heading in headings %}<li><a href="#{{ heading.id }}">{{ heading.words }}</a></li>{% endfor %}</ul>
{{ content | safe }}
</body>
</html>
"##;

#[derive(Serialize)]
struct Heading {
    id: String,
    words: String,
}

/// Builds a site.
pub(crate) fn build(root: &Path, output: &Path) -> Result<(), String> {
    let mut tera = Tera::default();
    tera.add_raw_template("page.html", TEMPLATE).map_err(|error| error.to_string())?;
    let content = root.join("content");
    let mut files = Vec::new();
    for entry in WalkDir::new(&content) {
        let entry = entry.map_err(|error| error.to_string())?;
        if entry.path().extension().is_some_and(|extension| extension == "md") {
            files.push(entry.into_path());
        }
    }
    files.par_iter().try_for_each(|file| page(file, &content, output, &tera))
}

fn page(file: &Path, content: &Path, output: &Path, tera: &Tera) -> Result<(), String> {
    let fault = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let text = fs::read_to_string(file).map_err(|error| fault(&error))?;
    let (front, body) = text
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("+++\n"))
        .ok_or_else(|| fault(&"there is no front matter"))?;
    let front: toml::Table = front.parse().map_err(|error| fault(&error))?;
    let (headings, made) = markdown(body);
    let mut context = Context::new();
    for key in ["title", "description", "date"] {
        let value = front.get(key).map(|value| match value {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        context.insert(key, &value.unwrap_or_default());
    }
    context.insert("headings", &headings);
    context.insert("content", &made);
    let page = tera.render("page.html", &context).map_err(|error| fault(&error))?;
    let name = file.strip_prefix(content).map_err(|error| fault(&error))?.with_extension("");
    let folder = match name.file_name() {
        Some(last) if last == "_index" => output.join(name.parent().unwrap_or(Path::new(""))),
        _ => output.join(name),
    };
    fs::create_dir_all(&folder).map_err(|error| fault(&error))?;
    fs::write(folder.join("index.html"), page).map_err(|error| fault(&error))
}

/// The headings, and the HTML.
fn markdown(text: &str) -> (Vec<Heading>, String) {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut events: Vec<Event<'_>> = Parser::new_ext(text, options).collect();
    let mut headings: Vec<Heading> = Vec::new();
    let mut begin = None;
    for at in 0..events.len() {
        match &mut events[at] {
            Event::Start(Tag::Heading { .. }) => begin = Some(at),
            Event::End(TagEnd::Heading(_)) => {
                let Some(begin) = begin.take() else { continue };
                let words: String = events[begin..at].iter().filter_map(words).collect();
                let mut id = slug(&words);
                if headings.iter().any(|other| other.id == id) {
                    id = format!("{id}-{}", headings.len());
                }
                if let Event::Start(Tag::Heading { id: slot, .. }) = &mut events[begin] {
                    *slot = Some(CowStr::from(id.clone()));
                }
                headings.push(Heading { id, words });
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let path = dest_url.strip_prefix("@/").or_else(|| dest_url.strip_prefix("../"));
                if let Some(path) = path.and_then(|path| path.strip_suffix(".md")) {
                    *dest_url = CowStr::from(format!("/{path}/"));
                }
            }
            _ => {}
        }
    }
    let mut made = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut made, events.into_iter());
    (headings, made)
}

fn words<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        _ => None,
    }
}

fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            letter if letter.is_alphanumeric() => slug.extend(letter.to_lowercase()),
            _ if slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug
}

/// Looks at every file in some folders, as one has to before saying that nothing has changed.
pub(crate) fn walk(folders: &[PathBuf]) -> Result<(), String> {
    let begin = Instant::now();
    let mut bytes = 0;
    for entry in folders.iter().flat_map(WalkDir::new) {
        let metadata =
            entry.and_then(|entry| entry.metadata()).map_err(|error| error.to_string())?;
        // The time is what a build would look at.
        if metadata.modified().is_ok() {
            bytes += metadata.len();
        }
    }
    let took = begin.elapsed().as_nanos();
    if bytes == 0 {
        return Err(format!("{folders:?} hold no files"));
    }
    println!("{took}");
    Ok(())
}
