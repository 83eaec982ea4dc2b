//! Links that hold outside of the page: for feeds, which are read elsewhere.

use super::srcset;
use super::tag::{Attribute, Tag, Token, Tokens};

/// Attributes that hold one destination.
const HOLDERS: &[&str] = &[
    "href",
    "xlink:href",
    "src",
    "poster",
    "data",
    "cite",
    "longdesc",
    "action",
    "formaction",
    "background",
];

/// Makes every destination of some HTML absolute: those within the site by `origin`
/// (`https://example.org`), those relative to the page and its fragments by `page`, its whole
/// address.
pub fn absolute(html: &str, origin: &str, page: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut written = 0;
    for token in Tokens::new(html) {
        let Token::Open(tag) = token else { continue };
        for attribute in &tag.attributes {
            let Some(value) = &attribute.value else { continue };
            for (from, prefix) in prefixes(&tag, attribute, &html[value.clone()], origin, page) {
                out.push_str(&html[written..value.start + from]);
                out.push_str(&prefix);
                written = value.start + from;
            }
        }
    }
    out + &html[written..]
}

/// Makes one destination absolute, as [`absolute`] does.
pub fn absolute_address(address: &str, origin: &str, page: &str) -> String {
    let prefix = prefix(address, origin, page).unwrap_or_default();
    format!("{prefix}{address}")
}

/// What is to be put in before the destinations of an attribute, and where.
fn prefixes(
    tag: &Tag<'_>,
    attribute: &Attribute<'_>,
    value: &str,
    origin: &str,
    page: &str,
) -> Vec<(usize, String)> {
    let name = attribute.name.to_ascii_lowercase();
    if name == "srcset" || name == "imagesrcset" {
        let addresses = srcset::addresses(value).unwrap_or_default();
        return addresses
            .into_iter()
            .filter_map(|at| Some((at.start, prefix(&value[at], origin, page)?)))
            .collect();
    }
    if !HOLDERS.contains(&name.as_str()) {
        return Vec::new();
    }
    let start = value.len() - value.trim_start().len();
    let address = &value[start..];
    // The parts of a drawing name each other by fragments, wherever the drawing is shown.
    if address.starts_with('#') && !tag.is_any(&["a", "area"]) {
        return Vec::new();
    }
    prefix(address, origin, page).map(|prefix| (start, prefix)).into_iter().collect()
}

/// What makes an address absolute; none where it is.
fn prefix(address: &str, origin: &str, page: &str) -> Option<String> {
    if address.starts_with("//") {
        let scheme = origin.split("//").next().unwrap_or_default();
        return Some(scheme.to_owned());
    }
    if address.starts_with('/') {
        return Some(origin.to_owned());
    }
    if address.is_empty() || address.starts_with(['#', '?']) {
        return Some(page.to_owned());
    }
    let scheme = address.split([':', '/', '?', '#']).next().unwrap_or_default();
    if address[scheme.len()..].starts_with(':') {
        return None;
    }
    let folder = page.rfind('/').map_or("", |slash| &page[..=slash]);
    Some(folder.to_owned())
}

#[cfg(test)]
mod tests {
    use super::absolute;

    #[test]
    fn every_destination_holds_elsewhere() {
        let page = "https://example.org/kb/notes/tea.html";
        for (html, wanted) in [
            ("<a href=\"/kb/x/\">", "<a href=\"https://example.org/kb/x/\">"),
            ("<a href=\"#note\">", "<a href=\"https://example.org/kb/notes/tea.html#note\">"),
            ("<a href=''>", "<a href='https://example.org/kb/notes/tea.html'>"),
            ("<img src=cup.png alt=x>", "<img src=https://example.org/kb/notes/cup.png alt=x>"),
            (
                "<img SRCSET=\"/a.png 1x, b.png 2x\">",
                "<img SRCSET=\"https://example.org/a.png 1x, https://example.org/kb/notes/b.png 2x\">",
            ),
            ("<a href=\"//cdn.example/x\">", "<a href=\"https://cdn.example/x\">"),
            ("<svg><use href=\"#cup\"/></svg>", "<svg><use href=\"#cup\"/></svg>"),
            ("<a href=\"mailto:a@b.org\">", "<a href=\"mailto:a@b.org\">"),
            ("<a href=\"https://b.org/#x\" id=\"#x\">", "<a href=\"https://b.org/#x\" id=\"#x\">"),
            ("<!-- <a href=\"/x\"> --> a < b", "<!-- <a href=\"/x\"> --> a < b"),
        ] {
            assert_eq!(absolute(html, "https://example.org", page), wanted);
        }
    }
}
