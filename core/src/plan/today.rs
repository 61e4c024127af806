//! What runs today, where it is no pair: the design that every candidate is moved to from.

use super::rows::table;
use super::{Confirmation, Plan};
use crate::catalog::{RegionId, SkuId};
use crate::units::Money;

/// A pair that exists has fields of its own.
fn no_pair(plan: &Plan) -> bool {
    !(plan.regions.len() > 1 && plan.passive.exists.is_confirmed())
}

fn caches_run(plan: &Plan) -> bool {
    no_pair(plan) && plan.today.sku.is_some()
}

fn groups_in_regions(plan: &Plan) -> bool {
    let classic = |sku: &SkuId| ["Basic", "Standard", "Premium"].iter().any(|tier| sku.as_str().starts_with(tier));
    caches_run(plan) && !plan.today.sku.as_ref().is_some_and(classic) && plan.today.regions > 1
}

pub(super) fn anything_runs(plan: &Plan) -> bool {
    !no_pair(plan) || plan.today.sku.is_some()
}

table! {
    /// The caches that run today where they are no pair: of a tier that ends, of Premium, or of Azure Managed Redis. A pair that
    /// exists is `passive.exists` with its size. What of it is not said costs nothing in any way (M-10).
    #[derive(Eq)]
    Today at [today] in Existing {
        /// None where nothing or the pair runs.
        sku: Option<SkuId> = None => size("Size that runs today", Running)
            { basic: true, when: no_pair, empty: "not entered" };
        /// Of a clustered cache its shards.
        caches: u32 = 1 => number("Caches of it in a region", Count, "", 1.0..=100.0)
            { basic: true, basic_when: caches_run, when: caches_run };
        /// Of the plan, from the first.
        regions: u32 = 1 => number("Regions that have it", Count, "", 1.0..=5.0)
            { basic: true, basic_when: caches_run, when: caches_run };
        /// Ids with commas between them; empty: the plan's first ones. What is searched in other regions leaves it where it runs.
        elsewhere: String = String::new() => text("Regions that have it, by name", 200)
            { basic: true, when: |plan| caches_run(plan) && !plan.today.elsewhere.is_empty(), empty: "the plan's first" };
        /// Until it is said, they count as one: no tool takes a group.
        grouped: Confirmation = Confirmation::Unknown => confirm("They are one active group")
            { basic: true, basic_when: groups_in_regions, when: groups_in_regions };
        /// All nodes; else by the price of the size.
        month: Option<Money> = None => number("What it costs a month", Money, "$/month", 0.0..=1e9)
            { basic: true, basic_when: caches_run, when: caches_run, empty: "by the price of the size" };
        /// On the first day of the plan.
        prepaid: Option<Money> = None => number("Prepaid and not used up", Money, "$", 0.0..=1e9)
            { when: anything_runs, empty: "nothing" };
        /// Months that it lasts.
        prepaid_months: u32 = 0 => number("Months that it lasts", Count, "months", 0.0..=60.0)
            { when: |plan| anything_runs(plan) && plan.today.prepaid.is_some() };
    }
}

impl Plan {
    /// The regions in which the caches of `today` run: those that it names, else the plan's first.
    #[must_use]
    pub fn today_regions(&self) -> Vec<RegionId> {
        let named = self.today.elsewhere.split(',').map(str::trim).filter(|id| !id.is_empty());
        let named: Vec<RegionId> = named.map(RegionId::new).collect();
        if named.is_empty() { first_regions(self, self.today.regions.max(1) as usize) } else { named }
    }

    /// What runs today stays where it runs, though this plan has other regions than the one from before: caches are named by their regions, and
    /// a pair whose two regions are others is none of this plan's, but two Premium caches.
    pub(crate) fn leave_what_runs(&mut self, before: &Self) {
        let same = |one: &[RegionId], other: &[RegionId]| {
            one.len() == other.len() && one.iter().all(|region| other.contains(region))
        };
        if !no_pair(before) {
            let pair = first_regions(before, 2);
            if !same(&pair, &first_regions(self, 2)) {
                let (own, today) = (&before.passive, &before.today);
                self.passive.exists = Confirmation::NotSo;
                self.today = Today {
                    sku: own.sku.clone(),
                    caches: own.shards.unwrap_or(1).max(1),
                    regions: 2,
                    elsewhere: listed(&pair),
                    prepaid: today.prepaid,
                    prepaid_months: today.prepaid_months,
                    ..Today::default()
                };
            }
            return;
        }
        let runs = before.today_regions();
        let first = first_regions(self, self.today.regions.max(1) as usize);
        self.today.elsewhere =
            if self.today.sku.is_none() || same(&runs, &first) { String::new() } else { listed(&runs) };
    }
}

fn first_regions(plan: &Plan, count: usize) -> Vec<RegionId> {
    plan.regions.iter().take(count).map(|share| share.region.clone()).collect()
}

fn listed(regions: &[RegionId]) -> String {
    regions.iter().map(RegionId::as_str).collect::<Vec<_>>().join(", ")
}
