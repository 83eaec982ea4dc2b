//! The search index: what is in it, what is not, and that it is made anew only where it would differ.
#![allow(clippy::disallowed_methods, reason = "a test looks at the site it builds")]

mod support;

use std::collections::BTreeMap;

use serde_json::Value;
use support::{Site, Tree};

/// The index of a built site as a browser reads it.
struct Index {
    entry: Value,
    files: BTreeMap<String, Vec<u8>>,
}

/// A word of the index.
#[derive(PartialEq, Eq, Debug)]
struct Word {
    word: String,
    stem: String,
    /// The numbers of its pages, each with its figure.
    uses: Vec<(u64, u64)>,
}

impl Index {
    fn of(tree: &Tree) -> Self {
        let in_folder = |path: &str| path.strip_prefix("search/data/").map(str::to_owned);
        let files: BTreeMap<String, Vec<u8>> = tree
            .iter()
            .filter_map(|(path, bytes)| Some((in_folder(path)?, bytes.clone())))
            .collect();
        let entry = tree.get("search/index.json").expect("the index has an entry");
        Self { entry: serde_json::from_slice(entry).expect("the entry is JSON"), files }
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&self.files[name]).expect("a file of the index is JSON")
    }

    /// The cards of all pages: address, title, description, section, type, terms, language, the
    /// file of the text and the place in it.
    fn cards(&self) -> Vec<Value> {
        let files = self.entry["cards"].as_array().expect("cards are listed");
        let files = files.iter().map(|name| self.json(name.as_str().unwrap_or_default()));
        files.flat_map(|file| file.as_array().cloned().unwrap_or_default()).collect()
    }

    fn words(&self, list: &str) -> Vec<Word> {
        let files = self.entry[list].as_array().expect("words are listed");
        let name = |file: &Value| file[1].as_str().unwrap_or_default().to_owned();
        let mut all = Vec::new();
        for file in files {
            let words = read(&self.files[&name(file)]);
            assert_eq!(
                file[0].as_str(),
                Some(words[0].word.as_str()),
                "a file names its first word"
            );
            all.extend(words);
        }
        let sorted = all.is_sorted_by_key(|word| word.word.encode_utf16().collect::<Vec<_>>());
        assert!(sorted, "words are in the order in which browsers compare them");
        all
    }

    /// The addresses of the pages that have a word in their text, or in their title.
    fn having(&self, list: &str, word: &str) -> Vec<String> {
        let cards = self.cards();
        let words = self.words(list);
        let found = words.iter().find(|other| other.word == word);
        let uses = found.map(|found| found.uses.as_slice()).unwrap_or_default();
        uses.iter().map(|(page, _)| address(&cards[*page as usize])).collect()
    }

    /// The passages of a page: id, heading, text, code.
    fn passages(&self, at: &str) -> Value {
        let cards = self.cards();
        let card = cards.iter().find(|card| address(card) == at).expect("the page is there");
        let place = card[8].as_u64().expect("a text has a place") as usize;
        self.json(card[7].as_str().unwrap_or_default())[place].clone()
    }
}

fn address(card: &Value) -> String {
    card[0].as_str().unwrap_or_default().to_owned()
}

/// Reads a file of words, as `search.js` does.
fn read(bytes: &[u8]) -> Vec<Word> {
    let mut at = 0;
    let mut all: Vec<Word> = Vec::new();
    let mut last = Vec::new();
    fn spelled(bytes: &[u8], at: &mut usize, before: &[u8]) -> Vec<u8> {
        let (alike, more) = (usize::from(bytes[*at]), usize::from(bytes[*at + 1]));
        let made = [&before[..alike], &bytes[*at + 2..*at + 2 + more]].concat();
        *at += 2 + more;
        made
    }
    fn number(bytes: &[u8], at: &mut usize) -> u64 {
        let mut value = 0;
        for shift in (0..).step_by(7) {
            let byte = bytes[*at];
            *at += 1;
            value |= u64::from(byte & 127) << shift;
            if byte < 128 {
                break;
            }
        }
        value
    }
    while at < bytes.len() {
        let word = spelled(bytes, &mut at, &last);
        let stem = spelled(bytes, &mut at, &word);
        let end = number(bytes, &mut at) as usize + at;
        let mut uses = Vec::new();
        let mut page = 0;
        while at < end {
            let value = number(bytes, &mut at);
            page += value >> 5;
            uses.push((page, value & 31));
        }
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("a word is text");
        all.push(Word { word: text(&word), stem: text(&stem), uses });
        last = word;
    }
    all
}

