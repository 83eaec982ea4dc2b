//! `ibid mv` moves a page with every link to it, or nothing at all.
#![allow(clippy::disallowed_methods, reason = "a test writes and reads the sites it moves")]

mod support;

use std::collections::BTreeMap;

use support::html::tags;
use support::{Run, Site, Tree, text, tree};

/// The pages that link to the one that moves: their paths, and the way from each to it.
const FROM: [(&str, &str); 6] = [
    ("_index.md", "guide/install.md"),
    ("a b.md", "guide/install.md"),
    ("guide/b.md", "install.md"),
    ("notes/_index.md", "../guide/install.md"),
    ("notes/c.md", "../guide/install.md"),
    ("notes/pack/index.md", "../../guide/install.md"),
];

/// Every form in which a page can link to it.
fn forms(way: &str) -> String {
    let bare = way.strip_suffix(".md").unwrap_or(way);
    let dotted = if way.starts_with("..") { way.to_owned() } else { format!("./{way}") };
    [
        format!("[one]({way})"),
        format!("[two]({way}#linux 'a title')"),
        format!("[three](<{dotted}?q=1#linux>)"),
        "[four](@/guide/install.md#linux)".to_owned(),
        "[five](/guide/install/)".to_owned(),
        "[six](/kb/guide/install/#linux)".to_owned(),
        "[seven](https://example.org/kb/guide/install/?a=1&b=2)".to_owned(),
        "[eight][r], [r] and [*nine*][]".to_owned(),
        format!("<a href='{way}'>ten</a> <a title=x href=\"@/guide/install.md#linux\">eleven</a>"),
        format!("[twelve]({bare})"),
        "[[Install it]] and [[old name|by alias]]".to_owned(),
        "[[install]], [[Install#Linux|by file]], [[install.md#linux]]".to_owned(),
        "[[guide/install|*by* path]] [[/guide/install.md|from the root]]".to_owned(),
        "| t |\n| - |\n| [[guide/install\\|in a table]] |".to_owned(),
        "> - [thirteen\n>   lines](/guide/install.md)".to_owned(),
        format!("> Two <a\n> href=\"{way}\">in a torn tag</a>"),
        format!("> [fifteen](\n> {way} \"t\") and [it](\n> <{way}>)"),
        format!("[[install#^mark|*to* a block]] [to it]({way}#^mark)"),
        format!("::cta[*go*]{{href=\"{way}#linux\"}}"),
        ":::related[See]{pages=\"Install it; guide/install; @/guide/install.md\" limit=2}\n:::"
            .to_owned(),
        "Or :cta[so]{href=/guide/install/} and ::related{page=x}.\n\n::related{page=install}"
            .to_owned(),
        "Note[^1].\n\n[^1]: [fourteen](</guide/install>)".to_owned(),
        "`[[guide/install]]` and `(guide/install.md)` stay, as \\[[install]] does.".to_owned(),
        format!("[r]: {way} \"A title\"\n[*nine*]: <{way}#linux>"),
    ]
    .join("\n\n")
}

