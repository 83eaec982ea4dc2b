//! What readers get of a page's citations, and that every link among them has one target.
//!
//! A case is a file in `tests/citations/`: the files of a site, and what its output says. Of
//! each output the ids and the links are followed as well.
#![allow(clippy::disallowed_methods, reason = "a test reads its cases and writes its sites")]

mod support;

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;
use serde_json::Value;

use support::cases::{Texts, cases, faults};
use support::html::{Tag, tags, unescape};
use support::{Site, Tree, main_of, text};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What holds, in a few words.
    about: String,
    /// The files of the site, beside the usual `site.toml`, home page and bibliography.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// What the `<main>` of a page says, its tags taken off and white space made single.
    #[serde(default)]
    reads: Texts,
    /// Texts that output files hold, in this order.
    #[serde(default)]
    holds: Texts,
    /// Texts that output files do not hold.
    #[serde(default)]
    lacks: Texts,
    /// Files that do not come out.
    #[serde(default)]
    absent: Vec<String>,
}

/// The site of a case: its files over the usual ones, all of them below a sub-path.
fn site(files: &BTreeMap<String, String>) -> Site {
    let site = Site::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/kb\"\n"),
        ("content/references.bib", include_str!("citations/references.bib")),
    ]);
    for (path, text) in files {
        site.write(path, text);
    }
    site
}

/// What a page says to somebody who sees no tags.
fn reading(page: &str) -> String {
    let mut out = String::new();
    let mut rest = main_of(page);
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = rest[open..].split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    unescape(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Follows every `href` with a fragment of every page, and says which have not exactly one
/// target, and which ids are there twice; and how many links were followed.
fn crawl(output: &Tree, sub_path: &str) -> (Vec<String>, usize) {
    let pages: BTreeMap<&str, Vec<Tag>> = output
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), tags(&String::from_utf8_lossy(bytes))))
        .collect();
    let mut ids: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (path, tags) in &pages {
        let ids = ids.entry(path).or_default();
        for id in tags.iter().filter_map(|tag| tag.value("id")) {
            *ids.entry(id).or_default() += 1;
        }
    }
    let mut wrong = Vec::new();
    let mut count = 0;
    for (path, ids) in &ids {
        let twice = ids.iter().filter(|(_, times)| **times > 1);
        wrong.extend(twice.map(|(id, times)| format!("{path}: {times} times the id `{id}`")));
    }
    for (path, tags) in &pages {
        for href in tags.iter().filter_map(|tag| tag.value("href")) {
            let Some((address, fragment)) = href.split_once('#') else { continue };
            let target = if address.is_empty() {
                (*path).to_owned()
            } else if let Some(below) = address.strip_prefix(&format!("{sub_path}/")) {
                let below = decode(below);
                match below.is_empty() || below.ends_with('/') {
                    true => below + "index.html",
                    false => below,
                }
            } else {
                continue;
            };
            count += 1;
            let id = decode(fragment);
            let times = ids.get(target.as_str()).and_then(|ids| ids.get(id.as_str()));
            if times != Some(&1) {
                wrong.push(format!("{path}: `{href}` has {times:?} targets"));
            }
        }
    }
    (wrong, count)
}

fn assert_whole(output: &Tree, sub_path: &str, least: usize) {
    let (wrong, count) = crawl(output, sub_path);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= least, "only {count} links were followed");
}

/// Says what is wrong with the output of a case.
fn judge(case: &Case) -> Vec<String> {
    let site = site(&case.files);
    let run = site.build(&["--format", "short"]);
    if run.code != Some(0) {
        return vec![format!("the site is to build\n{}", run.all())];
    }
    let output = site.output();
    let (mut wrong, _) = crawl(&output, "/kb");
    for (path, texts) in &case.reads {
        let all = reading(text(&output, path));
        for text in texts.iter().filter(|text| !all.contains(text.as_str())) {
            wrong.push(format!("`{path}` is to read\n  {text}\nbut is\n  {all}"));
        }
    }
    wrong.extend(faults(&output, &case.holds, &case.lacks, &case.absent));
    wrong
}

