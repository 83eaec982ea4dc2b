//! What readers and machines find by: taxonomies, feeds, sitemaps, redirects, and what is held
//! back. And what they get of directives.
//!
//! A case is a file in `tests/lists/` or `tests/directives/`: the files of a site, and what its
//! output says.

mod support;

use std::collections::BTreeMap;

use serde::Deserialize;
use support::cases::{self, Texts};
use support::{NOW, Site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What holds, in a few words.
    about: String,
    /// The files of the site, beside the usual `site.toml` and home page.
    files: BTreeMap<String, String>,
    /// More arguments of the build.
    #[serde(default)]
    arguments: Vec<String>,
    /// The last line of the build, without its figures.
    #[serde(default)]
    ends: Option<String>,
    /// Everything that `ibid check` finds, but for what is not spoken of here.
    #[serde(default)]
    findings: Vec<String>,
    /// Texts that output files hold, in this order.
    #[serde(default)]
    holds: Texts,
    /// Texts that output files do not hold.
    #[serde(default)]
    lacks: Texts,
    /// Files that do not come out.
    #[serde(default)]
    absent: Vec<String>,
}

/// Rules that a page of three lines cannot keep.
const BESIDE: [&str; 4] =
    ["[missing-description]", "[empty-section]", "[orphan-page]", "[dead-end]"];

/// What is wrong with a case; findings of the rules `beside` are not spoken of in it.
fn faults(name: &str, case: &Case, beside: &[&str]) -> Vec<String> {
    let site =
        Site::new(&[("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/kb\"\n")]);
    for (path, text) in &case.files {
        site.write(path, text);
    }
    let mut faults = Vec::new();
    let mut fault = |what: String| faults.push(format!("{name} ({}): {what}", case.about));
    let asked = |command: &'static str| {
        let more = case.arguments.iter().map(String::as_str);
        [command, "--now", NOW, "--format", "short"].into_iter().chain(more).collect::<Vec<_>>()
    };
    let check = site.run(&asked("check"));
    check.assert_calm(name);
    let found: Vec<&str> = check
        .findings()
        .into_iter()
        .filter(|line| !BESIDE.iter().chain(beside).any(|code| line.contains(code)))
        .collect();
    if found != case.findings {
        fault(format!("it finds\n{}\nand should\n{}", found.join("\n"), case.findings.join("\n")));
    }
    if case.findings.iter().any(|line| line.contains("error[")) {
        return faults;
    }
    let run = site.run(&asked("build"));
    if run.code != Some(0) {
        fault(format!("it does not build\n{}", run.all()));
        return faults;
    }
    let last = run.stderr.lines().chain(run.stdout.lines()).last().unwrap_or_default();
    if let Some(end) = &case.ends
        && !last.ends_with(end)
    {
        fault(format!("the build ends with `{last}`, which does not end with `{end}`"));
    }
    let said = cases::faults(&site.output(), &case.holds, &case.lacks, &case.absent);
    said.into_iter().for_each(fault);
    faults
}

fn assert_all_hold(folder: &str, beside: &[&str]) {
    let mut all = Vec::new();
    for (name, case) in cases::cases::<Case>(folder) {
        let checks = case.holds.len() + case.lacks.len() + case.absent.len() + case.findings.len();
        assert!(checks > 0, "{name} checks nothing");
        all.extend(faults(&name, &case, beside));
    }
    assert!(all.is_empty(), "{}", all.join("\n\n"));
}

#[test]
fn lists_hold_what_they_should() {
    assert_all_hold("lists", &[]);
}

#[test]
fn directives_are_shown_as_they_should() {
    assert_all_hold("directives", &["[undated-page]"]);
}
