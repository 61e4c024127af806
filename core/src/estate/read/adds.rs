//! Whether files say more of an estate that was read before, or describe it anew.

use crate::estate::facts::Facts;
use crate::estate::facts::lists::Listed;
use crate::estate::id;
use crate::portfolio::Portfolio;
use std::collections::BTreeSet;

/// Keys of the caches that an import had described: its plans have their ids, or it kept their settings.
#[must_use]
pub fn known_caches(portfolio: &Portfolio) -> BTreeSet<String> {
    let sites = portfolio.entries.iter().flat_map(|it| &it.plan.site.regions);
    portfolio.settings.keys().cloned().chain(sites.filter_map(|site| id::cache(&site.cache))).collect()
}

/// True for files that add to the estate of a portfolio: some of its caches are neither described by them nor would stand in a whole list of
/// theirs. So it is where the files of before described no cache at all.
#[must_use]
pub fn adds_to(facts: &Facts, before: &Portfolio) -> bool {
    let known = known_caches(before);
    let is_listed = |key: &String| facts.lists_without(key) == Listed::Whole;
    known.is_empty() || !known.iter().all(|key| is_listed(key) || facts.caches.contains_key(key))
}
