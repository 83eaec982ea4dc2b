//! Makes images in the sizes in which they are offered, on all cores, or finds them in the cache.
//!
//! For each image and all that its sizes depend on, `.ibid/images` has a record: which widths
//! there are, with a hash of each file, or why the image cannot be read. What is there counts
//! only where every hash is true.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::packed::{seal, unseal};
use super::request::{Imaging, Request};
use crate::config::{Config, Images};
use crate::fingerprint::Fingerprint;
use crate::image::{self, Fault, Sized};
use crate::output::{CACHE, Cache};
use crate::path::SourcePath;
use crate::render::{Static, StaticContent};
use crate::site::{self, Pictured, Pictures, SIZED_FOLDER, Site, Size, SizeContent};
use crate::source::{self, File};
use crate::text::slug::slug;

/// The folder in the cache.
const FOLDER: &str = "images";

/// An image of more pixels is made while no other is, so that memory suffices.
const LARGE: u64 = 12 << 20;

/// An image that pages show.
struct Shown {
    /// Where it is served.
    address: String,
    file: File,
    pixels: u64,
    /// A hash of all that its sizes depend on.
    key: Fingerprint,
}

/// One size, as the cache keeps it.
#[derive(Clone)]
struct Rung {
    width: u32,
    print: Fingerprint,
    content: SizeContent,
}

/// What there is of an image.
type Rungs = Result<Vec<Rung>, Fault>;

/// The images that pages show, in all their sizes.
pub(super) fn pictures(
    request: &Request<'_>,
    site: &Site,
    statics: &[Static],
    config: &Config,
) -> Pictures {
    let column = config.images.column;
    let widest = config.images.ladder.widths.last().copied().unwrap_or_default();
    if !config.images.enabled {
        return Pictures::new(BTreeMap::new(), column, widest);
    }
    let addresses = site::pictured(site);
    let all = shown(site, &addresses, statics, &config.images);
    let keys: BTreeMap<Fingerprint, &Shown> = all.iter().map(|one| (one.key, one)).collect();
    let one_each: Vec<&Shown> = keys.values().copied().collect();
    let mut known: BTreeMap<Fingerprint, Rungs> = BTreeMap::new();
    if request.images != Imaging::Made {
        let find = |one: &&Shown| Some((one.key, find(request.root, one.key)?));
        known.extend(one_each.par_iter().filter_map(find).collect::<Vec<_>>());
    }
    let new: Vec<&Shown> =
        one_each.into_iter().filter(|one| !known.contains_key(&one.key)).collect();
    if !new.is_empty() {
        let cache = (request.images == Imaging::Kept).then(|| open(request.root)).flatten();
        let progress = request.progress;
        progress.begin("images", new.len());
        let make = |one: &&Shown| {
            let made = make(request, one, &config.images, cache.as_ref());
            progress.step();
            Some((one.key, made?))
        };
        let (large, others): (Vec<&Shown>, Vec<&Shown>) =
            new.iter().partition(|one| one.pixels > LARGE);
        known.extend(others.par_iter().filter_map(make).collect::<Vec<_>>());
        known.extend(large.iter().filter_map(make));
    }
    if request.images == Imaging::Kept {
        forget(request.root, &all);
    }
    let plain = |address| (address, Pictured::default());
    let mut of: BTreeMap<String, Pictured> = addresses.into_iter().map(plain).collect();
    for one in all {
        if let Some(rungs) = known.get(&one.key) {
            let pictured = pictured(&one.address, rungs);
            of.insert(one.address, pictured);
        }
    }
    Pictures::new(of, column, widest)
}

/// Finds the files of the images at these addresses.
fn shown(
    site: &Site,
    addresses: &BTreeSet<String>,
    statics: &[Static],
    settings: &Images,
) -> Vec<Shown> {
    let statics: BTreeMap<&str, &Static> =
        statics.iter().map(|file| (file.name.as_str(), file)).collect();
    let ladder = &settings.ladder;
    let made_by = format!("{} {:?} {}", image::PROGRAM, ladder.widths, ladder.quality);
    let file = |address: &str| match site.assets.at_output(address) {
        Some(id) => Some(site.assets.asset(id).file.clone()),
        None => {
            let file = statics.get(address)?;
            let StaticContent::File(disk) = &file.content else { return None };
            let path = SourcePath::new(format!("static/{address}"));
            Some(File { path, disk: disk.clone(), size: 0, stamp: None })
        }
    };
    let one = |address: &String| {
        let file = file(address).filter(|file| !settings.leaves(file.path.as_str()))?;
        // A file that cannot be read is told of where it is copied.
        let print = source::fingerprint(&file).ok()?;
        let key = Fingerprint::of_parts([print.as_bytes(), made_by.as_bytes()]);
        let (width, height) = site.assets.image_size(address).unwrap_or_default();
        let pixels = u64::from(width) * u64::from(height);
        Some(Shown { address: address.clone(), file, pixels, key })
    };
    addresses.par_iter().filter_map(one).collect()
}

