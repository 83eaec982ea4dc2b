//! What an editor would be ashamed of: one rule a file, run over the whole site.

mod near;
mod rule;
mod rules;
mod run;

pub use rule::Rule;
pub use run::{RULES, run};
