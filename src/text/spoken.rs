//! Texts as they are spoken: names in the place of keys.

use std::collections::BTreeMap;

/// A text with names in the place of the keys that stand behind an at sign in it.
pub fn say(text: &str, names: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        // Of `@a` and `@ab` it is the longer; `@abc` is somebody else.
        let ends = from.char_indices().skip(1).map(|(end, _)| end).chain([from.len()]);
        let ends = ends.filter(|&end| !from[end..].starts_with(|c: char| c.is_alphanumeric()));
        let longest = ends.filter_map(|end| Some((end, names.get(&from[1..end])?))).last();
        let (end, name) = longest.map_or((1, "@"), |(end, name)| (end, name.as_str()));
        out.push_str(name);
        rest = &from[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::say;

    #[test]
    fn names_stand_for_keys() {
        let names = [("a", "Ab"), ("ab", "Bb and Cc"), ("x y", "Xy"), ("doi:10.1/x.", "Dd")];
        let names: BTreeMap<String, String> =
            names.map(|(key, name)| (key.to_owned(), name.to_owned())).into();
        for (text, wanted) in [
            ("@a found, @ab did not.", "Ab found, Bb and Cc did not."),
            ("So say @a.", "So say Ab."),
            ("@abc and a@b.org are no keys; @x y is.", "@abc and a@b.org are no keys; Xy is."),
            ("@doi:10.1/x. and @", "Dd and @"),
        ] {
            assert_eq!(say(text, &names), wanted);
        }
    }
}
