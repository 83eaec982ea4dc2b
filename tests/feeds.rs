//! Feeds are what their specifications say: RFC 4287 for Atom, version 1.1 for JSON Feed.

mod support;

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;
use support::html::tags;
use support::{Site, Tree, text};

/// A site with all that makes a feed difficult.
fn site(more: &str) -> Site {
    Site::new(&[
        (
            "site.toml",
            &format!(
                "title = \"Tea & <Cake>\"\nbase_url = \"https://example.org/kb\"\n\
                 description = \"All ]]> of it\"\n{more}\n[[taxonomies]]\nname = \"topics\"\nfeed = true\n"
            ),
        ),
        ("content/notes/_index.md", "+++\ntitle = \"Notes\"\ngenerate_feeds = true\n+++\n"),
        ("content/people/ann.md", "+++\ntitle = \"Ann Lee\"\n+++\nWho she is.\n"),
        (
            "content/references.bib",
            "@book{book, title={A Book}, author={Doe, Jo}, year={2001}, publisher={P}}",
        ),
        (
            "content/notes/a.md",
            "+++\ntitle = \"A & <b> ]]> \\u0007\\u0085 bell\"\ndate = 2025-01-01\n\
             updated = 2025-03-01T09:30:00+02:00\nauthors = [\"ann\", \"Jo Doe\"]\n\
             [taxonomies]\ntopics = [\"Black & tea\"]\n+++\n\n## One\n\nFirst words. See [b](b.md#two), \
             [here](#one), [out](https://b.org/), [root](/), ![cup](/cup.svg), [@book].[^n] ]]> \
             <img src=\"/cup.svg\" srcset=\"/cup.svg 1x, /cup.svg 2x\" alt=\"\">\n\n[^n]: A note.\n",
        ),
        (
            "content/notes/b.md",
            "+++\ntitle = \"B\"\nlanguage = \"de\"\ndescription = \"Kurz.\"\nupdated = 2025-02-01\n+++\n\n## Two\n",
        ),
        ("content/notes/no-date.md", "+++\ntitle = \"C\"\n+++\n\nText.\n"),
        ("content/notes/bare.md", "+++\ntitle = \"D\"\ndate = 2024-01-01\n+++\n"),
        (
            "static/cup.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"2\"/>\n",
        ),
    ])
}

/// An element of XML.
#[derive(Default, Debug)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn all(&self, name: &str) -> Vec<&Element> {
        self.children.iter().filter(|child| child.name == name).collect()
    }

    /// The one child of that name.
    fn one(&self, name: &str) -> &Element {
        let all = self.all(name);
        assert_eq!(all.len(), 1, "one `{name}` is in {self:?}");
        all[0]
    }
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.expect("an attribute is well formed");
        let value = attribute.normalized_value(quick_xml::XmlVersion::default());
        let name = attribute.key.as_ref().to_owned();
        (name, value.expect("its value is escaped").into_owned())
    });
    let name = start.name().as_ref().to_owned();
    Element { name, attributes: attributes.collect(), ..Element::default() }
}

/// Reads a document, which must be well formed and of characters that XML allows.
fn parse(xml: &str) -> Element {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(xml.chars().all(allowed), "every character is one of XML 1.0");
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_comments = true;
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().expect("the feed is well formed") {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => {
                let child = element(&start);
                open.last_mut().expect("it has a parent").children.push(child);
            }
            Event::End(_) => {
                let child = open.pop().expect("what is closed was opened");
                open.last_mut().expect("it has a parent").children.push(child);
            }
            Event::Text(text) => {
                open.last_mut().expect("it has a parent").text.push_str(&text);
            }
            Event::GeneralRef(name) => {
                let known = [("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'")];
                let known = known.iter().find(|(key, _)| *key == &*name);
                let (_, c) = known.unwrap_or_else(|| panic!("{name:?} is none of XML"));
                open.last_mut().expect("it has a parent").text.push_str(c);
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("a feed has no {other:?}"),
        }
    }
    let mut root = open.pop().expect("the document is there");
    assert!(open.is_empty(), "everything is closed");
    assert_eq!(root.children.len(), 1, "there is one root");
    root.children.remove(0)
}

/// RFC 3339 with a capital `T` and `Z`, as RFC 4287 wants it.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = |pattern: &str, bytes: &[u8]| {
        pattern.len() == bytes.len()
            && pattern
                .bytes()
                .zip(bytes)
                .all(|(p, b)| if p == b'0' { b.is_ascii_digit() } else { p == *b })
    };
    bytes.len() > 19
        && shape("0000-00-00T00:00:00", &bytes[..19])
        && (&bytes[19..] == b"Z" || shape("+00:00", &bytes[19..]) || shape("-00:00", &bytes[19..]))
}

fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && text.is_ascii()
        && !text.contains(|c: char| c.is_whitespace() || "<>\"{}|\\^`".contains(c))
}

/// Asserts that nothing in some HTML leads to where it does not hold.
fn assert_absolute(html: &str) {
    let mut seen = 0;
    for tag in tags(html) {
        for (name, value) in &tag.attributes {
            let destinations: Vec<&str> = match name.as_str() {
                "href" | "src" | "poster" => vec![value],
                "srcset" => value
                    .split(',')
                    .map(|one| one.split_whitespace().next().unwrap_or(""))
                    .collect(),
                _ => continue,
            };
            for destination in destinations {
                assert!(destination.contains("://"), "`{destination}` of `{}` is whole", tag.name);
                seen += 1;
            }
        }
    }
    assert!(seen > 8 || !html.contains("First words"), "there are links to look at in {html}");
}

/// The children that an element may have at most once.
fn assert_at_most_one(element: &Element, names: &[&str]) {
    for name in names {
        assert!(element.all(name).len() <= 1, "`{name}` stands once in {element:?}");
    }
}

fn assert_atom(xml: &str, own: &str) -> Vec<String> {
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"));
    let feed = parse(xml);
    assert_eq!(feed.name, "feed");
    assert_eq!(feed.attribute("xmlns"), Some("http://www.w3.org/2005/Atom"));
    assert_eq!(feed.attribute("xml:lang"), Some("en"));
    assert!(is_address(&feed.one("id").text));
    assert!(!feed.one("title").text.is_empty());
    assert!(is_date(&feed.one("updated").text), "{}", feed.one("updated").text);
    assert_at_most_one(&feed, &["generator", "icon", "logo", "rights", "subtitle"]);
    // An author of the feed stands for every entry that has none.
    assert!(!feed.one("author").one("name").text.is_empty());
    let links = feed.all("link");
    let own_links: Vec<_> =
        links.iter().filter(|link| link.attribute("rel") == Some("self")).collect();
    assert_eq!(own_links.len(), 1);
    assert_eq!(own_links[0].attribute("href"), Some(own));
    assert!(links.iter().any(|link| link.attribute("rel") == Some("alternate")));
    let entries = feed.all("entry");
    let mut ids = BTreeSet::new();
    let mut latest = String::new();
    for entry in &entries {
        let id = &entry.one("id").text;
        assert!(is_address(id) && ids.insert(id.clone()), "`{id}` names one entry");
        assert!(!entry.one("title").text.is_empty());
        assert!(is_date(&entry.one("updated").text));
        latest = latest.max(entry.one("updated").text.clone());
        assert_at_most_one(entry, &["content", "published", "rights", "source", "summary"]);
        assert!(entry.all("published").iter().all(|date| is_date(&date.text)));
        let alternate: Vec<_> = entry
            .all("link")
            .into_iter()
            .filter(|link| link.attribute("rel") == Some("alternate"))
            .collect();
        assert_eq!(alternate.len(), 1);
        assert_eq!(alternate[0].attribute("href"), Some(id.as_str()));
        for author in entry.all("author") {
            assert!(!author.one("name").text.is_empty());
            assert!(author.all("uri").iter().all(|uri| is_address(&uri.text)));
        }
        for category in entry.all("category") {
            assert!(category.attribute("term").is_some_and(|term| !term.is_empty()));
            assert!(category.attribute("scheme").is_some_and(is_address));
        }
        for content in entry.all("content") {
            assert_eq!(content.attribute("type"), Some("html"));
            assert_absolute(&content.text);
        }
    }
    assert_eq!(feed.one("updated").text, latest, "a feed is as new as its newest entry");
    entries.iter().map(|entry| entry.one("title").text.clone()).collect()
}

