//! Hostile texts: whatever comes in, there is no panic, the holes are in order and in place,
//! and the time stays in proportion to the text.

use std::sync::{Arc, LazyLock};

use ibid::markdown::{
    Body, Dialect, Highlighter, HoleKind, Hooks, Macros, Options, Parsed, nest, parse,
};
use ibid::path::SourcePath;

/// One for all: loading the syntaxes takes longer than most of the texts.
static HIGHLIGHTER: LazyLock<Arc<Highlighter>> = LazyLock::new(Arc::default);

/// Macros as an author would write them, and as nobody should.
static MACROS: LazyLock<Arc<Macros>> = LazyLock::new(|| {
    let mut macros = Macros::default();
    for (name, body) in [("twice", "{#1#1}"), ("hold", "\\pmod{#1}"), ("again", "\\again")] {
        assert_eq!(macros.add(name, body), None);
    }
    macros.into()
});

/// Parses a text in both dialects and checks what must hold of any result.
fn check(name: &str, text: &str) {
    for dialect in [Dialect::Ibid, Dialect::CommonMark] {
        let options = Options {
            dialect,
            heading_links: true,
            highlighter: HIGHLIGHTER.clone(),
            line_numbers: false,
            // Half of the texts as they are where components write elements.
            hooks: Hooks::of(|_| text.len() % 2 == 1),
            macros: MACROS.clone(),
        };
        let outcome = parse(text, 7, &SourcePath::new("content/a.md"), &options);
        check_parsed(name, text, &outcome.value);
        for finding in outcome.diagnostics {
            let spans = finding.span.into_iter().chain(finding.labels.into_iter().map(|l| l.span));
            for span in spans {
                check_range(name, text, &span.range);
            }
        }
    }
}

fn check_parsed(name: &str, text: &str, parsed: &Parsed) {
    let Parsed { texts, body } = parsed;
    let mut last = 0;
    for hole in &body.holes {
        let place = hole.range();
        assert!(last <= place.start, "{name}: {hole:?}");
        last = place.end;
        assert!(texts.html.get(place.clone()).is_some(), "{name}: {hole:?}");
        let written = !matches!(hole.kind, HoleKind::ImageSize(_) | HoleKind::Label(_));
        assert!(place.is_empty() || written, "{name}: {hole:?}");
        if let HoleKind::Citation(index) = hole.kind {
            assert!((index as usize) < body.citations.len(), "{name}: {hole:?}");
        }
        if let HoleKind::Href(index) | HoleKind::ImageSize(index) = hole.kind {
            assert!((index as usize) < body.links.len(), "{name}: {hole:?}");
        }
    }
    assert!(!texts.html.contains('\0'), "{name}: a null");
    for control in (1..8_u8).map(char::from) {
        let made = texts.html.contains(control) || texts.prose.contains(control);
        assert!(!made || text.contains(control), "{name}: {control:?} is of our making");
    }
    check_citations(name, text, body);
    check_wikilinks(name, parsed);
    check_directives(name, text, parsed);
    let links = body.links.iter().map(|link| &link.span);
    let headings = body.headings.iter().map(|heading| &heading.span);
    for range in links.chain(headings).chain(&body.empty_credits) {
        check_range(name, text, range);
    }
    let ids: std::collections::BTreeSet<_> =
        body.headings.iter().filter_map(|heading| heading.id.as_ref()).collect();
    let given = body.headings.iter().filter(|heading| heading.id.is_some()).count();
    assert!(ids.len() == given || name.starts_with("raw"), "{name}: an id twice");
    nest(&body.headings);
}

/// What opens is closed, and no link stands within another.
fn check_wikilinks(name: &str, Parsed { texts, body }: &Parsed) {
    let mut open: Option<(u32, usize)> = None;
    for hole in &body.holes {
        match (hole.kind, open) {
            (HoleKind::NameStart(index), None) => {
                assert!((index as usize) < body.links.len(), "{name}: {hole:?}");
                open = Some((index, hole.range().end));
            }
            (HoleKind::NameEnd(index), Some((opened, from))) => {
                assert_eq!(index, opened, "{name}: {hole:?}");
                let within = &texts.html[from..hole.range().start];
                assert!(!within.is_empty() && !within.contains("<a"), "{name}: `{within}`");
                open = None;
            }
            (HoleKind::NameStart(_) | HoleKind::NameEnd(_), _) => panic!("{name}: {hole:?}"),
            _ => {}
        }
    }
    assert_eq!(open, None, "{name}");
}

