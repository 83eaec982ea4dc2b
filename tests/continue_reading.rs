//! A reader always has a next page: what is offered, why, and that only the pages decide.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use support::{NOW, Site, text};

/// Prints what a page offers, a line each, under its title.
const TEMPLATE: &str = "TITLE {{ page.title }}\n\
    {% for next in page.continue_reading %}NEXT {{ next.title }} | {{ next.score }} | {{ next.reasons | join(sep=\"; \") }}\n{% endfor %}\
    {% for back in page.backlinks %}BACK {{ back.href }} | {{ back.sentence }}\n{% endfor %}";

/// The offers of a page: title, score and reasons.
type Offers = Vec<(String, String)>;

fn site(files: &[(&str, &str)]) -> Site {
    let site = Site::new(files);
    site.write("templates/page.html", TEMPLATE);
    site
}

/// What each page of a built site offers, by title.
fn offers(site: &Site) -> BTreeMap<String, Offers> {
    let mut all = BTreeMap::new();
    for (path, bytes) in site.built(&["--strict"]) {
        let text = String::from_utf8_lossy(&bytes);
        let Some(title) = text.strip_prefix("TITLE ").and_then(|rest| rest.lines().next()) else {
            continue;
        };
        let next = text.lines().filter_map(|line| line.strip_prefix("NEXT "));
        let next = next.filter_map(|line| line.split_once(" | "));
        let next = next.map(|(title, why)| (title.to_owned(), why.to_owned())).collect();
        assert!(all.insert(title.to_owned(), next).is_none(), "{path}: two pages are `{title}`");
    }
    all
}

fn titles(offers: &Offers) -> Vec<&str> {
    offers.iter().map(|(title, _)| title.as_str()).collect()
}

fn page(front_matter: &str, body: &str) -> String {
    format!("+++\n{front_matter}\n+++\n{body}\n")
}

/// A site of three sections. `name` says what the file of each page is called.
fn library(name: impl Fn(usize) -> String) -> Site {
    const SUBJECTS: [&str; 6] = ["granite", "basalt", "estuary", "glacier", "lichen", "kestrel"];
    const FOLDERS: [&str; 3] = ["stones", "waters", "lives"];
    let file = |n: usize| format!("{}/{}.md", FOLDERS[n % 3], name(n));
    let site = site(&[(
        "site.toml",
        "title = \"T\"\nbase_url = \"https://example.org\"\n[[taxonomies]]\nname = \"topics\"\n[continue_reading]\nlimit = 12\n",
    )]);
    for folder in FOLDERS {
        let index = page(&format!("title = \"{folder}\"\nsort_by = \"title\""), "");
        site.write(format!("content/{folder}/_index.md"), index);
    }
    let mut bibliography = String::new();
    for n in 0..36 {
        let (one, other) = (SUBJECTS[n % 6], SUBJECTS[(n / 6 + 1) % 6]);
        let front = format!(
            "title = \"Of {one} and {other}, part {}\"\ndescription = \"What {one} does to {other}.\"\n[taxonomies]\ntopics = [\"{one}\"]",
            n / 2 + n % 2 * 40
        );
        let mut body = format!(
            "The {one} near the {other} was seen [@work{}; @work{}].\n\n",
            n % 7,
            n * 5 % 11
        );
        for step in [5, 11, 17] {
            let to = (n * 3 + step) % 36;
            let _ = writeln!(body, "See [the other {one}](@/{}) on that.\n", file(to));
        }
        site.write(format!("content/{}", file(n)), page(&front, &body));
        let _ = writeln!(
            bibliography,
            "@book{{work{n}, title = {{Work {n}}}, author = {{Author, A.}}, year = {{2001}}, publisher = {{P}}}}"
        );
    }
    site.write("content/references.bib", bibliography);
    site
}

#[test]
fn the_names_of_files_change_nothing() {
    let in_order = offers(&library(|n| format!("page-{n:02}")));
    let shuffled = offers(&library(|n| format!("page-{:02}", n * 25 % 36 + n / 36)));
    let reversed = offers(&library(|n| format!("z{}", 99 - n)));
    assert_eq!(in_order.len(), 36);
    assert!(in_order.values().all(|next| next.len() > 3), "{in_order:#?}");
    for (title, next) in &in_order {
        assert_eq!(next, &shuffled[title], "shuffled: {title}");
        assert_eq!(next, &reversed[title], "reversed: {title}");
    }
    let reasons: String = in_order.values().flatten().map(|(_, why)| format!("{why}\n")).collect();
    for reason in ["shared source", "links here", "linked in this text", "both on", "similar text"]
    {
        assert!(reasons.contains(reason), "no `{reason}` in\n{reasons}");
    }
}

