//! `ibid import`: what becomes of the content of other programs, and what is told of the rest.
#![allow(clippy::disallowed_methods, reason = "a test writes and reads the sites it imports")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use support::cases::{Texts, cases, faults};
use support::{NOW, Run, Site, Tree, text, tree};

const KINDS: [&str; 6] = ["zola", "hugo", "jekyll", "obsidian", "quarto", "markdown"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    kind: String,
    /// The files that are imported.
    files: BTreeMap<String, String>,
    /// What the files of the site hold.
    #[serde(default)]
    holds: Texts,
    #[serde(default)]
    lacks: Texts,
    /// Files that the site does not have.
    #[serde(default)]
    absent: Vec<String>,
    /// All losses, as `--format short` tells them.
    #[serde(default)]
    losses: Vec<String>,
}

fn dst(site: &Site) -> PathBuf {
    site.around().join("dst")
}

fn import(site: &Site, kind: &str, more: &[&str]) -> Run {
    let mut all = vec!["import", kind, ".", "../dst", "--now", NOW];
    all.extend(more);
    site.run(&all)
}

fn built(site: &Site) -> Run {
    site.run(&["build", "--root", "../dst", "--now", NOW, "--format", "short"])
}

/// What was imported, without what ibid keeps for itself.
fn imported(site: &Site) -> Tree {
    let mut tree = tree(&dst(site));
    tree.retain(|path, _| !path.starts_with(".ibid") && !path.starts_with("public/"));
    tree
}

