//! A feed as Atom 1.0 (RFC 4287). Sole owner of `quick-xml`.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::entry::{Author, Channel, Entry, entries};
use crate::render::inputs::Inputs;
use crate::site::Feed;
use crate::text::escape::xml_characters;

/// Writes a feed.
pub(in crate::render) fn atom(inputs: &Inputs<'_>, feed: &Feed) -> String {
    let channel = Channel::new(inputs, feed);
    let entries = entries(inputs, feed, &channel.language);
    let own = inputs.site.base.absolute(&feed.atom);
    let mut out = Document(Writer::new(Vec::new()));
    // Writing into memory cannot fail.
    let _ = out.feed(&channel, &entries, &own);
    String::from_utf8(out.0.into_inner()).unwrap_or_default()
}

struct Document(Writer<Vec<u8>>);

impl Document {
    fn feed(&mut self, channel: &Channel, entries: &[Entry], own: &str) -> io::Result<()> {
        self.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        self.line()?;
        let namespace = ("xmlns", "http://www.w3.org/2005/Atom");
        self.open("feed", &[namespace, ("xml:lang", &channel.language)])?;
        self.line()?;
        // The address of the feed itself: unlike that of the list, it is no page's name.
        self.element("id", &[], own)?;
        self.element("title", &[], &channel.title)?;
        if !channel.description.is_empty() {
            self.element("subtitle", &[], &channel.description)?;
        }
        let updated = entries.iter().map(|entry| &entry.updated).max();
        let updated = updated.map(crate::date::Date::rfc3339).unwrap_or_default();
        self.element("updated", &[], &updated)?;
        self.link("self", "application/atom+xml", own)?;
        self.link("alternate", "text/html", &channel.home)?;
        let publisher = Author { name: channel.publisher.clone(), url: Some(channel.root.clone()) };
        self.author(&publisher)?;
        self.element("generator", &[], "ibid")?;
        for entry in entries {
            self.entry(entry)?;
        }
        self.close("feed")?;
        self.line()
    }

    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        match &entry.language {
            Some(language) => self.open("entry", &[("xml:lang", language)])?,
            None => self.open("entry", &[])?,
        }
        self.line()?;
        self.element("id", &[], &entry.url)?;
        self.element("title", &[], &entry.title)?;
        self.link("alternate", "text/html", &entry.url)?;
        if let Some(date) = &entry.published {
            self.element("published", &[], &date.rfc3339())?;
        }
        self.element("updated", &[], &entry.updated.rfc3339())?;
        for author in &entry.authors {
            self.author(author)?;
        }
        for term in &entry.terms {
            self.empty("category", &[("term", &term.name), ("scheme", &term.scheme)])?;
        }
        if !entry.summary.is_empty() {
            self.element("summary", &[], &entry.summary)?;
        }
        if let Some(content) = &entry.content {
            self.element("content", &[("type", "html")], content)?;
        }
        self.close("entry")?;
        self.line()
    }

    fn author(&mut self, author: &Author) -> io::Result<()> {
        self.open("author", &[])?;
        self.text("name", &[], &author.name)?;
        if let Some(url) = &author.url {
            self.text("uri", &[], url)?;
        }
        self.close("author")?;
        self.line()
    }

    fn link(&mut self, rel: &str, kind: &str, href: &str) -> io::Result<()> {
        self.empty("link", &[("rel", rel), ("type", kind), ("href", href)])
    }

    /// An element with a text, on a line of its own.
    fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.text(name, attributes, text)?;
        self.line()
    }

    fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.0.write_event(Event::Text(BytesText::new(&xml_characters(text))))?;
        self.close(name)
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Start(start(name, attributes)))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Empty(start(name, attributes)))?;
        self.line()
    }

    /// Each element on a line, for those who read a feed with their eyes.
    fn line(&mut self) -> io::Result<()> {
        self.0.write_event(Event::Text(BytesText::new("\n")))
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, xml_characters(value).as_str()));
    }
    start
}
