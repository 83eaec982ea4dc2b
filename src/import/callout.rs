//! Callouts of Obsidian: quotes that begin with `[!note]`, with a title or a fold mark.

use super::directive::Directive;
use super::draft::Draft;
use super::edits::Edits;
use super::loss::{Loss, LossKind};
use super::shortcode::note;
use crate::markdown::Verbatim;

/// A line that begins a callout.
struct Opening<'a> {
    /// What stands before the bracket: marks of quotes and lists.
    prefix: &'a str,
    kind: &'a str,
    is_folded: bool,
    title: &'a str,
}

/// Writes callouts as alerts; those that have a title or can be folded, and stand by themselves, as
/// directives.
pub(super) fn callouts(
    draft: &Draft<'_>,
    places: &Verbatim,
    edits: &mut Edits,
    losses: &mut Vec<Loss>,
) {
    let (text, _) = draft.source();
    let mut at = 0;
    // The end of the callout that was made a directive.
    let mut within = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_end();
        if !content.contains("[!")
            || places.code_at(start + content.find("[!").unwrap_or(0)).is_some()
        {
            continue;
        }
        let Some(opening) = opening(content) else { continue };
        let native = native(opening.kind);
        let title = match opening.title {
            "" if native.1 => None,
            "" => Some(capital(opening.kind)),
            title => Some(title.to_owned()),
        };
        if title.is_none() && !opening.is_folded {
            edits.replace(
                start + opening.prefix.len()..start + content.len(),
                format!("[!{}]", native.0),
            );
            continue;
        }
        if opening.is_folded {
            let what = format!("`[!{}]` that can be folded", opening.kind);
            let range = start + opening.prefix.len()..start + content.len();
            let instead = "a directive `details`, or an alert where it stands within others";
            losses.push(draft.lost(&range, LossKind::Callout, what, instead));
        }
        let stands_alone = opening.prefix.trim() == ">"
            && !opening.prefix.starts_with(char::is_whitespace)
            && start >= within;
        if stands_alone {
            let directive = match opening.is_folded {
                true => Directive::new("details")
                    .label(title.as_deref().or(Some(&capital(opening.kind)))),
                false => {
                    Directive::new(note(opening.kind).unwrap_or("note")).label(title.as_deref())
                }
            };
            within = unquoted(text, start, content.len(), &directive, edits);
            continue;
        }
        let title = title.unwrap_or_else(|| capital(opening.kind));
        let prefix: String = opening
            .prefix
            .chars()
            .map(|c| if c == '>' || c.is_whitespace() { c } else { ' ' })
            .collect();
        let prefix = prefix.trim_end();
        // The outermost mark goes with the quote that is none any more.
        let prefix = if start < within {
            prefix.strip_prefix('>').unwrap_or(prefix).trim_start()
        } else {
            prefix
        };
        let new = format!("[!{}]\n{prefix} **{title}**\n{prefix}", native.0);
        edits.replace(start + opening.prefix.len()..start + content.len(), new);
    }
}

/// Makes a directive of the quote that begins at a byte; gives its end.
fn unquoted(
    text: &str,
    start: usize,
    first: usize,
    directive: &Directive,
    edits: &mut Edits,
) -> usize {
    edits.replace(start..start + first, directive.line(3));
    let mut at = start + text[start..].split_inclusive('\n').next().map_or(0, str::len);
    while let Some(line) = text[at..].split_inclusive('\n').next() {
        if !line.starts_with('>') {
            break;
        }
        let mark = if line.starts_with("> ") { 2 } else { 1 };
        edits.replace(at..at + mark, "");
        at += line.len();
    }
    let ends = text[..at].ends_with('\n');
    edits.insert(at, if ends { ":::\n" } else { "\n:::" });
    at
}

fn opening(line: &str) -> Option<Opening<'_>> {
    let open = line.find("[!")?;
    let prefix = &line[..open];
    let is_prefix = prefix.contains('>')
        && prefix.chars().all(|c| {
            c.is_whitespace()
                || c.is_ascii_digit()
                || matches!(c, '>' | '-' | '*' | '+' | '.' | ')')
        });
    if !is_prefix {
        return None;
    }
    let (inside, rest) = line[open + 2..].split_once(']')?;
    let kind = inside.split('|').next().unwrap_or("").trim();
    let is_kind = !kind.is_empty()
        && kind.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    let (is_folded, title) = match rest.strip_prefix(['-', '+']) {
        Some(title) => (true, title),
        None => (false, rest),
    };
    is_kind.then_some(Opening { prefix, kind, is_folded, title: title.trim() })
}

/// The alert that a callout is, and whether its name says as much.
fn native(kind: &str) -> (&'static str, bool) {
    match kind.to_ascii_lowercase().as_str() {
        "note" | "info" => ("NOTE", true),
        "tip" | "hint" => ("TIP", true),
        "important" => ("IMPORTANT", true),
        "warning" | "attention" => ("WARNING", true),
        "caution" => ("CAUTION", true),
        "danger" | "error" => ("CAUTION", true),
        other => match note(other) {
            Some("tip") => ("TIP", false),
            Some("warning") => ("WARNING", false),
            Some("danger") => ("CAUTION", false),
            _ => ("NOTE", false),
        },
    }
}

fn capital(word: &str) -> String {
    let words = word.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::callouts;
    use crate::import::draft::Draft;
    use crate::import::edits::Edits;
    use crate::markdown::verbatim;

    fn written(text: &str) -> String {
        let draft = Draft::new("a.md", text, "a.md".into(), &mut Vec::new());
        let mut edits = Edits::default();
        callouts(&draft, &verbatim(text), &mut edits, &mut Vec::new());
        edits.apply(text)
    }

    #[test]
    fn callouts_become_alerts_and_directives() {
        for (text, want) in [
            ("> [!note]\n> a\n", "> [!NOTE]\n> a\n"),
            ("> [!tip] Do *it*\n> a\n>\n> b\n\nc\n", ":::tip[Do *it*]\na\n\nb\n:::\n\nc\n"),
            ("> [!faq]- Why?\n> a", ":::details[Why?]\na\n:::"),
            ("> [!question]\n> a\n", ":::note[Question]\na\n:::\n"),
            ("- > [!bug] B\n  > a\n", "- > [!CAUTION]\n  > **B**\n  >\n  > a\n"),
            ("> [!info] A\n> > [!tip] B\n> > c\n", ":::note[A]\n> [!TIP]\n> **B**\n>\n> c\n:::\n"),
            ("```\n> [!note] x\n```\n", "```\n> [!note] x\n```\n"),
            ("a [!x] b\n", "a [!x] b\n"),
        ] {
            assert_eq!(written(text), want, "{text}");
        }
    }
}