#[test]
fn each_dialect_becomes_a_site() {
    let mut wrong = Vec::new();
    for (name, case) in cases::<Case>("import") {
        let site = Site::empty();
        for (path, content) in &case.files {
            site.write(path, content);
        }
        let before = tree(site.root());
        let run = import(&site, &case.kind, &["--format", "short"]);
        assert_eq!(run.code, Some(0), "{name}: {}", run.all());
        let found: Vec<&str> =
            run.stdout.lines().filter(|line| !line.starts_with("Imported ")).collect();
        if found != case.losses {
            wrong.push(format!("{name}: the losses are\n{}", found.join("\n")));
        }
        let first = imported(&site);
        let mut slips = faults(&first, &case.holds, &case.lacks, &case.absent);
        wrong.extend(slips.drain(..).map(|slip| format!("{name}: {slip}")));
        let build = built(&site);
        assert_eq!(build.code, Some(0), "{name}: {}", build.all());
        let again = import(&site, &case.kind, &[]);
        assert!(again.stdout.contains(": 0 written,"), "{name}: {}", again.all());
        assert_eq!(imported(&site), first, "{name}: twice gives the same");
        assert_eq!(tree(site.root()), before, "{name}: the source is not touched");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let site = Site::empty();
    site.write("a.md", "---\ncolour: red\n---\n[x](nowhere.md)\n");
    let dry = import(&site, "markdown", &["--dry-run", "--format", "json"]);
    assert_eq!(dry.code, Some(0), "{}", dry.all());
    assert!(!dst(&site).exists());
    let wet = import(&site, "markdown", &["--format", "json"]);
    assert_eq!(dry.stdout, wet.stdout);
    let lines: Vec<serde_json::Value> = wet
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    assert_eq!(lines[0]["kind"], "key");
    assert_eq!((&lines[0]["file"], &lines[0]["line"]), (&"a.md".into(), &2.into()));
    assert_eq!(lines[1]["kind"], "link");
    assert_eq!((&lines[1]["line"], &lines[1]["column"]), (&4.into(), &5.into()));
    let human = import(&site, "markdown", &[]);
    assert!(human.stdout.contains("    1  link "), "{}", human.all());
}

#[test]
fn a_wrong_call_is_said_and_writes_nothing() {
    let site = Site::empty();
    site.write("src/a.md", "a\n");
    site.write("full/b.txt", "mine\n");
    site.write("site/site.toml", "title = \"x\"\n");
    for (arguments, said) in [
        (["import", "hugo", "missing", "out"], "there is no folder `missing`"),
        (["import", "hugo", "src", "src/out"], "lie within each other"),
        (["import", "hugo", "src", "."], "lie within each other"),
        (["import", "hugo", "src", "src"], "lie within each other"),
        (["import", "hugo", "src", "full"], "no empty folder"),
        (["import", "hugo", "src", "site"], "no empty folder"),
        (["import", "hugo", "full", "out"], "has no pages"),
        (["import", "word", "src", "out"], "invalid value"),
    ] {
        let before = tree(site.root());
        let run = site.run(&arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}: {}", run.all());
        assert!(run.all().contains(said), "{arguments:?}: {}", run.all());
        assert_eq!(tree(site.root()), before, "{arguments:?}");
    }
}

#[test]
fn a_second_import_takes_back_only_what_it_made() {
    let site = Site::empty();
    for name in ["stays", "goes", "edited", "edited-and-gone"] {
        site.write(format!("{name}.md"), format!("# {name}\n"));
    }
    assert_eq!(import(&site, "markdown", &[]).code, Some(0));
    let at = |path: &str| dst(&site).join(path);
    fs::write(at("content/edited.md"), "# mine\n").expect("a page can be edited");
    fs::write(at("content/edited-and-gone.md"), "# mine\n").expect("a page can be edited");
    fs::write(at("content/new.md"), "# new\n").expect("a page can be added");
    site.remove("goes.md");
    site.remove("edited-and-gone.md");
    for _ in 0..2 {
        let run = import(&site, "markdown", &["--format", "short"]);
        assert_eq!(run.code, Some(0), "{}", run.all());
        let kept = "content/edited.md:1:1: kept: the file was changed since the last import; left as it is";
        assert!(run.stdout.contains(kept), "{}", run.all());
        let there = imported(&site);
        assert!(!there.contains_key("content/goes.md"));
        for path in ["content/edited.md", "content/edited-and-gone.md"] {
            assert_eq!(text(&there, path), "# mine\n", "{path}");
        }
        assert_eq!(text(&there, "content/new.md"), "# new\n");
        assert!(there.contains_key("content/stays.md"));
    }
}

/// A source that is broken in every way at once.
fn hostile(site: &Site, kind: &str) {
    site.write("good.md", "# Good\n\n[own](good.md)\n");
    site.write("binary.md", b"\x89PNG\0\0\0");
    site.write("latin.md", b"# Caf\xe9\n");
    site.write("bomb.md", bomb());
    site.write(
        "deep.md",
        format!("---\na: {}1{}\n---\n# Deep\n", "[".repeat(50_000), "]".repeat(50_000)),
    );
    site.write("large.md", format!("---\n{}---\n# Large\n", "key: value\n".repeat(200_000)));
    // 50 MB once, and little more than the limit else, to spare the disk.
    let lines = if kind == "markdown" { 5_000_000 } else { 1_600_000 };
    site.write("huge.md", format!("---\n{}---\n", "key: value\n".repeat(lines)));
    site.write("escape.md", "---\ntitle: \"a\\u001b[31m\\n+++\\n\"\npath: ../../out\nslug: ..\naliases: [../../x, 'a\nb']\n---\n{{< \u{1b}[31m >}}\n");
    site.write(
        "marks.md",
        "{{< a ".repeat(20_000) + &"[".repeat(20_000) + &"{{<b>}}".repeat(20_000),
    );
    site.write("CON.md", "# Con\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        fs::write(site.around().join("secret.md"), "# Secret\n").expect("a file can be made");
        symlink("../secret.md", site.path("out.md")).expect("a link can be made");
        symlink("..", site.path("around")).expect("a link can be made");
        symlink(".", site.path("circle")).expect("a link can be made");
        site.write("line\nbreak.md", "# Break\n");
        site.write("esc\u{1b}[31m.md", "# Escape\n");
    }
}

fn bomb() -> String {
    let mut text = String::from("---\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for n in 1..30 {
        let one = format!("*a{}", n - 1);
        text.push_str(&format!("a{n}: &a{n} [{}]\n", [one.as_str(); 10].join(",")));
    }
    text + "---\n# Bomb\n"
}

#[test]
fn a_hostile_source_ends_in_losses() {
    for kind in KINDS {
        let site = Site::empty();
        hostile(&site, kind);
        if matches!(kind, "zola" | "hugo") {
            site.write("content/x.md", "# X\n");
            fs::rename(site.path("good.md"), site.path("content/good.md")).expect("a file moves");
            for name in ["binary", "latin", "bomb", "deep", "large", "huge", "escape", "marks"] {
                fs::rename(
                    site.path(format!("{name}.md")),
                    site.path(format!("content/{name}.md")),
                )
                .expect("a file moves");
            }
        }
        let around = |site: &Site| {
            let mut all = tree(site.around());
            all.retain(|path, _| !path.starts_with("dst/"));
            all.into_keys().collect::<Vec<String>>()
        };
        let before = around(&site);
        let run = import(&site, kind, &["--format", "short"]);
        run.assert_calm(kind);
        assert_eq!(run.code, Some(0), "{kind}: {}", run.all());
        assert_eq!(around(&site), before, "{kind}: nothing is written elsewhere");
        assert!(!run.all().contains('\u{1b}'), "{kind}: no escape reaches the terminal");
        for said in [
            "binary.md:1:1: file:",
            "latin.md:1:1: encoding:",
            "it unfolds to more than",
            "huge.md:1:1: file: it has",
        ] {
            assert!(run.stdout.contains(said), "{kind}: {said}: {}", run.stdout);
        }
        if cfg!(unix) {
            assert!(run.stdout.contains("leads out of the site"), "{kind}: {}", run.stdout);
        }
        let there = imported(&site);
        assert!(there.keys().all(|path| !path.contains("secret")), "{kind}");
        assert!(there.contains_key("content/good.md"), "{kind}");
        let build = built(&site);
        assert_eq!(build.code, Some(0), "{kind}: {}", build.all());
    }
}

/// Texts that cost a scanner the square of their length, or the reader of what it writes, where it
/// looks back or ahead without a bound: the first letters of the dialects that read them, a name,
/// what is repeated, and what ends it.
const ENDLESS: [(&str, &str, &str, &str); 26] = [
    ("hj", "attributes", "a{:.x}", ""),
    ("hj", "marks-of-lists", ">", "{:.x}{:.x}"),
    ("j", "ids", "{:#x}\n", ""),
    ("q", "spans", "[a]{.x} ", ""),
    ("hq", "braces", "{", ""),
    ("hzjq", "openers", "{{<", ">}}"),
    ("hzjq", "openers-and-words", "{{< 1 {{% 1 {% 1 {{ a(", " >}} %}} %} }}"),
    ("hq", "calls", "{{< b >}}{{% /b %}}", ""),
    ("hz", "pictures", "{{< figure src=a caption=b >}}{{ youtube(id=1) }}", ""),
    ("h", "notes", "{{% note %}}", ""),
    ("j", "raw", "{% raw %}", ""),
    ("j", "raw-and-more", "{% raw %}a{% endraw %}", ""),
    ("j", "ends", "{% endif %}", ""),
    ("j", "values", "{{ a }}", ""),
    ("om", "brackets", "[[", ""),
    ("o", "embeds", "![[x", "]]"),
    ("o", "embedded", "![[good]] [[good]] ", ""),
    ("o", "comments", "%% ", ""),
    ("o", "highlights", "==a", ""),
    ("o", "terms", " #t§", ""),
    ("oh", "callouts", "> [!note]- T\n", ""),
    ("oq", "backticks", "`", ""),
    ("q", "divs", "::: {.callout-note}\n", ""),
    ("q", "labels", " #fig-a", ""),
    ("q", "labelled", "@sec-a @fig-§ ", ""),
    ("oqm", "links", "[x](y§.md) [[z§]] ", ""),
];

/// A source of such texts, each of 100 kB, most of them on one line.
fn endless(site: &Site, kind: &str, folder: &str) {
    for (kinds, name, unit, end) in ENDLESS {
        if !kinds.contains(&kind[..1]) {
            continue;
        }
        let mut text = String::from("# H {#sec-a}\n\n");
        for n in 0.. {
            if text.len() > 100_000 {
                break;
            }
            text.push_str(&unit.replace('§', &n.to_string()));
        }
        site.write(format!("{folder}{name}.md"), text + end);
    }
    let nested = |open: &str, close: &str| open.repeat(4000) + &close.repeat(4000);
    site.write(format!("{folder}nested.md"), nested("{{% note %}}\n", "{{% /note %}}\n"));
    site.write(format!("{folder}nested-divs.md"), nested("::: {.callout-tip}\n", ":::\n"));
    let keys: String = (0..10_000).map(|n| format!("k{n}: a: b\n")).collect();
    let terms: String = (0..10_000).map(|n| format!("t{n} ")).collect();
    site.write(format!("{folder}keys.md"), format!("---\n{keys}---\n"));
    site.write(format!("{folder}tags.md"), format!("---\ntags: {terms}\n---\n"));
    let call = "{{< meta x >}} {{< param x >}} {{ page.x }} ".repeat(2000);
    let value = "y".repeat(90_000);
    site.write(format!("{folder}values.md"), format!("---\nx: {value}\n---\n{call}"));
    for n in 0..300 {
        site.write(format!("{folder}twins/{n}.md"), "---\nslug: twin\n---\n# Twin\n");
    }
    site.write(format!("{folder}good.md"), "# Good\n");
}

/// This test fails by never ending.
#[test]
fn a_text_without_end_takes_no_more_than_its_length() {
    for kind in KINDS {
        let site = Site::empty();
        endless(&site, kind, if matches!(kind, "zola" | "hugo") { "content/" } else { "" });
        let run = import(&site, kind, &["--dry-run"]);
        run.assert_calm(kind);
        assert_eq!(run.code, Some(0), "{kind}: {}", run.all());
    }
}

const SITE_TOML: &str = r#"title = "Evidence"
base_url = "https://example.org"
language = "en"
[checks]
review-overdue = "note"
[[taxonomies]]
name = "topics"
[[taxonomies]]
name = "audience"
"#;

/// The example library with the people and the works it names. Only one dialect has wikilinks;
/// for the others they are links.
fn library(has_wikilinks: bool) -> Site {
    let site = Site::empty();
    let content = support::repository().join("content");
    site.write("site.toml", SITE_TOML);
    for part in ["evidence", "people"] {
        for (path, bytes) in tree(&content.join(part)) {
            site.write(format!("content/{part}/{path}"), bytes);
        }
    }
    site.write("content/_index.md", "+++\ntitle = \"Home\"\n+++\n");
    let works = fs::read(content.join("references.bib")).expect("the works are there");
    site.write("content/references.bib", works);
    // What leads to the manual leads nowhere here, in every dialect alike.
    for (path, bytes) in tree(&site.path("content")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        // Directives are of no other program.
        let is_own = |line: &&str| line.contains("manual/") || line.starts_with("::");
        if path.ends_with(".md") && text.lines().any(|line| is_own(&line)) {
            let lines: Vec<&str> = text.lines().filter(|line| !is_own(line)).collect();
            site.write(format!("content/{path}"), lines.join("\n") + "\n");
        }
    }
    if !has_wikilinks {
        let pages: Vec<(String, String)> = tree(&site.path("content"))
            .into_iter()
            .filter(|(path, _)| path.ends_with(".md"))
            .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("a page is UTF-8")))
            .collect();
        let title = |text: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix("title = "));
            line.unwrap_or_default().trim_matches('"').to_owned()
        };
        let paths = pages.iter().map(|(path, text)| (title(text), path.clone())).collect();
        for (path, text) in &pages {
            site.write(format!("content/{path}"), without_wikilinks(text, &paths));
        }
    }
    site
}

