//! Letters that are raised by themselves, as plain ones: screen readers and fonts know `<sup>`.

/// The raised letters, and in the same order what is raised.
const RAISED: &str =
    "ª²³¹ºʰʱʲʳʴʵʶʷʸˠˡˢˣˤᴬᴭᴮᴰᴱᴲᴳᴴᴵᴶᴷᴸᴹᴺᴼᴽᴾᴿᵀᵁᵂᵃᵄᵅᵆᵇᵈᵉᵊᵋᵌᵍᵏᵐᵑᵒᵓᵔᵕᵖᵗᵘᵙᵚᵛᵜᵝᵞᵟᵠᵡ⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿˀˁ";
const PLAIN: &str =
    "a231ohɦjrɹɻʁwyɣlsxʕAÆBDEƎGHIJKLMNOȢPRTUWaɐɑᴂbdeəɛɜgkmŋoɔᴖᴗptuᴝɯvᴥβγδφχ0i456789+−=()nˀˁ";

/// What a letter raises; nothing where it is no raised one.
pub(super) fn plain(letter: char) -> Option<&'static str> {
    // Most text has none of them.
    if letter < 'ª' {
        return None;
    }
    match letter {
        '™' => return Some("TM"),
        '℠' => return Some("SM"),
        _ => {}
    }
    let place = RAISED.chars().position(|raised| raised == letter)?;
    let (at, letter) = PLAIN.char_indices().nth(place)?;
    PLAIN.get(at..at + letter.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_letters_are_known_by_what_they_raise() {
        assert_eq!(RAISED.chars().count(), PLAIN.chars().count());
        let cases = [('²', Some("2")), ('⁺', Some("+")), ('⁻', Some("−")), ('ⁿ', Some("n"))];
        for (letter, expected) in cases {
            assert_eq!(plain(letter), expected);
        }
        assert_eq!((plain('™'), plain('₂'), plain('é')), (Some("TM"), None, None));
    }
}
