//! Reads wikilinks: `[[guide/install#Linux|how to install]]`, `![[figure.png]]`.

use std::ops::Range;

use super::body::Named;
use super::flat::Flat;
use super::shadow::{BLANK, Shadow};
use crate::cite;
use crate::diag::{Code, Diagnostic, Span};

/// The most bytes between the brackets. What nothing closes soon is no link, and to look on
/// would take the square of the text's length.
const LONGEST: usize = 1000;

/// What stands between a name and a heading, and between headings, where a link shows them.
const UNDER: &str = " > ";

/// A wikilink in a text.
#[derive(Clone, Debug)]
pub(super) struct Wikilink {
    /// What it names.
    pub(super) named: Named,
    /// The name and the headings, as written.
    pub(super) written: String,
    /// What stands behind the bar, as Markdown, if anything.
    pub(super) label: Option<String>,
    /// What is shown where no label is.
    pub(super) own: String,
    /// Whether a `!` stands before it.
    pub(super) is_embed: bool,
    /// The bytes of the name and the headings in the source.
    pub(super) place: Range<usize>,
    /// The keys of works in its label, in the text of the block.
    pub(super) keys: Vec<Range<usize>>,
}

/// What an embed shows, as far as the name tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Media {
    /// A picture.
    Image,
    /// A recording of sounds.
    Audio,
    /// A recording of pictures.
    Video,
    /// Something to link to.
    Other,
}

impl Media {
    /// Tells by the extension of a file.
    pub(super) fn of(name: &str) -> Self {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension.to_ascii_lowercase().as_str() {
            "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "avif" | "bmp" => Self::Image,
            "mp3" | "wav" | "m4a" | "ogg" | "oga" | "opus" | "flac" | "aac" => Self::Audio,
            "mp4" | "webm" | "ogv" | "mov" | "mkv" | "m4v" | "3gp" => Self::Video,
            _ => Self::Other,
        }
    }
}

/// Reads the wikilink that opens at byte `at` of a block, and where it ends.
///
/// The name is text and nothing else; what stands behind the bar may be marked up. A `[[@key]]`
/// is a citation written wrongly, and left to those.
pub(super) fn read(flat: &Flat, shadow: &Shadow, at: usize) -> Option<(Wikilink, usize)> {
    if !shadow.from(at).starts_with("[[") {
        return None;
    }
    let (bar, close) = bounds(flat, shadow, at + 2)?;
    let name = at + 2..bar.as_ref().map_or(close, |bar| bar.start);
    let target = plain(&flat.text[name.clone()]);
    if target.starts_with(['@', '^']) || !keys(shadow, name.clone()).is_empty() {
        return None;
    }
    let mut named = parse(&target)?;
    let is_embed = shadow.before(at) == Some('!');
    let behind = bar.map(|bar| bar.end..close);
    let mut label = behind.as_ref().map(|range| flat.text[range.clone()].replace("\\|", "|"));
    if is_embed {
        (label, named.size) = sized(label);
    }
    let label = label.map(|label| label.trim().replace('\n', " ")).filter(|text| !text.is_empty());
    let keys = behind.map_or_else(Vec::new, |range| keys(shadow, range));
    let place = flat.range(&trimmed(&flat.text, name));
    let own = shown(&named);
    Some((Wikilink { named, written: target, label, own, is_embed, place, keys }, close + 2))
}

/// Reads what stands between the brackets, but for a label: `Install#Linux`.
pub(super) fn parse(target: &str) -> Option<Named> {
    let (wanted, rest) = match target.strip_prefix('?') {
        Some(rest) => (true, rest.trim()),
        None => (false, target),
    };
    let mut parts = rest.split('#').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let headings = parts.filter(|part| !matches!(*part, "" | "^"));
    let headings: Vec<_> = headings.map(str::to_owned).collect();
    // `C#` is a name.
    let name = match rest.strip_suffix('#') {
        Some(before) if headings.is_empty() && !before.is_empty() => rest,
        _ => name,
    };
    let is_empty = name.is_empty() && (headings.is_empty() || wanted);
    (!is_empty).then_some(Named { name: name.into(), headings, wanted, size: None })
}

/// Finds the bar and the closing brackets of a wikilink whose name begins at byte `from`.
fn bounds(flat: &Flat, shadow: &Shadow, from: usize) -> Option<(Option<Range<usize>>, usize)> {
    let text = flat.text.as_bytes();
    let bytes = shadow.text.as_bytes();
    let mut bar: Option<Range<usize>> = None;
    let mut depth = 0_usize;
    let mut at = from;
    while at - from <= LONGEST {
        match *bytes.get(at)? {
            b']' if depth == 0 => {
                return (bytes.get(at + 1) == Some(&b']')).then_some((bar, at));
            }
            b']' => depth -= 1,
            b'[' if bar.is_none() => return None,
            b'[' => depth += 1,
            b'|' if bar.is_none() => bar = Some(at..at + 1),
            // What is escaped. In a table the bar has to be.
            BLANK if text[at] == b'\\' => {
                if bar.is_none() && text.get(at + 1) == Some(&b'|') {
                    bar = Some(at..at + 2);
                }
                at += 1;
            }
            // Code, a formula or a tag in a name.
            BLANK if bar.is_none() => return None,
            _ => {}
        }
        at += 1;
    }
    None
}

