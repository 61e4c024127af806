//! Whether files say more of an estate that was read before, or describe it anew.

use crate::estate::facts::lists::Listed;
use crate::estate::facts::settle::sources;
use crate::estate::facts::{Cache, Facts};
use crate::estate::id;
use crate::estate::read::by_kind::is_of_resources;
use crate::estate::read::read;
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

/// True where a whole list among files is of caches of a portfolio: it takes the place of the list of before.
#[must_use]
pub fn renews(facts: &Facts, before: &Portfolio) -> bool {
    known_caches(before).iter().any(|key| facts.lists_without(key) == Listed::Whole)
}

/// Places of those of the first `earlier` files whose place later ones take: lists alone, by the same command, of which every cache is
/// described later or in a whole later list no more.
#[must_use]
pub fn renewed(files: &[(String, Vec<u8>)], earlier: usize) -> Vec<usize> {
    let (old, new) = files.split_at(earlier.min(files.len()));
    let lists = |files: &[(String, Vec<u8>)]| {
        let lists = files.iter().filter(|(_, bytes)| is_of_resources(bytes)).cloned();
        read(lists.collect()).facts
    };
    if old.is_empty() {
        return Vec::new();
    }
    let new = lists(new);
    let is_renewed = |at: &usize| new.takes_the_place_of(&lists(&old[*at..=*at]));
    if new.caches.is_empty() { Vec::new() } else { (0..old.len()).filter(is_renewed).collect() }
}

impl Facts {
    fn takes_the_place_of(&self, old: &Self) -> bool {
        let Self { caches, links, endpoints, alerts, metrics, charges, .. } = old;
        // A cache lists its links and endpoints itself.
        let is_own = |key: &String| caches.contains_key(key);
        let is_list = links.keys().all(|it| is_own(&it.0)) && endpoints.keys().all(|it| is_own(&it.0));
        if caches.is_empty() || !is_list || !(alerts.is_empty() && metrics.is_empty() && charges.is_empty()) {
            return false;
        }
        let of = |it: &Cache| sources(it.origin, it.each.iter().map(|it| it.origin));
        let now: BTreeSet<&str> = self.caches.values().flat_map(of).collect();
        let is_gone = |key: &String| self.lists_without(key) == Listed::Whole;
        let is_same = |key: &String| self.caches.contains_key(key) && is_gone(key);
        let is_there = |key: &String| is_same(key) && (old.misses_databases(key) || !self.misses_databases(key));
        let has_place = |key: &String| if self.caches.contains_key(key) { is_there(key) } else { is_gone(key) };
        caches.iter().all(|(key, it)| has_place(key) && of(it).is_subset(&now))
    }
}
