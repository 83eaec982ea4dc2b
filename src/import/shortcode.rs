//! Calls that many themes have in common, and how calls are written anew.

use super::brief::shortened;
use super::call::{Arguments, Call, Kind};
use super::directive::Directive;
use super::draft::Draft;
use super::edits::Edits;
use super::loss::{Loss, LossKind};
use crate::markdown::Verbatim;
use crate::path::encode;

/// What becomes of a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// A text in its place; what it closes goes, and what it holds stays.
    Text(String),
    /// A directive, around what it holds.
    Block(Directive),
    /// Texts before and behind what it holds.
    Around(String, String),
    /// What it holds is code of a language.
    Code(String),
    /// It goes, and what it holds.
    Hide,
    /// It stays as literal text.
    Literal,
}

/// What becomes of a call, and what of it is lost.
pub(super) struct Known {
    pub(super) shape: Shape,
    /// Arguments that have no place.
    pub(super) lost: Vec<String>,
}

impl From<Shape> for Known {
    fn from(shape: Shape) -> Self {
        Self { shape, lost: Vec::new() }
    }
}

/// The call of a shortcode that many themes have; none of one that is not known.
pub(super) fn known(name: &str, arguments: &Arguments, has_body: bool) -> Option<Known> {
    let low = name.to_ascii_lowercase().replace('_', "-");
    let get = |names: &[&str], at: usize| arguments.get(names, at);
    let (shape, used): (Shape, &[&str]) = match low.as_str() {
        "figure" | "image" | "img" | "picture" | "imgproc" | "responsive-image"
        | "resize-image" | "full-width-image" | "dual-theme-image" | "photo" | "dimmable-image"
        | "imgc" => {
            let src = get(&["src", "path", "url", "file", "filename", "image", "src-light"], 0)?;
            let caption = get(&["caption", "title"], usize::MAX);
            let credit = get(&["attr", "credit"], usize::MAX);
            let alt = get(&["alt"], usize::MAX);
            let used = &[
                "src",
                "path",
                "url",
                "file",
                "filename",
                "image",
                "src-light",
                "caption",
                "title",
                "attr",
                "credit",
                "alt",
                "link",
            ];
            let picture = match (caption, credit) {
                (None, None) => {
                    let picture =
                        format!("![{}]({})", escaped(alt.unwrap_or("")), destination(src));
                    match arguments.named(&["link"]) {
                        Some(link) => format!("[{picture}]({})", destination(link)),
                        None => picture,
                    }
                }
                _ => {
                    let figure = Directive::new("figure").label(caption);
                    let figure =
                        figure.with("src", Some(src)).with("alt", alt).with("credit", credit);
                    own_block(&figure.line(2))
                }
            };
            (Shape::Text(picture), used)
        }
        "youtube" | "youtube-lite" | "youtubelite" => {
            let id = get(&["id", "video"], 0)?;
            let id = id.rsplit(['/', '=']).next().unwrap_or(id);
            let src = format!("https://www.youtube.com/watch?v={id}");
            (video(&src, get(&["title"], 1)), &["id", "video", "title", "class", "autoplay"])
        }
        "vimeo" | "vimeo-simple" => {
            let src = format!("https://vimeo.com/{}", get(&["id"], 0)?);
            (video(&src, get(&["title"], usize::MAX)), &["id", "title", "class"])
        }
        "video" | "mp4" | "videojs" => {
            let src = get(&["src", "url", "path", "mp4", "file", "webm"], 0)?;
            let used = &["src", "url", "path", "mp4", "file", "webm", "title", "caption"];
            (video(src, get(&["title", "caption"], usize::MAX)), used)
        }
        "gist" => {
            let user = get(&["user"], 0)?;
            let (user, id) = match user.strip_prefix("https://gist.github.com/") {
                Some(rest) => (rest, ""),
                None => (user, get(&["id"], 1).unwrap_or("")),
            };
            let address = format!("https://gist.github.com/{user}/{id}");
            (Shape::Text(format!("<{}>", address.trim_end_matches('/'))), &["user", "id", "file"])
        }
        "tweet" | "twitter" | "x" | "twitter-simple" | "x-simple" => {
            let id = get(&["id"], 1).or(get(&["id"], 0))?;
            let user = get(&["user"], 0).filter(|user| *user != id).unwrap_or("i/web");
            (Shape::Text(format!("<https://x.com/{user}/status/{id}>")), &["id", "user"])
        }
        "instagram" | "instagram-simple" => {
            (Shape::Text(format!("<https://www.instagram.com/p/{}/>", get(&["id"], 0)?)), &["id"])
        }
        "note" | "tip" | "info" | "warning" | "danger" | "caution" | "important" | "notice"
        | "alert" | "admonition" | "callout" | "hint" | "aside" | "success" | "error"
        | "question" | "warn" | "todo" => {
            let named = arguments.named(&["type", "context", "kind", "level", "color", "name"]);
            let first = arguments.positional.first().map(String::as_str);
            let kind = [Some(low.as_str()), named, first].into_iter().flatten().find_map(note);
            let is_kind = first.is_some_and(|first| note(first).is_some());
            let title = arguments.named(&["title", "header", "heading"]);
            let title =
                title.or(arguments.positional.get(usize::from(is_kind)).map(String::as_str));
            let used = &[
                "type", "context", "kind", "level", "color", "name", "title", "header", "heading",
                "text",
            ];
            let block = Directive::new(kind.unwrap_or("note")).label(title);
            match (has_body, arguments.named(&["text", "content"])) {
                (true, _) => (Shape::Block(block), used),
                (false, Some(text)) => {
                    let whole = format!("{}\n\n{text}\n\n:::", block.line(3));
                    (Shape::Text(own_block(&whole)), used)
                }
                (false, None) => return None,
            }
        }
        "details" | "expand" | "collapse" | "spoiler" | "accordion" if has_body => {
            let summary = get(&["summary", "title", "label", "header"], 0);
            let block = Directive::new("details").label(summary.or(Some("Details")));
            (Shape::Block(block), &["summary", "title", "label", "header", "open"])
        }
        "tabs" | "tabpane" | "steps" | "columns" | "column" | "rawhtml" | "div" | "center"
        | "small" | "codetabs" | "button-group" | "tabbed" | "table" | "markdownify" | "wide"
        | "card-group"
            if has_body =>
        {
            (Shape::Around(String::new(), String::new()), &[])
        }
        "tab" if has_body => {
            let label = get(&["name", "header", "label", "title"], 0).unwrap_or("");
            let label =
                if label.is_empty() { String::new() } else { format!("\n\n**{label}**\n\n") };
            (Shape::Around(label, "\n\n".to_owned()), &["name", "header", "label", "title"])
        }
        "highlight" | "code" | "codeblock" | "code-block" if has_body => {
            let language = get(&["lang", "language"], 0).unwrap_or("");
            (Shape::Code(language.to_owned()), &["lang", "language"])
        }
        "mermaid" | "plantuml" | "graphviz" if has_body => (Shape::Code(low.clone()), &[]),
        // The documentation of Hugo shows settings in three languages by it, and writes one.
        "code-toggle" if has_body => (Shape::Code("toml".to_owned()), &["file", "fm", "copy"]),
        "button" | "btn" => {
            let href = get(&["href", "link", "url", "relref", "target"], 0)?;
            let text = arguments.named(&["text", "label", "title", "content"]);
            match has_body {
                true => (
                    Shape::Around("[".to_owned(), format!("]({})", destination(href))),
                    &["href", "link", "url"],
                ),
                false => (
                    Shape::Text(format!(
                        "[{}]({})",
                        escaped(text.unwrap_or(href)),
                        destination(href)
                    )),
                    &["href", "link", "url", "text", "label", "title", "content"],
                ),
            }
        }
        "toc" | "table-of-contents" | "tableofcontents" | "br" | "clear" | "pagebreak" => {
            (Shape::Text(String::new()), &[])
        }
        "abbr" => (
            Shape::Text(format!(
                "<abbr title=\"{}\">{}</abbr>",
                get(&["title"], 0)?,
                get(&["text", "name"], 1)?
            )),
            &["title", "text", "name"],
        ),
        _ => return None,
    };
    let named = arguments.named.iter().map(|(key, _)| key.clone());
    let lost = named.filter(|key| !used.contains(&key.to_ascii_lowercase().as_str())).collect();
    Some(Known { shape, lost })
}

