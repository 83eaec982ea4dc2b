//! `site.toml` as it is meant: everything configurable, resolved once and never changed.

mod citations;
mod continue_reading;
mod feed;
mod feedback;
mod host;
mod images;
mod levels;
mod raw;
mod resolve;
mod schema_org;
mod search;
mod taxonomies;
mod types;

pub use citations::{Citations, Named, USUAL_FILES, USUAL_STYLE};
pub use continue_reading::{ContinueReading, Weights};
pub use feed::Feed;
pub use feedback::Feedback;
pub use host::HostFile;
pub use images::Images;
pub use levels::Levels;
pub use raw::{Export, FeedOrder, Machines, RawConfig, Urls};
pub use resolve::{Config, Highlight, Overrides, parse, schema};
pub use schema_org::is_web_page;
pub use search::Search;
pub use taxonomies::Taxonomy;
pub use types::{ContentType, Requirement, Types};
