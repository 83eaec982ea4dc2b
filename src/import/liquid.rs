//! Liquid in the texts of Jekyll.

use std::ops::Range;

use super::brief::put_in;
use super::call::{Call, Form, Kind, calls, pair_again};
use super::draft::Draft;
use super::edits::Edits;
use super::index::{Index, Place};
use super::library::Library;
use super::lines::Lines;
use super::rewrite::{Shape, rewrite};
use super::shortcode::{destination, known};
use crate::markdown::Verbatim;

/// Writes the calls of a text anew.
pub(super) fn liquid(
    draft: &Draft<'_>,
    places: &Verbatim,
    edits: &mut Edits,
    library: &mut Library<'_>,
    index: &Index,
) {
    let (text, _) = draft.source();
    if !text.contains("{{") && !text.contains("{%") {
        return;
    }
    let mut all = calls(text, Form::Liquid, places);
    raw(text, &mut all, edits);
    let settings = &library.settings;
    rewrite(draft, &all, places, edits, &mut library.losses, |call, held| {
        let shape = match call.name.as_str() {
            "comment" => Shape::Hide,
            _ if call.in_code => Shape::Literal,
            "link" | "post_url" => {
                linked(call, draft, text, index).map_or(Shape::Literal, Shape::Text)
            }
            "highlight" if held.is_some() => {
                let language = call.arguments.positional.first().cloned().unwrap_or_default();
                Shape::Code(language)
            }
            "include" | "include_cached" | "include_relative" => {
                let mut arguments = call.arguments.clone();
                let file =
                    (!arguments.positional.is_empty()).then(|| arguments.positional.remove(0));
                let name =
                    file.as_deref().unwrap_or("").rsplit('/').next().unwrap_or("").to_owned();
                let name = name.split('.').next().unwrap_or("").to_owned();
                return known(&name, &arguments, false).unwrap_or_else(|| Shape::Literal.into());
            }
            "seo" | "feed_meta" | "toc" => Shape::Text(String::new()),
            _ if call.kind == Kind::Value => {
                value(&call.name, draft, settings).map_or(Shape::Literal, Shape::Text)
            }
            name => {
                return match known(name, &call.arguments, held.is_some()) {
                    Some(known)
                        if matches!(
                            name,
                            "youtube" | "vimeo" | "gist" | "twitter" | "details" | "note"
                        ) =>
                    {
                        known
                    }
                    _ => Shape::Literal.into(),
                };
            }
        };
        shape.into()
    });
}

/// Takes out the marks around what Liquid leaves alone, and the calls between them.
fn raw(text: &str, all: &mut Vec<Call>, edits: &mut Edits) {
    let mut kept = Vec::with_capacity(all.len());
    let lines = Lines::of(text);
    let mut until = None;
    let mut past = 0;
    let mut is_closed = true;
    for call in all.drain(..) {
        match &until {
            None if call.name == "raw" && call.kind == Kind::Open => {
                let end = || text[call.range.end..].find("endraw");
                match is_closed.then(end).flatten() {
                    Some(end) => {
                        edits.replace(line_or_tag(&lines, text, &call.range), "");
                        until = Some(call.range.end + end);
                    }
                    // What no later one closes is not looked for again.
                    None => is_closed = false,
                }
            }
            Some(end) if call.range.end > *end => {
                if call.name == "raw" && call.kind == Kind::Close {
                    edits.replace(line_or_tag(&lines, text, &call.range), "");
                }
                until = None;
                past = call.range.end;
            }
            Some(_) => {}
            None if call.range.start >= past => kept.push(call),
            None => {}
        }
    }
    // What closes what is found anew, since places in the list have changed.
    pair_again(&mut kept, Form::Liquid);
    *all = kept;
}

/// A tag with its line, where it stands alone on it.
fn line_or_tag(lines: &Lines, text: &str, range: &Range<usize>) -> Range<usize> {
    let (first, last) = (lines.at(range.start), lines.at(range.end));
    match first.is_blank_before(range.start) && last.is_blank_after(range.end) {
        true => first.start..(last.end + 1).min(text.len()),
        false => range.clone(),
    }
}

/// The destination that `link` and `post_url` name.
fn linked(call: &Call, draft: &Draft<'_>, text: &str, index: &Index) -> Option<String> {
    let written = &text[call.inside.clone()];
    let written = written.trim_matches(['-', ' ', '~', '\n', '\t']);
    let (_, path) = written.split_once(char::is_whitespace)?;
    let path = path.trim().trim_matches(['"', '\'']).trim_start_matches('/');
    let found = match call.name.as_str() {
        "post_url" => {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
            let posts = [
                format!("{folder}_posts/{name}"),
                format!("_posts/{folder}{name}"),
                path.to_owned(),
            ];
            posts
                .iter()
                .find_map(|path| index.at_path(path).cloned())
                .or_else(|| index.named(draft.script.path, name))
        }
        _ => index.at_path(path).cloned(),
    };
    Some(match found? {
        Place::Page(path) | Place::File(path) => destination(&format!("@/{path}")),
        Place::Static(address) => destination(&format!("/{address}")),
    })
}

/// The text of a value that does not depend on the build.
fn value(name: &str, draft: &Draft<'_>, settings: &super::site_toml::Settings) -> Option<String> {
    let mut parts = name.split('|').map(str::trim);
    let first = parts.next()?;
    let filters: Vec<&str> = parts.collect();
    let is_address = |filter: &&str| matches!(*filter, "relative_url" | "absolute_url");
    let text = match first {
        "site.baseurl" | "site.url" | "site.github.url" => String::new(),
        "site.title" => put_in(settings.title.as_deref()?)?,
        "site.description" => put_in(settings.description.as_deref()?)?,
        "page.title" => put_in(draft.matter.text("title")?)?,
        _ => match first.strip_prefix("site.").or_else(|| first.strip_prefix("page.")) {
            Some(key) => {
                let value = match first.starts_with("site.") {
                    true => settings.extra.get(key)?,
                    false => draft.matter.extra.get(key)?,
                };
                match value {
                    toml::Value::String(text) => put_in(text)?,
                    toml::Value::Integer(number) => number.to_string(),
                    _ => return None,
                }
            }
            None => {
                let quote = first.chars().next().filter(|c| matches!(c, '"' | '\''))?;
                first.strip_prefix(quote)?.strip_suffix(quote)?.to_owned()
            }
        },
    };
    let rest: Vec<&&str> = filters.iter().filter(|filter| !is_address(filter)).collect();
    let is_plain = rest
        .iter()
        .all(|filter| matches!(**filter, "escape" | "strip_html" | "strip" | "xml_escape"));
    is_plain.then(|| match filters.iter().any(is_address) {
        true if text.is_empty() => "/".to_owned(),
        true => format!("/{}", text.trim_start_matches('/')),
        false => text,
    })
}
