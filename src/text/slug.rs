//! Slugs for permalinks and ids for headings.

use deunicode::deunicode_with_tofu;

/// Makes the part of a permalink out of a title or a file name: lower-case ASCII letters and
/// digits with single hyphens between the words.
///
/// Other scripts are transliterated, so that the address survives any host and file system.
/// Text without a letter or digit in any script gives an empty slug.
pub fn slug(text: &str) -> String {
    let ascii = deunicode_with_tofu(text, "-");
    let mut out = String::with_capacity(ascii.len());
    for c in ascii.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c != '\'' && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    if out.ends_with('-') {
        out.pop();
    }
    out
}

/// Makes the id of a heading as GitHub does: lower case, letters, digits, `-` and `_` of any
/// script kept, white space to hyphens, all else dropped.
pub fn heading_id(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_alphanumeric() || matches!(c, '-' | '_') || is_mark(c) {
            out.extend(c.to_lowercase());
        } else if c.is_whitespace() {
            out.push('-');
        }
    }
    out
}

/// Reduces an id or the text of a heading to what all tools agree on, so that a link in
/// another tool's spelling (`what-s-next` for `whats-next`, `uber` for `über`, the name of an
/// emoji for the emoji) still finds its heading.
pub fn loose_id(id: &str) -> String {
    // What one tool drops another makes a hyphen of: `whats-next` and `what-s-next`.
    slug(id).replace('-', "")
}

/// Tells whether `c` is a combining mark, which belongs to the letter before it.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::{heading_id, slug};

    #[test]
    fn slugs_are_ascii() {
        assert_eq!(slug("Über uns: A & B!"), "uber-uns-a-b");
        assert_eq!(slug("don't"), "dont");
        assert_eq!(slug("  a__b  "), "a-b");
        assert_eq!(slug("北京"), "bei-jing");
        assert_eq!(slug("???"), "");
    }

    #[test]
    fn heading_ids_are_those_of_github() {
        assert_eq!(heading_id("A & B"), "a--b");
        assert_eq!(heading_id("What's new in `v1.0`?"), "whats-new-in-v10");
        assert_eq!(heading_id("Über Größe"), "über-größe");
        assert_eq!(heading_id("snake_case"), "snake_case");
    }
}
