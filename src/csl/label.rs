//! Labels made of names and year: `Rass97`.

use std::collections::BTreeMap;

use super::disambiguate::{Distinction, letters};
use super::item::Item;

/// The label of a work: letters of up to four names and the last two digits of the year.
pub(super) fn label(item: &Item<'_>) -> String {
    let names = ["author", "editor", "container-author", "translator"]
        .iter()
        .find_map(|role| item.names(role));
    let families: Vec<String> = names
        .map(|names| names.list.iter().map(crate::cite::Name::short).collect())
        .unwrap_or_default();
    let letters = |count: usize, name: &String| {
        let word =
            name.split(' ').find(|word| word.starts_with(char::is_uppercase)).unwrap_or(name);
        word.chars().filter(|c| c.is_alphanumeric()).take(count).collect::<String>()
    };
    let each: &[usize] = match families.len() {
        0 | 1 => &[4],
        2 => &[2, 2],
        3 => &[2, 1, 1],
        _ => &[1, 1, 1, 1],
    };
    let mut label: String =
        families.iter().zip(each).map(|(name, count)| letters(*count, name)).collect();
    if families.is_empty() {
        let title = item.text("title").map(super::run::text).unwrap_or_default();
        label.push_str(&letters(4, &title.split(' ').next().unwrap_or_default().to_owned()));
    }
    if let Some(year) = item.date("issued").and_then(crate::cite::When::year) {
        label.push_str(&format!("{:02}", year.unsigned_abs() % 100));
    }
    label
}

/// Works of one label get letters after it, in the order of the list.
pub(super) fn distinguish(items: &[Item<'_>], order: &[usize]) -> Vec<Distinction> {
    let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for work in order {
        same.entry(label(&items[*work])).or_default().push(*work);
    }
    let mut all = vec![Distinction::default(); items.len()];
    for group in same.into_values().filter(|group| group.len() > 1) {
        for (n, work) in group.into_iter().enumerate() {
            all[work].year_suffix = letters(n);
        }
    }
    all
}
