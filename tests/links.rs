//! After a build no link dangles, in either layout of addresses and under any base URL.
#![allow(clippy::disallowed_methods, reason = "a test copies the site it builds")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use support::html::{Tag, tags, unescape};
use support::{Site, Tree, main_of, repository, text, tree};

/// Where the site is served: `https://example.org` and `/kb`, the second empty at a root.
struct Place<'a> {
    origin: &'a str,
    path: &'a str,
}

/// Everything a file leads to: the attribute for messages, and the destination.
fn destinations(tag: &Tag) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (name, value) in &tag.attributes {
        match name.as_str() {
            "href" | "src" | "poster" | "action" | "data" => found.push(value.clone()),
            "srcset" => found.extend(
                value
                    .split(',')
                    .filter_map(|part| part.split_whitespace().next())
                    .map(str::to_owned),
            ),
            // The refresh of a redirect page, and the pictures and addresses of a card.
            "content" => {
                let after = value.split_once("url=").map_or(value.as_str(), |(_, url)| url);
                let leads =
                    after.starts_with("http") || after.starts_with('/') || after.starts_with("../");
                found.extend(leads.then(|| after.trim_matches('\'').to_owned()));
            }
            _ => {}
        }
    }
    found.into_iter().map(|value| (tag.name.clone(), value)).collect()
}

fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The path below the output folder that a destination in `file` leads to, before the file of
/// a folder is added; none where it leads off the site.
fn locate(destination: &str, file: &str, place: &Place<'_>) -> Option<Result<String, String>> {
    let mut path = destination;
    let own = destination
        .strip_prefix(place.origin)
        .filter(|rest| rest.is_empty() || rest.starts_with('/'));
    if let Some(rest) = own {
        path = if rest.is_empty() { "/" } else { rest };
    } else if destination.starts_with("//") {
        return None;
    } else if let Some((scheme, _)) = destination.split_once(':')
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    {
        return None;
    }
    if let Some(rooted) = path.strip_prefix('/') {
        let below = format!("/{rooted}");
        return Some(
            match below.strip_prefix(place.path).and_then(|rest| rest.strip_prefix('/')) {
                Some(rest) => Ok(rest.to_owned()),
                None => Err(format!("is not below `{}/`", place.path)),
            },
        );
    }
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.pop().is_none() => return Some(Err("climbs out of the site".into())),
            ".." => {}
            part => parts.push(part),
        }
    }
    if path.ends_with("/..") || path.ends_with("/.") || path == ".." || path == "." {
        parts.push("");
    }
    Some(Ok(parts.join("/")))
}

/// Follows every link of every file and gives those that lead nowhere, and how many there are.
fn dangling(output: &Tree, place: &Place<'_>) -> (Vec<String>, usize) {
    let pages: BTreeMap<&str, Vec<Tag>> = output
        .iter()
        .filter(|(path, _)| path.ends_with(".html") || path.ends_with(".xml"))
        .map(|(path, bytes)| (path.as_str(), tags(&String::from_utf8_lossy(bytes))))
        .collect();
    let ids: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(path, tags)| {
            let named =
                tags.iter().filter(|tag| tag.name == "a").filter_map(|tag| tag.value("name"));
            (*path, tags.iter().filter_map(|tag| tag.value("id")).chain(named).collect())
        })
        .collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (file, tags) in &pages {
        // A fragment has exactly one target: no two elements of a page have one id.
        let mut seen = BTreeSet::new();
        for id in tags.iter().filter_map(|tag| tag.value("id")) {
            if !seen.insert(id) {
                wrong.push(format!("{file}: two elements have the id `{id}`"));
            }
        }
        let mut all: Vec<(String, String)> = tags.iter().flat_map(destinations).collect();
        let source = text(output, file);
        all.extend(
            source.split("<loc>").skip(1).map(|rest| {
                ("loc".to_owned(), unescape(rest.split("</loc>").next().unwrap_or("")))
            }),
        );
        for (name, destination) in all {
            let (address, fragment) = destination.split_once('#').unwrap_or((&destination, ""));
            let address = address.split('?').next().unwrap_or("");
            let target = if address.is_empty() {
                Some(Ok((*file).to_owned()))
            } else {
                locate(address, file, place)
            };
            let Some(target) = target else { continue };
            count += 1;
            let mut say = |why: String| {
                wrong.push(format!("{file}: <{name}> leads to `{destination}`, which {why}"));
            };
            let target = match target {
                Ok(target) => decode(&target),
                Err(why) => {
                    say(why);
                    continue;
                }
            };
            let target = if target.is_empty() || target.ends_with('/') {
                target + "index.html"
            } else {
                target
            };
            let fragment = decode(fragment);
            if !output.contains_key(&target) {
                say(format!("would be `{target}`, and that did not come out"));
            } else if !fragment.is_empty()
                && fragment != "top"
                && !ids.get(target.as_str()).is_some_and(|ids| ids.contains(fragment.as_str()))
            {
                say(format!("names no id of `{target}`"));
            }
        }
    }
    (wrong, count)
}

