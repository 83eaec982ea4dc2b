//! What `ibid check` says of the links of a site.

use serde_json::{Value, json};

use super::report::counted;
use crate::site::Figures;

/// The figures in words, a line each.
pub(super) fn told(figures: &Figures) -> Vec<String> {
    let mut lines = vec![format!(
        "{} between {}: {}, {}, {}",
        counted(figures.links, "link"),
        counted(figures.pages, "page"),
        counted(figures.orphans, "orphan"),
        counted(figures.dead_ends, "dead end"),
        match figures.groups {
            0 | 1 => "all of one piece".to_owned(),
            groups => format!("{groups} groups with no link between them"),
        },
    )];
    for (what, pages) in [("Most linked", &figures.most_linked), ("Wanted", &figures.wanted)] {
        if !pages.is_empty() {
            let pages: Vec<String> =
                pages.iter().map(|(path, count)| format!("`{path}` ({count})")).collect();
            lines.push(format!("{what}: {}", pages.join(", ")));
        }
    }
    lines
}

/// The figures as an object.
pub(super) fn object(figures: &Figures) -> Value {
    let list = |pages: &[(String, usize)]| -> Vec<Value> {
        pages.iter().map(|(path, links)| json!({ "path": path, "links": links })).collect()
    };
    json!({ "graph": {
        "pages": figures.pages,
        "links": figures.links,
        "orphans": figures.orphans,
        "dead_ends": figures.dead_ends,
        "groups": figures.groups,
        "most_linked": list(&figures.most_linked),
        "wanted": list(&figures.wanted),
    }})
}
