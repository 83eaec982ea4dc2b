//! Finds the tags in raw HTML, however loosely it is written.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

/// A piece of raw HTML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Token<'a> {
    /// Text between tags.
    Text(Range<usize>),
    /// An opening tag.
    Open(Tag<'a>),
    /// The name of a closing tag.
    Close(&'a str),
}

/// An opening tag.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tag<'a> {
    /// Its name, as written.
    pub name: &'a str,
    /// Its bytes.
    pub range: Range<usize>,
    /// Its attributes, in order.
    pub attributes: Vec<Attribute<'a>>,
}

/// An attribute of a tag.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attribute<'a> {
    /// Its name, as written.
    pub name: &'a str,
    /// The bytes of its value, without quotes; none where it has no value.
    pub value: Option<Range<usize>>,
    /// Whether the value stands in quotes.
    pub quoted: bool,
}

impl Tag<'_> {
    /// The first attribute of that name; a browser ignores those after it.
    pub fn attribute(&self, name: &str) -> Option<&Attribute<'_>> {
        self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
    }

    /// Tells whether it is one of the named tags (in lower case).
    pub fn is_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }
}

/// Walks over the tags and texts of raw HTML. Comments, declarations and the content of
/// scripts and the like are passed over; a tag without an end is no tag, as in a browser.
pub struct Tokens<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    /// Begins at the start of `html`.
    pub fn new(html: &'a str) -> Self {
        Self { html, at: 0 }
    }

    /// Gives up: whatever begins here has no end.
    fn stop<T>(&mut self) -> Option<T> {
        self.at = self.html.len();
        None
    }

    /// Passes over the next `end`, or over all the rest.
    fn skip_past(&mut self, from: usize, end: &str) {
        self.at = find_ignoring_case(self.html, from, end)
            .map_or(self.html.len(), |found| found + end.len());
    }

    /// Reads the tag whose name begins at `start`, after its `<`.
    fn open(&mut self, start: usize) -> Option<Token<'a>> {
        let bytes = self.html.as_bytes();
        let name = self.name(start);
        let mut at = start + name.len();
        let mut attributes = Vec::new();
        loop {
            at += spaces(&bytes[at..]);
            match bytes.get(at) {
                None => return self.stop(),
                Some(b'>') => break,
                Some(b'/') => at += 1,
                Some(_) => match attribute(self.html, at) {
                    Some((attribute, end)) => {
                        attributes.push(attribute);
                        at = end;
                    }
                    None => return self.stop(),
                },
            }
        }
        self.at = at + 1;
        if is_raw_text(name) {
            // The closing tag stays, so that the walk ends on it.
            let end = format!("</{name}");
            self.at = find_ignoring_case(self.html, self.at, &end).unwrap_or(self.html.len());
        }
        Some(Token::Open(Tag { name, range: start - 1..at + 1, attributes }))
    }

    fn close(&mut self, start: usize) -> Option<Token<'a>> {
        let name = self.name(start);
        match self.html[start..].find('>') {
            Some(end) => self.at = start + end + 1,
            None => return self.stop(),
        }
        Some(Token::Close(name))
    }

    fn name(&self, start: usize) -> &'a str {
        let rest = &self.html[start..];
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        &rest[..end.unwrap_or(rest.len())]
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let bytes = self.html.as_bytes();
        while let Some(&first) = bytes.get(self.at) {
            let start = self.at;
            let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
            if first == b'<' && letter(start + 1) {
                return self.open(start + 1);
            }
            if first == b'<' && bytes.get(start + 1) == Some(&b'/') && letter(start + 2) {
                return self.close(start + 2);
            }
            let rest = &self.html[start..];
            if rest.starts_with("<!--") {
                // `<!-->` and `<!--->` are whole comments.
                self.skip_past(start + 2, "-->");
            } else if rest.starts_with("<![CDATA[") {
                self.skip_past(start, "]]>");
            } else if rest.starts_with("<!") || rest.starts_with("<?") || rest.starts_with("</") {
                self.skip_past(start, ">");
            } else {
                // A `<` that opens nothing is text too.
                let next = bytes[start + 1..].iter().position(|&byte| byte == b'<');
                self.at = next.map_or(bytes.len(), |next| start + 1 + next);
                return Some(Token::Text(start..self.at));
            }
        }
        None
    }
}

