//! From a call as it is written to a directive: its attributes are told apart by their kinds.

use std::ops::Range;

use super::call::{Call, Written};
use super::fault::Fault;
use super::known::{Attribute, Kind, Known, free, known};
use crate::cite::{self, CiteKey};
use crate::markdown::body::{Directive, Form, Given, Link, LinkKind, Setting};
use crate::markdown::link::classify;
use crate::markdown::tag::unescape;
use crate::text::nearest::nearest;

/// A directive that was read.
#[derive(Debug)]
pub(in crate::markdown) struct Read {
    /// The directive, its links as numbers in `links`.
    pub(in crate::markdown) directive: Directive,
    /// The links in its attributes.
    pub(in crate::markdown) links: Vec<Link>,
    /// The place of a credit that names nobody.
    pub(in crate::markdown) empty_credit: Option<Range<usize>>,
    /// The key of a work in `cite`, and the place of its `@`.
    pub(in crate::markdown) cites: Option<(CiteKey, Range<usize>)>,
    /// The place of the id.
    pub(in crate::markdown) id: Option<Range<usize>>,
    /// Whether it wants an id made of its label.
    pub(in crate::markdown) anchored: bool,
    /// What is wrong with it.
    pub(in crate::markdown) faults: Vec<Fault>,
}

/// Reads a call that stands at `span` of the text.
pub(in crate::markdown) fn read(text: &str, call: &Call, form: Form, span: Range<usize>) -> Read {
    let name = text[call.name.clone()].to_owned();
    let known = known(&name);
    let directive = Directive {
        name,
        form,
        id: None,
        classes: Vec::new(),
        settings: Vec::new(),
        label: call.label.as_ref().map(|_| String::new()),
        parent: None,
        prose: 0..0,
        name_span: call.name.clone(),
        label_span: call.label.clone(),
        span,
        end: None,
    };
    let mut reader = Reader {
        text,
        known,
        read: Read {
            directive,
            links: Vec::new(),
            empty_credit: None,
            cites: None,
            id: None,
            anchored: known.is_some_and(|known| known.anchored),
            faults: call.faults.clone(),
        },
    };
    if let Some(known) = known {
        reader.form(known, call);
    }
    for written in &call.attributes {
        reader.attribute(written);
    }
    if let Some(known) = known {
        reader.missing(known, call);
    }
    reader.read
}

/// The state of the reading.
struct Reader<'a> {
    text: &'a str,
    known: Option<&'static Known>,
    read: Read,
}

