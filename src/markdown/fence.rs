//! The words behind the fence of a code block: ` ```rust,linenos,hl_lines=3 8-9 `.

use std::ops::RangeInclusive;

/// What the words behind a fence ask for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Fence<'a> {
    /// The language, as written; empty where none is named.
    pub(super) language: &'a str,
    /// Whether the lines are numbered, where the fence says.
    pub(super) line_numbers: Option<bool>,
    /// The number of the first line.
    pub(super) first_line: usize,
    /// The lines to mark, counted from one whatever the first is numbered.
    pub(super) marked: Vec<RangeInclusive<usize>>,
    /// The lines to leave out.
    pub(super) hidden: Vec<RangeInclusive<usize>>,
    /// The name of the file.
    pub(super) name: Option<&'a str>,
}

/// Reads the words behind a fence, in any of the forms that authors bring with them:
///
/// - Zola: `rust,linenos,hl_lines=3 8-9,name=a.rs`
/// - Docusaurus, Starlight, VitePress: `js title="a.js" {3,8-9} showLineNumbers`, `js{3,8-9}`
/// - Hugo: `go {linenos=true,hl_lines=[3,"8-9"]}`
/// - Pandoc, Quarto: `{.python .numberLines startFrom="5" filename="a.py"}`
/// - Material for MkDocs: `py title="a.py" linenums="5" hl_lines="3 8-9"`
///
/// Words that it does not know are for other tools (rustdoc's `no_run`, mdBook's `editable`) and
/// mean nothing here.
pub(super) fn parse(info: &str) -> Fence<'_> {
    let mut fence = Fence { first_line: 1, ..Fence::default() };
    let mut parts = split(info.trim(), |c| c == ',').into_iter();
    let mut words =
        split(parts.next().unwrap_or_default(), char::is_whitespace).into_iter().peekable();
    if let Some(first) = words.next_if(|word| !word.contains('=') || word.contains('{')) {
        fence.first_word(first);
    }
    for word in words {
        fence.annotation(word);
    }
    for part in parts {
        // Zola's values hold spaces: `hl_lines=3 8-9` goes on to the next comma.
        match part.find(|c: char| c == '=' || c.is_whitespace()) {
            Some(at) if !part[at..].starts_with('=') => {
                split(part, char::is_whitespace)
                    .into_iter()
                    .for_each(|word| fence.annotation(word));
            }
            _ => fence.annotation(part),
        }
    }
    fence
}

impl<'a> Fence<'a> {
    /// Takes in the word that names the language, with what is written against it.
    fn first_word(&mut self, word: &'a str) {
        let Some((language, braced)) = word.split_once('{') else {
            self.language = word.split(":line-numbers").next().unwrap_or(word);
            self.numbered_if(word.contains(":line-numbers"));
            return;
        };
        let inner = braced.strip_suffix('}').unwrap_or(braced);
        if !language.is_empty() {
            self.first_word(language);
        } else if let Some(name) = inner.split([' ', ',']).next().filter(|name| is_language(name)) {
            self.language = name.trim_start_matches('.');
        }
        self.braced(inner);
    }

    /// Takes in what stands in braces: lines to mark, or annotations.
    fn braced(&mut self, inner: &'a str) {
        if inner.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'-' | b' ')) {
            self.marked.extend(lines(inner));
            return;
        }
        for part in split(inner, |c| c == ',' || c.is_whitespace()) {
            self.annotation(part);
        }
    }

    fn annotation(&mut self, annotation: &'a str) {
        if let Some(inner) = annotation.strip_prefix('{') {
            return self.braced(inner.strip_suffix('}').unwrap_or(inner));
        }
        let (key, value) = match annotation.split_once('=') {
            Some((key, value)) => (key.trim(), Some(unquoted(value.trim()))),
            // `showLineNumbers{5}`, as rehype writes it.
            None => match annotation.split_once('{') {
                Some((key, value)) => (key, value.strip_suffix('}')),
                None => (annotation, None),
            },
        };
        match (key, value) {
            (
                "linenos" | "linenums" | "showLineNumbers" | "lineNumbers" | "line-numbers"
                | ".numberLines" | ".number-lines" | ".line-numbers" | "code-line-numbers",
                value,
            ) => {
                self.line_numbers = Some(value != Some("false"));
                if let Some(first) = value.and_then(|value| value.parse().ok()) {
                    self.first_line = first;
                }
            }
            ("linenostart" | "startFrom" | "startLineNumber", Some(value)) => {
                self.first_line = value.parse().unwrap_or(1);
            }
            ("hl_lines" | "mark", Some(value)) => self.marked.extend(lines(value)),
            ("hide_lines", Some(value)) => self.hidden.extend(lines(value)),
            ("name" | "title" | "file" | "filename", Some(value)) => {
                self.name = Some(value).filter(|name| !name.is_empty());
            }
            _ => {}
        }
    }

    fn numbered_if(&mut self, numbered: bool) {
        if numbered {
            self.line_numbers = Some(true);
        }
    }
}

