//! What a name in double brackets finds, and what comes out where it finds nothing.
#![allow(clippy::disallowed_methods, reason = "a test writes the sites it builds")]

mod support;

use support::{NOW, Site, main_of, text};

/// The pages of the site: path, title, further front matter.
const PAGES: [(&str, &str, &str); 14] = [
    ("_index.md", "Home", ""),
    ("tea.md", "Tea", "aliases = [\"/drinks/cha.html\", \"Camellia sinensis\"]\n"),
    ("C++.md", "C++", ""),
    ("c.md", "C", ""),
    ("guide/_index.md", "The guide", ""),
    ("guide/install.md", "Installing it", ""),
    ("guide/start.md", "Start", ""),
    ("guide/2025-03-01-news.md", "What is new", ""),
    ("notes/_index.md", "Notes", ""),
    ("notes/start.md", "Start", ""),
    ("notes/deep/install.md", "Setting up", ""),
    ("notes/deep/pack/index.md", "Pack", ""),
    ("notes/deep/untitled_page.md", "", ""),
    ("notes/Über.md", "Titel: café", ""),
];

/// Where a wikilink stands, what it names, and the address it leads to; or the code of the
/// finding, and the words that come out once its level is lowered.
const CASES: &[(&str, &str, &str)] = &[
    // By path: beside the page, then in `content`.
    ("guide/start.md", "install", "/guide/install/"),
    ("notes/start.md", "guide/install", "/guide/install/"),
    ("notes/start.md", "deep/install", "/notes/deep/install/"),
    ("notes/start.md", "../guide/Install.md", "/guide/install/"),
    ("notes/start.md", "/guide/install", "/guide/install/"),
    ("notes/start.md", "guide", "/guide/"),
    ("notes/start.md", "guide/_index", "/guide/"),
    ("notes/start.md", "deep/pack/index", "/notes/deep/pack/"),
    ("notes/deep/pack/index.md", "install", "/notes/deep/install/"),
    // What says where it begins is looked for nowhere else.
    ("tea.md", "./install", "broken-wikilink"),
    ("guide/start.md", "/install", "broken-wikilink"),
    ("tea.md", "../tea", "broken-wikilink"),
    // By title, without regard to case and kinds of space, before any file of that name.
    ("tea.md", "installing  IT", "/guide/install/"),
    ("tea.md", "the-guide", "/guide/"),
    ("tea.md", "titel: cafe\u{301}", "/notes/uber/"),
    ("tea.md", "C++", "/c/"),
    ("tea.md", "c", "/c-2/"),
    // By alias.
    ("guide/start.md", "drinks/cha", "/tea/"),
    ("guide/start.md", "/Drinks/Cha.html", "/tea/"),
    ("guide/start.md", "camellia_sinensis", "/tea/"),
    // By the name of a file, or the end of its path.
    ("tea.md", "untitled page", "/notes/deep/untitled-page/"),
    ("tea.md", "news", "/guide/news/"),
    ("tea.md", "über", "/notes/uber/"),
    ("tea.md", "pack", "/notes/deep/pack/"),
    ("guide/start.md", "deep/pack", "/notes/deep/pack/"),
    // The page itself, and headings.
    ("tea.md", "#Two words", "#two-words"),
    ("tea.md", "Home#two-words", "/#two-words"),
    ("tea.md", "pack#Two words#Twice", "/notes/deep/pack/#twice-1"),
    ("tea.md", "pack#Twice", "/notes/deep/pack/#twice"),
    ("tea.md", "pack#nothing", "broken-heading"),
    // Blocks, by their marks.
    ("tea.md", "#^one", "#%5Eone"),
    ("tea.md", "Home#^Two-2", "/#%5Etwo-2"),
    ("tea.md", "pack^one", "/notes/deep/pack/#%5Eone"),
    ("tea.md", "pack#^twice", "/notes/deep/pack/#twice"),
    ("tea.md", "pack#^twi-ce", "broken-heading"),
    // Files.
    ("guide/start.md", "far.csv", "/notes/far.csv"),
    ("guide/start.md", "notes/FAR.csv", "/notes/far.csv"),
    ("guide/start.md", "rules.txt", "/rules.txt"),
    // More than one, or none.
    ("tea.md", "start", "ambiguous-wikilink"),
    ("guide/install.md", "start", "/guide/start/"),
    ("notes/deep/pack/index.md", "Start", "ambiguous-wikilink"),
    ("tea.md", "install", "ambiguous-wikilink"),
    ("tea.md", "twin.csv", "ambiguous-wikilink"),
    ("tea.md", "Nothing", "broken-wikilink"),
    ("tea.md", "plan", "broken-wikilink"),
    ("tea.md", "Great plans", "broken-wikilink"),
    ("tea.md", "javascript:alert(1)", "broken-wikilink"),
    ("tea.md", "?Home", "wanted-page"),
];

