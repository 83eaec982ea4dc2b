//! `doi-container`: a DOI is of another journal than its reference.
//!
//! **What it finds.** DOIs that begin as those of another journal do: by a table of publishers
//! (`10.1002/14651858.` is the Cochrane Library), by a code in the DOI that cannot be made of
//! the journal's name (`10.1016/j.neuroimage.`), or by what the other references of the site
//! show.
//!
//! **Why it matters.** Whoever follows the link lands at another paper. It happens when a
//! reference is made by copying the one above it.
//!
//! **Example.** A paper in *Explore* with the DOI of a Cochrane review.

use crate::check::doi::Told;
use crate::check::known::{Opinion, is_repository, opinion, shown};
use crate::check::learned::{Learned, Verdict};
use crate::check::rule::JournalRule;
use crate::check::stems::STEMS;
use crate::check::works::{container, named};
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// Types of works that appear in no journal; their DOIs are not those of articles.
const NO_ARTICLES: &[&str] = &["book", "dataset", "software", "thesis"];

/// The rule.
pub(in crate::check) const RULE: JournalRule = JournalRule { code: Code::DoiContainer, check };

fn check(site: &Site, learned: &Learned, found: &mut dyn FnMut(Diagnostic)) {
    for reference in named(site) {
        let Some(doi) = &reference.ids.doi else { continue };
        let told = Told::of(doi);
        let Some(venue) = learned.venue(reference) else {
            let stem = STEMS.iter().find(|(stem, _)| doi.starts_with(stem));
            let is_repository = |(_, name): &&(&str, &str)| is_repository(name);
            if let Some((stem, names)) = stem.filter(|stem| !is_repository(stem))
                && NO_ARTICLES.contains(&reference.kind.as_str())
            {
                let message = format!(
                    "`{}` is a {}, and `{stem}` begins the DOIs of `{}`",
                    reference.key,
                    reference.kind,
                    shown(names)
                );
                found(finding(message, reference.field_span("doi")));
            }
            continue;
        };
        let in_journal = reference.kind == "article-journal";
        if learned.is_publisher(reference) {
            continue;
        }
        let fault = match opinion(venue, doi, &told, in_journal) {
            Opinion::Fits => None,
            Opinion::Differs(fault) => Some(fault),
            Opinion::Unknown => match learned.verdict(reference, &told) {
                Some(Verdict::Venue(other)) => {
                    let stem = told.stem().unwrap_or_default();
                    Some(format!("`{stem}` stands in the DOIs of `{other}`"))
                }
                Some(Verdict::Code(code)) => {
                    Some(format!("the other DOIs of that journal have the code `{code}`"))
                }
                Some(Verdict::Registrant(_)) | None => None,
            },
        };
        if let Some(fault) = fault {
            let message =
                format!("this DOI is not one of `{}`: {fault}", container(reference).trim());
            found(finding(message, reference.field_span("doi")));
        }
    }
}

fn finding(message: String, span: crate::diag::Span) -> Diagnostic {
    Diagnostic::new(Code::DoiContainer, message)
        .at(span)
        .help("look the DOI up: it is that of another work, or the reference names the wrong one")
}
