//! A page that is shown ahead of the site around it.

use super::known::Known;
use super::request::Request;
use super::threads::threads;
use crate::render::Rendered;

/// Makes a page anew as the next build would, if what that will show of it can be told without
/// building the whole site: what the site itself says of the page (its length, what is offered
/// at its end) is of the last build. The next build makes it once more.
///
/// There is none where there is no last build, where the file is no page of it, or where the page
/// has changed in what others show of it or has a fault: these are for a build to tell.
pub fn ahead(request: &Request<'_>, known: &mut Known, file: &str) -> Option<Rendered> {
    let standing = known.standing.as_mut()?;
    // Templates may go deeper than the stack of whoever asks.
    threads(request).ok()?.install(|| standing.page(request.root, request.strict, file))
}
