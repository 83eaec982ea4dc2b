//! What `ibid serve` promises: the right bytes to browsers, a right site after every change, and
//! no harm from anybody who connects.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "a test changes the site that is served")]

mod preview;
mod support;

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;

use preview::{Preview, without_script};
use support::{NOW, Site, html};

const TEA: &str = "+++\ntitle = \"Tea\"\n+++\n\nGreen tea takes two minutes.\n";

fn site() -> Site {
    Site::new(&[
        ("content/tea.md", TEA),
        ("content/notes/_index.md", "+++\ntitle = \"Notes\"\n+++\n"),
        ("content/notes/a.md", "+++\ntitle = \"A\"\naliases = [\"/old/\"]\n+++\n\nAlpha.\n"),
        ("static/feed.json", "{}"),
        ("static/a b/ü.txt", "umlaut"),
        ("static/robots", "none"),
    ])
}

// What is served.

#[test]
fn files_come_with_their_types() {
    let site = site();
    let preview = Preview::of(&site, &[]);
    let kind = |path: &str| {
        let answer = preview.get(path);
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        answer.header("content-type").unwrap_or_default().to_owned()
    };
    assert_eq!(kind("/"), "text/html; charset=utf-8");
    assert_eq!(kind("/tea/"), "text/html; charset=utf-8");
    assert_eq!(kind("/tea/index.html"), "text/html; charset=utf-8");
    assert_eq!(kind("/old/"), "text/html; charset=utf-8");
    assert_eq!(kind("/feed.json"), "application/json; charset=utf-8");
    assert_eq!(kind("/sitemap.xml"), "text/xml; charset=utf-8");
    assert_eq!(kind("/a%20b/%C3%BC.txt"), "text/plain; charset=utf-8");
    assert_eq!(preview.get("/a%20b/%C3%BC.txt").body, b"umlaut");
    let home = preview.text("/");
    let sheet = html::tags(&home).into_iter().find_map(|tag| {
        let is_sheet = tag.value("rel") == Some("stylesheet");
        is_sheet.then(|| tag.value("href").expect("a style sheet has an address").to_owned())
    });
    assert_eq!(kind(&sheet.expect("the page has a style sheet")), "text/css; charset=utf-8");
}

#[test]
fn what_is_served_is_what_is_built() {
    let site = site();
    let preview = Preview::of(&site, &[]);
    assert_same_as_built(&site, &preview, &[]);
}

/// Compares every file that `ibid build` makes with what is served, byte for byte.
fn assert_same_as_built(site: &Site, preview: &Preview, flags: &[&str]) {
    let base = preview.address.trim_end_matches('/').to_owned();
    let output = site.around().join("built");
    let output = output.to_str().expect("the folder of a test has a plain name");
    let mut arguments = vec!["build", "--now", NOW, "--base-url", &base, "--output", output];
    arguments.extend(flags);
    let run = site.run(&arguments);
    assert_eq!(run.code, Some(0), "{}", run.all());
    let mut tree = support::tree(std::path::Path::new(output));
    tree.retain(|path, _| !path.starts_with(".ibid"));
    assert!(tree.len() > 4, "the site has files");
    let sub_path = preview.address.splitn(4, '/').nth(3).unwrap_or_default().to_owned();
    // Pages do not wait for the search index, which follows once nothing is saved any more.
    let entry = "search/index.json";
    if let Some(bytes) = tree.get(entry) {
        preview.wait_for(&format!("/{sub_path}{entry}"), bytes);
    }
    for (path, bytes) in tree {
        let name = ibid::path::encode(&path);
        let served = preview.get(&format!("/{sub_path}{name}")).body;
        let served = match path.ends_with(".html") {
            true => without_script(&String::from_utf8(served).expect("pages are text")).into(),
            false => served,
        };
        assert!(served == bytes, "{path} is served as it is not built");
    }
}

