//! Settings of caches that a plan does not hold, kept beside the plans of a portfolio so that a later import sees what changed.

use crate::estate::deployments::Deployment;
use crate::estate::facts::Facts;
use crate::estate::findings::disputes;
use crate::estate::id;
use crate::estate::planned::alike::{OF_CACHES, OF_DATABASES, OfCache};
use crate::estate::planned::health::{is_of_maxima, quiet_since};
use crate::estate::planned::load::latest;
use crate::estate::planned::pair::endpoints;
use crate::estate::planned::setting_words::is_known;
use crate::import::metrics::Quantity;
use crate::portfolio::{Settings, is_kept};
use crate::units::format;
use crate::units::quote::as_line;
use std::collections::BTreeMap;

/// Settings beside those in which the caches of a deployment are compared with each other.
const MORE: [OfCache; 5] = [
    ("redisVersion", |it| it.version.clone()),
    ("publicNetworkAccess", |it| it.public_access.map(|on| if on { "Enabled" } else { "Disabled" }.to_owned())),
    ("disableAccessKeyAuthentication", |it| it.keys_disabled.map(|it| it.to_string())),
    ("maxmemory-reserved", |it| it.reserved_mb.map(|it| it.to_string())),
    ("maxfragmentationmemory-reserved", |it| it.fragmentation_mb.map(|it| it.to_string())),
];

/// Settings that are sizes: the plan holds them.
const SIZES: [&str; 2] = ["sku", "sku.capacity"];

/// Settings with the end of the plan's path that holds the same: a change is told once.
const HELD: [(&str, &str); 21] = [
    ("persistence", ".persistence"),
    ("zones", ".zone_redundant"),
    ("redundancyMode", ".zone_redundant"),
    ("highAvailability", ".high_availability"),
    ("replicasPerPrimary", ".replicas_per_primary"),
    ("evictionPolicy", ".eviction"),
    ("clusteringPolicy", ".clustering"),
    ("modules", ".modules"),
    ("publicNetworkAccess", ".network"),
    (ENDPOINTS, ".network"),
    (ENDPOINTS, ".endpoints_before_link"),
    ("shardCount", ".shards"),
    ("shardCount", "today.caches"),
    ("disableAccessKeyAuthentication", ".access_keys_enabled"),
    ("disableAccessKeyAuthentication", ".entra_id"),
    ("maxmemory-reserved", ".reserved"),
    ("maxfragmentationmemory-reserved", ".fragmentation_reserved"),
    (ALERT, ".memory_alert"),
    (STATE, ".both_running_unlinked"),
    (LINK, ".all_linked"),
    (HEALTH, ".all_linked"),
];

/// What is kept beside settings.
const STATE: &str = "provisioningState";
const LINK: &str = "state of the link";
const HEALTH: &str = "geo-replication";
const ALERT: &str = "alert on used memory";
const ENDPOINTS: &str = "private endpoints";

/// True for what says how far caches are linked.
pub(in crate::estate) fn is_of_links(property: &str) -> bool {
    [LINK, HEALTH].contains(&property)
}

/// True where an import has kept the state of a link of this cache: its list of links, and with it who is primary, was among the files.
pub(in crate::estate) fn has_link(settings: &Settings, key: &str) -> bool {
    settings.get(key).is_some_and(|own| own.contains_key(LINK))
}

/// True where an import has kept more of this cache than what others say of it.
pub(in crate::estate) fn is_described(settings: &Settings, key: &str) -> bool {
    let of_others = |property: &str| is_of_links(property) || [ALERT, ENDPOINTS].contains(&property);
    settings.get(key).is_some_and(|own| own.keys().any(|property| !of_others(property)))
}

/// The states of the links of a cache as it shows them, of several each with its peer.
fn links(key: &str, facts: &Facts) -> Vec<String> {
    let pair = facts.links.iter().filter(|((owner, _), _)| owner == key);
    let pair = pair.filter_map(|((_, peer), link)| Some((link.state.as_deref()?, id::name(peer).to_owned())));
    let own = |at: &str| id::cache(at).is_some_and(|it| it == key);
    let group = facts.databases_of(key).flat_map(|(_, it)| it.linked.iter().flatten());
    let group = group.filter(|(at, state)| !state.is_empty() && !own(at)).map(|(at, state)| {
        let name = id::cache(at).map_or_else(|| at.clone(), |it| id::name(&it).to_owned());
        (state.as_str(), name)
    });
    let all: Vec<(&str, String)> = pair.chain(group).filter(|(state, _)| is_known(state)).collect();
    match all.as_slice() {
        [(state, _)] => vec![(*state).to_owned()],
        some => some.iter().map(|(state, peer)| format!("{state} with {peer}")).collect(),
    }
}

