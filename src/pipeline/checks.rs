//! Runs the rules, on all cores.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::check;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::site::Site;

/// What every rule that is not switched off finds in a site.
pub(super) fn run(site: &Site, config: &Config) -> Vec<Diagnostic> {
    let rounds = check::rounds(&config.levels).into_par_iter();
    rounds.flat_map_iter(|round| round.run(site, &config.levels)).collect()
}