#[test]
fn what_the_pages_of_a_folder_repeat_brings_none_of_them_together() {
    const NOTICE: &str = "Consult the harbourmaster's almanac beforehand; lighthouse bulletins \
        supersede printed timetables, and mariners sailing unaccompanied should notify coastguards.";
    let subjects = ["oysters", "barnacles", "seaweed", "driftwood", "pebbles", "terns"];
    let mut files: Vec<(String, String)> = subjects
        .iter()
        .map(|subject| {
            let title = format!("title = \"About {subject}\"");
            let body = format!("Here are {subject}.\n\n## Notice\n\n{NOTICE}");
            (format!("content/shore/{subject}.md"), page(&title, &body))
        })
        .collect();
    files.push((
        "content/shore/_index.md".into(),
        page("title = \"Shore\"\nsort_by = \"title\"", ""),
    ));
    files.push((
        "content/kitchen/recipe.md".into(),
        page("title = \"A recipe\"", "Open the oysters. Never cook oysters twice."),
    ));
    files.push((
        "content/kitchen/almanac.md".into(),
        page(
            "title = \"The almanac\"",
            "What an almanac says to mariners, and the harbourmaster to coastguards.",
        ),
    ));
    // A third of all pages would be too many for any word to count.
    for n in 0..20 {
        let title = format!("title = \"Other {n}\"");
        files.push((format!("content/other/{n}.md"), page(&title, &format!("Word{n} x{n}y."))));
    }
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let offers = offers(&site(&files));
    assert_eq!(titles(&offers["About oysters"]), ["A recipe", "The almanac"]);
    assert_eq!(titles(&offers["About terns"]), ["The almanac"]);
    assert!(offers["About oysters"][0].1.ends_with("| similar text: oysters"), "{offers:#?}");
    assert!(titles(&offers["The almanac"]).iter().all(|title| title.starts_with("About")));
}

/// Pages with nothing in common, to have something to be rare in.
fn others(count: usize) -> Vec<(String, String)> {
    let one = |n| (format!("content/other/{n}.md"), page(&format!("title = \"Other {n}\""), ""));
    (0..count).map(one).collect()
}

fn offered(files: &[(String, String)]) -> BTreeMap<String, Offers> {
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    offers(&site(&files))
}

#[test]
fn two_words_that_happen_to_be_the_same_bring_no_pages_together() {
    let stones =
        "granite basalt gneiss schist feldspar quartz mica obsidian pumice slate dolomite tuff";
    let birds =
        "kestrel plover heron wigeon curlew dunlin osprey bittern merlin siskin linnet grebe";
    let mut files = others(20);
    for (title, words) in [("Stones", stones), ("Rocks", stones), ("Birds", birds), ("Fowl", birds)]
    {
        let chance = if matches!(title, "Stones" | "Birds") { "Questions, helping." } else { "" };
        let text = page(&format!("title = \"{title}\""), &format!("{words}\n\n{chance}"));
        files.push((format!("content/{title}.md"), text));
    }
    let offers = offered(&files);
    assert_eq!(titles(&offers["Stones"]), ["Rocks"], "{offers:#?}");
    assert_eq!(titles(&offers["Birds"]), ["Fowl"], "{offers:#?}");
}

