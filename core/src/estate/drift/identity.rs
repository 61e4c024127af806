//! How caches of an earlier import are found again: by their ids, else by name, type, region and subscription; where a name repeats, by
//! resource group too.

use crate::estate::deployments::Member;
use crate::estate::facts::lists::Listed;
use crate::estate::facts::{Facts, Tier};
use crate::estate::id;
use crate::estate::planned::{Estate, LONGEST_TAG};
use crate::model::Topology;
use crate::portfolio::Entry;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

const CLUSTERS: &str = "/redisenterprise/";

/// A plan of the portfolio that an import made.
pub(in crate::estate) struct Old<'a> {
    pub(in crate::estate) entry: &'a Entry,
    pub(in crate::estate) caches: Vec<Past>,
    /// The tag with the names may end before the last of them.
    pub(in crate::estate) is_cut: bool,
    subscriptions: BTreeSet<String>,
    groups: BTreeSet<String>,
    regions: BTreeSet<String>,
}

/// A cache of the earlier import.
pub(in crate::estate) struct Past {
    name: String,
    /// Its key, where the plan has its id: a file has described it.
    key: Option<String>,
    /// Its name may be longer.
    is_part: bool,
}

/// A cache of today.
pub(in crate::estate) struct Current<'a> {
    pub(in crate::estate) member: &'a Member,
    /// The place of its deployment.
    pub(in crate::estate) deployment: usize,
}

/// Where each cache of the earlier import is today.
pub(in crate::estate) struct Found {
    /// The place among the caches of today, by plan and cache.
    places: Vec<Vec<Option<usize>>>,
    /// More caches of a plan, by plan and place: its tag has a name once that several of them have.
    more: BTreeSet<(usize, usize)>,
    /// Those that any plan has.
    known: BTreeSet<usize>,
    deployments: Vec<usize>,
    /// Names that several caches have.
    repeated: BTreeSet<String>,
}

/// The words of a tag; none where it may be cut.
fn words(entry: &Entry, key: &str) -> BTreeSet<String> {
    let tag = entry.tag(key).filter(|it| !is_full(it)).unwrap_or_default();
    tag.split_whitespace().map(str::to_ascii_lowercase).collect()
}

fn is_full(tag: &str) -> bool {
    tag.chars().count() >= LONGEST_TAG
}

impl<'a> Old<'a> {
    /// `None` for a plan that no import made.
    pub(in crate::estate) fn of(entry: &'a Entry) -> Option<Self> {
        let tag = entry.tag("azure-cache").filter(|it| !it.trim().is_empty())?;
        let is_cut = is_full(tag);
        let sites = (0..entry.plan.regions.len()).filter_map(|at| entry.plan.site_of(at));
        let mut caches: Vec<Past> = sites
            .filter_map(|site| Some((site.cache_name()?, id::cache(&site.cache)?)))
            .map(|(name, key)| Past { name: name.to_owned(), key: Some(key), is_part: false })
            .collect();
        let names: Vec<&str> = tag.split_whitespace().collect();
        for (at, name) in names.iter().enumerate() {
            let is_part = is_cut && at + 1 == names.len();
            let past = Past { name: (*name).to_owned(), key: None, is_part };
            if !caches.iter().any(|it| past.is_named(&it.name)) && (name.len() > 2 || !is_part) {
                caches.push(past);
            }
        }
        let [subscriptions, groups, regions] =
            ["azure-subscription", "azure-resource-group", "azure-region"].map(|key| words(entry, key));
        Some(Self { entry, caches, is_cut, subscriptions, groups, regions })
    }

    /// Whether a cache may be one of these by where it is: only what both say can contradict.
    fn may_have(&self, cache: &Member, repeats: bool) -> bool {
        let fits = |own: &BTreeSet<String>, it: Option<&str>| {
            it.is_none_or(|it| own.is_empty() || own.contains(&it.to_ascii_lowercase()))
        };
        // Of a cache that others name, its key may be that of the link.
        let key = Some(cache.key.as_str()).filter(|it| !id::is_stand_in(it));
        let own = key.filter(|it| id::cache(it).as_deref() == Some(it));
        fits(&self.subscriptions, key.and_then(|it| id::part(it, "subscriptions")))
            && fits(&self.regions, cache.location.as_deref())
            && (!repeats || fits(&self.groups, own.and_then(|it| id::part(it, "resourcegroups"))))
    }

