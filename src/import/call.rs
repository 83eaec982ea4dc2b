//! Calls of shortcodes and tags in a text, and which of them belong together.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::markdown::Verbatim;

/// The longest name of a call, in letters.
const LONGEST_NAME: usize = 200;

/// The forms of calls that a dialect has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// `{{< name >}}`, `{{% name %}}`.
    Hugo,
    /// `{{< name >}}`.
    Quarto,
    /// `{{ name() }}`, `{% name() %}…{% end %}`.
    Zola,
    /// `{% name %}`, `{{ value }}`.
    Liquid,
}

/// One call.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Call {
    /// Its place, marks included.
    pub(super) range: Range<usize>,
    /// What stands between the marks.
    pub(super) inside: Range<usize>,
    pub(super) name: String,
    pub(super) arguments: Arguments,
    pub(super) kind: Kind,
    /// Whether it stands in code.
    pub(super) in_code: bool,
    /// The call that closes it.
    pub(super) close: Option<usize>,
    /// How many blocks are nested in it at most, itself included.
    pub(super) height: usize,
}

/// What a call does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// It stands alone, or opens a block.
    Open,
    /// It stands alone.
    Single,
    /// It closes a block.
    Close,
    /// It is shown, not called: what stands between the inner marks.
    Shown,
    /// `{{ value }}` of Liquid.
    Value,
}

/// The arguments of a call.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Arguments {
    pub(super) positional: Vec<String>,
    pub(super) named: Vec<(String, String)>,
}

impl Arguments {
    /// The value of the first of some names.
    pub(super) fn named(&self, names: &[&str]) -> Option<&str> {
        let all = names.iter().filter_map(|name| {
            let found = self.named.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.as_str())
        });
        all.into_iter().find(|value| !value.is_empty())
    }

    /// The value of the first of some names, or the one at a place.
    pub(super) fn get(&self, names: &[&str], at: usize) -> Option<&str> {
        let by_place =
            || self.positional.get(at).map(String::as_str).filter(|text| !text.is_empty());
        self.named(names).or_else(by_place)
    }

    /// Reads `"a" b=c d="e f"`, with commas or without.
    pub(super) fn read(text: &str) -> Self {
        let mut all = Self::default();
        let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        while !rest.is_empty() {
            let (first, after) = word(rest);
            let after_sign = after.trim_start().strip_prefix(['=', ':']).filter(|_| {
                !rest.starts_with(['"', '\'', '`'])
                    && !first.starts_with(['=', ','])
                    && !first.contains('/')
            });
            rest = match after_sign {
                Some(behind) => {
                    let (value, after) = word(behind.trim_start());
                    all.named.push((first, value));
                    after
                }
                None => {
                    all.positional.push(first);
                    after
                }
            };
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        }
        all
    }
}

/// One word, or what stands in quotes; and what follows.
fn word(text: &str) -> (String, &str) {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`' | '“'));
    if let Some(quote) = quote {
        let close = if quote == '“' { '”' } else { quote };
        let inside = &text[quote.len_utf8()..];
        let mut out = String::new();
        let mut letters = inside.char_indices();
        while let Some((at, c)) = letters.next() {
            match c {
                '\\' if quote != '`' => {
                    out.extend(letters.next().map(|(_, c)| if c == 'n' { '\n' } else { c }));
                }
                c if c == close => return (out, &inside[at + c.len_utf8()..]),
                c => out.push(c),
            }
        }
        return (out, "");
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '=' | ',');
    let end = text.find(ends).unwrap_or(text.len());
    // A sign alone is a word of its own, so that the reading goes on.
    let end = if end == 0 { text.chars().next().map_or(0, char::len_utf8) } else { end };
    (text[..end].to_owned(), &text[end..])
}

/// Finds all calls in a text, in order, and pairs those that belong together.
pub(super) fn calls(text: &str, form: Form, verbatim: &Verbatim) -> Vec<Call> {
    let mut all = Vec::new();
    let bytes = text.as_bytes();
    let mut ends: BTreeMap<&'static str, Option<End>> = BTreeMap::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('{') {
        let start = at + found;
        at = start + 1;
        let Some((open, close)) = marks(&bytes[start..], form) else { continue };
        let from = start + open.len();
        let known = ends.get(close).copied();
        let known = known.filter(|known| known.is_none_or(|known| known.at >= from));
        let end = known.unwrap_or_else(|| End::after(text, from, close));
        ends.insert(close, end);
        let Some(inner) = end else { continue };
        let end = inner.at + close.len();
        let words = from..inner.words.max(from);
        if let Some(call) = read(text, start..end, from..inner.at, words, open, form) {
            let in_code = verbatim.code_at(start).is_some();
            all.push(Call { in_code, ..call });
            at = end;
        }
    }
    pair(&mut all, form);
    all
}