/// A text with links in the place of wikilinks.
fn without_wikilinks(text: &str, paths: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, (inner, after))) =
        rest.split_once("[[").and_then(|(before, from)| Some((before, from.split_once("]]")?)))
    {
        let (name, shown) = inner.split_once('|').unwrap_or((inner, inner));
        let (page, heading) = name.split_once('#').unwrap_or((name, ""));
        let id = heading.to_lowercase().replace(' ', "-");
        let hash = if id.is_empty() { "" } else { "#" };
        out.push_str(before);
        match (paths.get(page), inner.strip_prefix('?')) {
            (Some(path), _) => out.push_str(&format!("[{shown}](@/{path}{hash}{id})")),
            (None, Some(wanted)) => out.push_str(wanted),
            (None, None) => out.push_str(&format!("[[{inner}]]")),
        }
        rest = after;
    }
    out + rest
}

/// Front matter in YAML, with the keys that a dialect has.
fn yaml(table: &toml::Table, kind: &str) -> String {
    let mut out = serde_json::Map::new();
    for (key, value) in table {
        let value = serde_json::to_value(plain(value)).expect("a value is JSON");
        match (key.as_str(), value) {
            ("updated", value) if matches!(kind, "hugo" | "jekyll") => {
                let name = if kind == "hugo" { "lastmod" } else { "last_modified_at" };
                out.insert(name.into(), value);
            }
            ("taxonomies", serde_json::Value::Object(all)) if kind == "hugo" => out.extend(all),
            ("extra", value) if kind == "hugo" => {
                out.insert("params".into(), value);
            }
            (key, value) => {
                out.insert(key.into(), value);
            }
        }
    }
    // Every text of JSON is one of YAML.
    let lines: Vec<String> = out.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
    format!("---\n{}---\n", lines.concat())
}

