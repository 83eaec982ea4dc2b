//! Where a text is code or raw HTML, for those who change the rest of it.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::options::extensions;

/// The places of a text that are not to be read as prose, each list in order.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Verbatim {
    /// Blocks and spans of code.
    pub code: Vec<Range<usize>>,
    /// Raw HTML.
    pub html: Vec<Range<usize>>,
    /// The lines of headings.
    pub headings: Vec<Range<usize>>,
}

/// Finds the places of code and of raw HTML.
pub fn verbatim(text: &str) -> Verbatim {
    let mut found = Verbatim::default();
    let mut block = None;
    for (event, range) in Parser::new_ext(text, extensions()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => block = Some(range.start),
            Event::End(TagEnd::CodeBlock) => {
                found.code.push(block.take().unwrap_or(range.start)..range.end);
            }
            Event::Code(_) => found.code.push(range),
            Event::Html(_) | Event::InlineHtml(_) => match found.html.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ => found.html.push(range),
            },
            Event::Start(Tag::Heading { .. }) => found.headings.push(range),
            _ => {}
        }
    }
    found
}

impl Verbatim {
    /// The code at a byte.
    pub fn code_at(&self, at: usize) -> Option<&Range<usize>> {
        within(&self.code, at)
    }

    /// The raw HTML at a byte.
    pub fn html_at(&self, at: usize) -> Option<&Range<usize>> {
        within(&self.html, at)
    }
}

fn within(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let after = ranges.partition_point(|range| range.start <= at);
    ranges[..after].last().filter(|range| at < range.end)
}

#[cfg(test)]
mod tests {
    use super::verbatim;

    #[test]
    fn code_and_html_are_found() {
        let text =
            "a `b` <i>c</i>\n\n# H `x`\n\n```\nd\n```\n\n- e\n\n      f\n\n<div>\n`g`\n</div>\n";
        let found = verbatim(text);
        let code: Vec<&str> = found.code.iter().map(|range| &text[range.clone()]).collect();
        assert_eq!(code, ["`b`", "`x`", "```\nd\n```", "f\n"]);
        let html: Vec<&str> = found.html.iter().map(|range| &text[range.clone()]).collect();
        assert_eq!(html, ["<i>", "</i>", "<div>\n`g`\n</div>\n"]);
        assert!(found.code_at(3).is_some() && found.code_at(5).is_none());
        assert_eq!(&text[found.headings[0].clone()], "# H `x`\n");
    }
}
