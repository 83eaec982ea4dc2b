//! What is offered to read next, with the reasons in the words of the page's language.

use super::site::SiteView;
use crate::site::{PageId, Reason, ReasonKind, Site, Suggestion};
use crate::theme::{Fields, Value, field};

/// The cards of the pages to go on to, each with what speaks for it.
pub(super) fn suggestions(
    site: &Site,
    views: &SiteView,
    id: PageId,
    words: &dyn Fn(&str) -> String,
) -> Value {
    let all = site.related.of(id).iter().map(|suggestion| view(views, suggestion, words));
    all.collect::<Vec<Value>>().into()
}

/// The first few of them.
pub(super) fn first(
    site: &Site,
    views: &SiteView,
    id: PageId,
    most: usize,
    words: &dyn Fn(&str) -> String,
) -> Vec<Value> {
    let all = site.related.of(id).iter().take(most);
    all.map(|suggestion| view(views, suggestion, words)).collect()
}

fn view(views: &SiteView, suggestion: &Suggestion, words: &dyn Fn(&str) -> String) -> Value {
    let reasons = suggestion.reasons.iter();
    let told: Vec<Value> = reasons.clone().map(|reason| tell(reason, words).into()).collect();
    let kinds: Vec<Value> = reasons.map(|reason| reason.kind.name().into()).collect();
    let card = views.card(suggestion.page);
    let of = |name: &'static str| field(card, name).cloned().unwrap_or_else(Value::none);
    Fields::from([
        ("page", card.clone()),
        ("title", of("title")),
        ("description", of("description")),
        ("href", of("href")),
        ("reasons", told.into()),
        ("reason_kinds", kinds.into()),
        ("score", suggestion.points().into()),
    ])
    .into()
}

/// A reason in words: `3 shared sources`.
fn tell(reason: &Reason, words: &dyn Fn(&str) -> String) -> String {
    let (one, many) = match reason.kind {
        ReasonKind::Pick => ("reason-pick", "reason-pick"),
        ReasonKind::Sources => ("reason-sources-one", "reason-sources-many"),
        ReasonKind::LinksHere => ("reason-links-here", "reason-links-here"),
        ReasonKind::Linked => ("reason-linked", "reason-linked"),
        ReasonKind::LinkedTogether => ("reason-together-one", "reason-together-many"),
        ReasonKind::Terms => ("reason-terms", "reason-terms"),
        ReasonKind::Text => ("reason-text", "reason-text"),
        ReasonKind::Next => ("reason-next", "reason-next"),
        ReasonKind::Section => ("reason-section", "reason-section"),
        ReasonKind::Part => ("reason-part", "reason-part"),
    };
    let word = words(if reason.count == 1 { one } else { many });
    // The home page may have no page of its own, and so no name here.
    let names = match reason.names.is_empty() {
        true => words("home"),
        false => reason.names.join(", "),
    };
    word.replace("{n}", &reason.count.to_string()).replace("{names}", &names)
}
