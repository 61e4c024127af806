//! What runs today, where it is no pair: the design that every candidate is moved to from.

use super::rows::table;
use super::{Confirmation, Plan};
use crate::catalog::SkuId;
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
