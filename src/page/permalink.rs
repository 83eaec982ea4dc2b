//! Where a page is served.

use super::card::Kind;
use crate::config::Urls;
use crate::path::Permalink;
use crate::text::slug::slug;

/// The parts of a page's address before the front matter has its say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Name {
    /// The folders above, as slugs, without slashes at either end.
    pub(super) folder: String,
    /// The last part; empty for the page or section at the root.
    pub(super) slug: String,
    /// The date that the file's name begins with: `2026-03-01-title.md`.
    pub(super) date: Option<String>,
}

/// Takes a page's address from its path under `content/`.
pub(super) fn name(relative_path: &str, kind: Kind) -> Name {
    let (folder, file) = relative_path.rsplit_once('/').unwrap_or(("", relative_path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let of_folder = kind == Kind::Section || stem == "index";
    let (above, last) =
        if of_folder { folder.rsplit_once('/').unwrap_or(("", folder)) } else { (folder, stem) };
    let (date, last) = split_date(last);
    Name { folder: slugs(above), slug: slug_or_kept(last), date }
}

/// The permalink of a page whose front matter names none.
pub(super) fn permalink(name: &Name, kind: Kind, urls: Urls) -> String {
    let folder = if name.folder.is_empty() { String::new() } else { format!("/{}", name.folder) };
    match (kind, urls) {
        _ if name.slug.is_empty() => format!("{folder}/"),
        (Kind::Page, Urls::Flat) => format!("{folder}/{}.html", name.slug),
        _ => format!("{folder}/{}/", name.slug),
    }
}

/// The permalink that `path` in the front matter asks for.
pub(super) fn from_path(path: &str, kind: Kind, urls: Urls) -> String {
    let path = path.trim().trim_start_matches('/').trim_end_matches('/');
    if path.is_empty() {
        "/".to_owned()
    } else if path.ends_with(".html") {
        format!("/{path}")
    } else if kind == Kind::Page && urls == Urls::Flat {
        format!("/{path}.html")
    } else {
        format!("/{path}/")
    }
}

/// The slug of a name; of a name without a letter or digit, the name itself.
pub fn slug_or_kept(name: &str) -> String {
    let slug = slug(name);
    if slug.is_empty() { name.trim().to_owned() } else { slug }
}

fn slugs(folder: &str) -> String {
    folder.split('/').map(slug_or_kept).collect::<Vec<_>>().join("/")
}

/// Splits `2026-03-01-title` and `2026-03-01_title` into the date and the rest.
pub fn split_date(stem: &str) -> (Option<String>, &str) {
    let is_date = stem.len() > 11
        && stem.is_char_boundary(11)
        && stem.bytes().take(10).enumerate().all(|(n, byte)| match n {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
        && matches!(stem.as_bytes()[10], b'-' | b'_');
    if is_date && crate::date::Date::parse(&stem[..10]).is_some() {
        (Some(stem[..10].to_owned()), &stem[11..])
    } else {
        (None, stem)
    }
}

/// Takes an address as asked for, or says why it cannot be served.
pub(super) fn checked(address: &str) -> Result<Permalink, &'static str> {
    let permalink = Permalink::new(address)?;
    permalink.output()?;
    Ok(permalink)
}

#[cfg(test)]
mod tests {
    use super::{from_path, name, permalink};
    use crate::config::Urls;
    use crate::page::Kind;

    fn served(path: &str, urls: Urls) -> String {
        let kind = if path.ends_with("_index.md") { Kind::Section } else { Kind::Page };
        permalink(&name(path, kind), kind, urls)
    }

    #[test]
    fn files_become_addresses() {
        for (path, directory, flat) in [
            ("_index.md", "/", "/"),
            ("about.md", "/about/", "/about.html"),
            ("Guide/_index.md", "/guide/", "/guide/"),
            ("guide/How To.md", "/guide/how-to/", "/guide/how-to.html"),
            ("guide/index.md", "/guide/", "/guide.html"),
            ("notes/2026-03-01-tex.md", "/notes/tex/", "/notes/tex.html"),
            ("2026-03-01.md", "/2026-03-01/", "/2026-03-01.html"),
            ("index.md", "/", "/"),
        ] {
            assert_eq!(served(path, Urls::Directory), directory, "{path}");
            assert_eq!(served(path, Urls::Flat), flat, "{path}");
        }
    }

    #[test]
    fn front_matter_may_name_the_address() {
        assert_eq!(from_path("/a/b", Kind::Page, Urls::Directory), "/a/b/");
        assert_eq!(from_path("a/b/", Kind::Page, Urls::Flat), "/a/b.html");
        assert_eq!(from_path("a.html", Kind::Page, Urls::Directory), "/a.html");
        assert_eq!(from_path("/", Kind::Page, Urls::Directory), "/");
    }
}
