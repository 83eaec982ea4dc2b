//! What a part of a style asks somewhere within its elements.

use super::model::{Element, Target, Test};

/// Tells whether a work is cited in another way when it has been cited before.
pub(super) fn position(elements: &[Element]) -> bool {
    let mut asks = false;
    each(elements, &mut |element| {
        asks |= match element {
            Element::Names(names) => names.options.et_al_subsequent != names.options.et_al,
            _ => tests(element).any(|test| matches!(test, Test::Position(_))),
        };
    });
    asks
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
    let mut count = 0;
    each(elements, &mut |element| {
        count += tests(element).filter(|test| matches!(test, Test::Disambiguate(_))).count();
    });
    count
}

/// Shows every element, those that stand within others too.
fn each(elements: &[Element], see: &mut dyn FnMut(&Element)) {
    for element in elements {
        see(element);
        match element {
            Element::Choose(branches) => {
                branches.iter().for_each(|branch| each(&branch.elements, see));
            }
            Element::Group(group) => each(&group.elements, see),
            Element::Names(names) => each(&names.substitute, see),
            Element::Text(_) | Element::Date(_) | Element::Number(_) | Element::Label(_) => {}
        }
    }
}

/// The conditions of an element itself.
fn tests(element: &Element) -> impl Iterator<Item = &Test> {
    let branches = if let Element::Choose(branches) = element { &branches[..] } else { &[] };
    branches.iter().flat_map(|branch| &branch.tests)
}