#[test]
fn a_list_of_many_links_brings_no_pages_together() {
    let mut files = others(20);
    let link = |n| format!("- [Other {n}](@/other/{n}.md)\n");
    let all: String = (0..18).map(link).collect();
    let body = format!("## All\n\n{all}\n## Some\n\n{}{}", link(3), link(4));
    files.push(("content/list.md".into(), page("title = \"List\"", &body)));
    let offers = offered(&files);
    let near = |title: &str| {
        let all = offers[title].iter();
        let together = all.filter(|(_, why)| why.contains("linked together"));
        together.map(|(title, _)| title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(near("Other 3"), ["Other 4"], "{offers:#?}");
    assert_eq!(near("Other 7"), [""; 0], "{offers:#?}");
}

#[test]
fn picks_come_first_in_their_order_and_may_be_named_as_one_likes() {
    let site = site(&[
        (
            "content/guide/a.md",
            &page(
                "title = \"A\"\ncontinue_reading = [\"@/notes/d.md\", \"b\", \"/notes/c/\", \"notes/e\"]",
                "Near is [f](f.md).",
            ),
        ),
        ("content/guide/b.md", &page("title = \"B\"", "b")),
        ("content/guide/f.md", &page("title = \"F\"", "Near is [a](a.md).")),
        ("content/notes/c.md", &page("title = \"C\"", "c")),
        ("content/notes/d.md", &page("title = \"D\"", "d")),
        ("content/notes/e.md", &page("title = \"E\"", "e")),
        ("site.toml", "base_url = \"https://example.org\"\n[continue_reading]\nlimit = 5\n"),
    ]);
    let found = offers(&site);
    assert_eq!(titles(&found["A"]), ["D", "B", "C", "E", "F"]);
    assert_eq!(found["A"][0].1, "100 | editor’s pick");
    site.write(
        "site.toml",
        "base_url = \"https://example.org\"\n[continue_reading]\nlimit = 5\nweights = { picks = 0 }\n",
    );
    assert_eq!(titles(&offers(&site)["A"]), ["F"]);
}

#[test]
fn where_nothing_is_near_the_section_leads_on() {
    let found = offers(&site(&[
        ("content/guide/_index.md", "+++\ntitle = \"Guide\"\nsort_by = \"weight\"\n+++\n"),
        ("content/guide/first.md", &page("title = \"First\"\nweight = 1", "Lorem.")),
        ("content/guide/second.md", &page("title = \"Second\"\nweight = 2", "Ipsum.")),
        ("content/lone/_index.md", "+++\ntitle = \"Lone\"\n+++\n"),
        ("content/lone/only.md", &page("title = \"Only\"", "Dolor.")),
    ]));
    assert_eq!(found["First"], [("Second".to_owned(), "0 | next in Guide".to_owned())]);
    assert_eq!(found["Second"], [("First".to_owned(), "0 | also in Guide".to_owned())]);
    assert_eq!(found["Only"], [("Lone".to_owned(), "0 | part of Lone".to_owned())]);
}

#[test]
fn some_pages_are_never_offered() {
    let near = |title: &str, more: &str| {
        page(&format!("title = \"{title}\"\n{more}"), "[a](@/a.md) periwinkle")
    };
    let found = offers(&site(&[
        ("content/a.md", &page("title = \"A\"", "The periwinkle.")),
        ("content/b.md", &near("B", "")),
        ("content/old.md", &near("Old", "expires = 2020-01-01")),
        ("content/draft.md", &near("Draft", "draft = true")),
        ("content/people/p.md", &near("Person", "")),
        ("content/fr.md", &near("Autre", "language = \"fr\"")),
        ("content/list/_index.md", &near("List", "")),
        ("content/list/c.md", &page("title = \"C\"", "c")),
        (
            "content/long/_index.md",
            &page(
                "title = \"Long\"",
                &format!("[a](@/a.md) {}", "A section with a text. ".repeat(10)),
            ),
        ),
        ("content/long/d.md", &page("title = \"D\"", "d")),
    ]));
    let mut offered = titles(&found["A"]);
    offered.sort_unstable();
    assert_eq!(offered, ["B", "Long"]);
}

#[test]
fn a_weight_of_nothing_switches_a_reason_off() {
    let site = library(|n| format!("p{n}"));
    let reasons = |weights: &str| {
        site.write(
            "site.toml",
            format!("base_url = \"https://example.org\"\n[[taxonomies]]\nname = \"topics\"\n[continue_reading]\nlimit = 30\nweights = {weights}\n"),
        );
        offers(&site).values().flatten().map(|(_, why)| format!("{why}\n")).collect::<String>()
    };
    for (weights, gone, left) in [
        ("{ sources = 0 }", "shared", "both on"),
        ("{ links = 0 }", "link", "shared"),
        ("{ terms = 0 }", "both on", "shared"),
        ("{ text = 0 }", "similar", "shared"),
    ] {
        let told = reasons(weights);
        assert!(!told.contains(gone) && told.contains(left), "{weights}\n{told}");
    }
    site.write("site.toml", "base_url = \"https://example.org\"\n[[taxonomies]]\nname = \"topics\"\n[continue_reading]\nlimit = 0\n");
    assert!(offers(&site).values().all(Vec::is_empty));
}

#[test]
fn what_cannot_be_weighed_is_refused() {
    for (keys, says) in [
        ("limit = -1", "error[config-value]"),
        ("limit = 51", "a page cannot offer 51 pages to go on to"),
        ("weights = { sources = -1 }", "`sources` cannot count `-1`"),
        ("weights = { text = nan }", "`text` cannot count `NaN`"),
        ("weights = { text = inf }", "`text` cannot count `inf`"),
        ("weights = { source = 1 }", "did you mean `sources`?"),
        ("weights = { text = \"much\" }", "error[config-value]"),
    ] {
        let site = site(&[(
            "site.toml",
            &format!("base_url = \"https://example.org\"\n[continue_reading]\n{keys}\n"),
        )]);
        let run = site.build(&["--format", "short"]);
        assert_eq!(run.code, Some(2), "{keys}\n{}", run.all());
        assert!(run.all().contains(says), "{keys}\n{}", run.all());
    }
}

#[test]
fn a_backlink_shows_the_sentence_and_leads_to_its_heading() {
    let site = site(&[
        ("content/a.md", &page("title = \"A\"", "Text.")),
        (
            "content/b.md",
            &page(
                "title = \"B\"",
                "First. ![not this](a.md)\n\n## Some heading\n\nBefore. We say 1 < 2, as *[the\nA](a.md)* says & more. After.\n\n- [again](a.md)",
            ),
        ),
        ("content/c.md", &page("title = \"C\"", "<a href=\"/a/\"></a> [A](/a/#top)")),
    ]);
    let tree = site.built(&[]);
    let shown: Vec<&str> =
        text(&tree, "a/index.html").lines().filter(|line| line.starts_with("BACK")).collect();
    assert_eq!(
        shown,
        [
            "BACK /b/#some-heading | We say 1 &lt; 2, as <mark>the A</mark> says &amp; more.",
            "BACK /c/ | <mark>A</mark>",
        ]
    );
}

#[test]
fn the_graph_is_printed_whatever_is_wrong_with_the_pages() {
    let site = Site::new(&[
        ("content/s/_index.md", "+++\ntitle = \"S\"\n+++\n"),
        (
            "content/s/a.md",
            &page(
                "title = \"A \\\"quoted\\\" \\\\\"\ncontinue_reading = [\"b\"]",
                "[b](b.md) [b](b.md#x) [b](b.md) [gone](gone.md)",
            ),
        ),
        ("content/s/b.md", &page("title = \"B\"", "# X\n\n[home](/) ![[a]]")),
    ]);
    let run = site.run(&["graph", "--now", NOW]);
    assert_eq!(run.code, Some(1), "{}", run.all());
    assert!(run.stderr.contains("error[broken-link]"), "{}", run.all());
    let graph: serde_json::Value = serde_json::from_str(&run.stdout).expect("the graph is JSON");
    let nodes: Vec<&str> = graph["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["path"].as_str().unwrap())
        .collect();
    assert_eq!(nodes, ["_index.md", "s/_index.md", "s/a.md", "s/b.md"]);
    assert_eq!(graph["nodes"][2]["permalink"], "https://example.org/s/a/");
    assert_eq!(graph["nodes"][2]["section"], "s/_index.md");
    assert_eq!(graph["nodes"][1]["section"], "_index.md");
    assert_eq!(graph["nodes"][0]["section"], serde_json::Value::Null);
    let edges: Vec<String> =
        graph["edges"].as_array().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(
        edges,
        [
            r#"{"from":"s/a.md","to":"s/b.md","kind":"link","fragment":null,"count":2}"#,
            r#"{"from":"s/a.md","to":"s/b.md","kind":"link","fragment":"x","count":1}"#,
            r#"{"from":"s/a.md","to":"s/b.md","kind":"pick","fragment":null,"count":1}"#,
            r#"{"from":"s/b.md","to":"_index.md","kind":"link","fragment":null,"count":1}"#,
            r#"{"from":"s/b.md","to":"s/a.md","kind":"embed","fragment":null,"count":1}"#,
        ]
    );
    let dot = site.run(&["graph", "--now", NOW, "--format", "dot"]).stdout;
    assert!(dot.starts_with("digraph site {\n") && dot.ends_with("}\n"), "{dot}");
    assert!(dot.contains(r#""s/a.md" [label="A \"quoted\" \\""#), "{dot}");
    assert!(dot.contains(r##""s/a.md" -> "s/b.md" [class="link", headlabel="#x"];"##), "{dot}");
    assert!(site.run(&["graph", "--now", NOW, "--quiet"]).stderr.contains("broken-link"));
}

#[test]
fn check_tells_of_the_links_of_a_site() {
    let site = Site::new(&[
        (
            "content/a.md",
            &page("title = \"A\"", "[b](b.md) [gone](gone.md) [gone](gone.md) [lost](lost.md)"),
        ),
        ("content/b.md", &page("title = \"B\"", "b")),
        ("content/c.md", &page("title = \"C\"", "[[?Neck pain]] [[neck  pain]] [[?neck pain]]")),
    ]);
    let run = site.run(&["check", "--now", NOW]);
    for line in [
        "1 link between 4 pages: 2 orphans, no dead ends, 3 groups with no link between them\n",
        "Most linked: `b.md` (1)\n",
        "Wanted: `Neck pain` (3), `gone.md` (2), `lost.md` (1)\n",
    ] {
        assert!(run.stdout.contains(line), "{line}{}", run.all());
    }
    let run = site.run(&["check", "--now", NOW, "--format", "json"]);
    let graph = run.stdout.lines().find(|line| line.starts_with("{\"graph\":"));
    let graph: serde_json::Value = serde_json::from_str(graph.expect("a line has it")).unwrap();
    assert_eq!(graph["graph"]["orphans"], 2);
    assert_eq!(graph["graph"]["wanted"][0]["path"], "Neck pain");
    let run = site.run(&["check", "--now", NOW, "--format", "short"]);
    assert!(!run.stdout.contains("Most linked"), "{}", run.all());
}
