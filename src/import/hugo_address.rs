//! Where Hugo serves a page.

use super::draft::Draft;
use super::value::{Map, Value};
use super::when;

/// The address of a page, without the sub-path of the site.
pub(super) fn address(draft: &Draft<'_>, settings: &Map, asked: Option<&str>) -> String {
    let target = &draft.target;
    let (folder, name) = target.rsplit_once('/').unwrap_or(("", target));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem == "_index" {
        return urlized(&format!("/{folder}/"));
    }
    let (folder, stem) = match stem {
        "index" => folder.rsplit_once('/').unwrap_or(("", folder)),
        _ => (folder, stem),
    };
    let section = folder.split('/').next().unwrap_or("");
    let of_section = |map: &Map| map.text(&[section]);
    let patterns = settings.value("permalinks").and_then(Value::map);
    let of_pages = patterns.and_then(|map| map.value("page")).and_then(Value::map);
    let pattern = asked
        .map(str::to_owned)
        .or_else(|| of_pages.and_then(of_section))
        .or_else(|| patterns.and_then(of_section));
    if let Some(path) = draft.matter.text("path") {
        return format!("/{}", path.trim_start_matches('/'));
    }
    let slug = draft.matter.text("slug").unwrap_or(stem).to_owned();
    let Some(pattern) = pattern else {
        return urlized(&format!("/{folder}/{slug}/"));
    };
    let title = draft.matter.text("title").unwrap_or(stem).to_owned();
    let date = draft.matter.text("date").and_then(when::read).map(|when| when.date.day());
    let day = |range: std::ops::Range<usize>| {
        date.as_deref().and_then(|day| day.get(range)).unwrap_or("").to_owned()
    };
    let sections = folder.to_owned();
    let mut out = pattern;
    // The longer names first: `:sections` begins as `:section` does.
    for (token, value) in [
        (":slugorfilename", slug.clone()),
        (":slugorcontentbasename", slug),
        (":contentbasename", stem.to_owned()),
        (":sections", sections),
        (":section", section.to_owned()),
        (":filename", stem.to_owned()),
        (":title", title),
        (
            ":slug",
            draft.matter.text("slug").map_or_else(
                || draft.matter.text("title").unwrap_or(stem).to_owned(),
                str::to_owned,
            ),
        ),
        (":year", day(0..4)),
        (":month", day(5..7)),
        (":day", day(8..10)),
    ] {
        out = out.replace(token, &value);
    }
    let ends = if out.ends_with('/') || out.ends_with(".html") { "" } else { "/" };
    urlized(&format!("/{}{ends}", out.trim_start_matches('/')))
}

/// A path as Hugo writes it into an address.
fn urlized(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            c if c.is_whitespace() && !out.ends_with('-') => out.push('-'),
            c if c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '~' | '+' | '#') => {
                out.extend(c.to_lowercase());
            }
            _ => {}
        }
    }
    while out.contains("//") {
        out = out.replace("//", "/");
    }
    out
}
