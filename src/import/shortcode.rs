//! Calls that many themes have in common, and what becomes of each.

use super::call::Arguments;
use super::directive::Directive;
use super::rewrite::{Known, Shape};
use crate::path::encode;

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
