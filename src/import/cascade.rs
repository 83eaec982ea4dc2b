//! `cascade` of Hugo: values that a section or the settings give to the pages below.

use std::collections::BTreeMap;

use super::draft::{Draft, stem};
use super::inherit::{Lists, Source, inherit};
use super::library::Library;
use super::loss::LossKind;
use super::value::{Entry, Map, Value};

/// Some values, and which pages get them.
struct Gift {
    values: Map,
    target: Target,
}

/// What a page must be to get values.
#[derive(Default)]
struct Target {
    path: Option<String>,
    kind: Option<String>,
    language: Option<String>,
    environment: Option<String>,
}

/// What is given at one place.
struct Given {
    file: String,
    line: usize,
    gifts: Vec<Gift>,
}

/// Gives every page what the sections above it and the settings give.
pub(super) fn cascade(library: &mut Library<'_>, settings: &Map, main: &str) {
    let mut by_folder: BTreeMap<String, Given> = BTreeMap::new();
    let mut drafts = std::mem::take(&mut library.drafts);
    for draft in &mut drafts {
        let at = draft.head.map.0.iter().position(|own| own.key.eq_ignore_ascii_case("cascade"));
        // A page that is no section has nobody to give to.
        if let Some(at) = at.filter(|_| stem(&draft.target) == "_index") {
            let entry = draft.head.map.0.remove(at);
            let given = read(library, draft.script.path, &entry);
            by_folder.insert(folder(&draft.target).to_owned(), given);
        }
    }
    let of_site = settings.0.iter().find(|entry| entry.key.eq_ignore_ascii_case("cascade"));
    let path = ["hugo", "config", "config/_default/hugo", "config/_default/config"].iter();
    let mut paths = path.flat_map(|path| {
        ["toml", "yaml", "yml", "json"].iter().map(move |end| format!("{path}.{end}"))
    });
    let file = paths.find(|path| library.origin(path).is_some()).unwrap_or_default();
    let of_site = of_site.map(|entry| read(library, &file, entry));
    if by_folder.is_empty() && of_site.is_none() {
        library.drafts = drafts;
        return;
    }
    for draft in &mut drafts {
        let mut above = folder(&draft.target).to_owned();
        loop {
            if let Some(given) = by_folder.get(&above) {
                give(draft, given, main);
            }
            match above.rsplit_once('/') {
                Some((next, _)) => above = next.to_owned(),
                None if above.is_empty() => break,
                None => above.clear(),
            }
        }
        if let Some(given) = &of_site {
            give(draft, given, main);
        }
    }
    library.drafts = drafts;
}

fn read(library: &mut Library<'_>, file: &str, entry: &Entry) -> Given {
    let all: Vec<&Value> = match &entry.value {
        Value::List(all) => all.iter().collect(),
        one => vec![one],
    };
    let mut gifts = Vec::new();
    for one in all {
        let gift = one.map().map(|map| {
            let is_target =
                |entry: &&Entry| matches!(&*entry.key.to_ascii_lowercase(), "target" | "_target");
            let target = map.0.iter().find(is_target).map(|entry| &entry.value);
            let others = map.0.iter().filter(|entry| !is_target(entry)).cloned().collect();
            let target = target.map_or(Some(Target::default()), Target::read);
            target.map(|target| Gift { values: Map(others), target })
        });
        match gift.flatten() {
            Some(gift) => gifts.push(gift),
            None => {
                library.lose(file, LossKind::Value, "a `cascade` of another form", "left out");
                if let Some(loss) = library.losses.last_mut() {
                    loss.line = entry.line;
                }
            }
        }
    }
    Given { file: file.to_owned(), line: entry.line, gifts }
}

fn give(draft: &mut Draft<'_>, given: &Given, main: &str) {
    let source = Source { file: &given.file, line: Some(given.line) };
    for gift in &given.gifts {
        if gift.target.takes(draft, main) {
            inherit(&mut draft.head, &gift.values, source, Lists::Own);
        }
    }
}

