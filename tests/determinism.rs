//! The same site gives the same bytes: in any folder, with any number of threads, at any time.
#![allow(clippy::disallowed_methods, reason = "a test looks at the site it builds")]

mod support;

use support::{Site, Tree, difference, tree};

/// A site with something of everything that could come out in another order.
fn wide() -> Site {
    let site = Site::new(&[
        (
            "site.toml",
            "title = \"Wide\"\nbase_url = \"https://example.org/kb\"\n\n[[taxonomies]]\nname = \"topics\"\nfeed = true\npaginate_by = 3\n\n[feed]\n",
        ),
        ("static/mark.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
    ]);
    for section in ["algebra", "botany", "cells"] {
        let front =
            format!("+++\ntitle = \"{section}\"\nsort_by = \"date\"\npaginate_by = 4\n+++\n");
        site.write(format!("content/{section}/_index.md"), front);
        for number in 0..12 {
            let next = (number + 5) % 12;
            let page = format!(
                "+++\ntitle = \"Page {number}\"\ndescription = \"About {number}\"\ndate = 2025-01-{:02}\n\
                 aliases = [\"/old/{section}-{number}\"]\n\n[taxonomies]\ntopics = [\"odd {}\", \"all\", \"{section}\"]\n+++\n\n\
                 ## One\n\nSee [another](@/{section}/page-{next}.md#one) and [data](data.csv).[^n]\n\n\
                 [^n]: A note.\n\n```rust\nfn main() {{ println!(\"{number}\"); }}\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
                number % 3 + 1,
                number % 2,
            );
            site.write(format!("content/{section}/page-{number}.md"), page);
        }
        site.write(format!("content/{section}/data.csv"), "a,b\n1,2\n");
    }
    site
}

fn built(make: fn() -> Site, arguments: &[&str]) -> (Tree, String) {
    let site = make();
    let tree = site.built(arguments);
    (tree, site.around().to_string_lossy().into_owned())
}

fn assert_same(before: &Tree, after: &Tree, what: &str) {
    let difference = difference(before, after);
    assert!(difference.is_empty(), "{what} changes the output:\n{difference}");
}

fn assert_nothing_shows(make: fn() -> Site) {
    let (one, folder) = built(make, &["--jobs", "1"]);
    assert!(one.len() > 3, "the site of this test has come out: {:?}", one.keys());
    let (two, _) = built(make, &["--jobs", "2"]);
    assert_same(&one, &two, "the number of threads, or the folder,");
    let (again, _) = built(make, &["--jobs", "2"]);
    assert_same(&two, &again, "building again from nothing");
    for (path, bytes) in &one {
        let holds = |words: &str| bytes.windows(words.len()).any(|part| part == words.as_bytes());
        assert!(!holds(&folder), "`{path}` holds the folder it was built in");
        assert!(
            !holds(env!("CARGO_MANIFEST_DIR")),
            "`{path}` holds the folder ibid was compiled in"
        );
    }
}

#[test]
fn threads_folders_and_time_do_not_show() {
    assert_nothing_shows(wide);
}

#[test]
fn threads_folders_and_time_do_not_show_in_the_own_site() {
    assert_nothing_shows(Site::own);
}

#[test]
fn a_second_build_changes_nothing() {
    let site = wide();
    let cold = site.built(&[]);
    assert_same(&cold, &site.built(&[]), "building over the same output");
}

#[test]
fn every_edit_gives_what_a_clean_build_gives() {
    // What changes, where, and the new text; none removes.
    let page = "+++\ntitle = \"New\"\n+++\n\n## One\n";
    let config = "title = \"W\"\nbase_url = \"https://example.net\"\nurls = \"flat\"\n\n[[taxonomies]]\nname = \"topics\"\n";
    let edits = [
        ("a changed title", "content/algebra/page-1.md", Some(page)),
        ("a new page", "content/botany/new.md", Some(page)),
        ("a removed folder", "content/cells", None),
        ("a changed section", "content/algebra/_index.md", Some(page)),
        ("a changed asset", "content/algebra/data.csv", Some("c\n")),
        ("a new template", "templates/page.html", Some("<main>{{ page.title }}</main>\n")),
        ("a removed template", "templates", None),
        ("a removed static file", "static/mark.svg", None),
        ("a page in place of a folder", "content/cells.md", Some(page)),
        ("another layout and base URL", "site.toml", Some(config)),
    ];
    let (warm, clean) = (wide(), wide());
    warm.built(&[]);
    for (what, path, text) in edits {
        for site in [&warm, &clean] {
            match text {
                Some(text) => site.write(path, text),
                None => site.remove(path),
            }
        }
        let rebuilt = warm.built(&[]);
        if clean.path("public").exists() {
            clean.remove("public");
        }
        assert_same(
            &clean.built(&[]),
            &rebuilt,
            &format!("building over an earlier output after {what}"),
        );
        let names = |site: &Site| tree(&site.path("public")).into_keys().collect::<Vec<_>>();
        assert_eq!(names(&warm), names(&clean), "nothing is left over after {what}");
    }
}

#[test]
fn the_date_of_the_build_shows_only_where_it_is_asked_for() {
    let site = wide();
    let january = site.built(&[]);
    let run = site.run(&["build", "--now", "2027-07-07"]);
    assert_eq!(run.code, Some(0), "{}", run.all());
    assert_same(&january, &site.output(), "the date of the build");
    site.write("templates/404.html", "<main>{{ now() }}</main>\n");
    let january = site.built(&[]);
    let run = site.run(&["build", "--now", "2027-07-07"]);
    assert_eq!(run.code, Some(0), "{}", run.all());
    let july = site.output();
    let changed: Vec<_> = january.keys().filter(|path| january[*path] != july[*path]).collect();
    assert_eq!(changed, ["404.html"], "only what calls `now` changes with it");
}
