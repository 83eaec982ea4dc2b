//! One line of code in elements, no more of them than needed.

use std::rc::Rc;

use super::draft::push_quoted;

/// The HTML of one line of code. Elements that hold nothing are left out, and neighbours of the
/// same classes are one: a selector of classes and descendants sees no difference.
#[derive(Default, Debug)]
pub(super) struct Spans {
    html: String,
    /// The open scopes, those without an element too.
    open: Vec<Span>,
    /// The elements closed last, one around the other, the outermost last.
    closed: Vec<(Span, usize)>,
}

/// An element, or a scope that has none because its classes are none.
#[derive(Debug)]
struct Span {
    classes: Rc<str>,
    /// Where it begins in the HTML.
    start: usize,
}

impl Spans {
    /// Opens an element, or the one before it anew.
    pub(super) fn open(&mut self, classes: Rc<str>) {
        if classes.is_empty() {
            self.open.push(Span { classes, start: self.html.len() });
            return;
        }
        if let Some((span, end)) = self.closed.pop() {
            if end == self.html.len() && span.classes == classes {
                self.html.truncate(end - "</span>".len());
                self.open.push(span);
                return;
            }
            self.closed.clear();
        }
        let start = self.html.len();
        self.html.push_str("<span class=\"");
        self.html.push_str(&classes);
        self.html.push_str("\">");
        self.open.push(Span { classes, start });
    }

    /// Closes the innermost scope.
    pub(super) fn close(&mut self) {
        let Some(span) = self.open.pop().filter(|span| !span.classes.is_empty()) else { return };
        let opening = "<span class=\"\">".len() + span.classes.len();
        if self.html.len() == span.start + opening {
            self.html.truncate(span.start);
            return;
        }
        self.html.push_str("</span>");
        self.closed.push((span, self.html.len()));
    }

    /// Appends text; the newline of the line stands outside of every element.
    pub(super) fn text(&mut self, text: &str) {
        let text = text.trim_end_matches('\n');
        if !text.is_empty() {
            push_quoted(&mut self.html, text);
            self.closed.clear();
        }
    }

    /// Closes what is open and ends the line.
    pub(super) fn finish(mut self, newline: bool) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        if newline {
            self.html.push('\n');
        }
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::Spans;

    #[test]
    fn neighbours_of_the_same_classes_are_one() {
        let mut spans = Spans::default();
        for text in ["(", ")", "\n"] {
            spans.open("a".into());
            spans.open("".into());
            spans.open("b".into());
            spans.text(text);
            spans.close();
            spans.close();
            spans.close();
        }
        spans.open("b".into());
        spans.text("<");
        assert_eq!(
            spans.finish(true),
            "<span class=\"a\"><span class=\"b\">()</span></span><span class=\"b\">&lt;</span>\n"
        );
    }
}
