//! Plans what is offered to programs that read for people.

use super::job::What;
use super::plan::{Origin, Planner};
use crate::path::OutputPath;
use crate::site::twin_path;
use crate::view;

impl Planner<'_> {
    /// Plans what the site wants of it.
    pub(super) fn machines(&mut self) {
        let wanted = self.inputs.config.machines;
        if wanted.markdown_twins {
            let site = self.inputs.site;
            for id in site.pages.ids().filter(|&id| view::is_public(site, id)) {
                if let Some(path) = twin_path(&site.pages.page(id).card.permalink) {
                    self.add(path, What::Twin(id), Origin::Own);
                }
            }
        }
        if wanted.llms_txt
            && let Ok(path) = OutputPath::new("llms.txt")
        {
            self.add(path, What::Llms, Origin::Own);
        }
    }
}
