//! All rules, and how they are run.

use super::rule::Rule;
use super::rules::{
    absolute_own_link, broken_heading, broken_link, duplicate_h1, empty_section,
    figure_credit_empty, heading_level_skipped, large_page, missing_alt_text, missing_asset,
    missing_description, missing_title,
};
use crate::config::Levels;
use crate::diag::Diagnostic;
use crate::site::Site;

/// Every rule that looks at a whole site.
pub const RULES: &[Rule] = &[
    absolute_own_link::RULE,
    broken_heading::RULE,
    broken_link::RULE,
    duplicate_h1::RULE,
    empty_section::RULE,
    figure_credit_empty::RULE,
    heading_level_skipped::RULE,
    large_page::RULE,
    missing_alt_text::RULE,
    missing_asset::RULE,
    missing_description::RULE,
    missing_title::RULE,
];

/// Runs every rule that is not switched off.
pub fn run(site: &Site, levels: &Levels) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        if levels.severity(rule.code).is_some() {
            (rule.check)(site, &mut |diagnostic| found.push(diagnostic));
        }
    }
    found
}
