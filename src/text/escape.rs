//! Escaping of text for HTML and of destinations for `href`.

/// Appends `text` as the content of an element.
pub fn push_text(out: &mut String, text: &str) {
    // Writing into a `String` cannot fail.
    let _ = pulldown_cmark_escape::escape_html_body_text(&mut *out, text);
}

/// Appends `text` as the value of a double-quoted attribute.
pub fn push_attribute(out: &mut String, text: &str) {
    let _ = pulldown_cmark_escape::escape_html(&mut *out, text);
}

/// Appends a destination as the value of an `href` or `src` attribute, percent-encoding
/// what a URL cannot hold and keeping what is already encoded.
pub fn push_href(out: &mut String, destination: &str) {
    let _ = pulldown_cmark_escape::escape_href(&mut *out, destination);
}

/// Escapes `text` for HTML text and attributes.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    push_attribute(&mut out, text);
    out
}

/// Escapes `text` for XML text and attributes, leaving out the control characters that
/// XML 1.0 forbids even in escaped form.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars().filter(|c| is_xml(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// Leaves out the characters that XML 1.0 forbids even in escaped form, for somebody else to
/// escape the rest.
pub fn xml_characters(text: &str) -> String {
    text.chars().filter(|c| is_xml(*c)).collect()
}

fn is_xml(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        c => !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'),
    }
}

#[cfg(test)]
mod tests {
    use super::{html, push_href, xml};

    #[test]
    fn html_escapes_quotes_and_angles() {
        assert_eq!(html(r#"<a b="c">&"#), "&lt;a b=&quot;c&quot;&gt;&amp;");
    }

    #[test]
    fn xml_drops_what_it_cannot_hold() {
        assert_eq!(xml("a\u{0}b\u{8}<"), "ab&lt;");
    }

    #[test]
    fn href_keeps_encoded_parts() {
        let mut out = String::new();
        push_href(&mut out, "/a b/%20/ä");
        assert_eq!(out, "/a%20b/%20/%C3%A4");
    }
}
