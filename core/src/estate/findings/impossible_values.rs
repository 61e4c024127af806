//! Values that Azure's files may not have: each is told with its field and with what is allowed; the rest of the file is read.

use crate::catalog::{Catalog, RegionId, Severity};
use crate::estate::deployments::Deployment;
use crate::estate::facts::{Facts, Tier};
use crate::estate::findings::finding::{Finding, finding};
use crate::estate::findings::open_values;
use crate::estate::findings::open_values::field_of;
use crate::estate::id;
use crate::estate::planned::draft::Draft;
use crate::estate::read::lenient_json::Count;
use crate::estate::read::shape::{Item, Sku};
use crate::import::words::named;
use crate::plan::MOST_SHARDS;
use std::ops::RangeInclusive;

/// A property and what it may be.
struct Rule {
    name: &'static str,
    range: RangeInclusive<u32>,
    /// It is a multiple of this.
    step: u32,
    allowed: &'static str,
}

const fn rule(name: &'static str, range: RangeInclusive<u32>, allowed: &'static str) -> Rule {
    Rule { name, range, step: 1, allowed }
}

const SHARDS: Rule = rule("shardCount", 0..=MOST_SHARDS, "a whole number from 0 to 30");
const REPLICAS: Rule = rule("replicasPerPrimary", 0..=3, "a whole number from 0 to 3");
const RESERVED: Rule = rule("maxmemory-reserved", 0..=1_000_000, "whole megabytes, 0 at least");
const FRAGMENTATION: Rule = rule("maxfragmentationmemory-reserved", 0..=1_000_000, "whole megabytes, 0 at least");
const BASIC: Rule = rule("sku.capacity", 0..=6, "a whole number from 0 to 6 for Basic and Standard");
const PREMIUM: Rule = rule("sku.capacity", 1..=5, "a whole number from 1 to 5 for Premium");
const CLUSTER: Rule = rule("sku.capacity", 2..=1_000, "a whole number of nodes, 2 at least");
// Nodes come by two, on flash by three (az redisenterprise create).
const ENTERPRISE: Rule = Rule { step: 2, allowed: "an even number of nodes, 2 at least", ..CLUSTER };
const FLASH: Rule = Rule { step: 3, allowed: "3, 6, 9 … nodes, by three", ..CLUSTER };

const NONE: Rule = rule("sku.capacity", 0..=u32::MAX, "none for Azure Managed Redis");

const NAME: &str = "sku.name";
const NAMES: &str = "Basic, Standard, Premium, or a size as Balanced_B10, MemoryOptimized_M10, ComputeOptimized_X10, \
                     FlashOptimized_A250, Enterprise_E10 or EnterpriseFlash_F300";
const LOCATION: &str = "location";
const LOCATIONS: &str = "a region as az account list-locations names it";

/// What is allowed of a property, by its name.
fn allowed(facts: &Facts, cache: &str, name: &str) -> &'static str {
    let tier = facts.caches.get(cache).and_then(|it| it.tier);
    match name {
        NAME => NAMES,
        "sku.capacity" => capacity(tier).allowed,
        _ => [SHARDS, REPLICAS, RESERVED, FRAGMENTATION].iter().find(|it| it.name == name).map_or("", |it| it.allowed),
    }
}

const fn capacity(tier: Option<Tier>) -> Rule {
    match tier {
        Some(Tier::Premium) => PREMIUM,
        Some(Tier::Basic | Tier::Standard) => BASIC,
        // Azure Managed Redis has none.
        Some(Tier::Managed) => NONE,
        Some(Tier::Enterprise) => ENTERPRISE,
        Some(Tier::EnterpriseFlash) => FLASH,
        _ => CLUSTER,
    }
}

impl Rule {
    /// The figure where it is allowed; else it is noted.
    fn read(&self, count: &Count, cache: &str, facts: &mut Facts) -> Option<u32> {
        let value = count.whole().filter(|it| self.range.contains(it) && it % self.step == 0);
        if let (None, Some(odd)) = (value, count.shown()) {
            note(facts, cache, self.name, odd);
        }
        value
    }
}

fn note(facts: &mut Facts, cache: &str, name: &'static str, odd: String) {
    let own = facts.odd.entry((cache.to_owned(), name)).or_default();
    *own = std::mem::take(own).max(odd);
}

