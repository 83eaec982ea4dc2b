//! The names that people give to languages behind a fence.

use syntect::parsing::{SyntaxReference, SyntaxSet};

use crate::text::nearest::nearest;

/// Names in use that are neither the name of a syntax nor an extension of its files, and the
/// extension or name by which the syntax is found.
const ALIASES: &[(&str, &str)] = &[
    ("apacheconf", "htaccess"),
    ("asm", "s"),
    ("bib", "bibtex"),
    ("biblatex", "bibtex"),
    ("cmd", "bat"),
    ("console", "sh"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
    ("f90", "fortran (modern)"),
    ("fortran", "fortran (modern)"),
    ("fsharp", "fs"),
    ("gitconfig", "git config"),
    ("gitignore", "git ignore"),
    ("golang", "go"),
    ("hcl", "tf"),
    ("ini", "ini"),
    ("javascriptreact", "jsx"),
    ("jinja", "jinja2"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsonl", "json"),
    ("ksh", "sh"),
    ("make", "makefile"),
    ("mjs", "js"),
    ("node", "js"),
    ("objc", "objective-c"),
    ("objcpp", "objective-c++"),
    ("objectivec", "objective-c"),
    ("patch", "diff"),
    ("posh", "ps1"),
    ("proto3", "proto"),
    ("pwsh", "ps1"),
    ("py3", "py"),
    ("python3", "py"),
    ("regex", "re"),
    ("regexp", "re"),
    ("rst", "restructuredtext"),
    ("scheme", "scm"),
    ("sh-session", "sh"),
    ("shell", "sh"),
    ("shell-session", "sh"),
    ("shellscript", "sh"),
    ("shellsession", "sh"),
    ("svg", "xml"),
    ("systemd", "ini"),
    ("tera", "jinja2"),
    ("typescriptreact", "tsx"),
    ("udiff", "diff"),
    ("viml", "vim"),
    ("xhtml", "html"),
];

/// Names of blocks that are shown as they are.
const PLAIN: &[&str] = &[
    "abc",
    "ascii",
    "diagram",
    "ditaa",
    "ebnf",
    "math",
    "mermaid",
    "no-highlight",
    "nohighlight",
    "none",
    "output",
    "plain",
    "plaintext",
    "plantuml",
    "raw",
    "text",
    "tree",
    "txt",
    "verbatim",
];

/// What the name of a language says.
#[derive(Clone, Copy)]
pub(super) enum Language<'a> {
    /// There is a syntax for it.
    Known(&'a SyntaxReference),
    /// It is shown as it is.
    Plain,
    /// Nobody knows it.
    Unknown,
}

/// Finds a language by the name of its syntax, an extension of its files, or an alias, in
/// any case.
pub(super) fn find<'a>(name: &str, syntaxes: &'a SyntaxSet) -> Language<'a> {
    let name = name.to_lowercase();
    if name.is_empty() || PLAIN.contains(&name.as_str()) {
        return Language::Plain;
    }
    let alias = ALIASES.iter().find(|(alias, _)| *alias == name).map(|&(_, token)| token);
    let named = |name: &str| syntaxes.find_syntax_by_token(name);
    match named(alias.unwrap_or(&name)).or_else(|| named(&name.replace('-', " "))) {
        Some(syntax) => Language::Known(syntax),
        None => Language::Unknown,
    }
}

/// Finds the known name that is most like an unknown one.
pub(super) fn nearest_name(name: &str, syntaxes: &SyntaxSet) -> Option<String> {
    let mut names: Vec<String> = ALIASES.iter().map(|&(alias, _)| alias.to_owned()).collect();
    names.extend(PLAIN.iter().map(|&plain| plain.to_owned()));
    for syntax in syntaxes.syntaxes().iter().filter(|syntax| !syntax.hidden) {
        names.push(syntax.name.to_lowercase().replace(' ', "-"));
        names.extend(syntax.file_extensions.iter().map(|extension| extension.to_lowercase()));
    }
    // A name written behind a fence ends at a space, a comma or an equals sign.
    names.retain(|name| !name.contains([' ', ',', '=']));
    nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{ALIASES, Language, find, nearest_name};

    #[test]
    fn names_in_use_are_known() {
        let syntaxes = two_face::syntax::extra_newlines();
        let more = "rs rust Rust py python js javascript ts typescript tsx jsx c c++ cpp cxx h java kotlin \
            swift go ruby rb php perl pl r R julia lua sql html css scss sass less xml yaml yml toml json \
            bash zsh fish sh bat powershell ps1 dockerfile makefile cmake nix haskell hs elixir erlang \
            clojure scala ocaml fsharp lisp scheme tex latex bibtex md markdown diff patch vim ini \
            conf nginx graphql protobuf proto terraform tf svelte vue zig dart groovy objective-c objc \
            matlab csv regex wgsl glsl typst asm f90 cs http log";
        let aliases = ALIASES.iter().map(|&(alias, _)| alias);
        let known = |name: &str| matches!(find(name, &syntaxes), Language::Known(_));
        let unknown: Vec<_> =
            more.split_whitespace().chain(aliases).filter(|name| !known(name)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn a_slip_finds_its_name() {
        let syntaxes = two_face::syntax::extra_newlines();
        assert_eq!(nearest_name("pyhton", &syntaxes).as_deref(), Some("python"));
        assert_eq!(nearest_name("mermiad", &syntaxes).as_deref(), Some("mermaid"));
        assert_eq!(nearest_name("zzzzzz", &syntaxes), None);
    }
}
