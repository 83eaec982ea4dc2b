//! Escaping of text for HTML, XML and Markdown, and of destinations for `href`.

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

/// Writes plain text as Markdown that says the same wherever in a line it stands, on one line.
pub fn markdown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters: Vec<char> = line.chars().collect();
    let digits = letters.iter().take_while(|c| c.is_ascii_digit()).count();
    let mut out = String::with_capacity(line.len() + 8);
    for (n, &c) in letters.iter().enumerate() {
        let is_word = |at: Option<usize>| {
            at.and_then(|at| letters.get(at)).is_some_and(|c: &char| c.is_alphanumeric())
        };
        let before = n.checked_sub(1);
        let is_mark = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' => true,
            '_' => !(is_word(before) && is_word(Some(n + 1))),
            '~' => letters.get(n + 1) == Some(&'~') || before.is_some_and(|at| letters[at] == '~'),
            // What could be read as a character reference.
            '&' => is_word(Some(n + 1)) || letters.get(n + 1) == Some(&'#'),
            // A heading may be closed by these, and a block begun by those.
            '#' => n == 0 || n + 1 == letters.len(),
            '>' | '-' | '+' | '=' => n == 0,
            '.' | ')' => n > 0 && n == digits,
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
    }
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
    use super::{html, markdown, push_href, xml};

    #[test]
    fn markdown_says_what_the_text_says() {
        for (text, want) in [
            ("plain, (text) - 1. #2 > x!", "plain, (text) - 1. #2 > x!"),
            ("a *b* `c` [d] <e> f|g \\h", "a \\*b\\* \\`c\\` \\[d\\] \\<e> f\\|g \\\\h"),
            ("snake_case _x_ __y", "snake_case \\_x\\_ \\_\\_y"),
            ("R&D, a & b, &amp; &#38;", "R\\&D, a & b, \\&amp; \\&#38;"),
            ("12. x", "12\\. x"),
            ("3) y", "3\\) y"),
            (". z", ". z"),
            ("- a", "\\- a"),
            ("# b #", "\\# b \\#"),
            ("~~c~~ ~d", "\\~\\~c\\~\\~ ~d"),
            (" two\n lines ", "two lines"),
        ] {
            assert_eq!(markdown(text), want, "{text}");
        }
    }

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
