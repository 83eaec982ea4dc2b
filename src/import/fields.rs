//! From the keys of front matter as other programs have them to those of ibid.

use super::brief::{one_line, shortened};
use super::draft::Draft;
use super::loss::{Loss, LossKind};
use super::matter::Matter;
use super::people::People;
use super::section::section_key;
use super::site_toml::{Settings, is_tag};
use super::value::{Entry, Map, Value};
use super::when;
use crate::page::slug_or_kept;
use crate::path::{OutputPath, Permalink};

/// What a page names its own, that others need to know of.
pub(super) struct Fields<'a> {
    pub(super) settings: &'a mut Settings,
    pub(super) people: &'a mut People,
    pub(super) losses: &'a mut Vec<Loss>,
    /// Whether the page is a section.
    pub(super) is_section: bool,
}

/// Keys that say how the old program was to do its work, and nothing of the page.
const SILENT: [&str; 4] = ["cssclasses", "cssclass", "jupyter", "kernelspec"];

impl Fields<'_> {
    /// Takes every key of a page.
    pub(super) fn take(&mut self, draft: &mut Draft<'_>) {
        let map = std::mem::take(&mut draft.head.map);
        for entry in &map.0 {
            self.entry(draft, entry);
        }
        draft.head.map = map;
    }

    fn entry(&mut self, draft: &mut Draft<'_>, entry: &Entry) {
        let Entry { key, value, .. } = entry;
        if *value == Value::Null {
            return;
        }
        let low = key.trim().to_ascii_lowercase().replace('-', "_");
        let done = match low.as_str() {
            "title" | "linktitle" if low == "title" => self.plain(draft, "title", value),
            "description" => self.plain(draft, "description", value),
            "summary" | "subtitle" | "abstract" | "excerpt" | "deck" | "lead" => {
                let text = value.text().filter(|text| !text.trim().is_empty());
                match text.filter(|_| !draft.matter.has("description") && low != "subtitle") {
                    Some(text) if draft.head.map.value("description").is_none() => {
                        draft.matter.guess(
                            "description",
                            one_line(&text),
                            &format!("from `{key}`"),
                        );
                        true
                    }
                    _ => false,
                }
            }
            "date" | "created" | "date_created" | "created_at" | "pubdate" => {
                self.date(draft, entry, "date", low != "date")
            }
            "publishdate" => {
                // The day before which nothing is to be seen.
                let old = draft.matter.unset("date");
                if let Some(old) = old {
                    draft.matter.extra.insert("date".into(), old);
                }
                self.date(draft, entry, "date", false)
            }
            "updated" | "lastmod" | "last_modified_at" | "modified" | "date_modified"
            | "update" | "last_updated" => self.date(draft, entry, "updated", false),
            "expires" | "expirydate" | "unpublishdate" => self.date(draft, entry, "expires", false),
            "draft" => value.bool().is_some_and(|yes| {
                yes.then(|| draft.matter.set("draft", true));
                true
            }),
            "published" | "publish" => match value.bool() {
                Some(yes) => {
                    (!yes).then(|| draft.matter.set("draft", true));
                    true
                }
                None => self.date(draft, entry, "date", true),
            },
            "slug" => match value.text().filter(|slug| !slug.trim().is_empty()) {
                Some(slug) => {
                    let address = format!("/{}/", slug_or_kept(&slug));
                    let is_served = Permalink::new(&address).and_then(|it| it.output()).is_ok();
                    match is_served && !slug.contains(['/', '\\']) && !slug.trim().starts_with("..")
                    {
                        true => draft.matter.set("slug", slug),
                        false => {
                            let what =
                                format!("the slug `{}` cannot be an address", shortened(&slug));
                            self.losses.push(draft.lost_key(
                                entry,
                                LossKind::Value,
                                what,
                                "left out",
                            ));
                        }
                    }
                    true
                }
                None => false,
            },
            "path" | "permalink" | "url" => match value.text().filter(|path| !path.is_empty()) {
                Some(path) if !path.contains("://") && !path.contains(':') => {
                    set_path(draft, &path, self.losses);
                    true
                }
                _ => false,
            },
            "aliases" | "redirect_from" | "alias" => self.aliases(draft, entry),
            "weight" | "nav_order" | "order" => match value {
                Value::Int(number) => {
                    draft.matter.set("weight", *number);
                    true
                }
                _ => false,
            },
            "authors" | "author" | "by" => self.authors(draft, value),
            "lang" | "language" => match language(value) {
                Some(tag) => {
                    draft.matter.set("language", tag);
                    true
                }
                None => false,
            },
            "toc" | "table_of_contents" => match value.bool() {
                Some(yes) => {
                    draft.matter.set("toc", yes);
                    true
                }
                None => false,
            },
            "type" => match value.text().filter(|name| is_type(name)) {
                Some(name) => {
                    self.settings.types.insert(name.clone());
                    draft.matter.set("type", name);
                    true
                }
                None => false,
            },
            "image" => self.image(draft, value),
            "bibliography" | "csl" => true, // whoever knows the folders has taken it
            "nocite" | "additional_reading" | "continue_reading" => self.keys(draft, &low, value),
            "citation_style" => self.plain(draft, "citation_style", value),
            "reviews" => self.reviews(draft, value),
            "person" => match value.map() {
                Some(map) if draft.target.starts_with("people/") => {
                    draft.matter.person = map.toml();
                    true
                }
                _ => false,
            },
            "taxonomies" => match value.map() {
                Some(map) => {
                    for entry in &map.0 {
                        self.terms(draft, &entry.key, entry);
                    }
                    true
                }
                None => false,
            },
            "extra" | "params" => match value.map() {
                Some(map) => {
                    for entry in &map.0 {
                        keep(&mut draft.matter, &entry.key, &entry.value);
                    }
                    true
                }
                None => false,
            },
            "sort_by" | "paginate_by" | "transparent" | "redirect_to" | "generate_feeds"
            | "generate_feed" => self.is_section && section_key(&mut draft.matter, &low, value),
            _ => match self.settings.taxonomy(&low).map(str::to_owned) {
                Some(name) => {
                    self.terms(draft, &name, entry);
                    true
                }
                None => SILENT.contains(&low.as_str()),
            },
        };
        if !done {
            keep(&mut draft.matter, key, value);
            let what = format!("`{key}`");
            let instead = match draft.head.inherited.contains_key(key) {
                true => "kept under `[extra]` of the pages that inherit it",
                false => "kept under `[extra]`",
            };
            self.losses.push(draft.lost_key(entry, LossKind::Key, what, instead));
        }
    }

    fn plain(&mut self, draft: &mut Draft<'_>, key: &'static str, value: &Value) -> bool {
        let Some(text) = value.text() else { return false };
        if !text.trim().is_empty() {
            draft.matter.set(key, one_line(&text));
        }
        true
    }

    fn date(
        &mut self,
        draft: &mut Draft<'_>,
        entry: &Entry,
        key: &'static str,
        weak: bool,
    ) -> bool {
        let Some(text) = entry.value.text() else { return false };
        if weak && (draft.matter.has(key) || draft.head.map.value("date").is_some()) {
            return false;
        }
        match when::read(&text) {
            Some(when) if when.is_guess => {
                draft.matter.guess(key, when.date.to_string(), &format!("a guess: `{text}`"));
                true
            }
            Some(when) if weak => {
                draft.matter.guess(key, when.date.to_string(), &format!("from `{}`", entry.key));
                true
            }
            Some(when) => {
                draft.matter.set(key, when.date.to_string());
                true
            }
            None => {
                let what = format!("`{}` is no date: `{}`", entry.key, shortened(&text));
                let loss = draft.lost_key(entry, LossKind::Value, what, "kept under `[extra]`");
                self.losses.push(loss);
                keep(&mut draft.matter, &entry.key, &entry.value);
                true
            }
        }
    }

    fn aliases(&mut self, draft: &mut Draft<'_>, entry: &Entry) -> bool {
        for alias in entry.value.texts() {
            let bare = alias.split(['#', '?']).next().unwrap_or("").trim();
            let bare = match bare.split_once("://") {
                Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
                None => bare,
            };
            let is_name = alias.contains(char::is_whitespace);
            let address = format!("/{}/", bare.trim_matches('/'));
            if is_name || (bare == alias && Permalink::new(&address).is_ok() && bare != "/") {
                draft.matter.append("aliases", alias.trim());
            } else {
                let what = format!("the alias `{}` cannot be an address", shortened(&alias));
                self.losses.push(draft.lost_key(entry, LossKind::Value, what, "left out"));
            }
        }
        true
    }

    fn authors(&mut self, draft: &mut Draft<'_>, value: &Value) -> bool {
        let all: Vec<&Value> = match value {
            Value::List(all) => all.iter().collect(),
            one => vec![one],
        };
        for one in all {
            if let Some(key) = self.people.author(one) {
                draft.matter.append("authors", &key);
            }
        }
        true
    }

    fn image(&mut self, draft: &mut Draft<'_>, value: &Value) -> bool {
        let (src, alt, caption) = match value {
            Value::Map(map) => {
                let src = ["src", "path", "url", "file"].iter().find_map(|key| map.text(&[key]));
                (src, map.text(&["alt"]), map.text(&["caption"]))
            }
            other => (other.text(), None, draft.head.map.text(&["image-alt"])),
        };
        let Some(src) = src.filter(|src| !src.contains("://") && !src.contains("{{")) else {
            return false;
        };
        let mut image = toml::Table::new();
        image.insert("src".into(), src.trim().into());
        let more = [("alt", alt), ("caption", caption)];
        let known = value.map();
        let credit = ["credit", "license"].map(|key| (key, known.and_then(|map| map.text(&[key]))));
        for (key, value) in more.into_iter().chain(credit) {
            if let Some(value) = value {
                image.insert(key.into(), value.into());
            }
        }
        draft.matter.set("image", image);
        true
    }

    fn keys(&mut self, draft: &mut Draft<'_>, key: &str, value: &Value) -> bool {
        let all = match value {
            Value::List(_) => value.texts(),
            other => {
                let text = other.text().unwrap_or_default();
                text.split([',', ';', ' ', '\n'])
                    .map(|one| one.trim().to_owned())
                    .filter(|one| !one.is_empty())
                    .collect()
            }
        };
        let key = match key {
            "nocite" => "nocite",
            "additional_reading" => "additional_reading",
            _ => "continue_reading",
        };
        for one in all {
            if key == "nocite" && one.trim() == "@*" {
                return false;
            }
            let bare = if key == "continue_reading" {
                &*one
            } else {
                one.trim_matches(['[', ']']).trim_start_matches('@')
            };
            draft.matter.append(key, bare);
        }
        true
    }

    fn reviews(&mut self, draft: &mut Draft<'_>, value: &Value) -> bool {
        let Value::List(all) = value else { return false };
        let known = |map: &Map| {
            map.text(&["by"]).is_some()
                && map.text(&["on"]).is_some_and(|on| when::read(&on).is_some())
                && map.0.iter().all(|entry| matches!(entry.key.as_str(), "by" | "on" | "kind"))
        };
        if !all.iter().all(|one| one.map().is_some_and(known)) {
            return false;
        }
        draft.matter.set("reviews", all.iter().filter_map(Value::toml).collect::<Vec<_>>());
        true
    }

    /// The terms of a taxonomy.
    fn terms(&mut self, draft: &mut Draft<'_>, name: &str, entry: &Entry) {
        let terms: Vec<String> = match &entry.value {
            Value::List(_) => entry.value.texts(),
            other => {
                let text = other.text().unwrap_or_default();
                let by_comma = text.contains(',');
                let parts =
                    text.split(
                        move |c: char| {
                            if by_comma { c == ',' } else { c.is_whitespace() && !by_comma }
                        },
                    );
                parts.map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
            }
        };
        for term in terms {
            self.settings.declare(name, &[]);
            let term = term.trim_start_matches('#').to_owned();
            let address = format!("/{}/", slug_or_kept(&term));
            if term.is_empty() || Permalink::new(&address).and_then(|it| it.output()).is_err() {
                let what = format!("the term `{}` cannot be an address", shortened(&term));
                self.losses.push(draft.lost_key(entry, LossKind::Value, what, "left out"));
                continue;
            }
            draft.matter.term(name, &term);
        }
    }
}

/// A language as it is written in tags: `zh_TW` of others is `zh-TW`.
fn language(value: &Value) -> Option<String> {
    value.text().map(|tag| tag.replace('_', "-")).filter(|tag| is_tag(tag))
}

/// Tells whether a word can name a content type.
fn is_type(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Sets the address that a page asked for, if it can be served.
pub(super) fn set_path(draft: &mut Draft<'_>, address: &str, losses: &mut Vec<Loss>) {
    let bare = address.trim().trim_start_matches('/').trim_end_matches('/');
    let bare = bare.strip_suffix("/index.html").unwrap_or(bare);
    let output = if bare.is_empty() { "index.html" } else { bare };
    if OutputPath::new(output).is_err() || address.contains(['?', '#', '{', ':']) {
        let what = format!("the address `{}` cannot be served", shortened(address));
        losses.push(draft.script.loss_in_line(1, LossKind::Value, what, "made from the path"));
        return;
    }
    draft.matter.set("path", if bare.is_empty() { "/".to_owned() } else { bare.to_owned() });
}

/// Keeps what ibid has no key for.
pub(super) fn keep(matter: &mut Matter, key: &str, value: &Value) {
    if let Some(value) = value.toml() {
        matter.extra.insert(key.to_owned(), value);
    }
}