fn video(src: &str, title: Option<&str>) -> Shape {
    let video = Directive::new("video").with("src", Some(src)).with("title", title);
    Shape::Text(own_block(&video.line(2)))
}

/// The directive that a word of many themes means.
pub(super) fn note(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().trim() {
        "note" | "info" | "abstract" | "summary" | "tldr" | "todo" | "default" | "primary"
        | "secondary" | "question" | "help" | "faq" | "example" | "quote" | "cite" | "light"
        | "dark" => "note",
        "tip" | "hint" | "success" | "check" | "done" => "tip",
        "warning" | "caution" | "attention" | "important" | "warn" => "warning",
        "danger" | "error" | "failure" | "fail" | "missing" | "bug" | "critical" => "danger",
        _ => return None,
    })
}

/// A destination that can stand in a link.
pub(super) fn destination(written: &str) -> String {
    let is_plain = !written.is_empty()
        && !written.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>'));
    match is_plain || written.contains("://") {
        true => written.replace(' ', "%20"),
        false => encode(written).replace('(', "%28").replace(')', "%29"),
    }
}

/// A text that is no markup.
pub(super) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// Marks a text that is to stand on lines of its own.
fn own_block(text: &str) -> String {
    format!("\n\n{text}\n\n")
}

/// Writes the calls of a text anew, as `decide` says of each with what it holds.
pub(super) fn rewrite(
    draft: &Draft<'_>,
    calls: &[Call],
    verbatim: &Verbatim,
    edits: &mut Edits,
    losses: &mut Vec<Loss>,
    mut decide: impl FnMut(&Call, Option<&str>) -> Known,
) {
    let (text, _) = draft.source();
    let mut past = 0;
    // What the opening call makes of the one that closes it.
    let mut closing: Vec<Option<Shape>> = vec![None; calls.len()];
    for (at, call) in calls.iter().enumerate() {
        if call.range.start < past {
            continue;
        }
        if call.kind == Kind::Shown {
            edits.replace(call.range.clone(), shown(text, call));
            continue;
        }
        if call.kind == Kind::Close {
            match closing[at].take() {
                Some(Shape::Block(_)) => edits
                    .replace(call.range.clone(), alone(text, call, &":".repeat(2 + call.height))),
                Some(Shape::Around(_, close)) => {
                    edits.replace(call.range.clone(), alone_if_block(text, call, &close));
                }
                Some(Shape::Text(_)) => edits.replace(call.range.clone(), ""),
                _ => literal(draft, call, verbatim, edits, losses),
            }
            continue;
        }
        let close = call.close.filter(|close| *close > at);
        let held = close.map(|close| &text[call.range.end..calls[close].range.start]);
        let Known { shape, lost } = decide(call, held);
        for key in lost {
            let what = format!("`{key}` of `{}`", call.name);
            losses.push(draft.lost(&call.range, LossKind::Attribute, what, "left out"));
        }
        if let Some(close) = close {
            closing[close] = Some(shape.clone());
        }
        match &shape {
            Shape::Text(new) => edits.replace(call.range.clone(), alone_if_block(text, call, new)),
            Shape::Block(directive) => {
                edits.replace(
                    call.range.clone(),
                    alone(text, call, &directive.line(2 + call.height.max(1))),
                );
            }
            Shape::Around(open, _) => {
                edits.replace(call.range.clone(), alone_if_block(text, call, open));
            }
            Shape::Code(language) => {
                if let (Some(close), Some(held)) = (close, held) {
                    past = calls[close].range.end;
                    let whole = call.range.start..past;
                    let indent = indent(text, call.range.start);
                    edits.replace(
                        whole.clone(),
                        fenced(language, held, indent, stands_alone(text, &whole)),
                    );
                }
            }
            Shape::Hide => {
                past = close.map_or(call.range.end, |close| calls[close].range.end);
                edits.replace(call.range.start..past, "");
            }
            Shape::Literal => literal(draft, call, verbatim, edits, losses),
        }
    }
}

