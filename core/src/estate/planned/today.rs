//! What runs today where it is no pair: the design from which every candidate is moved (M-10).

use crate::catalog::{Catalog, RegionId, SkuId};
use crate::estate::deployments::{Deployment, Kind};
use crate::estate::facts::{Cache, Facts, Tier};
use crate::estate::planned::compare::Compared;
use crate::estate::planned::draft::Draft;
use crate::estate::planned::managed::has_mixed_availability;
use crate::plan::Confirmation;
use crate::units::lines::id_fault;
use crate::units::{HOURS_PER_MONTH, Money, format};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Sets size, caches and regions of what runs; of a pair its own fields say all of that.
pub(in crate::estate) fn describe(draft: &mut Draft, deployment: &Deployment, facts: &Facts, catalog: &Catalog) {
    if deployment.kind == Kind::Pair {
        return;
    }
    let names: Vec<&str> = deployment.members.iter().map(|it| it.name.as_str()).collect();
    let listed = format::listed(&names);
    if !deployment.is_deployed(facts) {
        let why = format!(
            "Code describes {listed}; no answer of Azure shows what runs: az redis list and az redisenterprise list do."
        );
        draft.miss("today.sku", why);
        return;
    }
    match no_pair(deployment, facts, &listed) {
        Ok(from) => draft.set("passive.exists", "not so", from, |plan| plan.passive.exists = Confirmation::NotSo),
        Err(why) => draft.miss("passive.exists", why),
    }
    let caches = || deployment.caches(facts);
    if let Some((member, _)) = caches().find(|(_, it)| it.tier.is_some_and(|tier| !tier.is_cluster())) {
        let from = format!("{} is an Azure Cache for Redis of the tenant", member.name);
        draft.confirm("passive.tenant_had_cache", Some(true), from, |plan| &mut plan.passive.tenant_had_cache);
    }
    let sizes: Vec<(String, String)> =
        caches().filter_map(|(member, cache)| Some((member.name.clone(), cache.size.clone()?))).collect();
    let Some((_, size)) = sizes.first().cloned().filter(|(_, size)| id_fault(size).is_none()) else {
        draft.miss("today.sku", format!("The size of {listed} is not known."));
        return;
    };
    let sizes = Compared::new("sku", sizes);
    if !sizes.equal() {
        let why =
            format!("What runs today has one size in the plan, and members differ: {}.", sizes.shown(Clone::clone));
        draft.miss("today.sku", why);
        return;
    }
    let sku = SkuId::new(&size);
    draft.set("today.sku", size.as_str(), sizes.shown(Clone::clone), |plan| plan.today.sku = Some(sku.clone()));
    parts(draft, deployment, facts, catalog);
    replicas(draft, deployment, facts, catalog);
    mixed_availability(draft, deployment, facts, catalog);
    let regions = u32::try_from(draft.plan.regions.len()).unwrap_or(1);
    let silent: Vec<&str> =
        deployment.members.iter().filter(|it| it.location.is_none()).map(|it| it.name.as_str()).collect();
    if deployment.kind == Kind::Group && !silent.is_empty() {
        draft.miss("today.regions", format!("No file shows the region of {}.", format::listed(&silent)));
    } else if deployment.kind == Kind::Group {
        let from = format!("location of {listed}");
        draft.set("today.regions", regions.to_string(), from, |plan| plan.today.regions = regions);
    }
    let priced = draft.plan.regions.iter().all(|it| catalog.node_amount(&sku, &it.region).is_some());
    if !priced {
        let why = format!(
            "The catalogue has no price of {size}: enter what it costs a month, or the move has no whole cost."
        );
        draft.miss("today.month", why);
    }
}

/// What shows that a deployment is no pair; why that is open, else: a file without links is silent, and only an empty list of them is none.
fn no_pair(deployment: &Deployment, facts: &Facts, listed: &str) -> Result<String, String> {
    if deployment.kind == Kind::Group {
        return Ok(format!("{listed} are a group, no pair"));
    }
    let Some((member, cache)) = deployment.caches(facts).next() else {
        return Err(format!("{listed} is in no file."));
    };
    let name = &member.name;
    match cache.tier {
        _ if facts.misses_databases(&member.key) => Err(format!(
            "No database of {name} is in the files, and with it whether it is linked: az redisenterprise list prints both."
        )),
        Some(Tier::Premium) if cache.linked.as_ref().is_some_and(BTreeSet::is_empty) => {
            Ok(format!("linkedServers of {name} is empty"))
        }
        Some(Tier::Premium) | None => {
            Err(format!("No file shows whether {name} is linked: az redis show does (linkedServers)."))
        }
        Some(tier) => Ok(format!("{name} is {}, which has no links of pairs", tier.name())),
    }
}

