//! What a site says of those who wrote and reviewed its pages, what falls due, and what
//! machines are told.
//!
//! A case is a file in `tests/people/` or `tests/machines/`: the files of a site, what its pages
//! read, and what `ibid due` prints of it.

mod support;

use std::collections::BTreeMap;

use serde::Deserialize;

use support::cases::{Texts, cases, faults};
use support::html::unescape;
use support::{Site, main_of, text};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What holds, in a few words.
    about: String,
    /// The files of the site, beside the usual `site.toml` and home page.
    files: BTreeMap<String, String>,
    /// What the `<main>` of a page says, its tags taken off and white space made single.
    #[serde(default)]
    reads: Texts,
    /// What it does not say.
    #[serde(default)]
    silent: Texts,
    /// Texts that output files hold, in this order.
    #[serde(default)]
    holds: Texts,
    /// Texts that output files do not hold.
    #[serde(default)]
    lacks: Texts,
    /// Files that do not come out.
    #[serde(default)]
    absent: Vec<String>,
    /// More arguments of the build.
    #[serde(default)]
    arguments: Vec<String>,
    /// Runs of `ibid due`: its arguments, and what it prints.
    #[serde(default)]
    due: BTreeMap<String, String>,
}

/// What a page says to somebody who sees no tags.
fn reading(page: &str) -> String {
    let mut out = String::new();
    let mut rest = main_of(page);
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let within_line = ["<a", "</a", "<span", "</span", "<time", "</time"];
        let is_within = within_line.iter().any(|tag| rest[open..].starts_with(tag));
        out.push_str(if is_within { "" } else { " " });
        rest = rest[open..].split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    unescape(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Says what is wrong with the output of a case.
fn judge(case: &Case) -> Vec<String> {
    let site =
        Site::new(&[("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/kb\"\n")]);
    for (path, text) in &case.files {
        site.write(path, text);
    }
    let mut wrong = Vec::new();
    for (arguments, wanted) in &case.due {
        let arguments: Vec<&str> =
            ["due"].into_iter().chain(arguments.split_whitespace()).collect();
        let run = site.run(&arguments);
        if run.code != Some(0) || run.stdout != *wanted || !run.stderr.is_empty() {
            wrong.push(format!("{arguments:?} is to print\n{wanted}but is\n{}", run.all()));
        }
    }
    if case.reads.is_empty() && case.holds.is_empty() && case.lacks.is_empty() {
        return wrong;
    }
    let arguments = ["--format", "short"].into_iter();
    let arguments: Vec<&str> = arguments.chain(case.arguments.iter().map(String::as_str)).collect();
    let run = site.build(&arguments);
    if run.code != Some(0) {
        return vec![format!("the site is to build\n{}", run.all())];
    }
    let output = site.output();
    wrong.extend(faults(&output, &case.holds, &case.lacks, &case.absent));
    let mut compare = |cases: &Texts, has| {
        for (path, texts) in cases {
            let all = reading(text(&output, path));
            for text in texts.iter().filter(|text| all.contains(text.as_str()) != has) {
                let word = if has { "to" } else { "not to" };
                wrong.push(format!("`{path}` is {word} say\n  {text}\nbut is\n  {all}"));
            }
        }
    };
    compare(&case.reads, true);
    compare(&case.silent, false);
    wrong
}

#[test]
fn readers_get_what_the_cases_say() {
    let mut wrong = Vec::new();
    for (name, case) in ["people", "machines"].into_iter().flat_map(cases::<Case>) {
        wrong.extend(judge(&case).iter().map(|text| format!("{name} ({}): {text}", case.about)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