#[test]
fn the_script_is_in_pages_alone_and_in_no_file() {
    let site = site();
    let preview = Preview::of(&site, &[]);
    assert!(String::from_utf8_lossy(&preview.get("/tea/").body).contains("/.ibid/preview.js"));
    assert!(!String::from_utf8_lossy(&preview.get("/sitemap.xml").body).contains(".ibid"));
    assert!(!String::from_utf8_lossy(&preview.get("/feed.json").body).contains(".ibid"));
    let script = preview.get("/.ibid/preview.js");
    assert_eq!(script.header("content-type"), Some("text/javascript; charset=utf-8"));
    assert!(!site.path("public").exists(), "a preview writes nothing");
}

#[test]
fn a_missing_page_is_404() {
    let preview_site = site();
    let preview = Preview::of(&preview_site, &[]);
    let answer = preview.get("/nowhere/");
    assert_eq!(answer.status, 404);
    assert_eq!(
        without_script(&String::from_utf8_lossy(&answer.body)),
        preview.text("/404.html"),
        "it shows the page of the site"
    );
}

#[test]
fn old_addresses_lead_on_where_a_host_would_read_rules() {
    let site = site();
    site.write("site.toml", "base_url = \"https://example.org\"\nhost_files = [\"_redirects\"]\n");
    let preview = Preview::of(&site, &[]);
    assert!(preview.text("/old/").contains("/notes/a/"));
}

#[test]
fn head_tells_without_sending() {
    let site = site();
    let preview = Preview::of(&site, &[]);
    let (head, get) = (preview.ask("HEAD", "/tea/", ""), preview.get("/tea/"));
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some(get.body.len().to_string().as_str()));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "BREW"] {
        assert_eq!(preview.ask(method, "/tea/", "").status, 405, "{method}");
    }
}

#[test]
fn a_folder_leads_to_its_page() {
    let site = site();
    let preview = Preview::of(&site, &[]);
    let answer = preview.get("/notes/a?x=1");
    assert_eq!((answer.status, answer.header("location")), (301, Some("/notes/a/?x=1")));
    for path in ["//notes", "//evil.example/..", "/notes//a"] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_part_of_a_file_can_be_asked_for() {
    let site = site();
    let bytes: Vec<u8> = (0..1_000_000u32).map(|n| (n % 251) as u8).collect();
    site.write("static/film.mp4", &bytes);
    let preview = Preview::of(&site, &[]);
    assert!(preview.get("/film.mp4").body == bytes, "a large file comes whole");
    let answer = preview.ask("GET", "/film.mp4", "Range: bytes=300000-899999\r\n");
    assert_eq!((answer.status, answer.header("content-type")), (206, Some("video/mp4")));
    assert_eq!(answer.header("content-range"), Some("bytes 300000-899999/1000000"));
    assert!(answer.body == bytes[300_000..900_000], "it is the part that was asked for");
    assert_eq!(preview.ask("GET", "/film.mp4", "Range: bytes=1000000-\r\n").status, 416);
}

#[test]
fn a_sub_path_is_honoured() {
    let site = site();
    site.write("site.toml", "title = \"T\"\nbase_url = \"https://example.org/kb\"\n");
    let preview = Preview::of(&site, &[]);
    assert_eq!(preview.address, format!("http://127.0.0.1:{}/kb/", preview.port));
    assert_eq!(preview.get("/kb/tea/").status, 200);
    assert_eq!(preview.get("/tea/").status, 404);
    assert_eq!(preview.get("/").header("location"), Some("/kb/"));
    assert_eq!(preview.get("/kb").header("location"), Some("/kb/"));
    let page = preview.text("/kb/tea/");
    assert!(page.contains(&format!("href=\"{}tea/\"", preview.address)), "{page}");
    assert!(!page.contains("example.org"), "no link leads from the preview to the site");
    assert_same_as_built(&site, &preview, &[]);
}

#[test]
fn drafts_are_served_on_demand_and_marked() {
    let site = site();
    site.write("content/soon.md", "+++\ntitle = \"Soon\"\ndraft = true\n+++\n\nText.\n");
    let without = Preview::of(&site, &[]);
    assert_eq!(without.get("/soon/").status, 404);
    let preview = Preview::of(&site, &["--drafts"]);
    assert!(preview.text("/soon/").contains("class=\"draft\""), "{}", preview.text("/soon/"));
    assert!(!preview.text("/tea/").contains("class=\"draft\""));
}

// Who is answered.

#[test]
fn strange_hosts_are_turned_away() {
    let site = site();
    let preview = Preview::of(&site, &[]);
    let ask = |target: &str, hosts: &str| {
        let request = format!("GET {target} HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
        let answer = String::from_utf8_lossy(&preview.send(request.as_bytes())).into_owned();
        answer.split(' ').nth(1).unwrap_or_default().to_owned()
    };
    for host in ["localhost", "127.0.0.1:8080", "[::1]:1", "kb.localhost"] {
        assert_eq!(ask("/tea/", &format!("Host: {host}\r\n")), "200", "{host}");
    }
    for host in ["evil.example", "127.0.0.1.evil.example", "192.0.2.1", "", "0.0.0.0"] {
        assert_eq!(ask("/tea/", &format!("Host: {host}\r\n")), "421", "{host}");
        assert_eq!(ask("/.ibid/events", &format!("Host: {host}\r\n")), "421", "{host}");
    }
    assert_eq!(ask("/tea/", ""), "400");
    assert_eq!(ask("http://evil.example/tea/", "Host: localhost\r\n"), "421");
    assert_eq!(ask("/tea/", "Host: localhost\r\nHost: evil.example\r\n"), "421");
}

#[test]
fn no_address_leads_out_of_the_site() {
    let site = site();
    fs::write(site.around().join("secret.txt"), "secret").expect("a file beside the site");
    let preview = Preview::of(&site, &[]);
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/notes/../../secret.txt",
        "/site.toml",
        "/content/tea.md",
        "/tea/index.html%00.txt",
        "/%00",
        "/%ff%fe",
        "/.ibid/",
        "/.ibid/..%2f..%2fsecret.txt",
        "//etc/passwd",
        "/etc/passwd",
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}: {answer:?}");
        assert!(!String::from_utf8_lossy(&answer.body).contains("secret"), "{path}");
    }
}

