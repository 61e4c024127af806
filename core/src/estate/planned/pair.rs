//! A passive pair as a plan: sizes, settings, and the conditions of M-11 that facts prove or disprove.

use crate::catalog::{Catalog, SkuId};
use crate::estate::deployments::Deployment;
use crate::estate::facts::{Cache, Facts, Tier};
use crate::estate::findings::disputes;
use crate::estate::id;
use crate::estate::planned::compare::Compared;
use crate::estate::planned::draft::Draft;
use crate::estate::planned::link_state;
use crate::plan::Network;
use crate::units::{Bytes, Ratio, format};

/// Sets what facts say of the pair.
pub(in crate::estate) fn describe(draft: &mut Draft, deployment: &Deployment, facts: &Facts, catalog: &Catalog) {
    link_state::describe(draft, deployment, facts);
    if let Some((member, _)) = deployment.caches(facts).find(|(_, cache)| cache.deployed == Some(true)) {
        let from = format!("{} is an Azure Cache for Redis of the tenant", member.name);
        draft.confirm("passive.tenant_had_cache", Some(true), from, |plan| &mut plan.passive.tenant_had_cache);
    }
    sizes(draft, deployment, facts, catalog);
    settings(draft, deployment, facts, catalog);
    network(draft, deployment, facts);
    checks(draft, deployment, facts);
    operation(draft, deployment, facts);
}

/// Sizes of Premium that the halves have. Of a half that no file describes the other's is assumed, for a link needs the secondary to be no
/// smaller, and a failover both to be of one size.
fn sizes(draft: &mut Draft, deployment: &Deployment, facts: &Facts, catalog: &Catalog) {
    let size = |at: usize| facts.caches.get(&deployment.members.get(at)?.key)?.size.clone();
    for (at, member) in deployment.members.iter().enumerate() {
        let cache = facts.caches.get(&member.key);
        let field = if at == 0 { "passive.sku" } else { "passive.secondary_sku" };
        let Some(size) = cache.and_then(|it| it.size.clone()) else {
            // A size that code leaves open is asked for all properties together.
            let other = size(1 - at.min(1)).filter(|it| catalog.sku(&SkuId::new(it)).is_some());
            if let Some(other) = other {
                let name = &deployment.members[1 - at.min(1)].name;
                let why = format!("The size of {} is not known: {other}, that of {name}, is assumed.", member.name);
                draft.miss(field, why);
                if at == 0 {
                    draft.plan.passive.sku = Some(SkuId::new(&other));
                }
            } else if cache.is_none() {
                let why =
                    format!("{} is not in the files: az redis list of its subscription gives its size.", member.name);
                draft.miss(field, why);
            }
            continue;
        };
        let sku = SkuId::new(&size);
        if cache.is_some_and(|it| it.tier == Some(Tier::Premium)) && catalog.sku(&sku).is_some() {
            let from = format!("sku of {}", member.name);
            draft.set(field, size, from, |plan| {
                let target = if at == 0 { &mut plan.passive.sku } else { &mut plan.passive.secondary_sku };
                *target = Some(sku);
            });
        } else {
            draft.unheld = Some(format!("the plan holds no {size} in a pair"));
            draft.miss(field, format!("{} is {size}, and a pair of the plan has sizes of Premium.", member.name));
        }
    }
    let primary = deployment.caches(facts).next();
    if let Some((member, shards)) = primary.and_then(|(member, _)| Some((member, facts.shards_of(&member.key)?))) {
        let said = facts.caches.get(&member.key).is_some_and(|it| it.shards.is_some());
        let why = if said { "" } else { ", which has none: it is not clustered" };
        let from = format!("shardCount of {}{why}", member.name);
        draft.set("passive.shards", shards.to_string(), from, |plan| plan.passive.shards = Some(shards));
    }
}

fn settings(draft: &mut Draft, deployment: &Deployment, facts: &Facts, catalog: &Catalog) {
    let Some((member, cache)) = deployment.caches(facts).next() else { return };
    if let Some(replicas) = cache.replicas {
        let from = format!("replicasPerPrimary of {}", member.name);
        draft.set("passive.replicas_per_primary", replicas.to_string(), from, |plan| {
            plan.passive.replicas_per_primary = replicas;
        });
    }
    let memory = cache.size.as_deref().and_then(|size| catalog.sku(&SkuId::new(size))).map(|sku| sku.memory);
    let share = |mb: Option<u32>| {
        let share = Bytes::mb(f64::from(mb?)) / memory?;
        (0.0..=0.6).contains(&share).then_some(Ratio::fraction(share))
    };
    if let Some(share) = share(cache.reserved_mb) {
        let from = format!("maxmemory-reserved of {}", member.name);
        draft.set("passive.reserved", format::percent(share), from, |plan| plan.passive.reserved = share);
    }
    if let Some(share) = share(cache.fragmentation_mb) {
        let from = format!("maxfragmentationmemory-reserved of {}", member.name);
        draft.set("passive.fragmentation_reserved", format::percent(share), from, |plan| {
            plan.passive.fragmentation_reserved = share;
        });
    }
    persistence(draft, deployment, facts);
    let keys = Compared::of(deployment, facts, "disableAccessKeyAuthentication", |it| it.keys_disabled);
    if let Some(keys) = keys.filter(|keys| keys.all(|off| *off)) {
        draft.set("passive.entra_id", "yes", keys.shown(ToString::to_string), |plan| plan.passive.entra_id = true);
    }
}

