//! Every example of the CommonMark specification, byte for byte, in the dialect `commonmark`.

use std::collections::BTreeMap;

use ibid::markdown::{Dialect, HoleKind, Options, parse};
use ibid::path::SourcePath;

const SPEC: &str = include_str!("commonmark/spec.txt");
const DEVIATIONS: &str = include_str!("commonmark/deviations.txt");

/// One example of the specification.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

/// Reads the examples, with `→` for a tab as the specification has it.
fn examples() -> Vec<Example> {
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut lines = SPEC.lines();
    while let Some(line) = lines.next() {
        if line.strip_prefix(fence.as_str()) != Some(" example") {
            continue;
        }
        let mut part = |end: &str| -> String {
            let lines = lines.by_ref().take_while(|line| *line != end);
            lines.map(|line| line.replace('→', "\t") + "\n").collect()
        };
        let (markdown, html) = (part("."), part(&fence));
        examples.push(Example { number: examples.len() + 1, markdown, html });
    }
    examples
}

/// Reads the deviations: `number: reason` on a line.
fn deviations() -> BTreeMap<usize, &'static str> {
    let lines = DEVIATIONS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (number, reason) = line.split_once(": ").expect("`number: reason`");
            (number.parse().expect("a number"), reason)
        })
        .collect()
}

#[test]
fn every_example_gives_the_html_of_the_specification() {
    let options = Options { dialect: Dialect::CommonMark, ..Options::default() };
    let deviations = deviations();
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let mut wrong = String::new();
    for Example { number, markdown, html } in examples {
        let outcome = parse(&markdown, 0, &SourcePath::new("content/a.md"), &options);
        assert!(outcome.diagnostics.is_empty(), "{number}: {:?}", outcome.diagnostics);
        // What is no destination has no place in plain CommonMark, and those stand as written.
        let is_href = |kind| matches!(kind, HoleKind::Href(_));
        assert!(outcome.value.body.holes.iter().all(|hole| is_href(hole.kind)), "{number}");
        let got = outcome.value.texts.html;
        match (got == html, deviations.contains_key(&number)) {
            (false, false) => {
                wrong += &format!("{number} differs\n{markdown}--- want\n{html}--- got\n{got}\n");
            }
            (true, true) => wrong += &format!("{number} passes: take it off deviations.txt\n"),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
