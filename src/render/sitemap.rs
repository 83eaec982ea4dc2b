//! `sitemap.xml` and `robots.txt`.

use super::inputs::Inputs;
use crate::date::Date;
use crate::page::{Kind, Page};
use crate::path::Permalink;
use crate::site::{Listed, PageId, Site};
use crate::text::escape;

/// The most addresses that one file may hold, by the protocol of sitemaps.org.
const MOST_ADDRESSES: usize = 50_000;

/// Which of a site's sitemap files it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sitemap {
    /// The only one.
    Whole,
    /// The list of the others.
    Index,
    /// One of several, from one.
    Part(usize),
}

/// An address and the day of the last change of what is served there.
type Entry<'a> = (&'a Permalink, Option<&'a Date>);

/// The files that hold the addresses of a site, by their names.
pub(super) fn files(inputs: &Inputs<'_>) -> Vec<(String, Sitemap)> {
    let parts = parts(entries(inputs).len(), MOST_ADDRESSES);
    if parts == 1 {
        return vec![("sitemap.xml".to_owned(), Sitemap::Whole)];
    }
    let numbered = (1..=parts).map(|number| (part_name(number), Sitemap::Part(number)));
    std::iter::once(("sitemap.xml".to_owned(), Sitemap::Index)).chain(numbered).collect()
}

/// Writes one of the files.
pub(super) fn xml(inputs: &Inputs<'_>, sitemap: Sitemap) -> String {
    let entries = entries(inputs);
    let address = |permalink: &Permalink| inputs.site.base.absolute(permalink);
    match sitemap {
        Sitemap::Whole => list(&entries, address),
        Sitemap::Part(number) => list(part(&entries, number, MOST_ADDRESSES), address),
        Sitemap::Index => index(&inputs.site.base.root(), parts(entries.len(), MOST_ADDRESSES)),
    }
}

/// Writes `robots.txt`.
pub(super) fn robots(inputs: &Inputs<'_>) -> String {
    format!("User-agent: *\nAllow: /\nSitemap: {}sitemap.xml\n", inputs.site.base.root())
}

/// How many files of `most` addresses hold `count` of them.
fn parts(count: usize, most: usize) -> usize {
    count.div_ceil(most).max(1)
}

/// The addresses of one file, from one.
fn part<T>(all: &[T], number: usize, most: usize) -> &[T] {
    all.chunks(most).nth(number - 1).unwrap_or_default()
}

fn part_name(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

fn index(root: &str, parts: usize) -> String {
    let mut out = begin("sitemapindex");
    let root = escape::xml(root);
    for number in 1..=parts {
        out.push_str(&format!("<sitemap><loc>{root}{}</loc></sitemap>\n", part_name(number)));
    }
    out + "</sitemapindex>\n"
}

fn list(entries: &[Entry<'_>], address: impl Fn(&Permalink) -> String) -> String {
    let mut out = begin("urlset");
    for (permalink, changed) in entries {
        out.push_str(&format!("<url><loc>{}</loc>", escape::xml(&address(permalink))));
        if let Some(date) = changed {
            out.push_str(&format!("<lastmod>{}</lastmod>", date.day()));
        }
        out.push_str("</url>\n");
    }
    out + "</urlset>\n"
}

fn begin(element: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <{element} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    )
}

/// The addresses of all that has content of its own: pages, sections, terms and the list of
/// references. A list has changed with the last of its pages.
fn entries<'a>(inputs: &'a Inputs<'_>) -> Vec<Entry<'a>> {
    let site = inputs.site;
    let mut entries = Vec::with_capacity(site.pages.all().len() + 1);
    if site.pages.at_address("/").is_none() {
        entries.push((site.home(), latest(site, &site.tree.sections()[0].pages)));
    }
    for id in site.pages.ids() {
        let page = site.pages.page(id);
        // A section that leads on is no place of its own, nor is what stands in for one.
        let is_place = page.front_matter.redirect_to.is_none()
            && page.card.permalink != Permalink::not_found();
        if is_place {
            entries.push((&page.card.permalink, changed(page).max(listed(site, id))));
        }
    }
    let taxonomies = &site.taxonomies;
    for taxonomy in taxonomies.all().iter().filter(|taxonomy| taxonomy.head.is_none()) {
        let terms = taxonomy.terms.iter().map(|id| taxonomies.term(*id));
        let changed = terms.filter_map(|term| latest(site, &term.pages)).max();
        entries.push((&taxonomy.permalink, changed));
    }
    for term in taxonomies.terms().iter().filter(|term| term.head.is_none()) {
        entries.push((&term.permalink, latest(site, &term.pages)));
    }
    entries.extend(inputs.views.works.pagers().iter().map(|pager| (&pager.permalink, None)));
    entries
}

/// The last change among the pages that a section lists.
fn listed(site: &Site, id: PageId) -> Option<&Date> {
    if site.pages.page(id).card.kind != Kind::Section {
        return None;
    }
    let section = site.tree.section_of(id);
    match site.taxonomies.headed_by(section) {
        Some(Listed::Term(term)) => latest(site, &site.taxonomies.term(term).pages),
        _ => latest(site, &site.tree.section(section).pages),
    }
}

fn latest<'a>(site: &'a Site, pages: &[PageId]) -> Option<&'a Date> {
    pages.iter().filter_map(|id| changed(site.pages.page(*id))).max()
}

/// The last change of a page's own text.
fn changed(page: &Page) -> Option<&Date> {
    page.card.updated.as_ref().max(page.card.date.as_ref())
}

#[cfg(test)]
mod tests {
    use super::{index, list, part, parts};
    use crate::date::Date;
    use crate::path::Permalink;

    #[test]
    fn a_long_sitemap_is_split() {
        let all = [1, 2, 3, 4, 5];
        assert_eq!([0, 1, 2, 3, 5].map(|count| parts(count, 2)), [1, 1, 1, 2, 3]);
        assert_eq!(part(&all, 1, 2), [1, 2]);
        assert_eq!(part(&all, 3, 2), [5]);
        let wanted = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
            <sitemap><loc>https://example.org/sitemap-1.xml</loc></sitemap>\n\
            <sitemap><loc>https://example.org/sitemap-2.xml</loc></sitemap>\n\
            </sitemapindex>\n";
        assert_eq!(index("https://example.org/", 2), wanted);
    }

    #[test]
    fn addresses_are_escaped_and_days_are_days() {
        let (page, date) = (Permalink::new("/a&b/").ok(), Date::parse("2026-03-01T09:30:00Z"));
        let entry = (page.as_ref().expect("it is an address"), date.as_ref());
        let xml = list(&[entry], |permalink| permalink.as_str().to_owned());
        assert!(xml.contains("<url><loc>/a&amp;b/</loc><lastmod>2026-03-01</lastmod></url>"));
    }
}
