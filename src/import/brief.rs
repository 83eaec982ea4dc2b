//! Texts cut short, for reports and for values on one line.

/// A text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The begin of a text that may be long.
pub(super) fn shortened(text: &str) -> String {
    let one = one_line(text);
    match one.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &one[..at]),
        None => one,
    }
}