#[test]
fn malformed_requests_do_no_harm() {
    let site = site();
    let preview = Preview::of(&site, &[]);
    let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(200_000));
    let wide = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X-A: b\r\n".repeat(5000));
    let heavy =
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nX-A: {}\r\n\r\n", "b".repeat(500_000));
    let requests: [&[u8]; 12] = [
        b"\r\n\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: local\x00host\r\n\r\n",
        b"GET / HTTP/1.1\r\n: nothing\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        long.as_bytes(),
        wide.as_bytes(),
        heavy.as_bytes(),
    ];
    for request in requests {
        let mut stream = preview.connect();
        let _ = stream.write_all(request);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let shown = String::from_utf8_lossy(&request[..request.len().min(60)]);
        assert!(!answer.starts_with("HTTP/1.1 2"), "{shown:?} is no request: {answer}");
        assert_eq!(preview.get("/tea/").status, 200, "after {shown:?}");
    }
    assert_eq!(preview.messages(), "", "what strangers send is no news to the author");
}

#[test]
fn slow_clients_keep_nobody_waiting() {
    let site = site();
    site.write("static/large.bin", vec![7; 40_000_000]);
    let preview = Preview::of(&site, &[]);
    // Some never end their request, some never read the answer, some only connect.
    let mut held = Vec::new();
    for number in 0..60 {
        let mut stream = preview.connect();
        let begun: &[u8] = match number % 3 {
            0 => b"GET /tea/ HTTP/1.1\r\nHost: loc",
            1 => b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n",
            _ => b"",
        };
        stream.write_all(begun).expect("the preview listens");
        held.push(stream);
    }
    assert_eq!(preview.get("/tea/").status, 200);
    drop(held);
    assert_eq!(preview.get("/tea/").status, 200);
}

// Where it listens, and how it ends.

#[test]
fn a_signal_ends_it_cleanly() {
    for signal in ["-INT", "-TERM"] {
        let site = site();
        let preview = Preview::of(&site, &[]);
        let events = preview.follow("/tea/");
        events.next();
        let idle = preview.connect();
        let run = preview.end(signal);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{signal}: {}", run.all());
        events.end();
        drop(idle);
    }
}

