//! The fields of BibTeX and BibLaTeX as variables of CSL.

use super::entries::Entry;
use super::kind;
use super::latex::{plain, rich};
use super::locate::{self, has_address};
use super::people::people;
use super::protect;
use super::when;
use crate::cite::by_name::ByName;
use crate::cite::identifier::doi_in_url;
use crate::cite::name::Names;
use crate::cite::ordinal::ordinal;
use crate::cite::reference::{Field, Reference};
use crate::cite::rich::{Rich, Shape};
use crate::cite::standing::{set_preprint, settle};
use crate::diag::Diagnostic;

/// Fields that each become one variable as they are, in order of their names.
const SAME: &[(&str, &str)] = &[
    ("abstract", "abstract"),
    ("annotation", "annote"),
    ("annote", "annote"),
    ("callnumber", "call-number"),
    ("chapter", "chapter-number"),
    ("dimensions", "dimensions"),
    ("eventtitle", "event-title"),
    ("journal-abbrev", "container-title-short"),
    ("journalabbr", "container-title-short"),
    ("journalabbreviation", "container-title-short"),
    ("keywords", "keyword"),
    ("library", "archive"),
    ("medium", "medium"),
    ("numpages", "number-of-pages"),
    ("origlocation", "original-publisher-place"),
    ("origpublisher", "original-publisher"),
    ("origtitle", "original-title"),
    ("pagetotal", "number-of-pages"),
    ("part", "part-number"),
    ("reviewedtitle", "reviewed-title"),
    ("scale", "scale"),
    ("section", "section"),
    ("shortbooktitle", "container-title-short"),
    ("shortjournal", "container-title-short"),
    ("shorttitle", "title-short"),
    ("status", "status"),
    ("venue", "event-place"),
    ("version", "version"),
    ("volume", "volume"),
    ("volumes", "number-of-volumes"),
];

/// Fields that hold people, in order of their names.
const PEOPLE: &[(&str, &str)] = &[
    ("author", "author"),
    ("bookauthor", "container-author"),
    ("compiler", "compiler"),
    ("composer", "composer"),
    ("director", "director"),
    ("illustrator", "illustrator"),
    ("interviewer", "interviewer"),
    ("origauthor", "original-author"),
    ("performer", "performer"),
    ("recipient", "recipient"),
    ("reviewedauthor", "reviewed-author"),
    ("seriesditor", "collection-editor"),
    ("serieseditor", "collection-editor"),
    ("translator", "translator"),
];

/// An entry while its fields are read.
struct Draft<'a> {
    entry: &'a Entry,
    reference: Reference,
}

/// Makes a reference of an entry.
pub(super) fn reference(entry: Entry, found: &mut Vec<Diagnostic>) -> Reference {
    let subtype = entry.fields.get("entrysubtype").map(|value| plain(&value.tex).to_lowercase());
    let (kind, genre) = kind::csl(&entry.kind, subtype.as_deref().unwrap_or(""));
    let reference =
        Reference::new(entry.key.clone(), kind, entry.file.clone(), entry.key_range.clone());
    let mut draft = Draft { entry: &entry, reference };
    draft.same();
    draft.titles();
    draft.containers();
    draft.numbers();
    draft.publishers();
    draft.notes(genre);
    draft.editors();
    draft.reference.ids = locate::identifiers(&entry);
    if let Some(url) = locate::address(&entry) {
        draft.set("URL", Rich::plain(url));
    }
    draft.kind();
    let mut reference = draft.reference;
    when::dates(&entry, &mut reference, found);
    reference.fields = written(entry);
    settle(&mut reference);
    set_preprint(&mut reference);
    reference
}

fn written(entry: Entry) -> ByName<Field> {
    let own = entry.fields.into_iter().filter(|(name, _)| name != "abstract");
    own.filter_map(|(name, value)| {
        let range = value.range?;
        Some((name, Field::new(value.tex, range)))
    })
    .collect()
}

