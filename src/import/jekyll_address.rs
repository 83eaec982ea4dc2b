//! Where Jekyll serves a page.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::origin::extension;
use super::value::Map;
use super::when;
use crate::page::split_date;

/// The address of a page, without the sub-path of the site.
pub(super) fn address(
    draft: &Draft<'_>,
    settings: &Map,
    collections: &BTreeMap<String, Map>,
) -> String {
    let path = draft.script.path;
    let is_post = path.starts_with("_posts/") || path.contains("/_posts/");
    let own = draft.head.map.text(&["permalink"]);
    let style = settings.text(&["permalink"]).unwrap_or_else(|| "date".to_owned());
    if let Some(own) = own.as_ref().filter(|own| !own.contains(':')) {
        return format!("/{}", own.trim_start_matches('/'));
    }
    if !is_post {
        return of_page(path, own.as_deref(), &style, collections);
    }
    let pattern = own.unwrap_or(style);
    let pattern = match pattern.as_str() {
        "date" => "/:categories/:year/:month/:day/:title.html",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title.html",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title.html",
        "none" => "/:categories/:title.html",
        other => other,
    };
    let (in_name, name) = split_date(draft.stem());
    let written = draft
        .head
        .map
        .text(&["date"])
        .and_then(|date| when::read(&date))
        .map(|when| when.date.day());
    let day = written.or(in_name).unwrap_or_default();
    let part = |range: std::ops::Range<usize>| day.get(range).unwrap_or("").to_owned();
    let slug = draft.head.map.text(&["slug"]).unwrap_or_else(|| name.to_owned());
    let categories = draft.matter.taxonomies.get("categories").cloned().unwrap_or_default();
    let categories: Vec<String> =
        categories.iter().map(|one| one.to_lowercase().replace(' ', "%20")).collect();
    let unpadded = |range| part(range).trim_start_matches('0').to_owned();
    filled(
        pattern,
        &[
            (":categories", categories.join("/")),
            (":year", part(0..4)),
            (":short_year", part(2..4)),
            (":month", part(5..7)),
            (":i_month", unpadded(5..7)),
            (":day", part(8..10)),
            (":i_day", unpadded(8..10)),
            (":title", slug.clone()),
            (":slug", slug.to_lowercase()),
            (":output_ext", ".html".to_owned()),
        ],
    )
}

fn of_page(
    path: &str,
    own: Option<&str>,
    style: &str,
    collections: &BTreeMap<String, Map>,
) -> String {
    let bare = path.strip_suffix(&format!(".{}", extension(path))).unwrap_or(path);
    let (folder, name) = bare.rsplit_once('/').unwrap_or(("", bare));
    let collection = folder.split('/').next().and_then(|first| first.strip_prefix('_'));
    let of_collection =
        collection.and_then(|name| collections.get(name)).and_then(|map| map.text(&["permalink"]));
    if let (Some(collection), Some(pattern)) =
        (collection, own.map(str::to_owned).or(of_collection))
    {
        let below = bare.split_once('/').map_or("", |(_, below)| below);
        return filled(
            &pattern,
            &[
                (":collection", collection.to_owned()),
                (":path", below.to_owned()),
                (":name", name.to_owned()),
                (":title", name.to_owned()),
                (":slug", name.to_owned()),
                (":output_ext", ".html".to_owned()),
            ],
        );
    }
    let folder = folder.trim_start_matches('_');
    if matches!(name.to_ascii_lowercase().as_str(), "index" | "readme") {
        return format!("/{folder}/").replace("//", "/");
    }
    let is_pretty = style == "pretty" || style.ends_with('/');
    let end = if is_pretty { "/" } else { ".html" };
    format!("/{folder}/{name}{end}").replace("//", "/")
}

fn filled(pattern: &str, values: &[(&str, String)]) -> String {
    let mut out = format!("/{}", pattern.trim_start_matches('/'));
    // The longer names first: `:categories` is no `:cat…`.
    let mut values: Vec<_> = values.iter().collect();
    values.sort_by_key(|(token, _)| std::cmp::Reverse(token.len()));
    for (token, value) in values {
        out = out.replace(token, value);
    }
    while out.contains("//") {
        out = out.replace("//", "/");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::address;
    use crate::import::draft::Draft;
    use crate::import::value::{Map, Value};
    use std::collections::BTreeMap;

    #[test]
    fn posts_are_served_by_their_dates() {
        let served = |path: &str, style: &str| {
            let draft = Draft::new(path, "---\ntitle: x\n---\n", path.into(), &mut Vec::new());
            let mut map = Map::default();
            map.put("permalink", Value::Text(style.into()), 1);
            address(&draft, &map, &BTreeMap::new())
        };
        assert_eq!(served("_posts/2020-01-02-a-b.md", "date"), "/2020/01/02/a-b.html");
        assert_eq!(served("_posts/2020-01-02-a-b.md", "/:year/:title/"), "/2020/a-b/");
        assert_eq!(served("about.md", "pretty"), "/about/");
        assert_eq!(served("docs/index.md", "date"), "/docs/");
        assert_eq!(served("docs/a.md", "date"), "/docs/a.html");
    }
}