#[test]
fn a_signal_during_a_build_ends_it_cleanly() {
    let site = site();
    for number in 0..300 {
        site.write(format!("content/many/{number}.md"), TEA.to_owned() + &"Word. ".repeat(500));
    }
    let mut preview = Preview::of(&site, &[]);
    for number in 0..300 {
        site.write(format!("content/many/{number}.md"), TEA.to_owned() + &"Words. ".repeat(500));
    }
    // The build that these begin is at work or just done.
    preview.line();
    site.write("site.toml", "title = \"Other\"\nbase_url = \"https://example.org\"\n");
    let run = preview.end("-INT");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{}", run.all());
}

#[test]
fn a_busy_port_that_was_asked_for_is_an_error() {
    let site = site();
    let holder = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    let port = holder.local_addr().expect("a listener has a port").port().to_string();
    let run = site.run(&["serve", "--port", &port]);
    assert_eq!(run.code, Some(2), "{}", run.all());
    assert!(run.stderr.contains(&format!("port {port} of `127.0.0.1` belongs")), "{}", run.all());
}

#[test]
fn a_busy_usual_port_is_stepped_over() {
    let site = site();
    // Where it is busy already, that serves as well.
    let holder = TcpListener::bind(("127.0.0.1", 1111));
    let preview = Preview::with_port(&site, &[]);
    assert_ne!(preview.port, 1111);
    assert_eq!(preview.get("/tea/").status, 200);
    let run = preview.end("-INT");
    assert!(run.stderr.contains("Port 1111 belongs to another program"), "{}", run.all());
    drop(holder);
}

#[test]
fn other_addresses_are_asked_for_and_warned_of() {
    let site = site();
    let preview = Preview::of(&site, &["--bind", "0.0.0.0"]);
    assert_eq!(preview.get("/tea/").status, 200);
    assert_eq!(preview.address, format!("http://127.0.0.1:{}/", preview.port));
    let run = preview.end("-INT");
    assert!(run.stderr.contains("others on the network can read"), "{}", run.all());
}

#[test]
fn what_no_edit_can_mend_ends_it() {
    let empty = Site::empty();
    let run = empty.run(&["serve", "--port", "0"]);
    assert_eq!(run.code, Some(2), "{}", run.all());
    assert!(run.stderr.contains("this folder has no `site.toml`"), "{}", run.all());
    let site = site();
    let run = site.run(&["serve", "--port", "0", "--base-url", "nonsense"]);
    assert_eq!(run.code, Some(2), "{}", run.all());
    let run = site.run(&["serve", "--port", "0", "--root", "nowhere"]);
    assert_eq!(run.code, Some(2), "{}", run.all());
    let run = site.run(&["serve", "--bind", "192.0.2.1"]);
    assert_eq!(run.code, Some(2), "{}", run.all());
}

// What changes.

#[test]
fn every_change_is_served() {
    changes_are_served(&[]);
}

#[test]
fn every_change_is_served_where_files_are_looked_at() {
    changes_are_served(&["--poll"]);
}