fn assert_whole(output: &Tree, place: &Place<'_>, least: usize) {
    let (wrong, count) = dangling(output, place);
    assert!(wrong.is_empty(), "{} links dangle:\n  {}", wrong.len(), wrong.join("\n  "));
    assert!(count >= least, "only {count} links were seen: the checker or the theme has lost some");
}

fn matrix(urls: &str, path: &str) -> Tree {
    let site = Site::empty();
    for (file, bytes) in tree(&repository().join("tests/sites/links")) {
        site.write(&file, bytes);
    }
    let config = std::fs::read_to_string(site.path("site.toml")).expect("the site has a site.toml");
    let base = format!("https://example.org{path}");
    let config = config.replace("https://example.org", &base);
    site.write("site.toml", config.replacen("\n\n", &format!("\nurls = \"{urls}\"\n\n"), 1));
    let output = site.built(&["--strict"]);
    assert_whole(&output, &Place { origin: "https://example.org", path }, 100);
    output
}

fn assert_made(output: &Tree, files: &[&str]) {
    let missing: Vec<_> = files.iter().filter(|file| !output.contains_key(**file)).collect();
    let all: Vec<_> = output.keys().collect();
    assert!(missing.is_empty(), "did not come out: {missing:?}; what did: {all:#?}");
}

const ASSETS: &[&str] =
    &["home.svg", "leaf/leaf.svg", "notes/notes.svg", "notes/a table.csv", "notes/deep/deep.svg"];

#[test]
fn folders_at_the_root() {
    let output = matrix("directory", "");
    assert_made(&output, ASSETS);
    assert_made(
        &output,
        &["leaf/index.html", "plain/index.html", "notes/index.html", "notes/flat/index.html"],
    );
    assert_made(&output, &["guide/moved/index.html", "old-leaf/index.html", "older/leaf.html"]);
}

#[test]
fn folders_under_a_sub_path() {
    let output = matrix("directory", "/kb/of/us");
    assert_made(&output, ASSETS);
    let home = main_of(text(&output, "index.html"));
    assert!(home.contains("/kb/of/us/"), "a link of the home page has the sub-path: {home}");
}

#[test]
fn files_at_the_root() {
    let output = matrix("flat", "");
    assert_made(&output, ASSETS);
    assert_made(&output, &["index.html", "leaf.html", "plain.html", "notes/flat.html"]);
}

#[test]
fn files_under_a_sub_path() {
    assert_made(&matrix("flat", "/kb"), ASSETS);
}

#[test]
fn the_own_site_has_no_dangling_link() {
    let output = Site::own().built(&["--base-url", "https://example.net/own"]);
    assert_whole(&output, &Place { origin: "https://example.net", path: "/own" }, 100);
}

