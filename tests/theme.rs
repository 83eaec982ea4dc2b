//! Templates: layers, functions, filters, and what is said of their mistakes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::BTreeMap;
use std::sync::Arc;

use ibid::diag::{Diagnostic, Span};
use ibid::path::{BaseUrl, SourcePath};
use ibid::theme::{
    Bound, Context, Layer, Lookup, STACK, Template, Theme, Translation, Value, load, manifest,
    term_key, translations,
};

/// The layers of some templates: `scholar:page.html` is the built-in theme's, `x:page.html` the
/// theme's, `page.html` the site's.
fn layers(files: &[(&str, &str)]) -> Vec<Layer> {
    let mut layers = vec![
        Layer { prefix: Some("scholar".into()), templates: Vec::new() },
        Layer { prefix: Some("x".into()), templates: Vec::new() },
        Layer { prefix: None, templates: Vec::new() },
    ];
    for (file, text) in files {
        let (place, folder, name) = match file.split_once(':') {
            Some(("scholar", name)) => (0, "themes/scholar/templates", name),
            Some((_, name)) => (1, "themes/x/templates", name),
            None => (2, "templates", *file),
        };
        layers[place].templates.push(Template {
            name: name.to_owned(),
            path: SourcePath::new(format!("{folder}/{name}")),
            text: (*text).into(),
        });
    }
    layers
}

fn theme(files: &[(&str, &str)]) -> Theme {
    load(&layers(files)).unwrap_or_else(|findings| panic!("{}", said(files, &findings)))
}

/// What is said of templates that do not load, one line each, with the text pointed at.
fn findings(files: &[(&str, &str)]) -> String {
    match load(&layers(files)) {
        Ok(_) => "nothing".to_owned(),
        Err(findings) => said(files, &findings),
    }
}

fn said(files: &[(&str, &str)], findings: &[Diagnostic]) -> String {
    let layers = layers(files);
    let place = |span: &Span| {
        let mut all = layers.iter().flat_map(|layer| &layer.templates);
        let text = all.find(|template| template.path == span.file).map(|t| &*t.text);
        format!("{} `{}`", span.file, &text.unwrap_or_default()[span.range.clone()])
    };
    let mut lines = Vec::new();
    for finding in findings {
        let mut line = format!("{}: {}", finding.code.name(), finding.message);
        if let Some(span) = &finding.span {
            line = format!("{line} @ {}", place(span));
        }
        for label in &finding.labels {
            line = format!("{line} + {} @ {}", label.message, place(&label.span));
        }
        if let Some(help) = &finding.help {
            line = format!("{line} | {help}");
        }
        lines.push(line);
    }
    lines.join("\n")
}

fn value(json: &str) -> Value {
    Value::from_serializable(&serde_json::from_str::<serde_json::Value>(json).unwrap())
}

