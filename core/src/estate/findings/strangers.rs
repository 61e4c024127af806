//! Caches that files measure and no file describes.

use crate::estate::facts::Facts;
use crate::estate::id;
use std::collections::{BTreeMap, BTreeSet};

impl Facts {
    /// Keys of caches that are measured and not described, each with its name, and behind a name that several have what tells them apart.
    #[must_use]
    pub fn strangers(&self) -> Vec<(&str, String)> {
        let keys = || self.metrics.keys().filter(|key| !self.caches.contains_key(*key)).map(String::as_str);
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for key in keys() {
            names.entry(id::name(key)).or_default().push(key);
        }
        let tells: BTreeMap<&str, Tell> = names.iter().filter_map(|(name, same)| Some((*name, apart(same)?))).collect();
        let shown = |key| {
            let name = id::name(key);
            let behind = tells.get(name).and_then(|of| of(key)).map_or_else(String::new, |it| format!(" ({it})"));
            (key, format!("{name}{behind}"))
        };
        keys().map(shown).collect()
    }
}

type Tell = fn(&str) -> Option<&str>;

/// What may tell two caches of one name apart.
const TELLS: [Tell; 3] = [
    |key| Some(if key.contains("/redisenterprise/") { "Managed or Enterprise" } else { "Azure Cache for Redis" }),
    |key| id::part(key, "resourcegroups"),
    |key| id::part(key, "subscriptions"),
];

/// What is another of each of these keys; `None` for one, or where nothing is.
fn apart(same: &[&str]) -> Option<Tell> {
    let differs = |of: &Tell| same.iter().filter_map(|key| of(key)).collect::<BTreeSet<_>>().len() == same.len();
    TELLS.into_iter().find(differs).filter(|_| same.len() > 1)
}
