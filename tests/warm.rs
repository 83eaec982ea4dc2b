//! A build that finds the work of an earlier one does as a clean build would.
#![allow(clippy::disallowed_methods, reason = "a test writes and reads the sites it builds")]

mod support;

use std::fs::{self, File};
use std::path::Path;

use support::picture::photo;
use support::{Run, Site, difference, text, tree};

/// A site that rests on something of every kind.
fn site() -> Site {
    let site = plain_site();
    site.write(
        NOT_FOUND,
        "{% set data = load_data(path=\"data/x.toml\") %}<main>{{ data.word }}</main>\n",
    );
    site.write("data/x.toml", "word = \"one\"\n");
    site
}

/// One whose templates ask for nothing that cannot be told before.
fn plain_site() -> Site {
    let site = Site::new(&[
        (
            "site.toml",
            "title = \"Warm\"\nbase_url = \"https://example.org/kb\"\ntheme = \"mine\"\n\n[[taxonomies]]\nname = \"topics\"\nfeed = true\n\n[feed]\n\n[citations]\nfiles = [\"refs.bib\"]\nstyle = \"styles/house.csl\"\n\n[checks]\nbroken-link = \"warning\"\nbroken-wikilink = \"warning\"\nbroken-heading = \"warning\"\nambiguous-wikilink = \"warning\"\nduplicate-id = \"warning\"\nduplicate-heading-id = \"warning\"\nmissing-asset = \"warning\"\n",
        ),
        ("themes/mine/theme.toml", "name = \"mine\"\nextends = \"scholar\"\n"),
        (NOT_FOUND, "<main>Gone</main>\n"),
        ("themes/mine/static/mine.css", "p { color: red }\n"),
        ("templates/components/dates.html", DATES),
        ("i18n/en.toml", "sources = \"Sources\"\n"),
        ("static/.well-known/security.txt", "Contact: mailto:a@example.org\n"),
        ("content/old~/page.md", "+++\ntitle = \"Old\"\n+++\n"),
        ("static/robots.txt", "User-agent: *\n"),
        ("styles/house.csl", STYLE),
        (
            "content/refs.bib",
            "@book{a, title = {First}, author = {Ann One}, year = 2001}\n@book{b, title = {Second}, author = {Bo Two}, year = 2002}\n",
        ),
        (
            "content/plan.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"1\"/>\n",
        ),
        ("content/s/_index.md", "+++\ntitle = \"Section\"\n+++\nAll of it.\n"),
    ]);
    site.write("content/photo.png", photo(450, 20));
    for n in 0..8 {
        let next = (n + 3) % 8;
        let page = format!(
            "+++\ntitle = \"Page {n}\"\ndescription = \"About {n}\"\ndate = 2025-02-0{}\n\n[taxonomies]\ntopics = [\"t{}\"]\n+++\n\n## Part\n\nSee [[Page {next}]] and [it](page-{next}.md#part).\n\nSaid so [@{}].\n\n![plan](../plan.svg)\n",
            n + 1,
            n % 3,
            if n % 2 == 0 { "a" } else { "b" },
        );
        site.write(format!("content/s/page-{n}.md"), page);
    }
    site
}

const NOT_FOUND: &str = "themes/mine/templates/404.html";

/// A component that looks up what a page is not given.
const ASKING: &str = "{%- component byline(page, @lang) -%}<p>\
    {%- set section = get_section(path=\"s/_index.md\") %}{%- for other in section.pages %} {{ other.title }}{% endfor %}\
    {{ get_url(path=\"@/s/_index.md\") }} {{ now() }}</p>{%- endcomponent byline -%}\n";

const DATES: &str = "{%- component dates(page, @lang) -%}<p>{{ page.date }}</p>{%- endcomponent dates -%}\n\
     {%- component once.footer(@config, @lang) -%}<p>{{ config.title }} {{ trans(key=\"sources\") }}</p>\
     {%- endcomponent once.footer -%}\n";

