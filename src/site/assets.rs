//! Files beside the pages, and where they are served.

use std::collections::HashMap;

use super::pages::Pages;
use crate::page::Page;
use crate::path::OutputPath;
use crate::source::File;

/// An asset's place in this build.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct AssetId(u32);

/// A file under `content/` that is no page.
#[derive(Debug)]
pub struct Asset {
    /// The file.
    pub file: File,
    /// Where it is served; none where its name cannot be.
    pub output: Option<OutputPath>,
    /// Width and height in pixels, of an image that says so.
    pub size: Option<(u32, u32)>,
    /// Whether it is read alone and not published, because nothing leads to it.
    pub withheld: bool,
}

/// A file that is served as it is from a `static/` folder.
#[derive(Clone, Debug)]
pub struct StaticFile {
    /// The address it is served at, without the first `/`: `images/logo.svg`.
    pub name: String,
    /// Width and height in pixels, of an image that says so.
    pub size: Option<(u32, u32)>,
}

/// All files that pages can link to.
#[derive(Debug, Default)]
pub struct Assets {
    content: Vec<Asset>,
    by_path: HashMap<String, AssetId>,
    by_output: HashMap<String, AssetId>,
    statics: HashMap<String, Option<(u32, u32)>>,
}

impl Assets {
    /// Finds out where each file is served: below the address of the nearest folder above it
    /// that has a page of its own, under the name it has on disk.
    pub fn new(
        files: Vec<(File, Option<(u32, u32)>)>,
        statics: &[StaticFile],
        pages: &Pages,
    ) -> Self {
        let mut assets = Self::default();
        for (file, size) in files {
            let relative =
                file.path.as_str().strip_prefix("content/").unwrap_or(file.path.as_str());
            let Some(address) = address(relative, pages) else { continue };
            let id = AssetId(assets.content.len() as u32);
            assets.by_path.insert(relative.to_owned(), id);
            let output = OutputPath::new(&address).ok();
            if let Some(output) = &output {
                assets.by_output.insert(output.to_string(), id);
            }
            assets.content.push(Asset { file, output, size, withheld: false });
        }
        assets.statics = statics.iter().map(|file| (file.name.clone(), file.size)).collect();
        assets
    }

    /// Keeps some files from being published.
    pub(super) fn withhold(&mut self, ids: &[AssetId]) {
        for id in ids {
            self.content[id.0 as usize].withheld = true;
        }
    }

    /// The files under `content/`, in order.
    pub fn all(&self) -> &[Asset] {
        &self.content
    }

    /// The places of all files, in order.
    pub fn ids(&self) -> impl Iterator<Item = AssetId> + use<> {
        (0..self.content.len() as u32).map(AssetId)
    }

    /// One file.
    pub fn asset(&self, id: AssetId) -> &Asset {
        &self.content[id.0 as usize]
    }

    /// Finds a file by its path under `content/`.
    pub fn at_path(&self, path: &str) -> Option<AssetId> {
        self.by_path.get(path).copied()
    }

    /// Finds a file by the address it is served at, given without its first `/`.
    pub fn at_output(&self, address: &str) -> Option<AssetId> {
        self.by_output.get(address).copied()
    }

    /// Tells whether a file is served at an address, given without its first `/`.
    pub fn is_served(&self, address: &str) -> bool {
        self.by_output.contains_key(address) || self.statics.contains_key(address)
    }

    /// The size of the image served at an address, given without its first `/`.
    pub fn image_size(&self, address: &str) -> Option<(u32, u32)> {
        match self.by_output.get(address) {
            Some(id) => self.asset(*id).size,
            None => self.statics.get(address).copied().flatten(),
        }
    }
}

/// Where a file is served; none where it belongs to a page that is left out.
fn address(relative: &str, pages: &Pages) -> Option<String> {
    let mut folder = relative.rsplit_once('/').map_or("", |(folder, _)| folder);
    loop {
        let owner = ["index.md", "_index.md"].map(|name| join(folder, name));
        if owner.iter().any(|path| pages.held().at_path(path).is_some()) {
            return None;
        }
        if let Some(id) = owner.iter().find_map(|path| pages.at_path(path)) {
            let below = relative.strip_prefix(folder).unwrap_or(relative).trim_start_matches('/');
            return Some(join(own_folder(pages.page(id)), below));
        }
        if folder.is_empty() {
            return Some(relative.to_owned());
        }
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
}

/// The folder of the output that belongs to a page: `a/b` of `/a/b/` and of `/a/b.html`.
fn own_folder(page: &Page) -> &str {
    let address = page.card.permalink.as_str();
    let address = address.strip_suffix(".html").unwrap_or(address);
    address.trim_matches('/')
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
