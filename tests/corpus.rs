//! The site that the benchmarks build has nothing wrong with it, and is always the same.
#![allow(clippy::disallowed_methods, reason = "a test looks at the files that were written")]

mod support;
#[path = "../benches/texts/mod.rs"]
mod texts;

use std::fs;

use support::{Site, difference, text, tree};
use texts::{Corpus, Dialect, write_three};

/// Enough for every kind of page: with code, with many works, with a list of any form.
const PAGES: usize = 40;

fn written(seed: u64, dialect: Dialect) -> Site {
    let site = Site::empty();
    Corpus::new(seed, PAGES).write(dialect, site.root()).expect("the site can be written");
    site
}

#[test]
fn it_builds_without_a_finding() {
    let site = written(1, Dialect::Ibid);
    let run = site.build(&["--strict", "--format", "short"]);
    assert_eq!(run.code, Some(0), "{}", run.all());
    assert_eq!(run.findings(), Vec::<&str>::new());
}

#[test]
fn its_pages_cite_and_lead_on_to_each_other() {
    let site = written(1, Dialect::Ibid);
    let output = site.built(&[]);
    for number in 0..PAGES {
        let path = Corpus::new(1, PAGES).path(number);
        let path = path.replace("content/", "").replace(".md", "/index.html");
        let page = text(&output, &path);
        assert!(page.contains("doc-bibliography"), "{path} has no list of its sources");
        assert_eq!(
            page.contains("<code class=\"language-"),
            number.is_multiple_of(5),
            "{path}: a code block"
        );
    }
}

#[test]
fn the_small_site_builds_without_a_finding() {
    let site = Site::empty();
    write_three(Dialect::Ibid, site.root()).expect("the site can be written");
    let run = site.build(&["--strict", "--format", "short"]);
    assert_eq!(run.code, Some(0), "{}", run.all());
    assert_eq!(run.findings(), Vec::<&str>::new());
    let output = site.output();
    let pages = output.keys().filter(|path| path.ends_with("index.html"));
    // Besides them a build makes one to search on.
    assert_eq!(pages.filter(|path| *path != "search/index.html").count(), 3);
}

#[test]
fn a_page_has_as_many_words_as_an_article() {
    let site = written(1, Dialect::Ibid);
    for number in 0..PAGES {
        let path = Corpus::new(1, PAGES).path(number);
        let file = fs::read_to_string(site.path(&path)).expect("the page was written");
        let words = file.split_whitespace().count();
        assert!((600..1600).contains(&words), "{path} has {words} words, with all that is in it");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    for dialect in [Dialect::Ibid, Dialect::Hugo] {
        let [one, again, other] = [1, 1, 2].map(|seed| tree(written(seed, dialect).root()));
        let between = difference(&one, &again);
        assert!(between.is_empty(), "{dialect:?}: the same seed\n{between}");
        assert_ne!(one, other, "{dialect:?}: another seed");
    }
}
