//! Which file of the site an address leads to, as on any host that serves files.

use crate::output::Memory;
use crate::path::{self, OutputPath};

/// Where an address leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Found {
    /// To this file.
    File(OutputPath),
    /// To a folder with a page in it, at this address.
    Elsewhere(String),
    /// To nothing of the site.
    Nothing,
    /// Out of the sub-path that the site is served under.
    Outside,
}

/// Finds what lies at a percent-encoded path under the sub-path `base`.
///
/// An address is looked up among the paths of the site's files and never touches the disk, so
/// that none leads out of the site, however it is written.
pub(super) fn find(files: &Memory, base: &str, address: &str) -> Found {
    let (Some(decoded), Some(base)) = (path::decode(address), path::decode(base)) else {
        return Found::Nothing;
    };
    let Some(name) = decoded.strip_prefix(&base).and_then(|rest| rest.strip_prefix('/')) else {
        return if decoded == base {
            Found::Elsewhere(format!("{}/", path::encode(&base)))
        } else {
            Found::Outside
        };
    };
    let file = |name: &str| OutputPath::new(name).ok().filter(|output| files.has(output));
    if name.is_empty() || name.ends_with('/') {
        return file(&format!("{name}index.html")).map_or(Found::Nothing, Found::File);
    }
    if let Some(output) = file(name) {
        return Found::File(output);
    }
    match file(&format!("{name}/index.html")) {
        Some(_) => Found::Elsewhere(format!("{}/", path::encode(&decoded))),
        None => Found::Nothing,
    }
}

/// The path that a link on the page at `page` leads to; none where it leads to another host.
/// Both are percent-encoded.
pub(super) fn follow(origin: &str, page: &str, link: &str) -> Option<String> {
    let link = link.trim();
    let link = link.split(['?', '#']).next().unwrap_or_default();
    let link = match link.strip_prefix(origin) {
        Some(rest) if rest.starts_with('/') => rest,
        _ => link,
    };
    let has_scheme = link.split(['/', '.']).next().is_some_and(|first| first.contains(':'));
    if link.is_empty() || link.starts_with("//") || has_scheme {
        return None;
    }
    let folder = &page[..page.rfind('/').unwrap_or(0)];
    let joined = path::join(folder, link)?;
    let slash = if link.ends_with('/') && !joined.is_empty() { "/" } else { "" };
    Some(format!("/{joined}{slash}"))
}

#[cfg(test)]
mod tests {
    use super::{Found, find, follow};
    use crate::output::{Memory, Sink};
    use crate::path::OutputPath;
    use crate::render::{Content, Rendered};

    fn files() -> Memory {
        let memory = Memory::new();
        let names = ["index.html", "a/index.html", "b.html", "ü b.txt", "%2e%2e.txt"];
        let paths: Vec<OutputPath> =
            names.iter().map(|name| OutputPath::new(name).unwrap()).collect();
        let session = memory.open(&paths).unwrap().value;
        for path in paths.clone() {
            session.put(&Rendered { path, content: Content::Bytes(Vec::new()) }).unwrap();
        }
        session.close().unwrap();
        memory
    }

    #[test]
    fn addresses_lead_to_files() {
        let files = files();
        let at = |address| find(&files, "/kb", address);
        let file = |name| Found::File(OutputPath::new(name).unwrap());
        assert_eq!(at("/kb/"), file("index.html"));
        assert_eq!(at("/kb/a/"), file("a/index.html"));
        assert_eq!(at("/kb/a/index.html"), file("a/index.html"));
        assert_eq!(at("/kb/b.html"), file("b.html"));
        assert_eq!(at("/kb/%C3%BC%20b.txt"), file("ü b.txt"));
        assert_eq!(at("/kb/%252e%252e.txt"), file("%2e%2e.txt"));
        assert_eq!(at("/kb/a"), Found::Elsewhere("/kb/a/".into()));
        assert_eq!(at("/kb"), Found::Elsewhere("/kb/".into()));
        assert_eq!(at("/kb/b"), Found::Nothing);
        assert_eq!(at("/kbx/"), Found::Outside);
        assert_eq!(at("/"), Found::Outside);
        assert_eq!(find(&files, "", "/a"), Found::Elsewhere("/a/".into()));
    }

    #[test]
    fn no_address_leads_out_of_the_site() {
        let files = files();
        for address in [
            "/../a/",
            "/a/../b.html",
            "/%2e%2e/a/",
            "/%2E%2E%2fb.html",
            "/..%5cb.html",
            "/a//",
            "//a/",
            "//a",
            "//evil.example/",
            "/a%00",
            "/%ff",
            "/.",
            "/./a/",
            "/a\\",
            "*",
            "",
            "/%252e%252e/a/",
        ] {
            let found = find(&files, "", address);
            assert!(
                matches!(found, Found::Nothing | Found::Outside) || address.is_empty(),
                "{address}: {found:?}"
            );
        }
        assert_eq!(find(&files, "", ""), Found::Elsewhere("/".into()));
    }

    #[test]
    fn links_are_followed_from_their_page() {
        let from = |link| follow("http://127.0.0.1:1", "/kb/a/", link);
        assert_eq!(from("x.png"), Some("/kb/a/x.png".into()));
        assert_eq!(from("../x.png?v=1#a"), Some("/kb/x.png".into()));
        assert_eq!(from("/kb/x.css"), Some("/kb/x.css".into()));
        assert_eq!(from("http://127.0.0.1:1/kb/x.css"), Some("/kb/x.css".into()));
        assert_eq!(from("b/"), Some("/kb/a/b/".into()));
        for link in ["", "#a", "//cdn.example/x", "https://a.example/x", "data:,x", "../../../x"] {
            assert_eq!(from(link), None, "{link}");
        }
    }
}
