//! Braces that keep the case of some letters keep that of their whole word.

use crate::cite::rich::{Rich, Shape};

/// Widens what may not change to whole words: nobody who writes `{P}ython` means `PYthon`, which
/// is what a change of case makes of the letters outside the braces.
pub(super) fn whole_words(text: Rich) -> Rich {
    if !text.pieces.iter().any(|piece| piece.shape.fixed_case) {
        return text;
    }
    let letters: Vec<(char, Shape)> = text
        .pieces
        .iter()
        .flat_map(|piece| piece.text.chars().map(|letter| (letter, piece.shape)))
        .collect();
    let mut out = Rich::default();
    for word in
        letters.chunk_by(|(one, _), (two, _)| one.is_alphanumeric() && two.is_alphanumeric())
    {
        let fixed = word.iter().any(|(_, shape)| shape.fixed_case);
        for (letter, shape) in word {
            let fixed_case = shape.fixed_case || fixed;
            out.push(letter.to_string(), Shape { fixed_case, ..*shape });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_in_braces_keeps_its_word() {
        let fixed = Shape { fixed_case: true, ..Shape::default() };
        let mut title = Rich::default();
        for (text, shape) in [
            ("In ", Shape::default()),
            ("P", fixed),
            ("ython-like ", Shape::default()),
            ("R", fixed),
        ] {
            title.push(text, shape);
        }
        let widened = whole_words(title);
        let kept: Vec<&str> = widened
            .pieces
            .iter()
            .filter(|piece| piece.shape.fixed_case)
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(kept, ["Python", "R"]);
        assert_eq!(widened.text(), "In Python-like R");
    }
}
