//! What templates look up of the site, beside what they are given.
//!
//! A page need not be rendered again where its templates see the same as before. What they see
//! are the values that they are given, and the answers to the functions that they call. The
//! calls are found in the texts of the templates: wherever a name of a function stands, even in
//! a comment, it counts as called.

use super::lookup::Lookup;

/// What the templates of a site look up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asks {
    /// Pages, sections or terms, whichever: what all of them are counts.
    pub(super) site: bool,
    /// The date of the build.
    pub(super) now: bool,
    /// Files of data.
    pub(super) data: bool,
    /// The files to which they ask the way, by their names.
    pub(super) files: Vec<String>,
}

impl Asks {
    /// Finds the calls in the texts of templates.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut asks = Self::default();
        for text in texts {
            asks.site |= calls(text, "get_page").next().is_some()
                || calls(text, "get_section").next().is_some()
                || ["get_taxonomy", "get_taxonomy_term", "get_taxonomy_url"]
                    .iter()
                    .any(|name| calls(text, name).next().is_some());
            asks.now |= calls(text, "now").next().is_some();
            asks.data |= calls(text, "load_data").next().is_some();
            for behind in calls(text, "get_url") {
                match named_file(behind) {
                    Some(name) => asks.files.push(name.to_owned()),
                    None => asks.site = true,
                }
            }
        }
        asks
    }

    /// Tells whether the answers depend on what pages, sections and terms the site has.
    pub(super) fn asks_for_site(&self, lookup: &Lookup) -> bool {
        self.site || self.files.iter().any(|name| !lookup.files.contains_key(name))
    }
}

/// What stands behind each place of a name.
fn calls<'t>(text: &'t str, name: &'static str) -> impl Iterator<Item = &'t str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).filter_map(move |(at, _)| {
        let behind = &text[at + name.len()..];
        (!text[..at].ends_with(is_word) && !behind.starts_with(is_word)).then_some(behind)
    })
}

/// The file that `get_url(path="…")` names, and nothing else about it; none where it is not so
/// plain.
fn named_file(behind: &str) -> Option<&str> {
    let (name, _) = behind.strip_prefix("(path=\"")?.split_once("\")")?;
    let is_plain = !name.contains(['"', '\\', '#', '?', ':']) && !name.starts_with(['@', '/']);
    is_plain.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::Asks;

    #[test]
    fn calls_are_found() {
        for (text, site, now, data, files) in [
            ("{{ page.title }} {{ trans(key=\"now-and-then\") }}", false, true, false, vec![]),
            ("{{ page.title }} {{ known }} {{ xget_page() }}", false, false, false, vec![]),
            ("{{ get_url(path=\"a.css\") }}", false, false, false, vec!["a.css"]),
            ("{{ get_url(path=\"@/a.md\") }}", true, false, false, vec![]),
            ("{{ get_url(path=\"a.css\", absolute=true) }}", true, false, false, vec![]),
            ("{{ get_url(path = \"a.css\") }}", true, false, false, vec![]),
            ("{{ get_url(path=x) }}", true, false, false, vec![]),
            ("{# get_page #}", true, false, false, vec![]),
            ("{% set x = get_taxonomy_url(kind=\"a\") %}", true, false, false, vec![]),
            ("{{ now() }}{{ load_data(path=\"a.json\") }}", false, true, true, vec![]),
        ] {
            let files = files.into_iter().map(str::to_owned).collect();
            assert_eq!(Asks::of([text].into_iter()), Asks { site, now, data, files }, "{text}");
        }
    }
}
