//! Changes to a text: ranges replaced, and fields of TOML set with all around them kept. Sole
//! owner of `toml_edit`.

use std::ops::Range;

use toml_edit::{Array, DocumentMut, Item, RawString, Value};

use super::sense::Field;

/// Replaces ranges of a text, given in any order; none where two of them overlap and differ.
pub(super) fn replaced(text: &str, mut edits: Vec<(Range<usize>, String)>) -> Option<String> {
    edits.sort_by(|a, b| (a.0.start, a.0.end, &a.1).cmp(&(b.0.start, b.0.end, &b.1)));
    edits.dedup();
    let mut out = String::with_capacity(text.len() + 64);
    let mut from = 0;
    for (range, new) in edits {
        out.push_str(text.get(from..range.start)?);
        out.push_str(&new);
        from = range.end;
    }
    out.push_str(text.get(from..)?);
    Some(out)
}

/// What changes in front matter.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Matter {
    /// New values of fields.
    pub(super) fields: Vec<(Field, String)>,
    /// An address to lead here from now on.
    pub(super) alias: Option<String>,
    /// An address at which the page now is, so that it is no alias any more.
    pub(super) address: String,
}

impl Matter {
    /// Tells whether nothing changes.
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.alias.is_none()
    }
}

/// Changes front matter; none where it is not as it was thought to be.
pub(super) fn matter(toml: &str, changes: &Matter) -> Option<String> {
    let mut document: DocumentMut = toml.parse().ok()?;
    for (field, value) in &changes.fields {
        let slot = match field {
            Field::Image => document.get_mut("image")?.get_mut("src")?.as_value_mut()?,
            Field::RedirectTo => document.get_mut("redirect_to")?.as_value_mut()?,
            Field::ContinueReading(n) => {
                document.get_mut("continue_reading")?.as_array_mut()?.get_mut(*n)?
            }
        };
        set(slot, value);
    }
    if let Some(alias) = &changes.alias {
        match document.get_mut("aliases") {
            Some(item) => {
                let array = item.as_array_mut()?;
                let served = |value: &Value| {
                    let value = value.as_str().unwrap_or_default().trim_matches('/');
                    value == changes.address.trim_matches('/')
                };
                for at in (0..array.len()).rev() {
                    if array.get(at).is_some_and(served) {
                        remove(array, at);
                    }
                }
                append(array, alias);
            }
            None => {
                let mut array = Array::new();
                array.push(alias.as_str());
                document.insert("aliases", Item::Value(Value::Array(array)));
            }
        }
    }
    Some(as_before(toml, document.to_string()))
}

/// Sets `process_page` in `site.toml`.
pub(super) fn process_page(toml: &str, value: &str) -> Option<String> {
    let mut document: DocumentMut = toml.parse().ok()?;
    let slot = document.get_mut("citations")?.get_mut("process_page")?.as_value_mut()?;
    set(slot, value);
    Some(as_before(toml, document.to_string()))
}

fn set(slot: &mut Value, new: &str) {
    let around = slot.decor().clone();
    *slot = Value::from(new);
    *slot.decor_mut() = around;
}

/// Takes a text out of an array, and the comment behind it; the one behind the text before it, which
/// is a part of it to the parser, stays.
fn remove(array: &mut Array, at: usize) {
    let is_last = at + 1 == array.len();
    let removed = array.remove(at);
    let before = around(removed.decor().prefix());
    let behind = format!("{}{}", around(removed.decor().suffix()), around(Some(array.trailing())));
    let joined = |next: &str| match (before.find('\n'), next.find('\n')) {
        (end, Some(start)) => format!("{}{}", &before[..end.unwrap_or(0)], &next[start..]),
        (_, None) => before.clone(),
    };
    if is_last {
        let joined = if behind.contains('\n') { joined(&behind) } else { behind };
        array.set_trailing(joined);
        array.set_trailing_comma(array.trailing_comma() && !array.is_empty());
    } else if let Some(next) = array.get_mut(at) {
        let joined = joined(&around(next.decor().prefix()));
        next.decor_mut().set_prefix(joined);
    }
}

/// Appends a text as the others stand: on a line of its own where they do, or where a comment
/// ends the line.
fn append(array: &mut Array, text: &str) {
    if array.iter().any(|value| value.as_str() == Some(text)) {
        return;
    }
    let has_comma = array.trailing_comma();
    let last = array.iter().last().map(|last| last.decor().clone()).unwrap_or_default();
    let (before, own) = (around(last.prefix()), around(last.suffix()));
    let trailing = around(Some(array.trailing()));
    let behind = if has_comma { trailing } else { format!("{own}{trailing}") };
    if !before.contains('\n') && !behind.contains('\n') {
        array.push(text);
        return;
    }
    let space = before.rfind('\n').map_or("\n  ", |line| &before[line..]);
    // Comments behind the last one stay where they are, and the bracket on its line.
    let (kept, end) = behind.split_at(behind.rfind('\n').unwrap_or(0));
    if !has_comma && let Some(last) = array.len().checked_sub(1).and_then(|n| array.get_mut(n)) {
        last.decor_mut().set_suffix("");
    }
    let mut value = Value::from(text);
    value.decor_mut().set_prefix(format!("{kept}{space}"));
    array.push_formatted(value);
    array.set_trailing(end);
}