fn built(files: &[(&str, &str)]) -> Index {
    Index::of(&Site::new(files).built(&[]))
}

fn page(title: &str, more: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n{more}\n+++\n\n{text}\n")
}

#[test]
fn a_word_leads_to_the_pages_that_have_it() {
    let index = built(&[
        (
            "content/a.md",
            &page("Alpha", "description = \"Deck.\"", "Massage helps.\n\n## Café\n\nMassaging."),
        ),
        (
            "content/b.md",
            &page(
                "Beta",
                "aliases = [\"Second letter\"]\n[taxonomies]\n",
                "```sh\nrun --quiet\n```",
            ),
        ),
    ]);
    assert_eq!(index.having("words", "massage"), ["/a/"]);
    assert_eq!(index.having("words", "massaging"), ["/a/"]);
    assert_eq!(index.having("words", "cafe"), ["/a/"]);
    assert_eq!(index.having("words", "deck"), ["/a/"]);
    assert_eq!(index.having("words", "quiet"), ["/b/"]);
    assert_eq!(index.having("words", "letter"), ["/b/"]);
    assert_eq!(index.having("titles", "second"), ["/b/"]);
    assert_eq!(index.having("titles", "massage"), [""; 0]);
    let words = index.words("words");
    let stem = |word: &str| words.iter().find(|other| other.word == word).map(|word| &word.stem);
    assert_eq!(stem("massage"), stem("massaging"));
}

#[test]
fn a_title_weighs_more_than_a_heading_and_that_more_than_the_text() {
    let filler = "Words that fill the page. ".repeat(40);
    let index = built(&[
        ("content/a.md", &page("Other", "", &format!("{filler} tea {filler}"))),
        ("content/b.md", &page("More", "", &format!("{filler}\n\n## Tea\n\n{filler}"))),
        ("content/c.md", &page("Tea", "", &format!("{filler} {filler}"))),
    ]);
    let words = index.words("words");
    let tea = words.iter().find(|word| word.word == "tea").expect("the word is there");
    let figures: Vec<u64> = tea.uses.iter().map(|(_, figure)| *figure).collect();
    assert!(figures.is_sorted() && figures[0] < figures[1] && figures[1] < figures[2], "{tea:?}");
}

#[test]
fn texts_are_kept_by_heading() {
    let text = "First.\n\n## Tea {#brew}\n\nGreen [tea](b.md).\n\n```rust\nfn <T> main() {}\n```\n\n## Cups\n\nWhite.";
    let index =
        built(&[("content/a.md", &page("A", "", text)), ("content/b.md", &page("B", "", "Text."))]);
    assert_eq!(
        index.passages("/a/"),
        serde_json::json!([
            ["", "", "First.", []],
            ["brew", "Tea", "Green tea.", ["fn <T> main() {}"]],
            ["cups", "Cups", "White.", []]
        ])
    );
}

#[test]
fn authors_are_named_in_texts_and_found_by_their_names() {
    let index = built(&[
        (
            "content/references.bib",
            "@book{one, title={One}, author={Ade, Ann and Bo, Ben and Cy, Cal}, year={2001}}\n",
        ),
        (
            "content/a.md",
            &page("A", "", "As @one says, tea is green [@one].\n\n## What @one did\n\nNothing.\n"),
        ),
    ]);
    let passages = index.passages("/a/").to_string();
    assert!(passages.contains("As Ade et al. says, tea is green."), "{passages}");
    assert!(passages.contains("\"What Ade et al. did\""), "{passages}");
    assert_eq!(index.having("words", "ade"), ["/a/"]);
    assert!(index.having("words", "one").is_empty());
}