/// Reads one attribute; none where it has no end.
fn attribute(html: &str, start: usize) -> Option<(Attribute<'_>, usize)> {
    let bytes = html.as_bytes();
    // An equals sign at the start belongs to the name, as browsers have it.
    let stops = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=');
    let length = bytes[start + 1..].iter().position(stops)? + 1;
    let name = &html[start..start + length];
    let after = start + length;
    let mut at = after + spaces(&bytes[after..]);
    if bytes.get(at) != Some(&b'=') {
        return Some((Attribute { name, value: None, quoted: false }, after));
    }
    at += 1;
    at += spaces(&bytes[at..]);
    let (value, quoted) = match bytes.get(at)? {
        quote @ (b'"' | b'\'') => {
            let length = bytes[at + 1..].iter().position(|byte| byte == quote)?;
            (at + 1..at + 1 + length, true)
        }
        _ => {
            let stops = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
            (at..at + bytes[at..].iter().position(stops)?, false)
        }
    };
    let end = value.end + usize::from(quoted);
    Some((Attribute { name, value: Some(value), quoted }, end))
}

fn spaces(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// The elements whose content is not HTML.
fn is_raw_text(name: &str) -> bool {
    ["script", "style", "textarea", "title", "xmp"]
        .iter()
        .any(|element| name.eq_ignore_ascii_case(element))
}

fn find_ignoring_case(text: &str, from: usize, wanted: &str) -> Option<usize> {
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    text.get(from..)?
        .windows(wanted.len())
        .position(|window| window.eq_ignore_ascii_case(wanted))
        .map(|found| from + found)
}

/// Resolves the character references of a text or an attribute of raw HTML.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
        let length = rest[1..].bytes().take_while(name).count();
        if length > 0 && rest[1 + length..].starts_with(';') {
            push_reference(&mut out, &rest[..length + 2]);
            rest = &rest[length + 2..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// Appends what `&name;` stands for. The parser holds the table of names, but keeps it to
/// itself; a text of nothing but the reference makes it look the name up.
fn push_reference(out: &mut String, reference: &str) {
    match reference {
        "&amp;" => out.push('&'),
        "&lt;" => out.push('<'),
        "&gt;" => out.push('>'),
        "&quot;" => out.push('"'),
        "&#39;" | "&#x27;" => out.push('\''),
        _ => {
            for event in Parser::new(reference) {
                if let Event::Text(text) = event {
                    out.push_str(&text);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, Tokens, unescape};

    /// Shows tags as `name(attribute=value …)`, closing tags as `/name`, texts in brackets.
    fn show(html: &str) -> String {
        let tokens = Tokens::new(html).map(|token| match token {
            Token::Text(range) => format!("[{}]", &html[range]),
            Token::Close(name) => format!("/{name}"),
            Token::Open(tag) => {
                let attributes: Vec<_> = tag
                    .attributes
                    .iter()
                    .map(|a| match &a.value {
                        Some(value) => format!("{}={}", a.name, &html[value.clone()]),
                        None => a.name.to_owned(),
                    })
                    .collect();
                format!("{}({})", tag.name, attributes.join(" "))
            }
        });
        tokens.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn attributes_are_read_with_any_quotes_and_none() {
        assert_eq!(show("<a href=\"x y\" b='c\"d' e=f/ g h = i>"), "a(href=x y b=c\"d e=f/ g h=i)");
        assert_eq!(show("<br/><img src=x/>ä<p =y>"), "br() img(src=x/) [ä] p(=y)");
        assert_eq!(show("<a\nhref='>'\n>t</a >"), "a(href=>) [t] /a");
    }

    #[test]
    fn what_is_no_html_is_passed_over() {
        assert_eq!(show("<!-- <a id=x> --><!--><b>"), "b()");
        assert_eq!(
            show("<![CDATA[<a>]]><?php <a> ?><!DOCTYPE x>a < b"),
            "[ ] [a ] [< b]".replace("[ ] ", "[ ?>] ")
        );
        assert_eq!(show("<SCRIPT>if (a<b) '<a>'</script><i>"), "SCRIPT() /script i()");
    }

    #[test]
    fn a_tag_without_an_end_is_no_tag() {
        for html in ["<a href=\"x", "<a href", "<a href=", "</a", "<!-- x", "<script>", "<a x='"] {
            assert!(!show(html).contains("a("), "{html}");
        }
    }

    #[test]
    fn references_are_resolved() {
        assert_eq!(unescape("a&amp;b&#x41;&eacute;&nope;&"), "a&bAé&nope;&");
        assert_eq!(unescape("&copy &;& c;"), "&copy &;& c;");
    }
}
