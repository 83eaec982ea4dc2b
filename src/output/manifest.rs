//! The memory of what ibid wrote.

use std::collections::BTreeMap;

use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;

/// The file's name in the output folder.
pub(super) const NAME: &str = ".ibid-manifest";

const FIRST_LINE: &str = "ibid manifest 2";

/// The files that ibid wrote, each with the fingerprint of its bytes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Manifest(pub(super) BTreeMap<OutputPath, Fingerprint>);

impl Manifest {
    /// Reads what [`Self::print`] wrote, and nothing else: a manifest decides what is deleted.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next() != Some(FIRST_LINE) {
            return None;
        }
        let mut files: BTreeMap<OutputPath, Fingerprint> = BTreeMap::new();
        for line in lines {
            let (fingerprint, path) = line.split_once(' ')?;
            let path = OutputPath::new(path).ok()?;
            if files.last_key_value().is_some_and(|(last, _)| *last >= path) {
                return None;
            }
            files.insert(path, Fingerprint::parse(fingerprint)?);
        }
        Some(Self(files))
    }

    /// The text: one line a file, in order of the paths, no clock and no machine in it.
    pub(super) fn print(&self) -> String {
        // A hash, a space and the end of the line.
        let lines = self.0.keys().map(|path| path.as_str().len() + 34).sum::<usize>();
        let mut text = String::with_capacity(FIRST_LINE.len() + 1 + lines);
        text.push_str(FIRST_LINE);
        text.push('\n');
        for (path, fingerprint) in &self.0 {
            text.push_str(&fingerprint.hex());
            text.push(' ');
            text.push_str(path.as_str());
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Manifest;
    use crate::fingerprint::Fingerprint;
    use crate::path::OutputPath;

    #[test]
    fn parse_reads_what_print_wrote() {
        let mut manifest = Manifest::default();
        assert_eq!(Manifest::parse(&manifest.print()), Some(manifest.clone()));
        for path in ["b.html", "a b/ü.html", "a/index.html"] {
            manifest.0.insert(OutputPath::new(path).unwrap(), Fingerprint::of(path.as_bytes()));
        }
        assert_eq!(Manifest::parse(&manifest.print()), Some(manifest));
    }

    #[test]
    fn nothing_else_is_trusted() {
        let hash = Fingerprint::of(b"");
        for text in [
            String::new(),
            "ibid manifest 3\n".into(),
            "ibid manifest 2".into(),
            format!("ibid manifest 2\n{hash} ../a\n"),
            format!("ibid manifest 2\n{hash} /etc/passwd\n"),
            format!("ibid manifest 2\n{hash} .ibid-staging/lock\n"),
            format!("ibid manifest 2\n{hash} b\n{hash} a\n"),
            format!("ibid manifest 2\n{hash} a\n{hash} a\n"),
            format!("ibid manifest 2\n{hash} a"),
            "ibid manifest 2\nabc a\n".into(),
            "ibid manifest 2\n\n".into(),
        ] {
            assert_eq!(Manifest::parse(&text), None, "{text}");
        }
    }
}