/// Every directive begins, has its label and ends, within what it stands in, and so does every
/// element that a component writes.
fn check_directives(name: &str, text: &str, Parsed { texts, body }: &Parsed) {
    let mut open: Vec<(HoleKind, bool)> = Vec::new();
    let mut seen = vec![false; body.directives.len()];
    for hole in &body.holes {
        match hole.kind {
            HoleKind::DirectiveStart(index) => {
                assert!(
                    !std::mem::replace(&mut seen[index as usize], true),
                    "{name}: {index} twice"
                );
                open.push((hole.kind, false));
            }
            HoleKind::DirectiveBody(index) => {
                let last = open.last_mut().expect(name);
                assert_eq!(*last, (HoleKind::DirectiveStart(index), false), "{name}");
                last.1 = true;
            }
            HoleKind::DirectiveEnd(index) => {
                assert_eq!(open.pop(), Some((HoleKind::DirectiveStart(index), true)), "{name}");
            }
            HoleKind::HookStart(index) => {
                assert!((index as usize) < body.hooked.len(), "{name}: {hole:?}");
                open.push((hole.kind, true));
            }
            HoleKind::HookEnd(index) => {
                assert_eq!(open.pop(), Some((HoleKind::HookStart(index), true)), "{name}");
            }
            _ => {}
        }
    }
    assert!(open.is_empty() && seen.iter().all(|seen| *seen), "{name}: {open:?}");
    for directive in &body.directives {
        check_range(name, text, &directive.span);
        check_range(name, text, &directive.name_span);
        for range in directive.label_span.iter().chain(&directive.end) {
            check_range(name, text, range);
        }
        assert!(texts.prose.get(directive.prose.clone()).is_some(), "{name}: {directive:?}");
    }
}

/// Every citation has one hole and a sentence of bounded length, and its places are right.
fn check_citations(name: &str, text: &str, body: &Body) {
    let mut shown: Vec<usize> = Vec::new();
    for hole in &body.holes {
        if let HoleKind::Citation(index) = hole.kind {
            shown.push(index as usize);
        }
    }
    shown.sort_unstable();
    assert!(shown.iter().copied().eq(0..body.citations.len()), "{name}: {shown:?}");
    let mut last = 0;
    for citation in &body.citations {
        assert!(last <= citation.span.start, "{name}: {citation:?}");
        last = citation.span.end;
        check_range(name, text, &citation.span);
        assert!(!citation.items.is_empty(), "{name}: {citation:?}");
        assert!(citation.sentence.chars().count() <= 302, "{name}: {citation:?}");
        for item in &citation.items {
            check_range(name, text, &item.span);
            assert!(text[item.span.start - 7..].starts_with('@'), "{name}: {citation:?}");
        }
    }
    for range in &body.citations_needed {
        check_range(name, text, range);
        assert_eq!(&text[range.start - 7..range.end - 7], "{cn}", "{name}");
    }
}

fn check_range(name: &str, text: &str, range: &std::ops::Range<usize>) {
    assert!(range.start >= 7 && range.end <= text.len() + 7, "{name}: {range:?}");
    assert!(text.get(range.start - 7..range.end - 7).is_some(), "{name}: {range:?}");
}

