//! A page that the preview shows ahead of its site is the page that the next build makes.

mod support;

use std::path::Path;
use std::sync::Arc;

use ibid::config::Overrides;
use ibid::date::Date;
use ibid::output::Memory;
use ibid::path::{OutputPath, SourcePath};
use ibid::pipeline::{self, Imaging, Indexing, Known, Progress, Request};

use support::Site;
use support::picture::photo;

const BIBLIOGRAPHY: &str = "
@article{one, title={One}, author={Ade, Ann}, year={2001}, journal={J}, doi={10.5555/one}}
@article{two, title={Two}, author={Bo, Ben}, year={2002}, journal={J}, doi={10.5555/two}}
@article{new, title={New}, author={Cy, Cal}, year={2003}, journal={J}, doi={10.5555/new}}
";

/// What the site says of a page is off: a page shown ahead has it from the last build.
const CONFIG: &str = "title = \"Test\"\nbase_url = \"https://example.org\"\n\
    [continue_reading]\nlimit = 0\n[citations]\nreferences_page = false\n\
    [extra]\nreading_time = false\n";

const HEAD: &str = "+++\ntitle = \"Tea\"\n+++\n";

const TEA: &str =
    "First [@one] steep, then [pour](@/milk.md).\n\n## How long\n\nAs [[Milk]] does.\n";

struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _: &str, _: usize) {}
    fn step(&self) {}
}

struct Bench {
    site: Site,
    known: Known,
    memory: Arc<Memory>,
}

impl Bench {
    fn new() -> Self {
        let site = Site::new(&[
            ("site.toml", CONFIG),
            ("content/references.bib", BIBLIOGRAPHY),
            (
                "content/milk.md",
                "+++\ntitle = \"Milk\"\n+++\nWarm [@one; @two].\n\n## Cold\n\nOr not. ![Milk](cup.png)\n",
            ),
            ("content/tea.md", &format!("{HEAD}{TEA}")),
        ]);
        site.write("content/cup.png", photo(450, 20));
        site.write("content/new.png", photo(470, 20));
        let mut bench = Self { site, known: Known::lasting(), memory: Arc::default() };
        bench.build();
        bench
    }

    fn request(&self) -> Request<'_> {
        Request {
            root: self.site.root(),
            config: SourcePath::new("site.toml"),
            overrides: Overrides::default(),
            now: Date::parse(support::NOW).expect("a date"),
            strict: false,
            jobs: 1,
            indexing: Indexing::Later,
            images: Imaging::Made,
            figures: false,
            recall: None,
            progress: &Quiet,
        }
    }

    fn build(&mut self) {
        let mut known = std::mem::take(&mut self.known);
        let memory = self.memory.clone();
        let built =
            pipeline::build(&self.request(), &mut known, |_: &Path| Box::new(memory.clone()));
        assert!(built.is_ok_and(|built| built.written.is_some()), "the site builds");
        self.known = known;
    }

    /// Writes the text of `tea.md` and shows it ahead, if that can be.
    fn ahead(&mut self, text: &str) -> bool {
        self.site.write("content/tea.md", text);
        let mut known = std::mem::take(&mut self.known);
        let page = pipeline::ahead(&self.request(), &mut known, "content/tea.md");
        self.known = known;
        let is_shown = page.is_some();
        page.iter().for_each(|page| self.memory.lay_ahead(page).expect("it can be shown"));
        is_shown
    }

    fn shown(&self) -> String {
        let path = OutputPath::new("tea/index.html").expect("a path");
        let bytes = self.memory.read(&path).expect("it can be read").expect("it is there");
        String::from_utf8(bytes.to_vec()).expect("a page is text")
    }
}

#[test]
fn a_page_shown_ahead_is_the_one_that_is_built() {
    let mut bench = Bench::new();
    for body in [
        "Another text.\n",
        "No source, no link, no heading.\n",
        "Two [@two] and one [@one; @two, p. 3], and @one.\n",
        "![A cup](cup.png)\n\n::figure{src=\"cup.png\" alt=\"A cup\"}\n\n![The same](new.png#full)\n",
        "## Other\n\nSee [below](#cold-tea), [milk](milk.md#cold), [[Milk#Cold|cold]].\n\n## Cold tea\n\nYes.[^a]\n\n[^a]: No.\n",
        ":::note\nSaid *so* [@two].\n:::\n\n```rust\nlet a = 1;\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n",
        "[[?Still to be written]]\n",
        TEA,
    ] {
        let before = bench.shown();
        assert!(bench.ahead(&format!("{HEAD}{body}")), "{body}");
        let ahead = bench.shown();
        assert!(ahead != before, "{body}");
        // Twice in a row, as a writer who saves often has it.
        assert!(bench.ahead(&format!("{HEAD}{body}\nMore.\n")));
        assert!(bench.ahead(&format!("{HEAD}{body}")));
        assert!(bench.shown() == ahead, "a second time: {body}");
        bench.build();
        assert!(bench.shown() == ahead, "built: {body}");
    }
}

#[test]
fn what_others_show_or_what_is_at_fault_waits_for_a_build() {
    let mut bench = Bench::new();
    let before = bench.shown();
    for text in [
        "+++\ntitle = \"Green tea\"\n+++\nText.\n",
        "+++\ntitle = \"Tea\"\ndescription = \"Hot.\"\n+++\nText.\n",
        "+++\ntitle = \"Tea\"\naliases = [\"/chai/\"]\n+++\nText.\n",
        "+++\ntitle = \"Tea\nText.\n",
        "+++\ntitle = \"Tea\"\n+++\nNowhere: [a](gone.md).\n",
        "+++\ntitle = \"Tea\"\n+++\nNowhere: [a](milk.md#gone) and [b](#gone).\n",
        "+++\ntitle = \"Tea\"\n+++\nNowhere: [[Gone]].\n",
        "+++\ntitle = \"Tea\"\n+++\nNobody: [@gone].\n",
        "+++\ntitle = \"Tea\"\n+++\nNot printed yet: [@new].\n",
        "+++\ntitle = \"Tea\"\n+++\nNot made yet: ![a](new.png)\n",
        "+++\ntitle = \"Tea\"\n+++\n::: note\nA space too much.\n:::\n",
        "+++\ntitle = \"Tea\"\n+++\n:::gone\nNo such component.\n:::\n",
    ] {
        assert!(!bench.ahead(text), "{text}");
        assert!(bench.shown() == before, "{text}");
    }
    // None of them has left a trace.
    assert!(bench.ahead(&format!("{HEAD}Another text, [@one].\n")));
    assert!(bench.shown() != before);
    bench.memory.drop_ahead();
    assert!(bench.shown() == before);
    let mut known = std::mem::take(&mut bench.known);
    for file in ["content/none.md", "content/_index.md", "content/references.bib", "site.toml"] {
        assert!(pipeline::ahead(&bench.request(), &mut known, file).is_none(), "{file}");
    }
}
