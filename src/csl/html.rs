//! Runs as HTML: the only place where text of a reference becomes markup, so that all of it
//! is escaped.

use crate::cite::IdKind;
use crate::text::escape;

use super::raised;
use super::run::{Format, Link, Role, Run, Vertical};

/// Writes runs as HTML that may stand within a paragraph, identifiers as links.
pub(super) fn linked(runs: &[Run]) -> String {
    let mut out = String::new();
    let mut rest = runs;
    while let Some(run) = rest.first() {
        // The address of a resolver before an identifier belongs to the link.
        let next = rest.get(1).filter(|next| matches!(next.role, Role::Link(_)));
        if let (Some(next), Role::Plain) = (next, run.role)
            && let Some(at) = resolver(&run.text)
            && let Role::Link(link) = next.role
            && let Some(href) = href(link, &next.text)
        {
            let (before, address) = run.text.split_at(at);
            write(&mut out, &[Run { text: before.to_owned(), ..run.clone() }]);
            let address = Run { text: format!("{address}{}", next.text), ..next.clone() };
            anchor(&mut out, &href, &[address]);
            rest = &rest[2..];
            continue;
        }
        if let Role::Link(link) = run.role
            && let Some(href) = href(link, &run.text)
        {
            anchor(&mut out, &href, &rest[..1]);
            rest = &rest[1..];
            continue;
        }
        let plain = rest
            .iter()
            .enumerate()
            .position(|(n, run)| {
                n > 0 && (matches!(run.role, Role::Link(_)) || precedes_link(&rest[n..]))
            })
            .unwrap_or(rest.len());
        write(&mut out, &rest[..plain]);
        rest = &rest[plain..];
    }
    out
}

/// Writes runs as HTML without links, to stand within one.
pub(super) fn unlinked(runs: &[Run]) -> String {
    let mut out = String::new();
    write(&mut out, runs);
    out
}

/// The letters of runs.
pub(super) fn letters(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs {
        match run.role {
            Role::Break if out.is_empty() => {}
            Role::Break => out.push(' '),
            _ => out.push_str(&run.text),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn precedes_link(runs: &[Run]) -> bool {
    runs.get(1).is_some_and(|next| matches!(next.role, Role::Link(_)))
        && runs.first().is_some_and(|run| resolver(&run.text).is_some())
}

/// Where the address of a resolver begins at the end of a text.
fn resolver(text: &str) -> Option<usize> {
    let at = text.rfind("http")?;
    let address = &text[at..];
    let ends = address.ends_with("doi.org/")
        || address.ends_with(".nih.gov/")
        || address.ends_with("/articles/")
        || address.ends_with("/pubmed/");
    (ends && !address.contains(char::is_whitespace)).then_some(at)
}

fn href(link: Link, value: &str) -> Option<String> {
    let value = value.trim();
    match link {
        Link::Url => {
            let scheme = value.split(':').next().unwrap_or_default().to_ascii_lowercase();
            let known = matches!(scheme.as_str(), "http" | "https" | "ftp" | "mailto");
            (known && value.len() > scheme.len() + 1).then(|| value.to_owned())
        }
        Link::Doi => {
            let bare = value.find("10.").map_or(value, |at| &value[at..]);
            IdKind::Doi.url(bare)
        }
        Link::Pmid => Some(format!("https://pubmed.ncbi.nlm.nih.gov/{value}/")),
        Link::Pmcid => Some(format!("https://pmc.ncbi.nlm.nih.gov/articles/{value}/")),
    }
}

fn anchor(out: &mut String, href: &str, runs: &[Run]) {
    out.push_str("<a href=\"");
    escape::push_href(out, href);
    out.push_str("\">");
    write(out, runs);
    out.push_str("</a>");
}

fn write(out: &mut String, runs: &[Run]) {
    let mut rest = runs;
    while let Some(run) = rest.first() {
        if run.role == Role::Break {
            // A line of its own: nothing is broken at the ends, and twice is once.
            if !out.is_empty()
                && !out.ends_with("<br>")
                && rest.iter().any(|run| run.role != Role::Break)
            {
                out.push_str("<br>");
            }
            rest = &rest[1..];
            continue;
        }
        let tags = tags(run.format);
        let same = rest
            .iter()
            .position(|other| other.role == Role::Break || self::tags(other.format) != tags)
            .unwrap_or(rest.len());
        if rest[..same].iter().any(|run| !run.text.is_empty()) {
            let on: Vec<&(&str, &str)> =
                TAGS.iter().zip(tags).filter(|(_, on)| *on).map(|(tag, _)| tag).collect();
            for (open, _) in &on {
                out.push_str(open);
            }
            for run in &rest[..same] {
                push(out, &run.text);
            }
            for (_, close) in on.iter().rev() {
                out.push_str(close);
            }
        }
        rest = &rest[same..];
    }
}

/// Writes text; letters that are raised by themselves become raised ones.
fn push(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((at, letter, plain)) =
        rest.char_indices().find_map(|(at, letter)| Some((at, letter, raised::plain(letter)?)))
    {
        escape::push_text(out, &rest[..at]);
        out.push_str("<sup>");
        out.push_str(plain);
        out.push_str("</sup>");
        rest = &rest[at + letter.len_utf8()..];
    }
    escape::push_text(out, rest);
}

const TAGS: [(&str, &str); 6] = [
    ("<i>", "</i>"),
    ("<b>", "</b>"),
    ("<span class=\"small-caps\">", "</span>"),
    ("<u>", "</u>"),
    ("<sup>", "</sup>"),
    ("<sub>", "</sub>"),
];

fn tags(format: Format) -> [bool; 6] {
    [
        format.italic.unwrap_or(false) ^ format.emphasis,
        format.bold.unwrap_or(false) ^ format.strong,
        format.small_caps.unwrap_or(false),
        format.underline.unwrap_or(false),
        format.vertical == Some(Vertical::Super),
        format.vertical == Some(Vertical::Sub),
    ]
}
