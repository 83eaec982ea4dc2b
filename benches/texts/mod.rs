//! Writes a knowledge site of any size to measure builds with: the same bytes from the same seed.
//!
//! A page has 600 to 1,200 words below four to eight headings, with a list, a table, links to
//! other pages, citations of works in one bibliography, an author and three tags. Every fifth has
//! a code block, and every tenth cites twenty works. Each page, each work and each name is a
//! function of the seed and its number, so that any can be written without the others.
#![allow(dead_code, reason = "each benchmark uses its part of this")]
#![allow(clippy::disallowed_methods, reason = "it writes the sites that builds are measured with")]

mod article;
mod chance;
mod hugo;
// One word a line would be a long way down.
#[rustfmt::skip]
mod vocabulary;
mod work;

use std::fs;
use std::io;
use std::path::Path;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use article::{AUTHORS, Article, author, slug};
use vocabulary::SUBJECTS;
use work::Work;

pub(crate) const TITLE: &str = "The Workbench";
pub(crate) const ADDRESS: &str = "https://workbench.example.org/";

/// For whom a site is written: the same texts, in the words of another generator.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum Dialect {
    /// With citations, a bibliography and pages of people.
    Ibid,
    /// With footnotes for the works, a taxonomy of authors, and templates that ask for as much.
    Hugo,
}

/// A site that can be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Corpus {
    pub(crate) seed: u64,
    pub(crate) pages: usize,
    /// How many works the bibliography has.
    pub(crate) works: usize,
}

impl Corpus {
    /// A site of so many articles, with half as many works.
    pub(crate) fn new(seed: u64, pages: usize) -> Self {
        Self { seed, pages, works: (pages / 2).max(200) }
    }

    /// The file of an article, from the root of its site.
    pub(crate) fn path(&self, number: usize) -> String {
        format!("content/{}", Article::new(self.seed, number).path())
    }

    /// All entries of the bibliography.
    pub(crate) fn bibliography(&self) -> String {
        let entries: Vec<String> =
            (0..self.works).map(|number| Work::new(self.seed, number).bibtex()).collect();
        entries.join("\n")
    }

    /// Writes the site into a folder, which is made.
    pub(crate) fn write(&self, dialect: Dialect, folder: &Path) -> io::Result<()> {
        let put = |path: &str, text: &str| put(&folder.join(path), text);
        put("content/_index.md", &format!("+++\ntitle = \"{TITLE}\"\n+++\n"))?;
        for subject in SUBJECTS {
            let sorted = if dialect == Dialect::Ibid { "sort_by = \"date\"\n" } else { "" };
            let text = format!("+++\ntitle = \"{}\"\n{sorted}+++\n", subject.title);
            put(&format!("content/{}/_index.md", subject.folder), &text)?;
        }
        match dialect {
            Dialect::Ibid => {
                put("site.toml", &site_toml())?;
                put("content/references.bib", &self.bibliography())?;
                put("content/people/_index.md", "+++\ntitle = \"People\"\n+++\n")?;
                for name in (0..AUTHORS).map(author) {
                    let text = format!("+++\ntitle = \"{name}\"\n+++\n");
                    put(&format!("content/people/{}.md", slug(&name)), &text)?;
                }
            }
            Dialect::Hugo => hugo::files().iter().try_for_each(|(path, text)| put(path, text))?,
        }
        (0..self.pages).into_par_iter().try_for_each(|number| {
            let article = Article::new(self.seed, number);
            let text = article.text(self.seed, self.pages, self.works, dialect);
            put(&format!("content/{}", article.path()), &text)
        })
    }
}

/// Writes a site of three pages: what a program needs before it comes to the pages.
pub(crate) fn write_three(dialect: Dialect, folder: &Path) -> io::Result<()> {
    let put = |path: &str, text: &str| put(&folder.join(path), text);
    put("content/_index.md", "+++\ntitle = \"Three\"\n+++\n")?;
    for (name, other) in [("one", "two"), ("two", "one")] {
        let link =
            if dialect == Dialect::Ibid { format!("{other}.md") } else { format!("/{other}/") };
        let text = format!(
            "+++\ntitle = \"Page {name}\"\n+++\n\n## A heading\n\nSee [{other}]({link}).\n"
        );
        put(&format!("content/{name}.md"), &text)?;
    }
    match dialect {
        Dialect::Ibid => {
            put("site.toml", &format!("title = \"Three\"\nbase_url = \"{ADDRESS}\"\n"))
        }
        Dialect::Hugo => hugo::files().iter().try_for_each(|(path, text)| put(path, text)),
    }
}

/// The works are of no registrant; that they are is no finding here.
fn site_toml() -> String {
    format!(
        "title = \"{TITLE}\"\nbase_url = \"{ADDRESS}\"\n\n[[taxonomies]]\nname = \"tags\"\n\n[feed]\n\n\
         [citations]\nfiles = [\"references.bib\"]\n\n[checks]\ndoi-placeholder = \"off\"\n"
    )
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
