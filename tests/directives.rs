//! What readers, feeds and machines get of directives, from components of the theme and of the
//! site.
//!
//! A case is a file in `tests/directives/`: the files of a site, and what its output says.

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
    /// Everything that `ibid check` finds, but for what is not spoken of here.
    #[serde(default)]
    findings: Vec<String>,
    /// Texts that output files hold, in this order.
    #[serde(default)]
    holds: Texts,
    /// Texts that output files do not hold.
    #[serde(default)]
    lacks: Texts,
}

/// Rules that a page of three lines cannot keep.
const BESIDE: [&str; 5] =
    ["[missing-description]", "[empty-section]", "[orphan-page]", "[dead-end]", "[undated-page]"];

fn faults(name: &str, case: &Case) -> Vec<String> {
    let site =
        Site::new(&[("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/kb\"\n")]);
    for (path, text) in &case.files {
        site.write(path, text);
    }
    let mut faults = Vec::new();
    let mut fault = |what: String| faults.push(format!("{name} ({}): {what}", case.about));
    let check = site.run(&["check", "--now", NOW, "--format", "short"]);
    check.assert_calm(name);
    let found: Vec<&str> = check
        .findings()
        .into_iter()
        .filter(|line| !BESIDE.iter().any(|code| line.contains(code)))
        .collect();
    if found != case.findings {
        fault(format!("it finds\n{}\nand should\n{}", found.join("\n"), case.findings.join("\n")));
    }
    if case.findings.iter().any(|line| line.contains("error[")) {
        return faults;
    }
    let run = site.run(&["build", "--now", NOW]);
    if run.code != Some(0) {
        fault(format!("it does not build\n{}", run.all()));
        return faults;
    }
    let said = cases::faults(&site.output(), &case.holds, &case.lacks, &[]);
    said.into_iter().for_each(fault);
    faults
}

#[test]
fn directives_are_shown_as_they_should() {
    let mut all = Vec::new();
    for (name, case) in cases::cases::<Case>("directives") {
        let checks = case.holds.len() + case.lacks.len() + case.findings.len();
        assert!(checks > 0, "{name} checks nothing");
        all.extend(faults(&name, &case));
    }
    assert!(all.is_empty(), "{}", all.join("\n\n"));
}
