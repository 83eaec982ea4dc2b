//! Destinations in front matter: lead images, and where a section leads on.

use super::index::{Index, Place};
use super::library::Library;
use super::loss::LossKind;

/// Spells the destinations in the front matter of every page as ibid finds them.
pub(super) fn respell(library: &mut Library<'_>, index: &Index) {
    let mut losses = Vec::new();
    for draft in &mut library.drafts {
        let address = draft.addresses.first().cloned();
        let path = draft.script.path;
        let spelled = |written: &str| {
            index.follow(path, address.as_deref(), written).or_else(|| index.named(path, written))
        };
        if let Some(toml::Value::Table(image)) = draft.matter.value("image").cloned() {
            let src = image.get("src").and_then(toml::Value::as_str).unwrap_or("").to_owned();
            let bare = src.trim_start_matches("[[").trim_end_matches("]]");
            match spelled(bare) {
                Some(Place::File(path)) => set(&mut draft.matter, image, &format!("@/{path}")),
                Some(Place::Static(address)) => {
                    set(&mut draft.matter, image, &format!("/{address}"));
                }
                _ => {
                    draft.matter.unset("image");
                    draft.matter.extra.insert("image".into(), toml::Value::Table(image));
                    let what = format!("the image `{src}` is not there");
                    let instead = "kept under `[extra]`";
                    losses.push(draft.script.loss(0, LossKind::Link, what, instead));
                }
            }
        }
        if let Some(to) = draft.matter.text("redirect_to").map(str::to_owned)
            && let Some(Place::Page(page)) = spelled(&to)
        {
            draft.matter.set("redirect_to", format!("@/{page}"));
        }
    }
    library.losses.append(&mut losses);
}

fn set(matter: &mut super::matter::Matter, mut image: toml::Table, src: &str) {
    image.insert("src".into(), src.into());
    matter.set("image", image);
}
