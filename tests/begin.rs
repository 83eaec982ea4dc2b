//! `ibid init` and `ibid new`: what they make, and where they refuse.

#![allow(clippy::disallowed_methods, reason = "a test looks at what was made")]

mod support;

use support::{Site, tree};

const PERSON: &str = "+++\ntitle = \"Jane Doe\"\ndescription = \"\"\ndraft = true\n\n[person]\n\
    # credentials = \"MD, PhD\"\n# role = \"Medical reviewer\"\n# affiliation = \"Example Hospital\"\n\
    # orcid = \"0000-0002-1825-0097\"\n# links = [\"https://example.org/doe\"]\n+++\n\n";

#[test]
fn a_new_site_builds_without_a_word() {
    let site = Site::empty();
    site.run(&["init"]).assert_calm("init");
    let check = site.run(&["check", "--strict"]);
    assert_eq!(check.code, Some(0), "{}", check.all());
    let again = site.run(&["init"]);
    assert_eq!(again.code, Some(1), "{}", again.all());
    assert!(again.all().contains("`.` is a site already"), "{}", again.all());
}

#[test]
fn a_new_page_has_its_front_matter() {
    let site = Site::empty();
    site.run(&["init"]).assert_calm("init");
    for (asked, file, text) in [
        (
            "tea.md",
            "tea.md",
            "+++\ntitle = \"Tea\"\ndescription = \"\"\ndate = 2026-03-01\ndraft = true\n+++\n\n",
        ),
        (
            "notes/Green Tea",
            "notes/Green Tea.md",
            "+++\ntitle = \"Green Tea\"\ndescription = \"\"\ndate = 2026-03-01\ndraft = true\n+++\n\n",
        ),
        (
            "content/2026-02-03-cold.md",
            "2026-02-03-cold.md",
            "+++\ntitle = \"Cold\"\ndescription = \"\"\ndate = 2026-02-03\ndraft = true\n+++\n\n",
        ),
        (
            "my_index.md",
            "my_index.md",
            "+++\ntitle = \"My index\"\ndescription = \"\"\ndate = 2026-03-01\ndraft = true\n+++\n\n",
        ),
        (
            "notes/",
            "notes/_index.md",
            "+++\ntitle = \"Notes\"\ndescription = \"\"\nsort_by = \"title\"\n+++\n",
        ),
        ("people/jane-doe.md", "people/jane-doe.md", PERSON),
        (
            "people/ann-lee/index.md",
            "people/ann-lee/index.md",
            &PERSON.replace("Jane Doe", "Ann Lee"),
        ),
        (
            "people/_index.md",
            "people/_index.md",
            "+++\ntitle = \"People\"\ndescription = \"\"\nsort_by = \"title\"\n+++\n",
        ),
        (
            "notes/long.markdown",
            "notes/long.markdown",
            "+++\ntitle = \"Long\"\ndescription = \"\"\ndate = 2026-03-01\ndraft = true\n+++\n\n",
        ),
    ] {
        let run = site.run(&["new", asked, "--now", "2026-03-01"]);
        assert_eq!(run.code, Some(0), "{}", run.all());
        let path = site.path("content").join(file);
        let made = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(made, text, "{asked}");
    }
    let built = site.run(&["check", "--drafts"]);
    assert_eq!(built.code, Some(0), "{}", built.all());
}

#[test]
fn a_new_page_is_refused_where_it_cannot_be() {
    let site = Site::empty();
    let nowhere = site.run(&["new", "a.md"]);
    assert_eq!(nowhere.code, Some(2), "{}", nowhere.all());
    assert!(nowhere.all().contains("config-missing"), "{}", nowhere.all());
    site.run(&["init"]).assert_calm("init");
    let before = tree(site.root());
    for (asked, said) in [
        ("../a.md", "`../a.md` cannot be a page under `content`"),
        ("a\\b.md", "cannot be a page under `content`"),
        ("", "cannot be a page under `content`"),
        ("/", "`/` is no path below `content`"),
        ("/tmp/y.md", "`/tmp/y.md` is no path below `content`"),
        (".h.md", "`content/.h.md` would be no part of the site"),
        (".drafts/a.md", "`content/.drafts/a.md` would be no part of the site"),
        (".#a", "`content/.#a.md` would be no part of the site"),
    ] {
        let run = site.run(&["new", asked]);
        assert_eq!(run.code, Some(2), "{asked}: {}", run.all());
        assert!(run.all().contains(said) && run.all().contains("help:"), "{asked}: {}", run.all());
        assert_eq!(tree(site.root()), before, "{asked}");
    }
    let absolute = site.path("content/deep/a.md");
    let run = site.run(&["new", absolute.to_str().expect("the path is UTF-8")]);
    assert!(run.stdout.contains("Made `content/deep/a.md`"), "{}", run.all());
    let there = site.run(&["new", "first-page.md"]);
    assert_eq!(there.code, Some(1), "{}", there.all());
    assert!(there.all().contains("`content/first-page.md` is there already"), "{}", there.all());
}

#[test]
fn the_summary_for_machines_tells_a_check_from_a_build() {
    let site = Site::new(&[("content/a.md", "+++\ntitle = \"A\"\n+++\n")]);
    let last = |command: &str| {
        let run = site.run(&[command, "--format", "json"]);
        let line = run.stdout.lines().last().unwrap_or_default().to_owned();
        serde_json::from_str::<serde_json::Value>(&line).expect("the last line is JSON")
    };
    let check = last("check");
    assert!(check["summary"]["pages"].is_u64(), "{check}");
    assert!(check["summary"].get("built").is_none(), "{check}");
    assert!(check["summary"].get("written").is_none(), "{check}");
    let build = last("build");
    assert_eq!(build["summary"]["built"], true, "{build}");
    assert!(build["summary"]["written"].is_u64(), "{build}");
}

#[test]
fn what_is_wrong_many_times_is_shown_fifty_times_and_counted() {
    let links = |count: usize| "[here](gone.md)\n".repeat(count);
    let page = |count: usize| format!("+++\ntitle = \"A\"\n+++\n{}", links(count));
    let site = Site::new(&[("content/a.md", &page(50))]);
    let count = |text: &str| text.matches("error[broken-link]").count();
    let run = site.run(&["check"]);
    assert_eq!(count(&run.stderr), 50, "{}", run.all());
    assert!(!run.stderr.contains("more of these"), "{}", run.all());
    site.write("content/a.md", page(53));
    let run = site.run(&["check"]);
    // The last one says how many are not shown.
    assert_eq!(count(&run.stderr), 51, "{}", run.all());
    assert!(run.stderr.contains("error[broken-link]: and 3 more of these\n"), "{}", run.all());
    assert!(run.stderr.contains("help: `--format short` shows them all"), "{}", run.all());
    assert!(run.all().contains("53 errors"), "{}", run.all());
    let short = site.run(&["check", "--format", "short"]);
    assert_eq!(count(&short.stdout), 53, "{}", short.all());
    let json = site.run(&["check", "--format", "json"]);
    assert_eq!(json.stdout.matches("\"code\":\"broken-link\"").count(), 53, "{}", json.all());
}
