//! `required-field`: a page lacks what its type must carry.
//!
//! **What it finds.** Pages without something that `[types.NAME]` lists under `require`.
//!
//! **Why it matters.** The site has promised it of all pages of the type: a health page without a
//! review, without a source.
//!
//! **Example.** `type = "health"` and no `[[reviews]]`.

use crate::check::rule::Rule;
use crate::config::Requirement;
use crate::diag::{Code, Diagnostic};
use crate::page::{Image, TitleFrom};
use crate::site::{PageId, Site};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::RequiredField, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for id in site.pages.ids() {
        let page = site.pages.page(id);
        let Some(written) = &page.front_matter.content_type else { continue };
        let name = written.get_ref();
        let Some(kind) = site.types.get(name) else { continue };
        for required in kind.require.iter().filter(|required| !has(site, id, required)) {
            let message = format!("a page of the type `{name}` must have {}", what(required));
            found(
                Diagnostic::new(Code::RequiredField, message)
                    .at(page.span(written.span()))
                    .help(help(required)),
            );
        }
    }
}

/// Tells whether a page carries something.
fn has(site: &Site, id: PageId, required: &Requirement) -> bool {
    let page = site.pages.page(id);
    let front_matter = &page.front_matter;
    let card = &page.card;
    let image = |part: fn(&Image) -> bool| card.image.as_deref().is_some_and(part);
    let is_said = |text: &Option<String>| text.as_ref().is_some_and(|t| !t.trim().is_empty());
    match required {
        Requirement::Title => page.title_from == TitleFrom::FrontMatter,
        Requirement::Description => card.description.is_some(),
        Requirement::Date => card.date.is_some(),
        Requirement::Updated => card.updated.is_some(),
        Requirement::Expires => front_matter.expires.is_some(),
        Requirement::Weight => card.weight.is_some(),
        Requirement::Language => card.language.is_some(),
        Requirement::Authors => !site.people.authors(id).is_empty(),
        Requirement::Image => image(|_| true),
        Requirement::ImageAlt => card.image.as_ref().is_some_and(|i| is_said(&i.alt)),
        Requirement::ImageCaption => card.image.as_ref().is_some_and(|i| is_said(&i.caption)),
        Requirement::ImageCredit => image(|image| {
            image.credit.as_ref().is_some_and(|credit| !credit.get_ref().trim().is_empty())
        }),
        Requirement::ImageLicense => card.image.as_ref().is_some_and(|i| is_said(&i.license)),
        // One that does not count has a finding of its own.
        Requirement::Reviews => !front_matter.reviews.is_empty(),
        Requirement::ContinueReading => !front_matter.continue_reading.is_empty(),
        Requirement::AdditionalReading => !front_matter.additional_reading.is_empty(),
        Requirement::Citations => !page.body.citations.is_empty(),
        Requirement::Toc => front_matter.toc.is_some(),
        Requirement::Aliases => !front_matter.aliases.is_empty(),
        Requirement::Taxonomies => card.taxonomies.iter().any(|of| !of.terms.is_empty()),
        Requirement::Taxonomy(name) => !card.terms(name).is_empty(),
    }
}

fn what(required: &Requirement) -> String {
    match required {
        Requirement::Citations => "at least one citation".to_owned(),
        Requirement::Reviews => "at least one review".to_owned(),
        Requirement::Taxonomy(name) => format!("a term of `{name}`"),
        other => format!("`{}`", other.name()),
    }
}

fn help(required: &Requirement) -> String {
    match required {
        Requirement::Citations => "cite a work, as in `[@furlan2015]`".to_owned(),
        Requirement::Reviews => {
            "add `[[reviews]]` with `by` and `on`, once somebody has reviewed it".to_owned()
        }
        Requirement::Taxonomies => "add terms under `[taxonomies]`".to_owned(),
        Requirement::Taxonomy(name) => format!("add `{name} = [\"…\"]` under `[taxonomies]`"),
        other => format!("add `{}` to its front matter", other.name()),
    }
}
