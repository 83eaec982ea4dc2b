//! `ibid init` and `ibid new`: what they make, and where they refuse.

#![allow(clippy::disallowed_methods, reason = "a test looks at what was made")]

mod support;

use support::Site;

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
    for asked in ["../a.md", "a\\b.md", "", "/"] {
        let run = site.run(&["new", asked]);
        assert_eq!(run.code, Some(2), "{asked}: {}", run.all());
    }
    let there = site.run(&["new", "first-page.md"]);
    assert_eq!(there.code, Some(1), "{}", there.all());
    assert!(there.all().contains("`content/first-page.md` is there already"), "{}", there.all());
}
