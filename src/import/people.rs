//! A page for each person that somebody is named as the author of something.

use std::collections::BTreeMap;

use super::matter::Matter;
use super::value::{Map, Value};
use crate::text::slug::slug;

/// People, by the names of their files.
#[derive(Clone, Default, Debug)]
pub(super) struct People {
    known: BTreeMap<String, Person>,
}

#[derive(Clone, Default, Debug)]
struct Person {
    name: String,
    person: toml::Table,
    image: Option<String>,
    bio: Option<String>,
    /// Whether a page names the person.
    is_named: bool,
}

impl People {
    /// Takes the name of an author, and gives the name of the file of the person.
    pub(super) fn author(&mut self, value: &Value) -> Option<String> {
        match value {
            Value::Map(map) => {
                let name = name_of(map)?;
                let key = self.enter(&name)?;
                self.tell(&key, map);
                Some(key)
            }
            other => {
                let text = other.text()?;
                // `Jane Doe <jane@example.org>`: an address is nobody's to publish.
                let name = text.split('<').next().unwrap_or("").trim();
                let name = name
                    .strip_prefix("[[")
                    .and_then(|rest| rest.strip_suffix("]]"))
                    .unwrap_or(name);
                self.enter(name.split('|').next_back().unwrap_or(name))
            }
        }
    }

    fn enter(&mut self, name: &str) -> Option<String> {
        let key = Some(slug(name)).filter(|key| !key.is_empty())?;
        let person = self.known.entry(key.clone()).or_default();
        if person.name.is_empty() {
            person.name = name.trim().to_owned();
        }
        person.is_named = true;
        Some(key)
    }

    /// What is known of a person whom pages name by a key: `_data/authors.yml`.
    pub(super) fn declare(&mut self, key: &str, map: &Map) {
        let slugged = slug(key);
        if slugged.is_empty() {
            return;
        }
        let person = self.known.entry(slugged.clone()).or_default();
        person.name = name_of(map).unwrap_or_else(|| key.to_owned());
        self.tell(&slugged, map);
    }

    fn tell(&mut self, key: &str, map: &Map) {
        let Some(person) = self.known.get_mut(key) else { return };
        let affiliation = map.text(&["affiliation"]).or_else(|| map.text(&["affiliations"]));
        let first = |name: &str| match map.value(name)? {
            Value::List(all) => match all.first()? {
                Value::Map(map) => map.text(&["name"]),
                other => other.text(),
            },
            Value::Map(map) => map.text(&["name"]),
            other => other.text(),
        };
        let affiliation =
            affiliation.or_else(|| first("affiliation")).or_else(|| first("affiliations"));
        let mut set = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                person.person.entry(key).or_insert(value.into());
            }
        };
        set("affiliation", affiliation);
        set(
            "orcid",
            map.text(&["orcid"]).map(|orcid| bare_orcid(&orcid)).filter(|o| o.len() == 19),
        );
        set("role", map.text(&["job_title"]).or_else(|| map.text(&["position"])));
        let links = ["url", "uri", "website", "web", "homepage"].iter();
        let mut links: Vec<toml::Value> = links
            .filter_map(|name| map.text(&[name]))
            .filter(|link| link.starts_with("https://") || link.starts_with("http://"))
            .map(toml::Value::String)
            .collect();
        links.dedup();
        if !links.is_empty() {
            person.person.entry("links").or_insert(toml::Value::Array(links));
        }
        person.bio = person.bio.take().or_else(|| map.text(&["bio"]));
        person.image = person.image.take().or_else(|| map.text(&["avatar"]));
    }

    /// The pages of those who are named and have none, by their paths below `content/`.
    pub(super) fn pages(&self, has_page: impl Fn(&str) -> bool) -> Vec<(String, Matter, String)> {
        let named = self.known.iter().filter(|(_, person)| person.is_named);
        let mut pages: Vec<(String, Matter, String)> = named
            .filter(|(key, _)| !has_page(key))
            .map(|(key, person)| {
                let mut matter = Matter::default();
                matter.guess("title", person.name.as_str(), "named as an author");
                matter.person = person.person.clone();
                if let Some(image) = &person.image {
                    matter.extra.insert("avatar".into(), image.as_str().into());
                }
                (format!("people/{key}.md"), matter, person.bio.clone().unwrap_or_default())
            })
            .collect();
        if !pages.is_empty() && !has_page("_index") {
            let mut matter = Matter::default();
            matter.set("title", "People");
            matter.set("sort_by", "title");
            pages.insert(0, ("people/_index.md".to_owned(), matter, String::new()));
        }
        pages
    }
}

fn name_of(map: &Map) -> Option<String> {
    let whole = map
        .text(&["name"])
        .or_else(|| map.text(&["title"]))
        .or_else(|| map.text(&["display_name"]));
    whole.or_else(|| match map.value("name")?.map() {
        Some(name) => {
            let parts = ["given", "family"].iter().filter_map(|part| name.text(&[part]));
            let both = parts.collect::<Vec<_>>().join(" ");
            name.text(&["literal"]).or(Some(both).filter(|both| !both.is_empty()))
        }
        None => None,
    })
}

fn bare_orcid(orcid: &str) -> String {
    orcid.trim_end_matches('/').rsplit('/').next().unwrap_or("").to_owned()
}
