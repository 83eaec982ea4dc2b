//! What an editor would be ashamed of: one rule a file, run over the whole site.

mod away;
mod doi;
mod homes;
mod known;
mod learned;
mod near;
mod numbers;
mod printed;
mod rule;
mod rules;
mod run;
mod stems;
mod twins;
mod venue;
mod web;
mod who;
mod works;

pub use rule::Rule;
pub use run::{RULES, Round, rounds, run};
