//! The graph of a page: what it is, who made and checked it, where it stands, what it cites.

use super::faq::faq;
use super::nodes::{Breadcrumbs, Crumb, Ref, WebPage, Who, Work};
use super::shared::{Shared, image, json, person_id};
use crate::config::{Config, is_web_page};
use crate::page::Kind;
use crate::path::Permalink;
use crate::site::{Author, PageId, PersonId, SectionId, Site};

/// A page or a section as JSON-LD, safe within a `<script>`.
///
/// `say` gives a text of the page as it is spoken.
pub(in crate::view) fn page(
    site: &Site,
    config: &Config,
    shared: &Shared,
    id: PageId,
    say: &dyn Fn(&str) -> String,
) -> String {
    let subject = Subject::new(site, config, shared, id);
    let mut graph = Graph::default();
    let kind = subject.kind();
    let person = site.people.of_page(id);
    match person {
        Some(person) => {
            let mut profile = subject.web_page("ProfilePage");
            profile.work.main_entity = Some(person_id(site, person));
            graph.add(&json(&profile));
            graph.cite(subject.works());
        }
        // Only a web page can say who reviewed it: any other work is what the page is about.
        None if !is_web_page(kind) => {
            let about = Ref { id: format!("{}#_work", subject.url) };
            let mut work = subject.work(kind);
            let mut around = subject.web_page("WebPage");
            around.work = Work {
                headline: None,
                author: Vec::new(),
                image: None,
                keywords: Vec::new(),
                date_published: None,
                date_modified: None,
                description: None,
                publisher: None,
                main_entity: Some(about.clone()),
                ..around.work
            };
            work.id = about.id;
            work.is_part_of = None;
            work.main_entity_of_page = Some(Ref { id: subject.url.clone() });
            graph.add(&json(&around));
            graph.add(&json(&work));
            graph.cite(subject.works());
        }
        None => {
            graph.add(&json(&subject.web_page(kind)));
            graph.cite(subject.works());
        }
    }
    if let Some(faq) = faq(site.pages.page(id), &subject.url, say) {
        graph.add(&json(&faq));
    }
    for person in subject.people() {
        graph.add(shared.person(person));
    }
    if let Some(breadcrumbs) = &subject.breadcrumbs() {
        graph.add(&json(breadcrumbs));
    }
    if subject.is_home() {
        graph.add(&shared.whole_site);
    }
    graph.add(&shared.organization);
    graph.text()
}

/// A list of pages that has no text of its own, as a term mostly has none; `way` leads from the
/// home page down to it. What has no way is the home page itself.
pub(in crate::view) fn list(
    site: &Site,
    config: &Config,
    shared: &Shared,
    way: &[(&str, &Permalink)],
    description: Option<&str>,
) -> String {
    let home = [(config.title.as_str(), site.home())];
    let (name, permalink) = *way.last().unwrap_or(&home[0]);
    let url = site.base.absolute(permalink);
    let kind = if way.is_empty() { "WebPage" } else { "CollectionPage" };
    let way_id = Ref { id: format!("{url}#_breadcrumbs") };
    let mut graph = Graph::default();
    graph.add(&json(&WebPage {
        work: Work {
            description: description.filter(|text| !text.trim().is_empty()),
            publisher: Some(shared.publisher.clone()),
            is_part_of: Some(&shared.site),
            ..plain(kind, &url, name, &config.language)
        },
        breadcrumb: (!way.is_empty()).then(|| way_id.clone()),
        last_reviewed: None,
        reviewed_by: Vec::new(),
    }));
    match way {
        [] => graph.add(&shared.whole_site),
        way => graph.add(&json(&crumbs(site, way_id, home.iter().chain(way).copied()))),
    }
    graph.add(&shared.organization);
    graph.text()
}

/// What stands before the nodes of a graph.
const HEAD: &str = "{\"@context\":\"https://schema.org\",\"@graph\":[";

/// A graph in the making.
struct Graph {
    text: String,
}

impl Default for Graph {
    fn default() -> Self {
        // As much as a page with some sources has to say.
        let mut text = String::with_capacity(1 << 12);
        text.push_str(HEAD);
        Self { text }
    }
}

impl Graph {
    fn add(&mut self, node: &str) {
        if self.text.len() > HEAD.len() {
            self.text.push(',');
        }
        self.text.push_str(node);
    }

    /// Puts works into the last node, which cites them. They are at hand as they are to be
    /// written: they go in before the last brace.
    fn cite<'w>(&mut self, works: impl Iterator<Item = &'w str>) {
        let mut before = ",\"citation\":[";
        let node = self.text.len();
        for work in works {
            if self.text.len() == node {
                self.text.pop();
            }
            self.text.push_str(before);
            self.text.push_str(work);
            before = ",";
        }
        if self.text.len() != node {
            self.text.push_str("]}");
        }
    }

    fn text(mut self) -> String {
        self.text.push_str("]}");
        // Within a script only `<` can end it or open a comment.
        match self.text.contains('<') {
            true => self.text.replace('<', "\\u003c"),
            false => self.text,
        }
    }
}

/// The page that a graph is about.
struct Subject<'a> {
    site: &'a Site,
    config: &'a Config,
    shared: &'a Shared,
    id: PageId,
    url: String,
}

impl<'a> Subject<'a> {
    fn new(site: &'a Site, config: &'a Config, shared: &'a Shared, id: PageId) -> Self {
        let url = site.base.absolute(&site.pages.page(id).card.permalink);
        Self { site, config, shared, id, url }
    }

    fn is_home(&self) -> bool {
        self.site.pages.page(self.id).card.permalink.as_str() == "/"
    }