/// Longest value that is kept.
const LONGEST: usize = 200;

/// What files say of the settings of a deployment's caches that run, by cache and property, in known words; what they are silent on is left
/// out.
pub(in crate::estate) fn of(deployment: &Deployment, facts: &Facts) -> Settings {
    let running = deployment.caches(facts).filter(|(_, cache)| cache.azure_id().is_some());
    let each = running.map(|(member, cache)| {
        let own = OF_CACHES.iter().chain(&MORE).filter(|(property, _)| !SIZES.contains(property));
        let mut said: BTreeMap<String, String> = BTreeMap::new();
        for (property, get) in own {
            said.extend(get(cache).map(|value| ((*property).to_owned(), as_line(&value, LONGEST))));
        }
        let shards = facts.shards_of(&member.key).map(|it| ("shardCount".to_owned(), it.to_string()));
        said.extend(shards);
        for (property, get) in OF_DATABASES {
            let values: Option<Vec<String>> = facts.databases_of(&member.key).map(|(_, it)| get(it)).collect();
            let values = values.filter(|it| !it.is_empty());
            said.extend(values.map(|it| (property.to_owned(), as_line(&format::listed(&it), LONGEST))));
        }
        let state = cache.state.as_deref().or(cache.resource_state.as_deref());
        said.extend(state.map(|it| (STATE.to_owned(), as_line(it, LONGEST))));
        // A file may have anything in their place.
        said.retain(|_, value| is_known(value));
        let alert = facts.watches_memory(&member.key).map(|on| if on { "on" } else { "none" });
        said.extend(alert.map(|it| (ALERT.to_owned(), it.to_owned())));
        // A list of other caches' endpoints is no list of this one's.
        let is_listed = cache.endpoints.is_some() && !disputes::of_endpoints(facts, &member.key);
        said.extend(is_listed.then(|| (ENDPOINTS.to_owned(), endpoints(facts, &member.key).len().to_string())));
        let links = links(&member.key, facts);
        said.extend((!links.is_empty()).then(|| (LINK.to_owned(), as_line(&format::listed(&links), LONGEST))));
        let health = latest(facts, &member.key, Quantity::Healthy).filter(|it| quiet_since(it).is_none());
        let health = health.filter(|it| it.last < 1.0 || !is_of_maxima(it));
        said.extend(health.map(|it| {
            let is = if it.last < 1.0 { "not healthy at its end" } else { "healthy at its end" };
            (HEALTH.to_owned(), is.to_owned())
        }));
        (member.key.clone(), said)
    });
    each.filter(|(key, said)| !said.is_empty() && is_kept(key)).collect()
}

/// A setting that is another than it was, of caches that changed alike.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::estate) struct Changed {
    pub(in crate::estate) property: String,
    pub(in crate::estate) before: String,
    pub(in crate::estate) now: String,
    /// Keys of the caches.
    pub(in crate::estate) caches: Vec<String>,
}

/// Settings that both imports say, and that differ; `told` are paths of the plan whose change is told already.
pub(in crate::estate) fn changed(before: &Settings, now: &Settings, told: &[&str]) -> Vec<Changed> {
    let is_told =
        |property: &str| HELD.iter().any(|(own, end)| *own == property && told.iter().any(|path| path.ends_with(end)));
    let mut all: BTreeMap<(&str, &str, &str), Vec<String>> = BTreeMap::new();
    for (key, now) in now {
        let Some(before) = before.get(key) else { continue };
        for (property, value) in now.iter().filter(|(property, _)| !is_told(property)) {
            let Some(old) = before.get(property).filter(|old| !old.eq_ignore_ascii_case(value)) else { continue };
            all.entry((property, old, value)).or_default().push(key.clone());
        }
    }
    let each = all.into_iter().map(|((property, before, now), caches)| Changed {
        property: property.to_owned(),
        before: before.to_owned(),
        now: now.to_owned(),
        caches,
    });
    each.collect()
}