fn persistence(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    let is_open =
        |cache: &Cache| ["RDB persistence", "AOF persistence"].iter().any(|of| cache.disputed.contains_key(of));
    let saved = |cache: &Cache| match (cache.rdb, cache.aof) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (None, None) => None,
        _ => (!is_open(cache)).then_some(false),
    };
    let caches: Vec<(String, bool)> =
        deployment.caches(facts).filter_map(|(member, cache)| Some((member.name.clone(), saved(cache)?))).collect();
    let is_whole = caches.len() == deployment.members.len();
    let compared = Compared::new("persistence", caches);
    let on = !compared.all(|on| !*on);
    // One half that has it says it of the pair; without it both have to say so.
    if !on && !is_whole {
        draft.miss("passive.persistence", "No file shows of both halves whether RDB or AOF persistence is on.");
        return;
    }
    let from = compared.shown(|on| if *on { "on" } else { "off" }.to_owned());
    draft.set("passive.persistence", if on { "on" } else { "off" }, from, |plan| plan.passive.persistence = on);
}

/// Keys of the private endpoints of a cache that are approved, or of which no file shows how far they are.
pub(in crate::estate) fn endpoints<'a>(facts: &'a Facts, cache: &str) -> Vec<&'a str> {
    let from = (cache.to_owned(), String::new());
    let own = facts.endpoints.range(from..).take_while(|((of, _), _)| of == cache);
    own.filter(|(_, it)| {
        it.status.as_deref().is_none_or(|it| it.eq_ignore_ascii_case("Approved")) && it.disputed.is_empty()
    })
    .map(|((_, key), _)| key.as_str())
    .collect()
}

/// True for an Azure Cache for Redis that lists its private endpoints, has none that is approved, and admits nobody else. A cluster may list
/// none where it has some.
pub(in crate::estate) fn is_unreachable(facts: &Facts, key: &str) -> bool {
    let Some(cache) = facts.caches.get(key).filter(|it| it.tier.is_some_and(|tier| !tier.is_cluster())) else {
        return false;
    };
    let is_shut = cache.public_access == Some(false) && cache.subnet.is_none() && cache.endpoints.is_some();
    is_shut && endpoints(facts, key).is_empty() && !disputes::of_endpoints(facts, key)
}

/// How clients reach the caches of a deployment, with what shows it; none where the caches differ or nothing is known.
pub(in crate::estate) fn network_of(deployment: &Deployment, facts: &Facts) -> Option<(Network, String)> {
    let each: Option<Vec<(String, Network)>> = deployment
        .caches(facts)
        .map(|(member, cache)| {
            let network = if cache.subnet.is_some() {
                Network::VnetInjected
            } else if !endpoints(facts, &member.key).is_empty() || cache.public_access == Some(false) {
                Network::PrivateEndpoint
            } else if disputes::of_endpoints(facts, &member.key) {
                return None;
            } else {
                cache.public_access.map(|_| Network::Public)?
            };
            Some((member.name.clone(), network))
        })
        .collect();
    let each = each.filter(|each| !each.is_empty())?;
    let network = each[0].1;
    let compared = Compared::new("network", each);
    compared.equal().then(|| (network, compared.shown(|it| crate::units::names::Named::label(*it).to_owned())))
}

fn network(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    match network_of(deployment, facts) {
        Some((network, from)) => {
            let label = crate::units::names::Named::label(network);
            draft.set("passive.network", label, from, |plan| plan.passive.network = network);
        }
        None => draft.miss(
            "passive.network",
            "No file shows how clients reach both caches, or they are reached in different ways.",
        ),
    }
}