impl<'a> Draft<'a> {
    fn tex(&self, field: &str) -> Option<&'a str> {
        self.entry.tex(field)
    }

    fn first(&self, fields: &[&str]) -> Option<&'a str> {
        self.entry.first(fields)
    }

    fn has(&self, variable: &str) -> bool {
        self.reference.texts.contains_key(variable)
    }

    /// Sets a variable that is not set yet.
    fn set(&mut self, variable: &str, text: Rich) {
        // Only titles are ever set in another case; elsewhere the braces mean nothing.
        let text =
            if variable.contains("title") { protect::whole_words(text) } else { unfixed(text) };
        if !text.is_empty() && !self.has(variable) {
            self.reference.texts.insert(variable, text);
        }
    }

    fn is(&self, kinds: &[&str]) -> bool {
        kinds.contains(&self.reference.kind.as_str())
    }

    fn same(&mut self) {
        for (field, value) in &self.entry.fields {
            if let Some(variable) = named(SAME, field) {
                self.set(variable, rich(&value.tex));
            } else if let Some(variable) = named(PEOPLE, field) {
                self.add_names(variable, &value.tex);
            }
        }
    }

    fn titles(&mut self) {
        let title = self.whole_title("title", "subtitle", "titleaddon");
        let main = self.whole_title("maintitle", "mainsubtitle", "maintitleaddon");
        match (title, main) {
            (title, main) if self.is(&["chapter", "paper-conference"]) || main.is_empty() => {
                self.set("title", title);
            }
            (title, main) if title.is_empty() => self.set("title", main),
            (title, main) => {
                self.set("volume-title", title.clone());
                self.set("title", joined(main, ": ", title));
            }
        }
        if self.tex("subtitle").is_some()
            && let Some(title) = self.tex("title")
        {
            self.set("title-short", rich(title));
        }
    }

    fn whole_title(&self, title: &str, subtitle: &str, addon: &str) -> Rich {
        let part = |field: &str| self.tex(field).map(rich).unwrap_or_default();
        joined(joined(part(title), ": ", part(subtitle)), ". ", part(addon))
    }

    fn containers(&mut self) {
        let book = self.whole_title("booktitle", "booksubtitle", "booktitleaddon");
        let within = self.is(&["chapter", "paper-conference"]);
        let main = if within {
            self.whole_title("maintitle", "mainsubtitle", "maintitleaddon")
        } else {
            Rich::default()
        };
        if !book.is_empty() && !main.is_empty() {
            self.set("volume-title", book.clone());
        }
        let journal = match (self.tex("journaltitle"), self.tex("journal")) {
            (Some(title), Some(short)) => {
                // Two forms of one name: the shorter is the abbreviation.
                let (title, short) =
                    if short.len() <= title.len() { (title, short) } else { (short, title) };
                if plain(title) != plain(short) {
                    self.set("container-title-short", rich(short));
                }
                rich(title)
            }
            (title, journal) => title.or(journal).map(rich).unwrap_or_default(),
        };
        let addon = self.tex("journalsubtitle").map(rich).unwrap_or_default();
        let journal = joined(journal, ": ", addon);
        let whole = joined(main, ": ", book);
        let (one, other) = if within { (whole, journal) } else { (journal, whole) };
        self.set("container-title", one);
        // A book that says what its chapters are to call it is in nothing but itself.
        if !self.is(&["book"]) {
            self.set("container-title", other);
        }
        if let Some(website) = self.first(&["website", "websitetitle", "newspaper", "magazine"]) {
            self.set("container-title", rich(website));
        }
        if let Some(tex) = self.tex("issuetitle") {
            let subtitle = self.tex("issuesubtitle").map(rich).unwrap_or_default();
            self.set("volume-title", joined(rich(tex), ": ", subtitle));
        }
    }

    fn numbers(&mut self) {
        if let Some(tex) = self.tex("series") {
            let series = match tex.trim() {
                "newseries" => "new series".into(),
                "oldseries" => "old series".into(),
                tex => rich(tex),
            };
            self.set("collection-title", series);
        }
        let pages = self.first(&["pages", "page"]).map(|tex| page_range(&plain(tex)));
        let article = self.first(&["eid", "articleno", "article-number", "articlenumber"]);
        match (pages, article) {
            (Some(pages), article) => {
                self.set("page", Rich::plain(pages));
                if let Some(article) = article {
                    self.set("number", rich(article));
                }
            }
            (None, Some(article)) => self.set("page", rich(article)),
            (None, None) => {}
        }
        let periodical = self.is(&[
            "article-journal",
            "article-magazine",
            "article-newspaper",
            "periodical",
            "review",
        ]);
        match (self.tex("number"), self.tex("issue")) {
            (Some(number), issue) if periodical => {
                self.set("issue", rich(number));
                if let Some(issue) = issue.filter(|issue| *issue != number) {
                    self.set("volume-title", rich(issue));
                }
            }
            (Some(number), _) if self.has("collection-title") => {
                self.set("collection-number", rich(number));
            }
            (Some(number), _) if self.is(&["chapter", "paper-conference"]) => {
                self.set("issue", rich(number));
            }
            (Some(number), _) => self.set("number", rich(number)),
            (None, Some(issue)) => self.set("issue", rich(issue)),
            (None, None) => {}
        }
        if let Some(tex) = self.tex("edition") {
            let edition = rich(tex);
            let number = ordinal(&edition.text());
            self.set("edition", number.map_or(edition, Rich::plain));
        }
    }

    fn publishers(&mut self) {
        let thesis = ["publisher", "school", "institution", "organization"];
        let named = self.first(&thesis).or_else(|| self.first(&["distributor", "holder"]));
        if let Some(tex) = named {
            self.set("publisher", rich(tex));
        }
        if let Some(tex) = self.first(&["location", "address"]) {
            self.set("publisher-place", rich(tex));
        }
        // The organisation behind a conference is no publisher where there is one.
        if let Some(how) = self.tex("howpublished").filter(|how| !has_address(how)) {
            let variable = if self.has("publisher") { "medium" } else { "publisher" };
            self.set(variable, rich(how));
        }
    }

    fn notes(&mut self, genre: Option<&str>) {
        let part = |field: &str| self.tex(field).filter(|tex| !has_address(tex));
        let (note, addendum) = (part("note"), part("addendum"));
        let note = note.map(rich).unwrap_or_default();
        self.set("note", joined(note, ". ", addendum.map(rich).unwrap_or_default()));
        if let Some(tex) = self.tex("type") {
            let text = rich(tex);
            self.set("genre", kind::genre(&text.text()).map_or(text, Rich::from));
        }
        if let Some(genre) = genre {
            self.set("genre", genre.into());
        }
        if let Some(tex) = self.first(&["langid", "language", "hyphenation"]) {
            let name = plain(tex);
            let tag = kind::language(&name).map_or(name, str::to_owned);
            self.set("language", Rich::plain(tag));
        }
    }

    fn editors(&mut self) {
        for (field, role) in [
            ("editor", "editortype"),
            ("editora", "editoratype"),
            ("editorb", "editorbtype"),
            ("editorc", "editorctype"),
        ] {
            if let Some(tex) = self.tex(field) {
                let variable = match self.tex(role).map(plain).as_deref() {
                    Some("compiler") => "compiler",
                    Some("director") => "director",
                    Some("organizer") => "organizer",
                    Some("translator") => "translator",
                    Some("illustrator") => "illustrator",
                    Some("editor" | "") | None if field == "editor" => "editor",
                    Some("series" | "serieseditor") => "collection-editor",
                    _ if field == "editor" => "editor",
                    _ => "contributor",
                };
                self.add_names(variable, tex);
            }
        }
    }

    fn add_names(&mut self, variable: &str, tex: &str) {
        let names = people(tex);
        if names.list.is_empty() {
            return;
        }
        let all = self.reference.names.get_or_insert_with(variable, Names::default);
        all.list.extend(names.list);
        all.others |= names.others;
    }

    /// Sees from the fields what `misc` stands for.
    fn kind(&mut self) {
        let misc =
            self.reference.kind == "document" && matches!(self.entry.kind.as_str(), "misc" | "");
        let url = self.reference.text("URL");
        let doi = self.reference.ids.doi.is_some() || doi_in_url(&url).is_some();
        if misc && !url.is_empty() && !doi && self.reference.ids.arxiv.is_none() {
            self.reference.kind = "webpage".to_owned();
        }
        if self.reference.kind == "manuscript" && self.has("event-title") {
            self.reference.kind = "speech".to_owned();
        }
    }
}