/// The figures of a cache that are allowed.
#[derive(Clone, Copy, Default)]
pub(in crate::estate) struct Counts {
    pub(in crate::estate) capacity: Option<u32>,
    pub(in crate::estate) shards: Option<u32>,
    pub(in crate::estate) replicas: Option<u32>,
    pub(in crate::estate) reserved: Option<u32>,
    pub(in crate::estate) fragmentation: Option<u32>,
}

/// Reads the figures of a cache; those that are not allowed are noted, and absent.
pub(in crate::estate) fn counts(item: &Item, cache: &str, tier: Option<Tier>, facts: &mut Facts) -> Counts {
    let body = item.body();
    let sku = body.sku.0.as_ref().or(item.sku.0.as_ref());
    let settings = body.redis_configuration.0.as_ref();
    let replicas = [&body.replicas_per_primary, &body.replicas_per_master];
    let replicas = replicas.into_iter().find(|it| **it != Count::default());
    Counts {
        capacity: sku.and_then(|it| capacity(tier).read(&it.capacity, cache, facts)),
        shards: SHARDS.read(&body.shard_count, cache, facts),
        replicas: replicas.and_then(|it| REPLICAS.read(it, cache, facts)),
        reserved: settings.and_then(|it| RESERVED.read(&it.reserved, cache, facts)),
        fragmentation: settings.and_then(|it| FRAGMENTATION.read(&it.fragmentation, cache, facts)),
    }
}

/// Notes the name of a size that says no tier.
pub(in crate::estate) fn no_tier(sku: Option<&Sku>, cache: &str, facts: &mut Facts) {
    if let Some(name) = sku.and_then(|it| it.name.0.as_deref()) {
        note(facts, cache, NAME, format!("“{}”", named(name)));
    }
}

impl Facts {
    /// Values of a cache that are not allowed: property and value.
    fn odd_of<'a>(&'a self, cache: &str) -> impl Iterator<Item = (&'static str, &'a str)> {
        let own = cache.to_owned();
        self.odd
            .range((own.clone(), "")..)
            .take_while(move |((of, _), _)| *of == own)
            .map(|((_, name), value)| (*name, value.as_str()))
    }
}

/// A finding for each value of a deployment that is not allowed, and for each region that nobody knows.
pub(in crate::estate) fn findings(deployment: &Deployment, facts: &Facts, catalog: &Catalog) -> Vec<Finding> {
    let mut found = Vec::new();
    for member in &deployment.members {
        let odd = facts.odd_of(&member.key).map(|(name, value)| one(facts, &member.key, &member.name, name, value));
        found.extend(odd);
        let unknown = member.location.as_deref().filter(|it| catalog.region(&RegionId::new(it)).is_none());
        if let Some(place) = unknown.filter(|it| !it.contains('{')) {
            found.push(says(LOCATION, &member.name, &format!("“{}”", named(place)), LOCATIONS));
        }
    }
    found
}

/// A finding for each value of a cache that is no deployment because of it.
pub(in crate::estate) fn findings_of_none(facts: &Facts) -> Vec<Finding> {
    let lost = facts.odd.iter().filter(|((cache, _), _)| !facts.caches.contains_key(cache));
    lost.map(|((cache, name), value)| one(facts, cache, id::name(cache), name, value)).collect()
}

fn one(facts: &Facts, cache: &str, of: &str, name: &str, value: &str) -> Finding {
    says(name, of, value, allowed(facts, cache, name))
}

fn says(name: &str, of: &str, value: &str, allowed: &str) -> Finding {
    finding(
        "EST-VALUE",
        Severity::Warn,
        format!("{name} of {of} is {value} in the files; allowed is {allowed}."),
        "Everything else of the file is read. Fetch the description again, or enter the value in the plan.",
    )
}

/// Lists the values that are not allowed as unknown, at the fields of the plan that hang on them.
pub(in crate::estate) fn ask(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    for member in &deployment.members {
        for (name, value) in facts.odd_of(&member.key) {
            let field = field_of(if name.starts_with("sku") { "sku" } else { name }, deployment.kind);
            if !field.is_empty() {
                let may = allowed(facts, &member.key, name);
                draft.miss(field, format!("{name} of {} is {value}, and allowed is {may}: enter it.", member.name));
            }
        }
    }
    open_values::note(draft, deployment, facts);
}
