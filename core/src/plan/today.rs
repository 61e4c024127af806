//! What runs today, where it is no pair: the design that every candidate is moved to from.

use super::rows::table;
use super::{Confirmation, Plan};
use crate::catalog::{RegionId, SkuId};
use crate::units::Money;
use std::borrow::Cow;

/// A pair that runs here has fields of its own.
fn no_pair(plan: &Plan) -> bool {
    !plan.pair_runs()
}

fn caches_run(plan: &Plan) -> bool {
    no_pair(plan) && plan.today.sku.is_some()
}

/// Or a pair in another size than the plan's.
fn has_size(plan: &Plan) -> bool {
    no_pair(plan) || plan.pair_runs_as().is_some()
}

fn counts_caches(plan: &Plan) -> bool {
    caches_run(plan) || plan.pair_runs_as().is_some()
}

fn groups_in_regions(plan: &Plan) -> bool {
    let classic = |sku: &SkuId| ["Basic", "Standard", "Premium"].iter().any(|tier| sku.as_str().starts_with(tier));
    caches_run(plan) && !plan.today.sku.as_ref().is_some_and(classic) && plan.today.regions > 1
}

pub(super) fn anything_runs(plan: &Plan) -> bool {
    !no_pair(plan) || plan.today.sku.is_some()
}

