//! Citations and reference lists through the face of `csl`: shapes of markers, order, escaping.
#![allow(clippy::disallowed_methods, reason = "a test reads records")]

#[path = "csl_oracle/reader.rs"]
mod reader;

use ibid::cite::{Locator, Reference, Rich};
use ibid::csl::{Cite, Cited, Cluster, Kind, Piece, Printed, Processor, Style, Work};

const RECORDS: &str = r#"[
 {"id": "furlan", "type": "article-journal", "title": "Massage for low-back pain",
  "author": [{"family": "Furlan", "given": "Andrea D"}, {"family": "Giraldo", "given": "M"}, {"family": "Baskwill", "given": "A"}],
  "container-title": "Cochrane Database of Systematic Reviews", "container-title-short": "Cochrane Database Syst Rev",
  "issued": {"date-parts": [[2015]]}, "issue": "9", "page": "CD001929", "DOI": "10.1002/14651858.cd001929.pub3"},
 {"id": "who", "type": "report", "title": "Pain", "author": [{"literal": "World Health Organization"}], "issued": {"date-parts": [[2022]]}},
 {"id": "a", "type": "book", "title": "A", "author": [{"family": "Abe", "given": "Ann"}], "issued": {"date-parts": [[2000]]}},
 {"id": "b", "type": "book", "title": "B", "author": [{"family": "Abe", "given": "Ann"}], "issued": {"date-parts": [[2000]]}},
 {"id": "evil", "type": "webpage", "title": "<script>alert(1)</script> & \"x\"", "URL": "javascript:alert(1)",
  "author": [{"family": "<b>Eve", "given": "O'"}], "issued": {"date-parts": [[1999]]}}
]"#;

/// One item: the work, its locator, what is said before and after, and whether without author.
type Item<'a> = (usize, Option<(&'static str, &'a str)>, &'a str, &'a str, bool);

