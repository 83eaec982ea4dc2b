//! A feed as JSON Feed 1.1.

use serde_json::{Map, Value, json};

use super::entry::{Author, Channel, Entry, entries};
use crate::render::inputs::Inputs;
use crate::site::Feed;

/// Writes a feed.
pub(in crate::render) fn json(inputs: &Inputs<'_>, feed: &Feed) -> String {
    let channel = Channel::new(inputs, feed);
    let entries = entries(inputs, feed, &channel.language);
    let mut out = Map::new();
    let mut set = |key: &str, value: Value| {
        out.insert(key.to_owned(), value);
    };
    set("version", "https://jsonfeed.org/version/1.1".into());
    set("title", channel.title.into());
    set("home_page_url", channel.home.into());
    set("feed_url", inputs.site.base.absolute(&feed.json).into());
    if !channel.description.is_empty() {
        set("description", channel.description.into());
    }
    set("language", channel.language.into());
    set("authors", json!([{ "name": channel.publisher, "url": channel.root }]));
    set("items", entries.into_iter().map(item).collect());
    let text = serde_json::to_string_pretty(&Value::from(out));
    text.unwrap_or_default() + "\n"
}

fn item(entry: Entry) -> Value {
    let mut out = Map::new();
    let mut set = |key: &str, value: Value| {
        out.insert(key.to_owned(), value);
    };
    set("id", entry.url.clone().into());
    set("url", entry.url.into());
    set("title", entry.title.clone().into());
    match entry.content {
        Some(html) => {
            set("content_html", html.into());
            if !entry.summary.is_empty() {
                set("summary", entry.summary.into());
            }
        }
        // An item must have a content.
        None if entry.summary.is_empty() => set("content_text", entry.title.into()),
        None => set("content_text", entry.summary.into()),
    }
    if let Some(image) = entry.image {
        set("image", image.into());
    }
    if let Some(date) = entry.published {
        set("date_published", date.rfc3339().into());
    }
    set("date_modified", entry.updated.rfc3339().into());
    if !entry.authors.is_empty() {
        set("authors", entry.authors.iter().map(author).collect());
    }
    if !entry.terms.is_empty() {
        set("tags", entry.terms.into_iter().map(|term| term.name).collect());
    }
    if let Some(language) = entry.language {
        set("language", language.into());
    }
    out.into()
}

fn author(author: &Author) -> Value {
    match &author.url {
        Some(url) => json!({ "name": author.name, "url": url }),
        None => json!({ "name": author.name }),
    }
}