impl Reader<'_> {
    /// Notes a form that the directive does not have.
    fn form(&mut self, known: &Known, call: &Call) {
        let Directive { form, name, .. } = &self.read.directive;
        if known.forms.contains(form) {
            return;
        }
        let (is, help) = match known.forms[0] {
            Form::Block => ("a block", format!("write `:::{name}`, and `:::` on a line behind it")),
            Form::Leaf | Form::Inline => {
                ("a line of its own", format!("write `::{name}` on a line of its own"))
            }
        };
        let message = format!("`{name}` is {is}");
        let fault = Fault::syntax(call.name.clone(), &message, &help);
        self.read.faults.push(fault);
    }

    fn attribute(&mut self, written: &Written) {
        match written {
            Written::Id(range) => self.id(range),
            Written::Class(range) => {
                self.read.directive.classes.push(self.text[range.clone()].to_owned());
            }
            Written::Named(name, value) => {
                let key = &self.text[name.clone()];
                match (key, value) {
                    ("id", Some(value)) => self.id(value),
                    ("class", Some(value)) => {
                        let classes = self.text[value.clone()].split_ascii_whitespace();
                        self.read.directive.classes.extend(classes.map(str::to_owned));
                    }
                    _ => self.named(key, name, value.as_ref()),
                }
            }
        }
    }

    fn id(&mut self, range: &Range<usize>) {
        let id = self.text[range.clone()].trim();
        if id.is_empty() || id.contains(char::is_whitespace) {
            let message = "an id is one word".to_owned();
            return self.fault(range.clone(), message, None);
        }
        self.read.directive.id = Some(id.to_owned());
        self.read.id = Some(range.clone());
    }

    fn named(&mut self, key: &str, name: &Range<usize>, value: Option<&Range<usize>>) {
        if self.read.directive.settings.iter().any(|setting| setting.name == key) {
            return self.fault(name.clone(), format!("`{key}` is there twice"), None);
        }
        let Some(known) = self.known else {
            return self.given(free(key), key, name, value);
        };
        match known.attributes.iter().find(|attribute| attribute.name == key) {
            Some(Attribute { kind, .. }) => self.given(*kind, key, name, value),
            None if key.starts_with("data-") => self.given(Kind::Text, key, name, value),
            None => {
                let own = known.attributes.iter().map(|attribute| attribute.name);
                let near = nearest(key, own.clone().chain(["id", "class"]));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if known.attributes.is_empty() => {
                        format!("`{}` has no attributes but `id` and `class`", known.name)
                    }
                    None => {
                        let own: Vec<String> = own.map(|name| format!("`{name}`")).collect();
                        format!("there are {}", own.join(", "))
                    }
                };
                let message = format!("`{}` has no attribute `{key}`", known.name);
                self.fault(name.clone(), message, Some(help));
            }
        }
    }

    fn given(&mut self, kind: Kind, key: &str, name: &Range<usize>, value: Option<&Range<usize>>) {
        let written = value.map(|value| unescape(&self.text[value.clone()]));
        let place = value.unwrap_or(name).clone();
        let given = match (kind, written) {
            (Kind::Flag, None) => Given::Flag(true),
            (Kind::Flag, Some(written)) => match written.trim() {
                "" | "true" => Given::Flag(true),
                "false" => Given::Flag(false),
                _ => {
                    let help = format!("write `{key}` alone, or leave it out");
                    return self.fault(place, format!("`{key}` takes no value"), Some(help));
                }
            },
            // A directive of the site's own may have any flag.
            (Kind::Text, None) if self.known.is_none() => Given::Flag(true),
            (_, None) => {
                let help = format!("write `{key}=\"…\"`");
                return self.fault(place, format!("`{key}` has no value"), Some(help));
            }
            (Kind::Text, Some(written)) => {
                if key == "credit" && written.trim().is_empty() {
                    self.read.empty_credit = Some(name.start..place.end.max(name.end));
                }
                Given::Text(written)
            }
            (Kind::Number, Some(written)) => match written.trim().parse::<u32>() {
                Ok(number) if number > 0 => Given::Number(number),
                _ => {
                    let message = format!("`{key}` is a whole number");
                    return self.fault(place, message, Some(format!("write `{key}=3`")));
                }
            },
            (Kind::Duration, Some(written)) => match duration(written.trim()) {
                Some(seconds) => Given::Duration(seconds),
                None => {
                    let help = "write minutes and seconds, as in `4:05`, or `1:04:05`".to_owned();
                    let message = format!("`{key}` is no length of time");
                    return self.fault(place, message, Some(help));
                }
            },
            (Kind::Choice(words), Some(written)) => match words.contains(&written.trim()) {
                true => Given::Text(written.trim().to_owned()),
                false => {
                    let help = match nearest(&written, words.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => {
                            let words: Vec<_> =
                                words.iter().map(|word| format!("`{word}`")).collect();
                            format!("there are {}", words.join(", "))
                        }
                    };
                    let message = format!("`{key}` cannot be `{written}`");
                    return self.fault(place, message, Some(help));
                }
            },
            (Kind::Source, Some(written)) if written.starts_with('@') => {
                let found = cite::key(&self.text[place.clone()], 0);
                match found.filter(|(_, end)| *end == place.len()) {
                    Some((key, _)) => self.read.cites = Some((key, place)),
                    None => {
                        let help = "write `cite=\"@key\"`, or an address".to_owned();
                        self.fault(place, "this `@` has no key".to_owned(), Some(help));
                    }
                }
                return;
            }
            (Kind::Pages, Some(_)) => self.pages(place.clone()),
            (Kind::Link | Kind::Source, Some(written)) => {
                Given::Link(self.link(LinkKind::Link, &written, &place, key))
            }
            (Kind::Image, Some(written)) => {
                Given::Link(self.link(LinkKind::Image, &written, &place, key))
            }
            (Kind::File, Some(written)) => {
                Given::Link(self.link(LinkKind::RawSrc, &written, &place, key))
            }
        };
        self.read.directive.settings.push(Setting { name: key.to_owned(), given });
    }

    fn link(&mut self, kind: LinkKind, written: &str, place: &Range<usize>, key: &str) -> usize {
        let written = written.trim().to_owned();
        if written.is_empty() && kind != LinkKind::Image {
            let help = "name a page, a file or an address".to_owned();
            self.fault(place.clone(), format!("`{key}` is empty"), Some(help));
        }
        // A recording is a file that the page shows, an address of another host one to go to.
        let kind = match kind {
            LinkKind::Link if key == "src" => LinkKind::RawSrc,
            kind => kind,
        };
        let target = classify(&written);
        self.push(Link {
            kind,
            target,
            written: written.into(),
            text: Box::default(),
            lacks_alt: false,
            span: place.clone(),
            context: None,
        })
    }

    /// Reads pages, each with its place.
    fn pages(&mut self, range: Range<usize>) -> Given {
        let mut pages = Vec::new();
        let mut start = range.start;
        for part in self.text[range].split(';') {
            let name = part.trim();
            let from = start + (part.len() - part.trim_start().len());
            start += part.len() + 1;
            if !name.is_empty() {
                let link = Link::named(&unescape(name), from..from + name.len());
                pages.push(self.push(link));
            }
        }
        Given::Pages(pages)
    }

    fn push(&mut self, link: Link) -> usize {
        self.read.links.push(link);
        self.read.links.len() - 1
    }

    /// Notes what has to be there and is not.
    fn missing(&mut self, known: &Known, call: &Call) {
        for attribute in known.attributes.iter().filter(|attribute| attribute.required) {
            let key = attribute.name;
            let is_there = call.attributes.iter().any(|written| {
                matches!(written, Written::Named(name, _) if self.text[name.clone()] == *key)
            });
            if !is_there {
                let message = format!("`{}` needs `{key}`", known.name);
                let help = Some(format!("write `{}{{{key}=\"…\"}}`", known.name));
                self.fault(call.name.clone(), message, help);
            }
        }
        let is_empty = |label: &Range<usize>| self.text[label.clone()].trim().is_empty();
        if known.label && call.label.as_ref().is_none_or(is_empty) {
            let message = format!("`{}` needs a label", known.name);
            let help = Some(format!("write `{}[…]`", known.name));
            self.fault(call.name.clone(), message, help);
        }
        if known.name == "figure" {
            let alt = self.read.directive.text("alt");
            let image = self.read.links.iter_mut().find(|link| link.kind == LinkKind::Image);
            if let Some(image) = image {
                // An empty one marks an ornament on purpose.
                image.lacks_alt = alt.is_none();
                image.text = alt.unwrap_or_default().into();
            }
        }
    }

    fn fault(&mut self, range: Range<usize>, message: String, help: Option<String>) {
        self.read.faults.push(Fault::attribute(range, message, help));
    }
}

