//! Which files a move takes where.

use std::collections::{BTreeMap, BTreeSet};

use crate::path::{OutputPath, join};
use crate::source;

/// Why something cannot be moved: the fact, and what to do.
pub(super) type Refusal = (String, Option<String>);

/// The new path of each file that moves, by its old one; all below `content/`.
pub(super) fn targets(
    files: &BTreeSet<String>,
    old: &str,
    new: &str,
) -> Result<BTreeMap<String, String>, Refusal> {
    let from = inside(old).ok_or_else(|| outside(old))?;
    let to = inside(new).ok_or_else(|| outside(new))?;
    if from.is_empty() {
        return Err((format!("`{old}` is the site itself"), None));
    }
    let is_folder = |path: &str| {
        let start = if path.is_empty() { String::new() } else { format!("{path}/") };
        files.iter().any(|file| file.starts_with(&start))
    };
    let into = new.ends_with('/') || is_folder(&to);
    let below = |name: &str| if to.is_empty() { name.to_owned() } else { format!("{to}/{name}") };
    let last = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();

    let with_extension = format!("{from}.md");
    let moves = if files.contains(&from) || (!is_folder(&from) && files.contains(&with_extension)) {
        let from = if files.contains(&from) { from } else { with_extension };
        let folder = ["/index.md", "/_index.md"].iter().find_map(|end| from.strip_suffix(end));
        match folder {
            Some(folder) if !is_page(&to) || last(&to) == last(&from) => {
                let to = match to.rsplit_once('/') {
                    Some((above, name)) if name == last(&from) => above.to_owned(),
                    _ if into => below(&last(folder)),
                    _ => to,
                };
                whole(files, folder, &to)?
            }
            Some(folder) if files.iter().filter(|file| is_below(file, folder)).count() > 1 => {
                let message = format!("`{from}` has files beside it");
                let help = format!("name a folder for them all: `{}`", without_extension(&to));
                return Err((message, Some(help)));
            }
            _ => {
                let to = match () {
                    () if into => below(&last(&from)),
                    () if is_page(&from) && !last(&to).contains('.') => format!("{to}.md"),
                    () => to,
                };
                if is_page(&from) != is_page(&to) {
                    let what = if is_page(&from) { "a page" } else { "no page" };
                    let message = format!("`{from}` is {what}, and `{to}` would not be");
                    return Err((message, Some("keep the extension of the file".to_owned())));
                }
                BTreeMap::from([(from, to)])
            }
        }
    } else if is_folder(&from) {
        let to = if into { below(&last(&from)) } else { to };
        if is_page(&to) {
            let message = format!("`{from}` is a folder, and `{to}` would be a page");
            return Err((message, Some("name a folder".to_owned())));
        }
        whole(files, &from, &to)?
    } else {
        return Err((format!("nothing under `content` is called `{from}`"), None));
    };
    for (from, to) in &moves {
        if files.contains(to) && (from == to || !moves.contains_key(to)) {
            let help = "choose another name, or remove it first".to_owned();
            return Err((format!("`content/{to}` is there already"), Some(help)));
        }
        if !source::is_read(to) {
            let help = "such a name is for hidden files and for what editors leave behind";
            return Err((
                format!("`content/{to}` would be no part of the site"),
                Some(help.to_owned()),
            ));
        }
        if let Err(fault) = OutputPath::new(to) {
            return Err((format!("`{to}` cannot be a file of a site: {fault}"), None));
        }
    }
    Ok(moves)
}

/// All files of a folder.
fn whole(
    files: &BTreeSet<String>,
    from: &str,
    to: &str,
) -> Result<BTreeMap<String, String>, Refusal> {
    if is_below(to, from) {
        return Err((format!("`{from}` cannot be moved into itself"), None));
    }
    let all = files.iter().filter(|file| is_below(file, from));
    Ok(all
        .map(|file| {
            let rest = &file[from.len() + 1..];
            let to = if to.is_empty() { rest.to_owned() } else { format!("{to}/{rest}") };
            (file.clone(), to)
        })
        .collect())
}

/// A path below `content/`, with or without that in front.
fn inside(path: &str) -> Option<String> {
    let bare = path.strip_prefix("./").unwrap_or(path);
    if bare.starts_with('/') {
        return None;
    }
    join("", bare.strip_prefix("content/").unwrap_or(if bare == "content" { "" } else { bare }))
}

fn outside(path: &str) -> Refusal {
    let help = "name a path below `content`: `guide/install.md`".to_owned();
    (format!("`{path}` leads out of `content`"), Some(help))
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Tells a page by its extension.
pub(super) fn is_page(path: &str) -> bool {
    without_extension(path).len() < path.len()
}

/// Takes `.md` off a path.
pub(super) fn without_extension(path: &str) -> &str {
    let stem = path.rsplit_once('.').filter(|(stem, extension)| {
        !stem.is_empty()
            && ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    });
    stem.map_or(path, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::targets;

    fn moved(old: &str, new: &str) -> String {
        let files = [
            "_index.md",
            "a.md",
            "b.png",
            "pack/index.md",
            "pack/c.png",
            "sec/_index.md",
            "sec/d.md",
            "sec/deep/e.md",
        ];
        let files: BTreeSet<String> = files.iter().map(|&file| file.to_owned()).collect();
        match targets(&files, old, new) {
            Ok(moves) => {
                let all = moves.iter().map(|(from, to)| format!("{from}>{to}"));
                all.collect::<Vec<_>>().join(" ")
            }
            Err((message, _)) => message,
        }
    }

    #[test]
    fn files_and_folders_go_where_they_are_sent() {
        for (old, new, want) in [
            ("a.md", "f.md", "a.md>f.md"),
            ("content/a.md", "./content/sec/", "a.md>sec/a.md"),
            ("a", "f", "a.md>f.md"),
            ("a.md", "sec", "a.md>sec/a.md"),
            ("a.md", "f/index.md", "a.md>f/index.md"),
            ("b.png", "pack/f.png", "b.png>pack/f.png"),
            ("pack", "sec/", "pack/c.png>sec/pack/c.png pack/index.md>sec/pack/index.md"),
            ("pack/index.md", "f/index.md", "pack/c.png>f/c.png pack/index.md>f/index.md"),
            ("pack/index.md", "f", "pack/c.png>f/c.png pack/index.md>f/index.md"),
            ("sec/deep", "deep", "sec/deep/e.md>deep/e.md"),
            ("pack/index.md", "f.md", "`pack/index.md` has files beside it"),
            ("a.md", "sec/d.md", "`content/sec/d.md` is there already"),
            ("a.md", "a.md", "`content/a.md` is there already"),
            ("a.md", "../f.md", "`../f.md` leads out of `content`"),
            ("/etc/passwd", "f.md", "`/etc/passwd` leads out of `content`"),
            ("sec", "sec/deep/f", "`sec` cannot be moved into itself"),
            ("g.md", "f.md", "nothing under `content` is called `g.md`"),
            ("a.md", "f.png", "`a.md` is a page, and `f.png` would not be"),
            ("b.png", "f.md", "`b.png` is no page, and `f.md` would not be"),
            ("a.md", ".f/a.md", "`content/.f/a.md` would be no part of the site"),
            ("b.png", "b~", "`content/b~` would be no part of the site"),
            ("sec", "f.md", "`sec` is a folder, and `f.md` would be a page"),
        ] {
            assert_eq!(moved(old, new), want, "{old} {new}");
        }
    }
}
