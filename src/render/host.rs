//! `_redirects` and `_headers`, for hosts that read them.

use super::inputs::Inputs;
use super::statics::Static;
use crate::path::{OutputPath, encode};
use crate::site::{INDEX_FOLDER, SIZED_FOLDER};

/// Where an old address leads: the address as a file of the output, and the link to follow.
pub(super) type Rule = (OutputPath, String);

/// Writes the rules as Netlify and Cloudflare Pages read them: from, to, and the code that says
/// it is for good.
pub(super) fn redirects(base: &str, rules: &[Rule]) -> String {
    let mut out = String::new();
    for (path, target) in rules {
        for from in addresses(base, path.as_str(), target) {
            out.push_str(&format!("{from} {target} 301\n"));
        }
    }
    out
}

/// The addresses at which a host would have served a file: a folder with and without the slash,
/// because not every host adds it where there is no folder.
fn addresses(base: &str, path: &str, target: &str) -> Vec<String> {
    // These two are no letters but patterns in such a file.
    let path = encode(path).replace('*', "%2A").replace(':', "%3A");
    let Some(folder) = path.strip_suffix("index.html") else {
        return vec![format!("{base}/{path}")];
    };
    let with = format!("{base}/{folder}");
    let without = with.trim_end_matches('/').to_owned();
    // A host that hides `.html` would lead from the one to the other without end.
    match without.is_empty() || format!("{without}.html") == target {
        true => vec![with],
        false => vec![with, without],
    }
}

/// Writes what is to be said with each file.
pub(super) fn headers(inputs: &Inputs<'_>) -> String {
    let base = &inputs.site.base;
    let mut out = format!(
        "{}/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n",
        base.path
    );
    // A file whose name changes with its content may be kept for ever.
    let hashed = inputs.statics.iter().filter_map(Static::hashed_name);
    for path in hashed.filter_map(|name| OutputPath::new(&name).ok()) {
        out.push_str(&base.file_href(&path));
        out.push_str("\n  Cache-Control: public, max-age=31536000, immutable\n");
    }
    let sized = inputs.site.pictures.sizes().next().map(|_| SIZED_FOLDER);
    for folder in sized.into_iter().chain(inputs.search.map(|_| INDEX_FOLDER)) {
        out.push_str(&format!("{}/{folder}*\n", base.path));
        out.push_str("  Cache-Control: public, max-age=31536000, immutable\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::redirects;
    use crate::path::OutputPath;

    #[test]
    fn old_addresses_lead_on_with_and_without_a_slash() {
        let rule = |path: &str, target: &str| {
            (OutputPath::new(path).expect("it is a path"), target.to_owned())
        };
        let rules = [
            rule("old/index.html", "/kb/new/"),
            rule("ä b/50%*.html", "/kb/new/"),
            rule("tea/index.html", "/kb/tea.html"),
        ];
        let wanted = "/kb/old/ /kb/new/ 301\n/kb/old /kb/new/ 301\n\
                      /kb/%C3%A4%20b/50%25%2A.html /kb/new/ 301\n/kb/tea/ /kb/tea.html 301\n";
        assert_eq!(redirects("/kb", &rules), wanted);
        assert_eq!(redirects("", &[rule("index.html", "/a/")]), "/ /a/ 301\n");
    }
}
