//! How many swapped DOIs the rules find, and how many right ones they suspect.
//!
//! `tests/wrong_doi/` holds records of public bibliographies that no rule and no table was
//! tuned on. DOIs are swapped between works of different journals, a few at a time, so that the
//! rest of the library still shows what is usual. `WRONG_DOI=folder` tries other records and
//! prints what was suspected and what was missed.
#![allow(clippy::disallowed_methods, reason = "a test reads its records")]
#![allow(clippy::print_stdout, reason = "says what was found in other records")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ibid::check;
use ibid::cite::{self, Field, Reference, References};
use ibid::config::{self, Config, Overrides};
use ibid::date::Date;
use ibid::diag::{Code, Diagnostic};
use ibid::fingerprint::Fingerprint;
use ibid::page;
use ibid::path::SourcePath;
use ibid::site::{self, Pages, Parts};
use ibid::source::Source;

/// The rules that a DOI of another work can fall to. `duplicate-id` is none of them: a DOI that
/// is swapped is there once.
const RULES: &[Code] =
    &[Code::DoiContainer, Code::DoiIssn, Code::DoiRegistrant, Code::DoiVolume, Code::DoiYear];

/// How many pairs are swapped at once.
const AT_ONCE: usize = 4;

/// How many times each record is swapped.
const ROUNDS: usize = 3;

fn config() -> Config {
    let text = "title = \"T\"\nbase_url = \"https://example.org\"\n";
    match config::parse(&SourcePath::new("site.toml"), text, &Overrides::default()) {
        Ok(config) => config,
        Err(found) => panic!("{found:?}"),
    }
}

/// The references of a file that have a DOI and appeared somewhere. Addresses are left out:
/// many hold the DOI again, and would give every swap away.
fn records(file: &Path) -> Vec<Reference> {
    let bytes = fs::read(file).expect("a file of records can be read");
    let (text, _) = cite::decode(&bytes);
    let name = file.file_name().expect("it is a file").to_string_lossy().into_owned();
    let read = cite::load(&[(SourcePath::new(name), text.as_str())]).value;
    let mut seen = BTreeSet::new();
    let with_doi = read.all().iter().filter(|one| {
        one.ids.doi.as_ref().is_some_and(|doi| seen.insert(doi.clone()))
            && !one.text("container-title").is_empty()
    });
    let mut records: Vec<Reference> = with_doi.cloned().collect();
    for record in &mut records {
        record.fields.remove("url");
        record.texts.remove("URL");
    }
    records
}

/// Which of some records the rules suspect, with what they say.
fn suspected(records: &[Reference], config: &Config) -> BTreeMap<usize, Vec<Diagnostic>> {
    let keys: Vec<String> = records.iter().map(|one| format!("{:?}", one.key)).collect();
    let text = format!("+++\ntitle = \"A\"\nnocite = [{}]\n+++\n", keys.join(", "));
    let source = Source {
        path: SourcePath::new("content/a.md"),
        fingerprint: Fingerprint::of(text.as_bytes()),
        text: text.into(),
    };
    let today = Date::parse("2026-01-31").expect("it is a date");
    let parts = Parts {
        pages: Pages::new(vec![page::parse(&source, config).value.into()], config, &today),
        assets: Vec::new(),
        statics: Vec::new(),
        ids: ibid::theme::Ids::default(),
        named: std::collections::BTreeSet::new(),
        directives: None,
        references: References::new(records.to_vec()),
        today,
    };
    let site = site::assemble(parts, config);
    let places: BTreeMap<(String, usize), usize> = records
        .iter()
        .enumerate()
        .map(|(n, one)| {
            let span = one.field_span("doi");
            ((span.file.to_string(), span.range.start), n)
        })
        .collect();
    let mut found: BTreeMap<usize, Vec<Diagnostic>> = BTreeMap::new();
    for finding in check::run(&site, &config.levels) {
        if RULES.contains(&finding.code) {
            let span = finding.span.as_ref().expect("such a finding has a place");
            let n = places[&(span.file.to_string(), span.range.start)];
            found.entry(n).or_default().push(finding);
        }
    }
    found
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }
}