const MOVED: &str = "+++
title = \"Install it\" # the title
aliases = [
  \"/even-older/\", # once
]
image = { src = \"fig.svg\", alt = \"A figure\" }
continue_reading = [\"b.md\"]

[extra]
x = 1
+++

## Linux

[self](install.md#linux) [here](#linux) [beside](b.md) [above](../_index.md) [rooted](/notes/c/)
[by address](../b/) [[b]] [[notes/c]] [[#Linux]] ![fig](fig.svg) ![[fig.svg|named]] [[install|self]]
<img alt=\"\" src=\"fig.svg\" srcset=\"fig.svg 1x, ../guide/fig.svg 2x\">
[data](../data.csv) ^mark
";

fn site() -> Site {
    let site = Site::empty();
    site.write(
        "site.toml",
        "# Ours.\ntitle = \"T\"\nbase_url = \"https://example.org/kb\"\n\n[checks]\nabsolute-own-link = \"off\"\n\n\
         [citations]\nprocess_page = \"@/guide/install.md\" # how\n",
    );
    for (path, way) in FROM {
        let title = path.replace(['/', '.'], " ");
        let text = format!("+++\ntitle = \"{title}\"\n+++\n\n{}\n", forms(way));
        site.write(format!("content/{path}"), text);
    }
    let moved = MOVED.replace("aliases = [\n", "aliases = [\n  \"old name\",\n");
    site.write("content/guide/install.md", moved);
    let front = "+++\ntitle = \"Front\"\nredirect_to = \"@/guide/install.md\"\n\
                 continue_reading = [\"[[install]]\", \"../guide/install.md\", \"Install it\"]\n+++\n";
    site.write("content/front/_index.md", front);
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"2\"/>";
    site.write("content/guide/fig.svg", svg);
    site.write("content/data.csv", "a,b\n");
    site.write("content/people/_index.md", "+++\ntitle = \"People\"\n+++\n");
    site.write("content/people/jane.md", "+++\ntitle = \"Jane\"\n+++\nHello.\n");
    site
}

fn mv(site: &Site, old: &str, new: &str) -> Run {
    site.run(&["mv", old, new])
}

/// Where each page leads, in order: by the file it becomes, the destinations in its text.
fn graph(output: &Tree) -> BTreeMap<String, Vec<String>> {
    let pages = output.keys().filter(|path| path.ends_with(".html"));
    let destinations = |path: &String| {
        let html = text(output, path);
        // Without the lists of neighbours, which follow the folders.
        let html = html.split_once("<div class=\"prose\">").map_or(html, |(_, prose)| prose);
        let html = html.split_once("<footer").map_or(html, |(prose, _)| prose);
        let all = tags(html).into_iter().flat_map(|tag| tag.attributes);
        let leads = all.filter(|(name, _)| matches!(name.as_str(), "href" | "src" | "srcset"));
        leads.map(|(_, value)| value).collect()
    };
    pages.map(|path| (path.clone(), destinations(path))).collect()
}

#[test]
fn a_page_moves_with_all_that_leads_to_it() {
    let site = site();
    let before = graph(&site.built(&["--strict"]));
    let dry = site.run(&["mv", "--dry-run", "guide/install.md", "start/deep/set up.md"]);
    assert_eq!(dry.code, Some(0), "{dry:?}");
    let lines = dry.stdout.lines().filter(|line| line.starts_with("content/")).count();
    assert!(lines > 80, "{lines} changes are shown: {}", dry.stdout);
    let untouched = tree(&site.path("content"));
    assert_eq!(tree(&self::site().path("content")), untouched, "`--dry-run` changes nothing");

    let run = mv(&site, "guide/install.md", "start/deep/set up.md");
    assert_eq!(run.code, Some(0), "{run:?}");
    let after = graph(&site.built(&["--strict"]));
    let renamed = |text: &str| {
        text.replace("/kb/guide/install/", "/kb/start/deep/set-up/")
            .replace("guide/install/index.html", "start/deep/set-up/index.html")
    };
    let inbound: usize =
        before.values().flatten().filter(|href| href.contains("/kb/guide/install/")).count();
    assert!(inbound >= 50, "only {inbound} links lead to the page");
    for (page, destinations) in &before {
        let got = after.get(&renamed(page)).unwrap_or_else(|| panic!("{page} is gone"));
        let want: Vec<_> = destinations.iter().map(|href| renamed(href)).collect();
        assert_eq!(*got, want, "{page}");
    }
    let old = text(&tree(&site.path("public")), "guide/install/index.html").to_owned();
    assert!(old.contains("/kb/start/deep/set-up/"), "the old address leads on: {old}");
}

#[test]
fn each_link_keeps_its_form() {
    let site = site();
    let run = mv(&site, "guide/install.md", "start/setup.md");
    assert_eq!(run.code, Some(0), "{run:?}");
    let content = tree(&site.path("content"));
    let page = text(&content, "notes/c.md");
    let want = forms("../start/setup.md")
        .replace("@/guide/install.md", "@/start/setup.md")
        .replace("/guide/install/", "/start/setup/")
        .replace("[[install]],", "[[setup]],")
        .replace("[[Install#", "[[setup#")
        .replace("[[install.md#", "[[setup.md#")
        .replace("[[install#", "[[setup#")
        .replace("[[guide/install|", "[[start/setup|")
        .replace("[[guide/install\\|", "[[start/setup\\|")
        .replace("/guide/install.md|", "/start/setup.md|")
        .replace("](/guide/install.md)", "](/start/setup.md)")
        .replace("; guide/install;", "; start/setup;")
        .replace("{page=install}", "{page=setup}")
        .replace("</guide/install>", "</start/setup>");
    assert_eq!(page.split_once("+++\n\n").map(|(_, body)| body.trim_end()), Some(want.as_str()));
    let moved = text(&content, "start/setup.md");
    let (head, body) = moved.split_once("+++\n\n").expect("the page has front matter");
    assert_eq!(
        head,
        "+++\ntitle = \"Install it\" # the title\naliases = [\n  \"old name\",\n  \"/even-older/\", # once\n  \
         \"/guide/install/\",\n]\nimage = { src = \"../guide/fig.svg\", alt = \"A figure\" }\n\
         continue_reading = [\"b.md\"]\n\n[extra]\nx = 1\n"
    );
    assert_eq!(
        body,
        "## Linux\n\n[self](setup.md#linux) [here](#linux) [beside](../guide/b.md) [above](../_index.md) \
         [rooted](/notes/c/)\n[by address](../guide/b) [[b]] [[notes/c]] [[#Linux]] ![fig](../guide/fig.svg) \
         ![[fig.svg|named]] [[setup|self]]\n<img alt=\"\" src=\"../guide/fig.svg\" srcset=\"../guide/fig.svg 1x, \
         ../guide/fig.svg 2x\">\n[data](../data.csv) ^mark\n"
            .replace("../guide/b)", "../guide/b/)")
    );
    let config = std::fs::read_to_string(site.path("site.toml")).expect("it is there");
    assert!(config.ends_with("process_page = \"@/start/setup.md\" # how\n"), "{config}");
    let front = text(&content, "front/_index.md");
    let picks = "continue_reading = [\"[[setup]]\", \"../start/setup.md\", \"Install it\"]";
    assert!(front.contains(picks) && front.contains("\"@/start/setup.md\""), "{front}");
}

#[test]
fn folders_and_files_move_too() {
    let site = site();
    let before = graph(&site.built(&["--strict"]));
    for (old, new) in [
        ("guide", "handbook/part"),
        ("notes/pack/index.md", "handbook/pack/"),
        ("data.csv", "notes/figures.csv"),
        ("handbook/part/fig.svg", "fig.svg"),
    ] {
        let run = mv(&site, old, new);
        assert_eq!(run.code, Some(0), "{old} {new}: {run:?}");
    }
    let renamed = |text: &str| {
        text.replace("/kb/guide/fig.svg", "/kb/fig.svg")
            .replace("/kb/guide/", "/kb/handbook/part/")
            .replace("/kb/data.csv", "/kb/notes/figures.csv")
            .replace("/kb/notes/pack/", "/kb/handbook/pack/pack/")
    };
    let file = |page: &str| {
        let rooted = renamed(&format!("/kb/{page}"));
        rooted.strip_prefix("/kb/").map(str::to_owned).unwrap_or_default()
    };
    let after = graph(&site.built(&["--strict"]));
    for (page, destinations) in &before {
        let got = after.get(&file(page)).unwrap_or_else(|| panic!("{page} is gone"));
        let want: Vec<_> = destinations.iter().map(|href| renamed(href)).collect();
        // Below the text of a section stands the list of its pages, which follows the folders.
        let end = want.iter().position(|href| href == "#fnref-1").unwrap_or(want.len());
        assert_eq!(got.get(..end), want.get(..end), "{page}");
        assert!(end > 5 || destinations.len() < 5 || page.contains("install"), "{page}: {want:?}");
    }
    assert!(!site.path("content/guide").exists(), "the folder is gone");
}

#[test]
fn what_cannot_be_done_whole_is_not_done() {
    for (change, old, new, said) in [
        ("", "guide/install.md", "a b.md", "`content/a b.md` is there already"),
        ("", "guide/install.md", "../install.md", "`../install.md` leads out of `content`"),
        ("", "guide/nothing.md", "b.md", "nothing under `content` is called `guide/nothing.md`"),
        ("", "guide", "guide/deep", "`guide` cannot be moved into itself"),
        ("", "guide/install.md", "notes/c/index.md", "`/notes/c/` would be taken by more than one"),
        ("", "guide/install.md", "install|it.md", "cannot be spelled"),
        (
            "+++\ntitle = \"M\"\nauthors = [\"jane\"]\n+++\n",
            "people/jane.md",
            "b.md",
            "names a person",
        ),
        ("", "data.csv", "figures.csv", "this names a file"),
        ("+++\ntitle = 1 2\n+++\n", "guide/install.md", "b.md", "it is unsure where"),
        (
            "+++\ntitle = \"M\"\n+++\n## [[install]]\n\n[x](#install)\n",
            "guide/install.md",
            "b.md",
            "cannot",
        ),
    ] {
        let site = site();
        if old == "data.csv" {
            let config = std::fs::read_to_string(site.path("site.toml")).expect("it is there");
            let named =
                config.replace("[citations]\n", "[citations]\nretractions = \"data.csv\"\n");
            site.write("site.toml", named);
        }
        if !change.is_empty() {
            site.write("content/notes/more.md", change);
        }
        let before = tree(site.root());
        let run = mv(&site, old, new);
        assert_eq!(run.code, Some(1), "{old} {new}: {run:?}");
        let all = format!("{}{}", run.stdout, run.stderr);
        assert!(all.contains(said), "{old} {new}: {all}");
        assert_eq!(tree(site.root()), before, "{old} {new} left something");
    }
}

#[test]
fn templates_that_name_what_moves_are_told_of() {
    let site = site();
    let template = "{% extends \"scholar/page.html\" %}\n{% block extra %}\n\
        <a href=\"{{ get_url(path='@/guide/install.md#linux') }}\">x</a>\n\
        {{ get_page(path=\"guide/install.md\").title }} guide/install.md \"notes/c.md\"\n{% endblock %}\n";
    site.write("templates/page.html", template);
    for flags in [&["--dry-run"][..], &[]] {
        let names = ["mv", "guide/install.md", "start/setup.md", "--format", "short"];
        let run = site.run(&[&names[..], flags].concat());
        assert_eq!(run.code, Some(0), "{}", run.all());
        let said: Vec<_> = run.findings();
        let want = "this names `guide/install.md`, which moves to `start/setup.md` (change it by \
                    hand: no move changes a template)";
        let places = ["templates/page.html:3:29", "templates/page.html:4:19"];
        assert_eq!(said, places.map(|place| format!("{place}: warning[cannot-move]: {want}")));
    }
}

#[test]
fn a_move_asks_for_a_site_as_other_commands_do() {
    let site = site();
    for (flags, said) in [
        (["--config", "../site.toml"], "is to name a file in the site's root"),
        (["--root", "nowhere"], "there is no folder `nowhere`"),
        (["--now", "tomorrow"], "tomorrow"),
    ] {
        let run = site.run(&[&["mv", "guide/install.md", "b.md"][..], &flags].concat());
        assert_eq!(run.code, Some(2), "{}", run.all());
        assert!(run.all().contains(said), "{}", run.all());
    }
    let config = site.path("site.toml");
    let names = ["mv", "guide/install.md", "start/setup.md", "--config"];
    let run = site.run(&[&names[..], &[config.to_str().expect("the path is UTF-8")]].concat());
    assert_eq!(run.code, Some(0), "{}", run.all());
}

#[test]
fn a_move_that_was_cut_off_is_told_of() {
    let site = site();
    let before = tree(&site.path("content"));
    // As a move leaves it that is killed after its first file.
    site.write(
        ".ibid/move/journal",
        "ibid move 1\nfile\nfrom content/data.csv\nto content/d.csv\nend\n",
    );
    std::fs::rename(site.path("content/data.csv"), site.path("content/d.csv")).expect("it moves");
    for command in [&["check"][..], &["mv", "--dry-run", "data.csv", "d.csv"]] {
        let run = site.run(command);
        assert!(run.stderr.contains("warning: a move was cut off"), "{}", run.all());
        assert!(site.path("content/d.csv").exists(), "nothing is written");
    }
    let run = site.run(&["mv", "data.csv", "data.csv"]);
    assert!(run.stdout.starts_with("Took back a move that was cut off\n"), "{}", run.all());
    assert_eq!(tree(&site.path("content")), before);
    assert!(!site.path(".ibid/move").exists(), "nothing is left");
    assert!(!site.run(&["check"]).stderr.contains("cut off"), "it is said once");
}

#[test]
fn a_move_that_would_leave_a_broken_site_is_refused() {
    let site = Site::empty();
    site.write(
        "site.toml",
        "base_url = \"https://example.org\"\n[[taxonomies]]\nname = \"topics\"\n\
         [extra]\nmenu = [{ name = \"K\", path = \"@/k.md\" }]\n",
    );
    site.write("content/p.md", "+++\ntitle = \"P\"\naliases = [\"/taken/\"]\n+++\n[q](q.md)\n");
    site.write("content/q.md", "+++\ntitle = \"Q\"\n[taxonomies]\ntopics = [\"neck pain\"]\n+++\n");
    site.write("content/k.md", "+++\ntitle = \"K\"\n+++\n");
    let term = "+++\ntitle = \"Neck\"\n+++\n";
    site.write("content/topics/neck-pain/_index.md", term);
    site.write("content/references.bib", "");
    site.write("content/n.txt", "n");
    let before = tree(&site.path("content"));
    for (old, new, why) in [
        ("p.md", ".x/p.md", "`content/.x/p.md` would be no part of the site"),
        ("n.txt", "n.txt~", "`content/n.txt~` would be no part of the site"),
        ("q.md", "taken.md", "`/taken/` would be taken by more than one"),
        ("q.md", "topics.md", "`/topics/` would be taken by more than one"),
        ("n.txt", "q/index.html", "`/q/` would be taken by more than one"),
        ("topics/neck-pain", "topics/back", "`/topics/neck-pain/` would be taken by more than one"),
        ("references.bib", "lit/refs.bib", "is the bibliography by its name"),
        ("k.md", "kk.md", "this names a file that would move"),
        ("q.md", "2099-01-01-q.md", "the new name gives this page another date"),
    ] {
        let run = mv(&site, old, new);
        assert_eq!(run.code, Some(1), "{old} {new}: {}", run.all());
        assert!(run.all().contains(why), "{old} {new}: {}", run.all());
        assert_eq!(tree(&site.path("content")), before, "{old} {new}");
    }
}

#[test]
fn links_to_what_is_made_of_a_page_move_with_it() {
    let site = Site::empty();
    site.write(
        "site.toml",
        "base_url = \"https://example.org\"\n[machines]\nmarkdown_twins = true\n",
    );
    site.write("content/references.bib", "@book{a, title = {A}, author = {Roe, Sam}, year = 2001}");
    let own = "[bib](sources.bib) [md](/g/a/index.md) [here](#sources)";
    site.write("content/g/a.md", format!("+++\ntitle = \"A\"\n+++\nCited [@a]. {own}\n"));
    let links = "[work](g/a.md#ref-a) [ris](/g/a/sources.ris) [json](../g/a/sources.json)";
    site.write("content/b.md", format!("+++\ntitle = \"B\"\n+++\n{links}\n"));
    let run = mv(&site, "g/a.md", "c.md");
    assert_eq!(run.code, Some(0), "{}", run.all());
    let content = tree(&site.path("content"));
    let links = "[work](c.md#ref-a) [ris](/c/sources.ris) [json](../c/sources.json)";
    assert!(text(&content, "b.md").contains(links), "{}", text(&content, "b.md"));
    let own = "[bib](sources.bib) [md](/c/index.md) [here](#sources)";
    assert!(text(&content, "c.md").contains(own), "{}", text(&content, "c.md"));
}
