//! The functions of a template: what it looks up of the site.

use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::path::encode;
use crate::text::nearest::nearest;

use super::argument::{Arguments, fact, near};
use super::lookup::{Lookup, content_path, term_key};
use super::{data, date, menu};

type Function = fn(&Lookup, &Kwargs, &State<'_>) -> TeraResult<Value>;

const FUNCTIONS: &[(&str, Function)] = &[
    ("get_page", page),
    ("get_section", section),
    ("get_taxonomy", taxonomy),
    ("get_taxonomy_term", taxonomy_term),
    ("get_taxonomy_url", taxonomy_url),
    ("get_url", url),
    ("jsonld", jsonld),
    ("load_data", data::load),
    ("now", now),
    ("trans", trans),
];

/// Makes the functions known to an engine.
pub(super) fn register(tera: &mut Tera, lookup: &Arc<Lookup>) {
    for &(name, function) in FUNCTIONS {
        let lookup = Arc::clone(lookup);
        tera.register_function(name, move |kwargs: Kwargs, state: &State<'_>| {
            function(&lookup, &kwargs, state)
        });
    }
    menu::register(tera, lookup);
}

/// `get_page(path="guide/install.md")`, `get_page(path=card)`
fn page(lookup: &Lookup, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("get_page", kwargs, &["path", "lang"])?;
    let path = path_or_card("get_page", &arguments)?;
    lookup.pages.get(path).cloned().ok_or_else(|| {
        if lookup.sections.contains_key(path) {
            return fact(format!("`{path}` is a section"), "call `get_section`");
        }
        near(format!("there is no page `{path}`"), path, lookup.pages.keys().map(String::as_str))
    })
}

/// `get_section(path="guide/_index.md")`, `get_section(path=card)`. With `metadata_only` as
/// without it nothing is copied, so both give the same.
fn section(lookup: &Lookup, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("get_section", kwargs, &["path", "metadata_only", "lang"])?;
    arguments.flag("metadata_only", false)?;
    let path = path_or_card("get_section", &arguments)?;
    lookup.sections.get(path).cloned().ok_or_else(|| {
        if lookup.pages.contains_key(path) {
            return fact(format!("`{path}` is a page"), "call `get_page`");
        }
        let known = lookup.sections.keys().map(String::as_str);
        near(format!("there is no section `{path}`"), path, known)
    })
}

/// `get_url(path="@/guide/install.md#linux")`, `get_url(path="scholar.css")`
fn url(lookup: &Lookup, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    // A file's name holds its hash already, and a path its language.
    let known = ["path", "absolute", "trailing_slash", "cachebust", "lang"];
    let arguments = Arguments::of("get_url", kwargs, &known)?;
    let path = arguments.required_text("path")?;
    let absolute = arguments.flag("absolute", false)?;
    let trailing_slash = arguments.flag("trailing_slash", false)?;
    arguments.flag("cachebust", false)?;
    if path.starts_with('#') || is_external(path) {
        return Ok(Value::from(path));
    }
    let cut = path.find(['#', '?']).unwrap_or(path.len());
    let (path, rest) = path.split_at(cut);
    let href = if path.starts_with("@/") {
        let content = lookup.content(path).ok_or_else(|| lookup.no_content(path))?;
        lookup.href(content).ok_or_else(|| Error::message(format!("`{path}` has no permalink")))?
    } else {
        let name = path.trim_start_matches('/');
        match lookup.files.get(name) {
            Some(href) => href.clone(),
            None => {
                let slash = if trailing_slash && !name.is_empty() && !name.ends_with('/') {
                    "/"
                } else {
                    ""
                };
                let href = format!("{}/{}{slash}", lookup.base.path, encode(name));
                if has_extension(name) && slash.is_empty() && !lookup.serves(&href) {
                    return Err(no_file(lookup, name));
                }
                href
            }
        }
    };
    let href = format!("{href}{rest}");
    Ok(Value::from(if absolute { lookup.absolute(&href) } else { href }))
}

/// `get_taxonomy(kind="topics")`
fn taxonomy(lookup: &Lookup, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("get_taxonomy", kwargs, &["kind", "required", "lang"])?;
    let kind = arguments.required_text("kind")?;
    match lookup.taxonomies.get(kind) {
        Some(taxonomy) => Ok(taxonomy.clone()),
        None if !arguments.flag("required", true)? => Ok(Value::none()),
        None => Err(no_taxonomy(lookup, kind)),
    }
}

/// `get_taxonomy_term(kind="topics", term="Back pain")`
fn taxonomy_term(lookup: &Lookup, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let known = ["kind", "term", "include_pages", "required", "lang"];
    let arguments = Arguments::of("get_taxonomy_term", kwargs, &known)?;
    arguments.flag("include_pages", true)?;
    let kind = arguments.required_text("kind")?;
    let term = arguments.required_text("term")?;
    Ok(find_term(lookup, kind, term, arguments.flag("required", true)?)?
        .map_or(Value::none(), Value::clone))
}