/// Two names are of one journal if their letters are; that other spellings of one pass as two
/// makes the test harder, not easier.
fn venue(record: &Reference) -> String {
    let name = record.text("container-title").to_lowercase();
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn swap(records: &mut [Reference], one: usize, other: usize) {
    let (first, second) = (records[one].ids.doi.clone(), records[other].ids.doi.clone());
    for (n, doi) in [(one, second), (other, first)] {
        let fields = &mut records[n].fields;
        let range = fields.get("doi").map(Field::range);
        if let (Some(range), Some(doi)) = (range, &doi) {
            fields.insert("doi", Field::new(doi.as_str(), range));
        }
        records[n].ids.doi = doi;
    }
}

#[derive(Default, Debug)]
struct Score {
    records: usize,
    alarms: usize,
    swapped: usize,
    caught: usize,
}

fn score(file: &Path, config: &Config, tell: bool) -> Score {
    let records = records(file);
    let untouched = suspected(&records, config);
    let mut score = Score { records: records.len(), alarms: untouched.len(), ..Score::default() };
    let said = |found: &[Diagnostic]| -> String {
        found.iter().map(|one| format!("\n      {}: {}", one.code.name(), one.message)).collect()
    };
    if tell {
        for (n, found) in &untouched {
            let (one, year) = (&records[*n], records[*n].year().unwrap_or(0));
            let doi = one.ids.doi.as_deref().unwrap_or("");
            println!(
                "  alarm: {} {} ({year}) {doi}{}",
                one.key,
                one.text("container-title"),
                said(found)
            );
        }
    }
    let mut dice = Dice(records.len() as u64);
    for _ in 0..ROUNDS {
        let mut order: Vec<usize> = (0..records.len()).collect();
        for n in (1..order.len()).rev() {
            order.swap(n, dice.below(n + 1));
        }
        let pairs: Vec<(usize, usize)> = order
            .chunks_exact(2)
            .map(|pair| (pair[0], pair[1]))
            .filter(|(one, other)| venue(&records[*one]) != venue(&records[*other]))
            .collect();
        for some in pairs.chunks(AT_ONCE) {
            let mut changed = records.clone();
            for &(one, other) in some {
                swap(&mut changed, one, other);
            }
            let found = suspected(&changed, config);
            for n in some.iter().flat_map(|(one, other)| [*one, *other]) {
                score.swapped += 1;
                if found.contains_key(&n) {
                    score.caught += 1;
                } else if tell {
                    let (one, doi) = (&changed[n], changed[n].ids.doi.as_deref().unwrap_or(""));
                    println!(
                        "  missed: {} {} | {doi}",
                        one.year().unwrap_or(0),
                        one.text("container-title")
                    );
                }
            }
        }
    }
    score
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder of records can be listed");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder of records can be listed").path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "json" || kind == "bib"))
        .collect();
    files.sort();
    files
}

#[test]
fn swapped_dois_are_found_and_right_ones_left_alone() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wrong_doi");
    let other = std::env::var_os("WRONG_DOI").map(PathBuf::from);
    let tell = other.is_some();
    let config = config();
    let mut all = Score::default();
    for file in files(&other.unwrap_or(own)) {
        let score = score(&file, &config, tell);
        if tell {
            println!("{}: {score:?}", file.display());
        }
        all.records += score.records;
        all.alarms += score.alarms;
        all.swapped += score.swapped;
        all.caught += score.caught;
    }
    assert!(all.records >= 300 || tell, "{all:?}: too few to tell");
    assert!(all.caught * 100 >= all.swapped * 90 || tell, "{all:?}: less than 90 % are found");
    assert!(all.alarms * 100 <= all.records || tell, "{all:?}: more than 1 % are suspected");
}