fn print(style: &str, clusters: &[(&[Item<'_>], bool)]) -> Printed {
    print_in(&Style::bundled(style).expect("it is bundled"), "en", RECORDS, clusters)
}

fn print_in(
    style: &Style,
    language: &str,
    records: &str,
    clusters: &[(&[Item<'_>], bool)],
) -> Printed {
    let references: Vec<Reference> = reader::read(records);
    let processor = Processor::new(style, language);
    let works: Vec<Work> = references.iter().map(|reference| processor.format(reference)).collect();
    let cited: Vec<Cited<'_>> =
        references.iter().zip(&works).map(|(reference, work)| Cited { reference, work }).collect();
    let kept: Vec<Vec<(Option<Locator>, Rich, Rich)>> = clusters
        .iter()
        .map(|(items, _)| {
            let item = |item: &Item<'_>| {
                let locator = item.1.map(|(kind, value)| Locator { kind, value: value.to_owned() });
                let rich =
                    |text: &str| if text.is_empty() { Rich::default() } else { Rich::plain(text) };
                (locator, rich(item.2), rich(item.3))
            };
            items.iter().map(item).collect()
        })
        .collect();
    let clusters: Vec<Cluster<'_>> = clusters
        .iter()
        .zip(&kept)
        .map(|((items, narrative), kept)| Cluster {
            items: items
                .iter()
                .zip(kept)
                .map(|(item, (locator, prefix, suffix))| Cite {
                    work: item.0,
                    locator: locator.as_ref(),
                    prefix,
                    suffix,
                    without_author: item.4,
                })
                .collect(),
            narrative: *narrative,
        })
        .collect();
    processor.print(&cited, &clusters)
}

/// A marker as text: works in braces, those that are not shown in parentheses behind a `~`.
fn drawn(printed: &Printed, n: usize) -> String {
    let marker = &printed.markers[n];
    let mut out = marker.lead.clone();
    if marker.raised {
        out.push('^');
    }
    for piece in &marker.pieces {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Cite { html, shown: true, .. } => out.push_str(&format!("{{{html}}}")),
            Piece::Cite { html, .. } => out.push_str(&format!("~({html})")),
        }
    }
    out
}

const fn item(work: usize) -> Item<'static> {
    (work, None, "", "", false)
}

#[test]
fn markers_have_the_form_of_their_style() {
    let page33: Item<'_> = (0, Some(("page", "33")), "", "", false);
    let see: Item<'_> = (1, None, "see", ", and others", false);
    let bare: Item<'_> = (0, None, "", "", true);
    let clusters: &[(&[Item<'_>], bool)] = &[
        (&[item(0), item(1), item(2)], false),
        (&[page33], false),
        (&[item(0), see], false),
        (&[item(0)], true),
        (&[page33], true),
        (&[bare], false),
        (&[item(2), item(3)], false),
    ];
    let cases: &[(&str, [&str; 7])] = &[
        (
            "ama",
            [
                "^{1}~(2)–{3}",
                "^{1(p33)}",
                "^{1},see {2}, and others",
                "Furlan et al.^{1}",
                "Furlan et al.^{1(p33)}",
                "^{1}",
                "^{3},{4}",
            ],
        ),
        (
            "apa",
            [
                "({Abe, 2000a}; {Furlan et al., 2015}; {World Health Organization, 2022})",
                "({Furlan et al., 2015, p. 33})",
                "({Furlan et al., 2015}; see {World Health Organization, 2022}, and others)",
                "Furlan et al. ({2015})",
                "Furlan et al. ({2015, p. 33})",
                "({2015})",
                "({Abe, 2000a}, {2000b})",
            ],
        ),
        (
            "ieee",
            [
                "{[1]}, {[2]}, {[3]}",
                "{[1, p. 33]}",
                "{[1]}, see {[2]}, and others",
                "Furlan et al.{[1]}",
                "Furlan et al.{[1, p. 33]}",
                "{[1]}",
                "{[3]}, {[4]}",
            ],
        ),
        (
            "vancouver",
            [
                "({1}~(2)–{3})",
                "({1})",
                "({1},see {2}, and others)",
                "Furlan et al.({1})",
                "Furlan et al.({1})",
                "({1})",
                "({3},{4})",
            ],
        ),
    ];
    for (style, expected) in cases {
        let printed = print(style, clusters);
        for (n, expected) in expected.iter().enumerate() {
            assert_eq!(drawn(&printed, n), *expected, "{style}");
        }
    }
}

#[test]
fn every_item_has_one_piece_in_every_style() {
    let locator: Item<'_> = (1, Some(("chapter", "2-3")), "cf.", "", true);
    let clusters: &[(&[Item<'_>], bool)] = &[
        (&[item(0), item(1), item(2), item(3), item(4)], false),
        (&[item(2), locator, item(2)], true),
        (&[item(2)], false),
        (&[item(2)], false),
    ];
    for style in Style::names() {
        let printed = print(style, clusters);
        assert_eq!(printed.entries.len(), 5, "{style}");
        for ((items, _), marker) in clusters.iter().zip(&printed.markers) {
            let mut pieces: Vec<usize> = marker
                .pieces
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Cite { item, html, .. } => {
                        assert!(!html.trim().is_empty(), "{style}: {marker:?}");
                        assert!(!html.contains("<a "), "{style}: a link in a link: {html}");
                        Some(*item)
                    }
                    Piece::Html(_) => None,
                })
                .collect();
            pieces.sort_unstable();
            assert_eq!(pieces, (0..items.len()).collect::<Vec<_>>(), "{style}: {marker:?}");
        }
    }
}

#[test]
fn nothing_of_a_reference_becomes_markup() {
    for style in Style::names() {
        let printed = print(style, &[(&[item(4)], false), (&[item(4)], true)]);
        let mut html: String = printed.entries.iter().map(|entry| entry.html.as_str()).collect();
        for marker in &printed.markers {
            html.push_str(&marker.lead);
            html.push_str(&format!("{:?}", marker.pieces));
        }
        assert!(!html.contains("<script"), "{style}: {html}");
        assert!(!html.contains("<b>Eve"), "{style}: {html}");
        assert!(!html.contains("href=\"javascript"), "{style}: {html}");
    }
}

#[test]
fn lists_have_their_order_and_numbers() {
    let numbers = |style| {
        let printed = print(style, &[(&[item(0)], false)]);
        printed.entries.iter().map(|entry| (entry.work, entry.number)).collect::<Vec<_>>()
    };
    assert_eq!(
        numbers("ama"),
        [(0, Some(1)), (1, Some(2)), (2, Some(3)), (3, Some(4)), (4, Some(5))]
    );
    assert_eq!(numbers("apa"), [(2, None), (3, None), (4, None), (0, None), (1, None)]);
    for style in Style::names() {
        let entries = print(style, &[(&[item(0)], false)]).entries;
        assert!(entries.iter().all(|entry| !entry.html.is_empty()), "{style}: {entries:?}");
    }
    let label = print("alphanumeric", &[(&[item(0)], false)]).entries;
    assert!(label.iter().any(|entry| entry.label.as_deref() == Some("FuGB15")), "{label:?}");
}

#[test]
fn an_entry_has_its_shapes_and_links() {
    let printed = print("ama", &[(&[item(0)], false)]);
    assert_eq!(
        printed.entries[0].html,
        "Furlan AD, Giraldo M, Baskwill A. Massage for low-back pain. <i>Cochrane Database Syst Rev</i>. \
         2015;(9):CD001929. doi:<a href=\"https://doi.org/10.1002/14651858.cd001929.pub3\">10.1002/14651858.cd001929.pub3</a>"
    );
}

#[test]
fn styles_are_told_by_their_kind() {
    let kinds = [
        ("ama", Kind::Numeric),
        ("ieee", Kind::Numeric),
        ("apa", Kind::AuthorDate),
        ("mla", Kind::AuthorDate),
        ("alphanumeric", Kind::Label),
        ("chicago-notes", Kind::Note),
    ];
    for (style, kind) in kinds {
        assert_eq!(Processor::new(&Style::bundled(style).unwrap(), "en").kind(), kind, "{style}");
    }
}

/// Records of several languages: two works of one title, an editor who also wrote, a first edition.
const ABROAD: &str = r#"[
 {"id": "a", "type": "book", "title": "Grundriss", "author": [{"family": "Müller", "given": "Jörg"}], "issued": {"date-parts": [[1990]]},
  "publisher": "Insel", "edition": "1"},
 {"id": "b", "type": "book", "title": "Grundriss", "author": [{"family": "Müller", "given": "Jörg"}], "issued": {"date-parts": [[1999]]},
  "publisher": "Insel", "edition": "2"},
 {"id": "c", "type": "book", "title": "Sammlung", "editor": [{"family": "Zahn", "given": "Uwe"}], "issued": {"date-parts": [[2001]]}},
 {"id": "d", "type": "chapter", "title": "Vom „Begriff“ und \"Wesen\"", "author": [{"family": "Zahn", "given": "Uwe"}],
  "container-title": "Werke", "page": "3-9", "issued": {"date-parts": [[2003]]}},
 {"id": "e", "type": "manuscript", "title": "Codex", "author": [{"family": "Zahn", "given": "Uwe"}, {"family": "García Márquez", "given": "Ana"}],
  "issued": {"date-parts": [[-51]]}},
 {"id": "f", "type": "book", "title": "Briefe", "author": [{"family": "Zahn", "given": "Uwe"}, {"family": "Abel", "given": "Ina"}],
  "issued": {"date-parts": [[2005]]}}
]"#;

fn abroad(style: &str, language: &str, clusters: &[(&[Item<'_>], bool)]) -> Printed {
    print_in(&Style::bundled(style).expect("it is bundled"), language, ABROAD, clusters)
}

/// The entries as text, in their order.
fn listed(printed: &Printed) -> Vec<String> {
    let bare = |html: &str| html.replace("<i>", "").replace("</i>", "").replace("<br>", " ");
    printed.entries.iter().map(|entry| bare(&entry.html)).collect()
}

#[test]
fn later_notes_tell_works_of_one_title_apart() {
    // By as little as does it: the edition, and neither publisher nor year.
    let page: Item<'_> = (0, Some(("page", "33-5")), "vgl.", "", false);
    let clusters: &[(&[Item<'_>], bool)] = &[
        (&[item(0)], false),
        (&[item(1)], false),
        (&[item(0)], false),
        (&[page], false),
        (&[item(1), item(2)], false),
    ];
    let printed = abroad("chicago-notes", "de", clusters);
    let shown: Vec<String> = (0..5).map(|n| drawn(&printed, n)).collect();
    assert_eq!(
        shown,
        [
            "{Jörg Müller, <i>Grundriss</i>, 1. Aufl. (Insel, 1990)}.",
            "{Jörg Müller, <i>Grundriss</i>, 2. Aufl. (Insel, 1999)}.",
            "{Müller, <i>Grundriss</i>, 1. Aufl.}",
            "vgl. {Müller, <i>Grundriss</i>, 1. Aufl., 33–35}.",
            "{Müller, <i>Grundriss</i>, 2. Aufl.}; {Uwe Zahn, Hrsg., <i>Sammlung</i> (2001)}.",
        ]
    );
}

#[test]
fn a_list_says_names_once_whatever_their_role() {
    let names = |style: &str| {
        let printed = abroad(style, "en", &[(&[item(0)], false)]);
        listed(&printed)
            .iter()
            .map(|entry| entry.chars().take(12).collect())
            .collect::<Vec<String>>()
    };
    assert_eq!(
        names("turabian-fullnote-8"),
        [
            "Müller, Jörg",
            "———. Grundri",
            "Zahn, Uwe, e",
            "———. “Vom „B",
            "Zahn, Uwe, a",
            "Uwe Zahn and"
        ]
    );
    // One that replaces the first name of several.
    assert_eq!(
        names("mhra"),
        [
            "Müller, Jörg",
            "——, Grundris",
            "Zahn, Uwe (e",
            "——, ‘Vom „Be",
            "——, and Ina ",
            "Uwe Zahn and"
        ]
    );
}

#[test]
fn quotation_marks_of_the_language_change_with_their_depth() {
    let entry = |language| {
        let printed = abroad("chicago-author-date", language, &[(&[item(3)], false)]);
        listed(&printed).into_iter().find(|entry| entry.contains("Begriff")).unwrap_or_default()
    };
    assert!(entry("de").contains("„Vom ‚Begriff‘ und ‚Wesen‘“"), "{}", entry("de"));
    // Marks of another language stay as they are written.
    assert!(entry("fr").contains("Vom „Begriff“ und “Wesen”"), "{}", entry("fr"));
}

#[test]
fn a_macro_without_its_variables_says_nothing() {
    let xml = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>T</title><id>t</id>
      <updated>2020-01-01T00:00:00+00:00</updated></info>
      <macro name="in"><text term="in" suffix=" "/><names variable="editor" suffix=": "/></macro>
      <macro name="words"><text value="Printed"/></macro>
      <citation><layout><text variable="title"/></layout></citation>
      <bibliography><layout><group delimiter=". "><text macro="words"/><text variable="title"/>
        <group><text macro="in"/><text variable="container-title"/></group></group></layout></bibliography></style>"#;
    let style = Style::parse(xml).expect("it is a style");
    let printed = print_in(&style, "en", ABROAD, &[(&[item(0)], false)]);
    let list = listed(&printed);
    assert_eq!(list[2], "Printed. Sammlung. in Uwe Zahn:");
    assert_eq!(list[3], "Printed. Vom „Begriff“ und “Wesen.” Werke");
}

#[test]
fn a_work_that_a_style_leaves_out_of_its_list_is_listed_as_it_is_cited() {
    let xml = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note"><info><title>T</title><id>t</id>
      <updated>2020-01-01T00:00:00+00:00</updated></info>
      <citation><layout suffix="."><text variable="title"/></layout></citation>
      <bibliography><layout suffix="."><choose><if type="book"><text variable="title"/></if></choose></layout></bibliography></style>"#;
    let style = Style::parse(xml).expect("it is a style");
    let printed = print_in(&style, "en", ABROAD, &[(&[item(4)], false)]);
    assert_eq!(listed(&printed)[4], "Codex.");
}

#[test]
fn labels_are_made_of_family_names_and_year() {
    let entries = abroad("alphanumeric", "de", &[(&[item(4)], false)]).entries;
    let labels: Vec<&str> = entries.iter().filter_map(|entry| entry.label.as_deref()).collect();
    assert!(labels.contains(&"ZaGa51"), "{labels:?}");
}

#[test]
fn works_of_the_same_people_stand_together_where_a_style_sorts_a_citation() {
    let clusters: &[(&[Item<'_>], bool)] = &[(&[item(0), item(2), item(3)], false)];
    let shown = |style| drawn(&abroad(style, "de", clusters), 0);
    let order: &[(&[Item<'_>], bool)] = &[(&[item(2), item(1), item(3)], false)];
    let sorted = drawn(&abroad("harvard-cite-them-right", "de", order), 0);
    assert_eq!(sorted, "({Müller, 1999}; {Zahn, 2001}, {2003})");
    assert_eq!(
        drawn(&abroad("chicago-author-date", "de", order), 0),
        "({Zahn 2001}; {Müller 1999}; {Zahn 2003})"
    );
    assert_eq!(shown("chicago-author-date"), "({Müller 1990}; {Zahn 2001}, {2003})");
}
