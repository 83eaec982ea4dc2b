//! Citations and reference lists are printed as citeproc-js, the reference processor, prints them.
//!
//! `csl_oracle/records` holds real records, ten to a page; `csl_oracle/expected` what citeproc-js
//! made of each page (`tests/csl_oracle/run` asks it anew). `known.json` was read while the
//! module was written, the others were not (`README.md` tells what the first look at them showed). Every entry and citation that differs stands in
//! `csl_oracle/differences.txt`; `UPDATE_EXPECTED=1` writes it.
#![allow(clippy::disallowed_methods, reason = "a test reads records and writes what differs")]

#[path = "csl_oracle/reader.rs"]
mod reader;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use hayagriva::archive::{ArchivedStyle, locales};
use ibid::cite::{Locator, Reference, Rich};
use ibid::csl::{Cite, Cited, Cluster, Piece, Printed, Processor, Style, Work, lost};
use serde::{Deserialize, Serialize};

/// The styles, and how many of a hundred entries must be printed exactly as citeproc-js does.
const STYLES: &[(&str, f64)] = &[
    ("american-medical-association", 97.0),
    ("apa", 97.0),
    ("bmj", 97.0),
    ("chicago-author-date", 90.0),
    ("ieee", 97.0),
    ("mla", 90.0),
    ("nature", 97.0),
    ("the-lancet", 97.0),
    ("vancouver", 97.0),
];

/// The sets of records that these print in English.
const SETS: [&str; 3] = ["known", "unseen", "fresh"];

/// What prints records in other languages, in styles of notes and labels and in some of the nine:
/// the style, the tag of its locale, the sets, and how many of a hundred entries and citations must
/// be the same. Labels differ on purpose.
const ABROAD: &[(&str, &str, &[&str], f64, f64)] = &[
    ("alphanumeric", "de-DE", BOTH, 100.0, 80.0),
    ("american-medical-association", "nl-NL", BOTH, 97.0, CITES),
    ("apa", "de-DE", BOTH, 97.0, CITES),
    ("chicago-notes", "de-DE", BOTH, 90.0, 97.0),
    ("chicago-shortened-notes", "fr-FR", &["words"], 97.0, CITES),
    ("deutsche-gesellschaft-für-psychologie", "de-DE", BOTH, 95.0, CITES),
    ("harvard-cite-them-right", "fr-FR", BOTH, 85.0, 96.0),
    ("mla", "es-ES", BOTH, 95.0, CITES),
    ("modern-humanities-research-association-notes", "en-GB", BOTH, 95.0, 96.0),
    ("thieme", "de-DE", BOTH, 95.0, CITES),
    ("vancouver", "fr-FR", BOTH, 95.0, CITES),
];

/// Records in other languages, and some that are made up of all that languages say differently.
const BOTH: &[&str] = &["abroad", "words"];

/// How many of a hundred citations must be.
const CITES: f64 = 99.0;

/// What is printed: a set of records in a style.
#[derive(Serialize)]
struct Print {
    set: &'static str,
    style: &'static str,
    /// The tag of a locale; `en` leaves the kind of English to the style.
    language: &'static str,
    /// The name of the file that holds what citeproc-js prints.
    file: String,
    /// Whether works are cited several times in a row.
    rows: bool,
    #[serde(skip)]
    entries: f64,
    #[serde(skip)]
    cites: f64,
}

impl Print {
    /// The style, and the language where that is not English.
    fn name(&self) -> String {
        match self.language {
            "en" => self.style.to_owned(),
            language => format!("{} {language}", self.style),
        }
    }
}

fn prints() -> Vec<Print> {
    let mut prints = Vec::new();
    for &(style, entries) in STYLES {
        for set in SETS {
            let (file, language) = (format!("{style}.json"), "en");
            prints.push(Print { set, style, language, file, rows: false, entries, cites: CITES });
        }
    }
    for &(style, language, sets, entries, cites) in ABROAD {
        for set in sets {
            let file = format!("{style}.{language}.json");
            prints.push(Print { set, style, language, file, rows: true, entries, cites });
        }
    }
    prints
}

