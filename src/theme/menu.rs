//! The main navigation: where its entries lead, found once for all pages.

use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::argument::Arguments;
use super::fields::Fields;
use super::lookup::Lookup;

/// The most sections that the navigation has by itself: the home page lists them all.
const SECTIONS: usize = 7;

/// One entry.
struct Entry {
    /// The path that it leads to within the site; empty where it leads elsewhere.
    path: String,
    /// How the entry is shown on the page itself, on the pages below it, and on others.
    here: Value,
    above: Value,
    apart: Value,
}

/// Makes the function `menu` known to an engine: the entries of the main navigation, each with
/// its `name`, its `href` and what `aria-current` says of it, `page`, `true` or nothing.
///
/// A component sees the page's variable `current_path` where it declares it.
pub(super) fn register(tera: &mut Tera, lookup: &Arc<Lookup>) {
    let entries = |lookup: &Lookup| -> TeraResult<Vec<Entry>> {
        written(lookup).iter().map(|written| entry(lookup, written)).collect()
    };
    let (found, lookup) = (entries(lookup).ok(), Arc::clone(lookup));
    tera.register_function("menu", move |kwargs: Kwargs, state: &State<'_>| {
        Arguments::of("menu", &kwargs, &[])?;
        let Some(found) = &found else {
            // Said again to each page that asks.
            return entries(&lookup).map(|_| Vec::new());
        };
        let current = state.get::<Value>("current_path")?;
        let current = current.as_ref().and_then(Value::as_str).unwrap_or_default();
        Ok(found.iter().map(|entry| entry.on(current).clone()).collect::<Vec<Value>>())
    });
}

/// The site's own entries, else its sections of the first level.
fn written(lookup: &Lookup) -> &[Value] {
    if !lookup.menu.is_empty() {
        return &lookup.menu;
    }
    let home = lookup.sections.get("_index.md");
    let below = home.and_then(|home| home.get_from_path("subsections")?.as_array());
    let below = below.unwrap_or_default();
    &below[..below.len().min(SECTIONS)]
}

/// The entries as they are shown on a page to which none leads, to tell whether the navigation
/// is as it was; none where one leads nowhere.
pub(super) fn entries(lookup: &Lookup) -> Vec<Value> {
    let found: TeraResult<Vec<Entry>> =
        written(lookup).iter().map(|written| entry(lookup, written)).collect();
    let entries = found.unwrap_or_default().into_iter();
    entries.flat_map(|entry| [Value::from(entry.path), entry.apart]).collect()
}

impl Entry {
    fn on(&self, current: &str) -> &Value {
        match self.path.as_str() {
            "" => &self.apart,
            path if path == current => &self.here,
            path if path != "/" && current.starts_with(path) => &self.above,
            _ => &self.apart,
        }
    }
}

/// Finds out where an entry leads: a section's card, or a table of `[extra]` with a `name` and
/// a `path` within the site or a `url`.
fn entry(lookup: &Lookup, written: &Value) -> TeraResult<Entry> {
    let text = |key| written.get_from_path(key).and_then(Value::as_str);
    let name = text("name").or_else(|| text("title")).unwrap_or_default();
    let path = text("path").unwrap_or_default();
    let (path, href) = if let Some(href) = text("href").or_else(|| text("url")) {
        (path.to_owned(), href.to_owned())
    } else if path.starts_with("@/") {
        let file = path.split(['#', '?']).next().unwrap_or(path);
        let content = lookup.content(file).ok_or_else(|| lookup.no_content(path))?;
        let leads = content.get_from_path("path").and_then(Value::as_str).unwrap_or_default();
        let href = lookup.href(content).unwrap_or_default();
        (leads.to_owned(), href + &path[file.len()..])
    } else {
        (path.to_owned(), format!("{}/{}", lookup.base.path, path.trim_start_matches('/')))
    };
    let shown = |current: &'static str| {
        let fields =
            [("name", name.into()), ("href", href.as_str().into()), ("current", current.into())];
        Value::from(Fields::from(fields))
    };
    Ok(Entry { path, here: shown("page"), above: shown("true"), apart: shown("") })
}
