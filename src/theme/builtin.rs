//! The theme that is part of the binary.

use include_dir::{Dir, DirEntry, include_dir};

use crate::path::SourcePath;

use super::layer::{Layer, Template};

/// The name of the built-in theme and the prefix of its templates.
pub const SCHOLAR: &str = "scholar";

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/scholar");

/// Lists the files of the built-in theme by their path within it, in the order of the paths.
pub fn builtin() -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    collect(FILES.entries(), &mut files);
    files.sort_unstable();
    files
}

impl Layer {
    /// The templates of the built-in theme.
    pub fn builtin() -> Self {
        let templates = builtin()
            .into_iter()
            .filter_map(|(path, bytes)| {
                let name = path.strip_prefix("templates/")?.to_owned();
                let text = std::str::from_utf8(bytes).ok()?;
                let path = SourcePath::new(format!("themes/{SCHOLAR}/{path}"));
                Some(Template { name, path, text: text.into() })
            })
            .collect();
        Self { prefix: Some(SCHOLAR.to_owned()), templates }
    }
}

fn collect(entries: &'static [DirEntry<'static>], files: &mut Vec<(String, &'static [u8])>) {
    for entry in entries {
        match entry {
            DirEntry::Dir(folder) => collect(folder.entries(), files),
            DirEntry::File(file) => {
                // The binary may be built on a system whose paths have backslashes.
                let path = file.path().to_string_lossy().replace('\\', "/");
                files.push((path, file.contents()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Layer, builtin};

    #[test]
    fn the_built_in_theme_has_templates() {
        assert!(builtin().iter().any(|(path, _)| path == "templates/page.html"));
        let layer = Layer::builtin();
        assert!(layer.templates.iter().any(|template| {
            template.name == "page.html"
                && template.path.as_str() == "themes/scholar/templates/page.html"
        }));
    }
}