    /// Whether its caches are clusters, by an id, else by the design; `None` where neither says it.
    fn is_cluster(&self) -> Option<bool> {
        let own = self.caches.iter().find_map(|it| it.key.as_deref()).map(|it| it.contains(CLUSTERS));
        let today = self.entry.plan.today.sku.as_ref().and_then(|it| Tier::of(&it.to_string()));
        own.or_else(|| match self.entry.topology {
            Some(Topology::Passive) => Some(false),
            Some(Topology::Active) => Some(true),
            _ => today.map(Tier::is_cluster),
        })
    }

    /// What the lists among the files show of a cache of the plan that is in none of them.
    pub(in crate::estate) fn listed(&self, past: &Past, facts: &Facts) -> Listed {
        if let Some(key) = &past.key {
            return facts.lists_without(key);
        }
        let Some(is_cluster) = self.is_cluster() else { return Listed::No };
        let kind = if is_cluster { "redisenterprise" } else { "redis" };
        let group = self.groups.first().filter(|_| self.groups.len() == 1).map_or("-", String::as_str);
        let lists = self.subscriptions.iter().map(|it| {
            facts.lists_without(&format!(
                "/subscriptions/{it}/resourcegroups/{group}/providers/microsoft.cache/{kind}/-"
            ))
        });
        // The least that is shown.
        lists.max().unwrap_or(Listed::No)
    }
}

impl Past {
    fn is_named(&self, name: &str) -> bool {
        let part = if self.is_part { name.get(..self.name.len()).unwrap_or(name) } else { name };
        self.name.eq_ignore_ascii_case(part)
    }

    /// True for one that a list without sizes names.
    pub(in crate::estate) fn is_in_a_list(&self, facts: &Facts) -> bool {
        self.key.as_ref().is_some_and(|key| facts.listed.contains(key))
    }

    /// True for one that a file had described.
    pub(in crate::estate) const fn was_described(&self) -> bool {
        self.key.is_some()
    }
}

/// Every cache of an estate, in the order of its deployments.
pub(in crate::estate) fn current(estate: &Estate) -> Vec<Current<'_>> {
    let each = estate.planned.iter().enumerate();
    each.flat_map(|(deployment, it)| it.deployment.members.iter().map(move |member| Current { member, deployment }))
        .collect()
}

