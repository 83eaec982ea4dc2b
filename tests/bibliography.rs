//! Reads the bibliographies in `tests/bibliography/` and compares what comes out with the file
//! beside each: the findings, the references as CSL-JSON, and what is recorded of their standing.
//! `UPDATE_EXPECTED=1` writes these files anew.
#![allow(clippy::disallowed_methods, reason = "the bibliographies are read from disk")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use ibid::cite::export::{coins, to_bibtex, to_csl_item, to_csl_json, to_ris};
use ibid::cite::{Reference, References, decode, encoding, load};
use ibid::diag::{Diagnostic, Form, Printer};
use ibid::path::SourcePath;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bibliography")
}

/// The bibliographies by name, in order.
fn cases() -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder()).expect("the bibliographies are there");
    let mut cases: Vec<(String, Vec<u8>)> = entries
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|end| end == "bib" || end == "json"))
        .map(|path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, fs::read(path).expect("a bibliography can be read"))
        })
        .collect();
    cases.sort();
    cases
}

fn read(name: &str, bytes: &[u8]) -> (References, Vec<Diagnostic>, String) {
    let file = SourcePath::new(name);
    let (text, guessed) = decode(bytes);
    let outcome = load(&[(file.clone(), &text)]);
    let mut found = outcome.diagnostics;
    found.extend(encoding(&file, &text, &guessed));
    found.sort_by(|one, other| one.order().cmp(&other.order()));
    (outcome.value, found, text)
}

fn all(references: &References) -> Vec<&Reference> {
    references.all().iter().collect()
}

/// What comes out of a bibliography, as text.
fn shown(name: &str, bytes: &[u8]) -> String {
    let (references, found, text) = read(name, bytes);
    let texts = |_: &SourcePath| Some(text.as_str());
    let mut printer = Printer::new(&texts, Form::Short);
    let mut out: String = found.iter().map(|finding| printer.print(finding)).collect();
    out.push('\n');
    for id in references.ids() {
        let reference = references.work(id);
        let item = serde_json::to_string_pretty(&to_csl_item(reference)).expect("JSON is text");
        let _ = writeln!(out, "{item}");
        let status = &reference.status;
        let marks = [
            (status.retracted.is_some(), "retracted"),
            (status.preprint, "preprint"),
            (status.open_access, "open access"),
        ];
        for (_, mark) in marks.iter().filter(|(on, _)| *on) {
            let _ = writeln!(out, "  is {mark}");
        }
        for (what, said) in [
            ("retracted:", status.retracted.as_deref().filter(|why| !why.is_empty())),
            ("archived at", status.archive_url.as_deref()),
            ("leads to", reference.link().as_deref()),
        ] {
            if let Some(said) = said {
                let _ = writeln!(out, "  {what} {said}");
            }
        }
        let same = references.canonical(id);
        if same != id {
            let _ = writeln!(out, "  is the same work as {}", references.work(same).key);
        }
    }
    out
}