/// One page as citeproc-js prints it.
#[derive(Deserialize)]
struct Page {
    cites: Vec<String>,
    entries: Vec<(String, String)>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/csl_oracle")
}

fn records(set: &str) -> Vec<Reference> {
    let file = folder().join(format!("records/{set}.json"));
    reader::read(&fs::read_to_string(file).expect("the records are there"))
}

/// Writes the styles and locales, for `tests/csl_oracle/run` to hand to citeproc-js.
#[test]
fn styles() {
    let Some(folder) = std::env::var_os("CSL_ORACLE_STYLES").map(PathBuf::from) else { return };
    fs::create_dir_all(folder.join("locales")).unwrap();
    let prints = prints();
    for print in &prints {
        let style = ArchivedStyle::by_name(print.style).unwrap().get();
        let json = serde_json::to_string(&style).unwrap();
        fs::write(folder.join(format!("{}.json", print.style)), json).unwrap();
    }
    fs::write(folder.join("prints.json"), serde_json::to_string(&prints).unwrap()).unwrap();
    for locale in locales() {
        let tag = locale.lang.clone().unwrap().0;
        let json = serde_json::to_string(&locale).unwrap();
        fs::write(folder.join(format!("locales/{tag}.json")), json).unwrap();
    }
}

#[test]
fn pages_are_printed_as_citeproc_prints_them() {
    let mut differences = String::new();
    let mut figures = String::new();
    let mut short = String::new();
    let mut cites: BTreeMap<String, (f64, [usize; 2])> = BTreeMap::new();
    for print in prints() {
        let references = records(print.set);
        let expected = folder().join("expected").join(print.set).join(&print.file);
        let pages: Vec<Page> =
            serde_json::from_str(&fs::read_to_string(expected).unwrap()).unwrap();
        let score = compare(&print, &references, &pages, &mut differences);
        let line = format!(
            "{:30} {:7} entries {:5.1} %  citations {:5.1} %",
            print.name(),
            print.set,
            percent(score.entries),
            percent(score.cites)
        );
        writeln!(figures, "{line}").unwrap();
        if percent(score.entries) < print.entries {
            writeln!(short, "{line}: entries should be {} %", print.entries).unwrap();
        }
        let (_, all) = cites.entry(print.name()).or_insert((print.cites, [0, 0]));
        *all = [all[0] + score.cites[0], all[1] + score.cites[1]];
    }
    for (name, (goal, cites)) in cites {
        if percent(cites) < goal {
            let percent = percent(cites);
            writeln!(short, "{name}: citations {percent:.1} %, should be {goal} %").unwrap();
        }
    }
    println!("{figures}");
    let file = folder().join("differences.txt");
    let found = format!("{figures}\n{differences}");
    if std::env::var_os("UPDATE_EXPECTED").is_some_and(|value| value == "1") {
        fs::write(&file, &found).unwrap();
    }
    assert!(short.is_empty(), "{short}");
    assert!(
        fs::read_to_string(&file).unwrap() == found,
        "what differs has changed: read it, and run UPDATE_EXPECTED=1 cargo test --test csl_oracle",
    );
}

/// How much was alike.
#[derive(Default)]
struct Score {
    entries: [usize; 2],
    cites: [usize; 2],
}

/// Of how many how many are alike.
fn percent([all, alike]: [usize; 2]) -> f64 {
    if all == 0 { 100.0 } else { 100.0 * alike as f64 / all as f64 }
}

fn compare(print: &Print, all: &[Reference], pages: &[Page], differences: &mut String) -> Score {
    let mut score = Score::default();
    let (set, name) = (print.set, print.name());
    let processor = processor(print.style, print.language);
    let works: Vec<Work> = all.iter().map(|reference| processor.format(reference)).collect();
    for ((references, works), page) in all.chunks(10).zip(works.chunks(10)).zip(pages) {
        let printed = print_page(&processor, references, works, print.rows);
        let mut check = |counts: &mut [usize; 2], key: &str, expected: &str, found: &str| {
            counts[0] += 1;
            if expected == found {
                counts[1] += 1;
            } else {
                differences.push_str(&format!("{set} {name} {key}\n  {expected}\n  {found}\n"));
            }
        };
        for (n, (expected, marker)) in page.cites.iter().zip(&printed.markers).enumerate() {
            let key = references.get(n).map_or("several", |reference| reference.key.as_str());
            check(&mut score.cites, key, expected, &text(&shown(&marker.pieces)));
        }
        // citeproc-js has no list where the style has none.
        for entry in printed.entries.iter().filter(|_| !page.entries.is_empty()) {
            let key = &references[entry.work].key;
            let expected =
                page.entries.iter().find(|(id, _)| id == key).map_or("", |(_, text)| text);
            check(&mut score.entries, key, expected, &text(&entry.html));
        }
    }
    score
}

