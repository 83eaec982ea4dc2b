//! Cases that are data: the files of a site, and what its output says.

use std::collections::BTreeMap;
use std::fs;

use serde::de::DeserializeOwned;

use super::{Tree, repository, text};

/// For each output file, texts.
pub(crate) type Texts = BTreeMap<String, Vec<String>>;

/// Reads the cases of a folder of `tests/`, in the order of their names.
pub(crate) fn cases<C: DeserializeOwned>(folder: &str) -> Vec<(String, C)> {
    let entries = fs::read_dir(repository().join("tests").join(folder));
    let mut paths: Vec<_> = entries
        .expect("the folder of the cases is there")
        .map(|entry| entry.expect("the cases can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "`tests/{folder}` has cases");
    let case = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(path).expect("a case can be read");
        let case = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, case)
    };
    paths.iter().map(case).collect()
}

/// Says which texts output files do not hold, in the order given, which they hold and should
/// not, and which files should not have come out.
pub(crate) fn faults(
    output: &Tree,
    holds: &Texts,
    lacks: &Texts,
    absent: &[String],
) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, texts) in holds {
        let mut rest = text(output, path);
        for wanted in texts {
            match rest.find(wanted.as_str()) {
                Some(at) => rest = &rest[at + wanted.len()..],
                None => {
                    let what = "after what came before, in";
                    faults.push(format!("`{path}` lacks `{wanted}`, {what}\n{rest}"));
                    break;
                }
            }
        }
    }
    for (path, texts) in lacks {
        let all = text(output, path);
        let held = texts.iter().filter(|unwanted| all.contains(unwanted.as_str()));
        faults.extend(held.map(|unwanted| format!("`{path}` holds `{unwanted}`, in\n{all}")));
    }
    let there = absent.iter().filter(|path| output.contains_key(*path));
    faults.extend(there.map(|path| format!("`{path}` came out")));
    faults
}
