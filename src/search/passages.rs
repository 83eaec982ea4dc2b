//! A page in passages: what stands under each heading.

use crate::markdown::{Heading, Texts, unescape};
use crate::text::seek::find;

/// What stands under a heading, or before the first.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    /// The heading; none for what stands before the first.
    pub(super) heading: Option<&'a Heading>,
    /// The text, a line a block.
    pub(super) prose: &'a str,
    /// Its code blocks.
    pub(super) code: Vec<String>,
}

/// Cuts the text of a page at its headings. A heading that is not found in the text (one that is
/// a formula, say) begins nothing.
pub(super) fn passages<'a>(headings: &'a [Heading], texts: &'a Texts) -> Vec<Passage<'a>> {
    let prose = texts.prose.as_str();
    let mut all = vec![Passage { heading: None, prose: "", code: Vec::new() }];
    let (mut from, mut at) = (0, 0);
    for heading in headings {
        let Some(found) = line(&prose[at..], heading.text.trim()) else { continue };
        if let Some(last) = all.last_mut() {
            last.prose = prose[from..at + found].trim();
        }
        at += found + heading.text.trim().len();
        from = at;
        all.push(Passage { heading: Some(heading), prose: "", code: Vec::new() });
    }
    if let Some(last) = all.last_mut() {
        last.prose = prose[from..].trim();
    }
    code(&texts.html, &mut all);
    all
}

/// Finds a whole line of a text.
fn line(text: &str, wanted: &str) -> Option<usize> {
    if wanted.is_empty() {
        return None;
    }
    let mut at = 0;
    loop {
        let found = at + find(&text[at..], wanted)?;
        let end = found + wanted.len();
        let begins = found == 0 || text[..found].ends_with('\n');
        if begins && (end == text.len() || text[end..].starts_with('\n')) {
            return Some(found);
        }
        at = end;
    }
}

/// Gives each code block to the passage that it stands in: the prose has none.
fn code(html: &str, passages: &mut [Passage<'_>]) {
    const START: &str = "<pre";
    let Some(mut at) = find(html, START) else { return };
    let mut starts = Vec::with_capacity(passages.len());
    let mut behind = 0;
    for passage in passages.iter() {
        let id = passage.heading.and_then(|heading| heading.id.as_deref());
        let found = id.and_then(|id| find(&html[behind..], &format!(" id=\"{id}\"")));
        behind += found.unwrap_or_default();
        starts.push(behind);
    }
    loop {
        let end = find(&html[at..], "</pre>").map_or(html.len(), |length| at + length);
        let text = plain(&html[at..end]);
        let within = starts.partition_point(|&start| start <= at).saturating_sub(1);
        if !text.is_empty() {
            passages[within].code.push(text);
        }
        match find(&html[end..], START) {
            Some(next) => at = end + next,
            None => return,
        }
    }
}

/// The text of some HTML, its white space drawn together.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        rest = rest[open..].find('>').map_or("", |close| &rest[open + close + 1..]);
    }
    text.push_str(rest);
    let text = if text.contains('&') { unescape(&text) } else { text };
    let mut drawn = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !drawn.is_empty() {
            drawn.push(' ');
        }
        drawn.push_str(word);
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::passages;
    use crate::markdown::{Heading, Texts};

    fn heading(text: &str, id: &str) -> Heading {
        Heading { level: 2, id: Some(id.into()), text: text.into(), span: 0..0 }
    }

    fn shown(headings: &[Heading], texts: &Texts) -> Vec<String> {
        let id = |heading: Option<&Heading>| heading.and_then(|heading| heading.id.clone());
        let all = passages(headings, texts).into_iter();
        all.map(|passage| format!("{:?} {} {:?}", id(passage.heading), passage.prose, passage.code))
            .collect()
    }

    #[test]
    fn a_text_is_cut_at_its_headings() {
        let headings = [heading("Tea", "tea"), heading("E = m", "e"), heading("Tea", "tea-1")];
        let texts = Texts {
            prose: "Tea is tea time.\nTea\nGreen.\nx²\nTea\nBlack.".into(),
            html: "<p>Tea is tea time.</p><h2 id=\"tea\">Tea</h2><p>Green.</p>\
                   <h2 id=\"tea-1\">Tea</h2><pre class=\"code\"><code><b>a</b> &amp;lt;\n  b</code></pre>"
                .into(),
        };
        assert_eq!(
            shown(&headings, &texts),
            [
                "None Tea is tea time. []",
                "Some(\"tea\") Green.\nx² []",
                "Some(\"tea-1\") Black. [\"a &lt; b\"]"
            ]
        );
    }

    #[test]
    fn code_that_is_never_closed_ends_with_the_page() {
        let texts = Texts { html: "<pre><code>a <".into(), ..Texts::default() };
        assert_eq!(shown(&[], &texts), ["None  [\"a\"]"]);
    }
}