#[test]
fn deep_nesting_neither_overflows_nor_stalls() {
    let n = 10_000;
    check("quotes", &">".repeat(n));
    check("quotes with text", &("> ".repeat(n) + "a\n"));
    check("lists", &("- ".repeat(n) + "a"));
    check("numbered lists", &("1. ".repeat(n) + "a"));
    check("alerts", &("> [!NOTE]\n".repeat(n)));
    check("emphasis", &("*a **b ".repeat(n) + &"c** d*".repeat(n)));
    check("images", &("![".repeat(n) + "a" + &"](b)".repeat(n)));
    check("links", &("[".repeat(n) + "a" + &"](b)".repeat(n)));
    check("raw quotes", &("<blockquote>".repeat(n) + "a"));
    check("raw headings", &("<h1 id=x><h2 id=x>".repeat(n) + "a"));
    check("raw links", &"<a href=x><a href='y'>".repeat(n));
    check("figures", &"<figure><figcaption>Photo:\n\n![](x)\n*Source:*\n\n".repeat(n));
}

#[test]
fn many_of_a_kind_take_no_quadratic_time() {
    let n = 20_000;
    check("headings", &"# a\n".repeat(n));
    check("own ids", &"# a {#a}\n".repeat(n));
    check("braces", &"# a {b}\n".repeat(n));
    check("footnotes", &"a[^1] b[^2]\n\n[^1]: c[^2]\n\n".repeat(n / 4));
    let notes: String = (0..n).map(|i| format!("a[^{i}]\n\n[^{i}]: b[^{}]\n\n", i + 1)).collect();
    check("a chain of footnotes", &notes);
    check("tags without an end", &"<a href=\"".repeat(n));
    check("attributes", &("<a ".to_owned() + &"b=c ".repeat(n) + ">"));
    let alt = "d".repeat(n);
    check("sizes", &format!("<img alt={alt} srcset='{}'>", "a 1x, ".repeat(n)));
    check("sources", &format!("<img alt={alt} {}>", "src=a ".repeat(n)));
    check("commas", &format!("<img srcset='{}'>", "a,, ,".repeat(n)));
    check("quotes of attributes", &("# a {".to_owned() + &"b=\"c ".repeat(n) + "}"));
    check("comments", &"<!-- ".repeat(n));
    check("references", &"&amp;&".repeat(n));
    check("scripts", &"<script>".repeat(n));
    check("cells", &("|".repeat(n) + "\n" + &"|-".repeat(n) + "|\n" + &"|".repeat(n)));
    check("dollars", &"$".repeat(n));
    check("backticks", &(1..600).map(|i| "`".repeat(i) + " ").collect::<String>());
    check("colons", &":::\n:a\n: b\n".repeat(n));
    check("definitions", &"[a]: b\n".repeat(n));
    check("fences", &"```nope,hl_lines=1-99999999999999999999 2-1\n```\n".repeat(20));
}

#[test]
fn many_citations_take_no_quadratic_time() {
    let n = 10_000;
    check("brackets that open", &"[@".repeat(n));
    check("brackets with a key", &"[@a".repeat(n));
    check("keys", &"@a".repeat(10 * n));
    check("keys with spaces", &"@a ".repeat(10 * n));
    check("keys on lines", &"> @a\n".repeat(n));
    check("citations", &"[@a] ".repeat(5 * n));
    check("sentences", &"A b [@a]. ".repeat(n));
    check("nested", &("[@a ".repeat(n) + &"]".repeat(n)));
    check("deep", &("[".repeat(n) + "@a" + &"]".repeat(n)));
    check("works", &format!("[{}]", "@a; ".repeat(n)));
    check("works without semicolons", &format!("[{}]", "@a ".repeat(n)));
    check("semicolons", &format!("[@a{}]", ";".repeat(n)));
    check("semicolons of one", &format!("[@a{}]", "; b".repeat(n)));
    check("braces", &"[@{".repeat(n));
    check("braces of places", &"[@a{".repeat(n));
    check("braces of one", &format!("[@a{}]", "{".repeat(n)));
    check("places", &format!("[@a, pp. {}]", "3, ".repeat(n)));
    check("brackets of places", &format!("[@a, pp. {}]", "3(".repeat(n)));
    check("narratives with brackets", &"@a [b] ".repeat(n));
    check("narratives with brackets that open", &"@a [".repeat(n));
    check("round", &"(@a, p. 3".repeat(n));
    check("needed", &"{cn} ".repeat(n));
    check("commands", &"\\cite{a".repeat(n));
    check("shortcodes", &"{{< cite ".repeat(n));
    check("links", &("[".repeat(n) + "[@a]" + &"](b)".repeat(n)));
    check("cites in links", &"[a [@b] c](d) ".repeat(n));
    check("cites in images", &("![".repeat(n) + "[@a]" + &"](b)".repeat(n)));
    check("a long key", &format!("[@{}]", "a".repeat(10 * n)));
    check("a long identifier", &format!("[@doi:10.1234/{}]", "(a".repeat(10 * n)));
    check("dots", &format!("[@a{}]", ".".repeat(10 * n)));
    check("entities", &format!("[@a {}]", "&amp;".repeat(n)));
    check("definitions of keys", &"[@a]: b\n".repeat(n));
    check("cells", &format!("|a|\n|-|\n{}", "|[@a]|\n".repeat(n)));
    check("lines", &format!("> a [see\n{}@a]", "> > b\n".repeat(n)));
    check("formulas", &"[@a$b] $c$ ".repeat(n));
    check("footnotes", &"a[^1] [@a]\n\n[^1]: [@c]\n\n".repeat(n / 10));
    check("colons", &"[@a,\n:b]\n".repeat(n));
}