impl Target {
    /// Reads a target; none where it asks for what is not known here.
    fn read(value: &Value) -> Option<Self> {
        let mut target = Self::default();
        for entry in &value.map()?.0 {
            let place = match entry.key.to_ascii_lowercase().as_str() {
                "path" => &mut target.path,
                "kind" => &mut target.kind,
                "lang" => &mut target.language,
                "environment" => &mut target.environment,
                "sites" => {
                    let matrix = entry.value.map()?.value("matrix")?.map()?;
                    let [Entry { key, value, .. }] = matrix.0.as_slice() else { return None };
                    let languages = value.texts().join(",");
                    target.language = Some(format!("{{{languages}}}"));
                    match key.eq_ignore_ascii_case("languages") {
                        true => continue,
                        false => return None,
                    }
                }
                _ => return None,
            };
            *place = Some(entry.value.text()?);
        }
        Some(target)
    }

    fn takes(&self, draft: &Draft<'_>, main: &str) -> bool {
        let language = draft.matter.text("language").unwrap_or(main);
        let own = draft.target.strip_prefix(&format!("{language}/")).unwrap_or(&draft.target);
        let folder = folder(own);
        let (path, kind) = match stem(own) {
            "_index" if folder.is_empty() => ("/".to_owned(), "home"),
            "_index" => (format!("/{folder}"), "section"),
            "index" => (format!("/{folder}"), "page"),
            name => (format!("/{folder}/{name}").replace("//", "/"), "page"),
        };
        let fits = |pattern: &Option<String>, text: &str| {
            pattern
                .as_ref()
                .is_none_or(|pattern| is_match(&pattern.to_lowercase(), &text.to_lowercase()))
        };
        fits(&self.path, &path)
            && fits(&self.kind, kind)
            && fits(&self.language, language)
            && fits(&self.environment, "production")
    }
}

fn folder(target: &str) -> &str {
    target.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// How many patterns one with braces may stand for.
const MOST: usize = 64;

/// Tells whether a path is one that a pattern means: `{/blog,/blog/**}`.
fn is_match(pattern: &str, text: &str) -> bool {
    let mut open = vec![pattern.to_owned()];
    let mut count = 0;
    while let Some(pattern) = open.pop() {
        count += 1;
        let brace = pattern.find('{').and_then(|from| {
            let to = from + pattern[from..].find('}')?;
            Some((from, to))
        });
        match brace.filter(|_| count + open.len() < MOST) {
            Some((from, to)) => open.extend(
                pattern[from + 1..to]
                    .split(',')
                    .take(MOST)
                    .map(|part| [&pattern[..from], part.trim(), &pattern[to + 1..]].concat()),
            ),
            None if fits(pattern.as_bytes(), text.as_bytes()) => return true,
            None => {}
        }
    }
    false
}

/// Compares letter by letter: `*` is anything within a folder, `**` anything.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    // Which begins of the text the pattern so far can be.
    let mut can: Vec<bool> = vec![false; text.len() + 1];
    can[0] = true;
    let mut at = 0;
    while let Some(sign) = pattern.get(at) {
        let is_deep = pattern[at..].starts_with(b"**");
        match sign {
            b'*' => {
                for to in 1..=text.len() {
                    can[to] |= can[to - 1] && (is_deep || text[to - 1] != b'/');
                }
            }
            sign => {
                for to in (1..=text.len()).rev() {
                    let is_same = *sign == text[to - 1] || *sign == b'?' && text[to - 1] != b'/';
                    can[to] = can[to - 1] && is_same;
                }
                can[0] = false;
            }
        }
        at += if is_deep { 2 } else { 1 };
    }
    can[text.len()]
}

#[cfg(test)]
mod tests {
    use super::is_match;

    #[test]
    fn patterns_are_those_of_hugo() {
        for (pattern, text, want) in [
            ("/blog", "/blog", true),
            ("/blog/*", "/blog/a", true),
            ("/blog/*", "/blog/a/b", false),
            ("/blog/**", "/blog/a/b", true),
            ("{/blog,/blog/**}", "/blog", true),
            ("/**", "/", true),
            ("**/a?c", "/x/abc", true),
            ("/blog", "/blogs", false),
            ("{", "{", true),
        ] {
            assert_eq!(is_match(pattern, text), want, "{pattern} {text}");
        }
        assert!(!is_match(&"{a,b}".repeat(100_000), "a"));
        assert!(!is_match(&"*a".repeat(1000), &"a/".repeat(1000)));
    }
}
