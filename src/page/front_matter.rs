//! The keys of a page's front matter.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::person::PersonKeys;
use crate::date::Date;

/// The value of a key that few pages set: where it is not, it takes the room of a pointer.
type Seldom<T> = Option<Box<Spanned<T>>>;

/// The TOML block at the head of a page, as it is written.
#[derive(Deserialize, JsonSchema, Clone, PartialEq, Default, Debug)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "front matter of ibid")]
pub struct FrontMatter {
    /// The title: the page's only heading of the first level.
    pub title: Option<String>,
    /// One or two sentences: the deck under the title, the summary on cards, the meta
    /// description.
    pub description: Option<String>,
    /// The day the page is first published; before it the page is built with `--drafts` alone.
    #[schemars(with = "Option<Date>")]
    pub date: Option<Spanned<Date>>,
    /// The day its content last changed; it never implies a review.
    #[schemars(with = "Option<Date>")]
    pub updated: Option<Spanned<Date>>,
    /// Built with `--drafts` alone.
    pub draft: bool,
    /// The day from which the page is out of date, and built with `--drafts` alone.
    #[schemars(with = "Option<Date>")]
    pub expires: Seldom<Date>,
    /// The last part of the permalink, in place of the file's name.
    #[schemars(with = "Option<String>")]
    pub slug: Seldom<String>,
    /// The whole permalink, in place of the folder and the slug.
    #[schemars(with = "Option<String>")]
    pub path: Seldom<String>,
    /// Old addresses, which lead here, and other names, by which wikilinks find the page. What
    /// has white space in it is a name alone.
    #[schemars(with = "Vec<String>")]
    pub aliases: Box<[Spanned<String>]>,
    /// The place among its siblings where they are sorted by weight; lighter comes first.
    pub weight: Option<i64>,
    /// The template that renders the page.
    #[schemars(with = "Option<String>")]
    pub template: Seldom<String>,
    /// The content type, declared as `[types.NAME]` in `site.toml`.
    #[serde(rename = "type")]
    #[schemars(with = "Option<String>")]
    pub content_type: Seldom<String>,
    /// The language of this page, where it is not the site's.
    pub language: Option<String>,
    /// Who wrote the page: names of files under `content/people/`, or names in full.
    #[schemars(with = "Vec<String>")]
    pub authors: Box<[Spanned<String>]>,
    /// The lead image.
    #[schemars(with = "Option<Image>")]
    pub image: Option<Box<Image>>,
    /// Who checked the page, when, and for what.
    #[schemars(with = "Vec<Review>")]
    pub reviews: Box<[Review]>,
    /// In a page under `content/people/`: who this person is.
    #[schemars(with = "Option<PersonKeys>")]
    pub person: Seldom<PersonKeys>,
    /// The editor's picks of what to read next, each named as a link from the page would name it.
    #[schemars(with = "Vec<String>")]
    pub continue_reading: Box<[Spanned<String>]>,
    /// Cite keys of works for further reading.
    #[schemars(with = "Vec<String>")]
    pub additional_reading: Box<[Spanned<String>]>,
    /// Cite keys of works that stand in the source list although the text cites them nowhere.
    #[schemars(with = "Vec<String>")]
    pub nocite: Box<[Spanned<String>]>,
    /// The CSL style of this page, where it is not the site's.
    #[schemars(with = "Option<String>")]
    pub citation_style: Seldom<String>,
    /// Whether the contents list is shown.
    pub toc: Option<bool>,
    /// Whether the page is found by the search; in `_index.md` whether the pages below it are.
    pub search: Option<bool>,
    /// The terms of the page, by taxonomy: `topics = ["neck pain"]`.
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub taxonomies: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    /// In `_index.md`: the order of the section's pages.
    #[schemars(with = "Option<SortBy>")]
    pub sort_by: Seldom<SortBy>,
    /// In `_index.md`: how many pages the section shows at once; none or 0 shows all.
    #[schemars(with = "Option<usize>")]
    pub paginate_by: Seldom<usize>,
    /// In `_index.md`: whether the section's pages are listed in its parent too.
    #[schemars(with = "Option<bool>")]
    pub transparent: Seldom<bool>,
    /// In `_index.md`: where the section leads in place of a list of its own.
    #[schemars(with = "Option<String>")]
    pub redirect_to: Seldom<String>,
    /// In `_index.md`: the template of the section's pages that name none.
    #[schemars(with = "Option<String>")]
    pub page_template: Seldom<String>,
    /// In `_index.md`: whether the section has feeds of its own.
    #[schemars(with = "Option<bool>")]
    pub generate_feeds: Seldom<bool>,
    /// Free values for templates.
    #[schemars(with = "BTreeMap<String, serde_json::Value>", extend("default" = {}))]
    pub extra: Option<Box<toml::Table>>,
}

/// The lead image of a page.
#[derive(Deserialize, JsonSchema, Clone, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// The file, as a link from the page would name it.
    #[schemars(with = "String")]
    pub src: Spanned<String>,
    /// What the image shows, for those who do not see it.
    #[serde(default)]
    pub alt: Option<String>,
    /// What is said under the image.
    #[serde(default)]
    pub caption: Option<String>,
    /// Who made it.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub credit: Option<Spanned<String>>,
    /// The licence it is used under.
    #[serde(default)]
    pub license: Option<String>,
}

/// One review of a page.
#[derive(Deserialize, JsonSchema, Clone, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// The reviewer: the name of a file under `content/people/`, or the title of that page.
    #[schemars(with = "String")]
    pub by: Spanned<String>,
    /// The day of the review.
    #[schemars(with = "Date")]
    pub on: Spanned<Date>,
    /// What was reviewed: `medical`, `fact-check`.
    #[serde(default)]
    pub kind: Option<String>,
}

/// The orders of the pages of a section.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// In the order of their paths.
    #[default]
    None,
    /// The newest first.
    Date,
    /// The last changed first.
    #[serde(alias = "update_date")]
    Updated,
    /// In the order of their titles, capitals aside.
    #[serde(alias = "title_bytes")]
    Title,
    /// The lightest first.
    Weight,
    /// In the order of their slugs.
    Slug,
    /// In the order of their permalinks.
    Permalink,
}

impl FrontMatter {
    /// The keys that only `_index.md` can have, where this front matter sets them.
    pub fn section_keys(&self) -> Vec<(&'static str, std::ops::Range<usize>)> {
        [
            ("sort_by", self.sort_by.as_deref().map(Spanned::span)),
            ("paginate_by", self.paginate_by.as_deref().map(Spanned::span)),
            ("transparent", self.transparent.as_deref().map(Spanned::span)),
            ("redirect_to", self.redirect_to.as_deref().map(Spanned::span)),
            ("page_template", self.page_template.as_deref().map(Spanned::span)),
            ("generate_feeds", self.generate_feeds.as_deref().map(Spanned::span)),
        ]
        .into_iter()
        .filter_map(|(name, range)| Some((name, range?)))
        .collect()
    }
}

/// The JSON Schema of front matter.
pub fn schema() -> String {
    let schema = schemars::schema_for!(FrontMatter);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    #[test]
    fn the_schema_tells_what_an_unset_key_is() {
        let schema: Value = serde_json::from_str(&super::schema()).unwrap();
        let unset = |key: &str| schema["properties"][key]["default"].clone();
        assert_eq!(unset("extra"), json!({}));
        assert_eq!(unset("authors"), json!([]));
        assert_eq!(unset("expires"), Value::Null);
    }
}
