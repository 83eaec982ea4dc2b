//! References as BibTeX, in the fields that BibTeX and BibLaTeX both know where they can be.

use crate::cite::calendar::edtf;
use crate::cite::date::{PartialDate, When};
use crate::cite::markup;
use crate::cite::name::{Name, Names};
use crate::cite::reference::Reference;
use crate::cite::rich::Rich;

/// Variables that each become one field as they are.
const SAME: &[(&str, &str)] = &[
    ("title", "title"),
    ("title-short", "shorttitle"),
    ("container-title-short", "shortjournal"),
    ("volume", "volume"),
    ("collection-title", "series"),
    ("edition", "edition"),
    ("chapter-number", "chapter"),
    ("number-of-volumes", "volumes"),
    ("number-of-pages", "pagetotal"),
    ("part-number", "part"),
    ("publisher-place", "address"),
    ("version", "version"),
    ("genre", "type"),
    ("note", "note"),
    ("language", "language"),
    ("event-title", "eventtitle"),
    ("event-place", "venue"),
    ("original-title", "origtitle"),
    ("original-publisher", "origpublisher"),
    ("original-publisher-place", "origlocation"),
    ("reviewed-title", "reviewedtitle"),
    ("section", "section"),
    ("scale", "scale"),
    ("dimensions", "dimensions"),
    ("medium", "medium"),
    ("archive", "library"),
    ("call-number", "callnumber"),
    ("status", "status"),
    ("annote", "annote"),
    ("keyword", "keywords"),
    ("abstract", "abstract"),
];

const PEOPLE: &[(&str, &str)] = &[
    ("author", "author"),
    ("editor", "editor"),
    ("translator", "translator"),
    ("container-author", "bookauthor"),
    ("director", "director"),
    ("illustrator", "illustrator"),
    ("compiler", "compiler"),
    ("composer", "composer"),
    ("performer", "performer"),
    ("interviewer", "interviewer"),
    ("recipient", "recipient"),
    ("reviewed-author", "reviewedauthor"),
    ("collection-editor", "serieseditor"),
    ("original-author", "origauthor"),
];

const DATES: &[(&str, &str)] = &[
    ("accessed", "urldate"),
    ("original-date", "origdate"),
    ("event-date", "eventdate"),
    ("available-date", "availabledate"),
    ("submitted", "submitted"),
];

/// Writes references as a BibTeX file.
pub fn to_bibtex(references: &[&Reference]) -> String {
    let entries: Vec<String> = references.iter().map(|reference| entry(reference)).collect();
    entries.join("\n")
}

fn entry(reference: &Reference) -> String {
    let (kind, subtype) = kind(reference);
    let mut fields: Vec<(&str, String)> = Vec::new();
    if let Some(subtype) = subtype {
        fields.push(("entrysubtype", subtype));
    }
    for (variable, field) in PEOPLE.iter().filter(|_| !reference.names.is_empty()) {
        if let Some(names) = reference.names.get(variable) {
            fields.push((field, people(names)));
        }
    }
    // A work has a few of the variables, and each lookup costs as much as writing one.
    let place = |variable: &str| SAME.iter().position(|(same, _)| *same == variable);
    let mut same: Vec<(usize, &Rich)> = reference
        .texts
        .iter()
        .filter_map(|(variable, text)| Some((place(variable)?, text)))
        .collect();
    same.sort_unstable_by_key(|&(place, _)| place);
    fields.extend(same.into_iter().map(|(place, text)| (SAME[place].1, tex(text))));
    placed(reference, kind, &mut fields);
    dates(reference, &mut fields);
    identifiers(reference, &mut fields);
    standing(reference, &mut fields);
    let key: String = reference.key.chars().filter(|c| is_key(*c)).collect();
    let key = if key.is_empty() { "unnamed" } else { &key };
    let mut out = format!("@{kind}{{{key},\n");
    for (field, value) in fields {
        for part in ["  ", field, " = {", &value, "},\n"] {
            out.push_str(part);
        }
    }
    out.push_str("}\n");
    out
}

fn is_key(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !matches!(c, '{' | '}' | ',' | '"' | '\\' | '%' | '#')
}

