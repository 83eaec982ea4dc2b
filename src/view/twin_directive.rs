//! Directives in the Markdown of a page: what stands for them where no component does.

use std::ops::Range;

use super::body::href;
use super::directive::clock;
use crate::markdown::{Directive, Form, Given};
use crate::site::{Destination, PageId, Site};
use crate::text::escape::markdown;

/// What is to be written in the place of the lines and marks of directives: their labels, and
/// all that stands in them, stay.
pub(super) fn changes(
    site: &Site,
    id: PageId,
    text: &str,
    words: &dyn Fn(&str) -> String,
) -> Vec<(Range<usize>, String)> {
    let mut changes = Vec::new();
    for directive in &site.pages.page(id).body.directives {
        let writer = Writer { site, id, directive, words };
        let (before, behind) = writer.around();
        let Range { start, end } = directive.span;
        // On a line that begins a quote or stands in a list, another line would be outside of it.
        let is_outermost = text[..start].ends_with('\n') || start == 0;
        let blank = if is_outermost && directive.form == Form::Block { "\n" } else { "" };
        match (&directive.label_span, directive.form, &directive.end) {
            (_, Form::Inline, Some(close)) => {
                changes.push((start..end, before));
                changes.push((close.clone(), behind));
                continue;
            }
            (Some(label), ..) => {
                changes.push((start..label.start, before));
                changes.push((label.end..end, behind + blank));
            }
            (None, ..) => changes.push((start..end, before + &behind + blank)),
        }
        if let Some(close) = &directive.end {
            changes.push((close.clone(), String::new()));
        }
    }
    changes
}

/// What one directive becomes.
struct Writer<'a> {
    site: &'a Site,
    id: PageId,
    directive: &'a Directive,
    words: &'a dyn Fn(&str) -> String,
}

impl Writer<'_> {
    /// What stands before the label, and behind it.
    fn around(&self) -> (String, String) {
        let directive = self.directive;
        let has_label = directive.label_span.is_some();
        let name = directive.name.as_str();
        match name {
            "figure" => {
                let alt = markdown(directive.text("alt").unwrap_or_default());
                let before = format!("![{alt}]({})", self.address("src"));
                let own = ["caption", "credit", "license"].map(|name| directive.text(name));
                let own: Vec<String> = own.into_iter().flatten().map(markdown).collect();
                let own = own.join(", ");
                let gap = if own.is_empty() { "" } else { " " };
                match has_label {
                    true => (format!("{before} "), format!("{gap}{own}")),
                    false => (before, format!("{gap}{own}")),
                }
            }
            "cta" => ("[".to_owned(), format!("]({})", self.address("href"))),
            "video" => {
                let title = match (has_label, directive.text("title")) {
                    (true, _) => String::new(),
                    (false, Some(title)) => markdown(title),
                    (false, None) => (self.words)("video"),
                };
                let long = match directive.given("duration") {
                    Some(Given::Duration(seconds)) => format!(" ({})", clock(*seconds)),
                    _ => String::new(),
                };
                ("[".to_owned(), format!("{title}{long}]({})", self.address("src")))
            }
            "related" => {
                let title = if has_label { String::new() } else { (self.words)("related") };
                let pages = self.pages();
                match pages.is_empty() {
                    true => (title, String::new()),
                    false => (title, format!(": {}", pages.join(", "))),
                }
            }
            _ if directive.form == Form::Inline => Default::default(),
            "note" | "tip" | "warning" | "danger" => {
                let kind = (self.words)(name);
                match has_label {
                    true => (format!("**{kind}:** "), String::new()),
                    false => (format!("**{kind}**"), String::new()),
                }
            }
            "quote" => {
                let source = directive.text("source").map(markdown).unwrap_or_default();
                let gap = if has_label && !source.is_empty() { ", " } else { "" };
                (String::new(), format!("{gap}{source}"))
            }
            _ if has_label => ("**".to_owned(), "**".to_owned()),
            "takeaways" => (format!("**{}**", (self.words)("takeaways")), String::new()),
            "disclosure" => {
                let kind = directive.text("kind").map(|kind| format!("-{kind}"));
                let key = format!("disclosure{}", kind.unwrap_or_default());
                (format!("**{}**", (self.words)(&key)), String::new())
            }
            _ => Default::default(),
        }
    }

    /// The whole address that an attribute leads to.
    fn address(&self, name: &str) -> String {
        let Some(link) = self.directive.link(name) else { return String::new() };
        let written = &self.site.pages.page(self.id).body.links[link].written;
        let to = &self.site.links.of(self.id)[link];
        let address = match to {
            Destination::Written | Destination::Missing(_) => written.to_string(),
            to => self.site.base.whole(&href(self.site, to, written)),
        };
        address.replace('(', "%28").replace(')', "%29").replace(' ', "%20")
    }

    /// Links to the pages that it names; without any, what the page offers to read next.
    fn pages(&self) -> Vec<String> {
        let destinations = self.site.links.of(self.id);
        let named = self.directive.settings.iter().filter_map(|setting| match &setting.given {
            Given::Pages(links) => Some(links),
            _ => None,
        });
        let link = |page: PageId| {
            let card = &self.site.pages.page(page).card;
            let address = self.site.base.absolute(&card.permalink);
            format!("[{}]({address})", markdown(&card.title))
        };
        let pages = named.flatten().filter_map(|&link| match &destinations[link] {
            Destination::Page { page, .. } => Some(*page),
            _ => None,
        });
        pages.map(link).collect()
    }
}
