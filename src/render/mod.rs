//! From a site to the files of its output: first the plan of them all, then each by itself.

mod feed;
mod host;
mod inputs;
mod job;
mod machines;
mod page;
mod part;
mod plan;
mod plan_lists;
mod plan_machines;
mod redirect;
mod rendered;
mod sheet;
mod sitemap;
mod sources;
mod statics;
mod taxonomies;

pub use inputs::Inputs;
pub use job::{Job, Prepared, What, prepare, render};
pub use plan::{Plan, plan};
pub use rendered::{Content, Rendered};
pub use sheet::Sheet;
pub use statics::{Static, StaticContent, hashed_names, linkable};