#[test]
fn every_piece_of_citations_is_a_text() {
    let pieces = [
        "[", "]", "@", "a", "-", "{", "}", ";", ",", " ", "\n", "> ", "*", "`", "$", "\\", "(",
        ")", "!", "^", "|", "p. 3", "{cn}", "&amp;", "ä", "<b>", "\r\n", ":", "# ", "\u{1}", "\0",
    ];
    // A small generator without a library: the same texts at each run.
    let mut state = 1_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        check(&format!("{text:?}"), &text);
    }
}

#[test]
fn many_wikilinks_take_no_quadratic_time() {
    let n = 20_000;
    check("wikilinks", &"[[a]] ".repeat(n));
    check("wikilinks that open", &"[[a ".repeat(n));
    check("wikilinks that open with a bar", &"[[a|b ".repeat(n));
    check("brackets behind a bar", &"[[a|[".repeat(n));
    check("keys behind a bar", &"[[a|@b ".repeat(n));
    check("embeds", &"![[a.png|b|300]]".repeat(n));
    check("brackets", &("[[".repeat(n) + &"]]".repeat(n)));
    check("headings", &format!("[[a{}]]", "#b".repeat(n)));
    check("bars", &format!("[[a{}]]", "|b".repeat(n)));
    check("torn", &format!("|a|b|\n|-|-|\n{}", "|[[a|b]]|\n".repeat(n)));
    check("torn cells", &format!("|a|\n|-|\n|{}|\n", "[[a|".repeat(n)));
    check("labels", &"[[a|*b* `c` **d** <e> [f](g)]]\n".repeat(n / 4));
}

#[test]
fn every_piece_of_wikilinks_is_a_text() {
    let pieces = [
        "[[", "]]", "[", "]", "|", "#", "!", "\\|", "\\", "a", " ", "\n", "> ", "*", "`", "$",
        "(b)", "?", "^", "@k", "ä", "<b>", "\r\n", "| ", "|-|-|\n", ":", "- ", ".png", "300",
        "\u{1}", "\0", "_", "~~",
    ];
    let mut state = 7_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..14 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        check(&format!("{text:?}"), &text);
    }
}

