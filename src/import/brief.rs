//! Texts cut short, for reports and for values on one line.

/// A text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest value that is put in for a call. With longer ones, a page that calls for one
/// often would grow beyond all bounds.
const LONGEST_VALUE: usize = 1000;

/// A value that may be put in for a call.
pub(super) fn put_in(value: &str) -> Option<String> {
    (value.len() <= LONGEST_VALUE).then(|| value.to_owned())
}

/// The begin of a text that may be long.
pub(super) fn shortened(text: &str) -> String {
    let one = one_line(text);
    match one.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &one[..at]),
        None => one,
    }
}