/// The marks that close a call. Many calls may find the same ones, when all but one of them are
/// none.
#[derive(Clone, Copy)]
struct End {
    /// Where they begin.
    at: usize,
    /// Where the words before them end.
    words: usize,
}

impl End {
    fn after(text: &str, from: usize, close: &str) -> Option<Self> {
        let at = from + text[from..].find(close)?;
        let words = text[..at].trim_end_matches(is_edge).len();
        Some(Self { at, words })
    }
}

/// What may stand between the marks and the words of a call.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '~')
}

/// The marks of the call that begins with some bytes.
fn marks(bytes: &[u8], form: Form) -> Option<(&'static str, &'static str)> {
    let starts = |mark: &str| bytes.starts_with(mark.as_bytes());
    let known: &[(&str, &str)] = match form {
        Form::Hugo => &[("{{</*", "*/>}}"), ("{{%/*", "*/%}}"), ("{{<", ">}}"), ("{{%", "%}}")],
        Form::Quarto => &[("{{{<", ">}}}"), ("{{<", ">}}")],
        Form::Zola => &[("{{/*", "*/}}"), ("{%/*", "*/%}"), ("{{", "}}"), ("{%", "%}")],
        Form::Liquid => &[("{%", "%}"), ("{{", "}}")],
    };
    known.iter().find(|(open, _)| starts(open)).copied()
}

fn read(
    text: &str,
    range: Range<usize>,
    inside: Range<usize>,
    words: Range<usize>,
    open: &str,
    form: Form,
) -> Option<Call> {
    let call = |name: &str, arguments: Arguments, kind: Kind| Call {
        range: range.clone(),
        inside: inside.clone(),
        name: name.to_owned(),
        arguments,
        kind,
        in_code: false,
        close: None,
        height: 0,
    };
    if open.ends_with("/*") || open == "{{{<" {
        return Some(call("", Arguments::default(), Kind::Shown));
    }
    // Only the begin of what is no call is read: there may be many of them, with one end.
    let trimmed = text[words].trim_start_matches(is_edge);
    match form {
        Form::Zola => {
            if open == "{%" && trimmed == "end" {
                return Some(call("end", Arguments::default(), Kind::Close));
            }
            let length = trimmed.find(|c| !is_in_name(c)).unwrap_or(trimmed.len());
            let (name, rest) = trimmed.split_at(length);
            let arguments = rest.trim_start().strip_prefix('(')?.strip_suffix(')')?;
            let kind = if open == "{%" { Kind::Open } else { Kind::Single };
            is_name(name).then(|| call(name, Arguments::read(arguments), kind))
        }
        Form::Liquid if open == "{{" => Some(call(trimmed, Arguments::default(), Kind::Value)),
        Form::Liquid => {
            let (name, rest) = first_word(trimmed)?;
            match name.strip_prefix("end").filter(|name| !name.is_empty()) {
                Some(name) => Some(call(name, Arguments::default(), Kind::Close)),
                None => is_name(name).then(|| call(name, Arguments::read(rest), Kind::Open)),
            }
        }
        Form::Hugo | Form::Quarto => {
            let (closing, rest) = match trimmed.strip_prefix('/') {
                Some(rest) => (true, rest.trim_start()),
                None => (false, trimmed),
            };
            let (alone, rest) = match rest.strip_suffix('/') {
                Some(rest)
                    if !closing && rest.ends_with(|c: char| c.is_whitespace() || c == '"') =>
                {
                    (true, rest)
                }
                _ => (false, rest),
            };
            let (name, arguments) = first_word(rest)?;
            let kind = if closing {
                Kind::Close
            } else if alone {
                Kind::Single
            } else {
                Kind::Open
            };
            is_name(name).then(|| call(name, Arguments::read(arguments), kind))
        }
    }
}