const STYLE: &str = r#"<?xml version="1.0"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>House</title><id>house</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<citation><layout delimiter=","><text variable="citation-number"/></layout></citation>
<bibliography><layout><text variable="citation-number" suffix=". "/><text variable="title"/></layout></bibliography>
</style>
"#;

/// What a run says, without the last line, which counts and measures.
fn said(run: &Run) -> String {
    let all = run.all();
    let lines = all.lines().filter(|line| !line.starts_with("Built "));
    lines.collect::<Vec<_>>().join("\n")
}

/// Builds over what is there, and from nothing beside it, and expects the same of both.
///
/// Gives whether there was anything to compare: a site with errors is not written.
fn assert_as_clean(site: &Site, what: &str) -> bool {
    let warm = site.run(&["build"]);
    let clean = site.around().join("clean");
    let _ = fs::remove_dir_all(&clean);
    let output = clean.to_str().expect("the folder has a name in UTF-8");
    let cold = site.run(&["build", "--no-cache", "--output", output]);
    assert_eq!(said(&warm), said(&cold), "after {what}");
    assert_eq!(warm.code, cold.code, "after {what}:\n{}", warm.all());
    if cold.code == Some(0) {
        let difference = difference(&tree(&clean), &tree(&site.path("public")));
        assert!(difference.is_empty(), "after {what}, warm is not as clean:\n{difference}");
    }
    cold.code == Some(0)
}

fn explained(site: &Site) -> String {
    site.run(&["build", "--explain"]).stdout
}

/// Builds until there is nothing more to do. A file outside of the author's folders that changed
/// at the moment in which a build began has that build forgotten.
fn settle(site: &Site) {
    site.built(&[]);
    explained(site);
    let now = explained(site);
    assert!(now.contains(NOTHING), "{now}");
}

const NOTHING: &str = "not built: nothing has changed since the last build";

/// Numbers that are the same in every run of the test (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % end
    }

    fn page(&mut self) -> String {
        format!("content/s/page-{}.md", self.below(10))
    }
}

fn replace(site: &Site, path: &str, from: &str, to: &str) {
    if let Ok(old) = fs::read_to_string(site.path(path)) {
        site.write(path, old.replacen(from, to, 1));
    }
}

/// Sets a key of a page's front matter.
fn set(site: &Site, path: &str, key: &str, value: &str) {
    if let Ok(old) = fs::read_to_string(site.path(path)) {
        let lines = old.lines().filter(|line| !line.starts_with(&format!("{key} = ")));
        let text: String = lines.map(|line| format!("{line}\n")).collect();
        site.write(path, text.replacen("+++\n", &format!("+++\n{key} = {value}\n"), 1));
    }
}

