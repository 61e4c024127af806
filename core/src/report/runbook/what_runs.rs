//! What stands today, of what the plan says: which design runs, and under which names a design is built beside what runs.
//!
//! A create command over a live cache changes it: a design that does not run gets names of its own.

use super::names::Names;
use crate::catalog::{Catalog, SkuId};
use crate::decide::Comparison;
use crate::model::Topology;
use crate::model::demand::demand;
use crate::model::fit::SizeName;
use crate::model::horizon::{Origin, first_design, may_keep, resized_from};
use crate::plan::{Network, Plan, RegionSite};
use crate::units::format::listed;
use crate::words::misfit::sizes;
use std::borrow::Cow;

/// What ends the name of a cache, and of its group, that is built beside one.
pub(super) const MANAGED: &str = "-amr";
const PAIR: &str = "-pair";
pub(super) const NEW: &str = "-new";
/// Longest name of an Azure Managed Redis cluster, and of a resource group.
const LONGEST: (usize, usize) = (60, 90);

/// The design that runs today: the pair that exists, a group of clusters, or one cluster. `None` where nothing runs, and where it is none of
/// the three: lone caches of Azure Cache for Redis.
#[must_use]
pub fn running(plan: &Plan) -> Option<Topology> {
    if plan.pair_runs() {
        return Some(Topology::Passive);
    }
    plan.today.sku.as_ref()?;
    if !plan.primary().is_some_and(|first| plan.today_regions().contains(&first.region)) {
        return None;
    }
    let grouped = plan.today.regions > 1 && plan.regions.len() > 1 && !plan.today.grouped.is_not_so();
    (!is_classic(plan)).then_some(if grouped { Topology::Active } else { Topology::Rebuild })
}

/// The design is what runs: as it is, or scaled to the design's size. A size that Managed Redis has no way to is another one beside it (M-10).
pub(in crate::report) fn runs(topology: Topology, plan: &Plan, catalog: &Catalog) -> bool {
    let kept = || kept(topology, plan, catalog).is_some();
    running(plan) == Some(topology) && (plan.pair_runs() || kept()) || stays_alone(topology, plan) && kept()
}