#[test]
fn what_is_not_for_everybody_is_not_found() {
    let site = Site::new(&[
        ("content/a.md", &page("Public", "", "Word.")),
        ("content/draft.md", &page("Draft", "draft = true", "Word.")),
        ("content/old.md", &page("Old", "expires = 2001-01-01", "Word.")),
        ("content/shy.md", &page("Shy", "search = false", "Word.")),
        ("content/quiet/_index.md", &page("Quiet", "search = false", "Word.")),
        ("content/quiet/inside.md", &page("Inside", "", "Word.")),
        ("content/moved/_index.md", &page("Moved", "redirect_to = \"@/a.md\"", "Word.")),
    ]);
    let index = Index::of(&site.built(&["--drafts"]));
    assert_eq!(index.having("words", "word"), ["/a/"]);
    for (path, bytes) in &index.files {
        assert!(!String::from_utf8_lossy(bytes).contains("Inside"), "{path} tells of a page");
    }
}

#[test]
fn a_site_without_search_has_no_trace_of_it() {
    let site = Site::new(&[
        (
            "site.toml",
            "title = \"T\"\nbase_url = \"https://example.org\"\n[search]\nenabled = false\n",
        ),
        ("content/a.md", &page("A", "", "Word.")),
    ]);
    let tree = site.built(&[]);
    assert!(!tree.keys().any(|path| path.starts_with("search/")), "{:?}", tree.keys());
    let home = String::from_utf8_lossy(&tree["a/index.html"]).into_owned();
    assert!(!home.contains("data-search"), "{home}");
}

#[test]
fn a_page_of_that_address_takes_the_place() {
    let site = Site::new(&[
        ("content/search.md", &page("My own", "", "Words on searching.")),
        ("content/a.md", &page("A", "", "See [it](search.md) and [it](/search/).")),
    ]);
    let tree = site.built(&[]);
    let own = String::from_utf8_lossy(&tree["search/index.html"]).into_owned();
    assert!(own.contains("Words on searching.") && !own.contains("data-searched"), "{own}");
}

#[test]
fn pages_can_link_to_the_search_in_either_layout() {
    for urls in ["directory", "flat"] {
        let config =
            format!("title = \"T\"\nbase_url = \"https://example.org/kb\"\nurls = \"{urls}\"\n");
        let site = Site::new(&[
            ("site.toml", &config),
            ("content/a.md", &page("A", "", "[Search](/search/), [again](/search.html).")),
        ]);
        let tree = site.built(&["--strict"]);
        let (path, href) = match urls {
            "flat" => ("search.html", "/kb/search.html"),
            _ => ("search/index.html", "/kb/search/"),
        };
        let search = String::from_utf8_lossy(&tree[path]).into_owned();
        assert!(search.contains("content=\"noindex\""), "{search}");
        assert!(search.contains("data-index=\"/kb/search/index.json\""), "{search}");
        let page = tree.get("a.html").or(tree.get("a/index.html")).expect("the page is there");
        assert!(String::from_utf8_lossy(page).contains(&format!("href=\"{href}\">again")));
        let sitemap = String::from_utf8_lossy(&tree["sitemap.xml"]).into_owned();
        assert!(!sitemap.contains("search"), "{sitemap}");
    }
}