table! {
    /// The caches that run today where they are no pair of the plan's regions: of a tier that ends, of Premium, or of Azure Managed Redis. A
    /// pair that exists is `passive.exists` with its size; one of other regions is both. What of it is not said costs nothing in any way (M-10).
    #[derive(Eq)]
    Today at [today] in Existing {
        /// None where nothing or the pair runs.
        sku: Option<SkuId> = None => size("Size that runs today", Running)
            { basic: true, when: has_size, empty: "not entered" };
        /// Of a clustered cache its shards.
        caches: u32 = 1 => number("Caches of it in a region", Count, "", 1.0..=100.0)
            { basic: true, basic_when: counts_caches, when: counts_caches };
        /// Of the plan, from the first.
        regions: u32 = 1 => number("Regions that have it", Count, "", 1.0..=5.0)
            { basic: true, basic_when: caches_run, when: caches_run };
        /// Ids with commas between them; empty: the plan's first ones. What is searched in other regions leaves it where it runs; of a pair that
        /// exists its two, the primary first.
        elsewhere: String = String::new() => text("Regions that have it, by name", 200)
            { basic: true, when: |plan| !plan.today.elsewhere.is_empty(), empty: "the plan's first" };
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
        let named = named(self);
        if named.is_empty() { first_regions(self, self.today.regions.max(1) as usize) } else { named }
    }

    /// The pair that exists runs in the plan's first two regions, in either order: `today.elsewhere` names no others.
    #[must_use]
    pub fn pair_runs(&self) -> bool {
        let here = || {
            let named = named(self);
            named.is_empty() || same(&named, &first_regions(self, 2))
        };
        self.regions.len() > 1 && self.passive.exists.is_confirmed() && here()
    }

    /// The size that the pair runs in, where the plan gives it another one: a design that was taken says with `today.elsewhere` what runs.
    #[must_use]
    pub fn pair_runs_as(&self) -> Option<(&SkuId, u32)> {
        let given = self.passive.sku.as_ref().filter(|_| self.pair_runs() && !named(self).is_empty())?;
        let runs = self.today.sku.as_ref()?;
        let same = self.runs_in_size(given, self.passive.shards.unwrap_or(1));
        (!same).then_some((runs, self.today.caches.max(1)))
    }

    /// The plan with the pair in the size that it runs in.
    #[must_use]
    pub fn pair_as_it_runs(&self) -> Cow<'_, Self> {
        let Some((sku, shards)) = self.pair_runs_as() else { return Cow::Borrowed(self) };
        let mut runs = self.clone();
        (runs.passive.sku, runs.passive.secondary_sku) = (Some(sku.clone()), None);
        runs.passive.shards = Some(if shards > 1 { shards } else { 0 });
        Cow::Owned(runs)
    }

    /// The pair that runs here keeps its size, whatever this plan gives it.
    pub(crate) fn leave_pair_in(&mut self, sku: SkuId, shards: u32) {
        let elsewhere = listed(&first_regions(self, 2));
        let Today { prepaid, prepaid_months, .. } = self.today;
        self.today = Today {
            sku: Some(sku),
            caches: shards.max(1),
            regions: 2,
            elsewhere,
            prepaid,
            prepaid_months,
            ..Today::default()
        };
    }

    /// The pair that exists runs in regions that `today.elsewhere` names, the primary first.
    #[must_use]
    pub fn pair_runs_elsewhere(&self) -> bool {
        self.passive.exists.is_confirmed() && !named(self).is_empty() && !self.pair_runs()
    }

    /// The pair that exists runs in these two regions, in either order.
    pub(crate) fn pair_runs_in(&self, regions: &[RegionId]) -> bool {
        let own = if self.pair_runs_elsewhere() { named(self) } else { first_regions(self, 2) };
        self.passive.exists.is_confirmed() && same(&own, regions)
    }

    /// A Premium cache runs where the plan's pair has its primary, and becomes that: it is lone, or the primary of a pair that exists. A cache in
    /// the place of the secondary, or an old secondary, does not stay: a link empties it, or it has no clients.
    #[must_use]
    pub fn primary_stays(&self) -> bool {
        let Some(first) = self.primary().filter(|_| self.regions.len() > 1 && !self.pair_runs()) else { return false };
        let premium = self.today.sku.as_ref().is_some_and(|sku| sku.as_str().starts_with("Premium"));
        let runs = self.today_regions();
        let serves = if self.pair_runs_elsewhere() { 1 } else { runs.len() };
        premium && runs.iter().take(serves).any(|region| *region == first.region)
    }

    /// The regions of the caches of `today` but the one that stays as the primary; empty where none does.
    #[must_use]
    pub fn today_leaves(&self) -> Vec<RegionId> {
        let mut left = if self.primary_stays() { self.today_regions() } else { Vec::new() };
        let stays = left.iter().position(|region| self.primary().is_some_and(|first| first.region == *region));
        stays.map(|at| left.remove(at));
        left
    }

    /// The caches of `today` have this size; one that is not clustered has 0 shards or 1.
    #[must_use]
    pub fn runs_in_size(&self, sku: &SkuId, shards: u32) -> bool {
        self.today.sku.as_ref() == Some(sku) && self.today.caches.max(1) == shards.max(1)
    }

    /// What runs today stays where it runs, though this plan has other regions than the one from before: caches are named by their regions. A
    /// pair of two other regions is in `today` with its size, and in the pair's own fields again where the plan comes back to it.
    pub(crate) fn leave_what_runs(&mut self, before: &Self) {
        let (here, there) = (before.pair_runs(), before.pair_runs_elsewhere());
        if here || there {
            let runs = if here { first_regions(before, 2) } else { named(before) };
            let comes_back = same(&runs, &first_regions(self, 2));
            let (sku, shards) = (before.passive.sku.clone(), before.passive.shards);
            let Today { prepaid, prepaid_months, .. } = before.today;
            let nothing = || Today { prepaid, prepaid_months, ..Today::default() };
            if here && !comes_back {
                let caches = shards.unwrap_or(1).max(1);
                self.today = Today { sku, caches, regions: 2, elsewhere: listed(&runs), ..nothing() };
            } else if there && comes_back {
                let own = before.today.caches;
                if let (Some(runs), Some(given)) = (&before.today.sku, &sku)
                    && !before.runs_in_size(given, shards.unwrap_or(1))
                {
                    (self.passive.sku, self.passive.shards) = (Some(runs.clone()), Some(if own > 1 { own } else { 0 }));
                }
                self.today = nothing();
            }
            return;
        }
        let runs = before.today_regions();
        let first = first_regions(self, self.today.regions.max(1) as usize);
        self.today.elsewhere =
            if self.today.sku.is_none() || same(&runs, &first) { String::new() } else { listed(&runs) };
    }
}

/// The regions that `today.elsewhere` names.
fn named(plan: &Plan) -> Vec<RegionId> {
    let named = plan.today.elsewhere.split(',').map(str::trim).filter(|id| !id.is_empty());
    named.map(RegionId::new).collect()
}

/// The same regions in any order.
fn same(one: &[RegionId], other: &[RegionId]) -> bool {
    let sorted = |all: &[RegionId]| {
        let mut all: Vec<String> = all.iter().map(|it| it.as_str().to_owned()).collect();
        all.sort();
        all
    };
    sorted(one) == sorted(other)
}

fn first_regions(plan: &Plan, count: usize) -> Vec<RegionId> {
    plan.regions.iter().take(count).map(|share| share.region.clone()).collect()
}

fn listed(regions: &[RegionId]) -> String {
    regions.iter().map(RegionId::as_str).collect::<Vec<_>>().join(", ")
}
