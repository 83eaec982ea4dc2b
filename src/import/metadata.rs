//! `_metadata.yml` of Quarto, and what the settings of a project say of its pages.

use std::collections::BTreeMap;

use super::inherit::{Lists, Source, inherit};
use super::library::Library;
use super::origin::extension;
use super::value::{Map, Value};
use crate::path::join;

/// What the settings of a project may say of every page.
pub(super) const OF_PAGES: [&str; 3] = ["author", "categories", "nocite"];

/// Values of a folder.
struct Folder {
    file: String,
    map: Map,
}

/// Gives every page what the folders above it and the project give. What is cited in a folder is
/// told by its folder, the key and the name of the file.
pub(super) fn metadata(
    library: &mut Library<'_>,
    project: Option<(&str, &Map)>,
) -> Vec<(String, &'static str, String)> {
    let mut cited = Vec::new();
    let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
    for origin in library.origins {
        let (folder, name) = origin.path.rsplit_once('/').unwrap_or(("", &origin.path));
        if !matches!(name, "_metadata.yml" | "_metadata.yaml") {
            continue;
        }
        let Some(mut map) = library.read_settings(&origin.path) else { continue };
        if let Some(bibliography) = map.value("bibliography") {
            let files = bibliography.texts().into_iter();
            cited.extend(files.map(|file| (folder.to_owned(), "bibliography", file)));
        }
        map.0.retain(|entry| entry.key != "bibliography");
        for entry in &mut map.0 {
            if matches!(entry.key.as_str(), "image" | "csl")
                && let Value::Text(file) = &mut entry.value
                && !file.starts_with('/')
                && !file.contains("://")
                && let Some(path) = join(folder, file).filter(|path| library.origin(path).is_some())
            {
                *file = format!("/{path}");
            }
        }
        folders.insert(folder.to_owned(), Folder { file: origin.path.clone(), map });
    }
    let own = project.map(|(file, map)| {
        let mut map = map.clone();
        map.0.retain(|entry| OF_PAGES.contains(&entry.key.as_str()));
        Folder { file: file.to_owned(), map }
    });
    for draft in &mut library.drafts {
        if extension(draft.script.path) == "md" && !draft.head.is_there {
            continue; // a text that Quarto does not read
        }
        let mut above = Some(draft.folder());
        while let Some(folder) = above {
            let given = folders.get(folder);
            let given = given.into_iter().chain(own.iter().filter(|_| folder.is_empty()));
            for Folder { file, map } in given {
                inherit(&mut draft.head, map, Source { file, line: None }, Lists::Joined);
            }
            above = match folder.rsplit_once('/') {
                Some((next, _)) => Some(next),
                None if folder.is_empty() => None,
                None => Some(""),
            };
        }
    }
    cited
}