/// `get_taxonomy_url(kind="topics", name="Back pain")`; Zola calls the name `term` now.
fn taxonomy_url(lookup: &Lookup, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let known = ["kind", "name", "term", "absolute", "required", "lang"];
    let arguments = Arguments::of("get_taxonomy_url", kwargs, &known)?;
    let kind = arguments.required_text("kind")?;
    let name = match arguments.text("term")? {
        Some(term) => term,
        None => arguments.required_text("name")?,
    };
    let absolute = arguments.flag("absolute", false)?;
    let term = find_term(lookup, kind, name, arguments.flag("required", true)?)?;
    let Some(href) = term.and_then(|term| lookup.href(term)) else { return Ok(Value::none()) };
    Ok(Value::from(if absolute { lookup.absolute(&href) } else { href }))
}

fn find_term<'a>(
    lookup: &'a Lookup,
    kind: &str,
    name: &str,
    required: bool,
) -> TeraResult<Option<&'a Value>> {
    let term = lookup.terms.get(&(kind.to_owned(), term_key(name)));
    if term.is_some() || !required {
        return Ok(term);
    }
    if !lookup.taxonomies.contains_key(kind) {
        return Err(no_taxonomy(lookup, kind));
    }
    let terms = lookup.terms.iter().filter(|((other, _), _)| other == kind);
    let names = terms.filter_map(|(_, term)| term.get_from_path("name")?.as_str());
    Err(near(format!("`{kind}` has no term `{name}`"), name, names))
}

fn no_taxonomy(lookup: &Lookup, kind: &str) -> Error {
    let known = lookup.taxonomies.keys().map(String::as_str);
    near(format!("there is no taxonomy `{kind}`"), kind, known)
}

/// `jsonld(page=page)`, `jsonld(page=section)`: what it says to machines.
fn jsonld(_: &Lookup, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("jsonld", kwargs, &["page"])?;
    let page = arguments.required("page")?;
    page.get_from_path("jsonld").cloned().ok_or_else(|| {
        let help = "call it with the `page` or `section` that the template is rendered for";
        fact("`jsonld` takes a page, and this is none".to_owned(), help)
    })
}

/// `now()`: the date of the build, or with `timestamp=true` its seconds since 1970.
fn now(lookup: &Lookup, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("now", kwargs, &["timestamp", "utc"])?;
    arguments.flag("utc", true)?;
    if !arguments.flag("timestamp", false)? {
        return Ok(Value::from(lookup.now.as_str()));
    }
    date::parse(&lookup.now)
        .and_then(|moment| moment.seconds())
        .map(Value::from)
        .ok_or_else(|| Error::message(format!("the build's date `{}` is no date", lookup.now)))
}

/// `trans(key="sources")` in the language of the page, which is its variable `lang`.
///
/// A component sees that variable where it declares `@lang`; without it, and without `lang=`
/// in the call, the words come in the site's language.
fn trans(lookup: &Lookup, kwargs: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("trans", kwargs, &["key", "lang"])?;
    let key = arguments.required_text("key")?;
    lookup.in_language(&arguments, state, |language| {
        lookup.translation(key, language).map(Value::from).ok_or_else(|| {
            let known = lookup.translations.values().flat_map(|words| words.keys());
            near(format!("no language has the words `{key}`"), key, known.map(String::as_str))
        })
    })
}

/// The path of a page or section under `content/`, given as such or by its card: themes for
/// Zola pass on what they find in `section.subsections`.
fn path_or_card<'a>(call: &str, arguments: &'a Arguments<'_>) -> TeraResult<&'a str> {
    let value = arguments.required("path")?;
    if value.as_map().is_none() {
        return arguments.required_text("path").map(content_path);
    }
    value.get_from_path("relative_path").and_then(Value::as_str).ok_or_else(|| {
        fact(
            format!("`{call}` takes a path or a card, and this map is neither"),
            "a card has a `relative_path`",
        )
    })
}

/// The error of a file that nothing serves.
fn no_file(lookup: &Lookup, name: &str) -> Error {
    let content = lookup.pages.keys().chain(lookup.sections.keys()).map(String::as_str);
    // A page that lacks its `@/` is meant before any file with a name like its own.
    let help = if lookup.content(name).is_some() {
        format!("did you mean `@/{name}`?")
    } else if let Some(file) = nearest(name, lookup.files.keys().map(String::as_str)) {
        format!("did you mean `{file}`?")
    } else if let Some(page) = nearest(name, content) {
        format!("did you mean `@/{page}`?")
    } else {
        "put it into the folder `static`".to_owned()
    };
    fact(format!("`{name}` leads to no file"), &help)
}

/// Tells whether a path looks like that of a file. What has no letter after its last dot is
/// part of a name: `releases/v1.2`.
fn has_extension(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && extension.bytes().all(|b| b.is_ascii_alphanumeric())
            && extension.bytes().any(|b| b.is_ascii_alphabetic())
    })
}

/// Tells whether a link has a scheme or a host of its own.
fn is_external(path: &str) -> bool {
    let scheme = path.find(':').map_or("", |colon| &path[..colon]);
    path.starts_with("//")
        || (scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')))
}
