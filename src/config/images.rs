//! `[images]`: in which sizes images are offered.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::image::Ladder;

/// The widths where nothing is said: a telephone, a page of text, and each at twice the density.
const WIDTHS: [u32; 4] = [400, 800, 1200, 1600];
const NARROWEST: u32 = 16;
const WIDEST: u32 = 8192;
const MOST: usize = 16;
const QUALITY: u8 = 80;
const COLUMN: u32 = 600;

/// The keys under `[images]`.
#[derive(Deserialize, JsonSchema, Clone, PartialEq, Eq, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct RawImages {
    /// Whether images are offered in smaller sizes too; without the key they are.
    pub enabled: Option<bool>,
    /// The widths in pixels, 400, 800, 1200 and 1600 where nothing is said. An image has those
    /// that are smaller than it.
    #[schemars(with = "Option<Vec<u32>>", inner(range(min = 16, max = 8192)))]
    pub widths: Option<Spanned<Vec<Spanned<u32>>>>,
    /// How true they are to the original, from 1 to 100; 80 where nothing is said.
    #[schemars(with = "Option<u8>", range(min = 1, max = 100))]
    pub quality: Option<Spanned<u8>>,
    /// How wide the column of text is at most, in the pixels of a style sheet; 600 where nothing
    /// is said. Browsers choose by it.
    #[schemars(with = "Option<u32>", range(min = 16, max = 8192))]
    pub column: Option<Spanned<u32>>,
    /// Files under `content/` or `static/` that are offered as they are alone, and folders,
    /// which end in a slash: `maps/world.png`, `icons/`.
    pub except: Vec<String>,
}

/// How images are offered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Images {
    /// Whether they are offered in other sizes than their own.
    pub enabled: bool,
    /// In which, and how true to the original.
    pub ladder: Ladder,
    /// How wide the column of text is at most, in the pixels of a style sheet.
    pub column: u32,
    /// The files and folders that are left as they are.
    pub except: Vec<String>,
}

impl Images {
    /// Resolves the keys of a file; hands what is wrong with one to `refuse`, with its place and
    /// what to write.
    pub(super) fn resolve(
        raw: RawImages,
        mut refuse: impl FnMut(Range<usize>, String, &str),
    ) -> Self {
        let mut widths = WIDTHS.to_vec();
        if let Some(set) = raw.widths {
            if set.get_ref().len() > MOST {
                let message = format!("an image cannot have {} widths", set.get_ref().len());
                refuse(set.span(), message, &format!("{MOST} are the most"));
            }
            for width in set.get_ref() {
                if !(NARROWEST..=WIDEST).contains(width.get_ref()) {
                    let message = format!("an image cannot be {} pixels wide", width.get_ref());
                    refuse(width.span(), message, &bounds());
                }
            }
            widths = set.into_inner().into_iter().map(Spanned::into_inner).collect();
            widths.sort_unstable();
            widths.dedup();
        }
        let quality = raw.quality.map_or(QUALITY, |set| {
            if !(1..=100).contains(set.get_ref()) {
                let message = format!("`quality` cannot be {}", set.get_ref());
                refuse(set.span(), message, "write a number from 1 to 100; 80 is usual");
            }
            set.into_inner()
        });
        let column = raw.column.map_or(COLUMN, |set| {
            if !(NARROWEST..=WIDEST).contains(set.get_ref()) {
                let message = format!("a column cannot be {} pixels wide", set.get_ref());
                refuse(set.span(), message, &bounds());
            }
            set.into_inner()
        });
        let enabled = raw.enabled.unwrap_or(true);
        Self { enabled, ladder: Ladder { widths, quality }, column, except: raw.except }
    }

    /// Tells whether a file is left as it is, by its path from the root of the site.
    pub fn leaves(&self, path: &str) -> bool {
        let within = path.split_once('/').map_or(path, |(_, within)| within);
        self.except.iter().any(|except| match except.ends_with('/') {
            true => within.starts_with(except.as_str()),
            false => within == except,
        })
    }
}

fn bounds() -> String {
    format!("write a number from {NARROWEST} to {WIDEST}")
}
