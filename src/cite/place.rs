//! The kinds of places within a work, and what they are called.

/// The words for each kind of place, in lower case: English, German, French, Spanish. One that
/// ends with a dot is an abbreviation and counts with its dot only.
#[rustfmt::skip]
pub(super) const TERMS: &[(&str, &[&str])] = &[
    ("act", &["act", "acts"]),
    ("appendix", &["appendix", "appendices", "app.", "apps.", "anhang"]),
    ("article-locator", &["article", "articles", "art.", "arts.", "artikel", "artículo"]),
    ("book", &["book", "books", "bk.", "bks.", "buch", "livre", "libro"]),
    ("canon", &["canon", "canons", "can.", "cann."]),
    ("chapter", &["chapter", "chapters", "chap.", "chaps.", "ch.", "chs.", "kapitel", "kap.",
        "chapitre", "chapitres", "capítulo", "capítulos", "cap.", "caps.", "capp."]),
    ("column", &["column", "columns", "col.", "cols.", "spalte", "spalten", "sp.", "colonne",
        "colonnes", "columna", "columnas"]),
    ("elocation", &["location", "locations", "loc.", "locs."]),
    ("equation", &["equation", "equations", "eq.", "eqs.", "gleichung", "gl."]),
    ("figure", &["figure", "figures", "fig.", "figs.", "abbildung", "abbildungen", "abb.",
        "figura", "figuras"]),
    ("folio", &["folio", "folios", "fol.", "fols.", "fo.", "bl.", "blatt"]),
    ("issue", &["issue", "issues", "number", "numbers", "no.", "nos.", "nr.", "iss.", "núm.",
        "heft", "numéro"]),
    ("line", &["line", "lines", "l.", "ll.", "zeile", "zeilen", "z.", "ligne", "lignes",
        "línea", "líneas"]),
    ("note", &["note", "notes", "n.", "nn.", "anmerkung", "anm.", "nota", "notas"]),
    ("opus", &["opus", "opera", "op.", "opp."]),
    ("page", &["page", "pages", "p.", "pp.", "p", "pp", "pg.", "pgs.", "seite", "seiten", "s.",
        "página", "páginas", "pág.", "págs.", "pagina"]),
    ("paragraph", &["paragraph", "paragraphs", "para.", "paras.", "par.", "pars.", "¶", "¶¶",
        "absatz", "abs.", "paragraphe", "paragraphes", "párrafo", "párrafos", "párr.", "rn."]),
    ("part", &["part", "parts", "pt.", "pts.", "teil", "teile", "partie", "parties", "parte",
        "partes"]),
    ("rule", &["rule", "rules", "r.", "rr."]),
    ("scene", &["scene", "scenes", "sc.", "scs."]),
    ("section", &["section", "sections", "sec.", "secs.", "sect.", "sects.", "§", "§§",
        "abschnitt", "abschnitte", "abschn.", "sección", "secciones"]),
    ("sub-verbo", &["sub verbo", "sub verbis", "s.v.", "s.vv.", "s. v."]),
    ("supplement", &["supplement", "supplements", "supp.", "supps.", "suppl."]),
    ("table", &["table", "tables", "tbl.", "tbls.", "tab.", "tabelle", "tabellen", "tableau",
        "tabla", "tablas"]),
    ("timestamp", &["timestamp", "timestamps", "time"]),
    ("title-locator", &["title", "titles", "tit.", "tits."]),
    ("verse", &["verse", "verses", "v.", "vv.", "vers"]),
    ("version", &["version", "versions", "ver."]),
    ("volume", &["volume", "volumes", "vol.", "vols.", "band", "bände", "bd.", "bde.", "tome",
        "tomes", "t.", "volumen"]),
];

/// The kind of place that is called so.
pub(super) fn kind(name: &str) -> Option<&'static str> {
    TERMS.iter().map(|(kind, _)| *kind).find(|kind| *kind == name)
}
