//! The nearest of several names, for "did you mean".

/// Finds the candidate most like `name`, or none where nothing is near enough to be a slip.
///
/// Nearness is the optimal-string-alignment distance over lower-case characters, at most a
/// third of the longer name. Ties go to the candidate that sorts first, so that messages are
/// the same on every machine.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let length = wanted.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other = candidate.to_lowercase();
        let longer = length.max(other.chars().count());
        let limit = (longer / 3).max(1);
        // The distance is at least the difference in length: skip the costly part early.
        if length.abs_diff(other.chars().count()) > limit {
            continue;
        }
        let distance = strsim::osa_distance(&wanted, &other);
        if distance > limit || (longer <= 2 && distance > 0) {
            continue;
        }
        if best.is_none_or(|(d, c)| (distance, candidate) < (d, c)) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_a_slip() {
        assert_eq!(nearest("titel", ["title", "date"]), Some("title"));
        assert_eq!(nearest("knuht84", ["knuth84", "knuth85"]), Some("knuth84"));
    }

    #[test]
    fn leaves_strangers_alone() {
        assert_eq!(nearest("authors", ["date", "path"]), None);
        assert_eq!(nearest("a", ["b"]), None);
    }
}
