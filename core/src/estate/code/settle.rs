//! Code and what Azure says, together: one resource each, of which Azure's word counts.

use crate::estate::facts::{Cache, Facts};
use crate::estate::id;
use std::collections::{BTreeMap, BTreeSet};

/// Joins what code says into what Azure says. Once for all files: a resource without an id is found by type and name.
pub(in crate::estate) fn settle(facts: &mut Facts, code: Facts) {
    let keys = Keys::of(facts, &code);
    for (key, cache) in code.caches {
        facts.caches.entry(keys.cache(&key)).or_default().fill(at(cache, &keys));
    }
    for ((owner, peer), link) in code.links {
        facts.links.entry((keys.cache(&owner), keys.cache(&peer))).or_default().fill(link);
    }
    for (key, mut database) in code.databases {
        if let Some(linked) = &mut database.linked {
            for (key, _) in linked.iter_mut() {
                *key = keys.any(key);
            }
            linked.sort();
            linked.dedup();
        }
        facts.databases.entry(keys.any(&key)).or_default().fill(database);
    }
    for ((cache, endpoint), status) in code.endpoints {
        facts.endpoints.entry((keys.cache(&cache), endpoint)).or_default().fill(status);
    }
    for (endpoint, place) in code.subnets {
        let is_given = place.subnet.as_deref().is_some_and(|it| it.starts_with('/') && !id::is_stand_in(it));
        if is_given {
            facts.subnets.entry(endpoint).or_default().fill(place);
        }
    }
    for (key, mut alert) in code.alerts {
        for scope in alert.scopes.iter_mut().flatten() {
            *scope = keys.any(scope);
        }
        facts.alerts.entry(key).or_default().fill(alert);
    }
    for ((cache, property), needs) in code.asked {
        let own = facts.asked.entry((keys.cache(&cache), property)).or_default();
        *own = std::mem::take(own).max(needs);
    }
    for ((cache, property), value) in code.odd {
        facts.odd.entry((keys.cache(&cache), property)).or_insert(value);
    }
    facts.listed.retain(|key| !facts.caches.contains_key(key));
}

/// The links that a cache lists, by the keys of their caches.
fn at(mut cache: Cache, keys: &Keys) -> Cache {
    cache.linked = cache.linked.map(|all| all.iter().map(|it| keys.any(it)).collect());
    cache
}

/// Which key a cache of the code has in the estate.
struct Keys {
    known: BTreeSet<String>,
    /// By type and name: keys that Azure has given, and those that stand for one.
    named: BTreeMap<String, [BTreeSet<String>; 2]>,
}

impl Keys {
    fn of(facts: &Facts, code: &Facts) -> Self {
        let known: BTreeSet<String> = facts.caches.keys().chain(code.caches.keys()).cloned().collect();
        let mut named: BTreeMap<String, [BTreeSet<String>; 2]> = BTreeMap::new();
        for key in &known {
            let place = usize::from(id::is_stand_in(key));
            named.entry(name(key).to_owned()).or_default()[place].insert(key.clone());
        }
        Self { known, named }
    }

    /// The key itself where a cache has it as Azure's; else the one cache of its type and name.
    fn cache(&self, key: &str) -> String {
        let own = || key.to_owned();
        if self.known.contains(key) && !id::is_stand_in(key) {
            return own();
        }
        let Some([given, stand_ins]) = self.named.get(name(key)) else { return own() };
        let one = |set: &BTreeSet<String>| set.first().filter(|_| set.len() == 1).cloned();
        if given.is_empty() { one(stand_ins).unwrap_or_else(own) } else { one(given).unwrap_or_else(own) }
    }

    /// The same of what is below a cache, such as its database.
    fn any(&self, key: &str) -> String {
        match id::cache(key) {
            Some(cache) => format!("{}{}", self.cache(&cache), &key[cache.len()..]),
            None => key.to_owned(),
        }
    }
}

/// "microsoft.cache/redis/pair-weu": type and name of a cache's key.
fn name(key: &str) -> &str {
    key.rsplit_once("/providers/").map_or(key, |(_, name)| name)
}