/// The type of an entry, and its subtype where the type alone does not tell.
fn kind(reference: &Reference) -> (&'static str, Option<String>) {
    let plain = |kind| (kind, None);
    let genre = reference.text("genre").to_lowercase();
    match reference.kind.as_str() {
        "article-journal" => plain("article"),
        "article-magazine" => ("article", Some("magazine".to_owned())),
        "article-newspaper" => ("article", Some("newspaper".to_owned())),
        "book" => plain("book"),
        "chapter" => plain("incollection"),
        "paper-conference" => plain("inproceedings"),
        "thesis" if genre.contains("phd") || genre.contains("doctor") => plain("phdthesis"),
        "thesis" if genre.contains("master") => plain("mastersthesis"),
        "thesis" => plain("thesis"),
        "report" => plain("report"),
        "webpage" => plain("online"),
        "post-weblog" => ("online", Some("blog".to_owned())),
        "entry-encyclopedia" => plain("inreference"),
        "entry-dictionary" => ("inreference", Some("dictionary".to_owned())),
        "pamphlet" => plain("booklet"),
        "manuscript" => plain("unpublished"),
        "dataset" => plain("dataset"),
        "software" => plain("software"),
        "patent" => plain("patent"),
        "standard" => plain("standard"),
        "periodical" => plain("periodical"),
        "review" => plain("review"),
        "legislation" => plain("legislation"),
        "legal_case" => plain("jurisdiction"),
        "document" => plain("misc"),
        // What has no type of its own says by its subtype what it is.
        other => ("misc", Some(escape(other))),
    }
}

/// Writes the variables whose field depends on the type of the entry.
fn placed<'a>(reference: &Reference, kind: &str, fields: &mut Vec<(&'a str, String)>) {
    let mut put = |field: &'a str, variable: &str| {
        if let Some(text) = reference.texts.get(variable) {
            fields.push((field, tex(text)));
        }
    };
    let within = matches!(kind, "incollection" | "inproceedings" | "inreference");
    put(if within { "booktitle" } else { "journal" }, "container-title");
    put(
        match kind {
            "phdthesis" | "mastersthesis" | "thesis" => "school",
            "report" => "institution",
            "online" => "organization",
            _ => "publisher",
        },
        "publisher",
    );
    put("issuetitle", "volume-title");
    let periodical = matches!(kind, "article" | "periodical" | "review");
    if periodical {
        put("number", "issue");
        put("eid", "number");
    } else {
        put("issue", "issue");
        let in_series = reference.texts.contains_key("collection-title");
        put("number", if in_series { "collection-number" } else { "number" });
    }
    if let Some(page) = reference.texts.get("page") {
        fields.push(("pages", tex(page).replace('-', "--")));
    }
}

fn dates(reference: &Reference, fields: &mut Vec<(&str, String)>) {
    match reference.dates.get("issued") {
        Some(When::Date { from, to: None, circa: false }) if is_simple(from) => {
            fields.push(("year", from.year.to_string()));
            if let Some(month) = from.month {
                fields.push(("month", month.to_string()));
            }
            if let Some(day) = from.day {
                fields.push(("day", day.to_string()));
            }
        }
        Some(when @ When::Date { .. }) => fields.push(("date", edtf(when))),
        Some(words @ When::Literal(_)) => fields.push(("year", written(words))),
        None => {}
    }
    for (variable, field) in DATES {
        if let Some(when) = reference.dates.get(variable) {
            fields.push((field, written(when)));
        }
    }
}

fn written(when: &When) -> String {
    match when {
        // Its `~` is no space.
        When::Date { .. } => edtf(when),
        When::Literal(words) => escape(words),
    }
}

fn is_simple(date: &PartialDate) -> bool {
    date.season.is_none() && (1000..10_000).contains(&date.year)
}

fn identifiers(reference: &Reference, fields: &mut Vec<(&str, String)>) {
    let ids = &reference.ids;
    let single =
        [("doi", reference.doi()), ("pmid", ids.pmid.clone()), ("pmcid", ids.pmcid.clone())];
    for (field, value) in single {
        fields.extend(value.map(|value| (field, verbatim(&value))));
    }
    if let Some(arxiv) = &ids.arxiv {
        fields.push(("eprint", verbatim(arxiv)));
        fields.push(("archiveprefix", "arXiv".to_owned()));
    }
    for (field, values) in [("isbn", &ids.isbn), ("issn", &ids.issn)] {
        if !values.is_empty() {
            fields.push((field, values.join(", ")));
        }
    }
    if let Some(url) = reference.url() {
        fields.push(("url", verbatim(&url)));
    }
}

