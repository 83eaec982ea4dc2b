//! The view of a section and of one page of a paginated list.

use super::jsonld;
use super::page::own;
use super::pager::{self, Pager};
use super::site::SiteView;
use super::sources::Shown;
use crate::site::{PageId, SectionId, Site};
use crate::theme::{Fields, Map, Value};

/// A section as its own template sees it; `words` gives the words of its language.
pub fn section(
    site: &Site,
    views: &SiteView,
    id: SectionId,
    content: &str,
    shown: Shown,
    words: &dyn Fn(&str) -> String,
) -> Value {
    let mut map = Fields::with_capacity(24);
    match site.tree.section(id).page {
        Some(page) => own(&mut map, site, views, page, content, shown, words),
        None => {
            map.set("content", Value::safe_string(""));
            for key in ["toc", "backlinks", "continue_reading", "aliases", "reviews"] {
                map.set(key, Vec::<Value>::new());
            }
            map.set("backlinks_count", 0usize);
            shown.describe(&mut map);
            map.set("title_in_body", false);
            let config = &views.settings;
            let description = Some(config.description.as_str());
            let jsonld = jsonld::list(site, config, &views.shared, &[], description);
            map.set("jsonld", Value::safe_string(&jsonld));
            for key in ["show_toc", "review_due"] {
                map.set(key, Value::none());
            }
        }
    }
    let line = site.tree.line(id);
    let above = &line[..line.len() - 1];
    let ancestors: Vec<Value> = above.iter().map(|id| views.section_card(*id).clone()).collect();
    map.set("ancestors", ancestors);
    map.over(views.section(id))
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
