//! Finds the addresses in a `srcset`.

use std::ops::Range;

use super::tag::unescape;

/// The bytes of each address in a `srcset`, as a browser cuts it up; none where the browser
/// would pass over a part of it.
pub fn addresses(srcset: &str) -> Option<Vec<Range<usize>>> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = srcset[at..].trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return Some(found);
        }
        let start = srcset.len() - rest.len();
        let length = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        // A comma within an address belongs to it, as in `data:image/png;base64,AA`.
        let address = rest[..length].trim_end_matches(',');
        at = start + length;
        if address.len() == length {
            let rest = &srcset[at..];
            let descriptors = &rest[..rest.find(',').unwrap_or(rest.len())];
            if !are_descriptors(descriptors) {
                return None;
            }
            at += descriptors.len();
        }
        // A character reference may hide what would end the address.
        if unescape(address).contains(|c: char| c.is_ascii_whitespace()) {
            return None;
        }
        found.push(start..start + address.len());
    }
}

/// Tells whether a text says how large or how dense an image is, or nothing: `2x`, `640w`,
/// `640w 480h`.
fn are_descriptors(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace();
    match (words.next(), words.next(), words.next()) {
        (None, ..) => true,
        (Some(one), None, _) => is_density(one) || is_pixels(one, 'w'),
        (Some(one), Some(two), None) => {
            is_pixels(one, 'w') && is_pixels(two, 'h') || is_pixels(one, 'h') && is_pixels(two, 'w')
        }
        _ => false,
    }
}

fn is_density(word: &str) -> bool {
    let Some(number) = word.strip_suffix('x') else { return false };
    // Rust reads `inf` and `+1` too, which are no numbers in HTML.
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '-' | '+');
    number.chars().all(is_number)
        && !number.starts_with('+')
        && number.parse::<f64>().is_ok_and(|density| density >= 0.0)
}

fn is_pixels(word: &str, unit: char) -> bool {
    word.strip_suffix(unit).is_some_and(|number| {
        number.bytes().all(|byte| byte.is_ascii_digit()) && number.bytes().any(|byte| byte != b'0')
    })
}

#[cfg(test)]
mod tests {
    use super::addresses;

    fn find(srcset: &str) -> Option<Vec<&str>> {
        Some(addresses(srcset)?.into_iter().map(|range| &srcset[range]).collect())
    }

    #[test]
    fn addresses_are_cut_as_a_browser_cuts_them() {
        assert_eq!(find(" a.png 1x,b.png 2.5x ").as_deref(), Some(&["a.png", "b.png"][..]));
        assert_eq!(find("a.png,\nb,c.png 640w 480h").as_deref(), Some(&["a.png", "b,c.png"][..]));
        assert_eq!(
            find("data:x;base64,AA== 1x, ä 2x,").as_deref(),
            Some(&["data:x;base64,AA==", "ä"][..])
        );
        assert_eq!(find(" , ").as_deref(), Some(&[][..]));
    }

    #[test]
    fn what_a_browser_passes_over_is_malformed() {
        for srcset in
            ["a 2x b 1x", "a 2y", "a infx", "a 0w", "a -1x", "a 1x 2w", "a&#32;b", "a (b, c)"]
        {
            assert_eq!(find(srcset), None, "{srcset}");
        }
    }
}
