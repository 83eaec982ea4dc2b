//! What a part of a style asks somewhere within its elements.

use super::model::{Element, Target, Test};

/// Tells whether a work is cited in another way when it has been cited before.
pub(super) fn position(elements: &[Element]) -> bool {
    elements.iter().any(|element| match element {
        Element::Choose(branches) => branches.iter().any(|branch| {
            branch.tests.iter().any(|test| matches!(test, Test::Position(_)))
                || position(&branch.elements)
        }),
        Element::Group(group) => position(&group.elements),
        Element::Names(names) => {
            names.options.et_al_subsequent != names.options.et_al || position(&names.substitute)
        }
        _ => false,
    })
}

/// Tells whether the style prints the letter after the year itself.
pub(super) fn year_suffix(elements: &[Element], macros: &[Vec<Element>], depth: usize) -> bool {
    // A macro may call itself in a broken style; no sound one is nested this deep.
    depth < 64
        && elements.iter().any(|element| match element {
            Element::Text(text) => match &text.target {
                Target::Variable { name, .. } => name == "year-suffix",
                Target::Macro(index) => year_suffix(&macros[*index], macros, depth + 1),
                Target::Term(_) | Target::Value(_) => false,
            },
            Element::Group(group) => year_suffix(&group.elements, macros, depth + 1),
            Element::Choose(branches) => {
                branches.iter().any(|branch| year_suffix(&branch.elements, macros, depth + 1))
            }
            Element::Names(names) => year_suffix(&names.substitute, macros, depth + 1),
            Element::Date(_) | Element::Number(_) | Element::Label(_) => false,
        })
}

/// How many conditions ask whether a work is still the same as another.
pub(super) fn flags(elements: &[Element]) -> usize {
    let one = |element: &Element| match element {
        Element::Choose(branches) => branches
            .iter()
            .map(|branch| {
                let own = |test: &&Test| matches!(test, Test::Disambiguate(_));
                branch.tests.iter().filter(own).count() + flags(&branch.elements)
            })
            .sum(),
        Element::Group(group) => flags(&group.elements),
        Element::Names(names) => flags(&names.substitute),
        _ => 0,
    };
    elements.iter().map(one).sum()
}