/// Tells whether the first word in braces names a language: `.python`, or Quarto's `python`.
fn is_language(word: &str) -> bool {
    let name = word.strip_prefix('.').unwrap_or(word);
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !name.contains('=')
        && !matches!(
            word,
            "linenos" | "showLineNumbers" | "lineNumbers" | ".numberLines" | ".number-lines"
        )
}

/// Takes off the quotes around a value.
fn unquoted(value: &str) -> &str {
    let within = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    within('"').or_else(|| within('\'')).unwrap_or(value)
}

/// Splits a text, but not within quotes or brackets, and drops what is empty.
fn split(text: &str, separates: impl Fn(char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut depth, mut quote, mut last) = (0, 0_usize, None, ' ');
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if last == '=' || depth > 0 => quote = Some(c),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => depth = depth.saturating_sub(1),
            (None, _) if depth == 0 && separates(c) => {
                parts.push(text[from..at].trim());
                from = at + c.len_utf8();
            }
            (None, _) => {}
        }
        last = c;
    }
    parts.push(text[from..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Reads `3 8-9`, `{3,8-9}` or `[3,"8-9"]` into ranges of lines.
fn lines(value: &str) -> Vec<RangeInclusive<usize>> {
    let range = |word: &str| {
        let (from, to) = word.split_once('-').unwrap_or((word, word));
        let (from, to) = (from.parse().ok()?, to.parse().ok()?);
        Some(if from <= to { from..=to } else { to..=from })
    };
    let between =
        |c: char| c.is_whitespace() || matches!(c, ',' | '"' | '\'' | '[' | ']' | '{' | '}');
    value.split(between).filter_map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::{Fence, parse};

    /// What a fence asks for, in words.
    fn said(info: &str) -> String {
        let Fence { language, line_numbers, first_line, marked, hidden, name } = parse(info);
        let mut said = vec![language.to_owned()];
        if let Some(numbered) = line_numbers {
            said.push(if numbered {
                format!("from {first_line}")
            } else {
                "unnumbered".to_owned()
            });
        }
        said.extend(marked.iter().map(|lines| format!("marks {}-{}", lines.start(), lines.end())));
        said.extend(hidden.iter().map(|lines| format!("hides {}-{}", lines.start(), lines.end())));
        said.extend(name.map(|name| format!("is {name}")));
        said.join(", ")
    }

    #[test]
    fn every_dialect_of_annotations_is_understood() {
        for (info, expected) in [
            (
                "rust,linenos,hl_lines=3 9-8,linenostart=5,name=src/main.rs,hide_lines=1,no_run",
                "rust, from 5, marks 3-3, marks 8-9, hides 1-1, is src/main.rs",
            ),
            ("rust, linenos, hl_lines=\"3 8-9\"", "rust, from 1, marks 3-3, marks 8-9"),
            ("toml,name=my site.toml", "toml, is my site.toml"),
            (
                "js title=\"a b.js\" {1,3-4} showLineNumbers",
                "js, from 1, marks 1-1, marks 3-4, is a b.js",
            ),
            ("jsx {1,3-4}", "jsx, marks 1-1, marks 3-4"),
            (
                "js title='it is' mark={2, 4-5} ins={1} \"text\" /x[,]y/",
                "js, marks 2-2, marks 4-5, is it is",
            ),
            ("js{2}", "js, marks 2-2"),
            ("ts:line-numbers {1}", "ts, from 1, marks 1-1"),
            ("ts:line-numbers{1,3}", "ts, from 1, marks 1-1, marks 3-3"),
            ("js showLineNumbers{7} file=x.js", "js, from 7, is x.js"),
            ("js showLineNumbers=false", "js, unnumbered"),
            (
                "go {linenos=table,hl_lines=[8,\"15-17\"],linenostart=199}",
                "go, from 199, marks 8-8, marks 15-17",
            ),
            (
                "{.python .numberLines startFrom=\"10\" filename=\"run, 2.py\"}",
                "python, from 10, is run, 2.py",
            ),
            ("{python}", "python"),
            ("{r, echo=FALSE}", "r"),
            ("{1,3}", ", marks 1-1, marks 3-3"),
            (
                "py title=\"a.py\" linenums=\"5\" hl_lines=\"2 3\"",
                "py, from 5, marks 2-2, marks 3-3, is a.py",
            ),
            ("rust no_run,editable", "rust"),
            ("rust,no_run title=\"a\"", "rust, is a"),
            ("", ""),
            ("linenos=true", ", from 1"),
        ] {
            assert_eq!(said(info), expected, "{info}");
        }
    }

    #[test]
    fn odd_annotations_mean_nothing() {
        for (info, expected) in [
            ("c++ title=\"\",linenostart=x,hl_lines=a-b 2-,linenos=false", "c++, unnumbered"),
            ("c++ {", "c++"),
            ("c++ }{", "c++"),
            ("js {a,b} title=\"never closed", "js, is \"never closed"),
            ("js {\"a\": 1}", "js"),
            ("é {1", "é, marks 1-1"),
            ("{", ""),
            (",,,", ""),
        ] {
            assert_eq!(said(info), expected, "{info}");
        }
    }
}