#[test]
fn bibliographies_are_read_as_they_should_be() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for (name, bytes) in cases() {
        let path = folder().join(format!("{name}.txt"));
        let got = shown(&name, &bytes);
        if update {
            fs::write(&path, &got).expect("what is expected can be written");
            continue;
        }
        let want = fs::read_to_string(&path).unwrap_or_default();
        if let Some((line, (want, got))) = want
            .lines()
            .chain(std::iter::repeat("<nothing>"))
            .zip(got.lines().chain(std::iter::repeat("<nothing>")))
            .enumerate()
            .take(want.lines().count().max(got.lines().count()))
            .find(|(_, (want, got))| want != got)
        {
            wrong.push(format!("{name}.txt:{}: expected `{want}`, got `{got}`", line + 1));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What must survive being written and read again.
fn essence(references: &References) -> Vec<serde_json::Value> {
    references
        .all()
        .iter()
        .map(|reference| {
            let mut item = to_csl_item(reference);
            // A note that names the number of arXiv is a way to say it.
            item.as_object_mut().expect("an item is an object").sort_keys();
            item
        })
        .collect()
}

#[test]
fn what_is_written_reads_the_same() {
    for (name, bytes) in cases() {
        let (references, ..) = read(&name, &bytes);
        let want = essence(&references);
        let json = to_csl_json(&all(&references)).to_string();
        let (again, ..) = read("again.json", json.as_bytes());
        assert_eq!(essence(&again), want, "{name} as CSL-JSON");
        let bibtex = to_bibtex(&all(&references));
        let (again, found, _) = read("again.bib", bibtex.as_bytes());
        let syntax = found.iter().find(|finding| finding.code.name() == "bibliography-syntax");
        assert!(syntax.is_none(), "{name}: {syntax:?}\n{bibtex}");
        for (again, want) in essence(&again).iter().zip(&want) {
            assert_eq!(again, want, "{name} as BibTeX\n{bibtex}");
        }
        assert_eq!(again.all().len(), want.len(), "{name}\n{bibtex}");
    }
}

#[test]
fn ris_and_coins_are_well_formed() {
    for (name, bytes) in cases() {
        let (references, ..) = read(&name, &bytes);
        let ris = to_ris(&all(&references));
        for line in ris.split("\r\n").filter(|line| !line.is_empty()) {
            let tag = line.get(..6).unwrap_or("");
            assert!(tag.ends_with("  - ") && !line.contains(char::is_control), "{name}: {line:?}");
        }
        assert_eq!(ris.matches("TY  - ").count(), references.all().len());
        assert_eq!(ris.matches("\r\nER  - ").count(), references.all().len());
        for reference in references.all() {
            let coins = coins(reference);
            assert!(
                coins
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-._~%&=".contains(&byte)),
                "{name}: {coins}"
            );
            assert!(!coins.contains("javascript"), "{coins}");
        }
    }
}

/// A fixed sequence that looks random.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

fn mutate(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const SIGNS: &[u8] = b"{}\\\"@,=#$%&~^_-'`<>/[]():;\n \xe9\xff";
    let mut out = bytes.to_vec();
    for _ in 0..=dice.roll(6) {
        if out.is_empty() {
            break;
        }
        let at = dice.roll(out.len());
        match dice.roll(5) {
            0 => out[at] = SIGNS[dice.roll(SIGNS.len())],
            1 => out.insert(at, SIGNS[dice.roll(SIGNS.len())]),
            2 => {
                out.remove(at);
            }
            3 => out.truncate(at),
            _ => {
                let end = (at + dice.roll(80)).min(out.len());
                let part = out[at..end].to_vec();
                let to = dice.roll(out.len());
                out.splice(to..to, part);
            }
        }
    }
    out
}

#[test]
fn no_input_panics_and_every_place_is_in_its_file() {
    let mut dice = Dice(1);
    for (name, bytes) in cases() {
        for _ in 0..150 {
            let broken = mutate(&bytes, &mut dice);
            let (references, found, text) = read(&name, &broken);
            for finding in &found {
                let span = finding.span.as_ref().expect("a finding has a place");
                assert!(text.get(span.range.clone()).is_some(), "{finding:?}");
            }
            for reference in references.all() {
                assert!(text.get(reference.key_range.clone()).is_some());
                for (field, value) in reference.fields.iter() {
                    assert!(text.get(value.range()).is_some(), "{field}");
                }
                assert!(
                    reference
                        .link()
                        .is_none_or(|url| url.starts_with("http") || url.starts_with("ftp://"))
                );
            }
            let again = to_bibtex(&all(&references));
            let (again, found, _) = read("again.bib", again.as_bytes());
            assert!(
                found.iter().all(|finding| finding.code.name() != "bibliography-syntax"),
                "{found:?}"
            );
            assert_eq!(again.all().len(), references.all().len());
            to_ris(&all(&references));
        }
    }
}

#[test]
fn what_is_hostile_is_inert() {
    let long = "word ".repeat(200_000);
    let chain: String =
        (0..5000).map(|n| format!("@book{{k{n}, crossref = {{k{}}}}}\n", n + 1)).collect();
    let laughs: String = std::iter::once("@string{s0 = \"ha\"}\n".to_owned())
        .chain((1..60).map(|n| format!("@string{{s{n} = s{0} # s{0}}}\n", n - 1)))
        .chain(std::iter::once("@book{a, title = s59}\n".to_owned()))
        .collect();
    for (what, bibtex, works) in [
        ("a long abstract", format!("@book{{a, title = {{T}}, abstract = {{{long}}}}}"), 1),
        ("a long title", format!("@book{{a, title = {{{long}}}, author = {{{long}}}}}"), 1),
        (
            "deep braces",
            format!("@book{{a, title = {{{}x{}}}}}", "{".repeat(10_000), "}".repeat(10_000)),
            1,
        ),
        (
            "open braces",
            format!("@book{{a, title = {{{}\n@book{{b, title = {{B}}}}", "{".repeat(10_000)),
            1,
        ),
        ("a long chain", chain + "@book{k5000, title = {T}, publisher = {P}}", 5001),
        ("a string that grows", laughs, 1),
        (
            "commands",
            format!(
                "@book{{a, title = {{{}}}}}",
                "\\emph{\\'".repeat(10_000) + &"}".repeat(10_000)
            ),
            1,
        ),
        (
            "dollars",
            format!("@book{{a, title = {{{}}}}}", "$^{".repeat(9_999) + &"}".repeat(9_999)),
            1,
        ),
        (
            "tags",
            format!("@book{{a, title = {{{}{}}}}}", "<i>".repeat(10_000), "</b>".repeat(10_000)),
            1,
        ),
        ("authors", format!("@book{{a, author = {{{}}}}}", "A and ".repeat(10_000)), 1),
        ("at signs", "@a{\n".repeat(10_000), 0),
    ] {
        let (references, ..) = read("a.bib", bibtex.as_bytes());
        assert_eq!(references.all().len(), works, "{what}");
    }
    let (references, ..) =
        read("a.json", format!("[{}{}]", "[".repeat(10_000), "]".repeat(10_000)).as_bytes());
    assert!(references.all().is_empty());
    let (references, ..) = read("a.json", "[{".repeat(10_000).as_bytes());
    assert!(references.all().is_empty());
}

#[test]
fn fields_come_down_a_long_chain() {
    let chain: String =
        (0..3000).map(|n| format!("@book{{k{n}, crossref = {{k{}}}}}\n", n + 1)).collect();
    let (references, found, _) =
        read("a.bib", (chain + "@book{k3000, publisher = {P}}").as_bytes());
    assert_eq!(references.all()[0].text("publisher"), "P");
    assert!(found.is_empty(), "{found:?}");
}

/// Records of every kind, ten thousand of them.
fn many() -> String {
    let mut out = String::new();
    for n in 0..10_000 {
        let _ = write!(
            out,
            "@article{{key{n},\n  author = {{M{{\\\"u}}ller{n}, Jane A. and van der Berg, Jan and Roe, Richard and {{A Body}} and others}},\n  title = {{A Study of the {{DNA}} of \\textit{{Escherichia coli}} under Condition {n}: Results of {} Years}},\n  journal = {{Journal of Studies {}}},\n  volume = {{{}}},\n  number = {{{}}},\n  pages = {{{n}--{}}},\n  year = {{{}}},\n  month = jan,\n  doi = {{10.1234/js.{n}}},\n  url = {{https://example.org/{n}}},\n  issn = {{0003-4819}},\n  keywords = {{one, two, three}},\n  abstract = {{{}}},\n}}\n\n",
            n % 7,
            n % 40,
            n % 90,
            n % 12,
            n + 9,
            1950 + n % 70,
            "The quick brown fox jumps over the lazy dog, again and again. ".repeat(8),
        );
    }
    out
}

#[test]
fn ten_thousand_references_are_quick() {
    let text = many();
    let start = std::time::Instant::now();
    let (references, found, _) = read("a.bib", text.as_bytes());
    let loaded = start.elapsed();
    assert_eq!((references.all().len(), found.len()), (10_000, 0));
    let start = std::time::Instant::now();
    for n in 0..1000 {
        assert!(references.near(&format!("keyy{n}")).is_some());
    }
    let near = start.elapsed();
    let json = to_csl_json(&all(&references)).to_string();
    let start = std::time::Instant::now();
    let (again, ..) = read("a.json", json.as_bytes());
    let json = start.elapsed();
    assert_eq!(again.all().len(), 10_000);
    let broken = text.replacen("year = {1950}", "year = {1950", 1);
    let start = std::time::Instant::now();
    let (rest, found, _) = read("a.bib", broken.as_bytes());
    let recovered = start.elapsed();
    assert_eq!((rest.all().len(), found.len()), (9_999, 1));
    println!(
        "bibtex {loaded:?}, one entry broken {recovered:?}, csl-json {json:?}, 1000 near {near:?}"
    );
    // Far above what it takes, so that only a quadratic part is found out.
    assert!(
        loaded.as_secs() < 60
            && json.as_secs() < 60
            && near.as_secs() < 60
            && recovered.as_secs() < 60
    );
}