#[test]
fn hostile_texts_do_no_harm() {
    let huge = "x".repeat(300_000);
    let index = built(&[
        (
            "content/a.md",
            &page("</script><b>\\u0007 & \\\"q\\\"", "", &format!("{huge} \u{1}\u{7f} end")),
        ),
        ("content/b.md", &page("😀", "", "")),
        ("content/c.md", "+++\ntitle = \"Çà\"\n+++\n<pre>never closed <b>bold\n"),
        ("content/d.md", &page("D", "", "腰痛の研究 und Häuser")),
    ]);
    let longest = index.words("words").iter().map(|word| word.word.len()).max();
    assert_eq!(longest, Some(40));
    assert_eq!(index.having("words", "end"), ["/a/"]);
    assert_eq!(index.having("words", "研究"), ["/d/"]);
    assert_eq!(index.having("words", "hauser"), ["/d/"]);
    assert_eq!(index.having("titles", "ca"), ["/c/"]);
    let cards = index.cards();
    let titles: Vec<&str> = cards.iter().filter_map(|card| card[1].as_str()).collect();
    assert!(titles.contains(&"</script><b>\u{7} & \"q\""), "{titles:?}");
}

#[test]
fn a_site_without_words_can_be_searched() {
    let site = Site::new(&[("content/_index.md", "")]);
    let index = Index::of(&site.built(&[]));
    assert_eq!(index.entry["block"], 64);
    index.words("words");
}

#[test]
fn filters_hold_terms_types_and_languages() {
    let site = Site::new(&[
        (
            "site.toml",
            "title = \"T\"\nbase_url = \"https://example.org\"\n[types.note]\n[types.leaflet]\ntitle = \"Patient education\"\n[[taxonomies]]\nname = \"topics\"\ntitle = \"Topics\"\n",
        ),
        ("content/_index.md", &page("Home", "", "")),
        ("content/a.md", &page("A", "type = \"note\"\n[taxonomies]\ntopics = [\"Neck pain\"]", "")),
        (
            "content/b.md",
            &page(
                "B",
                "type = \"leaflet\"\nlanguage = \"de\"\n[taxonomies]\ntopics = [\"neck pain\", \"Rest\"]",
                "",
            ),
        ),
    ]);
    let index = Index::of(&site.built(&[]));
    assert_eq!(index.cards()[2][4], "Patient education", "a type is called as readers know it");
    let filters = index.json(index.entry["filters"].as_str().expect("there are filters"));
    let shown: Vec<String> = filters
        .as_array()
        .into_iter()
        .flatten()
        .map(|filter| format!("{} {} {}", filter["name"], filter["title"], filter["values"]))
        .collect();
    assert_eq!(
        shown,
        [
            "\"topics\" \"Topics\" [[\"Neck pain\",[1,1]],[\"Rest\",[2]]]",
            "\"type\" null [[\"Patient education\",[2]],[\"note\",[1]]]",
            "\"language\" null [[\"de\",[2]],[\"en\",[0,1]]]"
        ]
    );
}

/// A site with an index of several files of each kind.
fn large() -> Site {
    let site = Site::new(&[]);
    for n in 0..150 {
        let words: Vec<String> =
            (0..60).map(|w| format!("word{:x}", (n * 7919 + w * 104_729) % 9973)).collect();
        let text = format!("## Part\n\n{}", words.join(" ").repeat(8));
        site.write(format!("content/s/page-{n:03}.md"), page(&format!("Page {n}"), "", &text));
    }
    site
}

#[test]
fn an_edit_changes_few_files() {
    let site = large();
    let before = site.built(&[]);
    site.write("content/s/page-020.md", page("Page 20", "", "A new text, word0 and others."));
    let after = site.built(&[]);
    let data = |tree: &Tree| -> Vec<String> {
        tree.keys().filter(|path| path.starts_with("search/data/")).cloned().collect()
    };
    let (before, after) = (data(&before), data(&after));
    assert!(before.len() > 40, "{}", before.len());
    let new = after.iter().filter(|path| !before.contains(path)).count();
    // A card file, a file of texts or two, and the files of words that the page had or has.
    assert!(new < before.len() / 2, "{new} of {} files are new", after.len());
    // The same as from nothing.
    let clean = large();
    clean.write("content/s/page-020.md", page("Page 20", "", "A new text, word0 and others."));
    assert_eq!(site.output(), clean.built(&[]));
}