fn assert_json(json: &str, own: &str) -> Vec<String> {
    let feed: Value = serde_json::from_str(json).expect("a JSON Feed is JSON");
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], own);
    assert!(feed["title"].as_str().is_some_and(|title| !title.is_empty()));
    assert!(feed["home_page_url"].as_str().is_some_and(is_address));
    let authors = |value: &Value| {
        for author in value.as_array().expect("authors are a list") {
            assert!(author["name"].as_str().is_some_and(|name| !name.is_empty()));
        }
    };
    authors(&feed["authors"]);
    let items = feed["items"].as_array().expect("items are a list");
    let mut ids = BTreeSet::new();
    for item in items {
        let id = item["id"].as_str().expect("an id is a text");
        assert!(is_address(id) && ids.insert(id), "`{id}` names one item");
        let (html, plain) = (item.get("content_html"), item.get("content_text"));
        assert!(html.is_some() != plain.is_some(), "an item has one content: {item}");
        assert!(plain.is_none_or(|text| text.as_str().is_some_and(|text| !text.is_empty())));
        if let Some(html) = html {
            assert_absolute(html.as_str().expect("HTML is a text"));
        }
        for date in ["date_published", "date_modified"] {
            assert!(item.get(date).is_none_or(|date| date.as_str().is_some_and(is_date)));
        }
        item.get("authors").into_iter().for_each(authors);
        let tags = item.get("tags").map(|tags| tags.as_array().expect("tags are a list"));
        assert!(tags.is_none_or(|tags| tags.iter().all(Value::is_string)));
    }
    items.iter().map(|item| item["title"].as_str().expect("a title").to_owned()).collect()
}

/// The titles in the feed of a folder, the same in both forms.
fn titles(output: &Tree, folder: &str) -> Vec<String> {
    let own = |name: &str| format!("https://example.org/kb/{folder}{name}");
    let atom = assert_atom(text(output, &format!("{folder}atom.xml")), &own("atom.xml"));
    let json = assert_json(text(output, &format!("{folder}feed.json")), &own("feed.json"));
    let clean = |title: &String| title.replace(['\u{7}', '\u{85}'], "");
    assert_eq!(atom, json.iter().map(clean).collect::<Vec<_>>());
    atom
}

#[test]
fn feeds_keep_to_their_specifications() {
    let a = "A & <b> ]]>  bell";
    for more in [
        "[feed]",
        "[feed]\nfull_content = true",
        "urls = \"flat\"\n[feed]\nfull_content = true\nsort_by = \"updated\"\nlimit = 2",
    ] {
        let output = site(more).built(&[]);
        let of_site = titles(&output, "");
        let of_section = titles(&output, "notes/");
        assert_eq!(titles(&output, "topics/black-tea/"), [a]);
        assert_eq!(of_section, of_site);
        match more.contains("limit") {
            true => assert_eq!(of_site, [a, "B"]),
            false => assert_eq!(of_site, ["B", a, "D"]),
        }
    }
}

#[test]
fn a_summary_stands_in_for_the_text() {
    let output = site("[feed]").built(&[]);
    let atom = parse(text(&output, "atom.xml"));
    let summaries: Vec<&str> = atom
        .all("entry")
        .iter()
        .flat_map(|entry| entry.all("summary"))
        .map(|summary| summary.text.as_str())
        .collect();
    assert_eq!(summaries.len(), 2, "a page without a word has none");
    assert_eq!(summaries[0], "Kurz.");
    assert!(summaries[1].starts_with("First words. See b, here,"), "{}", summaries[1]);
    assert!(atom.all("entry").iter().all(|entry| entry.all("content").is_empty()));
    let json: Value = serde_json::from_str(text(&output, "feed.json")).expect("it is JSON");
    assert_eq!(json["items"][2]["content_text"], "D");
}

#[test]
fn heads_name_the_feeds_of_the_list_and_of_the_site() {
    let output = site("[feed]").built(&[]);
    let feeds = |page: &str| -> Vec<String> {
        let tags = tags(text(&output, page)).into_iter();
        let links = tags.filter(|tag| {
            tag.name == "link" && tag.attributes.iter().any(|(_, value)| value == "alternate")
        });
        links
            .flat_map(|tag| tag.attributes)
            .filter(|(name, _)| name == "href")
            .map(|(_, href)| href)
            .collect()
    };
    let of_site = ["/kb/atom.xml", "/kb/feed.json"];
    assert_eq!(feeds("notes/b/index.html"), of_site);
    assert_eq!(
        feeds("notes/index.html"),
        [["/kb/notes/atom.xml", "/kb/notes/feed.json"], of_site].concat()
    );
    assert_eq!(
        feeds("topics/black-tea/index.html"),
        [["/kb/topics/black-tea/atom.xml", "/kb/topics/black-tea/feed.json"], of_site].concat()
    );
    let none = Site::new(&[]).built(&[]);
    assert!(!text(&none, "index.html").contains("alternate"));
    assert!(!none.contains_key("atom.xml"));
}
