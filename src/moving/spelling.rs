//! The ways to spell a destination anew, in the form in which its author wrote it.

use super::sense::{Sense, own_address};
use super::targets::{is_page, without_extension};
use crate::markdown::{Link, Target, classify};
use crate::path::relative;
use crate::site::{Form, Site};

/// The spellings that could lead to where a link is meant to lead, the likeliest first. `from`
/// is the path of its page, `site` the site after the move.
pub(super) fn spellings(site: &Site, from: &str, link: &Link, sense: &Sense) -> Vec<String> {
    let path = match sense {
        Sense::Page(path, _) | Sense::Asset(path, _) | Sense::Made(path, ..) => path.as_str(),
        Sense::Fixed(_) | Sense::Nothing(_) => return Vec::new(),
    };
    if let Target::Name(named) = &link.target {
        let tail = link.written.split_once('#').map_or("", |(_, tail)| tail);
        let tail = if tail.is_empty() { String::new() } else { format!("#{tail}") };
        let names = names(from, &named.name, path);
        // What ends a name cannot stand in one.
        let fits = |name: &String| !name.contains(['[', ']', '|', '#', '^']);
        return names.into_iter().filter(fits).map(|name| format!("{name}{tail}")).collect();
    }
    let tail = &link.written[link.written.find(['?', '#']).unwrap_or(link.written.len())..];
    let ways = match &link.target {
        Target::Content(_) => vec![format!("@/{}", encoded(path))],
        Target::Relative(local) => beside(site, from, &local.path, sense, path),
        Target::Rooted(local) => {
            let sub_path = site.base.path.as_str();
            let has_sub_path = !sub_path.is_empty()
                && link.written.strip_prefix(sub_path).is_some_and(|rest| rest.starts_with('/'));
            let before = if has_sub_path { sub_path } else { "" };
            let rooted = rooted(site, &local.path, sense, path);
            rooted.into_iter().map(|way| format!("{before}{way}")).collect()
        }
        Target::External => {
            let Some(rest) = own_address(site, &link.written) else { return Vec::new() };
            let before = link.written.len() - rest.len();
            let rest = rest.split(['?', '#']).next().unwrap_or(rest);
            let rooted = rooted(site, rest, sense, path);
            rooted.into_iter().map(|way| format!("{}{way}", &link.written[..before])).collect()
        }
        Target::Fragment(_) | Target::Name(_) => Vec::new(),
    };
    ways.into_iter().map(|way| format!("{way}{tail}")).collect()
}

/// A link with another destination.
pub(super) fn respelled(link: &Link, written: &str) -> Link {
    let new = match &link.target {
        Target::Name(named) => {
            let mut named = named.clone();
            named.name = written.split('#').next().unwrap_or(written).into();
            Link { target: Target::Name(named), ..link.clone() }
        }
        _ => Link { target: classify(written), ..link.clone() },
    };
    Link { written: written.into(), ..new }
}

/// Names for wikilinks: as short or as long as the old one, then the whole path.
fn names(from: &str, old: &str, path: &str) -> Vec<String> {
    let bare = match path.rsplit_once('/') {
        Some((folder, "index.md" | "_index.md")) if !is_page(old) => folder,
        _ if is_page(path) && !is_page(old) => without_extension(path),
        _ => path,
    };
    let last = bare.rsplit('/').next().unwrap_or(bare).to_owned();
    let mut names = Vec::new();
    if old.starts_with("./") || old.starts_with("../") {
        let way = relative(folder(from), bare);
        let way = if way.starts_with("../") { way } else { format!("./{way}") };
        names.push(way);
    } else if old.starts_with('/') {
        names.push(format!("/{bare}"));
    } else if !old.contains('/') {
        names.push(last);
    }
    names.extend([bare.to_owned(), format!("/{bare}")]);
    names
}

/// Ways from the folder of a page, or from its address.
fn beside(site: &Site, from: &str, old: &str, sense: &Sense, path: &str) -> Vec<String> {
    let dotted = |way: String| match old.starts_with("./") && !way.starts_with("..") {
        true => format!("./{way}"),
        false => way,
    };
    if let Sense::Made(_, form, _) = sense {
        let ways = address(site, from)
            .zip(made(site, path, *form))
            .map(|(here, there)| dotted(relative(folder(&here[1..]), &there)));
        return ways.into_iter().map(|way| encoded(&way)).collect();
    }
    let direct = dotted(relative(folder(from), path));
    let mut ways = Vec::new();
    if matches!(sense, Sense::Page(..)) && !is_page(old) {
        let slash = if old.ends_with('/') { "/" } else { "" };
        let bare = match path.rsplit_once('/') {
            Some((folder, "index.md" | "_index.md")) => folder,
            _ => without_extension(path),
        };
        ways.push(format!("{}{slash}", dotted(relative(folder(from), bare))));
        if let (Some(here), Some(there)) = (address(site, from), address(site, path)) {
            let way = relative(folder(&here[1..]), there[1..].trim_end_matches('/'));
            let slash = if there.ends_with('/') { slash } else { "" };
            ways.push(format!("{}{slash}", dotted(way)));
        }
    }
    ways.push(direct);
    ways.into_iter().map(|way| encoded(&way)).collect()
}

/// Ways from the root: by address, or by path where the old one was a path.
fn rooted(site: &Site, old: &str, sense: &Sense, path: &str) -> Vec<String> {
    let mut ways = Vec::new();
    match sense {
        Sense::Page(..) if is_page(old) => ways.push(format!("/{path}")),
        Sense::Page(..) => {
            if let Some(address) = address(site, path) {
                if !old.ends_with('/') {
                    ways.push(address.trim_end_matches('/').to_owned());
                }
                ways.push(address);
            }
        }
        Sense::Made(_, form, _) => {
            ways.extend(made(site, path, *form).map(|output| format!("/{output}")));
        }
        _ => {
            let id = site.assets.at_path(path);
            let output = id.and_then(|id| site.assets.asset(id).output.as_ref());
            ways.extend(output.map(|output| format!("/{output}")));
        }
    }
    ways.into_iter().filter(|way| !way.is_empty()).map(|way| encoded(&way)).collect()
}

/// The address of a page, by its path.
fn address(site: &Site, path: &str) -> Option<String> {
    let id = site.pages.at_path(path)?;
    Some(site.pages.page(id).card.permalink.to_string())
}

/// The address of a file that is made of a page, by the path of the page, without its first `/`.
fn made(site: &Site, path: &str, form: Form) -> Option<String> {
    let page = site.pages.page(site.pages.at_path(path)?);
    Some(site.made.path(&page.card.permalink, form)?.to_string())
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Encodes what a destination of Markdown or of HTML cannot hold as it is; letters of other
/// scripts can stay.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for letter in path.chars() {
        let plain = !letter.is_control() && !" \"'#%<>?[\\]^`{|}()&".contains(letter);
        match letter {
            letter if plain || !letter.is_ascii() => out.push(letter),
            letter => out.push_str(&format!("%{:02X}", u32::from(letter))),
        }
    }
    out
}
