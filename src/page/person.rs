//! The keys of `[person]`: what the page of a person says of them.

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

/// Who somebody is, in the front matter of a page under `content/people/`; their name is the
/// title of the page, their portrait its image, and the line about them its description.
#[derive(Deserialize, JsonSchema, Clone, PartialEq, Eq, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct PersonKeys {
    /// Degrees and licences behind the name: `MD, PhD`.
    pub credentials: Option<String>,
    /// What they do for the site: `Medical reviewer`.
    pub role: Option<String>,
    /// Where they work.
    pub affiliation: Option<String>,
    /// Their ORCID iD: `0000-0002-1825-0097`.
    #[schemars(with = "Option<String>")]
    pub orcid: Option<Spanned<String>>,
    /// Other pages about them: addresses, or tables of `title` and `url`.
    pub links: Vec<PersonLink>,
}

/// A page elsewhere about a person.
#[derive(JsonSchema, Clone, PartialEq, Eq, Debug)]
#[schemars(with = "WrittenLink")]
pub struct PersonLink {
    /// What the link says; none where it says its address.
    pub title: Option<String>,
    /// Its address.
    pub url: String,
}

/// A link as it is written.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "it is there for the JSON Schema alone")]
enum WrittenLink {
    /// An address alone.
    Address(String),
    /// An address and what the link says.
    Table(LinkTable),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LinkTable {
    /// What the link says.
    #[serde(default)]
    title: Option<String>,
    /// Its address.
    url: String,
}

impl<'de> Deserialize<'de> for PersonLink {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LinkVisitor)
    }
}

struct LinkVisitor;

impl<'de> Visitor<'de> for LinkVisitor {
    type Value = PersonLink;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an address in quotes, or a table with `title` and `url`")
    }

    fn visit_str<E: Error>(self, url: &str) -> Result<PersonLink, E> {
        checked(None, url)
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<PersonLink, M::Error> {
        let table = LinkTable::deserialize(MapAccessDeserializer::new(map))?;
        checked(table.title, &table.url)
    }
}

/// Takes an address that leads somewhere: `javascript:` would run in the reader's browser as if
/// the site had written it.
fn checked<E: Error>(title: Option<String>, url: &str) -> Result<PersonLink, E> {
    let url = url.trim();
    let lower = url.to_ascii_lowercase();
    match ["https://", "http://", "mailto:"].iter().any(|start| lower.starts_with(start)) {
        true => Ok(PersonLink { title, url: url.to_owned() }),
        false => Err(E::custom(format!("expected an address with `https://`, found `{url}`"))),
    }
}
