//! Filters on texts and numbers.

use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::text::slug::slug;

use super::argument::{Arguments, Filter, register_filters, text_of, wrong_input};
use super::date::{date, day};
use super::list;
use super::lookup::Lookup;

const FILTERS: &[(&str, Filter)] = &[
    ("date", date),
    ("filesizeformat", filesizeformat),
    ("json_encode", json_encode),
    ("linebreaksbr", linebreaksbr),
    ("num_format", num_format),
    ("slugify", slugify),
    ("striptags", striptags),
    ("urlencode", urlencode),
];

/// Makes the filters known to an engine.
pub(super) fn register(tera: &mut Tera, lookup: &Arc<Lookup>) {
    register_filters(tera, FILTERS);
    register_filters(tera, list::FILTERS);
    let shared = Arc::clone(lookup);
    tera.register_filter("absolute_url", move |value: &Value, kwargs: Kwargs, _: &State<'_>| {
        Arguments::of("absolute_url", &kwargs, &[])?;
        text_of("absolute_url", value).map(|href| shared.absolute(href))
    });
    let shared = Arc::clone(lookup);
    tera.register_filter("day", move |value: &Value, kwargs: Kwargs, state: &State<'_>| {
        day(&shared, value, &kwargs, state)
    });
    let shared = Arc::clone(lookup);
    tera.register_filter("markdown", move |value: &Value, kwargs: Kwargs, _: &State<'_>| {
        let arguments = Arguments::of("markdown", &kwargs, &["inline"])?;
        let inline = arguments.flag("inline", false)?;
        let text = text_of("markdown", value)?;
        match &shared.markdown {
            Some(markdown) => Ok(Value::safe_string(&markdown(text, inline))),
            None => Err(Error::message("there is no Markdown to be had here")),
        }
    });
}

/// `filesizeformat`: `1.5 MB`; with `binary=true` `1.4 MiB`.
fn filesizeformat(value: &Value, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("filesizeformat", kwargs, &["binary"])?;
    let binary = arguments.flag("binary", false)?;
    let bytes = value.as_u64().ok_or_else(|| wrong_input("filesizeformat", value, "integer"))?;
    let (step, units) = if binary {
        (1024, ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"])
    } else {
        (1000, ["kB", "MB", "GB", "TB", "PB", "EB"])
    };
    if bytes < step {
        return Ok(Value::from(format!("{bytes} B")));
    }
    // In tenths of a unit, so that no rounding of floats shows.
    let mut tenths = u128::from(bytes) * 10 / u128::from(step);
    let mut unit = 0;
    while tenths >= u128::from(step) * 10 && unit + 1 < units.len() {
        tenths /= u128::from(step);
        unit += 1;
    }
    let (whole, tenth) = (tenths / 10, tenths % 10);
    let unit = units[unit];
    Ok(Value::from(match tenth {
        0 => format!("{whole} {unit}"),
        tenth => format!("{whole}.{tenth} {unit}"),
    }))
}

/// `json_encode`: JSON that may stand in a `<script>` (there with `| safe`), as no tag, entity
/// or line separator can begin in it.
fn json_encode(value: &Value, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("json_encode", kwargs, &["pretty"])?;
    let json = if arguments.flag("pretty", false)? {
        serde_json::to_string_pretty(value)
    } else {
        serde_json::to_string(value)
    }
    .map_err(|error| Error::message(format!("this cannot be written as JSON: {error}")))?;
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    Ok(Value::from(out))
}

/// `linebreaksbr`: a `<br>` for each line end; what needs escaping is escaped.
fn linebreaksbr(value: &Value, kwargs: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    Arguments::of("linebreaksbr", kwargs, &[])?;
    text_of("linebreaksbr", value)?;
    let text = state.escape_if_needed(value)?;
    Ok(Value::safe_string(&text.replace("\r\n", "<br>").replace(['\n', '\r'], "<br>")))
}

/// `num_format`: digits in groups of three, parted as the language does.
fn num_format(value: &Value, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("num_format", kwargs, &["locale"])?;
    let locale = arguments.text("locale")?.unwrap_or("en");
    let number = value.as_i128().ok_or_else(|| wrong_input("num_format", value, "integer"))?;
    let separator = match locale.split(['-', '_']).next().unwrap_or_default() {
        _ if matches!(locale, "de-CH" | "de-LI" | "fr-CH" | "it-CH") => '’',
        "da" | "de" | "el" | "es" | "id" | "is" | "it" | "nl" | "pt" | "ro" | "tr" | "vi" => '.',
        "bg" | "cs" | "fi" | "fr" | "hu" | "nb" | "nn" | "no" | "pl" | "ru" | "sk" | "sv"
        | "uk" => '\u{202f}',
        _ => ',',
    };
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() * 2);
    if number < 0 {
        out.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    Ok(Value::from(out))
}

/// `slugify`: the form that a permalink would have.
fn slugify(value: &Value, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    Arguments::of("slugify", kwargs, &[])?;
    text_of("slugify", value).map(|text| Value::from(slug(text)))
}

/// `striptags`: HTML without its tags and comments. No `<` is left, so that what was safe to
/// print before stays so.
fn striptags(value: &Value, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    Arguments::of("striptags", kwargs, &[])?;
    let text = text_of("striptags", value)?;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let close = if rest.starts_with("<!--") { "-->" } else { ">" };
        rest = rest.find(close).map_or("", |end| &rest[end + close.len()..]);
    }
    out.push_str(rest);
    Ok(if value.is_safe() { Value::safe_string(&out) } else { Value::from(out) })
}

/// `urlencode`: percent-encodes all but letters, digits, `-`, `.`, `_`, `~` and `/`.
fn urlencode(value: &Value, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    Arguments::of("urlencode", kwargs, &[])?;
    let text = text_of("urlencode", value)?;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Ok(Value::from(out))
}
