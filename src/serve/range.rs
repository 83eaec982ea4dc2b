//! A part of a file, as players of videos ask for it.

use std::ops::Range;

/// What a header `range` asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// Nothing that is understood, and so the whole file.
    Whole,
    /// These bytes.
    Bytes(Range<u64>),
    /// Bytes that the file does not have.
    Beyond,
}

/// Reads the header of a request for a file of `size` bytes. Several parts at once, which no
/// player asks for, are answered with the whole file.
pub(super) fn part(header: Option<&str>, size: u64) -> Part {
    let Some((first, last)) = header
        .and_then(|header| header.strip_prefix("bytes="))
        .and_then(|range| range.trim().split_once('-'))
    else {
        return Part::Whole;
    };
    let bytes = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Ok(first), Err(_)) if last.is_empty() => first..size,
        (Err(_), Ok(last)) if first.is_empty() => size.saturating_sub(last)..size,
        _ => return Part::Whole,
    };
    if bytes.start < bytes.end { Part::Bytes(bytes) } else { Part::Beyond }
}

#[cfg(test)]
mod tests {
    use super::{Part, part};

    #[test]
    fn a_part_is_within_the_file() {
        let of = |header| part(Some(header), 10);
        assert_eq!(of("bytes=0-"), Part::Bytes(0..10));
        assert_eq!(of("bytes=2-4"), Part::Bytes(2..5));
        assert_eq!(of("bytes=2-99"), Part::Bytes(2..10));
        assert_eq!(of("bytes=-3"), Part::Bytes(7..10));
        assert_eq!(of("bytes=-99"), Part::Bytes(0..10));
        assert_eq!(of("bytes=10-"), Part::Beyond);
        assert_eq!(of("bytes=-0"), Part::Beyond);
        for odd in ["bytes=5-2", "bytes=a-b", "bytes=0-1,3-4", "pages=1-2", "bytes=", "bytes=-"] {
            assert_eq!(of(odd), Part::Whole, "{odd}");
        }
        assert_eq!(part(Some("bytes=0-"), 0), Part::Beyond);
        assert_eq!(part(None, 10), Part::Whole);
    }
}
