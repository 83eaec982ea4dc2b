//! Reads Rust source as the checks of this test need it: words, paths and blocks.

use std::collections::BTreeMap;

/// The source files by their path below the repository: `src/page/card.rs`.
pub(crate) type Files = BTreeMap<String, String>;

/// Blanks out comments and the insides of strings and characters, keeping every line.
pub(crate) fn bare(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    while at < chars.len() {
        let word_before = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => until(&chars, at, |c| c == '\n'),
            '/' if chars.get(at + 1) == Some(&'*') => block_comment(&chars, at),
            'r' if !word_before => raw_string(&chars, at, at + 1),
            'b' if !word_before && chars.get(at + 1) == Some(&'r') => {
                raw_string(&chars, at, at + 2)
            }
            '"' => string(&chars, at),
            '\'' => character(&chars, at),
            _ => at,
        };
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            let blank = chars[at..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' });
            out.extend(blank);
            at = end;
        }
    }
    out
}

fn until(chars: &[char], from: usize, stop: impl Fn(char) -> bool) -> usize {
    (from..chars.len()).find(|&at| stop(chars[at])).unwrap_or(chars.len())
}

fn block_comment(chars: &[char], from: usize) -> usize {
    let (mut at, mut depth) = (from, 0);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn raw_string(chars: &[char], from: usize, after_r: usize) -> usize {
    let quote = until(chars, after_r, |c| c != '#');
    if chars.get(quote) != Some(&'"') {
        return from;
    }
    let hashes = quote - after_r;
    let closes = |at: &usize| {
        chars[*at] == '"' && (1..=hashes).all(|ahead| chars.get(at + ahead) == Some(&'#'))
    };
    (quote + 1..chars.len()).find(closes).map_or(chars.len(), |at| at + 1 + hashes)
}

fn string(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// The end of a character literal; a lifetime is none.
fn character(chars: &[char], from: usize) -> usize {
    match (chars.get(from + 1), chars.get(from + 2)) {
        (Some('\\'), _) => (until(chars, from + 3, |c| c == '\'') + 1).min(chars.len()),
        (Some(_), Some('\'')) => from + 3,
        _ => from,
    }
}

/// Blanks out the modules under `#[cfg(test)]` of a text that is bare already.
pub(crate) fn without_tests(bare: &str) -> String {
    let mut out = bare.to_owned();
    while let Some(start) = out.find("#[cfg(test)]") {
        let after = &out[start..];
        let semicolon = after.find(';').unwrap_or(after.len());
        let end = match after.find('{') {
            Some(open) if open < semicolon => start + open + block(&after[open..]),
            _ => start + semicolon,
        };
        let blank: String =
            out[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        out.replace_range(start..end, &blank);
    }
    out
}

/// The length of the block that begins with the `{` at the start of `text`.
fn block(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

/// A word or a sign of the source, with its line from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) text: &'a str,
    pub(crate) line: usize,
}

/// Cuts a bare text into words, `::`, and single signs.
pub(crate) fn tokens(bare: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut rest = bare;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if is_word(first) {
            rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (text, after) = rest.split_at(length);
        if first == '\n' {
            line += 1;
        } else if !first.is_whitespace() {
            tokens.push(Token { text, line });
        }
        rest = after;
    }
    tokens
}

/// A path that a file names, its `use` groups resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
}

/// Every path of at least two parts, and every `use` of one; `mod x;` counts as `self::x`.
pub(crate) fn paths(bare: &str) -> Vec<Named> {
    let tokens = tokens(bare);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let is_start = is_word(tokens[at].text) && (at == 0 || tokens[at - 1].text != "::");
        // `pub(in crate::check)` tells who may look, it does not look.
        if tokens[at].text == "in" && at > 1 && tokens[at - 2].text == "pub" {
            at += tokens[at..].iter().take_while(|token| token.text != ")").count();
            continue;
        }
        if tokens[at].text == "use" {
            at = tree(&tokens, at + 1, &[], &mut found);
        } else if is_start && tokens.get(at + 1).is_some_and(|next| next.text == "::") {
            let mut path = vec![tokens[at].text.to_owned()];
            let line = tokens[at].line;
            while tokens.get(at + 1).is_some_and(|next| next.text == "::")
                && tokens.get(at + 2).is_some_and(|next| is_word(next.text))
            {
                path.push(tokens[at + 2].text.to_owned());
                at += 2;
            }
            found.push(Named { path, line });
            at += 1;
        } else {
            if tokens[at].text == "mod" && tokens.get(at + 2).is_some_and(|next| next.text == ";") {
                let path = vec!["self".to_owned(), tokens[at + 1].text.to_owned()];
                found.push(Named { path, line: tokens[at].line });
            }
            at += 1;
        }
    }
    found
}

/// Reads a `use` tree, adding each of its paths, and gives the place behind it.
fn tree(tokens: &[Token<'_>], mut at: usize, prefix: &[String], found: &mut Vec<Named>) -> usize {
    let mut path = prefix.to_vec();
    let line = tokens.get(at).map_or(0, |token| token.line);
    while let Some(token) = tokens.get(at) {
        match token.text {
            "::" => at += 1,
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token.text != "}") {
                    if tokens[at].text == "," {
                        at += 1;
                    } else {
                        at = tree(tokens, at, &path, found);
                    }
                }
                return at + 1;
            }
            "as" => at += 2,
            "self" if !path.is_empty() => at += 1,
            word if is_word(word) || word == "*" => {
                path.push(word.to_owned());
                at += 1;
            }
            _ => break,
        }
    }
    if !path.is_empty() {
        found.push(Named { path, line });
    }
    at
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The path of the module that a file holds: `src/page/card.rs` is `page`, `card`.
pub(crate) fn module_of(file: &str) -> Vec<String> {
    let inner = file.strip_prefix("src/").unwrap_or(file);
    let inner = inner.strip_suffix(".rs").unwrap_or(inner);
    let inner = inner.strip_suffix("/mod").unwrap_or(inner);
    match inner {
        "lib" => Vec::new(),
        inner => inner.split('/').map(str::to_owned).collect(),
    }
}

/// The modules of the crate and the file that holds each.
pub(crate) fn modules(files: &Files) -> BTreeMap<Vec<String>, &str> {
    files
        .keys()
        .filter(|file| *file != "src/main.rs")
        .map(|file| (module_of(file), &**file))
        .collect()
}

/// The path from the root of the crate that a path in `module` means; none where it leads out
/// of the crate.
pub(crate) fn resolve(named: &Named, module: &[String]) -> Option<Vec<String>> {
    let mut base = module.to_vec();
    let mut rest = named.path.as_slice();
    match rest.first()?.as_str() {
        "crate" | "ibid" => {
            base.clear();
            rest = &rest[1..];
        }
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|part| part == "super") {
                base.pop()?;
                rest = &rest[1..];
            }
        }
        _ => return None,
    }
    base.extend(rest.iter().cloned());
    Some(base)
}