/// Changes something and says what.
fn edit(site: &Site, dice: &mut Dice) -> String {
    let page = dice.page();
    let n = dice.below(10);
    let page_number = page.trim_end_matches(".md").rsplit('-').next().unwrap_or_default();
    match dice.below(40) {
        0 => replace(site, &page, "See", &format!("Word {n}. See")),
        1 => replace(site, &page, "title = \"Page", &format!("title = \"Page {n}")),
        2 => set(site, &page, "slug", &format!("\"slug-{page_number}-{n}\"")),
        3 => set(site, &page, "aliases", &format!("[\"/old-{page_number}-{n}\"]")),
        4 => replace(site, &page, "topics = [\"t", &format!("topics = [\"u{n}\", \"t")),
        5 => replace(site, "content/refs.bib", "title = {", &format!("title = {{{n} ")),
        6 => replace(site, "templates/components/dates.html", "<p>", &format!("<p>{n} ")),
        7 => replace(site, "themes/mine/templates/404.html", "<main>", &format!("<main>{n} ")),
        8 => replace(site, "site.toml", "title = \"", &format!("title = \"{n} ")),
        9 => {
            let to = site.path(format!("content/s/page-{}.md", dice.below(10)));
            let _ = fs::rename(site.path(&page), to);
        }
        10 => {
            let _ = fs::remove_file(site.path(&page));
        }
        11 => site.write("static/robots.txt", format!("User-agent: {n}\n")),
        12 => replace(site, "data/x.toml", "word = \"", &format!("word = \"{n}")),
        13 => replace(site, "styles/house.csl", "suffix=\"", &format!("suffix=\"{n} ")),
        14 => {
            site.write(format!("content/s/page-{n}.md"), "+++\ntitle = \"Anew\"\n+++\n\n## Part\n");
        }
        15 => site.write("i18n/en.toml", format!("sources = \"Sources {n}\"\n")),
        17 => replace(site, &page, "\n![plan]", &format!("\nPlain words {n}.\n\n![plan]")),
        18 => replace(site, &page, "Plain words", &format!("Simple word {n}, then")),
        19 => replace(site, &page, "and [it]", &format!("or {n} [it]")),
        20 => replace(site, &page, "[it](", &format!("[it {n}](")),
        21 => replace(site, &page, "## Part", &format!("## Start {n} {{#s{n}}}\n\n## Part")),
        22 => replace(site, &page, "[@a]", "[@b]"),
        23 => replace(site, &page, "\n![plan]", "\nMore [@b; @a, p. 3]. As @a has it.\n\n![plan]"),
        24 => replace(site, &page, "\n![plan]", &format!("\nMarked. ^m{n}\n\n![plan]")),
        25 => replace(site, &page, "\n![plan]", "\n:::note\nSee [[Page 1]].\n:::\n\n![plan]"),
        27 => replace(site, &page, "## Part", &format!("## Piece {n}")),
        28 => replace(site, &page, "## Piece", "## Part"),
        29 => replace(site, &page, "Said so", &format!("So {n} it was said")),
        // Words that only one page writes with its marks, or in another language.
        30 => replace(site, &page, "\n![plan]", &format!("\nÉtudes naïves {n}.\n\n![plan]")),
        31 => replace(site, &page, "\n![plan]", "\nEtudes naives, ubungen 痛み.\n\n![plan]"),
        32 => replace(site, &page, "Études naïves", "Studies"),
        33 => set(site, &page, "language", if n < 5 { "\"de\"" } else { "\"fr\"" }),
        26 => replace(site, "content/s/_index.md", "All", &format!("All {n}")),
        16 => replace(site, "content/plan.svg", "width=\"", &format!("width=\"{}", n + 1)),
        34 => site.write("content/photo.png", photo(410 + 20 * n as u32, 20)),
        35 => site.write("content/photo.png", format!("no image {n}")),
        36 => {
            let _ = fs::remove_file(site.path("content/photo.png"));
        }
        37 => replace(site, &page, "\n![plan]", "\n![photo](../photo.png)\n\n![plan]"),
        38 => set(site, &page, "image", "{ src = \"../photo.png\", alt = \"A photo\" }"),
        _ => site.write("themes/mine/static/mine.css", format!("p {{ margin: {n}px }}\n")),
    }
    page
}