fn changes_are_served(flags: &[&str]) {
    let site = site();
    let mut preview = Preview::of(&site, flags);
    let has = |path: &'static str, text: &'static str| {
        move |preview: &Preview| preview.text(path).contains(text)
    };
    let is = |path: &'static str, status: u16| {
        move |preview: &Preview| preview.get(path).status == status
    };

    site.write("content/tea.md", TEA.replace("two", "three"));
    preview.until("an edit", has("/tea/", "three minutes"));

    site.write("content/tea.md.new", TEA.replace("two", "four"));
    fs::rename(site.path("content/tea.md.new"), site.path("content/tea.md")).expect("a rename");
    preview.until("a save by renaming", has("/tea/", "four minutes"));

    site.remove("content/tea.md");
    preview.until("a page that went", is("/tea/", 404));

    site.write("content/new/deep/page.md", "+++\ntitle = \"Deep\"\n+++\nFirst.\n");
    preview.until("a page in a new folder", has("/new/deep/page/", "First."));
    site.write("content/new/deep/page.md", "+++\ntitle = \"Deep\"\n+++\nSecond.\n");
    preview.until("an edit in the new folder", has("/new/deep/page/", "Second."));

    fs::rename(site.path("content/new"), site.path("content/moved")).expect("a rename");
    preview.until("a folder that moved", is("/moved/deep/page/", 200));
    site.write("content/moved/deep/page.md", "+++\ntitle = \"Deep\"\n+++\nThird.\n");
    preview.until("an edit in the moved folder", has("/moved/deep/page/", "Third."));

    site.write("static/robots", "other");
    preview.until("a static file", |preview| preview.get("/robots").body == b"other");

    site.write(
        "templates/page.html",
        "{% extends \"scholar/page.html\" %}{% block footer %}Mine{% endblock footer %}",
    );
    preview.until("a first template", has("/moved/deep/page/", "Mine"));
    site.write(
        "templates/page.html",
        "{% extends \"scholar/page.html\" %}{% block footer %}Ours{% endblock footer %}",
    );
    preview.until("a template", has("/moved/deep/page/", "Ours"));

    site.write("content/moved/cites.md", "+++\ntitle = \"C\"\n+++\nSaid [@key].\n");
    site.write(
        "content/references.bib",
        "@book{key, title={One}, author={A, B}, year={2001}, publisher={P}, location={L}}",
    );
    preview.until("a bibliography", has("/moved/cites/", "One"));
    site.write(
        "content/references.bib",
        "@book{key, title={Another}, author={A, B}, year={2001}, publisher={P}, location={L}}",
    );
    preview.until("an edit in the bibliography", has("/moved/cites/", "Another"));

    site.write("site.toml", "title = \"Named anew\"\nbase_url = \"https://example.org\"\n");
    preview.until("the configuration", has("/", "Named anew"));
    assert_same_as_built(&site, &preview, &[]);
}

#[test]
fn thousands_of_changes_at_once_are_served() {
    let site = site();
    let mut preview = Preview::of(&site, &[]);
    for folder in 0..50 {
        for page in 0..40 {
            let text = format!("+++\ntitle = \"Page {page} of {folder}\"\n+++\n\nText {page}.\n");
            site.write(format!("content/many/{folder}/deep/{page}.md"), text);
        }
    }
    let last = "/many/49/deep/39/";
    preview.until("two thousand pages", |preview| preview.get(last).status == 200);
    // The last is there as soon as it is written; the others were written before it.
    assert_same_as_built(&site, &preview, &[]);
    site.remove("content/many");
    preview.until("as many that went", |preview| preview.get(last).status == 404);
    site.write("content/many/0/deep/0.md", TEA);
    preview.until("one that is back", |preview| preview.get("/many/0/deep/0/").status == 200);
    assert_same_as_built(&site, &preview, &[]);
}

#[test]
fn what_templates_and_links_lead_to_is_watched_too() {
    let site = site();
    site.write("templates/page.html", "{% extends \"scholar/page.html\" %}{% block footer %}{% set d = load_data(path=\"data/deep/x.txt\", format=\"plain\", required=false) %}<b>{{ d or \"none\" }}</b>{% endblock footer %}");
    site.write("shared/linked.md", "+++\ntitle = \"L\"\n+++\nBefore.\n");
    let mut preview = Preview::of(&site, &[]);
    let has = |path: &'static str, text: &'static str| {
        move |preview: &Preview| preview.text(path).contains(text)
    };
    preview.until("no data", has("/tea/", "<b>none</b>"));
    site.write("data/deep/x.txt", "one");
    preview.until("data in new folders", has("/tea/", "<b>one</b>"));
    site.write("data/deep/x.txt", "two");
    preview.until("an edit of the data", has("/tea/", "<b>two</b>"));
    std::os::unix::fs::symlink("../shared", site.path("content/shared")).expect("a link");
    preview.until("a link to a folder", has("/shared/linked/", "Before."));
    site.write("shared/linked.md", "+++\ntitle = \"L\"\n+++\nAfter.\n");
    preview.until("an edit behind the link", has("/shared/linked/", "After."));
}