/// How many caches of the size a region has: shards of a Premium cache, smallest clusters of an Enterprise capacity.
fn parts(draft: &mut Draft, deployment: &Deployment, facts: &Facts, catalog: &Catalog) {
    let each: Option<Vec<(String, u32)>> = deployment
        .caches(facts)
        .map(|(member, cache)| Some((member.name.clone(), parts_of(cache, facts.shards_of(&member.key), catalog)?)))
        .collect();
    let property = match deployment.tier(facts) {
        Some(Tier::Premium) => "shardCount",
        Some(Tier::Enterprise | Tier::EnterpriseFlash) => "sku.capacity",
        _ => return,
    };
    let Some(each) = each.filter(|it| !it.is_empty()) else {
        draft.miss("today.caches", format!("No file shows {property}: one cache of the size is assumed."));
        return;
    };
    let most = each.iter().map(|it| it.1).max().unwrap_or(1).clamp(1, 100);
    let compared = Compared::new(property, each);
    let from = compared.shown(|count| format!("{count} × the size"));
    draft.set("today.caches", most.to_string(), from.clone(), |plan| plan.today.caches = most);
    // The plan has one number of all members: their month is that of each.
    let month = month_of_each(deployment, facts, catalog).filter(|_| !compared.equal());
    if let Some(month) = month {
        let value = format::money(month, catalog.currency());
        draft.set("today.month", value, from, |plan| plan.today.month = Some(month));
    }
}

/// The month of a lone Premium cache with another number of replicas than one: n × (1 + replicas) nodes (M-10).
fn replicas(draft: &mut Draft, deployment: &Deployment, facts: &Facts, catalog: &Catalog) {
    let premium = deployment.caches(facts).next().filter(|(_, it)| it.tier == Some(Tier::Premium));
    let Some((member, replicas)) = premium.and_then(|(member, it)| Some((member, it.replicas?))) else { return };
    let count = draft.plan.today.caches.saturating_mul(replicas.saturating_add(1));
    let month = month_of_nodes(deployment, facts, catalog, |_| Some(count)).filter(|_| replicas != 1 && replicas <= 3);
    if let Some(month) = month {
        let from = format!("replicasPerPrimary of {}: {replicas}", member.name);
        draft.set("today.month", format::money(month, catalog.currency()), from, |plan| plan.today.month = Some(month));
    }
}

/// The month of members of which some have high availability and some have none: the nodes of each.
fn mixed_availability(draft: &mut Draft, deployment: &Deployment, facts: &Facts, catalog: &Catalog) {
    if !has_mixed_availability(deployment, facts) {
        return;
    }
    let nodes = |cache: &Cache| {
        let with_ha = catalog.sku(&SkuId::new(cache.size.as_deref()?))?.nodes_with_ha;
        Some(if cache.high_availability? { with_ha } else { 1 })
    };
    let Some(month) = month_of_nodes(deployment, facts, catalog, nodes) else {
        draft.miss(
            "today.month",
            "High availability or the price of a member is not known: enter what all cost a month.",
        );
        return;
    };
    let known = deployment.caches(facts).filter_map(|(it, cache)| Some((it.name.clone(), nodes(cache)?)));
    let from = Compared::new("nodes", known.collect()).shown(ToString::to_string);
    draft.set("today.month", format::money(month, catalog.currency()), from, |plan| plan.today.month = Some(month));
}

/// The nodes of every member for 730 hours at the price list; `None` where one has no price.
fn month_of_each(deployment: &Deployment, facts: &Facts, catalog: &Catalog) -> Option<Money> {
    month_of_nodes(deployment, facts, catalog, |cache| {
        let size = SkuId::new(cache.size.as_deref()?);
        let nodes = catalog.retiring_sizes().iter().find(|it| it.id == size)?.nodes;
        Some(nodes.saturating_mul(parts_of(cache, None, catalog)?))
    })
}

fn month_of_nodes(
    deployment: &Deployment,
    facts: &Facts,
    catalog: &Catalog,
    nodes: impl Fn(&Cache) -> Option<u32>,
) -> Option<Money> {
    let each: Option<Vec<Money>> = deployment
        .members
        .iter()
        .map(|member| {
            let cache = facts.caches.get(&member.key)?;
            let size = SkuId::new(cache.size.as_deref()?);
            let count = nodes(cache)?;
            let hours = Decimal::from(count) * Decimal::from(HOURS_PER_MONTH);
            Some(catalog.node_amount(&size, &RegionId::new(member.location.as_deref()?))? * hours)
        })
        .collect();
    each.map(|each| each.into_iter().fold(Money::ZERO, |sum, it| sum + it))
}

/// An Enterprise capacity counts nodes, of which the smallest cluster has two, or three on flash (S30).
fn parts_of(cache: &Cache, shards: Option<u32>, catalog: &Catalog) -> Option<u32> {
    match cache.tier? {
        Tier::Premium => Some(shards?.max(1)),
        Tier::Enterprise | Tier::EnterpriseFlash => {
            let size = SkuId::new(cache.size.as_deref()?);
            let nodes = catalog.retiring_sizes().iter().find(|it| it.id == size)?.nodes;
            Some((cache.capacity? / nodes.max(1)).max(1))
        }
        _ => Some(1),
    }
}