fn standing(reference: &Reference, fields: &mut Vec<(&str, String)>) {
    let status = &reference.status;
    if let Some(why) = &status.retracted {
        fields.push(("retracted", if why.is_empty() { "true".to_owned() } else { escape(why) }));
    }
    if status.preprint {
        fields.push(("pubstate", "preprint".to_owned()));
    }
    if let Some(license) = &status.license {
        fields.push(("license", escape(license)));
    }
    if status.open_access {
        fields.push(("openaccess", "true".to_owned()));
    }
    if let Some(url) = &status.archive_url {
        fields.push(("archiveurl", verbatim(url)));
    }
}

/// Writes text with its shapes as LaTeX.
fn tex(text: &Rich) -> String {
    let mut out = String::new();
    for piece in &text.pieces {
        let shape = piece.shape;
        let mut inner = escape(&piece.text);
        for (on, command) in [
            (shape.superscript, "textsuperscript"),
            (shape.subscript, "textsubscript"),
            (shape.small_caps, "textsc"),
            (shape.bold, "textbf"),
            (shape.italic, "textit"),
        ] {
            if on {
                inner = format!("\\{command}{{{inner}}}");
            }
        }
        if shape.fixed_case {
            inner = group(&inner);
        }
        out.push_str(&inner);
    }
    out
}

/// Puts braces around LaTeX so that they keep its case, also where it begins with a command.
fn group(inner: &str) -> String {
    let letter = inner.starts_with('\\') && !inner.starts_with("\\text");
    let sign = ["\\textasci", "\\textback", "\\textbrace", "\\textless"];
    let begins_with_sign = letter || sign.iter().any(|sign| inner.starts_with(sign));
    format!("{{{}{inner}}}", if begins_with_sign { "{}" } else { "" })
}

/// Writes text so that LaTeX takes each sign for itself.
fn escape(text: &str) -> String {
    let tagged = markup::has_tags(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '`' => out.push_str("\\textasciigrave{}"),
            '<' if tagged => out.push_str("\\textless{}"),
            '$' | '&' | '#' | '_' | '%' => {
                out.push('\\');
                out.push(c);
            }
            '\u{a0}' => out.push('~'),
            '\u{202f}' => out.push_str("\\,"),
            // Two of them would be one dash or one quotation mark.
            '-' | '\'' if before == c => {
                out.push_str("{}");
                out.push(c);
            }
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// Writes an address or an identifier, whose braces no reader would expect.
fn verbatim(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '\\' => out.push_str("%5C"),
            c if c.is_control() || c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

fn people(names: &Names) -> String {
    let mut list: Vec<String> = names.list.iter().map(name).collect();
    if names.others {
        list.push("others".to_owned());
    }
    list.join(" and ")
}

fn name(name: &Name) -> String {
    let (family, given, particle, dropping, suffix) = match name {
        Name::Literal(text) => return group(&escape(text)),
        Name::Person { family, given, particle, dropping_particle, suffix } => {
            (family, given, particle, dropping_particle, suffix)
        }
    };
    let is_small =
        |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    let parts = [family, given, particle, suffix];
    let odd = |part: &&String| {
        part.contains([',', '=', ';'])
            || part
                .split_whitespace()
                .any(|word| matches!(word.to_ascii_lowercase().as_str(), "and" | "others" | "et"))
    };
    let several = family.contains(' ');
    let plain = dropping.is_empty()
        && !family.is_empty()
        && !parts.iter().any(odd)
        && particle.split_whitespace().all(is_small)
        && !(several && (given.is_empty() || is_small(family)));
    if !plain {
        // The form of BibLaTeX, which names every part.
        let prefix = if dropping.is_empty() { particle } else { dropping };
        let use_prefix = if dropping.is_empty() { "true" } else { "false" };
        let mut out = format!("family={{{}}}", escape(family));
        for (key, part) in [("given", given), ("prefix", prefix), ("suffix", suffix)] {
            if !part.is_empty() {
                out.push_str(&format!(", {key}={{{}}}", escape(part)));
            }
        }
        if !prefix.is_empty() {
            out.push_str(&format!(", useprefix={use_prefix}"));
        }
        return out;
    }
    let mut out = String::new();
    if !particle.is_empty() {
        out = escape(particle) + " ";
    }
    out.push_str(&escape(family));
    if !suffix.is_empty() {
        out.push_str(&format!(", {}", escape(suffix)));
    }
    if !given.is_empty() || !suffix.is_empty() {
        out.push_str(&format!(", {}", escape(given)));
    }
    out
}