/// What a call shows that is only shown.
fn shown(text: &str, call: &Call) -> String {
    let (whole, inside) = (&text[call.range.clone()], &text[call.inside.clone()]);
    match &whole[..3] {
        "{{{" => format!("{{{{<{inside}>}}}}"),
        "{{<" => format!("{{{{<{inside}>}}}}"),
        "{{%" => format!("{{{{%{inside}%}}}}"),
        "{{/" => format!("{{{{{inside}}}}}"),
        _ => format!("{{%{inside}%}}"),
    }
}

/// Keeps a call as literal text, and tells of it.
fn literal(
    draft: &Draft<'_>,
    call: &Call,
    verbatim: &Verbatim,
    edits: &mut Edits,
    losses: &mut Vec<Loss>,
) {
    let (text, _) = draft.source();
    let written = &text[call.range.clone()];
    let what = format!("`{}`", shortened(written));
    let is_bound =
        verbatim.html_at(call.range.start).is_some() || is_in_destination(text, call.range.start);
    let instead = match call.in_code || is_bound {
        true => "stays as it is",
        false => "shown as literal text",
    };
    losses.push(draft.lost(&call.range, LossKind::Call, what, instead));
    if !call.in_code && !is_bound {
        edits.replace(call.range.clone(), code_span(written));
    }
}

