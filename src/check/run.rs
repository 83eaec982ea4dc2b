//! All rules, and how they are run.

use super::learned::Learned;
use super::rule::{JournalRule, Rule};
use super::rules::{
    absolute_own_link, ambiguous_wikilink, arxiv, author_named_twice, broken_heading, broken_link,
    broken_wikilink, citation_needed, cite_syntax, dead_end, dirty_punctuation, doi_container,
    doi_issn, doi_placeholder, doi_registrant, doi_syntax, doi_url_disagree, doi_volume, doi_year,
    duplicate_h1, duplicate_id, empty_feed, empty_section, figure_credit_empty,
    heading_level_skipped, held_page, image_undecodable, isbn, issn, large_page, lost_author,
    missing_alt_text, missing_asset, missing_description, missing_field, missing_reference,
    missing_title, near_duplicate, orcid, orphan_page, pmcid, pmid, preprint_twin, required_field,
    retracted, review_in_the_future, review_overdue, review_without_person, source_listed_twice,
    stale_access, superseded, term_spelling, theme_id, transclusion, uncited_in_sources,
    undated_page, unknown_directive, unknown_person, unknown_taxonomy, unknown_type, unused_work,
    updated_before_date, url_without_access, wanted_page,
};
use crate::config::Levels;
use crate::diag::Diagnostic;
use crate::site::Site;

/// Every rule that looks at a whole site, but for those below.
pub const RULES: &[Rule] = &[
    absolute_own_link::RULE,
    ambiguous_wikilink::RULE,
    arxiv::RULE,
    author_named_twice::RULE,
    broken_heading::RULE,
    broken_link::RULE,
    broken_wikilink::RULE,
    dead_end::RULE,
    dirty_punctuation::RULE,
    doi_issn::RULE,
    doi_placeholder::RULE,
    doi_syntax::RULE,
    doi_url_disagree::RULE,
    doi_volume::RULE,
    doi_year::RULE,
    duplicate_h1::RULE,
    duplicate_id::RULE,
    empty_feed::RULE,
    empty_section::RULE,
    citation_needed::RULE,
    cite_syntax::RULE,
    figure_credit_empty::RULE,
    heading_level_skipped::RULE,
    held_page::EXPIRED,
    held_page::FUTURE,
    image_undecodable::RULE,
    isbn::RULE,
    issn::RULE,
    large_page::RULE,
    lost_author::RULE,
    missing_alt_text::RULE,
    missing_asset::RULE,
    missing_description::RULE,
    missing_field::RULE,
    missing_reference::RULE,
    missing_title::RULE,
    near_duplicate::RULE,
    orcid::RULE,
    orphan_page::RULE,
    pmcid::RULE,
    pmid::RULE,
    preprint_twin::RULE,
    required_field::RULE,
    retracted::RULE,
    review_in_the_future::RULE,
    review_overdue::RULE,
    review_without_person::RULE,
    source_listed_twice::RULE,
    stale_access::RULE,
    superseded::RULE,
    term_spelling::RULE,
    theme_id::RULE,
    transclusion::RULE,
    uncited_in_sources::RULE,
    undated_page::RULE,
    unknown_directive::RULE,
    unknown_taxonomy::RULE,
    unknown_person::RULE,
    unknown_type::RULE,
    unused_work::RULE,
    updated_before_date::RULE,
    url_without_access::RULE,
    wanted_page::RULE,
];

/// Every rule that asks what the references tell of journals.
const JOURNAL_RULES: &[JournalRule] = &[doi_container::RULE, doi_registrant::RULE];

/// Some of the rules. What one finds does not hang on what another does.
#[derive(Clone, Copy)]
pub struct Round(Rules);

#[derive(Clone, Copy)]
enum Rules {
    OfJournals,
    One(&'static Rule),
}

/// Every rule that is not switched off, in rounds that can be run one beside the other.
pub fn rounds(levels: &Levels) -> Vec<Round> {
    let is_on = |rule: &&Rule| levels.severity(rule.code).is_some();
    let rules = RULES.iter().filter(is_on).map(Rules::One);
    [Rules::OfJournals].into_iter().chain(rules).map(Round).collect()
}

impl Round {
    /// Runs them.
    pub fn run(self, site: &Site, levels: &Levels) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        match self.0 {
            Rules::One(rule) => (rule.check)(site, &mut |diagnostic| found.push(diagnostic)),
            Rules::OfJournals => {
                let is_on = |rule: &&JournalRule| levels.severity(rule.code).is_some();
                let rules: Vec<&JournalRule> = JOURNAL_RULES.iter().filter(is_on).collect();
                if !rules.is_empty() {
                    let learned = Learned::of(&site.references);
                    for rule in rules {
                        (rule.check)(site, &learned, &mut |diagnostic| found.push(diagnostic));
                    }
                }
            }
        }
        found
    }
}

/// Runs every rule that is not switched off.
pub fn run(site: &Site, levels: &Levels) -> Vec<Diagnostic> {
    rounds(levels).into_iter().flat_map(|round| round.run(site, levels)).collect()
}
