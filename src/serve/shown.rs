//! What a browser sees of a page: tells one state of it from another, and puts the script in.

use serde::Serialize;

use crate::fingerprint::Fingerprint;
use crate::markdown::{Tag, Token, Tokens, addresses, unescape};
use crate::text::escape;

/// The elements that show a file, or run one.
const SHOWING: [&str; 11] = [
    "audio", "embed", "iframe", "img", "input", "object", "script", "source", "track", "video",
    "image",
];

/// What a browser sees of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Shown {
    /// Tells this state of the page from any other in which it would look or work differently,
    /// but for its style sheets.
    pub(super) print: String,
    /// The style sheets of the site on it, in order.
    pub(super) sheets: Vec<Sheet>,
}

/// A style sheet on a page.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct Sheet {
    /// Its address, as the page names it.
    href: String,
    /// Tells its content from any other.
    print: String,
}

impl Shown {
    /// A page, or another file, of which nothing else is known.
    pub(super) fn plain(fingerprint: Fingerprint) -> Self {
        Self { print: fingerprint.to_string(), sheets: Vec::new() }
    }

    /// Looks at a page. `file` tells the content of the file that a link on the page leads to,
    /// where it is one of the site's.
    pub(super) fn of(html: &str, file: impl Fn(&str) -> Option<Fingerprint>) -> Self {
        let mut sheets = Vec::new();
        let mut parts: Vec<Vec<u8>> = Vec::new();
        let mut from = 0;
        for token in Tokens::new(html) {
            let Token::Open(tag) = token else { continue };
            let value = |name: &str| {
                let range = tag.attribute(name)?.value.clone()?;
                Some((unescape(&html[range.clone()]), range))
            };
            if is_sheet(&tag, html) {
                let Some((href, range)) = value("href") else { continue };
                let Some(content) = file(&href) else { continue };
                sheets.push(Sheet { href, print: content.to_string() });
                parts.push(html.as_bytes()[from..range.start].to_vec());
                from = range.end;
            } else if tag.is_any(&SHOWING) {
                let single = ["src", "poster", "data", "href"].into_iter().filter_map(value);
                let mut links: Vec<String> = single.map(|(link, _)| link).collect();
                if let Some((set, _)) = value("srcset") {
                    let all = addresses(&set).unwrap_or_default();
                    links.extend(all.into_iter().map(|range| set[range].to_owned()));
                }
                let contents = links.iter().filter_map(|link| file(link));
                parts.extend(contents.map(|content| content.to_string().into_bytes()));
            }
        }
        parts.push(html.as_bytes()[from..].to_vec());
        let print = Fingerprint::of_parts(parts.iter().map(Vec::as_slice)).to_string();
        Self { print, sheets }
    }

    /// The page with the script that follows it, at the end of its body. `has_failed` tells
    /// that the page itself shows why there is no other.
    pub(super) fn with_script(&self, html: &str, script: &str, has_failed: bool) -> String {
        let sheets = serde_json::to_string(&self.sheets).unwrap_or_default();
        let tag = format!(
            "<script src=\"{script}\" defer data-print=\"{}\" data-sheets=\"{}\"{}></script>\n",
            self.print,
            escape::html(&sheets),
            if has_failed { " data-failed" } else { "" }
        );
        let end = b"</body";
        let at =
            html.as_bytes().windows(end.len()).rposition(|bytes| bytes.eq_ignore_ascii_case(end));
        let (before, after) = html.split_at(at.unwrap_or(html.len()));
        [before, &tag, after].concat()
    }
}

fn is_sheet(tag: &Tag<'_>, html: &str) -> bool {
    let rel = || tag.attribute("rel")?.value.clone();
    tag.is_any(&["link"])
        && rel().is_some_and(|rel| {
            html[rel].split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("stylesheet"))
        })
}

#[cfg(test)]
mod tests {
    use super::Shown;
    use crate::fingerprint::Fingerprint;

    /// Looks at a page on a site whose file `v.…` holds what its name says.
    fn shown(html: &str) -> Shown {
        Shown::of(html, |link| link.starts_with('/').then(|| Fingerprint::of(link.as_bytes())))
    }

    #[test]
    fn a_changed_style_sheet_leaves_the_print() {
        let one = shown("<link rel=stylesheet href=\"/s.1.css\"><p>a");
        let two = shown("<link rel=stylesheet href=\"/s.2.css\"><p>a");
        assert_eq!(one.print, two.print);
        assert_ne!(one.sheets, two.sheets);
        let more = shown(
            "<link rel=stylesheet href=\"/s.1.css\"><link rel=stylesheet href=\"/t.css\"><p>a",
        );
        assert_ne!(one.print, more.print);
        let other = shown("<link rel=stylesheet href=\"/s.1.css\"><p>b");
        assert_ne!(one.print, other.print);
    }

    #[test]
    fn a_changed_picture_changes_the_print() {
        let page = "<img src=\"/a.png\" srcset=\"/b.png 2x\">";
        let look = |changed: &'static str| {
            Shown::of(page, move |link| {
                let content = if link == changed { "new" } else { "old" };
                Some(Fingerprint::of(content.as_bytes()))
            })
        };
        let before = look("");
        assert_eq!(before, look("/c.png"));
        assert_ne!(before, look("/a.png"));
        assert_ne!(before, look("/b.png"));
    }

    #[test]
    fn the_script_goes_to_the_end_of_the_body() {
        let page = shown("<p>a");
        let with = |html: &str| page.with_script(html, "/x.js", false);
        assert!(with("<p>a</BODY></html>").starts_with("<p>a<script src=\"/x.js\""));
        assert!(with("<p>a</BODY></html>").ends_with("</script>\n</BODY></html>"));
        assert!(with("<p>a").ends_with("</script>\n"));
    }
}
