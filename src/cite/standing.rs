//! What is recorded of a work's standing, whatever the form of the bibliography.

use super::by_name::ByName;
use super::identifier::{IdKind, doi_fault, doi_in_url, is_web};
use super::reference::{Field, Reference};
use super::rich::Rich;

/// Registrants and stems of DOIs that preprint servers alone give out.
const PREPRINT_DOIS: &[&str] = &[
    "10.1101/",
    "10.48550/arxiv.",
    "10.31234/",
    "10.31219/",
    "10.31235/",
    "10.20944/preprints",
    "10.21203/rs.",
    "10.26434/chemrxiv",
    "10.2139/ssrn.",
    "10.36227/techrxiv",
    "10.22541/au.",
    "10.7287/peerj.preprints",
    "10.64898/",
];

/// Servers that authors write where a journal belongs.
const SERVERS: &[&str] = &[
    "arxiv",
    "biorxiv",
    "medrxiv",
    "psyarxiv",
    "chemrxiv",
    "ssrn",
    "research square",
    "preprints",
];

/// Reads the standing and the identifiers that fields of any form tell, once all else is read.
pub(super) fn settle(reference: &mut Reference) {
    identifiers(reference);
    retraction(reference);
    access(reference);
    preprint(reference);
}

/// The value of the first of some fields that is there.
fn first<'a>(fields: &'a ByName<Field>, names: &[&str]) -> Option<&'a str> {
    let values = names.iter().filter_map(|name| fields.get(name));
    values.map(|field| field.written.trim()).find(|value| !value.is_empty())
}

fn identifiers(reference: &mut Reference) {
    let url = reference.text("URL");
    let lower = url.to_ascii_lowercase();
    // Some publishers write into their addresses what was never registered.
    let in_url = doi_in_url(&url).filter(|doi| doi_fault(doi).is_none());
    let ids = &mut reference.ids;
    if ids.doi.is_none() {
        ids.doi.clone_from(&in_url);
    }
    if lower.contains("pubmed") && ids.pmid.is_none() {
        ids.pmid = IdKind::Pmid.parse(&url);
    }
    if lower.contains("/articles/pmc") && ids.pmcid.is_none() {
        ids.pmcid = IdKind::Pmcid.parse(&url);
    }
    if lower.contains("arxiv.org/") && ids.arxiv.is_none() {
        ids.arxiv = IdKind::Arxiv.parse(&url);
    }
    let number = reference.texts.get("number").map(Rich::text).unwrap_or_default();
    if ids.arxiv.is_none() && number.to_lowercase().starts_with("arxiv:") {
        ids.arxiv = IdKind::Arxiv.parse(&number);
    }
    if ids.arxiv.is_none()
        && ids.doi.as_deref().is_some_and(|doi| doi.starts_with("10.48550/arxiv."))
    {
        ids.arxiv = ids.doi.as_deref().and_then(|doi| IdKind::Arxiv.parse(doi));
    }
    // The address of the resolver says nothing that the DOI does not.
    if lower.contains("doi.org/") && in_url.is_some() && in_url == ids.doi {
        reference.texts.remove("URL");
    }
}

fn is_yes(value: &str) -> bool {
    matches!(value.to_lowercase().as_str(), "true" | "yes" | "1" | "y" | "retracted")
}

fn is_no(value: &str) -> bool {
    matches!(value.to_lowercase().as_str(), "false" | "no" | "0" | "n")
}

fn retraction(reference: &mut Reference) {
    let keywords = reference.text("keyword").to_lowercase();
    let title = reference.text("title").to_lowercase();
    let standing = first(&reference.fields, &["status", "pubstate"]).unwrap_or("").to_lowercase();
    let said = match first(&reference.fields, &["retracted", "retraction"]) {
        Some(value) if is_no(value) => return,
        Some(value) if is_yes(value) => Some(String::new()),
        Some(value) => Some(value.to_owned()),
        None => None,
    };
    let marked = standing == "retracted"
        || keywords.split([',', ';']).any(|word| {
            matches!(word.trim(), "retracted" | "retracted publication" | "retracted article")
        })
        || ["retracted:", "retracted article:", "[retracted]", "(retracted)"]
            .iter()
            .any(|mark| title.starts_with(mark));
    reference.status.retracted = said.or_else(|| marked.then(String::new));
}

