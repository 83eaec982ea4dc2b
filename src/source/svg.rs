//! The size of an SVG drawing, from its first tag.

/// Finds the width and height of a drawing in pixels: its own, or its view box's.
pub(super) fn size(text: &str) -> Option<(u32, u32)> {
    let tag = first_tag(text)?;
    let own = |name| attribute(tag, name).and_then(pixels);
    let view_box = attribute(tag, "viewBox").and_then(view_box);
    let (width, height) = match (own("width"), own("height"), view_box) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((w, h))) => (width, width * h / w),
        (None, Some(height), Some((w, h))) => (height * w / h, height),
        (None, None, Some(view_box)) => view_box,
        _ => return None,
    };
    Some((whole(width)?, whole(height)?))
}

/// The inside of the `svg` tag, after whatever may stand before it.
fn first_tag(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let closing = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?") {
            "?>"
        } else if rest.starts_with("<!") {
            // A document type may hold declarations of its own in brackets.
            let bracket = rest.find('[').filter(|&at| !rest[..at].contains('>'));
            if bracket.is_some() { "]>" } else { ">" }
        } else {
            break;
        };
        let end = rest.find(closing)? + closing.len();
        rest = rest[end..].trim_start();
    }
    let name_end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
    let name = rest[..name_end].strip_prefix('<')?;
    if name.rsplit(':').next() != Some("svg") {
        return None;
    }
    Some(&rest[name_end..])
}

/// The value of an attribute; stops at the end of the tag.
fn attribute<'a>(tag: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        rest = rest.trim_start();
        let equals = rest.find(['=', '>'])?;
        if !rest[equals..].starts_with('=') {
            return None;
        }
        let name = rest[..equals].trim_end();
        let value = rest[equals + 1..].trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let end = value[1..].find(quote)? + 1;
        if name == wanted {
            return Some(value[1..end].trim());
        }
        rest = &value[end + 1..];
    }
}

/// A length in pixels; none for a share of something unknown here (`100%`, `2em`).
fn pixels(length: &str) -> Option<f64> {
    let number_end = length
        .find(|c: char| c.is_ascii_alphabetic() && c != 'e' || c == '%')
        .unwrap_or(length.len());
    // `2em` and `2ex` begin like an exponent: the number ends before a letter with a letter after.
    let number = length[..number_end].trim_end_matches('e').trim_end();
    let scale = match length[number.len()..].trim() {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        _ => return None,
    };
    let value = number.parse::<f64>().ok()? * scale;
    (value.is_finite() && value > 0.0).then_some(value)
}

fn view_box(value: &str) -> Option<(f64, f64)> {
    let mut numbers = value.split([' ', ',', '\t', '\n', '\r']).filter(|number| !number.is_empty());
    let (width, height) = (numbers.nth(2)?, numbers.next()?);
    Some((pixels(width)?, pixels(height)?))
}

fn whole(pixels: f64) -> Option<u32> {
    let pixels = pixels.round();
    (pixels >= 1.0 && pixels <= f64::from(u32::MAX)).then_some(pixels as u32)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn its_own_size_wins() {
        assert_eq!(size("<svg width='20' height=\"10px\" viewBox='0 0 5 5'/>"), Some((20, 10)));
        assert_eq!(size("<svg width=\"25.4mm\" height=\"1in\">"), Some((96, 96)));
    }

    #[test]
    fn the_view_box_fills_what_is_missing() {
        assert_eq!(size("<svg viewBox='0 0 24 12'>"), Some((24, 12)));
        assert_eq!(size("<svg viewBox='0,0,24,12' width='48'>"), Some((48, 24)));
        assert_eq!(size("<svg viewBox='0 0 24 12' width='100%' height='2em'>"), Some((24, 12)));
    }

    #[test]
    fn what_stands_before_the_tag_is_skipped() {
        let text = "\u{feff}<?xml version='1.0'?>\n<!-- <svg width='1' height='1'> -->\n<!DOCTYPE svg [ <!ENTITY a 'b'> ]>\n<svg:svg\n  width = '3' height='4'>";
        assert_eq!(size(text), Some((3, 4)));
        assert_eq!(
            size("<!DOCTYPE svg PUBLIC \"a\" \"b\"><svg width='1' height='2'>"),
            Some((1, 2))
        );
    }

    #[test]
    fn what_is_no_size_gives_none() {
        for text in [
            "",
            "<svg",
            "<svg>",
            "<svg><rect width='3' height='4'/></svg>",
            "<html width='3' height='4'>",
            "<svg width='-3' height='4'>",
            "<svg width='3' height='1e400'>",
            "<svg width='3' height='4",
            "<svg viewBox='0 0 0 0'>",
            "<svg width='é' height='ü'>",
            "<svgé width='1' height='1'>",
        ] {
            assert_eq!(size(text), None, "{text}");
        }
    }
}