#[cfg(test)]
thread_local! {
    /// How often a design was sized to tell whether it is what runs.
    pub(super) static SIZED: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// The size of the design, where Azure Managed Redis that runs is kept for it (M-10): as it is, scaled to that size, or with one more member;
/// `None` of all else that runs. It sizes the design, which is work: ask once.
fn kept(topology: Topology, plan: &Plan, catalog: &Catalog) -> Option<SkuId> {
    let runs = plan.today.sku.as_ref().filter(|_| !plan.pair_runs())?;
    catalog.sku(runs).filter(|sku| sku.family.is_managed_redis())?;
    #[cfg(test)]
    SIZED.set(SIZED.get() + 1);
    let design = first_design(topology, plan, catalog, &demand(plan));
    let size = design.caches.first().map(|cache| cache.sku.clone())?;
    may_keep(topology, plan, &size, catalog).then_some(size)
}

/// The design is one member of the group that runs.
fn stays_alone(topology: Topology, plan: &Plan) -> bool {
    topology == Topology::Rebuild && running(plan) == Some(Topology::Active)
}

/// "The active group runs today in East US and North Europe; its member in UK South is created." where a member is missing, of a group that
/// runs.
fn group_runs(plan: &Plan, catalog: &Catalog) -> String {
    let live = live_of(Topology::Active, plan, true);
    let places = |live_ones: bool| -> Vec<String> {
        let at = live.iter().enumerate().filter(|(_, live)| **live == live_ones);
        at.map(|(at, _)| plan.place_name(at, catalog).into_owned()).collect()
    };
    let [run, made] = [true, false].map(places);
    let [run, made] = [&run, &made].map(|all| listed(&all.iter().map(String::as_str).collect::<Vec<_>>()));
    if made.is_empty() {
        return "The active group runs today.".to_owned();
    }
    format!("The active group runs today in {run}; its member in {made} is created.")
}

/// What runs is of Azure Cache for Redis.
fn is_classic(plan: &Plan) -> bool {
    let named = |sku: &str| ["Premium", "Standard", "Basic"].iter().any(|tier| sku.starts_with(tier));
    let pair = plan.pair_runs() || plan.pair_runs_elsewhere();
    pair || plan.today.sku.as_ref().is_some_and(|sku| named(sku.as_str()))
}

/// A cache stands at this place of the plan: the plan says so, or its site file has the id of one.
fn runs_at(plan: &Plan, at: usize) -> bool {
    let says = plan.today.sku.is_some() || plan.pair_runs_elsewhere();
    let stands = if plan.pair_runs() { at < 2 } else { says && has_one_today(plan, at) };
    stands || plan.site_of(at).is_some_and(|site| site.cache.contains("/providers/"))
}

/// Whether the cache of this design runs, at each place of the plan. A rebuild has one: its second is created in an outage. Of a pair the first may run
/// alone, and become the primary.
pub(super) fn live(topology: Topology, plan: &Plan, catalog: &Catalog) -> Vec<bool> {
    live_of(topology, plan, runs(topology, plan, catalog))
}

/// The same of a design that runs, or does not.
fn live_of(topology: Topology, plan: &Plan, runs: bool) -> Vec<bool> {
    let joins = joins(topology, plan);
    let is_live = |at: usize| {
        let own = topology != Topology::Rebuild || at == 0;
        let says = if plan.pair_runs() { at < 2 } else { has_one_today(plan, at) };
        own && says && runs || at == 0 && joins
    };
    (0..plan.regions.len()).map(is_live).collect()
}

/// The design is a pair whose primary runs, and whose secondary is created beside it.
pub(in crate::report) fn joins(topology: Topology, plan: &Plan) -> bool {
    topology == Topology::Passive && plan.primary_stays()
}

/// A cache of `today` stands at this place: of two places in one region the first where there is one.
fn has_one_today(plan: &Plan, at: usize) -> bool {
    let Some(share) = plan.regions.get(at) else { return false };
    let before = plan.regions.iter().take(at).filter(|it| it.region == share.region).count();
    plan.today_regions().iter().filter(|region| **region == share.region).count() > before
}

/// The plan by whose site file a design is written: its own where the design runs or nothing does; else with names beside what runs.
pub(in crate::report) fn placed<'a>(topology: Topology, plan: &'a Plan, catalog: &Catalog) -> Cow<'a, Plan> {
    let all = 0..plan.regions.len();
    let joins = joins(topology, plan);
    let live = live(topology, plan, catalog);
    let other = !joins && !runs(topology, plan, catalog) && all.clone().any(|at| runs_at(plan, at));
    let beside: Vec<usize> = all.filter(|at| other || (runs_at(plan, *at) && !live[*at])).collect();
    // A cluster stays one, if of one shard, and so does its partner.
    let cluster = joins && plan.today.caches > 1;
    let mut made = match (beside.is_empty(), cluster) {
        (true, false) => return Cow::Borrowed(plan),
        (true, true) => plan.clone(),
        (false, _) => named_beside(topology, plan, catalog, &beside),
    };
    if cluster {
        made.passive.shards = made.passive.shards.max(Some(1));
    }
    Cow::Owned(made)
}

fn named_beside(topology: Topology, plan: &Plan, catalog: &Catalog, beside: &[usize]) -> Plan {
    let classic = is_classic(plan);
    let ending = match (topology, classic) {
        (Topology::Passive, _) => PAIR,
        (_, true) => MANAGED,
        (_, false) => NEW,
    };
    beside_what_runs(plan, catalog, beside, ending, classic == (topology == Topology::Passive))
}

/// The plan with a name and a group for the new cache at each of these places, made of those of the old one. The privatelink zone of
/// another service is of another name, so none is known; a subnet that holds an injected cache takes no endpoint, so another is asked for.
pub(super) fn beside_what_runs(
    plan: &Plan,
    catalog: &Catalog,
    places: &[usize],
    ending: &str,
    same_service: bool,
) -> Plan {
    let mut new = plan.clone();
    let injected = !same_service && plan.passive.network == Network::VnetInjected;
    for cache in Names::of(plan, catalog).caches.iter().filter(|cache| places.contains(&cache.at)) {
        let old = plan.site_of(cache.at);
        let group = old.and_then(RegionSite::group).map(str::to_owned);
        let subscription = old.and_then(RegionSite::own_subscription).map(str::to_owned);
        let network = old.and_then(RegionSite::network).map(str::to_owned);
        let Some(site) = new.site_of_mut(cache.at) else { continue };
        site.cache = ended(&cache.plain, ending, LONGEST.0);
        site.resource_group = ended(&group.unwrap_or_else(|| format!("rg-{}", cache.plain)), ending, LONGEST.1);
        site.subscription = subscription.unwrap_or_default();
        if !same_service {
            site.zone_group.clear();
        }
        if injected {
            site.vnet = network.unwrap_or_default();
            site.subnet.clear();
        }
    }
    new
}