#[test]
fn every_file_of_the_output_can_be_linked_to() {
    for urls in ["directory", "flat"] {
        let site = Site::own();
        let config = std::fs::read_to_string(site.path("site.toml")).expect("it has a site.toml");
        let config = config.replace("name = \"topics\"", "name = \"topics\"\npaginate_by = 2");
        assert!(config.contains("markdown_twins = true"), "the site has twins to link to");
        site.write("site.toml", format!("urls = \"{urls}\"\n{config}"));
        let output = site.built(&[]);
        let mut page = "+++\ntitle = \"All\"\n+++\n".to_owned();
        // What the search index is cut into is for its script alone, and images in other sizes are
        // for browsers to choose from: both have names that do not last.
        let hidden = [".ibid", "search/data/", "sized/"];
        let is_linked = |file: &&String| !hidden.iter().any(|start| file.starts_with(start));
        let files: Vec<&String> = output.keys().filter(is_linked).collect();
        for file in &files {
            page.push_str(&format!("[{file}](</{file}>)\n"));
        }
        assert!(files.len() > 100, "only {} files came out", files.len());
        site.write("content/all.md", &page);
        let run = site.run(&["check", "--format", "short"]);
        let wrong: Vec<&str> = run
            .findings()
            .into_iter()
            .filter(|line| line.starts_with("content/all.md:") && line.contains("error["))
            .collect();
        assert!(wrong.is_empty(), "{urls}:\n{}", wrong.join("\n"));
    }
}

/// Where the links of a page lead, in a form in which those of both layouts are one.
fn meant(urls: &str, home: bool, page: &str, links: &str) -> Vec<String> {
    let site = Site::empty();
    site.write("site.toml", format!("base_url = \"https://example.org\"\nurls = \"{urls}\"\n"));
    let bib = "@book{k, title = {K}, author = {Roe, Sam}, publisher = {House}, year = 2001}\n";
    site.write("content/references.bib", bib);
    for other in ["a.md", "b.md", "g/_index.md", "g/c.md", "g/d/index.md"] {
        let text = if other == page { links } else { "" };
        site.write(
            format!("content/{other}"),
            format!("+++\ntitle = \"{other}\"\n+++\n[@k]\n{text}\n"),
        );
    }
    if home {
        site.write("content/_index.md", "+++\ntitle = \"Home\"\n+++\n");
    }
    let file = page.replace("/index.md", ".md").replace("/_index.md", ".md");
    let file = match urls {
        "flat" if !page.ends_with("_index.md") => file.replace(".md", ".html"),
        _ => file.replace(".md", "/index.html"),
    };
    let output = site.built(&[]);
    let main = main_of(text(&output, &file));
    let links = tags(main).into_iter().filter(|tag| tag.name == "a");
    let hrefs = links.filter_map(|tag| tag.value("href").map(str::to_owned));
    let plain = |href: String| href.replace(".html", "/").replace(".sources", "/sources");
    hrefs.filter(|href| href.starts_with('/')).map(plain).collect()
}

#[test]
fn a_text_means_the_same_in_both_layouts() {
    let top =
        "[1](.) [2](..) [3](./) [4](../) [5](../b/) [6](../g/c/) [7](b) [8](../g/d/#) [9](b.html)";
    let deep = "[1](.) [2](..) [3](../) [4](../d/) [5](../../b/) [6](../..) [7](d/) [8](d.html) [9](@/a.md)";
    let made = "[1](sources.bib) [2](./sources.ris)";
    let all = [
        ("a.md", top),
        ("g/c.md", deep),
        ("g/d/index.md", deep),
        ("g/_index.md", "[1](.) [2](..)"),
    ];
    for (page, links) in all.into_iter().chain([("a.md", made), ("g/d/index.md", made)]) {
        for home in [true, false] {
            let [folders, files] = ["directory", "flat"].map(|urls| meant(urls, home, page, links));
            assert!(folders.len() >= links.matches("](").count(), "{page}: {folders:?}");
            assert_eq!(folders, files, "{page}, with a home page: {home}");
        }
    }
}

#[test]
fn a_dangling_link_is_seen() {
    let page = |body: &str| {
        Tree::from([
            ("a/index.html".to_owned(), body.as_bytes().to_vec()),
            ("b.svg".into(), Vec::new()),
        ])
    };
    let seen = |body: &str| {
        dangling(&page(body), &Place { origin: "https://example.org", path: "/kb" }).0.len()
    };
    for whole in [
        "<a href=\"#x\" id=x>",
        "<a href='../b.svg'>",
        "<a href=/kb/a/>",
        "<a href=\"https://example.org/kb/a/?q=1#top\">",
        "<a href=\"https://example.com/x\">",
        "<a href=\"mailto:a@b.c\">",
        "<!-- <a href=x> -->",
        "<script>'<a href=x>'</script>",
        "<i id=\"a&amp;b\"></i><a href=\"#a&#38;b\">",
        "<i id=ü></i><a href=\"/kb/a/#%C3%BC\">",
        "<meta content='0; url=/kb/a/'>",
    ] {
        assert_eq!(seen(whole), 0, "{whole}");
    }
    for broken in [
        "<a href=\"#x\">",
        "<a href='b.svg'>",
        "<a href=/a/>",
        "<a href=/kb/a>",
        "<a href=\"https://example.org/kb/c/\">",
        "<img src=../c.svg>",
        "<img srcset='../b.svg 1x, ../c.svg 2x'>",
        "<a href=../../../b.svg>",
        "<loc>https://example.org/kb/c</loc>",
        "<meta content='0; url=/kb/c/'>",
        "<i id=x></i><b id=x></b><a href=\"#x\">",
    ] {
        assert_eq!(seen(broken), 1, "{broken}");
    }
}