/// A text as a span of code.
pub(super) fn code_span(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{marks}{pad}{text}{pad}{marks}")
}

/// Tells whether a byte stands in the destination of a link, or in a tag of HTML.
pub(super) fn is_in_destination(text: &str, at: usize) -> bool {
    let mut from = at.saturating_sub(300);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..at];
    let line = before.rsplit('\n').next().unwrap_or(before);
    let in_link = line.rfind("](").is_some_and(|open| !line[open..].contains(')'));
    let in_definition = line.trim_start().starts_with('[') && line.trim_end().ends_with("]:");
    let in_tag = before.rfind('<').is_some_and(|open| {
        let tag = &before[open..];
        !tag.contains('>') && tag[1..].starts_with(|c: char| c.is_ascii_alphabetic())
    });
    in_link || in_definition || in_tag
}

/// A text with the blank lines around it that a block needs, where it is one.
fn alone_if_block(text: &str, call: &Call, new: &str) -> String {
    match new.starts_with("\n\n") && new.ends_with("\n\n") && new.len() > 4 {
        true => alone(text, call, new.trim_matches('\n')),
        false => new.to_owned(),
    }
}

/// A line of its own, in the place of a call.
fn alone(text: &str, call: &Call, line: &str) -> String {
    let indent = indent(text, call.range.start);
    let before = &text[..call.range.start];
    let after = &text[call.range.end..];
    let starts = before.rsplit('\n').next().unwrap_or("").trim().is_empty();
    let ends = after.lines().next().unwrap_or("").trim().is_empty();
    let line = line.replace('\n', &format!("\n{indent}"));
    let lead = if starts { String::new() } else { format!("\n\n{indent}") };
    let trail = if ends { String::new() } else { format!("\n\n{indent}") };
    format!("{lead}{line}{trail}")
}

/// Tells whether nothing else stands on the lines of a range.
fn stands_alone(text: &str, range: &std::ops::Range<usize>) -> bool {
    let before = text[..range.start].rsplit('\n').next().unwrap_or("");
    let after = text[range.end..].lines().next().unwrap_or("");
    before.trim().is_empty() && after.trim().is_empty()
}

/// The white space that the line at a byte begins with.
fn indent(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = &text[start..at];
    &line[..line.len() - line.trim_start().len()]
}

/// A block of code.
fn fenced(language: &str, held: &str, indent: &str, is_alone: bool) -> String {
    let longest = held.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat((longest + 1).max(3));
    let held = held.trim_matches(['\r', '\n']).trim_end();
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | '#' | '.');
    let language: String = language.chars().filter(|c| is_plain(*c)).collect();
    let (lead, trail) =
        if is_alone { (String::new(), "") } else { (format!("\n\n{indent}"), "\n\n") };
    format!("{lead}{marks}{language}\n{held}\n{indent}{marks}{trail}")
}
