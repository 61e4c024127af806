//! Names of what follows: nothing new is called as what runs.

use super::super::names::Names;
use super::super::shell;
use crate::catalog::Catalog;
use crate::model::migration::Kind;
use crate::plan::{Network, Plan, RegionSite};

/// What ends the name of a cache, and of its group, that follows one.
const ENDING: &str = "-amr";
/// Longest name of an Azure Managed Redis cluster, and of a resource group.
const LONGEST: (usize, usize) = (60, 90);

/// The plan with a name and a group for each new cache, made of those of the old one. The privatelink zone of a classic cache is of another
/// name, so none is known; a subnet that holds an injected cache takes no endpoint, so another is asked for.
pub(super) fn with_new_names(plan: &Plan, catalog: &Catalog, kind: Kind) -> Plan {
    let mut new = plan.clone();
    let caches = Names::of(plan, catalog).caches;
    let injected = kind.is_classic() && plan.passive.network == Network::VnetInjected;
    for cache in &caches {
        let group = plan.site_of(cache.at).and_then(RegionSite::group).map(str::to_owned);
        let subscription = plan.site_of(cache.at).and_then(RegionSite::own_subscription).map(str::to_owned);
        let network = plan.site_of(cache.at).and_then(RegionSite::network).map(str::to_owned);
        let Some(site) = new.site_of_mut(cache.at) else { continue };
        site.cache = ended(&cache.plain, LONGEST.0);
        site.resource_group = ended(&group.unwrap_or_else(|| format!("rg-{}", cache.plain)), LONGEST.1);
        site.subscription = subscription.unwrap_or_default();
        if kind.is_classic() {
            site.zone_group.clear();
        }
        if injected {
            site.vnet = network.unwrap_or_default();
            site.subnet.clear();
        }
    }
    new
}

fn ended(name: &str, most: usize) -> String {
    let room = most - ENDING.len();
    format!("{}{ENDING}", name.chars().take(room).collect::<String>().trim_end_matches('-'))
}

/// Variables of what runs, with the lines that set them, where the site file has them: `OLD_NAME_EASTUS=orders`.
pub(super) fn old_names(plan: &Plan, catalog: &Catalog) -> Vec<(String, String)> {
    let of = |cache: super::Cache| {
        let site = plan.site_of(cache.at);
        let name = site.and_then(RegionSite::cache_name);
        let group = site.and_then(RegionSite::group);
        let line = |what: &str, text: Option<&str>| {
            let name = format!("{what}_{}", cache.variable);
            text.map(|text| (name.clone(), format!("{name}={}", shell::arg(text))))
        };
        [line("OLD_NAME", name), line("OLD_GROUP", group)]
    };
    Names::of(plan, catalog).caches.into_iter().flat_map(of).flatten().collect()
}