fn lookup() -> Lookup {
    let card = |title: &str, address: &str| {
        value(&format!(r#"{{"title": "{title}", "permalink": "https://example.org/kb{address}"}}"#))
    };
    let words = |list: &[(&str, &str)]| {
        list.iter().map(|(key, word)| ((*key).to_owned(), (*word).to_owned())).collect()
    };
    let named =
        value(r#"{"name": "Back pain", "permalink": "https://example.org/kb/topics/back-pain/"}"#);
    let taxonomy = value(r#"{"name": "topics", "permalink": "https://example.org/kb/topics/"}"#);
    Lookup {
        pages: BTreeMap::from([
            ("guide/install.md".into(), card("Install", "/guide/install/")),
            ("node.md".into(), card("Node", "/node.js/")),
        ]),
        sections: BTreeMap::from([("guide/_index.md".into(), card("Guide", "/guide/"))]),
        files: BTreeMap::from([
            ("scholar.css".into(), "/kb/scholar.1f2e3d4c.css".into()),
            ("sitemap.xml".into(), "/kb/sitemap.xml".into()),
        ]),
        taxonomies: BTreeMap::from([("topics".into(), taxonomy)]),
        terms: BTreeMap::from([(("topics".into(), term_key("Back pain")), named)]),
        menu: Vec::new(),
        base: BaseUrl::parse("https://example.org/kb").unwrap(),
        language: "en".into(),
        translations: BTreeMap::from([
            ("en".into(), words(&[("sources", "Sources"), ("note", "Note")])),
            ("de".into(), words(&[("sources", "Quellen")])),
        ]),
        now: "2026-05-31".into(),
        read: Box::new(|path| match path {
            "a.toml" => Ok("day = 2026-05-31\n[[dose]]\nmg = 5".into()),
            "bad.toml" => Ok("a = 1\nb =".into()),
            "a.json" => Ok(r#"{"z": [1, 2.5, null], "a": "x"}"#.into()),
            "a.csv" => Ok("drug,mg\n\"a, b\",5\n".into()),
            "a.txt" => Ok("plain".into()),
            _ => Err("there is no such file".into()),
        }),
        markdown: Some(Box::new(|text, inline| format!("<{inline}>{text}"))),
    }
}

fn bound(files: &[(&str, &str)]) -> Bound {
    theme(files).bind(&Arc::new(lookup()), Context::new())
}

/// Renders one text as `page.html`, or says what is wrong with it.
fn render_with(text: &str, context: &Context) -> String {
    let files = [("page.html", text)];
    match bound(&files).render("page.html", context, "content/x.md") {
        Ok(html) => html,
        Err(finding) => said(&files, &[finding]),
    }
}

fn render(text: &str) -> String {
    render_with(text, &Context::new())
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(render(text), *expected, "{text}");
    }
}

/// Each text stops with a message, pointing at its call alone.
fn check_stops(cases: &[(&str, &str, &str)]) {
    for (call, message, help) in cases {
        let help = if help.is_empty() { String::new() } else { format!(" | {help}") };
        let at = call.split(" | ").last().unwrap_or_default();
        let expected = format!(
            "template-error: {message}, while rendering `content/x.md` \
             @ templates/page.html `{at}`{help}"
        );
        assert_eq!(render(&format!("é\n {{{{ {call} }}}}")), expected);
    }
}

#[test]
fn a_site_overrides_a_template_by_its_file_and_a_block_by_its_name() {
    let files = [
        ("scholar:base.html", "<{% block main %}scholar{% endblock %}>"),
        ("scholar:page.html", "{% extends \"base.html\" %}{% block main %}page{% endblock %}"),
        ("scholar:term.html", "{% extends \"base.html\" %}"),
        (
            "page.html",
            "{% extends \"scholar/page.html\" %}{% block main %}my {{ super() }}{% endblock %}",
        ),
        ("base.html", "{% extends \"scholar/base.html\" %}{% block main %}site{% endblock %}"),
    ];
    let bound = bound(&files);
    let render = |name: &str| bound.render(name, &Context::new(), "x").unwrap();
    assert_eq!(render("page.html"), "<my page>");
    assert_eq!(render("scholar/page.html"), "<page>");
    // The theme's own templates extend the site's `base.html` where there is one.
    assert_eq!(render("term.html"), "<site>");
}

#[test]
fn a_theme_lies_between_the_site_and_the_built_in_theme() {
    let files = [
        ("scholar:a.html", "scholar a {% include \"b.html\" %}"),
        ("scholar:b.html", "scholar b"),
        ("x:b.html", "x b, {% include \"scholar/b.html\" %}"),
        ("x:c.html", "x c"),
        ("c.html", "site c, {% include \"x/c.html\" %}"),
    ];
    let theme = theme(&files);
    assert!(theme.has("x/c.html") && theme.has("a.html") && !theme.has("x/a.html"));
    assert_eq!(theme.nearest("a.htm"), Some("a.html"));
    assert_eq!(theme.nearest("something.xml"), None);
    assert_eq!(
        theme.names(),
        ["a.html", "b.html", "c.html", "scholar/a.html", "scholar/b.html", "x/b.html", "x/c.html"]
    );
    assert_eq!(theme.text(&SourcePath::new("themes/x/templates/c.html")), Some("x c"));
    let bound = theme.bind(&Arc::new(lookup()), Context::new());
    let render = |name: &str| bound.render(name, &Context::new(), "x").unwrap();
    assert_eq!(render("a.html"), "scholar a x b, scholar b");
    assert_eq!(render("c.html"), "site c, x c");
}

#[test]
fn a_component_of_a_higher_layer_wins_everywhere() {
    let files = [
        (
            "scholar:components/figure.html",
            "{% component figure(src) %}theme {{ src }}{% endcomponent %}\
             {% component note() %}note{% endcomponent %}",
        ),
        ("scholar:page.html", "{{ <figure src=\"a\" /> }} {{ <note /> }}"),
        ("components/mine.html", "{% component figure(src) %}site {{ src }}{% endcomponent %}"),
    ];
    let theme = theme(&files);
    assert!(theme.has_component("note"));
    assert_eq!(theme.components(), ["figure", "note"]);
    assert_eq!(theme.arguments("figure"), Some(vec!["src".to_owned()]));
    let bound = theme.bind(&Arc::new(lookup()), Context::new());
    assert_eq!(bound.render("page.html", &Context::new(), "x").unwrap(), "site a note");

    let mut arguments = Context::new();
    arguments.insert("src", "<b>");
    let component = |name: &str, arguments: &Context| {
        bound.component(name, arguments, &Context::new(), None, "content/x.md")
    };
    assert_eq!(component("figure", &arguments).unwrap(), "site &lt;b&gt;");
    assert_eq!(
        said(&files, &[component("figure", &Context::new()).unwrap_err()]),
        "template-error: the component's argument `src` is missing, while rendering \
         `content/x.md` @ templates/components/mine.html `figure`"
    );
    assert_eq!(
        said(&files, &[component("figur", &arguments).unwrap_err()]),
        "template-missing: there is no component `figur`, which `content/x.md` asks for \
         | did you mean `figure`?"
    );
}

/// What a page in a language is rendered with, beside values of its own.
fn with_once(bound: &Bound, language: &str) -> Context {
    let mut context = Context::new();
    context.insert("lang", language);
    context.insert_value("once", bound.once(language));
    context
}

#[test]
fn components_named_once_are_rendered_for_a_language() {
    let files = [
        ("page.html", "{{ once.foot }}{{ <c /> }}"),
        (
            "scholar:once.html",
            "{% component once.foot(@config, @lang, @dir) %}<i>{{ config.title }} {{ lang }} {{ dir }} \
             {{ trans(key='sources') }} {{ <c /> }}</i>{% endcomponent %}\
             {% component c() %}&{% endcomponent %}",
        ),
    ];
    let mut globals = Context::new();
    globals.insert_value("config", value(r#"{"title": "<T>"}"#));
    let mine =
        ("components/foot.html", "{% component once.foot(@lang) %}{{ lang }}{% endcomponent %}");
    let bound = |files: &[(&str, &str)]| theme(files).bind(&Arc::new(lookup()), globals.clone());
    let theirs = bound(&files);
    // The last is a language that no page has.
    for (language, wanted) in [
        ("en", "<i>&lt;T&gt; en ltr Sources &</i>&"),
        ("de", "<i>&lt;T&gt; de ltr Quellen &</i>&"),
        ("he", "<i>&lt;T&gt; he rtl Sources &</i>&"),
    ] {
        let context = with_once(&theirs, language);
        assert_eq!(theirs.render("page.html", &context, "x").unwrap(), wanted);
    }
    let ours = bound(&[files[0], files[1], mine]);
    assert_eq!(ours.render("page.html", &with_once(&ours, "de"), "x").unwrap(), "de&");
}

#[test]
fn a_mistake_in_what_is_rendered_once_is_that_of_the_pages_that_show_it() {
    let files = [
        ("page.html", "{{ once.foot }}"),
        ("other.html", "{{ once.head }}"),
        ("missing.html", "{{ once.heads }}"),
        (
            "c.html",
            "{% component once.foot(@page) %}{{ page.title }}{% endcomponent %}\
             {% component once.head() %}head{% endcomponent %}",
        ),
    ];
    let bound = bound(&files);
    let context = with_once(&bound, "en");
    let render = |name: &str| bound.render(name, &context, "content/x.md");
    assert_eq!(render("other.html").unwrap(), "head");
    // It cannot see a page, and so all pages can share it.
    assert_eq!(
        said(&files, &[render("page.html").unwrap_err()]),
        "template-error: the component needs `page`, which is not known here, while rendering \
         `content/x.md` @ templates/c.html `once.foot` | pass it: `page={…}`"
    );
    assert_eq!(
        said(&files, &[render("missing.html").unwrap_err()]),
        "template-error: there is no field `heads` here, while rendering `content/x.md` \
         @ templates/missing.html `heads` | did you mean `head`?"
    );
}

#[test]
fn what_is_printed_is_escaped_by_the_kind_of_file() {
    let mut context = Context::new();
    context.insert("x", "<'&\"\u{0}\u{8}\u{9f}é\u{ffff}>");
    let bound = bound(&[("a.html", "{{ x }}"), ("a.xml", "{{ x }}"), ("a.txt", "{{ x }}")]);
    let escaped = "&lt;&#39;&amp;&quot;é&gt;";
    assert_eq!(bound.render("a.html", &context, "x").unwrap(), escaped);
    assert_eq!(bound.render("a.xml", &context, "x").unwrap(), escaped);
    assert!(bound.render("a.txt", &context, "x").unwrap().starts_with("<'&\""));
}

#[test]
fn globals_are_seen_by_templates_and_by_components_that_ask() {
    let files = [
        ("page.html", "{{ config.title }} {{ <c /> }}"),
        ("c.html", "{% component c(@config) %}{{ config.title }}{% endcomponent %}"),
    ];
    let mut globals = Context::new();
    globals.insert_value("config", value(r#"{"title": "T"}"#));
    let bound = theme(&files).bind(&Arc::new(lookup()), globals);
    assert_eq!(bound.render("page.html", &Context::new(), "x").unwrap(), "T T");
}

#[test]
fn pages_and_sections_are_looked_up() {
    check(&[
        ("{% set p = get_page(path='guide/install.md') %}{{ p.title }}", "Install"),
        ("{% set p = get_page(path='@/guide/install.md') %}{{ p.title }}", "Install"),
        (
            "{% set s = get_section(path='guide/_index.md', metadata_only=true) %}{{ s.title }}",
            "Guide",
        ),
    ]);
    check_stops(&[
        (
            "get_page(path='guide/instal.md')",
            "there is no page `guide/instal.md`",
            "did you mean `guide/install.md`?",
        ),
        (
            "get_page(path='guide/_index.md')",
            "`guide/_index.md` is a section",
            "call `get_section`",
        ),
        (
            "get_section(path='guid/_index.md')",
            "there is no section `guid/_index.md`",
            "did you mean `guide/_index.md`?",
        ),
    ]);
}

#[test]
fn addresses_hold_the_sub_path() {
    check(&[
        ("{{ get_url(path='@/guide/install.md#linux') }}", "/kb/guide/install/#linux"),
        ("{{ get_url(path='@/guide/_index.md') }}", "/kb/guide/"),
        ("{{ get_url(path='@/guide/_index.md', absolute=true) }}", "https://example.org/kb/guide/"),
        ("{{ get_url(path='scholar.css', cachebust=true) }}", "/kb/scholar.1f2e3d4c.css"),
        ("{{ get_url(path='/scholar.css') }}", "/kb/scholar.1f2e3d4c.css"),
        ("{{ get_url(path='/a b', trailing_slash=true) }}", "/kb/a%20b/"),
        ("{{ get_url(path='a?q=1#f') }}", "/kb/a?q=1#f"),
        ("{{ get_url(path='sitemap.xml', absolute=true) }}", "https://example.org/kb/sitemap.xml"),
        ("{{ get_url(path='/') }}", "/kb/"),
        ("{{ get_url(path='') }}", "/kb/"),
        ("{{ get_url(path='https://a.org/x') }}", "https://a.org/x"),
        ("{{ get_url(path='mailto:a@b.org') }}", "mailto:a@b.org"),
        ("{{ get_url(path='#top') }}", "#top"),
        ("{{ '/kb/a' | absolute_url }}", "https://example.org/kb/a"),
        ("{{ get_taxonomy_url(kind='topics', name='Back pain') }}", "/kb/topics/back-pain/"),
        ("{{ get_taxonomy_url(kind='topics', term='back  PAIN') }}", "/kb/topics/back-pain/"),
        ("{% set t = get_taxonomy(kind='topics') %}{{ t.name }}", "topics"),
        ("{{ get_taxonomy(kind='x', required=false) is none }}", "true"),
        (
            "{% set t = get_taxonomy_term(kind='topics', term='back pain') %}{{ t.name }}",
            "Back pain",
        ),
        (
            "{% set u = get_taxonomy_url(kind='topics', name='x', required=false) %}\
             {{ u is none }}",
            "true",
        ),
    ]);
    check_stops(&[
        (
            "get_url(path='@/guide/instal.md')",
            "`@/guide/instal.md` leads to no page",
            "did you mean `@/guide/install.md`?",
        ),
        (
            "get_taxonomy_url(kind='topics', name='Back pian')",
            "`topics` has no term `Back pian`",
            "did you mean `Back pain`?",
        ),
        (
            "get_taxonomy_url(kind='topic', name='Back pain')",
            "there is no taxonomy `topic`",
            "did you mean `topics`?",
        ),
    ]);
}

#[test]
fn a_path_with_an_extension_has_to_lead_to_a_file() {
    check(&[
        ("{{ get_url(path='about/') }} {{ get_url(path='a.b/c') }}", "/kb/about/ /kb/a.b/c"),
        (
            "{{ get_url(path='v1.2') }} {{ get_url(path='.well-known') }}",
            "/kb/v1.2 /kb/.well-known",
        ),
        ("{{ get_url(path='a.txt/') }}", "/kb/a.txt/"),
        ("{{ get_url(path='a.txt', trailing_slash=true) }}", "/kb/a.txt/"),
        // What is served may have a dot in its name, and files are also served by their hash.
        ("{{ get_url(path='node.js') }}", "/kb/node.js"),
        ("{{ get_url(path='scholar.1f2e3d4c.css') }}", "/kb/scholar.1f2e3d4c.css"),
    ]);
    check_stops(&[
        (
            "get_url(path='nope.txt')",
            "`nope.txt` leads to no file",
            "put it into the folder `static`",
        ),
        (
            "get_url(path='/schoalr.css?v=1')",
            "`schoalr.css` leads to no file",
            "did you mean `scholar.css`?",
        ),
        (
            "get_url(path='guide/install.md')",
            "`guide/install.md` leads to no file",
            "did you mean `@/guide/install.md`?",
        ),
        (
            "get_url(path='guide/instal.md')",
            "`guide/instal.md` leads to no file",
            "did you mean `@/guide/install.md`?",
        ),
    ]);
}

#[test]
fn a_card_leads_to_its_page_or_section() {
    let mut context = Context::new();
    context.insert_value("page", value(r#"{"relative_path": "guide/install.md"}"#));
    context.insert_value("section", value(r#"{"relative_path": "guide/_index.md"}"#));
    let of = |text: &str| render_with(text, &context);
    assert_eq!(of("{% set p = get_page(path=page) %}{{ p.title }}"), "Install");
    assert_eq!(of("{% set s = get_section(path=section) %}{{ s.title }}"), "Guide");
    assert!(of("{{ get_section(path=page) }}").contains("`guide/install.md` is a page"));
    check_stops(&[
        (
            "get_section(path={'a': 1})",
            "`get_section` takes a path or a card, and this map is neither",
            "a card has a `relative_path`",
        ),
        ("get_page(path=5)", "`get_page` needs a string for `path`, not an integer", ""),
        ("get_page()", "`get_page` needs the argument `path`", ""),
    ]);
}

#[test]
fn words_come_in_the_language_of_the_page() {
    let mut german = Context::new();
    german.insert("lang", "de-AT");
    assert_eq!(render_with("{{ trans(key='sources') }}", &german), "Quellen");
    assert_eq!(render_with("{{ trans(key='note') }}", &german), "Note");
    assert_eq!(render_with("{{ trans(key='sources', lang='en-GB') }}", &german), "Sources");
    assert_eq!(render("{{ trans(key='sources') }}"), "Sources");
    check_stops(&[(
        "trans(key='source')",
        "no language has the words `source`",
        "did you mean `sources`?",
    )]);
}

#[test]
fn the_date_is_the_builds() {
    check(&[
        ("{{ now() }}", "2026-05-31"),
        ("{{ now() | date(format='%Y') }}", "2026"),
        ("{{ now(timestamp=true) }}", "1780185600"),
    ]);
}

#[test]
fn data_is_read_from_files_and_texts() {
    check(&[
        ("{% set d = load_data(path='a.toml') %}{{ d.day }} {{ d.dose[0].mg }}", "2026-05-31 5"),
        ("{{ load_data(path='a.json') | json_encode | safe }}", r#"{"z":[1,2.5,null],"a":"x"}"#),
        (
            "{{ load_data(path='a.csv') | json_encode | safe }}",
            r#"{"headers":["drug","mg"],"records":[["a, b","5"]]}"#,
        ),
        ("{{ load_data(path='a.txt') }}", "plain"),
        ("{{ load_data(path='a.json', format='plain') | length }}", "31"),
        ("{% set d = load_data(literal='a = 1', format='toml') %}{{ d.a }}", "1"),
        ("{% set d = load_data(path='no.toml', required=false) %}{{ d is none }}", "true"),
    ]);
    check_stops(&[
        ("load_data(path='no.toml')", "`no.toml` cannot be read: there is no such file", ""),
        (
            "load_data(url='https://a.org')",
            "`load_data` fetches nothing from the network",
            "save it as a file of the site and give its `path`",
        ),
        (
            "load_data(path='a.txt', format='yaml')",
            "`load_data` does not read `yaml`",
            "it reads `csv`, `json`, `plain` and `toml`",
        ),
        ("load_data()", "`load_data` needs the argument `path` or `literal`", ""),
    ]);
    let bad = render("{{ load_data(path='bad.toml') }}");
    assert!(bad.contains("`bad.toml` is not TOML") && bad.contains("at line 2"), "{bad}");
}

#[test]
fn arguments_are_checked_by_name_and_type() {
    check_stops(&[
        ("get_url(pth='a')", "`get_url` takes no argument `pth`", "did you mean `path`?"),
        ("get_url()", "`get_url` needs the argument `path`", ""),
        ("get_url(path=5)", "`get_url` needs a string for `path`, not an integer", ""),
        ("get_url(path=nothing)", "`get_url` needs a string for `path`, not nothing", ""),
        ("'a' | slugify(x=1)", "`slugify` takes no argument `x`", "it takes none"),
        ("5 | slugify", "`slugify` takes a string, not an integer", ""),
        ("'a' | split", "the argument `pat` is missing", ""),
        ("throw(message='No way.')", "no way", ""),
    ]);
}

#[test]
fn dates_are_printed() {
    check(&[
        ("{{ '2026-05-31' | date }}", "2026-05-31"),
        (
            "{{ '2026-05-31T10:20:30+02:00' | date(format='%d %B %Y %H:%M %:z') }}",
            "31 May 2026 10:20 +02:00",
        ),
        ("{{ '2026-05-31 10:20:30' | date(format='%A %d %b, %I %p') }}", "Sunday 31 May, 10 AM"),
        (
            "{{ '2026-05-31' | date(format='%a, %d %b %Y %T %z') }}",
            "Sun, 31 May 2026 00:00:00 +0000",
        ),
        ("{{ 0 | date(format='%Y') }}", "1970"),
        // The last day of the calendar, though it is over in UTC.
        ("{{ '9999-12-31T23:59:59-23:00' | date }}", "9999-12-31"),
    ]);
    check_stops(&[("'soon' | date", "`soon` is no date", "write `2026-05-31`")]);
    for text in [
        "{{ '2026-02-30' | date }}",
        "{{ '2026-05-31' | date(format='%!') }}",
        "{{ '2026-05-31' | date(format='%') }}",
        "{{ '' | date }}",
        "{{ 99999999999999999 | date }}",
        "{{ [] | date }}",
    ] {
        assert!(render(text).starts_with("template-error: "), "{text}: {}", render(text));
    }
}

#[test]
fn texts_are_changed() {
    check(&[
        ("{{ 'Über uns!' | slugify }}", "uber-uns"),
        ("{{ 'a b&c/ü' | urlencode }}", "a%20b%26c/%C3%BC"),
        ("{{ '</script>&\u{2028}' | json_encode | safe }}", r#""\u003c/script\u003e\u0026\u2028""#),
        ("{{ [1] | json_encode(pretty=true) }}", "[\n  1\n]"),
        ("{{ '\"' | json_encode }}", "&quot;\\&quot;&quot;"),
        ("{{ '<b>a</b><!-- > --> b <' | striptags }}", "a b "),
        ("{{ '<b>a &amp; b</b>' | safe | striptags }}", "a &amp; b"),
        ("{{ 'a<\r\nb\nc' | linebreaksbr }}", "a&lt;<br>b<br>c"),
        ("{{ '*a*' | markdown(inline=true) }}", "<true>*a*"),
        ("{{ 'a' | markdown }}", "<false>a"),
    ]);
}

#[test]
fn numbers_are_printed() {
    check(&[
        ("{{ 999 | filesizeformat }} {{ 1500 | filesizeformat }}", "999 B 1.5 kB"),
        (
            "{{ 2000000 | filesizeformat }} {{ 1572864 | filesizeformat(binary=true) }}",
            "2 MB 1.5 MiB",
        ),
        ("{{ 1234567 | num_format }} {{ -123 | num_format }}", "1,234,567 -123"),
        ("{{ 1234567 | num_format(locale='de') }}", "1.234.567"),
    ]);
}

#[test]
fn arrays_are_changed() {
    let mut context = Context::new();
    context.insert_value(
        "pages",
        value(
            r#"[{"t": "a", "extra": {"year": 2}}, {"t": "b", "extra": {"year": 1}},
                {"t": "c", "extra": {"year": 2}}, {"t": "d"}]"#,
        ),
    );
    for (text, expected) in [
        ("{{ pages | map(attribute='t') | join(sep=',') }}", "a,b,c,d"),
        ("{{ pages | map(attribute='extra.year') | join(sep=',') }}", "2,1,2"),
        ("{{ pages | filter(attribute='extra.year', value=2) | map(attribute='t') | join }}", "ac"),
        ("{{ pages | filter(attribute='extra.year') | length }}", "3"),
        ("{{ pages | slice(start=1, end=-1) | map(attribute='t') | join }}", "bc"),
        ("{{ pages | slice(start=9) | length }}", "0"),
        ("{{ [1] | concat(with=[2, 3]) | concat(with=4) | join }}", "1234"),
        (
            "{% for year, of in pages | group_by(attribute='extra.year') %}\
             {{ year }}:{{ of | length }} {% endfor %}",
            "2:2 1:1 ",
        ),
    ] {
        assert_eq!(render_with(text, &context), expected, "{text}");
    }
}

#[test]
fn every_template_that_does_not_parse_is_reported_at_its_place() {
    assert_eq!(
        findings(&[
            ("page.html", "é\n{{ page.title"),
            ("x:a.html", "{% if x %}"),
            ("scholar:b.html", "ü {% macro x() %}"),
            ("c.html", "ü {% include 5 %}"),
            ("fine.html", "{{ 1 }}"),
        ]),
        "template-syntax: found integer but expected string @ templates/c.html `5`
template-syntax: the template ends inside of a tag or block @ templates/page.html ``
template-syntax: there is no such tag @ themes/scholar/templates/b.html `macro` | Tera 2 has components: `{% component name(argument) %}…{% endcomponent %}`, called by `{{ <name argument={…} /> }}`
template-syntax: the template ends inside of a tag or block @ themes/x/templates/a.html ``"
    );
}

#[test]
fn unknown_names_are_reported_all_at_once_with_the_nearest() {
    assert_eq!(
        findings(&[
            (
                "a.html",
                "é {{ x | slugfy }}{{ get_ur(path='a') }}\n{% if x is strin %}{% endif %}"
            ),
            ("b.html", "{{ <figre /> }}{{ x | as_str }}"),
            ("base.html", "{% block main %}{% endblock %}"),
            ("c.html", "{% extends 'base.html' %}{% block man %}{% endblock %}"),
            ("f.html", "{% component figure() %}{% endcomponent %}"),
        ]),
        "template-syntax: there is no filter `slugfy` @ templates/a.html `slugfy` | did you mean `slugify`?
template-syntax: there is no function `get_ur` @ templates/a.html `get_ur` | did you mean `get_url`?
template-syntax: there is no test `strin` @ templates/a.html `strin` | did you mean `string`?
template-syntax: there is no component `figre` @ templates/b.html `figre` | did you mean `figure`?
template-syntax: there is no filter `as_str` @ templates/b.html `as_str` | write `str`
template-syntax: no parent template has a block `man` @ templates/c.html `man` | did you mean `main`?"
    );
}

#[test]
fn blocks_that_an_override_leaves_out_are_not_shown() {
    let files = [
        ("scholar:base.html", "<{% block title %}{% endblock %}{% block main %}{% endblock %}>"),
        (
            "scholar:404.html",
            "{% extends \"base.html\" %}{% block title %}{{ super() }}lost{% endblock %}\
             {% block social %}{% block main %}main{% endblock %}{% endblock %}",
        ),
        ("x:term.html", "{% extends \"404.html\" %}{% block title %}term{% endblock %}"),
        ("base.html", "é {% block main %}{% endblock %} {"),
        ("other.html", "{% extends \"scholar/base.html\" %}{% block title %}t{% endblock %}"),
    ];
    let bound = bound(&files);
    let render = |name: &str| bound.render(name, &Context::new(), "x").unwrap();
    assert_eq!(render("404.html").trim_end(), "é main {");
    assert_eq!(render("term.html").trim_end(), "é main {");
    assert_eq!(render("base.html").trim_end(), "é  {");
    assert_eq!(render("other.html"), "<t>");
}

#[test]
fn blocks_without_a_place_in_their_own_layer_are_slips() {
    // That a theme's `title` is let pass is no leave for the site's own.
    assert_eq!(
        findings(&[
            ("scholar:404.html", "{% extends 'base.html' %}{% block title %}{% endblock %}"),
            ("scholar:a.html", "{% block main %}{% endblock %}"),
            ("scholar:b.html", "{% extends 'a.html' %}{% block man %}{% endblock %}"),
            ("base.html", "{% block main %}{% endblock %}"),
            ("page.html", "{% extends 'base.html' %}{% block title %}{% endblock %}"),
            ("c.html", "{% extends 'a.html' %}{% block maim %}{{ x | slugfy }}{% endblock %}"),
        ]),
        "template-syntax: no parent template has a block `maim` @ templates/c.html `maim` | did you mean `main`?
template-syntax: there is no filter `slugfy` @ templates/c.html `slugfy` | did you mean `slugify`?
template-syntax: no parent template has a block `title` @ templates/page.html `title`
template-syntax: no parent template has a block `man` @ themes/scholar/templates/b.html `man` | did you mean `main`?"
    );
}

/// Renders a component of the built-in theme on a site with some top-level sections.
fn scholar(component: &str, arguments: &str, config: &str, sections: usize) -> String {
    let card = |n: usize| format!(r#"{{"title": "S{n}", "href": "/{n}/", "path": "/{n}/"}}"#);
    let cards: Vec<String> = (1..=sections).map(card).collect();
    let home = value(&format!(r#"{{"subsections": [{}]}}"#, cards.join(",")));
    let words: Vec<Translation> = ibid::theme::builtin()
        .into_iter()
        .filter(|(path, _)| path == "i18n/en.toml")
        .map(|(path, bytes)| Translation {
            language: "en".into(),
            path: SourcePath::new(path),
            text: std::str::from_utf8(bytes).unwrap().into(),
        })
        .collect();
    let settings = value(config);
    let menu = settings.get_from_path("extra.menu").and_then(Value::as_array);
    let lookup = Lookup {
        sections: BTreeMap::from([("_index.md".into(), home)]),
        menu: menu.unwrap_or_default().to_vec(),
        translations: translations(&words).value,
        ..Lookup::default()
    };
    let of = |json: &str| {
        let mut context = Context::new();
        for (key, value) in serde_json::from_str::<serde_json::Map<_, _>>(json).unwrap() {
            context.insert_value(key, Value::from_serializable(&value));
        }
        context
    };
    let implicit = of(&format!(r#"{{"lang": "en", "config": {config}}}"#));
    let theme = load(&[Layer::builtin()]).unwrap();
    let bound = theme.bind(&Arc::new(lookup), Context::new());
    bound.component(component, &of(arguments), &implicit, None, "x").unwrap()
}

/// The text of a file of the built-in theme.
fn own(path: &str) -> &'static str {
    let files = ibid::theme::builtin();
    let (_, bytes) = files.into_iter().find(|(own, _)| own == path).unwrap();
    std::str::from_utf8(bytes).unwrap()
}

/// The words of the built-in theme by language.
fn own_words() -> ibid::theme::Translations {
    let files: Vec<Translation> = ibid::theme::builtin()
        .into_iter()
        .filter_map(|(path, bytes)| {
            let language = path.strip_prefix("i18n/")?.strip_suffix(".toml")?.to_owned();
            let text = std::str::from_utf8(bytes).unwrap().into();
            Some(Translation { language, path: SourcePath::new(path), text })
        })
        .collect();
    let words = translations(&files);
    assert_eq!(words.diagnostics, []);
    words.value
}

#[test]
fn the_built_in_theme_has_every_word_in_every_language() {
    let words = own_words();
    assert!(words.len() >= 3, "{:?}", words.keys());
    let english: Vec<&String> = words["en"].keys().collect();
    for (language, words) in &words {
        assert_eq!(words.keys().collect::<Vec<_>>(), english, "{language}");
        let places = |word: &str| word.matches('{').count();
        for (key, word) in words {
            assert!(!word.is_empty(), "{language}: {key}");
            assert_eq!(places(word), places(&own_words()["en"][key]), "{language}: {key}");
        }
    }
}

#[test]
fn scripts_find_the_words_that_they_say() {
    let words = ibid::theme::script_words(&own_words()).unwrap();
    let words: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(&words).unwrap();
    assert_eq!(words["de"]["copy"], "Kopieren");
    let script = own("static/scholar.js");
    let said = script
        .split("say.")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default());
    let said: Vec<&str> = said.collect();
    assert!(said.contains(&"copied") && said.contains(&"title"), "{said:?}");
    for key in said {
        assert!(words["en"].contains_key(key), "{key}");
    }
    let text = own("i18n/en.toml").replace("script-", "");
    let file = Translation { language: "en".into(), path: SourcePath::new("a"), text: text.into() };
    assert_eq!(ibid::theme::script_words(&translations(&[file]).value), None);
}

#[test]
fn the_script_in_a_page_is_the_one_in_the_file() {
    let script = own("static/reader.js").trim_end();
    assert!(own("templates/components/once.html").contains(&format!("<script>{script}</script>")));
}

#[test]
fn each_page_of_a_list_has_a_title_of_its_own() {
    let title = |subject: &str, home: bool, paginator: &str| {
        let arguments =
            format!(r#"{{"subject": {subject}, "home": {home}, "paginator": {paginator}}}"#);
        scholar("head.title", &arguments, r#"{"title": "A & B"}"#, 0)
    };
    let guide = r#"{"title": "Guide"}"#;
    let pager = |n: usize| format!(r#"{{"current_index": {n}, "number_pagers": 3}}"#);
    assert_eq!(title(guide, false, "null"), "Guide · A &amp; B");
    assert_eq!(title(guide, false, &pager(1)), "Guide · A &amp; B");
    assert_eq!(title(guide, false, &pager(2)), "Guide · page 2 of 3 · A &amp; B");
    assert_eq!(title(guide, true, &pager(1)), "A &amp; B");
    assert_eq!(title(guide, true, &pager(3)), "A &amp; B · page 3 of 3");
    assert_eq!(title("null", false, "null"), "A &amp; B");
}

#[test]
fn a_menu_that_nobody_wrote_holds_seven_sections() {
    let menu = |config: &str, sections: usize| scholar("menu", "{}", config, sections);
    assert_eq!(menu("{}", 0), "");
    assert_eq!(menu("{}", 3).matches("<li>").count(), 3);
    let many = menu("{}", 1500);
    assert_eq!(many.matches("<li>").count(), 7);
    assert!(many.contains("S1<") && many.contains("S7<"));
    let own = r#"{"name": "N", "url": "/n/"},"#.repeat(9);
    let config = format!(r#"{{"extra": {{"menu": [{}]}}}}"#, own.trim_end_matches(','));
    assert_eq!(menu(&config, 1500).matches("<li>").count(), 9);
}

#[test]
fn the_menu_says_where_the_reader_is() {
    let entries = r#"{"extra": {"menu": [{"name": "H", "path": "/"}, {"name": "G", "path": "/g/"},
        {"name": "P", "path": "@/_index.md"}, {"name": "E", "url": "https://e.org/"}]}}"#;
    let current = |path: &str| {
        let arguments = format!(r#"{{"current_path": "{path}"}}"#);
        let html = scholar("menu", &arguments, entries, 0);
        let names = html.split("<li>").skip(1).filter_map(|entry| {
            let (_, rest) = entry.split_once("aria-current=\"")?;
            Some(rest.split(['"', '>', '<']).filter(|part| !part.is_empty()).take(2).collect())
        });
        names.collect::<Vec<Vec<&str>>>().concat().join(" ")
    };
    assert_eq!(current("/"), "page H");
    assert_eq!(current("/g/"), "page G");
    assert_eq!(current("/g/x/"), "true G");
    assert_eq!(current("/other/"), "");
}

#[test]
fn a_site_replaces_the_frame_of_the_built_in_theme() {
    let frame = Template {
        name: "base.html".into(),
        path: SourcePath::new("templates/base.html"),
        text: "<main>{% block main %}{% endblock %}</main>".into(),
    };
    let layers = [Layer::builtin(), Layer { prefix: None, templates: vec![frame] }];
    assert!(load(&layers).is_ok());
}

#[test]
fn unknown_parents_and_includes_are_reported_together_with_unknown_names() {
    assert_eq!(
        findings(&[
            ("a.html", "{% extends 'bse.html' %}{% block x %}{{ x | slugfy }}{% endblock %}"),
            ("base.html", "{% include \"scholar/crd.html\" %}"),
            ("scholar:card.html", ""),
        ]),
        "template-syntax: there is no template `bse.html` @ templates/a.html `bse.html` | did you mean `base.html`?
template-syntax: there is no filter `slugfy` @ templates/a.html `slugfy` | did you mean `slugify`?
template-syntax: there is no template `scholar/crd.html` @ templates/base.html `scholar/crd.html` | did you mean `scholar/card.html`?"
    );
}

#[test]
fn templates_that_lead_back_to_themselves_are_reported() {
    assert_eq!(
        findings(&[
            ("scholar:page.html", ""),
            ("page.html", "{% extends 'page.html' %}"),
            ("a.html", "{% include 'b.html' %}"),
            ("b.html", "{% include 'a.html' %}"),
        ]),
        "template-syntax: `templates/a.html` leads back to itself @ templates/b.html `a.html` + `templates/a.html` includes this @ templates/a.html `b.html`
template-syntax: `templates/page.html` extends itself @ templates/page.html `page.html` | `scholar/page.html` is the theme's own"
    );
    // The engine would follow `super()` into the include and never come back.
    assert_eq!(
        findings(&[
            ("base.html", "{% block x %}{% include 'a.html' %}{% endblock %}"),
            ("a.html", "{% extends 'base.html' %}{% block x %}{{ super() }}{% endblock %}"),
        ]),
        "template-syntax: `templates/a.html` leads back to itself @ templates/base.html `a.html` + `templates/a.html` extends this @ templates/a.html `base.html`"
    );
    assert_eq!(
        findings(&[
            ("a.html", "{% block x %}{% block y %}{% endblock %}{% endblock %}"),
            (
                "b.html",
                "{% extends 'a.html' %}{% block y %}{% block x %}{{ super() }}{% endblock %}{% endblock %}"
            ),
        ]),
        "template-syntax: the blocks `y` and `x` are inside of each other @ templates/b.html `x` + and the other way round here @ templates/a.html `y` | nest them in the same order as the parent template does"
    );
}

#[test]
fn a_component_is_defined_once_in_a_layer() {
    assert_eq!(
        findings(&[
            ("a.html", "{% component c() %}{% endcomponent %}"),
            ("b.html", "{% component c() %}{% endcomponent %}"),
        ]),
        "template-syntax: the component `c` is defined twice @ templates/b.html `c` + first here @ templates/a.html `c` | give one of them another name"
    );
}

#[test]
fn a_template_that_stops_names_the_place_the_calls_and_the_page() {
    let files = [
        ("page.html", "é {% include \"scholar/card.html\" %}"),
        ("scholar:card.html", "<p>\n  é {{ <card page={page} /> }}"),
        ("scholar:c.html", "{% component card(page) %}{{ page.titel }}{% endcomponent %}"),
    ];
    let mut context = Context::new();
    context.insert_value("page", value(r#"{"title": "T"}"#));
    let finding = bound(&files).render("page.html", &context, "content/x.md").unwrap_err();
    assert_eq!(
        said(&files, &[finding]),
        "template-error: there is no field `titel` here, while rendering `content/x.md` \
         @ themes/scholar/templates/c.html `titel` \
         + called from @ themes/scholar/templates/card.html `<card page={page} />` \
         + called from @ templates/page.html `\"scholar/card.html\"` \
         | did you mean `title`?"
    );
    let missing = bound(&files).render("pag.html", &context, "content/x.md").unwrap_err();
    assert_eq!(
        said(&files, &[missing]),
        "template-missing: there is no template `pag.html`, which `content/x.md` asks for \
         | did you mean `page.html`?"
    );
    check_stops(&[("pag", "there is no variable `pag` here", "")]);
    assert_eq!(
        render("{{ [1] | upper }}"),
        "template-error: this is an array, not a string, while rendering `content/x.md` \
         @ templates/page.html `[1]`"
    );
}

fn on_a_large_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap();
}

#[test]
fn components_that_call_themselves_end() {
    on_a_large_stack(|| {
        check(&[(
            "{% component c() %}{{ <c /> }}{% endcomponent %}{{ <c /> }}",
            "template-error: components call each other more than 20 deep, while rendering \
             `content/x.md` @ templates/page.html `` | end the recursion by an `if`",
        )]);
        let files = [
            ("page.html", "{% include 'a.html' %}"),
            ("a.html", "{{ <c /> }}"),
            ("c.html", "{% component c() %}{% include 'page.html' %}{% endcomponent %}"),
        ];
        assert!(bound(&files).render("page.html", &Context::new(), "x").is_err());
    });
}

#[test]
fn nesting_without_measure_is_refused() {
    on_a_large_stack(|| {
        let chain: Vec<(String, String)> = (0..1000)
            .map(|n| (format!("{n}.html"), format!("{{% include '{}.html' %}}", n + 1)))
            .chain([("1000.html".to_owned(), String::new())])
            .collect();
        let files: Vec<(&str, &str)> = chain.iter().map(|(a, b)| (&**a, &**b)).collect();
        assert!(findings(&files).contains("nested more than 32 deep"));

        let elifs = format!("{{% if a %}}{}{{% endif %}}", "{% elif a %}".repeat(100_000));
        assert!(findings(&[("a.html", &elifs)]).contains("more than 64 `elif`s"));

        for open in ["(", "[", "{'a':", "not ", "- ", "1 if ", "1 ** ", "a[", "<a x={", "f(x="] {
            let text = format!("{{{{ {}1 }}}}", open.repeat(200_000));
            assert!(findings(&[("a.html", &text)]).starts_with("template-syntax: "), "{open}");
        }
        for tag in ["if a", "for a in b", "set a", "<a>", "filter upper", "block x"] {
            let found = findings(&[("a.html", &format!("{{% {tag} %}}").repeat(100_000))]);
            assert!(found.starts_with("template-syntax: "), "{tag}");
        }
    });
}

#[test]
fn the_deepest_nesting_that_loads_also_renders() {
    on_a_large_stack(|| {
        let mut files = vec![("31.html".to_owned(), "{{ <c n={1} /> }}".to_owned())];
        for n in 0..31 {
            files.push((format!("{n}.html"), format!("{{% include '{}.html' %}}", n + 1)));
        }
        let component = "{% component c(n) %}{% include '10.html' %}{% endcomponent %}";
        files.push(("c.html".to_owned(), component.to_owned()));
        let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (&**a, &**b)).collect();
        let error = bound(&files).render("0.html", &Context::new(), "x").unwrap_err();
        assert!(error.message.contains("more than 20 deep"), "{}", error.message);
    });
}

#[test]
fn a_large_template_loads_and_renders() {
    let text = "<p>{{ 1 }} {# c #}</p>\n".repeat(50_000);
    assert_eq!(render(&text).len(), "<p>1 </p>\n".len() * 50_000);
}

#[test]
fn any_cut_of_a_template_gives_a_finding_or_a_page() {
    let text = "{# ü #}{% extends 'ü' %}{% block é %}{{- super() | date(format=\"%Y\\\"ü\") -}}\
        {% endblock %}{% component a.b(c: string = 'ü', @d, ...e) {'k': 1} %}\
        {% for a, b in {'ü': 1}?.x[0:2] %}{% else %}{% endfor %}{{ <a.b c={1} {...x}>ü</a.b> }}\
        {% if a is not defined or b %}{% elif c %}{% endif %}{% endcomponent a.b %}\
        {% raw %}{{ ü {% endraw %}{% set x %}ü{% endset %}{% filter upper %}ü{% endfilter %}";
    for (cut, _) in text.char_indices() {
        findings(&[("a.html", &text[..cut])]);
        findings(&[("a.html", &text[cut..])]);
    }
}

#[test]
fn a_theme_says_what_it_is() {
    let path = SourcePath::new("themes/x/theme.toml");
    let text = "name = \"x\"\nauthors = [\"A\", 1]\nlicence = \"MIT\"\nextends = \"scholar\"\n\
                homepage = 5\n[extra]\nwide = true\n";
    let outcome = manifest(&path, text);
    assert_eq!(outcome.value.name.as_deref(), Some("x"));
    assert_eq!(outcome.value.extends.unwrap().get_ref(), "scholar");
    assert_eq!(outcome.value.authors, ["A"]);
    assert_eq!(outcome.value.extra["wide"].as_bool(), Some(true));
    let seen: Vec<(&str, &str)> = outcome
        .diagnostics
        .iter()
        .map(|finding| {
            let span = finding.span.as_ref().unwrap();
            (finding.message.as_str(), &text[span.range.clone()])
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("expected a string, found integer `1`", "1"),
            ("`theme.toml` has no key `licence`", "licence"),
            ("expected a string, found integer `5`", "5"),
        ]
    );
    assert_eq!(outcome.diagnostics[1].help.as_deref(), Some("did you mean `license`?"));
    assert_eq!(manifest(&path, "name = ").diagnostics.len(), 1);
    let later = manifest(&path, "min_version = \"99.0\"").diagnostics;
    assert!(later[0].message.starts_with("this theme needs ibid 99.0, and this is "));
    assert!(manifest(&path, "min_version = \"0.1\"").diagnostics.is_empty());
}

#[test]
fn words_of_a_higher_layer_win() {
    let file = |path: &str, text: &str| Translation {
        language: SourcePath::new(path).stem().to_owned(),
        path: SourcePath::new(path),
        text: text.into(),
    };
    let outcome = translations(&[
        file("themes/scholar/i18n/en.toml", "a = \"A\"\nb = \"B\""),
        file("themes/scholar/i18n/de.toml", "a = \"Ä\""),
        file("i18n/en.toml", "b = \"site\"\nc = 1"),
    ]);
    assert_eq!(outcome.value["en"]["a"], "A");
    assert_eq!(outcome.value["en"]["b"], "site");
    assert_eq!(outcome.value["de"]["a"], "Ä");
    assert_eq!(outcome.diagnostics.len(), 1);
    assert_eq!(outcome.diagnostics[0].message, "expected a string, found integer `1`");
}
