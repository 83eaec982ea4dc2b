//! Formulas on one line of plain text: for headings, descriptions, search and the count of words.

use super::tag::{Token, Tokens, unescape};

/// The most characters of a formula that is read as text; a longer one would be noise.
const LONGEST: usize = 80;

/// Writes MathML as text, `x^2/(y + 1)`. None where that says nothing: tables, long formulas.
pub(super) fn linear(mathml: &str) -> Option<String> {
    let mut tokens = Tokens::new(mathml);
    let mut root = Vec::new();
    while let Some(token) = tokens.next() {
        if let Token::Open(tag) = token {
            root = children(&mut tokens, mathml, tag.name)?;
            break;
        }
    }
    let text: String = root.concat();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.chars().count() <= LONGEST).then_some(text)
}

/// The texts of the elements in an element, up to its end.
fn children(tokens: &mut Tokens<'_>, mathml: &str, name: &str) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    while let Some(token) = tokens.next() {
        match token {
            Token::Close(closed) if closed == name => break,
            Token::Close(_) => {}
            Token::Text(range) => texts.push(unescape(&mathml[range])),
            Token::Open(tag) if tag.name == "mspace" => {
                // As the rest of a command in an empty element it is no space.
                if !mathml[tag.range.clone()].ends_with("/>") {
                    children(tokens, mathml, tag.name)?;
                }
                texts.push(" ".to_owned());
            }
            Token::Open(tag) if mathml[tag.range.clone()].ends_with("/>") => {}
            Token::Open(tag) => {
                let inner = children(tokens, mathml, tag.name)?;
                texts.push(element(tag.name, &inner)?);
            }
        }
    }
    Some(texts)
}

/// The text of an element by those of its children.
fn element(name: &str, inner: &[String]) -> Option<String> {
    Some(match (name, inner) {
        // What stands above and beside each other has no order on a line.
        ("mtable" | "mmultiscripts" | "annotation", _) => return None,
        ("mphantom", _) => String::new(),
        ("mfrac", [above, below]) => format!("{}/{}", grouped(above), grouped(below)),
        ("msqrt", _) => format!("√{}", grouped(&inner.concat())),
        ("mroot", [radicand, index]) => format!("{}√{}", index, grouped(radicand)),
        // An accent is a sign that is not told from one beside it.
        ("msup" | "mover", [base, above]) => match is_mark(above) {
            true => format!("{base}{above}"),
            false => format!("{base}^{}", grouped(above)),
        },
        ("msub" | "munder", [base, below]) => format!("{base}_{}{}", grouped(below), room(base)),
        ("msubsup" | "munderover", [base, below, above]) => {
            format!("{base}_{}^{}{}", grouped(below), grouped(above), room(base))
        }
        ("mo", [sign]) if is_relation(sign) => format!(" {} ", sign.trim()),
        // Signs that are heard and not seen.
        ("mo", [sign]) if sign.chars().all(|c| ('\u{2061}'..='\u{2064}').contains(&c)) => {
            String::new()
        }
        _ => inner.concat(),
    })
}

/// A text as one thing: in parentheses, where it is more.
fn grouped(text: &str) -> String {
    let text = text.trim();
    match text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '′')) {
        true => text.to_owned(),
        false => format!("({})", text.replace(' ', "")),
    }
}

/// What stands between the scripts of a sign, as of a sum, and what it is over.
fn room(base: &str) -> &'static str {
    if base.trim().chars().all(char::is_alphanumeric) { "" } else { " " }
}

fn is_mark(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| {
            matches!(
                c,
                '′' | '″' | '‴' | '^' | 'ˆ' | '˜' | '¯' | '˙' | '→' | '⃗' | '\u{300}'
                    ..='\u{36f}' | '°'
            )
        })
}

/// Tells whether a sign stands between two things, with room around it.
fn is_relation(sign: &str) -> bool {
    matches!(
        sign.trim(),
        "=" | "<"
            | ">"
            | "≤"
            | "≥"
            | "≠"
            | "≈"
            | "≡"
            | "∼"
            | "∈"
            | "∉"
            | "⊂"
            | "⊆"
            | "→"
            | "⇒"
            | "↔"
            | "⇔"
            | "↦"
            | "+"
            | "−"
            | "±"
            | "·"
            | "×"
            | "÷"
            | "∝"
            | "∧"
            | "∨"
            | "∪"
            | "∩"
            | "≪"
            | "≫"
            | "≔"
            | "∘"
            | "⟶"
            | "⟹"
            | "⟺"
            | "≅"
            | "≃"
    )
}
