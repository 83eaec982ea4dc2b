//! Which files under `content/` are only read: bibliographies to which nothing leads.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::assets::{AssetId, Assets};
use super::links::Links;
use super::pages::Pages;
use super::resolve::Destination;
use crate::config::Config;
use crate::markdown::Target;

/// Finds them; `named` are those whose names templates hold.
pub(super) fn withheld(
    config: &Config,
    pages: &Pages,
    assets: &Assets,
    links: &Links,
    named: &BTreeSet<String>,
) -> Vec<AssetId> {
    let read = config.citations.read();
    let read = read.into_iter().filter(|name| !named.contains(*name));
    let mut unasked: Vec<(AssetId, &str)> = read
        .filter_map(|name| {
            let id = assets.at_path(name)?;
            Some((id, assets.asset(id).output.as_ref()?.as_str()))
        })
        .collect();
    // Whoever spells out the whole address is told so, and leads there all the same.
    for id in pages.ids() {
        if unasked.is_empty() {
            break;
        }
        for (link, to) in pages.page(id).body.links.iter().zip(links.of(id)) {
            match to {
                Destination::File { address, .. } => unasked.retain(|(_, own)| own != address),
                Destination::Written if link.target == Target::External => {
                    unasked.retain(|(_, own)| !link.written.contains(own));
                }
                _ => {}
            }
        }
        let fields = [links.lead_image(id), links.redirect(id)].into_iter().flatten();
        for to in fields.chain(links.picks(id)) {
            if let Destination::File { address, .. } = to {
                unasked.retain(|(_, own)| own != address);
            }
        }
    }
    let extras = pages.all().iter().filter_map(|page| page.card.extra.as_deref());
    for extra in extras.chain([&config.extra]).filter(|extra| !extra.is_empty()) {
        unasked.retain(|(id, _)| !mentions(extra, assets.asset(*id).file.path.file_name()));
    }
    unasked.into_iter().map(|(id, _)| id).collect()
}

/// Tells whether a value for templates has a name in it.
fn mentions(table: &Table, name: &str) -> bool {
    fn holds(value: &Value, name: &str) -> bool {
        match value {
            Value::String(text) => text.contains(name),
            Value::Array(values) => values.iter().any(|value| holds(value, name)),
            Value::Table(table) => mentions(table, name),
            _ => false,
        }
    }
    table.values().any(|value| holds(value, name))
}
