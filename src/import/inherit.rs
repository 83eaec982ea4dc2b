//! Values that settings and folders give to the pages below them.

use std::collections::BTreeSet;

use super::head::Head;
use super::value::{Entry, Map, Value};

/// What becomes of a list that a page has, too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Lists {
    /// The page's own stays.
    Own,
    /// The two are joined.
    Joined,
}

/// Where values stand that pages inherit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'s> {
    /// The file.
    pub(super) file: &'s str,
    /// The line of all of them; without one, each has its own.
    pub(super) line: Option<usize>,
}

/// Gives a page the values that it does not have; tables within both are joined. Those who give
/// most closely come first.
pub(super) fn inherit(head: &mut Head, given: &Map, source: Source<'_>, lists: Lists) {
    for entry in &given.0 {
        let own = head.map.0.iter_mut().find(|own| own.key.eq_ignore_ascii_case(&entry.key));
        match own {
            Some(own) => join(&mut own.value, &entry.value, lists),
            None => {
                let line = source.line.unwrap_or(entry.line);
                head.inherited.insert(entry.key.clone(), (source.file.to_owned(), line));
                head.map.0.push(Entry { line, ..entry.clone() });
            }
        }
    }
}

fn join(own: &mut Value, given: &Value, lists: Lists) {
    match (own, given) {
        (Value::Map(own), Value::Map(given)) => {
            for entry in &given.0 {
                let there = own.0.iter_mut().find(|own| own.key.eq_ignore_ascii_case(&entry.key));
                match there {
                    Some(there) => join(&mut there.value, &entry.value, lists),
                    None => own.0.push(entry.clone()),
                }
            }
        }
        (own, given)
            if lists == Lists::Joined
                && *own != Value::Null
                && matches!((&*own, given), (Value::List(_), _) | (_, Value::List(_))) =>
        {
            let mut all = listed(given);
            let mut seen: BTreeSet<String> = all.iter().map(|one| format!("{one:?}")).collect();
            all.extend(listed(own).into_iter().filter(|one| seen.insert(format!("{one:?}"))));
            *own = Value::List(all);
        }
        _ => {}
    }
}

fn listed(value: &Value) -> Vec<Value> {
    match value {
        Value::List(all) => all.clone(),
        Value::Null => Vec::new(),
        one => vec![one.clone()],
    }
}

#[cfg(test)]
mod tests {
    use super::super::head;
    use super::{Lists, Source, inherit};

    #[test]
    fn a_page_keeps_its_own() {
        let read = |text: &str| head::read(&format!("---\n{text}---\n"));
        let given = read("Title: A\nx: 1\nm: {a: 1, b: 2}\nlist: [1, 2]\n").map;
        let source = Source { file: "f.yml", line: None };
        for (lists, want) in [(Lists::Own, "2 3"), (Lists::Joined, "1 2 3")] {
            let mut page = read("title: B\nm: {b: 3}\nlist: [2, 3]\n");
            inherit(&mut page, &given, source, lists);
            let map = &page.map;
            assert_eq!(map.text(&["title"]).as_deref(), Some("B"));
            assert_eq!(map.text(&["x"]).as_deref(), Some("1"));
            assert_eq!(map.text(&["m", "a"]).as_deref(), Some("1"));
            assert_eq!(map.text(&["m", "b"]).as_deref(), Some("3"));
            assert_eq!(map.value("list").unwrap().texts().join(" "), want);
            assert_eq!(page.inherited.len(), 1);
            assert_eq!(page.inherited["x"], ("f.yml".to_owned(), 3));
        }
    }
}
