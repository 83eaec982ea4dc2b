//! The nodes of a graph: what schema.org lets each type say, as far as a site knows it.

use serde::Serialize;

/// The name of a node that stands in the graph.
#[derive(Serialize, Clone, PartialEq, Eq, Debug)]
pub(super) struct Ref {
    /// The name.
    #[serde(rename = "@id")]
    pub(super) id: String,
}

/// A creative work: what every type of page can say.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Work<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'a str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: &'a str,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    pub(super) in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) author: Vec<Who<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) publisher: Option<Ref>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) image: Option<Image<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) keywords: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) is_part_of: Option<&'a Site>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) main_entity: Option<Ref>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) main_entity_of_page: Option<Ref>,
}

/// A web page: a work that can also say where it stands in its site, and who reviewed it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebPage<'a> {
    #[serde(flatten)]
    pub(super) work: Work<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) breadcrumb: Option<Ref>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_reviewed: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) reviewed_by: Vec<Ref>,
}

/// Somebody who wrote a page: a node of the graph, or a name alone.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Who<'a> {
    /// Somebody with a page.
    Known(Ref),
    /// Somebody without.
    Named {
        #[serde(rename = "@type")]
        kind: &'a str,
        name: &'a str,
    },
}

/// Somebody with a page of their own.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'a str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) name: &'a str,
    pub(super) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) honorific_suffix: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) job_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) affiliation: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) image: Option<Image<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) same_as: Vec<String>,
}

/// Something of which a name is all that is known.
#[derive(Serialize)]
pub(super) struct Named<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'a str,
    pub(super) name: &'a str,
}

/// Who publishes the site.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Organization<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'a str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) name: &'a str,
    pub(super) url: &'a str,
    /// The page that tells how sources are chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) publishing_principles: Option<String>,
}

/// The site, as its pages name it.
#[derive(Serialize, Clone, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Site {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) name: String,
    pub(super) url: String,
}

/// The site, as its home page tells of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WholeSite<'a> {
    #[serde(flatten)]
    pub(super) site: &'a Site,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    pub(super) in_language: &'a str,
    pub(super) publisher: Ref,
}

/// A picture.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Image<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'a str,
    pub(super) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) width: Option<Pixels>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) height: Option<Pixels>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) caption: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) credit_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) license: Option<License<'a>>,
}

/// A number of pixels, which schema.org takes with its unit alone.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Pixels {
    #[serde(rename = "@type")]
    kind: &'static str,
    value: u32,
    unit_code: &'static str,
}

impl Pixels {
    /// So many.
    pub(super) fn new(value: u32) -> Self {
        // The code of the pixel in UN/CEFACT, which schema.org asks for.
        Self { kind: "QuantitativeValue", value, unit_code: "E37" }
    }
}

/// A licence: its address, or its name.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum License<'a> {
    /// Its address.
    Address(&'a str),
    /// Its name.
    Name(Named<'a>),
}

/// The way from the home page down to a page.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Breadcrumbs<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'a str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) item_list_element: Vec<Crumb<'a>>,
}

/// One step of it.
#[derive(Serialize)]
pub(super) struct Crumb<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'a str,
    pub(super) position: usize,
    pub(super) name: &'a str,
    pub(super) item: String,
}