/// A name that ends so, cut before the ending where it would be too long; never the name itself.
fn ended(name: &str, ending: &str, most: usize) -> String {
    let cut = |ending: &str| {
        let room = most.saturating_sub(ending.len());
        format!("{}{ending}", name.chars().take(room).collect::<String>().trim_end_matches('-'))
    };
    let first = cut(ending);
    if first == name { cut(&format!("{ending}2")) } else { first }
}

/// The design that is shown until another is asked for: the one that runs, else the recommended one.
#[must_use]
pub fn shown_first(plan: &Plan, comparison: &Comparison) -> Topology {
    let kept = |it: &Topology| comparison.over.as_ref().is_none_or(|over| over.of(*it).way != Origin::Moves);
    running(plan).filter(kept).unwrap_or_else(|| super::recommended(comparison))
}

/// Why this design is in sight, for the first line of what is printed: "The passive pair runs today. Recommended: the active group."
#[must_use]
pub fn shown_words(topology: Topology, plan: &Plan, catalog: &Catalog, comparison: &Comparison) -> String {
    let name = |topology: Topology| format!("the {}", topology.name().to_ascii_lowercase());
    let capital = |topology: Topology| format!("The {}", topology.name().to_ascii_lowercase());
    let best = match (comparison.choice, comparison.nearest) {
        (Some(choice), _) if choice == topology => " It is the recommended design.".to_owned(),
        (Some(choice), _) => format!(" Recommended: {}.", name(choice)),
        (None, Some(nearest)) if nearest == topology => {
            " None of the plan's designs meets every target; it is the nearest.".to_owned()
        }
        (None, Some(nearest)) => {
            format!(" None of the plan's designs meets every target; {} is the nearest.", name(nearest))
        }
        (None, None) => String::new(),
    };
    let says = plan.today.sku.is_some() || plan.pair_runs_elsewhere();
    let stands = says || (0..plan.regions.len()).any(|at| runs_at(plan, at));
    let today = running(plan);
    // One sizing tells whether the design is what runs, and in which size.
    let asked = today == Some(topology) || stays_alone(topology, plan);
    let size = if asked { kept(topology, plan, catalog) } else { None };
    let is_it = size.is_some() || plan.pair_runs() && topology == Topology::Passive;
    let resized = || resized(topology, plan, catalog, size.as_ref());
    let runs = match today {
        _ if joins(topology, plan) => {
            format!("The cache in {} runs today; its partner is created beside it.", plan.place_name(0, catalog))
        }
        Some(Topology::Active) if is_it && topology == Topology::Active => group_runs(plan, catalog) + &resized(),
        Some(runs) if is_it && runs == topology => format!("{} runs today.{}", capital(topology), resized()),
        _ if is_it => {
            format!("The group's member in {} runs today and stays alone.{}", plan.place_name(0, catalog), resized())
        }
        Some(runs) if runs != topology && self::runs(runs, plan, catalog) => {
            format!("{} runs today; {} is built beside it, under new names.", capital(runs), name(topology))
        }
        _ if stands => format!("{} is built beside what runs today, under new names.", capital(topology)),
        _ => format!("{}: nothing runs yet, as far as the plan says.", capital(topology)),
    };
    format!("{runs}{best}")
}

/// " It is of B5: scale it first, see “Change”." of what runs in another size than the design's, which of Managed Redis is `size`; "" of all else.
fn resized(topology: Topology, plan: &Plan, catalog: &Catalog, size: Option<&SkuId>) -> String {
    let how = match topology {
        Topology::Rebuild => "to a size that az redisenterprise list-skus-for-scaling names",
        Topology::Passive | Topology::Active => "see “Change”",
    };
    let from = match (size, &plan.today.sku) {
        (Some(size), Some(runs)) => (runs != size).then(|| vec![SizeName { sku: runs.clone(), shards: None }]),
        // A pair says its size by itself.
        _ => resized_from(topology, plan, catalog),
    };
    from.map_or_else(String::new, |from| format!(" It is of {}: scale it first, {how}.", sizes(&from)))
}