/// A page of the torture site: its path, its title, a name among its aliases, and the file it
/// becomes in either layout of addresses.
const PAGES: [(&str, &str, &str, &str, &str); 7] = [
    ("_index.md", "The top of it all", "first of all", "index.html", "index.html"),
    ("plain.md", "A plain page", "just text", "plain/index.html", "plain.html"),
    ("bundle/index.md", "Page & files", "a package", "bundle/index.html", "bundle.html"),
    ("section/_index.md", "A section", "many pages", "section/index.html", "section/index.html"),
    ("section/leaf.md", "A leaf", "green thing", "section/leaf/index.html", "section/leaf.html"),
    (
        "section/nested/pack/index.md",
        "Deep *down*",
        "very deep",
        "section/nested/pack/index.html",
        "section/nested/pack.html",
    ),
    (
        "section/Über uns.md",
        "Wir über uns",
        "ü b e r",
        "section/uber-uns/index.html",
        "section/uber-uns.html",
    ),
];

/// A file of the torture site and where it is served.
const FILES: [(&str, &str); 5] = [
    ("root.svg", "root.svg"),
    ("bundle/own.svg", "bundle/own.svg"),
    ("section/second.svg", "section/second.svg"),
    ("section/nested/far.svg", "section/nested/far.svg"),
    ("section/nested/pack/with space.svg", "section/nested/pack/with space.svg"),
];

/// The way from the folder of one path to another.
fn way(from: &str, to: &str) -> String {
    let up = from.matches('/').count();
    format!("{}{to}", "../".repeat(up))
}

/// The address of an output file, without its first `/`.
fn address(file: &str) -> String {
    file.strip_suffix("index.html").unwrap_or(file).to_owned()
}

/// Every form in which a page can link to another. The words of each link say where it is to
/// lead, so that a link to the wrong page is seen.
fn forms(from: &str, to: usize, flat: bool, path: &str) -> Vec<String> {
    let (file, title, alias, folders, files) = PAGES[to];
    let output = if flat { files } else { folders };
    let way = way(from, file).replace(' ', "%20");
    let bare = file.strip_suffix(".md").unwrap_or(file);
    let name = bare.strip_suffix("/_index").or(bare.strip_suffix("/index")).unwrap_or(bare);
    let served = address(output);
    let mut forms = vec![
        format!("[={output}]({way})"),
        format!("[={output}#two-words]({way}#two-words)"),
        format!("[={output}#two-words](<@/{file}#two-words>)"),
        format!("[={output}](/{served})"),
        format!("[={output}]({path}/{served}#)"),
        format!("[={output}][r{to}]\n\n[r{to}]: {way}"),
        format!("<a href=\"{way}#own\">={output}#own</a>"),
        format!("<a href='@/{file}'>={output}</a>"),
        format!("[[{title}|={output}]]"),
        format!("[[{}|={output}]]", title.to_uppercase()),
        format!("[[{title}#Two words|={output}#two-words]]"),
        format!("[[{title}#^own|={output}#own]]"),
        format!("[[{alias}#two-words|={output}#two-words]]"),
        format!("[[/{bare}|={output}]]"),
        format!("[[/{file}|={output}]]"),
        format!("| t |\n| - |\n| [[{title}\\|={output}]] |"),
    ];
    if name != "_index" {
        let last = name.rsplit('/').next().unwrap_or(name);
        forms.push(format!("[[{name}#Two words|={output}#two-words]]"));
        forms.push(format!("[[{last}|={output}]]"));
        forms.push(format!("[[{}|={output}]]", last.replace(' ', "-").to_lowercase()));
    }
    forms
}

