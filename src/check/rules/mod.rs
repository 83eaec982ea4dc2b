//! The rules, one file each.

pub(super) mod absolute_own_link;
pub(super) mod broken_heading;
pub(super) mod broken_link;
pub(super) mod duplicate_h1;
pub(super) mod empty_section;
pub(super) mod figure_credit_empty;
pub(super) mod heading_level_skipped;
pub(super) mod large_page;
pub(super) mod missing_alt_text;
pub(super) mod missing_asset;
pub(super) mod missing_description;
pub(super) mod missing_title;