#[test]
fn what_is_no_source_builds_nothing() {
    let site = site();
    let mut preview = Preview::of(&site, &[]);
    site.built(&[]);
    site.write("public/more.html", "more");
    site.write("serve.log", "a line");
    site.write(".git/index", "x");
    site.write("node_modules/x/y.js", "x");
    site.write("content/.tea.md.swp", "x");
    site.write("content/tea.md~", "x");
    site.write("content/tea.md", TEA.replace("two", "five"));
    // One build tells of all that came before it.
    let line = preview.line();
    assert!(line.starts_with("content/tea.md: "), "{line}");
}

// What goes wrong.

#[test]
fn errors_are_told_and_the_last_good_pages_stay() {
    let site = site();
    let mut preview = Preview::of(&site, &[]);
    let events = preview.follow("/tea/");
    let first = events.next();
    assert_eq!(first["failure"], serde_json::Value::Null);

    site.write("content/tea.md", TEA.to_owned() + "\nSee [x](nowhere.md) & <b>.\n");
    let failed = events.until(|message| !message["failure"].is_null());
    assert_eq!(failed["failure"]["title"], "1 error");
    assert_eq!(
        failed["failure"]["findings"][0]["head"],
        "error[broken-link]: this link leads to no page"
    );
    let body = failed["failure"]["findings"][0]["body"].as_str().unwrap_or_default();
    assert!(body.contains("--> content/tea.md:7:9"), "{body}");
    assert_eq!(failed["page"], first["page"], "the page is as it was");
    assert!(preview.text("/tea/").contains("two minutes"));
    let line = preview.line();
    assert!(line.ends_with("the last good pages stay"), "{line}");

    site.write("content/tea.md", TEA);
    let mended = events.until(|message| message["failure"].is_null());
    assert_eq!(mended, first, "all is as it was");

    site.write("site.toml", "title = \"Test\nbase_url = \"https://example.org\"\n");
    let failed = events.until(|message| !message["failure"].is_null());
    assert!(
        failed["failure"]["findings"][0]["body"]
            .as_str()
            .is_some_and(|body| body.contains("site.toml:1:"))
    );
    site.remove("site.toml");
    events.until(|message| message.to_string().contains("config-missing"));
    assert_eq!(preview.get("/tea/").status, 200);
    site.write("site.toml", "title = \"Test\"\nbase_url = \"https://example.org\"\n");
    events.until(|message| message["failure"].is_null());

    site.write("templates/page.html", "{% extends \"scholar/page.html\" %}{% block main %}{{ nothing.at.all }}{% endblock main %}");
    let failed = events.until(|message| !message["failure"].is_null());
    assert!(failed.to_string().contains("templates/page.html"), "{failed}");
    site.remove("templates/page.html");
    events.until(|message| message["failure"].is_null());
    assert_same_as_built(&site, &preview, &[]);
}

#[test]
fn a_first_build_with_errors_is_shown_and_mended() {
    let site = site();
    site.write("content/tea.md", TEA.to_owned() + "\nSee [<i>](nowhere.md).\n");
    let mut preview = Preview::of(&site, &[]);
    let answer = preview.get("/tea/");
    let page = String::from_utf8_lossy(&answer.body).into_owned();
    assert_eq!(answer.status, 500);
    assert!(page.contains("this link leads to no page"), "{page}");
    assert!(page.contains("See [&lt;i&gt;](nowhere.md)"), "{page}");
    let events = preview.follow("/tea/");
    let first = events.next();
    site.write("content/tea.md", TEA);
    let mended = events.until(|message| message["failure"].is_null());
    assert_ne!(mended["page"], first["page"], "the browser has to load the page that is there now");
    preview.until("the page", |preview| preview.text("/tea/").contains("two minutes"));
}

#[test]
fn warnings_are_errors_where_it_is_asked_for() {
    let site = site();
    let preview = Preview::of(&site, &["--strict"]);
    let events = preview.follow("/tea/");
    events.next();
    site.write("content/tea.md", TEA.replace("title", "titel = \"x\"\ntitle"));
    let failed = events.until(|message| !message["failure"].is_null());
    assert_eq!(failed["failure"]["title"], "1 warning");
}

// What a browser hears.

