//! References as COinS, which Zotero finds in a page.

use crate::cite::date::When;
use crate::cite::name::Name;
use crate::cite::reference::Reference;

/// The format of OpenURL that a reference is described in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Journal,
    Book,
    Dissertation,
    Patent,
    DublinCore,
}

impl Format {
    fn of(kind: &str) -> Self {
        match kind {
            "article-journal" | "article-magazine" | "article-newspaper" | "review" => {
                Self::Journal
            }
            "book" | "chapter" | "paper-conference" | "report" | "entry-encyclopedia"
            | "entry-dictionary" | "pamphlet" => Self::Book,
            "thesis" => Self::Dissertation,
            "patent" => Self::Patent,
            _ => Self::DublinCore,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Journal => "journal",
            Self::Book => "book",
            Self::Dissertation => "dissertation",
            Self::Patent => "patent",
            Self::DublinCore => "dc",
        }
    }
}

/// An OpenURL while it is written.
struct OpenUrl(String);

impl OpenUrl {
    fn put(&mut self, key: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.push_str(key);
        self.0.push('=');
        for byte in value.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    self.0.push(char::from(byte));
                }
                _ => {
                    let digit = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half)]);
                    self.0.extend(['%', digit(byte >> 4), digit(byte & 15)]);
                }
            }
        }
    }
}

/// Writes a reference as the OpenURL that stands in the `title` of a `Z3988` span. Its `&` are
/// to be escaped as in any attribute.
pub fn coins(reference: &Reference) -> String {
    let format = Format::of(&reference.kind);
    let mut out = OpenUrl(String::new());
    out.put("ctx_ver", "Z39.88-2004");
    out.put("rft_val_fmt", &format!("info:ofi/fmt:kev:mtx:{}", format.name()));
    out.put("rfr_id", "info:sid/ibid");
    identifiers(reference, &mut out);
    titles(reference, format, &mut out);
    people(reference, format, &mut out);
    out.put("rft.date", &date(reference));
    for (key, variable) in [
        ("rft.volume", "volume"),
        ("rft.issue", "issue"),
        ("rft.edition", "edition"),
        ("rft.pub", "publisher"),
        ("rft.place", "publisher-place"),
        ("rft.series", "collection-title"),
        ("rft.language", "language"),
    ] {
        let key = match (format, key) {
            (Format::DublinCore, "rft.pub") => "rft.publisher",
            (
                Format::DublinCore,
                "rft.volume" | "rft.issue" | "rft.edition" | "rft.place" | "rft.series",
            ) => continue,
            (Format::Dissertation, "rft.pub") => "rft.inst",
            (_, key) => key,
        };
        out.put(key, &reference.text(variable));
    }
    let pages = reference.text("page");
    out.put("rft.pages", &pages);
    if let Some((first, last)) = pages.split_once('-') {
        out.put("rft.spage", first);
        out.put("rft.epage", last);
    }
    for isbn in &reference.ids.isbn {
        out.put("rft.isbn", isbn);
    }
    for issn in &reference.ids.issn {
        out.put("rft.issn", issn);
    }
    out.0
}

fn identifiers(reference: &Reference, out: &mut OpenUrl) {
    let ids = &reference.ids;
    for (prefix, value) in [("doi", reference.doi()), ("pmid", ids.pmid.clone())] {
        if let Some(value) = value {
            out.put("rft_id", &format!("info:{prefix}/{value}"));
        }
    }
    if let Some(arxiv) = &ids.arxiv {
        out.put("rft_id", &format!("info:arxiv/{arxiv}"));
    }
    out.put("rft_id", &reference.url().unwrap_or_default());
}

fn titles(reference: &Reference, format: Format, out: &mut OpenUrl) {
    let (title, container) = (reference.text("title"), reference.text("container-title"));
    match format {
        Format::Journal => {
            out.put("rft.genre", "article");
            out.put("rft.atitle", &title);
            out.put("rft.jtitle", &container);
            out.put("rft.stitle", &reference.text("container-title-short"));
        }
        Format::Book => {
            let genre = match reference.kind.as_str() {
                "chapter" | "entry-encyclopedia" | "entry-dictionary" => "bookitem",
                "paper-conference" => "proceeding",
                "report" => "report",
                _ => "book",
            };
            out.put("rft.genre", genre);
            if container.is_empty() {
                out.put("rft.btitle", &title);
            } else {
                out.put("rft.atitle", &title);
                out.put("rft.btitle", &container);
            }
        }
        Format::Dissertation | Format::Patent => out.put("rft.title", &title),
        Format::DublinCore => {
            out.put("rft.type", &reference.kind);
            out.put("rft.title", &title);
            out.put("rft.source", &container);
            out.put("rft.identifier", &reference.url().unwrap_or_default());
        }
    }
}

fn people(reference: &Reference, format: Format, out: &mut OpenUrl) {
    let authors = reference.names.get("author").map_or(&[][..], |names| &names.list);
    if format == Format::DublinCore {
        for name in authors {
            out.put("rft.creator", &spoken(name));
        }
        return;
    }
    match authors.first() {
        Some(Name::Person { given, .. }) if format != Format::Patent => {
            out.put("rft.aufirst", given);
            out.put("rft.aulast", &authors[0].short());
        }
        Some(Name::Literal(body)) if format != Format::Patent => out.put("rft.aucorp", body),
        _ => {}
    }
    let key = if format == Format::Patent { "rft.inventor" } else { "rft.au" };
    for name in authors {
        out.put(key, &spoken(name));
    }
}

fn spoken(name: &Name) -> String {
    match name {
        Name::Person { given, dropping_particle, .. } => {
            let parts = [given.as_str(), dropping_particle.as_str(), &name.short()];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            parts.join(" ")
        }
        Name::Literal(text) => text.clone(),
    }
}

fn date(reference: &Reference) -> String {
    let Some(When::Date { from, .. }) = reference.dates.get("issued") else { return String::new() };
    let mut out = format!("{:04}", from.year);
    for part in [from.month, from.day].into_iter().map_while(|part| part) {
        out.push_str(&format!("-{part:02}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::coins;
    use crate::path::SourcePath;

    #[test]
    fn an_article_is_described_as_zotero_reads_it() {
        let text = "@article{a, title={A & B}, author={Berg, Jan van der}, journal={Ann Intern Med}, year=2017, pages={493--505}, doi={10.7326/M16-2459}, url={javascript:alert(1)}}";
        let references = crate::cite::load(&[(SourcePath::new("a.bib"), text)]).value;
        assert_eq!(
            coins(&references.all()[0]),
            "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rfr_id=info%3Asid%2Fibid&rft_id=info%3Adoi%2F10.7326%2FM16-2459&rft.genre=article&rft.atitle=A%20%26%20B&rft.jtitle=Ann%20Intern%20Med&rft.aufirst=Jan&rft.aulast=Berg&rft.au=Jan%20van%20der%20Berg&rft.date=2017&rft.pages=493-505&rft.spage=493&rft.epage=505"
        );
    }
}