/// Dates as texts.
fn plain(value: &toml::Value) -> toml::Value {
    match value {
        toml::Value::Datetime(date) => toml::Value::String(date.to_string()),
        toml::Value::Array(all) => toml::Value::Array(all.iter().map(plain).collect()),
        toml::Value::Table(all) => {
            toml::Value::Table(all.iter().map(|(key, value)| (key.clone(), plain(value))).collect())
        }
        other => other.clone(),
    }
}

/// A page as a dialect writes it.
fn rewritten(path: &str, text: &str, kind: &str) -> String {
    let mut parts = text.splitn(3, "+++\n");
    let (_, head, body) = (parts.next(), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    if kind == "zola" {
        return text.to_owned();
    }
    let table: toml::Table = head.parse().expect("front matter is TOML");
    let depth = path.matches('/').count();
    let mut out = String::new();
    let mut rest = body;
    // `](@/x.md#y)` as the dialect links.
    while let Some(at) = rest.find("](@/") {
        out.push_str(&rest[..at + 2]);
        let target = &rest[at + 4..];
        let end = target.find(')').expect("a link ends");
        let (file, tail) = target[..end].split_at(target[..end].find('#').unwrap_or(end));
        out.push_str(&match kind {
            "hugo" => format!("{{{{< relref \"/{file}{tail}\" >}}}}"),
            "jekyll" => format!("{{% link {} %}}{tail}", file.replace("_index", "index")),
            "quarto" => format!(
                "{}{}{tail}",
                "../".repeat(depth),
                file.replace(".md", ".qmd").replace("_index", "index")
            ),
            _ => format!("{}{file}{tail}", "../".repeat(depth)),
        });
        rest = &target[end..];
    }
    out.push_str(rest);
    format!("{}{out}", yaml(&table, kind))
}

#[test]
fn the_example_library_comes_back_as_it_was() {
    for kind in KINDS {
        let own = library(kind == "obsidian");
        let want = own.built(&[]);
        let site = Site::empty();
        for (path, bytes) in tree(&own.path("content")) {
            let folder = if matches!(kind, "zola" | "hugo") { "content/" } else { "" };
            let Some(_) = path.strip_suffix(".md") else {
                site.write(format!("{folder}{path}"), bytes);
                continue;
            };
            let text = String::from_utf8(bytes).expect("a page is UTF-8");
            let new = rewritten(&path, &text, kind);
            let name = match kind {
                "quarto" => path.replace(".md", ".qmd").replace("_index", "index"),
                "jekyll" => path.replace("_index", "index"),
                _ => path.clone(),
            };
            site.write(format!("{folder}{name}"), new);
        }
        if kind == "hugo" {
            site.write("hugo.toml", "[taxonomies]\ntopic = \"topics\"\nviewer = \"audience\"\n");
        }
        let run = import(&site, kind, &["--format", "short"]);
        assert_eq!(run.code, Some(0), "{kind}: {}", run.all());
        fs::write(dst(&site).join("site.toml"), SITE_TOML).expect("the settings can be written");
        // The old addresses of what was a file would be served besides.
        let build = built(&site);
        assert_eq!(build.code, Some(0), "{kind}: {}{}", run.stdout, build.all());
        let found = tree(&dst(&site).join("public"));
        let pages =
            want.keys().filter(|path| path.ends_with(".html") && path.starts_with("evidence/"));
        let mut count = 0;
        for path in pages {
            let (found, want) = (text(&found, path), text(&want, path));
            let slip = found.lines().zip(want.lines()).find(|(found, want)| found != want);
            assert!(found == want, "{kind}: {path}: {slip:?}\n{}", run.stdout);
            count += 1;
        }
        assert!(count >= 7, "{kind}: {count}");
    }
}

#[test]
fn each_kind_of_loss_is_in_the_manual() {
    let page = Path::new("content/manual/migrate/_index.md");
    let text = fs::read_to_string(support::repository().join(page)).expect("the page is there");
    for kind in ibid::import::LossKind::ALL {
        assert!(
            text.contains(&format!("| `{}` |", kind.name())),
            "{} is not in {}",
            kind.name(),
            page.display()
        );
    }
}
