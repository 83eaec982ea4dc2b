//! The keys of front matter that only a section has.

use super::matter::Matter;
use super::value::Value;

/// Takes a key of a section; tells whether its value is one that ibid takes.
pub(super) fn section_key(matter: &mut Matter, key: &str, value: &Value) -> bool {
    match (key, value) {
        ("sort_by", Value::Text(by)) => {
            let known = [
                "none",
                "date",
                "updated",
                "update_date",
                "title",
                "title_bytes",
                "weight",
                "slug",
                "permalink",
            ];
            let is_known = known.contains(&by.as_str());
            is_known.then(|| matter.set("sort_by", by.as_str()));
            is_known
        }
        ("paginate_by", Value::Int(by)) if *by >= 0 => {
            matter.set("paginate_by", *by);
            true
        }
        ("transparent", Value::Bool(yes)) => {
            matter.set("transparent", *yes);
            true
        }
        ("generate_feeds" | "generate_feed", Value::Bool(yes)) => {
            matter.set("generate_feeds", *yes);
            true
        }
        ("redirect_to", Value::Text(to)) => {
            matter.set("redirect_to", to.as_str());
            true
        }
        _ => false,
    }
}