fn processor(style: &str, language: &str) -> Processor {
    Processor::new(&Style::bundled(style).expect("it is bundled"), language)
}

/// Prints a page with the citations that `expect.mjs` makes.
fn print_page(
    processor: &Processor,
    references: &[Reference],
    works: &[Work],
    rows: bool,
) -> Printed {
    let cited: Vec<Cited<'_>> =
        references.iter().zip(works).map(|(reference, work)| Cited { reference, work }).collect();
    let (none, see, others) = (Rich::default(), Rich::plain("see"), Rich::plain(", and others"));
    let locator = |kind, value: &str| Locator { kind, value: value.to_owned() };
    let (pages, chapter, figure) =
        (locator("page", "33-35"), locator("chapter", "3"), locator("figure", "2"));
    let page = locator("page", "40");
    let at = |n: usize| Cite {
        work: n % references.len(),
        locator: None,
        prefix: &none,
        suffix: &none,
        without_author: false,
    };
    let mut clusters: Vec<Vec<Cite<'_>>> = (0..references.len()).map(|n| vec![at(n)]).collect();
    clusters.push(vec![at(0), at(1), at(2)]);
    clusters.push(vec![Cite { locator: Some(&pages), ..at(3) }, at(1)]);
    clusters.push(vec![Cite { locator: Some(&chapter), prefix: &see, ..at(4) }]);
    clusters.push(vec![Cite { without_author: true, locator: Some(&pages), ..at(5) }]);
    clusters.push(vec![Cite { suffix: &others, ..at(6) }, at(7), at(8), at(9), at(2)]);
    clusters.push(vec![Cite { locator: Some(&figure), ..at(6) }]);
    if rows {
        clusters.push(vec![at(0)]);
        clusters.push(vec![at(0)]);
        clusters.push(vec![Cite { locator: Some(&pages), ..at(0) }]);
        clusters.push(vec![Cite { locator: Some(&pages), ..at(0) }]);
        clusters.push(vec![Cite { locator: Some(&page), ..at(0) }]);
        clusters.push(vec![at(0)]);
        clusters.push(vec![Cite { locator: Some(&chapter), prefix: &see, ..at(2) }]);
        clusters.push(vec![Cite { locator: Some(&chapter), suffix: &others, ..at(2) }]);
    }
    let clusters: Vec<Cluster<'_>> =
        clusters.into_iter().map(|items| Cluster { items, narrative: false }).collect();
    processor.print(&cited, &clusters)
}

fn shown(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Html(html) | Piece::Cite { html, shown: true, .. } => Some(html.as_str()),
            Piece::Cite { .. } => None,
        })
        .collect()
}

/// HTML without tags and entities, its spaces one each.
fn text(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in html.replace("<br>", " ").chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => out.push(letter),
            _ => {}
        }
    }
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    let out = plain.iter().fold(out, |out, (entity, letter)| out.replace(entity, letter));
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn nothing_is_lost_in_any_style() {
    let mut missing = String::new();
    let references: Vec<Reference> = SETS.into_iter().flat_map(records).collect();
    for style in ArchivedStyle::all() {
        let name = style.names()[0];
        let processor = processor(name, "en");
        for reference in &references {
            let work = processor.format(reference);
            for variable in lost(reference, &work) {
                writeln!(missing, "{name}: {}: {variable}: {}", reference.key, work.text).unwrap();
            }
        }
    }
    assert!(missing.is_empty(), "{missing}");
}