#[test]
fn many_directives_take_no_quadratic_time() {
    let n = 20_000;
    check("colons", &":".repeat(100_000));
    check("a name behind colons", &(":".repeat(100_000) + "note"));
    check("blocks that open", &":::a\n".repeat(n));
    check("blocks that open wider", &(3..500).map(|i| ":".repeat(i) + "a\n").collect::<String>());
    check("blocks that close", &":::\n".repeat(n));
    check("blocks", &":::a\nb\n:::\n".repeat(n));
    check("blocks in lists", &("- ".repeat(1000) + &":::a\n".repeat(n)));
    check("blocks in items", &"- :::a\n".repeat(n));
    check("blocks in quotes", &"> :::a[b]\n".repeat(n));
    check("leaves", &"::a[b]{#c .d e=f}\n".repeat(n));
    check("labels", &format!(":::a[{}]\n", "b *c* ".repeat(n)));
    check("labels that open", &":::a[\n".repeat(n));
    check("brackets in labels", &format!(":::a{}\n", "[".repeat(n)));
    check("attributes", &format!("::a{{{}}}\n", "b=c ".repeat(n)));
    check("classes", &format!("::a{{{}}}\n", ".b".repeat(n)));
    check("quotes of attributes", &format!("::a{{{}}}\n", "b=\"".repeat(n)));
    check("a long value", &format!("::a{{b=\"{}\"}}\n", "ü".repeat(n)));
    check("braces that open", &"::a{\n".repeat(n));
    check("in lines", &"b :a[c]{d} ".repeat(n));
    check("in lines that open", &"b :a[c ".repeat(n));
    check("in lines that nest", &(":a[ ".repeat(n) + &"]".repeat(n)));
    check("braces in lines", &" :a{b ".repeat(n));
    check("quotes in lines", &" :a[b]{c=\"".repeat(n));
    check("torn", &"*a :b[c* d] ".repeat(n));
    check("in code", &"```\n:::a\n```\n".repeat(n / 4));
    check("comments", &"<!--\n::a{b=\"-->\"}\n".repeat(n / 4));
    check("pages", &format!("::related{{pages=\"{}\"}}", "a; ".repeat(n)));
    check("questions", &":::question[a]\n:::\n".repeat(n));
    check(
        "controls",
        &(0..32_u8).map(|byte| format!(":::a{{b={}}}\n", char::from(byte))).collect::<String>(),
    );
}

#[test]
fn every_piece_of_directives_is_a_text() {
    let pieces = [
        ":::", "::", ":", "note", "a", "[", "]", "{", "}", " ", "\n", "\n\n", "> ", "- ", "*", "`",
        "\"", "=", "#b", ".c", "figure", "src=x", "question", "@k", "[[w]]", "    ", "```",
        "<div>", "ä", "\r\n", "\\", "[^1]", "[^1]: ", "|", "<!--", "-->", "\u{1}", "\0", "_", "\t",
    ];
    let mut state = 11_u64;
    for _ in 0..30_000 {
        let mut text = String::new();
        for _ in 0..16 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        check(&format!("{text:?}"), &text);
    }
}

#[test]
fn odd_bytes_are_text() {
    check("empty", "");
    check("nulls", "\0# \0\0\n\n[\0](\0 \"\0\")\n\n```\0\n\0\n```\n<a href=\"\0\" id=\0>\0");
    check(
        "carriage returns",
        "# a {#b}\r\n\r\n<div\r\nid=x>\r\n\r\n```rust\r\nfn\r\n```\r\n[a\r\n](b)\r",
    );
    check(
        "what a lone surrogate becomes",
        "\u{fffd}\u{d7ff}\u{e000}\u{feff}# a\n[\u{10ffff}](\u{10ffff})",
    );
    check(
        "controls",
        &(0..32_u8).map(|byte| format!(":{}:\n", char::from(byte))).collect::<String>(),
    );
    check("combining", "# e\u{301}\u{302} {#\u{301}}\n[^\u{301}]\n\n[^\u{301}]: x");
    check("right to left", "# \u{202e}abc {#\u{202e}}\n<a href=\u{202e}>");
    check("unclosed", "<a href=\"x\n<img src='y\n\n[a](<b\n\n**c `d\n\n| e\n|-\n$f {#g");
}

#[test]
fn long_lines_pass() {
    let million = 1_000_000;
    check("a word", &"a".repeat(million));
    check("words", &"aä ".repeat(million / 4));
    check("code", &format!("```rust\n{}\n```\n", "x ".repeat(million / 2)));
    check("much code", &format!("```rust\n{}```\n", "fn a() {}\n".repeat(30_000)));
    check("a heading", &format!("# {}", "a ".repeat(million / 2)));
    check("a link", &format!("[{}]({})", "a ".repeat(million / 4), "b".repeat(million / 2)));
    check("a tag", &format!("<p {}>", "a ".repeat(million / 2)));
}

