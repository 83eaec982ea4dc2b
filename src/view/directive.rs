//! What the component of a directive sees of it.

use super::body::href;
use super::image::{lead, offer};
use super::site::SiteView;
use super::suggestions;
use super::watch::{Player, player};
use crate::markdown::{Directive, Form, Given, Link, LinkKind};
use crate::site::{Destination, PageId, Site};
use crate::text::escape::push_attribute;
use crate::theme::{Map, Value};

/// How many pages are shown where the author names none and gives no number.
const SUGGESTED: usize = 3;

/// A call of a component, all within it written already.
pub struct Call<'a> {
    /// The name of the component.
    pub name: &'a str,
    /// The argument that it takes.
    pub argument: &'static str,
    /// What it sees as that.
    pub value: Value,
    /// What it holds, as HTML.
    pub body: &'a str,
}

/// Writes what stands in the place of a directive, from the HTML of its label and of its body.
pub(super) fn write(
    site: &Site,
    views: &SiteView,
    id: PageId,
    directive: &Directive,
    (label, body): (&str, &str),
    words: &dyn Fn(&str) -> String,
    call: &mut dyn FnMut(Call<'_>) -> Option<String>,
) -> String {
    let value = value(site, views, id, directive, label, words);
    let called = Call { name: &directive.name, argument: "directive", value, body };
    if let Some(html) = call(called) {
        // Within a line every space would show.
        return if directive.form == Form::Inline { html.trim().to_owned() } else { html };
    }
    // Nothing is called so, which the author has let pass.
    if directive.form == Form::Inline {
        return format!("{label}{body}");
    }
    let mut html = String::from("<div");
    if let Some(id) = &directive.id {
        html.push_str(" id=\"");
        push_attribute(&mut html, id);
        html.push('"');
    }
    html.push('>');
    if !label.is_empty() {
        html.push_str(&format!("<p>{label}</p>\n"));
    }
    html.push_str(body);
    html.push_str("</div>");
    html
}

fn value(
    site: &Site,
    views: &SiteView,
    id: PageId,
    directive: &Directive,
    label: &str,
    words: &dyn Fn(&str) -> String,
) -> Value {
    let body = &site.pages.page(id).body;
    let form = match directive.form {
        Form::Block => "block",
        Form::Leaf => "leaf",
        Form::Inline => "inline",
    };
    let classes: Vec<Value> = directive.classes.iter().map(|class| class.as_str().into()).collect();
    let parent = directive.parent.map(|parent| body.directives[parent].name.as_str());
    let text = |text: Option<&str>| text.map_or(Value::none(), Value::from);
    let mut map = Map::with_capacity(9);
    map.insert("name".into(), directive.name.as_str().into());
    map.insert("form".into(), form.into());
    map.insert("id".into(), text(directive.id.as_deref()));
    map.insert("classes".into(), classes.into());
    map.insert("class".into(), directive.classes.join(" ").into());
    let shown = Some(label).filter(|label| !label.is_empty());
    map.insert("label".into(), shown.map_or(Value::none(), Value::safe_string));
    map.insert("text".into(), text(directive.label.as_deref().filter(|text| !text.is_empty())));
    map.insert("parent".into(), text(parent));
    map.insert("attributes".into(), attributes(site, views, id, directive, words));
    map.into()
}

/// The attributes by their names, links as the addresses that they lead to.
fn attributes(
    site: &Site,
    views: &SiteView,
    id: PageId,
    directive: &Directive,
    words: &dyn Fn(&str) -> String,
) -> Value {
    let body = &site.pages.page(id).body;
    let destinations = site.links.of(id);
    let mut map = Map::new();
    let mut pages: Vec<Value> = Vec::new();
    for setting in &directive.settings {
        let value = match &setting.given {
            Given::Text(text) => text.as_str().into(),
            Given::Number(number) => Value::from(*number),
            Given::Flag(is_set) => Value::from(*is_set),
            Given::Duration(seconds) => {
                map.insert("duration_iso".into(), iso(*seconds).into());
                clock(*seconds).into()
            }
            Given::Link(link) => {
                let destination = &destinations[*link];
                if setting.name == "src" {
                    source(&mut map, site, directive, &body.links[*link], destination);
                    if body.links[*link].kind == LinkKind::Image {
                        map.insert("first".into(), (lead(site, id) == Some(*link)).into());
                        let width = match directive.given("width") {
                            Some(Given::Number(width)) => Some(*width),
                            _ => None,
                        };
                        offer(&mut map, site, destination, width);
                    }
                }
                href(site, destination, &body.links[*link].written).into()
            }
            Given::Pages(links) => {
                pages.extend(links.iter().filter_map(|&link| match &destinations[link] {
                    Destination::Page { page, .. } => Some(views.card(*page).clone()),
                    _ => None,
                }));
                continue;
            }
        };
        map.insert(setting.name.clone().into(), value);
    }
    let names_pages =
        directive.settings.iter().any(|setting| matches!(setting.given, Given::Pages(_)));
    if directive.name == "related" && !names_pages {
        let most = match directive.given("limit") {
            Some(Given::Number(number)) => *number as usize,
            _ => SUGGESTED,
        };
        pages = suggestions::first(site, views, id, most, words);
    }
    if names_pages || directive.name == "related" {
        map.insert("pages".into(), pages.into());
    }
    map.into()
}

/// What else there is to say of what `src` names: how large an image is, and how a recording is
/// shown.
fn source(map: &mut Map, site: &Site, directive: &Directive, link: &Link, to: &Destination) {
    if let Destination::File { address, .. } = to
        && let Some((width, height)) = site.assets.image_size(address)
    {
        let asked = match directive.given("width") {
            Some(Given::Number(asked)) => Some(*asked),
            // Of a directive of the site's own it may be anything.
            Some(_) => None,
            None => Some(width),
        };
        if let Some(asked) = asked {
            let scaled = u64::from(height) * u64::from(asked) / u64::from(width.max(1));
            map.insert("width".into(), Value::from(asked));
            map.insert("height".into(), Value::from(scaled.max(1)));
        }
    }
    if directive.name == "video" {
        // `<video>` would ask another host for the file: that is for the reader to do.
        let player = match (player(&link.written), to) {
            (Player::File, Destination::File { .. }) => Player::File,
            (Player::File, _) => Player::Link,
            (player, _) => player,
        };
        let (name, embed) = match player {
            Player::File => ("file", None),
            Player::Embed(address) => ("embed", Some(address)),
            Player::Link => ("link", None),
        };
        let host = link.written.split_once("//").and_then(|(_, rest)| rest.split('/').next());
        let host = host.map(|host| host.strip_prefix("www.").unwrap_or(host));
        map.insert("host".into(), host.map_or(Value::none(), Value::from));
        map.insert("player".into(), name.into());
        map.insert("embed".into(), embed.map_or(Value::none(), |embed| embed.into()));
    }
}

/// `4:05`.
pub(super) fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        hours => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// `PT4M5S`.
fn iso(seconds: u32) -> String {
    let mut out = String::from("PT");
    for (count, unit) in [(seconds / 3600, 'H'), (seconds / 60 % 60, 'M'), (seconds % 60, 'S')] {
        if count > 0 {
            out.push_str(&format!("{count}{unit}"));
        }
    }
    if seconds == 0 { "PT0S".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::{clock, iso};

    #[test]
    fn a_length_of_time_is_written_for_people_and_machines() {
        for (seconds, shown, machine) in [
            (245, "4:05", "PT4M5S"),
            (3600, "1:00:00", "PT1H"),
            (30, "0:30", "PT30S"),
            (0, "0:00", "PT0S"),
        ] {
            assert_eq!((clock(seconds).as_str(), iso(seconds).as_str()), (shown, machine));
        }
    }
}