/// Every form in which a page can show or name a file.
fn file_forms(from: &str, to: usize, path: &str) -> Vec<String> {
    let (file, output) = FILES[to];
    let way = way(from, file).replace(' ', "%20");
    let served = output.replace(' ', "%20");
    let last = file.rsplit('/').next().unwrap_or(file);
    vec![
        format!("![={output}]({way})"),
        format!("![={output}](<@/{file}>)"),
        format!("![={output}]({path}/{served})"),
        format!("![[{last}|={output}]]"),
        format!("![[{file}|={output}|40]]"),
        format!("[={output}]({way})"),
        format!("[[{last}|={output}]]"),
        format!("[[/{file}|={output}]]"),
        format!("<img alt=\"={output}\" src='{way}' srcset=\"{way} 1x, {way} 2x\">"),
    ]
}

/// The links and pictures of a page whose words say where they lead: destination and words.
fn told(html: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let parsed = tags(&format!("<{tag}>"));
        let Some(tag) = parsed.first() else { continue };
        let words = match tag.name.as_str() {
            "a" => unescape(text),
            "img" => tag.value("alt").unwrap_or("").to_owned(),
            _ => continue,
        };
        let destination = tag.value("href").or(tag.value("src")).unwrap_or("");
        if let Some(words) = words.strip_prefix('=') {
            found.push((destination.to_owned(), words.to_owned()));
        }
    }
    found
}

fn torture(urls: &str, path: &str) {
    let flat = urls == "flat";
    let site = Site::empty();
    let config =
        format!("title = \"T\"\nbase_url = \"https://example.org{path}\"\nurls = \"{urls}\"\n");
    site.write("site.toml", config);
    for (file, _) in FILES {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"2\"/>";
        site.write(format!("content/{file}"), svg);
    }
    let mut written = 0;
    for (from, title, alias, _, _) in PAGES {
        let links: Vec<String> = (0..PAGES.len())
            .flat_map(|to| forms(from, to, flat, path))
            .chain((0..FILES.len()).flat_map(|to| file_forms(from, to, path)))
            .collect();
        written += links.len();
        let text = format!(
            "+++\ntitle = \"{title}\"\ndescription = \"D.\"\naliases = [\"{alias}\"]\n+++\n\n\
             ## Two words\n\n<p id=\"own\">Here.</p>\n\n{}\n",
            links.join("\n\n")
        );
        site.write(format!("content/{from}"), text);
    }
    let output = site.built(&["--strict"]);
    let place = Place { origin: "https://example.org", path };
    assert_whole(&output, &place, written);
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (page, _, _, folders, files) in PAGES {
        let file = if flat { files } else { folders };
        for (destination, words) in told(main_of(text(&output, file))) {
            seen += 1;
            let (address, fragment) = destination.split_once('#').unwrap_or((&destination, ""));
            let target = match address {
                "" => Ok(file.to_owned()),
                address => locate(address, file, &place).unwrap_or(Err("is elsewhere".into())),
            };
            let target = target.map(|target| match decode(&target) {
                target if target.is_empty() || target.ends_with('/') => target + "index.html",
                target => target,
            });
            let fragment = if fragment.is_empty() { "" } else { &format!("#{fragment}") };
            if target.map(|target| format!("{target}{fragment}")) != Ok(words.clone()) {
                wrong.push(format!("{page}: `{words}` leads to `{destination}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} lead astray:\n  {}", wrong.len(), wrong.join("\n  "));
    assert_eq!(seen, written, "every link that was written came out");
}

#[test]
fn every_form_of_link_leads_where_it_says_with_folders_at_the_root() {
    torture("directory", "");
}

#[test]
fn every_form_of_link_leads_where_it_says_with_folders_under_a_sub_path() {
    torture("directory", "/kb/of/us");
}

#[test]
fn every_form_of_link_leads_where_it_says_with_files_at_the_root() {
    torture("flat", "");
}

#[test]
fn every_form_of_link_leads_where_it_says_with_files_under_a_sub_path() {
    torture("flat", "/kb");
}