#[test]
fn every_end_of_a_text_is_a_text() {
    let text = "# A *b* {#c}\n\n> [!NOTE]\n> x[^1] ![a](b \"c\")\n\n- [ ] <a href=\"d\">e</a>\n\n|f|\n|-|\n|g|\n\n[^1]: h\n\n```rust,linenos\nfn i() {}\n```\n\n<figure><img src=j><figcaption>Photo:</figcaption></figure>\n\n$$k$$\n\nl\n: m ö\n\nn [see @o, p. 3; -@{p q}]. @r [s *t*] {cn} ![u [@v]](w) [x [@y]](z) [[a#b|c *d*]] ![[e.png|f|3x4]]\n\n:::note[A *b* [@c]]{#d .e}\n- ::video[f]{src=g poster=\"h\"}\n\n:i[j *k*]{l=\"m\"}\n:::\n";
    for (end, _) in text.char_indices() {
        check("a prefix", &text[..end]);
        check("a suffix", &text[end..]);
    }
}

#[test]
fn formulas_of_random_parts() {
    let parts = [
        "\\frac",
        "{",
        "}",
        "\\begin{align}",
        "\\end{align}",
        "\\begin{matrix}",
        "\\end{matrix}",
        "\\left(",
        "\\right)",
        "^",
        "_",
        "&",
        "\\\\",
        "x",
        "1",
        "\\sqrt",
        "[",
        "]",
        "\\text{",
        "\\hat",
        "\\sum",
        "\\limits",
        "\\label{a}",
        "\\eqref{a}",
        "\\tag{1}",
        "\\twice",
        "\\hold",
        "\\again",
        "é",
        "'",
        "#1",
        "%",
        "\n",
        "\\color{red}",
        "\\not",
        "\\operatorname{",
        "\\over",
        "\\big",
        "𝛼",
        "\\middle|",
        "\\hspace{1em}",
        "\\substack{",
        "\\begin{array}{c|c}",
        "\\end{array}",
        "\\hline",
        "\\mathbb",
        "\\overset",
        "~",
        "\\ ",
        "\\",
        "\\genfrac",
        "\\xrightarrow",
        "\\phantom",
        "\\binom",
        "\\bra",
        "\\ket",
        "\\braket",
        "\\pmod",
        "\\Bra",
        "\\bmod",
        "\\dots",
        "\\iff",
        "\\begin{equation}",
        "\\end{equation}",
        "\\begin{",
        "\0",
        "\u{202e}",
        "\\text{$",
        "<b>",
        "&amp;",
        "\\u",
    ];
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).expect("it is small")
    };
    for _ in 0..300 {
        let mut text = String::new();
        for _ in 0..8 {
            let formula: String = (0..1 + next(12)).map(|_| parts[next(parts.len())]).collect();
            text.push_str(&format!("a ${formula}$ b\n\n$$\n{formula}\n$$\n\n"));
        }
        check("formulas", &text);
    }
}

#[test]
fn formulas_without_end() {
    for part in [
        "{",
        "}",
        "\\frac",
        "\\sqrt[",
        "\\left(",
        "^{",
        "\\hat",
        "\\begin{matrix}",
        "\\color{red}x",
        "\\twice{",
        "\\hold{",
        "\\pmod{",
        "\\over",
        "\\ ",
        "'",
        "x",
        "\\\\",
        "&",
        "\\text{$",
        "\\eqref{a}",
        "\\alpha",
        "\\again",
        "\\not",
        "[",
    ] {
        for times in [99, 300, 5_000] {
            let many = part.repeat(times);
            check(part, &format!("$$\n{many}\n$$\n"));
            let close = "}".repeat(times);
            check(part, &format!("$$\n{many}x{close}\n$$\n"));
        }
    }
}
