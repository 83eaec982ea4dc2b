//! What to do about a name that is nobody's.

use crate::site::{PEOPLE, Site, Why};
use crate::text::nearest::nearest;
use crate::text::slug::slug;

/// What to do where nobody with a page is called `written`.
pub(super) fn help(site: &Site, written: &str) -> String {
    let stem = match slug(written) {
        stem if stem.is_empty() => written.to_owned(),
        stem => stem,
    };
    let files = [format!("{PEOPLE}/{stem}.md"), format!("{PEOPLE}/{stem}/index.md")];
    if let Some(held) = files.iter().find_map(|path| site.pages.held().at_path(path)) {
        return match held.why {
            Why::Draft => format!("`{}` is a draft", held.path),
            Why::Expired(_) | Why::Future(_) => format!("`{}` is not built", held.path),
        };
    }
    let people = site.people.all().iter();
    let names =
        people.flat_map(|person| [person.stem.as_str(), &site.pages.page(person.page).card.title]);
    match nearest(written, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            format!("add a page `content/{}`, or write the name of one that is there", files[0])
        }
    }
}