/// The places of the keys of works in some text.
fn keys(shadow: &Shadow, range: Range<usize>) -> Vec<Range<usize>> {
    let mut keys = Vec::new();
    let mut at = range.start;
    while let Some(next) = shadow.text.get(at..range.end).and_then(|text| text.find('@')) {
        let start = at + next;
        at = start + 1;
        if cite::may_begin(&shadow.text, start)
            && let Some((_, end)) = cite::key(&shadow.text, start)
        {
            keys.push(start..end.min(range.end));
            at = end;
        }
    }
    keys
}

/// A name as it is meant: on one line, without the backslashes of escapes.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek().is_some_and(char::is_ascii_punctuation) => {}
            letter if letter.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            letter => out.push(letter),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// Takes the size off the label of a picture: `|300`, `|300x200`, `|words|300`.
fn sized(label: Option<String>) -> (Option<String>, Option<(u32, Option<u32>)>) {
    let Some(label) = label else { return (None, None) };
    let (words, last) = label.rsplit_once('|').unwrap_or(("", &label));
    let (width, height) = match last.trim().split_once('x') {
        Some((width, height)) => (width, Some(height)),
        None => (last.trim(), None),
    };
    let pixels = |text: &str| {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|&pixels: &u32| digits && pixels > 0)
    };
    let size = match (pixels(width), height.map(pixels)) {
        (Some(width), None) => Some((width, None)),
        (Some(width), Some(Some(height))) => Some((width, Some(height))),
        _ => None,
    };
    match size {
        Some(_) => (Some(words.to_owned()), size),
        None => (Some(label), None),
    }
}

/// What a link without a label shows: the name as it is written, and the headings.
fn shown(named: &Named) -> String {
    let name = ["md", "markdown"].iter().find_map(|extension| {
        let (stem, last) = named.name.rsplit_once('.')?;
        last.eq_ignore_ascii_case(extension).then_some(stem)
    });
    let name = name.unwrap_or(&named.name);
    let parts = [name].into_iter().filter(|name| !name.is_empty());
    if name.to_ascii_lowercase().ends_with(".pdf") {
        // What follows is for the program that shows it: `#page=3`.
        return name.to_owned();
    }
    let headings = named.headings.iter().map(|part| part.strip_prefix('^').unwrap_or(part));
    parts.chain(headings).collect::<Vec<_>>().join(UNDER)
}

/// Finds the bar that ends a cell of a table within a wikilink, if `flat` is such a cell.
pub(super) fn torn_at(flat: &Flat, source: &str) -> Option<Range<usize>> {
    // To look from the end takes ten times as long, and few texts have any.
    let open = flat.text.contains("[[").then(|| flat.text.rfind("[["))??;
    if flat.text[open..].contains(']') || flat.text.len() == open + 2 {
        return None;
    }
    let end = flat.place(flat.text.len() - 1) + 1;
    let line = source.get(end..)?.lines().next()?;
    let bar = end + line.len() - line.trim_start().len();
    let rest = line.trim_start().strip_prefix('|')?;
    let close = rest.find("]]")?;
    (!rest[..close].contains(['[', '|'])).then_some(bar..bar + 1)
}

/// Says that a bar tears a wikilink.
pub(super) fn torn(span: Span) -> Diagnostic {
    Diagnostic::new(Code::TornWikilink, "this bar ends the cell in the middle of a wikilink")
        .at(span)
        .help("in a table write `\\|`: `[[name\\|text]]`")
}

#[cfg(test)]
mod tests {
    use super::{parse, plain, shown, sized};

    #[test]
    fn a_name_and_its_headings_are_told_apart() {
        let parts = |target: &str| {
            parse(target).map(|named| {
                let wanted = if named.wanted { "?" } else { "" };
                format!("{wanted}{}/{}: {}", named.name, named.headings.join("/"), shown(&named))
            })
        };
        for (target, want) in [
            ("Install", Some("Install/: Install")),
            ("guide/install.md", Some("guide/install.md/: guide/install")),
            ("Install#A # B", Some("Install/A/B: Install > A > B")),
            ("#^block-1", Some("/^block-1: block-1")),
            ("C#", Some("C#/: C#")),
            ("? a term", Some("?a term/: a term")),
            ("?", None),
            ("?#x", None),
            ("#", None),
            ("", None),
        ] {
            assert_eq!(parts(target).as_deref(), want, "{target}");
        }
    }

    #[test]
    fn names_are_read_as_they_are_meant() {
        assert_eq!(plain("  a\n b\\_c  \\d "), "a b_c \\d");
    }

    #[test]
    fn a_size_stands_behind_the_words() {
        let read = |label: &str| sized(Some(label.to_owned()));
        assert_eq!(read("300"), (Some(String::new()), Some((300, None))));
        assert_eq!(read("a|b|300x20"), (Some("a|b".into()), Some((300, Some(20)))));
        for words in ["a", "0", "3x", "x3", "+3", "99999999999", "3 x 4"] {
            assert_eq!(read(words), (Some(words.to_owned()), None), "{words}");
        }
    }
}