fn site(checks: &str) -> Site {
    let site = Site::empty();
    let config = format!("title = \"T\"\nbase_url = \"https://example.org\"\n\n{checks}");
    site.write("site.toml", config);
    for (path, title, more) in PAGES {
        let title = if title.is_empty() { String::new() } else { format!("title = \"{title}\"\n") };
        let links: String = CASES
            .iter()
            .filter(|(from, _, _)| *from == path)
            .map(|(_, name, _)| format!("[[{name}|={name}]]\n\n"))
            .collect();
        let path_line = if path == "c.md" { "path = \"c-2\"\n" } else { "" };
        let text = format!(
            "+++\n{title}description = \"D.\"\n{path_line}{more}+++\n\n## Twice\n\n## Two words\n\n\
             ### Twice\n\n{links}A block. ^one\n\n- An item. ^two-2\n"
        );
        site.write(format!("content/{path}"), text);
    }
    site.write("content/plan.md", "+++\ntitle = \"Great plans\"\ndraft = true\n+++\n");
    for file in ["content/notes/far.csv", "content/guide/twin.csv", "content/notes/twin.csv"] {
        site.write(file, "a,b\n");
    }
    site.write("static/rules.txt", "None.\n");
    site
}

/// The file that a page of the site becomes.
fn file(page: &str) -> String {
    let known = [("_index.md", "index.html"), ("tea.md", "tea/index.html")];
    if let Some((_, file)) = known.iter().find(|(path, _)| *path == page) {
        return (*file).to_owned();
    }
    let bare = page.strip_suffix(".md").unwrap_or(page);
    let bare = bare.strip_suffix("/index").or(bare.strip_suffix("/_index")).unwrap_or(bare);
    format!("{bare}/index.html")
}

#[test]
fn a_name_finds_what_the_manual_says() {
    let all = ["broken-wikilink", "ambiguous-wikilink", "wanted-page", "broken-heading"];
    let checks: String = all.iter().map(|rule| format!("{rule} = \"off\"\n")).collect();
    let output = site(&format!("[checks]\n{checks}")).built(&[]);
    let mut wrong = Vec::new();
    for (from, name, want) in CASES {
        let html = main_of(text(&output, &file(from)));
        let words = name.replace('&', "&amp;");
        let found = match html.split_once(&format!(">={words}</")) {
            None => "nothing".to_owned(),
            Some((before, _)) => before.rsplit('<').next().unwrap_or("").to_owned(),
        };
        let want = match *want {
            "broken-heading" => "a href=\"/notes/deep/pack/\"".to_owned(),
            code if all.contains(&code) => "span class=\"wanted\"".to_owned(),
            address => format!("a href=\"{address}\""),
        };
        if found != want {
            wrong.push(format!("[[{name}]] on {from}: want {want}, got {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_finds_nothing_is_reported_and_nothing_else_is() {
    let run = site("").run(&["check", "--format", "short", "--now", NOW]);
    let mut got: Vec<String> = run
        .findings()
        .iter()
        .filter_map(|line| {
            let (file, rest) = line.split_once(':')?;
            let (_, rest) = rest.split_once('[')?;
            let (code, _) = rest.split_once(']')?;
            Some(format!("{file} {code}"))
        })
        .filter(|line| !line.ends_with("missing-title") && !line.ends_with("orphan-page"))
        .collect();
    got.sort();
    let mut want: Vec<String> = CASES
        .iter()
        .filter(|(_, _, want)| !want.starts_with(['/', '#']))
        .map(|(from, _, code)| format!("content/{from} {code}"))
        .collect();
    want.sort();
    assert_eq!(got, want);
}

#[test]
fn pictures_have_the_size_that_was_asked_for() {
    let site = Site::empty();
    site.write("site.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n");
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"/>";
    site.write("content/img/a.svg", svg);
    let page = "+++\ntitle = \"A\"\n+++\n\n![[a.svg|One]] ![[a.svg|Two|20]] ![[a.svg|Three|5x6]]\n";
    site.write("content/a.md", page);
    let output = site.built(&["--strict"]);
    let html = main_of(text(&output, "a/index.html"));
    for want in [
        "src=\"/img/a.svg\" width=\"40\" height=\"20\" alt=\"One\"",
        "src=\"/img/a.svg\" width=\"20\" height=\"10\" alt=\"Two\"",
        "src=\"/img/a.svg\" width=\"5\" height=\"6\" alt=\"Three\"",
    ] {
        assert!(html.contains(want), "{want} is in {html}");
    }
}