    /// Its type of schema.org. A list of pages is one, whatever the type of its text says.
    fn kind(&self) -> &'a str {
        let card = &self.site.pages.page(self.id).card;
        let set = card.content_type.as_ref().and_then(|name| self.site.types.get(name));
        let set = set.map(|set| set.schema.as_str());
        match card.kind {
            Kind::Page => set.unwrap_or("Article"),
            Kind::Section if self.is_home() => set.filter(|s| is_web_page(s)).unwrap_or("WebPage"),
            Kind::Section => set.filter(|s| is_web_page(s)).unwrap_or("CollectionPage"),
        }
    }

    fn work(&self, kind: &'a str) -> Work<'_> {
        let card = &self.site.pages.page(self.id).card;
        let language = card.language.as_deref().unwrap_or(&self.config.language);
        let authors = self.site.people.authors(self.id).iter();
        Work {
            headline: (card.kind == Kind::Page).then_some(card.title.as_str()),
            description: card.description.as_deref(),
            date_published: card.date.as_ref().map(|date| date.day()),
            date_modified: card.updated.as_ref().map(|date| date.day()),
            author: authors
                .map(|author| match author {
                    Author::Person(person) => Who::Known(person_id(self.site, *person)),
                    Author::Name(name) => Who::Named { kind: "Person", name },
                })
                .collect(),
            publisher: Some(self.shared.publisher.clone()),
            image: image(self.site, self.id),
            keywords: card
                .taxonomies
                .iter()
                .flat_map(|of| &of.terms)
                .map(|term| term.get_ref().as_str())
                .collect(),
            is_part_of: Some(&self.shared.site),
            ..plain(kind, &self.url, &card.title, language)
        }
    }

    fn web_page(&self, kind: &'a str) -> WebPage<'_> {
        let reviews = self.site.reviews.of(self.id);
        let has_way = !self.is_home();
        WebPage {
            work: self.work(kind),
            breadcrumb: has_way.then(|| self.way_id()),
            last_reviewed: reviews.first().map(|review| review.on.day()),
            reviewed_by: self.reviewers().into_iter().map(|p| person_id(self.site, p)).collect(),
        }
    }

    /// Who made the last review of each kind.
    fn reviewers(&self) -> Vec<PersonId> {
        let reviews = self.site.reviews.of(self.id);
        let mut reviewers = Vec::new();
        for (n, review) in reviews.iter().enumerate() {
            let is_latest = reviews[..n].iter().all(|newer| newer.kind != review.kind);
            if is_latest && !reviewers.contains(&review.by) {
                reviewers.push(review.by);
            }
        }
        reviewers
    }

    /// Everybody with a page whom the graph names.
    fn people(&self) -> Vec<PersonId> {
        let mut people: Vec<PersonId> = self.site.people.of_page(self.id).into_iter().collect();
        let authors = self.site.people.authors(self.id).iter().filter_map(|author| match author {
            Author::Person(person) => Some(*person),
            Author::Name(_) => None,
        });
        for person in authors.chain(self.reviewers()) {
            if !people.contains(&person) {
                people.push(person);
            }
        }
        people
    }

    /// The works that the page cites, each as it is to be written.
    fn works(&self) -> impl Iterator<Item = &str> {
        let listed = self.site.cited.sources(self.id).listed.iter();
        listed.filter_map(|&work| Some(self.site.record(work)?.schema()))
    }

    fn way_id(&self) -> Ref {
        Ref { id: format!("{}#_breadcrumbs", self.url) }
    }

    /// The way from the home page; none to the home page itself.
    fn breadcrumbs(&self) -> Option<Breadcrumbs<'_>> {
        if self.is_home() {
            return None;
        }
        let tree = &self.site.tree;
        let card = &self.site.pages.page(self.id).card;
        let line = tree.line(tree.section_of(self.id));
        let line = match card.kind {
            Kind::Section => &line[..line.len() - 1],
            Kind::Page => &line[..],
        };
        let above = line.iter().map(|&section| self.section(section));
        let steps = above.chain([(card.title.as_str(), &card.permalink)]);
        Some(crumbs(self.site, self.way_id(), steps))
    }

    fn section(&self, id: SectionId) -> (&'a str, &'a Permalink) {
        match self.site.tree.section(id).page {
            Some(page) => {
                let card = &self.site.pages.page(page).card;
                (&card.title, &card.permalink)
            }
            None => (&self.config.title, self.site.home()),
        }
    }
}

/// The steps of a way.
fn crumbs<'a>(
    site: &Site,
    way: Ref,
    steps: impl Iterator<Item = (&'a str, &'a Permalink)>,
) -> Breadcrumbs<'a> {
    let crumb = |(n, (name, permalink)): (usize, (&'a str, &Permalink))| Crumb {
        kind: "ListItem",
        position: n + 1,
        name,
        item: site.base.absolute(permalink),
    };
    Breadcrumbs {
        kind: "BreadcrumbList",
        id: way.id,
        item_list_element: steps.enumerate().map(crumb).collect(),
    }
}

/// A work of which no more is known.
fn plain<'a>(kind: &'a str, url: &'a str, name: &'a str, in_language: &'a str) -> Work<'a> {
    Work {
        kind,
        id: url.to_owned(),
        url,
        name,
        headline: None,
        description: None,
        in_language,
        date_published: None,
        date_modified: None,
        author: Vec::new(),
        publisher: None,
        image: None,
        keywords: Vec::new(),
        is_part_of: None,
        main_entity: None,
        main_entity_of_page: None,
    }
}
