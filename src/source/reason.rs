//! The system's reasons, in words.

use std::io;

/// Says in words why the system refused: `permission denied`, `no storage space`.
pub fn reason(error: &io::Error) -> String {
    let words = error.kind().to_string();
    // Kinds that the standard library does not name yet keep the system's own sentence.
    if words == "uncategorized error" || words == "other error" {
        let sentence = error.to_string();
        let end = sentence.find(" (os error").unwrap_or(sentence.len());
        return sentence[..end].to_lowercase();
    }
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::reason;
    use std::io::{Error, ErrorKind};

    #[test]
    fn reasons_are_words_in_lower_case() {
        assert_eq!(reason(&Error::from(ErrorKind::PermissionDenied)), "permission denied");
        assert_eq!(reason(&Error::other("The disk is on fire")), "the disk is on fire");
        #[cfg(target_os = "linux")]
        assert_eq!(reason(&Error::from_raw_os_error(5)), "input/output error");
    }
}