fn checks(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    // The subscription stands in an id, so that of a cache that is not imported is known too; code has stand-ins for ids.
    let subscriptions: Option<Vec<(String, String)>> = deployment
        .members
        .iter()
        .map(|it| {
            let subscription = id::part(&it.key, "subscriptions").filter(|_| !id::is_stand_in(&it.key))?;
            Some((it.name.clone(), subscription.to_owned()))
        })
        .collect();
    let subscriptions = subscriptions.map(|values| Compared::new("subscription", values));
    draft.confirm(
        "passive.checks.same_subscription",
        subscriptions.as_ref().map(Compared::equal),
        subscriptions.map(|it| it.shown(Clone::clone)).unwrap_or_default(),
        |plan| &mut plan.passive.checks.same_subscription,
    );
    let version = Compared::of(deployment, facts, "redisVersion", |it| Some(version_of(it.version.as_deref()?)));
    draft.confirm(
        "passive.checks.same_version",
        version.as_ref().map(Compared::equal),
        version.map(|it| it.shown(Clone::clone)).unwrap_or_default(),
        |plan| &mut plan.passive.checks.same_version,
    );
    let each = deployment.members.iter().map(|it| Some((it.name.clone(), facts.shards_of(&it.key)?)));
    let shards = each.collect::<Option<Vec<_>>>().map(|values| Compared::new("shardCount", values));
    let shown = shards.as_ref().map(|it| it.shown(ToString::to_string)).unwrap_or_default();
    let both = shards.as_ref().map(|it| it.all(|count| *count > 0) || it.all(|count| *count == 0));
    draft.confirm("passive.checks.same_clustering", both, shown.clone(), |plan| {
        &mut plan.passive.checks.same_clustering
    });
    draft.confirm("passive.checks.same_shards", shards.map(|it| it.equal()), shown, |plan| {
        &mut plan.passive.checks.same_shards
    });
    let tls = Compared::of(deployment, facts, "port and TLS", |it| Some((it.plain_port?, it.tls.clone())));
    draft.confirm(
        "passive.checks.same_port_and_tls",
        tls.as_ref().map(Compared::equal),
        tls.map(|it| it.shown(|(open, tls)| port_and_tls(*open, tls.as_deref()))).unwrap_or_default(),
        |plan| &mut plan.passive.checks.same_port_and_tls,
    );
    let keys = Compared::of(deployment, facts, "disableAccessKeyAuthentication", |it| it.keys_disabled);
    draft.confirm(
        "passive.checks.access_keys_enabled",
        keys.as_ref().map(|it| it.all(|off| !off)),
        keys.map(|it| it.shown(ToString::to_string)).unwrap_or_default(),
        |plan| &mut plan.passive.checks.access_keys_enabled,
    );
}

/// Major and minor version, which a link compares: "6", "6.0" and "6.0.14" are one.
fn version_of(text: &str) -> String {
    let mut parts = text.split('.');
    format!("{}.{}", parts.next().unwrap_or_default(), parts.next().unwrap_or("0"))
}

fn port_and_tls(open: bool, tls: Option<&str>) -> String {
    let port = if open { "port without TLS open" } else { "TLS only" };
    tls.map_or_else(|| port.to_owned(), |tls| format!("{port}, {tls} at least"))
}

/// What holds while the pair runs: state, links, endpoints.
fn operation(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    let states = Compared::of(deployment, facts, "provisioningState", |it| it.state.clone());
    let single = deployment.members.iter().all(|member| links_of(facts, &member.key) <= 1);
    let running = states
        .as_ref()
        .map(|it| single && it.all(|state| ["succeeded", "linking"].contains(&state.to_ascii_lowercase().as_str())));
    let links = if single { "one link each" } else { "one of them in several links" };
    draft.confirm(
        "passive.checks.both_running_unlinked",
        running,
        states.map(|it| format!("{}; {links}", it.shown(Clone::clone))).unwrap_or_default(),
        |plan| &mut plan.passive.checks.both_running_unlinked,
    );
    // A cache without one says so itself: endpoints may be of a subscription that no file lists.
    let is_told = |key: &str| {
        let listed = facts.caches.get(key).and_then(|it| it.endpoints.as_ref());
        !endpoints(facts, key).is_empty() || listed.is_some_and(std::collections::BTreeSet::is_empty)
    };
    let private = deployment.members.iter().all(|it| !disputes::of_endpoints(facts, &it.key) && is_told(&it.key));
    let counts: Vec<(String, usize)> =
        deployment.members.iter().map(|it| (it.name.clone(), endpoints(facts, &it.key).len())).collect();
    let counts = Compared::new("private endpoints", counts);
    let some = !counts.all(|count| *count == 0);
    draft.confirm(
        "passive.checks.endpoints_before_link",
        (private && some).then(|| counts.all(|count| *count > 0)),
        counts.shown(ToString::to_string),
        |plan| &mut plan.passive.checks.endpoints_before_link,
    );
}

/// Links that a cache has, its own and those in which others name it, each peer once.
pub(in crate::estate) fn links_of(facts: &Facts, key: &str) -> usize {
    let own = facts.links.keys().filter(|(owner, _)| owner == key).map(|(_, peer)| id::name(peer));
    let others = facts.links.keys().filter(|(_, peer)| peer == key).map(|(owner, _)| id::name(owner));
    // Of lists that disagree each has one, and none is known to be today's.
    let cache = facts.caches.get(key).filter(|it| !it.disputed.contains_key("linkedServers"));
    let listed = cache.and_then(|it| it.linked.as_ref()).into_iter().flatten().map(|it| id::name(it));
    own.chain(others).chain(listed).collect::<std::collections::BTreeSet<_>>().len()
}
