//! Lists of caches among the files: only what a whole list has not is gone.

use crate::estate::facts::Facts;
use crate::estate::id;
use std::collections::{BTreeMap, BTreeSet};

/// What the lists among the files show of a cache that is in none of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Listed {
    /// The list of its type and subscription is whole.
    Whole,
    /// Every list of its type and subscription has caches of one resource group, another one than its own: it may be of that group alone.
    OneGroup(String),
    /// No list of its type and subscription is there, or pages of it are missing.
    No,
}

/// Resource groups that each list has, by what it lists and whether Resource Graph has printed it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::estate) struct Lists(BTreeMap<(String, bool), BTreeSet<BTreeSet<String>>>);

impl Lists {
    /// Notes a cache that stands in a list of a file.
    pub(in crate::estate) fn add(&mut self, cache: &str, is_graph: bool) {
        let Some(list) = list_of(cache) else { return };
        let all = self.0.entry((list, is_graph)).or_default();
        // A file has one list of a type.
        let mut groups = all.pop_first().unwrap_or_default();
        groups.extend(id::part(cache, "resourcegroups").map(str::to_owned));
        all.insert(groups);
    }

    /// Adds the lists of another file.
    pub(in crate::estate) fn join(&mut self, other: Self) {
        for (list, groups) in other.0 {
            self.0.entry(list).or_default().extend(groups);
        }
    }
}

/// The list of its subscription that has a cache: `/subscriptions/0/providers/microsoft.cache/redis`.
pub(in crate::estate) fn list_of(cache: &str) -> Option<String> {
    let (list, _) = cache.rsplit_once('/')?;
    let group = id::part(list, "resourcegroups")?;
    (!id::is_stand_in(cache)).then(|| list.replacen(&format!("/resourcegroups/{group}"), "", 1))
}

impl Facts {
    /// What the lists show of a cache that no file describes, by its key or another one of its type, subscription and resource group.
    pub(in crate::estate) fn lists_without(&self, cache: &str) -> Listed {
        let Some(list) = list_of(cache) else { return Listed::No };
        let group = id::part(cache, "resourcegroups").unwrap_or_default();
        let whole = [false, true].into_iter().filter(|is_graph| !self.pages.misses(&list, *is_graph));
        let groups: Vec<&BTreeSet<String>> =
            whole.filter_map(|is_graph| self.lists.0.get(&(list.clone(), is_graph))).flatten().collect();
        if groups.iter().any(|it| it.len() > 1 || it.contains(group)) {
            return Listed::Whole;
        }
        let one = groups.first().and_then(|it| it.first());
        one.map_or(Listed::No, |group| Listed::OneGroup(group.clone()))
    }
}