/// An image as pages show it.
fn pictured(address: &str, rungs: &Rungs) -> Pictured {
    let rungs = match rungs {
        Ok(rungs) => rungs,
        Err(fault) => return Pictured { sizes: Vec::new(), fault: Some(*fault) },
    };
    let name = address.rsplit_once('/').map_or(address, |(_, name)| name);
    let stem = slug(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    // Names of files have a limit, and these carry more than that of the original.
    let stem: String = stem.chars().take(80).collect();
    let stem = if stem.is_empty() { "image" } else { &stem };
    let size = |rung: &Rung| {
        let address = format!("{SIZED_FOLDER}{stem}.{}.{}.webp", rung.width, rung.print.short());
        Size { width: rung.width, address, content: rung.content.clone() }
    };
    Pictured { sizes: rungs.iter().map(size).collect(), fault: None }
}

/// Makes the sizes of an image, and keeps them where there is a cache.
fn make(
    request: &Request<'_>,
    one: &Shown,
    settings: &Images,
    cache: Option<&Cache>,
) -> Option<Rungs> {
    let bytes = source::read_bytes(&one.file).ok()?;
    if request.images == Imaging::Never {
        return Some(image::check(&bytes).map(|()| Vec::new()));
    }
    let made = image::sizes(&bytes, &settings.ladder);
    drop(bytes);
    let rung = |sized: Sized| {
        let print = Fingerprint::of(&sized.bytes);
        let name = file_name(one.key, sized.width);
        let is_kept = cache.is_some_and(|cache| cache.keep(&name, &sized.bytes).is_ok());
        // A disk that takes no cache costs memory.
        let content = match is_kept {
            true => SizeContent::File(request.root.join(CACHE).join(FOLDER).join(name)),
            false => SizeContent::Bytes(sized.bytes.into()),
        };
        Rung { width: sized.width, print, content }
    };
    let rungs = made.map(|made| made.into_iter().map(rung).collect());
    if let Some(cache) = cache {
        // Last, for it speaks of the others.
        let _ = cache.keep(&one.key.hex(), print(one, &rungs).as_bytes());
    }
    Some(rungs)
}

fn file_name(key: Fingerprint, width: u32) -> String {
    format!("{}-{width}.webp", key.hex())
}

fn open(root: &Path) -> Option<Cache> {
    Cache::open(root).and_then(|cache| cache.within(FOLDER)).ok()
}

/// Writes down what there is of an image.
fn print(one: &Shown, rungs: &Rungs) -> String {
    let mut text = format!("{}\n", one.file.path);
    match rungs {
        Ok(rungs) => {
            for Rung { width, print, .. } in rungs {
                text.push_str(&format!("{width} {}\n", print.hex()));
            }
        }
        Err(fault) => text.push_str(&format!("fault {}\n", fault.name())),
    }
    seal(text)
}

/// Reads a record: the path of the image, and what there is of it.
fn read(root: &Path, key: &str) -> Option<(String, Vec<String>)> {
    let path = SourcePath::new(format!("{CACHE}/{FOLDER}/{key}"));
    let record = source::read_optional(root, &path).ok()??;
    let mut lines = unseal(&record.text)?.lines().map(str::to_owned);
    Some((lines.next()?, lines.collect()))
}

/// Finds what the cache has of an image, if all of it is as it was written.
fn find(root: &Path, key: Fingerprint) -> Option<Rungs> {
    let (_, lines) = read(root, &key.hex())?;
    let mut rungs = Vec::with_capacity(lines.len());
    for line in lines {
        let (width, print) = line.split_once(' ')?;
        if width == "fault" {
            return Some(Err(Fault::named(print)?));
        }
        let (width, print) = (width.parse().ok()?, Fingerprint::parse(print)?);
        let path = SourcePath::new(format!("{CACHE}/{FOLDER}/{}", file_name(key, width)));
        let file = source::find(root, &path).ok()??;
        if source::fingerprint(&file).ok()? != print {
            return None;
        }
        rungs.push(Rung { width, print, content: SizeContent::File(file.disk) });
    }
    Some(Ok(rungs))
}

/// Throws away what was made of images that have changed or are gone. What was made of one that
/// no page shows just now stays: it may stand in a draft that a preview shows.
fn forget(root: &Path, all: &[Shown]) {
    let folder = root.join(CACHE).join(FOLDER);
    let Ok(names) = source::names(&folder) else { return };
    let keys: BTreeSet<String> = all.iter().map(|one| one.key.hex()).collect();
    let paths: BTreeSet<&str> = all.iter().map(|one| one.file.path.as_str()).collect();
    let key = |name: &str| name.get(..32).unwrap_or(name).to_owned();
    let others: BTreeSet<String> =
        names.iter().map(|name| key(name)).filter(|key| !keys.contains(key)).collect();
    let is_dead = |key: &String| match read(root, key) {
        Some((path, _)) => {
            let is_there = source::find(root, &SourcePath::new(path.as_str()))
                .is_ok_and(|file| file.is_some());
            !is_there || paths.contains(path.as_str())
        }
        None => true,
    };
    let dead: BTreeSet<String> = others.into_iter().filter(is_dead).collect();
    if dead.is_empty() {
        return;
    }
    if let Some(cache) = open(root) {
        let _ = cache.forget(|name| dead.contains(&key(name)));
    }
}