fn access(reference: &mut Reference) {
    let fields = &reference.fields;
    let license = first(fields, &["license", "licence", "rights", "copyright"]).map(str::to_owned);
    let archive = ["archiveurl", "archive-url", "archive_url", "archivedurl", "wayback"];
    let archive =
        first(fields, &archive).map(|url| url.replace('\\', "")).filter(|url| is_web(url));
    let open = first(fields, &["openaccess", "open-access", "open_access", "oa"]);
    let licensed = license.as_deref().is_some_and(is_open);
    let free = reference.ids.pmcid.is_some();
    reference.status.open_access = match open {
        Some(value) if is_no(value) => false,
        Some(_) => true,
        None => licensed || free,
    };
    reference.status.license = license;
    reference.status.archive_url = archive;
}

/// Tells whether a licence lets everyone read.
fn is_open(license: &str) -> bool {
    let lower = license.to_lowercase();
    lower.contains("creativecommons.org")
        || lower.contains("creative commons")
        || lower.contains("public domain")
        || lower.contains("open access")
        || lower == "open"
        || lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "cc" | "cc0" | "ccby"))
}

fn preprint(reference: &mut Reference) {
    let container = reference.text("container-title").to_lowercase();
    let journal =
        !container.is_empty() && !SERVERS.iter().any(|server| container.starts_with(server));
    let standing = first(&reference.fields, &["pubstate"]).unwrap_or("").to_lowercase();
    let genre = reference.text("genre").to_lowercase();
    let archive = first(&reference.fields, &["eprinttype", "archiveprefix"]).unwrap_or("");
    let server = SERVERS.contains(&archive.to_lowercase().as_str());
    let doi = reference.ids.doi.as_deref().unwrap_or("");
    // An e-print beside a DOI of a publisher was published since.
    let registered = PREPRINT_DOIS.iter().any(|stem| doi.starts_with(stem));
    let only_here = doi.is_empty() && (reference.ids.arxiv.is_some() || server);
    let articles = matches!(
        reference.kind.as_str(),
        "article" | "article-journal" | "document" | "webpage" | "manuscript" | "report"
    );
    reference.status.preprint =
        matches!(standing.as_str(), "preprint" | "prepublished" | "submitted")
            || genre.contains("preprint")
            || (!journal && articles && (registered || only_here));
}

/// Gives a preprint of BibTeX, which has no type for one, the variables by which styles know it.
/// A bibliography in CSL's own variables says itself what it means.
pub(super) fn set_preprint(reference: &mut Reference) {
    let container = reference.text("container-title").to_lowercase();
    let articles = ["article", "article-journal", "document", "webpage", "manuscript", "report"];
    let server = container.is_empty() || SERVERS.iter().any(|name| container.starts_with(name));
    if !(reference.status.preprint && server && articles.contains(&reference.kind.as_str())) {
        return;
    }
    // What calls itself a report stays one.
    if reference.kind != "report" {
        reference.kind = "article".to_owned();
    }
    if let Some(number) = &reference.ids.arxiv {
        // As Zotero has it: where a style prints neither, a reader cannot find the work.
        let number = format!("arXiv:{number}");
        reference.texts.get_or_insert_with("number", || number.as_str().into());
        reference.texts.get_or_insert_with("publisher", || "arXiv".into());
        // `arXiv preprint arXiv:1706.03762` says the same once more.
        if container.starts_with("arxiv") {
            reference.texts.remove("container-title");
        }
    }
}