/// How many edits are made; the variable asks for more.
fn edits() -> usize {
    std::env::var("WARM_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(60)
}

fn assert_edits_are_as_clean(site: &Site, seed: u64) {
    let mut dice = Dice(seed);
    assert_as_clean(site, "nothing");
    let mut written = 0;
    for n in 0..edits() {
        let page = edit(site, &mut dice);
        written += usize::from(assert_as_clean(site, &format!("edit {n}, with {page}")));
    }
    assert!(written * 10 > edits() * 9, "of {} edits {written} could be compared", edits());
}

#[test]
fn after_any_edit_a_warm_build_is_as_a_clean_one() {
    assert_edits_are_as_clean(&plain_site(), 0x9e37_79b9_7f4a_7c15);
}

#[test]
fn after_any_edit_templates_that_read_data_are_as_in_a_clean_build() {
    assert_edits_are_as_clean(&site(), 0x2545_f491_4f6c_dd1d);
}

#[test]
fn after_any_edit_templates_that_look_things_up_are_as_in_a_clean_build() {
    let site = plain_site();
    site.write("templates/components/byline.html", ASKING);
    assert_edits_are_as_clean(&site, 0x1234_5678_9abc_def1);
}

/// What `--explain` says of the files that were not made.
fn left(site: &Site) -> usize {
    let said = explained(site);
    let line = said.lines().find_map(|line| line.strip_suffix(LEFT));
    let count = line.and_then(|line| line.split(' ').next()?.parse().ok());
    count.unwrap_or_default()
}

const LEFT: &str = "not made: nothing that they show has changed";

#[test]
fn a_word_costs_the_pages_that_show_it() {
    let site = plain_site();
    settle(&site);
    let all = site.output().len();
    // The page alone: nothing of it is shown elsewhere.
    replace(&site, "content/s/page-1.md", "See", "Read");
    let word = left(&site);
    // Its title is shown by the pages around it.
    replace(&site, "content/s/page-2.md", "title = \"Page", "title = \"Sheet");
    let title = left(&site);
    // The frame of all pages.
    site.write("i18n/en.toml", "sources = \"Origins\"\n");
    let words = left(&site);
    // The search index has no words of the theme.
    let is_of_index = |path: &&String| path.starts_with("search/") && !path.ends_with(".html");
    let index = site.output().keys().filter(is_of_index).count();
    assert!(index > 2, "{index} files of {all}");
    assert!(word > title && title > 0 && words == index, "{word}, {title}, {words} of {all}");
    assert!(word >= 12, "{word} of {all}");
    // Where a template reads data, nothing is known before it does.
    site.write(
        NOT_FOUND,
        "{% set x = load_data(literal=\"[]\", format=\"json\") %}<main></main>\n",
    );
    settle(&site);
    replace(&site, "content/s/page-1.md", "Read", "Look at");
    assert_eq!(left(&site), 0);
}

/// The sentence of a link stands on the pages that it leads to, that of a citation in the list of
/// references, and neither anywhere else.
#[test]
fn a_sentence_costs_the_pages_that_show_it() {
    let site = plain_site();
    settle(&site);
    let page = "content/s/page-1.md";
    let shown = |path: &str, words: &str| text(&site.output(), path).contains(words);
    replace(&site, page, "See [[", "Mind [[");
    let link = left(&site);
    assert!(shown("s/page-4/index.html", "Mind "));
    assert_as_clean(&site, "a word beside a link");
    replace(&site, page, "Said so", "Told so");
    let citation = left(&site);
    assert!(shown("references/index.html", "Told so"));
    assert_as_clean(&site, "a word beside a citation");
    // The page and those that it leads to, with their sources, and the list.
    let all = site.output().len();
    assert!(link == citation && link >= 12, "{link}, {citation} of {all}");
    // The same where another page is led to.
    replace(&site, page, "[it](page-4.md#part)", "[it](page-5.md#part)");
    replace(&site, page, "Told so", "Said it");
    assert!(left(&site) < link);
    assert!(shown("s/page-5/index.html", "Mind "));
    assert_as_clean(&site, "another link");
}

#[test]
fn where_nothing_changed_nothing_is_built() {
    let site = site();
    let first = site.run(&["build", "--explain"]);
    assert!(first.stdout.contains("built: there is no earlier build"), "{}", first.all());
    settle(&site);
    let again = explained(&site);
    assert!(again.contains("0 files written"), "{again}");
    // Other flags that do not change the site.
    let quiet = site.run(&["build", "--jobs", "1", "--quiet"]);
    assert_eq!((quiet.code, quiet.stdout.as_str(), quiet.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn findings_are_said_again() {
    let site = site();
    site.write(
        "content/s/odd.md",
        "+++\ntitle = \"Odd\"\n+++\n\n[nowhere](https://example.org/kb/s/)\n\n### Deep\n",
    );
    let first = site.run(&["build"]);
    assert!(first.all().contains("content/s/odd.md"), "{}", first.all());
    settle(&site);
    let again = site.run(&["build", "--explain"]);
    assert!(again.stdout.contains(NOTHING), "{}", again.all());
    assert_eq!(
        said(&first),
        said(&again).replace(&format!("{NOTHING}\n"), "").replace(NOTHING, "")
    );
}

/// Every file that the site rests on is one whose change is noticed.
#[test]
fn no_file_of_the_site_can_change_unnoticed() {
    let site = site();
    settle(&site);
    let files: Vec<String> = tree(site.root())
        .into_keys()
        .filter(|path| !path.starts_with("public/") && !path.starts_with(".ibid/"))
        .collect();
    assert!(files.len() > 18, "{files:?}");
    for path in &files {
        let whole = fs::read(site.path(path)).unwrap();
        // As long and as old as it was: only the system knows.
        let time = fs::metadata(site.path(path)).unwrap().modified().unwrap();
        let mut changed = whole.clone();
        let last = changed.len() - 1;
        changed[last] = b' ';
        site.write(path, &changed);
        File::options().write(true).open(site.path(path)).unwrap().set_modified(time).unwrap();
        let now = explained(&site);
        assert!(now.contains(&format!("built: {path} is not as it was")), "{path}:\n{now}");
        site.write(path, &whole);
        settle(&site);
    }
}

#[test]
fn what_comes_and_goes_is_noticed() {
    let site = site();
    settle(&site);
    for path in ["content/new.md", "static/new.txt", "templates/new.html", "i18n/de.toml"] {
        site.write(path, "a = \"b\"\n");
        let now = explained(&site);
        assert!(now.contains(&format!("built: {path} is not as it was")), "{path}:\n{now}");
        settle(&site);
        site.remove(path);
        let now = explained(&site);
        assert!(now.contains(&format!("built: {path} is not as it was")), "{path}:\n{now}");
        settle(&site);
    }
}

#[test]
fn another_day_program_or_flag_is_another_build() {
    let site = site();
    for flags in [
        &["--base-url", "https://example.net"][..],
        &["--now", "2027-01-01"],
        &["--drafts"],
        &["--strict"],
        &["--output", "other"],
    ] {
        settle(&site);
        let run = site.run(&[&["build", "--explain"][..], flags].concat());
        assert!(run.stdout.contains("built: the last build was on another day"), "{}", run.all());
    }
}

type Touch = fn(&Path);

#[test]
fn an_output_folder_that_was_touched_is_made_whole() {
    let site = site();
    settle(&site);
    let whole = site.output();
    let touches: [(&str, Touch); 4] = [
        ("removed file", |public| fs::remove_file(public.join("404.html")).unwrap()),
        ("changed file", |public| fs::write(public.join("robots.txt"), "x").unwrap()),
        ("removed folder", |public| fs::remove_dir_all(public.join("s")).unwrap()),
        ("removed output", |public| fs::remove_dir_all(public).unwrap()),
    ];
    for (what, touch) in touches {
        touch(&site.path("public"));
        let now = explained(&site);
        assert!(now.contains("built: the output folder is not as"), "{what}:\n{now}");
        let difference = difference(&whole, &site.output());
        assert!(difference.is_empty(), "{what}:\n{difference}");
        settle(&site);
    }
}

#[test]
fn a_damaged_cache_is_thrown_away_with_a_note() {
    let site = site();
    settle(&site);
    let kept = ".ibid/last-build.json";
    let whole = fs::read_to_string(site.path(kept)).unwrap();
    let lie = whole.replace("\"pages\":", "\"pages\":9");
    assert_ne!(whole, lie);
    for damaged in ["", "x", "\u{0}", &whole[..whole.len() / 2], &lie] {
        site.write(kept, damaged);
        let run = site.run(&["build"]);
        assert!(run.all().contains("note: the cache in `.ibid` cannot be read"), "{}", run.all());
        assert_eq!(run.code, Some(0));
        settle(&site);
    }
    let tree = site.output();
    assert!(text(&tree, "s/page-1/index.html").contains("Page 1"));
}

#[test]
fn damaged_files_in_the_cache_are_made_anew() {
    let site = site();
    settle(&site);
    for name in ["pages-000", "search-ledger"] {
        let kept = &format!(".ibid/{name}");
        let whole = fs::read(site.path(kept)).unwrap();
        let mut flipped = whole.clone();
        *flipped.last_mut().unwrap() ^= 1;
        let text = whole.splitn(2, |byte| *byte == b'\n').nth(1).unwrap();
        let foreign = [&[b'0'; 32][..], b"\n", text].concat();
        for damaged in [b"", &b"\n"[..], &whole[..whole.len() / 2], &flipped, &foreign] {
            site.write(kept, damaged);
            replace(&site, "content/s/page-1.md", "See", "Damaged. See");
            assert_as_clean(&site, "a damaged cache");
            assert_ne!(fs::read(site.path(kept)).unwrap(), damaged, "{name} is whole again");
        }
    }
}

/// The texts of pages are read when a file is made of them; where they are not what was put there,
/// the site is built without the cache.
#[test]
fn damaged_texts_in_the_cache_are_noticed_where_they_are_read() {
    let site = site();
    for (turn, &(what, damage)) in DAMAGES.iter().enumerate() {
        // The build before has left no cache where it found a damaged one.
        site.write(format!("content/s/more-{turn}.md"), "+++\ntitle = \"More\"\n+++\nSee it.\n");
        settle(&site);
        let [kept] = &texts(&site)[..] else { panic!("one file of texts") };
        let whole = fs::read(site.path(kept)).unwrap();
        match damage(&whole) {
            Some(damaged) => site.write(kept, damaged),
            None => site.remove(kept),
        }
        // Every page is made of its text.
        let made_with = format!("<p>{turn}</p>\n{{{{ page.content | safe }}}}");
        site.write("templates/page.html", made_with);
        let run = site.run(&["build"]);
        assert_eq!(run.code, Some(0), "{what}: {}", run.all());
        let is_told = run.all().contains("note: the cache in `.ibid` cannot be read");
        assert_eq!(is_told, damage(&whole).is_some(), "{what}: {}", run.all());
        let after = site.output();
        assert!(text(&after, "s/page-1/index.html").contains("See"), "{what}");
        assert_as_clean(&site, what);
        settle(&site);
    }
}

type Damage = fn(&[u8]) -> Option<Vec<u8>>;

const DAMAGES: &[(&str, Damage)] = &[
    ("empty", |_| Some(Vec::new())),
    ("cut off", |whole| Some(whole[..whole.len() / 2].to_vec())),
    ("other bytes", |whole| Some(whole.iter().map(|byte| byte ^ 1).collect())),
    ("foreign", |whole| Some(vec![b'x'; 2 * whole.len()])),
    ("gone", |_| None),
];

/// The files in which texts lie.
fn texts(site: &Site) -> Vec<String> {
    let files = fs::read_dir(site.path(".ibid")).expect("there is a cache").flatten();
    let names = files.filter_map(|file| file.file_name().into_string().ok());
    let names = names.filter(|name| name.starts_with("texts-"));
    names.map(|name| format!(".ibid/{name}")).collect()
}

/// What pages no longer say does not stay for ever.
#[test]
fn old_texts_in_the_cache_are_cleared_away() {
    let site = site();
    let long = |n: u32| {
        let words = (0..40_000).map(|word| format!("w{}", (word * 7919 + n) % 999_983));
        format!("+++\ntitle = \"Long\"\n+++\n{}\n", words.collect::<Vec<_>>().join(" "))
    };
    let size = || fs::metadata(site.path(&texts(&site)[0])).unwrap().len();
    let mut sizes = Vec::new();
    for n in 0..12 {
        site.write("content/s/long.md", long(n));
        site.built(&[]);
        assert_eq!(texts(&site).len(), 1);
        sizes.push(size());
    }
    assert!(sizes[1] > sizes[0], "what is new is put behind the old: {sizes:?}");
    let most = 2 * sizes[0] + (2 << 20);
    assert!(sizes.iter().all(|size| *size < most), "{sizes:?}");
    assert!(sizes.windows(2).any(|two| two[1] < two[0]), "{sizes:?}");
    assert_as_clean(&site, "texts that were cleared away");
}

/// A page whose file is as it was is not read again; what is as long and as old is not as it was.
#[test]
fn a_page_as_old_as_before_is_read_where_it_is_another() {
    let site = site();
    settle(&site);
    let page = "content/s/page-1.md";
    let time = fs::metadata(site.path(page)).unwrap().modified().unwrap();
    fs::copy(site.path(page), site.path("kept.md")).unwrap();
    let set_back = |path: &str| {
        File::options().write(true).open(site.path(path)).unwrap().set_modified(time).unwrap();
    };
    set_back("kept.md");
    replace(&site, page, "See", "Eye");
    set_back(page);
    assert_as_clean(&site, "a page as old as before");
    // A build that writes nothing keeps what it has read all the same.
    settle(&site);
    replace(&site, page, "Eye", "Spy");
    site.write("content/s/broken.md", "+++\ntitle = \"Never closed\"\n");
    assert_ne!(site.run(&["build"]).code, Some(0));
    fs::rename(site.path("kept.md"), site.path(page)).unwrap();
    fs::remove_file(site.path("content/s/broken.md")).unwrap();
    assert_as_clean(&site, "a page as old as before a build that failed");
}

#[test]
fn a_site_of_many_constructs_is_as_in_a_clean_build() {
    let site = Site::own();
    site.built(&[]);
    let faulty = "+++\ntitle = \"Faulty\"\nodd = 1\n+++\n![](gone.svg) [a](gone.md) [@gone]\n";
    site.write("content/faulty.md", faulty);
    assert_eq!(site.run(&["build"]).code, Some(1));
    site.remove("content/faulty.md");
    site.write("content/fair.md", faulty.replace("gone.md", "_index.md").replace("odd = 1\n", ""));
    assert_as_clean(&site, "a page with faults");
    replace(&site, "content/_index.md", "+++\n\n", "+++\n\nA word more.\n\n");
    assert_as_clean(&site, "a word");
}

#[test]
fn the_cache_can_be_done_without() {
    let site = site();
    site.built(&["--no-cache"]);
    assert!(!site.path(".ibid").exists());
    site.built(&[]);
    let mut kept: Vec<_> =
        fs::read_dir(site.path(".ibid")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    kept.sort();
    let names = [
        ".gitignore",
        "CACHEDIR.TAG",
        "last-build.json",
        "pages-000",
        "search-ledger",
        "seen-by-templates",
        "texts-1",
    ];
    assert_eq!(kept, names);
    // A failing build leaves the good output, and is not remembered.
    site.write("content/s/page-1.md", "+++\ntitle = \n+++\n");
    assert_eq!(site.run(&["build"]).code, Some(1));
    assert_eq!(site.run(&["build"]).code, Some(1));
}

/// To open a pipe is to wait for a writer.
#[cfg(unix)]
#[test]
fn a_pipe_that_comes_to_a_built_site_is_named_and_never_opened() {
    let site = site();
    settle(&site);
    let pipe = std::process::Command::new("mkfifo").arg(site.path("content/pipe.md")).status();
    assert!(pipe.expect("the system makes pipes").success());
    for _ in 0..2 {
        let run = site.run(&["build"]);
        assert_eq!(run.code, Some(1), "{}", run.all());
        assert!(run.all().contains("`content/pipe.md` cannot be read"), "{}", run.all());
    }
}

#[cfg(unix)]
#[test]
fn a_cache_that_leads_elsewhere_is_not_written_to() {
    let site = site();
    let elsewhere = site.around().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, site.path(".ibid")).unwrap();
    site.built(&[]);
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
}
