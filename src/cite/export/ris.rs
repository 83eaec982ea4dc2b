//! References as RIS, which every reference manager reads.

use crate::cite::date::When;
use crate::cite::name::Name;
use crate::cite::reference::Reference;

/// Writes references as a RIS file.
pub fn to_ris(references: &[&Reference]) -> String {
    let records: Vec<String> = references.iter().map(|reference| record(reference)).collect();
    records.join("\r\n")
}

/// A record while it is written.
#[derive(Default)]
struct Record(String);

impl Record {
    fn put(&mut self, tag: &str, value: &str) {
        if value.contains(char::is_control) {
            return self.put(tag, &value.replace(char::is_control, " "));
        }
        let clean = value.trim();
        if !clean.is_empty() {
            for part in [tag, "  - ", clean, "\r\n"] {
                self.0.push_str(part);
            }
        }
    }
}

fn record(reference: &Reference) -> String {
    let mut record = Record::default();
    record.put("TY", kind(&reference.kind));
    record.put("ID", &reference.key);
    for (tag, variable) in [
        ("AU", "author"),
        ("A2", "editor"),
        ("A3", "collection-editor"),
        ("A4", "translator"),
        ("A2", "container-author"),
    ] {
        let names = reference.names.get(variable);
        for name in names.iter().flat_map(|names| &names.list) {
            record.put(tag, &inverted(name));
        }
    }
    let periodical = reference.kind.starts_with("article");
    for (tag, variable) in [
        ("TI", "title"),
        ("ST", "title-short"),
        (if periodical { "JO" } else { "T2" }, "container-title"),
        ("J2", "container-title-short"),
        ("T3", "collection-title"),
        ("VL", "volume"),
        ("IS", "issue"),
        ("ET", "edition"),
        ("M3", "genre"),
        ("PB", "publisher"),
        ("CY", "publisher-place"),
        ("C3", "event-title"),
        ("LA", "language"),
        ("N1", "note"),
        ("AB", "abstract"),
    ] {
        record.put(tag, &reference.text(variable));
    }
    let number = reference.text("number");
    record.put(if periodical { "C7" } else { "M1" }, &number);
    let pages = reference.text("page");
    let (first, last) = pages.split_once('-').unwrap_or((&pages, ""));
    record.put("SP", first);
    record.put("EP", last);
    if let Some(When::Date { from, .. }) = reference.dates.get("issued") {
        record.put("PY", &from.year.to_string());
        record.put("DA", &slashed(reference, "issued"));
    }
    record.put("Y2", &slashed(reference, "accessed"));
    let ids = &reference.ids;
    record.put("DO", &reference.doi().unwrap_or_default());
    record.put("AN", ids.pmid.as_deref().unwrap_or(""));
    record.put("C2", ids.pmcid.as_deref().unwrap_or(""));
    for number in ids.isbn.iter().chain(&ids.issn) {
        record.put("SN", number);
    }
    for word in reference.text("keyword").split([',', ';']) {
        record.put("KW", word);
    }
    record.put("UR", &reference.url().or_else(|| reference.link()).unwrap_or_default());
    record.0.push_str("ER  - \r\n");
    record.0
}

fn inverted(name: &Name) -> String {
    let Name::Person { given, dropping_particle, suffix, .. } = name else { return name.short() };
    let given = [given.as_str(), dropping_particle.as_str()];
    let given: Vec<&str> = given.into_iter().filter(|part| !part.is_empty()).collect();
    let mut out = name.short();
    for part in [given.join(" ").as_str(), suffix.as_str()] {
        if !part.is_empty() {
            out.push_str(", ");
            out.push_str(part);
        }
    }
    out
}

/// A date as `2015/03/12/`.
fn slashed(reference: &Reference, variable: &str) -> String {
    let Some(When::Date { from, .. }) = reference.dates.get(variable) else { return String::new() };
    let two = |part: Option<u8>| part.map_or(String::new(), |part| format!("{part:02}"));
    format!("{:04}/{}/{}/", from.year, two(from.month), two(from.day))
}

fn kind(kind: &str) -> &'static str {
    match kind {
        "article-journal" | "review" => "JOUR",
        "article-magazine" => "MGZN",
        "article-newspaper" => "NEWS",
        "article" => "UNPB",
        "book" | "periodical" => "BOOK",
        "chapter" => "CHAP",
        "paper-conference" => "CPAPER",
        "thesis" => "THES",
        "report" => "RPRT",
        "webpage" => "ELEC",
        "post-weblog" | "post" => "BLOG",
        "dataset" => "DATA",
        "software" => "COMP",
        "patent" => "PAT",
        "standard" => "STAND",
        "manuscript" => "UNPB",
        "pamphlet" => "PAMP",
        "entry-encyclopedia" => "ENCYC",
        "entry-dictionary" => "DICT",
        "legislation" => "STAT",
        "legal_case" => "CASE",
        "bill" => "BILL",
        "hearing" => "HEAR",
        "graphic" => "ART",
        "figure" => "FIGURE",
        "map" => "MAP",
        "song" => "SOUND",
        "motion_picture" | "broadcast" => "VIDEO",
        "personal_communication" => "PCOMM",
        "speech" => "SLIDE",
        "musical_score" => "MUSIC",
        _ => "GEN",
    }
}
