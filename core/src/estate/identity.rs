//! How a deployment of an earlier import is found again: by the ids of its caches, else by their names and subscription.

use super::facts::Facts;
use super::id;
use super::planned::LONGEST_TAG;
use crate::portfolio::Entry;
use std::collections::BTreeSet;

/// Ids, names and subscriptions by which a deployment is found again.
pub(super) struct Identity {
    /// Names of its caches; two regions may have one of the same name.
    pub(super) names: Vec<String>,
    /// Keys of those whose id the plan has.
    pub(super) ids: BTreeSet<String>,
    pub(super) subscriptions: BTreeSet<String>,
    /// The list of names may end within one.
    is_cut: bool,
}

/// A plan of the portfolio that an import made.
pub(super) struct Old<'a> {
    pub(super) entry: &'a Entry,
    pub(super) identity: Identity,
}

impl<'a> Old<'a> {
    pub(super) fn of(entry: &'a Entry) -> Option<Self> {
        Some(Self { entry, identity: Identity::of(entry)? })
    }
}

/// A cache as both imports know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) key: String,
    pub(super) name: String,
}

/// Keys of all caches of both imports.
pub(super) struct Keys {
    pub(super) old: BTreeSet<String>,
    pub(super) now: BTreeSet<String>,
}

impl Identity {
    fn of(entry: &Entry) -> Option<Self> {
        let words = |key: &str| entry.tag(key).unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        let mut names: Vec<String> = words("azure-cache");
        let mut is_cut = entry.tag("azure-cache").is_some_and(|it| it.chars().count() >= LONGEST_TAG);
        if names.is_empty() {
            return None;
        }
        let places = 0..entry.plan.regions.len();
        let ids = places.filter_map(|at| id::cache(&entry.plan.site_of(at)?.cache));
        let ids: BTreeSet<String> = ids.collect();
        // The ids are whole where there are as many as names: those may be cut, and two caches may have one.
        if ids.len() >= names.len() {
            let written = |key: &String| {
                let own = names.iter().find(|it| it.eq_ignore_ascii_case(id::name(key)));
                own.cloned().unwrap_or_else(|| id::name(key).to_owned())
            };
            names = ids.iter().map(written).collect();
            is_cut = false;
        }
        names.sort();
        Some(Self { names, ids, subscriptions: words("azure-subscription").into_iter().collect(), is_cut })
    }

    /// Whether a cache of today is one of these: by its id; by its name where the id of that name is gone and this one is new.
    pub(super) fn has(&self, cache: &Known, all: &Keys) -> bool {
        if self.ids.contains(&cache.key) {
            return true;
        }
        let stays = |id: &String| all.now.contains(id) && id::name(id).eq_ignore_ascii_case(&cache.name);
        !all.old.contains(&cache.key) && !self.ids.iter().any(stays) && self.names(&cache.name)
    }

    fn names(&self, name: &str) -> bool {
        let is = |own: &String| own.eq_ignore_ascii_case(name);
        let last = || self.names.iter().any(|own| own.len() > 2 && name.starts_with(own.as_str()));
        self.names.iter().any(is) || self.is_cut && last()
    }

    /// Subscriptions contradict only where both are said.
    pub(super) fn may_be(&self, subscriptions: &BTreeSet<String>) -> bool {
        let unsaid = self.subscriptions.is_empty() || subscriptions.is_empty();
        unsaid || !self.subscriptions.is_disjoint(subscriptions)
    }

    /// The caches that none of these is, each by its name.
    pub(super) fn missing<'a>(&self, there: impl Iterator<Item = &'a Known>, all: &Keys) -> Vec<String> {
        let mut left: Vec<&Known> = there.collect();
        let mut names = self.names.clone();
        for id in &self.ids {
            if let Some(at) = left.iter().position(|it| it.key == *id) {
                left.remove(at);
                if let Some(at) = names.iter().position(|it| it.eq_ignore_ascii_case(id::name(id))) {
                    names.remove(at);
                }
            }
        }
        // One that another plan has by its id is that plan's.
        left.retain(|it| !all.old.contains(&it.key));
        let is = |own: &str, name: &str| own.eq_ignore_ascii_case(name) || self.is_cut && own.starts_with(name);
        names.retain(|name| match left.iter().position(|it| is(&it.name, name)) {
            Some(at) => {
                left.remove(at);
                false
            }
            None => true,
        });
        names
    }

    /// The caches that had a description and have none now, by their names: others may still name them.
    pub(super) fn undescribed(&self, described: &[&Known], all: &Keys) -> Vec<String> {
        let is_new = |it: &Known, id: &str| !all.old.contains(&it.key) && it.name.eq_ignore_ascii_case(id::name(id));
        let is_there = |id: &String| described.iter().any(|it| it.key == *id || is_new(it, id));
        let written = |id: &String| {
            let own = self.names.iter().find(|it| it.eq_ignore_ascii_case(id::name(id)));
            own.cloned().unwrap_or_else(|| id::name(id).to_owned())
        };
        self.ids.iter().filter(|id| !is_there(id)).map(written).collect()
    }

    /// Whether a whole list of its subscriptions and of its kind of cache is among the files.
    pub(super) fn is_listed(&self, facts: &Facts) -> bool {
        let clusters = self.ids.first().map(|it| it.contains("/redisenterprise/"));
        let lists = |subscription: &String| {
            facts.caches.iter().any(|(key, cache)| {
                let is_kind = clusters.is_none_or(|it| it == key.contains("/redisenterprise/"));
                is_kind && cache.subscription().is_some_and(|own| own == subscription) && cache.is_of_a_list()
            })
        };
        !self.subscriptions.is_empty() && self.subscriptions.iter().all(lists)
    }
}
