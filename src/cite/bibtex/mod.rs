//! BibTeX and BibLaTeX: files to references. Sole owner of `biblatex`.

mod entries;
mod inherit;
mod kind;
mod latex;
mod locate;
mod macros;
mod people;
mod protect;
mod read;
mod variables;
mod when;

pub(super) use read::read;