/// The first word and what follows; nothing where it is too long for a name.
fn first_word(text: &str) -> Option<(&str, &str)> {
    let end = text.char_indices().take(LONGEST_NAME).find(|(_, c)| c.is_whitespace());
    let end = match end {
        Some((end, _)) => end,
        None if text.len() <= LONGEST_NAME => text.len(),
        None => return None,
    };
    Some((&text[..end], text[end..].trim_start()))
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(is_in_name)
}

fn is_in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.' | ':')
}

/// Pairs calls anew, some of which were taken out of a list.
pub(super) fn pair_again(all: &mut [Call], form: Form) {
    all.iter_mut().for_each(|call| (call.close, call.height) = (None, 0));
    pair(all, form);
}

/// Pairs calls that open with calls that close.
fn pair(all: &mut [Call], form: Form) {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut waiting: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..all.len() {
        match all[at].kind {
            Kind::Open => {
                *waiting.entry(all[at].name.clone()).or_default() += 1;
                open.push((at, 0));
            }
            Kind::Close => {
                let name = all[at].name.clone();
                let is_any = form == Form::Zola;
                if !is_any && waiting.get(&name).is_none_or(|count| *count == 0) {
                    continue;
                }
                let mut highest = 0;
                while let Some((opener, height)) = open.pop() {
                    if let Some(count) = waiting.get_mut(&all[opener].name) {
                        *count -= 1;
                    }
                    highest = highest.max(height);
                    if is_any || all[opener].name == name {
                        all[opener].close = Some(at);
                        all[opener].height = highest + 1;
                        all[at].height = highest + 1;
                        // What closes is found from what opens.
                        all[at].close = Some(opener);
                        if let Some((_, above)) = open.last_mut() {
                            *above = (*above).max(highest + 1);
                        }
                        break;
                    }
                }
            }
            Kind::Single | Kind::Shown | Kind::Value => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Arguments, Form, Kind, calls};
    use crate::markdown::verbatim;

    fn found(text: &str, form: Form) -> Vec<(String, Kind, Option<usize>, usize)> {
        let all = calls(text, form, &verbatim(text));
        all.into_iter().map(|call| (call.name, call.kind, call.close, call.height)).collect()
    }

    #[test]
    fn arguments_are_read_in_each_form() {
        let read = Arguments::read("\"a b\" c=d, e=\"f \\\"g\\\"\" `h\\i`");
        assert_eq!(read.positional, ["a b", "h\\i"]);
        assert_eq!(read.named, [("c".into(), "d".into()), ("e".into(), "f \"g\"".into())]);
        assert_eq!(Arguments::read("= = ,").positional.len(), 2);
        assert_eq!(Arguments::read("src=\"/a.png\"").get(&["src"], 0), Some("/a.png"));
        assert_eq!(Arguments::read("https://a.b/c=d").positional[0], "https://a.b/c");
    }

    #[test]
    fn calls_are_paired() {
        let hugo = "{{< a x >}} {{% b %}} {{< c >}} {{% /b %}} {{< /a >}} {{< d />}} {{</* e */>}}";
        let want = [
            ("a".to_owned(), Kind::Open, Some(4), 2),
            ("b".to_owned(), Kind::Open, Some(3), 1),
            ("c".to_owned(), Kind::Open, None, 0),
            ("b".to_owned(), Kind::Close, Some(1), 1),
            ("a".to_owned(), Kind::Close, Some(0), 2),
            ("d".to_owned(), Kind::Single, None, 0),
            (String::new(), Kind::Shown, None, 0),
        ];
        assert_eq!(found(hugo, Form::Hugo), want);
        let zola = "{{ a(x=1) }} {% b() %} {{ not }} {% end %} {{/* c() */}}";
        let names: Vec<String> = found(zola, Form::Zola).into_iter().map(|one| one.0).collect();
        assert_eq!(names, ["a", "b", "end", ""]);
        let liquid = "{%- if x -%} {{ page.title }} {% endif %} {{ open";
        let names: Vec<String> = found(liquid, Form::Liquid).into_iter().map(|one| one.0).collect();
        assert_eq!(names, ["if", "page.title", "if"]);
    }

    #[test]
    fn many_marks_without_an_end_are_no_hang() {
        assert!(calls(&"{{< a ".repeat(100_000), Form::Hugo, &Default::default()).is_empty());
        let text = "{{< a >}}".repeat(50_000) + &"{{< /b >}}".repeat(50_000);
        assert_eq!(calls(&text, Form::Hugo, &Default::default()).len(), 100_000);
    }
}
