//! Where a reader goes on where nothing is near: through the section.

use crate::page::Kind;
use crate::site::assemble::Site;
use crate::site::pages::PageId;
use crate::site::suggestion::{Reason, ReasonKind, Suggestion};

/// The next page of the section; of its last page another one; of its only page the section.
pub(super) fn way_on(
    site: &Site,
    id: PageId,
    is_offered: impl Fn(PageId) -> bool,
) -> Option<Suggestion> {
    if site.pages.page(id).card.kind == Kind::Section {
        return None;
    }
    let section = site.tree.section(site.tree.section_of(id));
    let next = site.tree.neighbours(id).higher.filter(|&next| is_offered(next));
    let other = || section.pages.iter().copied().find(|&other| other != id && is_offered(other));
    let (kind, page) = match (next, section.page) {
        (Some(next), _) => (ReasonKind::Next, next),
        (None, own) => match other() {
            Some(other) => (ReasonKind::Section, other),
            None => (ReasonKind::Part, own?),
        },
    };
    let names = section.page.map(|id| site.pages.page(id).card.title.clone());
    let reason = Reason { kind, count: 1, names: names.into_iter().collect() };
    Some(Suggestion { page, score: 0, reasons: vec![reason] })
}