/// Reads `4:05`, `1:04:05` or `PT4M5S` as seconds.
fn duration(written: &str) -> Option<u32> {
    let digits = |text: &str| -> Option<u32> {
        let is_number = !text.is_empty() && text.len() < 6;
        (is_number && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
    };
    if let Some(mut rest) = written.strip_prefix("PT") {
        let mut seconds = 0_u32;
        for (unit, worth) in [('H', 3600), ('M', 60), ('S', 1)] {
            if let Some((count, behind)) = rest.split_once(unit) {
                seconds = seconds.checked_add(digits(count)?.checked_mul(worth)?)?;
                rest = behind;
            }
        }
        return (rest.is_empty() && seconds > 0).then_some(seconds);
    }
    let parts: Vec<&str> = written.split(':').collect();
    if !(2..=3).contains(&parts.len()) || parts[1..].iter().any(|part| part.len() != 2) {
        return None;
    }
    let numbers: Vec<u32> = parts.iter().map(|part| digits(part)).collect::<Option<_>>()?;
    if numbers[1..].iter().any(|number| *number > 59) {
        return None;
    }
    numbers.iter().try_fold(0_u32, |sum, number| sum.checked_mul(60)?.checked_add(*number))
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn a_length_of_time_has_minutes_and_seconds() {
        for (written, want) in [
            ("4:05", Some(245)),
            ("0:30", Some(30)),
            ("1:00:01", Some(3601)),
            ("PT4M5S", Some(245)),
            ("PT2H", Some(7200)),
            ("90:00", Some(5400)),
            ("4", None),
            ("4:5", None),
            ("4:60", None),
            ("a:05", None),
            ("PT", None),
            ("PT5X", None),
            ("99999999:00", None),
            ("", None),
        ] {
            assert_eq!(duration(written), want, "{written}");
        }
    }
}
