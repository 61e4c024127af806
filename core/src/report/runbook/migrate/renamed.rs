//! Names of what follows: nothing new is called as what runs.

use super::super::names::Names;
use super::super::shell;
use super::super::what_runs::{MANAGED, beside_what_runs};
use crate::catalog::Catalog;
use crate::model::migration::Kind;
use crate::plan::{Plan, RegionShare, RegionSite, known};
use crate::units::Ratio;
use std::borrow::Cow;

/// The plan with a name and a group for each new cache, made of those of the old one.
pub(super) fn with_new_names(plan: &Plan, catalog: &Catalog, kind: Kind) -> Plan {
    let all: Vec<usize> = (0..plan.regions.len()).collect();
    let mut new = beside_what_runs(plan, catalog, &all, MANAGED, !kind.is_classic());
    // The zone of Enterprise is privatelink.redisenterprise.cache.azure.net: the one that follows is created.
    for at in all {
        if let Some(site) = new.site_of_mut(at) {
            site.zone_group.clear();
        }
    }
    new
}

/// The plan in the regions of what runs, where it names others than its own.
pub(super) fn where_it_runs(plan: &Plan) -> Cow<'_, Plan> {
    if plan.pair_runs() || plan.today.elsewhere.is_empty() {
        return Cow::Borrowed(plan);
    }
    let share = |region| RegionShare { region, users: Ratio::ZERO, writes: Ratio::ZERO };
    Cow::Owned(Plan { regions: plan.today_regions().into_iter().map(share).collect(), ..plan.clone() })
}

/// The zone of a classic cache's endpoints.
const OLD_ZONE: &str = "providers/Microsoft.Network/privateDnsZones/privatelink.redis.cache.windows.net";

/// Variables of what runs, with the lines that set them, where the site file has them: `OLD_NAME_EASTUS=orders`.
pub(super) fn old_names(plan: &Plan, catalog: &Catalog) -> Vec<(String, String)> {
    let plan = where_it_runs(plan);
    let of = |cache: super::Cache| {
        let site = plan.site_of(cache.at);
        let name = site.and_then(RegionSite::cache_name);
        let group = site.and_then(RegionSite::group);
        let zone = site.and_then(RegionSite::zone).and_then(|group| {
            let subscription = group.subscription.or(known(&plan.site.subscription))?;
            Some(format!("/subscriptions/{subscription}/resourceGroups/{}/{OLD_ZONE}", group.name))
        });
        let line = |what: &str, text: Option<&str>| {
            let name = format!("{what}_{}", cache.variable);
            text.map(|text| (name.clone(), format!("{name}={}", shell::arg(text))))
        };
        [line("OLD_NAME", name), line("OLD_GROUP", group), line("OLD_ZONE", zone.as_deref())]
    };
    Names::of(&plan, catalog).caches.into_iter().flat_map(of).flatten().collect()
}