#[test]
fn readers_get_what_the_cases_say() {
    let wanted = std::env::var("CITATIONS").unwrap_or_default();
    let mut cases = cases::<Case>("citations");
    cases.retain(|(name, _)| name.contains(&wanted));
    assert!(!cases.is_empty(), "no case has `{wanted}` in its name");
    let mut wrong = Vec::new();
    for (name, case) in cases {
        let said = judge(&case);
        wrong.extend(said.iter().map(|text| format!("{name} ({}): {text}", case.about)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_link_of_our_own_site_has_one_target() {
    let output = Site::own().built(&["--base-url", "https://example.org/own"]);
    assert_whole(&output, "/own", 200);
}

#[test]
fn a_link_without_one_target_is_seen() {
    let seen = |html: &str| {
        let tree = Tree::from([("a/index.html".to_owned(), html.as_bytes().to_vec())]);
        crawl(&tree, "/kb").0.len()
    };
    assert_eq!(seen("<a href=\"#x\"><i id=x><a href=\"/kb/a/#x\"><a href=\"https://b.c/#d\">"), 0);
    assert_eq!(seen("<i id=ü><a href=\"#%C3%BC\">"), 0);
    assert_eq!(seen("<a href=\"#x\">"), 1);
    assert_eq!(seen("<a href=\"/kb/a/#x\">"), 1);
    assert_eq!(seen("<a href=\"/kb/b/#x\">"), 1);
    assert_eq!(seen("<i id=x><b id=x>"), 1);
    assert_eq!(seen("<i id=x><b id=x><a href=\"#x\">"), 2);
}

/// A page that cites many works, one sentence each.
fn many(works: usize) -> BTreeMap<String, String> {
    let mut bib = String::new();
    let mut page = "+++\ntitle = \"Many\"\n+++\n".to_owned();
    for n in 0..works {
        bib += &format!(
            "@article{{key{n}, author = {{Writer{n:04}, Ann}}, title = {{Finding {n}}}, \
             journal = {{Annals}}, year = 2001, volume = 1, pages = {{{n}}}}}\n"
        );
        page += &format!("Claim {n} holds [@key{n}].\n\n");
    }
    let first = "+++\ntitle = \"First\"\n+++\nThe last stands firm [@key0; @key501].\n".to_owned();
    BTreeMap::from([
        ("content/references.bib".to_owned(), bib),
        ("content/many.md".to_owned(), page),
        ("content/first.md".to_owned(), first),
    ])
}

#[test]
fn a_long_list_of_references_has_pages_that_links_know() {
    let output = site(&many(502)).built(&[]);
    assert_whole(&output, "/kb", 1500);
    let (one, two) = ("references/index.html", "references/page/2/index.html");
    assert!(text(&output, one).contains("id=\"ref-key0\""));
    assert!(!text(&output, one).contains("id=\"ref-key501\""));
    assert!(text(&output, two).contains("id=\"ref-key501\""));
    let first = text(&output, "first/index.html");
    assert!(first.contains("\"/kb/references/#ref-key0\""), "{first}");
    assert!(first.contains("\"/kb/references/page/2/#ref-key501\""), "{first}");
    let sitemap = text(&output, "sitemap.xml");
    assert!(sitemap.contains("https://example.org/kb/references/page/2/<"), "{sitemap}");
}

#[test]
fn a_long_list_of_references_has_pages_in_a_flat_site_too() {
    let site = site(&many(502));
    let toml = fs::read_to_string(site.path("site.toml")).expect("a site has a configuration");
    site.write("site.toml", format!("urls = \"flat\"\n{toml}"));
    let output = site.built(&[]);
    assert_whole(&output, "/kb", 1500);
    let first = text(&output, "first.html");
    assert!(first.contains("\"/kb/references.html#ref-key0\""), "{first}");
    assert!(first.contains("\"/kb/references/page/2/#ref-key501\""), "{first}");
    let two = text(&output, "references/page/2/index.html");
    assert!(two.contains("rel=\"prev\" href=\"/kb/references.html\""), "{two}");
}

#[test]
fn the_sources_of_a_page_are_read_back() {
    let page = "+++\ntitle = \"A\"\nadditional_reading = [\"book\"]\n+++\n\
                First [@trial, p. 3], then [@report; @chapter; @thesis; @web].\n";
    let files = BTreeMap::from([("content/a.md".to_owned(), page.to_owned())]);
    let exports = |site: &Site| {
        let output = site.built(&[]);
        let json: Value = serde_json::from_str(text(&output, "a/sources.json"))
            .expect("the CSL-JSON of a page is JSON");
        let ris = text(&output, "a/sources.ris").to_owned();
        (json, text(&output, "a/sources.bib").to_owned(), ris)
    };
    let first = site(&files);
    let (json, bib, ris) = exports(&first);
    assert_eq!(json.as_array().map(Vec::len), Some(6), "{json}");
    let ends = ris.split("\r\n").filter(|line| line.trim_end() == "ER  -").count();
    assert_eq!(ends, 6, "each work of RIS has an end: {ris}");
    // From its own BibTeX and from its own CSL-JSON ibid makes the very same.
    let second = site(&files);
    second.write("content/references.bib", &bib);
    assert_eq!(exports(&second), (json.clone(), bib.clone(), ris.clone()));
    let third = site(&files);
    third.remove("content/references.bib");
    third.write("content/references.json", json.to_string());
    assert_eq!(exports(&third), (json, bib, ris));
}

/// The node of JSON-LD that tells what a page cites.
fn structured(page: &str) -> Value {
    let start = "<script type=\"application/ld+json\">";
    let (_, rest) = page.split_once(start).expect("a page with sources has JSON-LD");
    let (json, _) = rest.split_once("</script>").expect("a script ends");
    let graph: Value = serde_json::from_str(json).expect("JSON-LD is JSON");
    assert_eq!(graph["@context"], "https://schema.org");
    let nodes = graph["@graph"].as_array().expect("JSON-LD is a graph");
    let citing = nodes.iter().find(|node| node.get("citation").is_some());
    citing.expect("a page with sources cites them").clone()
}

#[test]
fn an_isbn_stands_where_schema_org_has_one() {
    let page = "+++\ntitle = \"A\"\n+++\n[@book; @report; @part]\n";
    let site = site(&BTreeMap::from([("content/a.md".to_owned(), page.to_owned())]));
    let works = "@book{book, author = {Ab, A.}, title = {Of books}, publisher = {House}, \
                 year = 1999, isbn = {978-92-4-008178-9}}\n\
                 @report{report, author = {Cd, C.}, title = {Of reports}, institution = {House}, \
                 year = 1999, isbn = {978-92-4-008179-6}, doi = {10.1000/report}}\n\
                 @incollection{part, author = {Ef, E.}, title = {Of parts}, booktitle = {The whole}, \
                 publisher = {House}, year = 1999, isbn = {978-0-201-89683-1}}\n";
    site.write("content/references.bib", works);
    let article = structured(text(&site.built(&[]), "a/index.html"));
    let cited = article["citation"].as_array().expect("an article lists what it cites");
    assert_eq!(cited[0]["isbn"], "9789240081789", "{cited:#?}");
    assert_eq!(cited[1].get("isbn"), None, "{cited:#?}");
    assert_eq!(cited[1]["identifier"][0]["propertyID"], "DOI", "{cited:#?}");
    assert_eq!(cited[1]["identifier"][1]["propertyID"], "ISBN", "{cited:#?}");
    assert_eq!(cited[1]["identifier"][1]["value"], "9789240081796", "{cited:#?}");
    assert_eq!(cited[2].get("isbn"), None, "{cited:#?}");
    assert_eq!(cited[2]["isPartOf"]["isbn"], "9780201896831", "{cited:#?}");
}

#[test]
fn machines_read_what_a_page_cites() {
    let page = "+++\ntitle = \"A </script> B\"\nauthors = [\"Ann Ab\"]\ndate = 2026-01-02\n+++\n\
                First [@trial], then [@report; @chapter; @thesis; @web; @book].\n";
    let files = BTreeMap::from([("content/a.md".to_owned(), page.to_owned())]);
    let output = site(&files).built(&[]);
    let html = text(&output, "a/index.html");
    let article = structured(html);
    assert_eq!(article["@type"], "Article");
    assert_eq!(article["headline"], "A </script> B");
    assert_eq!(article["author"][0]["@type"], "Person");
    assert_eq!(article["author"][0]["name"], "Ann Ab");
    let cited = article["citation"].as_array().expect("an article lists what it cites");
    let types: Vec<&str> = cited.iter().filter_map(|work| work["@type"].as_str()).collect();
    assert_eq!(
        types,
        ["ScholarlyArticle", "Report", "Chapter", "Thesis", "WebPage", "Book"],
        "{cited:#?}"
    );
    let trial = &cited[0];
    assert_eq!(trial["author"][0]["@type"], "Person", "{trial:#}");
    assert_eq!(trial["author"][0]["familyName"], "Yin", "{trial:#}");
    assert_eq!(trial["isPartOf"]["name"], "Annals of Trials", "{trial:#}");
    assert_eq!(trial["name"], "A trial of braces & ties", "{trial:#}");
    assert_eq!(trial["datePublished"], "2017", "{trial:#}");
    // Zotero's translator goes by `rft_val_fmt`, then by `rft.genre`.
    let coins: Vec<BTreeMap<String, String>> = tags(html)
        .iter()
        .filter(|tag| tag.value("class") == Some("Z3988"))
        .filter_map(|tag| tag.value("title").map(|title| title.to_owned()))
        .map(|title| {
            let pairs = title.split('&').filter_map(|pair| pair.split_once('='));
            pairs.map(|(key, value)| (key.to_owned(), decode(value))).collect()
        })
        .collect();
    let of = |n: usize, key: &str| coins[n].get(key).map_or("", String::as_str);
    let format = |n: usize| of(n, "rft_val_fmt").rsplit(':').next().unwrap_or("").to_owned();
    let formats: Vec<String> = (0..coins.len()).map(format).collect();
    assert_eq!(formats, ["journal", "book", "book", "dissertation", "dc", "book"], "{coins:#?}");
    assert_eq!(of(0, "rft.atitle"), "A trial of braces & ties");
    assert_eq!(of(0, "rft.jtitle"), "Annals of Trials");
    assert_eq!((of(0, "rft.aulast"), of(0, "rft.spage"), of(0, "rft.epage")), ("Yin", "11", "19"));
    assert_eq!(of(0, "rft_id"), "info:doi/10.1000/trial");
    assert_eq!((of(1, "rft.genre"), of(2, "rft.genre")), ("report", "bookitem"));
    assert_eq!((of(2, "rft.atitle"), of(2, "rft.btitle")), ("On parts", "The whole"));
    assert_eq!(of(4, "rft.type"), "webpage");
    assert_eq!(of(4, "rft.title"), "A page of the web");
}