/// What stands before or behind a value.
fn around(space: Option<&RawString>) -> String {
    space.and_then(RawString::as_str).unwrap_or_default().to_owned()
}

/// Gives a text the line ends that it had.
fn as_before(old: &str, new: String) -> String {
    match old.contains("\r\n") {
        true => new.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => new,
    }
}

#[cfg(test)]
mod tests {
    use super::{Matter, matter, process_page, replaced};
    use crate::moving::sense::Field;

    fn aliased(toml: &str) -> Option<String> {
        let changes =
            Matter { alias: Some("/old/".into()), address: "/new/".into(), fields: vec![] };
        matter(toml, &changes)
    }

    #[test]
    fn an_alias_joins_the_others_as_they_stand() {
        for (toml, want) in [
            ("", "aliases = [\"/old/\"]\n"),
            (
                "title = \"A\" # so\n\n[extra]\nb = 1\n",
                "title = \"A\" # so\naliases = [\"/old/\"]\n\n[extra]\nb = 1\n",
            ),
            ("aliases = [\"/a/\"] # b\nc = 1\n", "aliases = [\"/a/\", \"/old/\"] # b\nc = 1\n"),
            (
                "aliases = [\n  \"/a/\", # one\n  \"/b/\",\n]\n",
                "aliases = [\n  \"/a/\", # one\n  \"/b/\",\n  \"/old/\",\n]\n",
            ),
            (
                "aliases = [\n  \"/a/\", # one\n]\n",
                "aliases = [\n  \"/a/\", # one\n  \"/old/\",\n]\n",
            ),
            (
                "aliases = [\n  \"/a/\" # one\n]\n",
                "aliases = [\n  \"/a/\", # one\n  \"/old/\"\n]\n",
            ),
            (
                "aliases = [\n  \"/a/\", # one\n  \"/b/\" # two\n  # three\n]\n",
                "aliases = [\n  \"/a/\", # one\n  \"/b/\", # two\n  # three\n  \"/old/\"\n]\n",
            ),
            (
                "aliases = [\n  \"/a/\", # one\n  # two\n]\n",
                "aliases = [\n  \"/a/\", # one\n  # two\n  \"/old/\",\n]\n",
            ),
            ("aliases = [\n  # none\n]\n", "aliases = [\n  # none\n  \"/old/\"\n]\n"),
            ("aliases = [ # none\n]\n", "aliases = [ # none\n  \"/old/\"\n]\n"),
            ("aliases = [\"/a/\" # one\n]\n", "aliases = [\"/a/\", # one\n  \"/old/\"\n]\n"),
            ("aliases = [\"/a/\", # one\n]\n", "aliases = [\"/a/\", # one\n  \"/old/\",\n]\n"),
            ("aliases = []\n", "aliases = [\"/old/\"]\n"),
            ("aliases = [\"/a/\",]\n", "aliases = [\"/a/\", \"/old/\",]\n"),
            (
                "aliases = [\n  \"/new/\", # here\n  \"/a/\", # one\n]\n",
                "aliases = [\n  \"/a/\", # one\n  \"/old/\",\n]\n",
            ),
            (
                "aliases = [\n  \"/a/\", # one\n  \"/new/\" # here\n]\n",
                "aliases = [\n  \"/a/\", # one\n  \"/old/\"\n]\n",
            ),
            ("aliases = [\"/new/\", \"/a/\"]\n", "aliases = [\"/a/\", \"/old/\"]\n"),
            ("aliases = [\"/old/\"]\n", "aliases = [\"/old/\"]\n"),
            ("aliases = [\"new\"]\r\n", "aliases = [\"/old/\"]\r\n"),
        ] {
            assert_eq!(aliased(toml).as_deref(), Some(want), "{toml}");
        }
        assert_eq!(aliased("aliases = 1\n"), None);
    }

    #[test]
    fn fields_keep_what_stands_around_them() {
        let toml = "image = { src = 'a.png', alt = \"A\" } # b\ncontinue_reading = [ \"c\",'d' ]\n";
        let fields = vec![
            (Field::Image, "../a.png".to_owned()),
            (Field::ContinueReading(1), "e \"f\"".to_owned()),
        ];
        let got = matter(toml, &Matter { fields, ..Matter::default() });
        let want = "image = { src = \"../a.png\", alt = \"A\" } # b\ncontinue_reading = [ \"c\",'e \"f\"' ]\n";
        assert_eq!(got.as_deref(), Some(want));
        let got = process_page("[citations]\nprocess_page = \"@/a.md\" # b\n", "@/c.md");
        assert_eq!(got.as_deref(), Some("[citations]\nprocess_page = \"@/c.md\" # b\n"));
    }

    #[test]
    fn ranges_are_replaced_once() {
        let edits = vec![(2..3, "X".to_owned()), (0..1, "Y".to_owned()), (2..3, "X".to_owned())];
        assert_eq!(replaced("abcd", edits).as_deref(), Some("YbXd"));
        assert_eq!(replaced("abcd", vec![(0..2, "X".into()), (1..3, "Y".into())]), None);
    }
}