#[test]
fn a_page_hears_of_its_own_changes_alone() {
    let site = site();
    let mut preview = Preview::of(&site, &[]);
    let (tea, a) = (preview.follow("/tea/"), preview.follow("/notes/a/"));
    let (tea_before, a_before) = (tea.next(), a.next());
    site.write("content/tea.md", TEA.replace("two", "six"));
    let tea_after = tea.until(|message| *message != tea_before);
    assert_ne!(tea_after["page"], tea_before["page"]);
    assert_eq!(a.next(), a_before, "another page is as it was");

    // The print in the page is the one that is told.
    let page = String::from_utf8_lossy(&preview.get("/tea/").body).into_owned();
    let print = tea_after["page"].as_str().expect("a print is text");
    assert!(page.contains(&format!("data-print=\"{print}\"")), "{page}");

    // An edit that is taken back leaves nothing to load.
    site.write("content/tea.md", TEA);
    assert_eq!(tea.until(|message| message["page"] != tea_after["page"]), tea_before);

    site.remove("content/tea.md");
    let gone = tea.until(|message| *message != tea_before);
    preview.until("the page that went", |preview| preview.get("/tea/").status == 404);
    let page = String::from_utf8_lossy(&preview.get("/tea/").body).into_owned();
    let print = gone["page"].as_str().expect("a print is text");
    assert!(page.contains(&format!("data-print=\"{print}\"")), "{page}");
}

#[test]
fn each_file_that_differs_is_explained_on_demand() {
    let site = site();
    let mut preview = Preview::of(&site, &["--explain"]);
    site.write("content/tea.md", TEA.replace("two", "six"));
    assert_eq!(preview.line(), "tea/index.html: written: its content changed");
    let line = preview.line();
    assert!(line.starts_with("content/tea.md: 1 file differs in "), "{line}");
}

#[test]
fn a_changed_style_sheet_is_exchanged() {
    let site = site();
    let preview = Preview::of(&site, &[]);
    let events = preview.follow("/tea/");
    let before = events.next();
    let own = fs::read_to_string(support::repository().join("themes/scholar/static/scholar.css"));
    let own = own.expect("the theme has a style sheet");
    site.write("static/scholar.css", own + "\nbody { outline: 1px solid }\n");
    let after = events.until(|message| *message != before);
    assert_eq!(after["page"], before["page"], "nothing but a style sheet changed");
    assert_ne!(after["sheets"], before["sheets"]);
}

#[test]
fn a_changed_picture_is_seen() {
    let site = site();
    site.write("content/tea.md", TEA.to_owned() + "\n![Leaves](leaves.svg)\n");
    let svg = |side: u8| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"><path d=\"M0 0h{side}\"/></svg>"
        )
    };
    site.write("content/leaves.svg", svg(1));
    let preview = Preview::of(&site, &[]);
    let (tea, a) = (preview.follow("/tea/"), preview.follow("/notes/a/"));
    let (tea_before, a_before) = (tea.next(), a.next());
    site.write("content/leaves.svg", svg(2));
    assert_ne!(tea.next()["page"], tea_before["page"]);
    assert_eq!(a.next(), a_before);
}

#[test]
fn a_restarted_preview_finds_pages_as_they_were() {
    let site = site();
    let preview = Preview::of(&site, &[]);
    let port = preview.port.to_string();
    let before = preview.follow("/tea/").next();
    preview.end("-INT");
    let again = Preview::with_port(&site, &["--port", &port]);
    assert_eq!(again.follow("/tea/").next(), before, "nothing has to be loaded");
}

#[test]
fn the_search_index_follows_when_nothing_is_saved_any_more() {
    let site = site();
    let mut preview = Preview::of(&site, &[]);
    let entry = "/search/index.json";
    let before = preview.get(entry);
    assert_eq!(before.status, 200, "the first build makes an index: {before:?}");
    site.write("content/tea.md", TEA.replace("Green", "Oolong"));
    preview.until("an edit", |preview: &Preview| preview.text("/tea/").contains("Oolong"));
    assert_same_as_built(&site, &preview, &[]);
    assert_ne!(preview.get(entry).body, before.body);
}
