//! References as schema.org describes them.

use serde_json::{Map, Value, json};

use crate::cite::date::When;
use crate::cite::name::Name;
use crate::cite::reference::Reference;

/// Describes a reference as schema.org does, for `citation` in JSON-LD.
pub fn to_schema(reference: &Reference) -> Value {
    let mut work = Map::new();
    let mut set = |key: &str, value: Value| {
        work.insert(key.to_owned(), value);
    };
    set("@type", kind(&reference.kind).into());
    set("name", reference.text("title").into());
    let authors: Vec<Value> = reference.creators().iter().map(author).collect();
    if !authors.is_empty() {
        set("author", authors.into());
    }
    if let Some(date) = reference.dates.get("issued").and_then(published) {
        set("datePublished", date.into());
    }
    // Of all works, schema.org gives an ISBN to books alone.
    let mut isbn = reference.ids.isbn.first().map(|isbn| Value::from(isbn.as_str()));
    if reference.kind == "book"
        && let Some(isbn) = isbn.take()
    {
        set("isbn", isbn);
    }
    let container = reference.text("container-title");
    if !container.is_empty() {
        let kind = match reference.kind.as_str() {
            "article-journal" | "article-magazine" | "article-newspaper" => "Periodical",
            "chapter" | "paper-conference" | "entry-encyclopedia" => "Book",
            _ => "CreativeWork",
        };
        let mut whole = json!({ "@type": kind, "name": container });
        if kind == "Book"
            && let Some(isbn) = isbn.take()
        {
            whole["isbn"] = isbn;
        }
        set("isPartOf", whole);
    }
    let publisher = reference.text("publisher");
    if !publisher.is_empty() {
        set("publisher", json!({ "@type": "Organization", "name": publisher }));
    }
    let named = [("DOI", reference.doi().map(Value::from)), ("ISBN", isbn)];
    let mut identifiers: Vec<Value> = named
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| identifier(name, &value)))
        .collect();
    match identifiers.len() {
        0 => {}
        1 => set("identifier", identifiers.remove(0)),
        _ => set("identifier", identifiers.into()),
    }
    let mut links = reference.links().into_iter().map(|(_, href)| href);
    if let Some(first) = links.next() {
        set("url", first.into());
    }
    let others: Vec<Value> = links.map(Value::from).collect();
    if !others.is_empty() {
        set("sameAs", others.into());
    }
    work.into()
}

fn identifier(name: &str, value: &Value) -> Value {
    json!({ "@type": "PropertyValue", "propertyID": name, "value": value })
}

fn author(name: &Name) -> Value {
    match name {
        Name::Literal(name) => json!({ "@type": "Organization", "name": name }),
        Name::Person { family, given, particle, .. } => {
            let family = format!("{particle} {family}");
            let mut person = json!({
                "@type": "Person", "name": name.full(), "familyName": family.trim(),
            });
            if !given.is_empty() {
                person["givenName"] = given.as_str().into();
            }
            person
        }
    }
}

/// A date as ISO 8601 writes it, as exact as it is known.
fn published(when: &When) -> Option<String> {
    let When::Date { from, .. } = when else { return None };
    if !(0..=9999).contains(&from.year) {
        return None;
    }
    Some(match (from.month, from.day) {
        (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", from.year),
        (Some(month), None) => format!("{:04}-{month:02}", from.year),
        _ => format!("{:04}", from.year),
    })
}

/// The type that schema.org has for a work of a CSL type.
fn kind(kind: &str) -> &'static str {
    match kind {
        "article-journal" | "article" | "paper-conference" | "review" => "ScholarlyArticle",
        "article-magazine" | "article-newspaper" | "post-weblog" => "Article",
        "book" => "Book",
        "chapter" | "entry" | "entry-dictionary" | "entry-encyclopedia" => "Chapter",
        "dataset" => "Dataset",
        "software" => "SoftwareApplication",
        "thesis" => "Thesis",
        "report" => "Report",
        "webpage" | "post" => "WebPage",
        "motion_picture" => "Movie",
        "broadcast" | "song" => "AudioObject",
        "map" => "Map",
        "legislation" | "bill" => "Legislation",
        _ => "CreativeWork",
    }
}
