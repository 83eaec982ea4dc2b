//! The view of a section and of one page of a paginated list.

use super::jsonld;
use super::page::own;
use super::pager::{self, Pager};
use super::site::SiteView;
use super::sources::Shown;
use crate::site::{PageId, SectionId, Site};
use crate::theme::{Map, Value};

/// A section as its own template sees it; `words` gives the words of its language.
pub fn section(
    site: &Site,
    views: &SiteView,
    id: SectionId,
    content: &str,
    shown: Shown,
    words: &dyn Fn(&str) -> String,
) -> Value {
    let mut map = views.section(id).as_map().cloned().unwrap_or_default();
    match site.tree.section(id).page {
        Some(page) => own(&mut map, site, views, page, content, shown, words),
        None => {
            map.insert("content".into(), Value::safe_string(""));
            for key in ["toc", "backlinks", "continue_reading", "aliases", "reviews"] {
                map.insert(key.into(), Vec::<Value>::new().into());
            }
            map.insert("backlinks_count".into(), 0.into());
            shown.describe(&mut map);
            map.insert("title_in_body".into(), false.into());
            let config = &views.settings;
            let description = Some(config.description.as_str());
            let jsonld = jsonld::list(site, config, &views.shared, &[], description);
            map.insert("jsonld".into(), Value::safe_string(&jsonld));
            for key in ["show_toc", "review_due"] {
                map.insert(key.into(), Value::none());
            }
        }
    }
    let line = site.tree.line(id);
    let above = &line[..line.len() - 1];
    let ancestors: Vec<Value> = above.iter().map(|id| views.section_card(*id).clone()).collect();
    map.insert("ancestors".into(), ancestors.into());
    map.into()
}

impl SiteView {
    /// The paginator of one page of a list, under Zola's names.
    pub fn paginator(
        &self,
        site: &Site,
        pages: &[PageId],
        by: usize,
        pagers: &[Pager],
        number: usize,
    ) -> Value {
        let shown = pages.iter().skip((number - 1) * by).take(by);
        let shown: Vec<Value> = shown.map(|id| self.card(*id).clone()).collect();
        let first =
            pagers.first().map_or_else(String::new, |pager| site.base.href(&pager.permalink));
        let mut map = Map::with_capacity(12);
        pager::describe(&mut map, &site.base, pagers, number);
        map.insert("paginate_by".into(), by.into());
        map.insert("base_url".into(), format!("{first}page/").into());
        map.insert("pages".into(), shown.into());
        map.insert("total_pages".into(), pages.len().into());
        map.into()
    }
}