impl Found {
    pub(in crate::estate) fn of(old: &[Old<'_>], now: &[Current<'_>]) -> Self {
        let past = || old.iter().enumerate().flat_map(|(at, it)| it.caches.iter().map(move |past| (at, past)));
        let ids: BTreeSet<&str> = past().filter_map(|(_, it)| it.key.as_deref()).collect();
        let own = |(at, it): (usize, &Past)| (it.name.clone(), it.key.clone().unwrap_or_else(|| format!("plan {at}")));
        let mut repeated = of_several(past().map(own));
        repeated.extend(of_several(now.iter().map(|it| (it.member.name.clone(), it.member.key.clone()))));
        let keys: BTreeMap<&str, usize> = now.iter().enumerate().map(|(at, it)| (it.member.key.as_str(), at)).collect();
        let mut names: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for it in now {
            names.entry(it.deployment).or_default().insert(it.member.name.to_ascii_lowercase());
        }
        let place = |old: &Old<'_>, past: &Past| {
            let by_id = past.key.as_ref().and_then(|key| keys.get(key.as_str()).copied());
            let repeats = repeated.contains(&past.name.to_ascii_lowercase());
            let by_key = past.key.as_ref().map(|key| key.contains(CLUSTERS));
            let kind = by_key.or_else(|| old.is_cluster().filter(|_| repeats));
            let is = |it: &Current<'_>| {
                kind.is_none_or(|kind| kind == it.member.key.contains(CLUSTERS))
                    && past.is_named(&it.member.name)
                    && !ids.contains(it.member.key.as_str())
                    && old.may_have(it.member, repeats)
            };
            if by_id.is_some() || !repeats {
                return by_id.or_else(|| now.iter().position(is));
            }
            // Of caches of one name that of the same caches together.
            let own: BTreeSet<String> = old.caches.iter().map(|it| it.name.to_ascii_lowercase()).collect();
            let all = now.iter().enumerate().filter(|(_, it)| is(it));
            all.max_by_key(|(at, it)| (names.get(&it.deployment) == Some(&own), Reverse(*at))).map(|it| it.0)
        };
        let places: Vec<Vec<Option<usize>>> =
            old.iter().map(|old| old.caches.iter().map(|past| place(old, past)).collect()).collect();
        let known = places.iter().flatten().flatten().copied().collect();
        let deployments = now.iter().map(|it| it.deployment).collect();
        let mut found = Self { places, more: BTreeSet::new(), known, deployments, repeated };
        found.claim(old, now);
        found
    }

    /// Gives each plan the caches of its names that no plan has, of the deployment that has most of its caches: a tag has each name once,
    /// and says the place only of caches that a file describes.
    fn claim(&mut self, old: &[Old<'_>], now: &[Current<'_>]) {
        for (at, old) in old.iter().enumerate() {
            let own = self.places(at).iter().flatten().filter_map(|place| self.deployments.get(*place).copied());
            let Some(most) = own.max_by_key(|it| (self.shared(at, *it), Reverse(*it))) else { continue };
            for (place, it) in now.iter().enumerate().filter(|(_, it)| it.deployment == most) {
                if !self.known.contains(&place) {
                    self.claim_one(at, old, (place, it.member));
                }
            }
        }
    }

    /// One of them: of a name whose id the plan has, only one that no file describes.
    fn claim_one(&mut self, at: usize, old: &Old<'_>, (place, member): (usize, &Member)) {
        let Some(places) = self.places.get_mut(at) else { return };
        let is = |(past, own): &(&Past, &mut Option<usize>)| {
            let is_open = past.key.is_none() || own.is_some() && !member.is_known;
            is_open && !past.is_part && past.is_named(&member.name)
        };
        let Some((_, own)) = old.caches.iter().zip(places).find(is) else { return };
        if own.is_none() {
            *own = Some(place);
        } else {
            self.more.insert((at, place));
        }
        self.known.insert(place);
    }

    /// Places of the caches of a plan, among those of today.
    pub(in crate::estate) fn places(&self, old: usize) -> &[Option<usize>] {
        self.places.get(old).map_or(&[], Vec::as_slice)
    }

    /// How many caches of a plan are in a deployment.
    pub(in crate::estate) fn shared(&self, old: usize, deployment: usize) -> usize {
        self.places(old).iter().flatten().filter(|at| self.deployments.get(**at) == Some(&deployment)).count()
    }

    /// True where a plan has a cache of today, by its place.
    pub(in crate::estate) fn is_of(&self, old: usize, place: usize) -> bool {
        self.places(old).contains(&Some(place)) || self.more.contains(&(old, place))
    }

    /// True where any plan has it.
    pub(in crate::estate) fn is_known(&self, place: usize) -> bool {
        self.known.contains(&place)
    }

    /// The name of a cache of the earlier import, with its resource group where another cache has the same name.
    pub(in crate::estate) fn shown(&self, past: &Past) -> String {
        self.told(&past.name, past.key.as_deref())
    }

    /// The same of a cache of today.
    pub(in crate::estate) fn named(&self, cache: &Member) -> String {
        self.told(&cache.name, Some(&cache.key))
    }

    fn told(&self, name: &str, key: Option<&str>) -> String {
        let group = key.filter(|it| !id::is_stand_in(it)).and_then(|key| id::part(key, "resourcegroups"));
        match group.filter(|_| self.repeated.contains(&name.to_ascii_lowercase())) {
            Some(group) => format!("{name} ({group})"),
            None => name.to_owned(),
        }
    }
}

/// Names in small letters that several caches have, of names with what tells their caches apart.
fn of_several(names: impl Iterator<Item = (String, String)>) -> BTreeSet<String> {
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, of) in names {
        told.entry(name.to_ascii_lowercase()).or_default().insert(of);
    }
    told.into_iter().filter(|(_, of)| of.len() > 1).map(|(name, _)| name).collect()
}