/// Text without the shape that keeps its case.
fn unfixed(text: Rich) -> Rich {
    if !text.pieces.iter().any(|piece| piece.shape.fixed_case) {
        return text;
    }
    let mut out = Rich::default();
    for piece in text.pieces {
        out.push(piece.text, Shape { fixed_case: false, ..piece.shape });
    }
    out
}

/// The variable of a field in one of the tables.
fn named(table: &[(&str, &'static str)], field: &str) -> Option<&'static str> {
    table.binary_search_by(|(name, _)| (*name).cmp(field)).ok().map(|at| table[at].1)
}

/// Joins two parts of a title; where the first ends with a sign of its own, that is enough.
fn joined(first: Rich, sign: &str, second: Rich) -> Rich {
    if first.is_empty() || second.is_empty() {
        return if first.is_empty() { second } else { first };
    }
    let ends = first
        .pieces
        .last()
        .is_some_and(|piece| piece.text.ends_with(['?', '!', ':', '.', '\u{2014}', '\u{2013}']));
    let mut whole = first;
    whole.push(if ends { " " } else { sign }, Shape::default());
    for piece in second.pieces {
        whole.push(piece.text, piece.shape);
    }
    whole
}

/// Brings pages to the form `215-217, 220`.
fn page_range(pages: &str) -> String {
    let mut out = String::with_capacity(pages.len());
    for c in pages.chars() {
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '-' => {
                out.truncate(out.trim_end().len());
                if !out.ends_with('-') {
                    out.push('-');
                }
            }
            c if c.is_whitespace() && out.ends_with('-') => {}
            c => out.push(c),
        }
    }
    // `215-` is how BibTeX says "and following", `215+` as well.
    out.trim_end_matches(['+', '-', ',', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::page_range;

    #[test]
    fn pages_have_one_form() {
        for (pages, want) in [
            ("215–217", "215-217"),
            ("215 – 217", "215-217"),
            ("215—7, 220", "215-7, 220"),
            ("e1002", "e1002"),
            ("215-", "215"),
            ("215+", "215"),
        ] {
            assert_eq!(page_range(pages), want);
        }
    }
}
