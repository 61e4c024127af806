//! The months of one design by itself: what a budget of a month is held against.

use super::{Change, Grown, Month, Path, Retirement, Step, Waits, sizes};
use crate::catalog::Catalog;
use crate::model::Place;
use crate::model::cost::{FactorKey, FactorPart, PricedNode};
use crate::model::fit::{Cache, Design, Misfit, SizeName};
use crate::units::Money;

/// The bills of a design from the first month on while the load grows (M-10), without its way from what runs today. A pair whose service
/// ends goes on as the group that follows it. Of a design that waits the months before it takes over are those of what runs until then.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OwnMonths {
    /// Month by month, the known part of each bill; empty where the design is not possible.
    pub bills: Vec<Money>,
    /// The first month, from 1, whose size is another one, and that size.
    pub next: Option<(u32, Vec<SizeName>)>,
    /// The first month, from 1, of the group that follows a pair, and its size; `None` where the service does not end, and where nothing follows.
    pub follows: Option<(u32, Vec<SizeName>)>,
    /// The first month, from 1, whose load its size does not hold, or a target that it met is missed, with each reason; whether a size
    /// follows or none does. Of a pair up to the end of its service.
    pub outgrown: Option<(u32, Vec<Misfit>)>,
    /// How the load replaces its sizes, likewise.
    pub grown: Grown,
    /// Its first design where the months ahead ask for another one than the first month does.
    pub begins: Option<Design>,
    /// What of the dearest month is in proportion to each estimated factor.
    pub dearest_by_factor: Vec<FactorPart>,
    /// The nodes of that month at each of these factors.
    pub dearest_nodes: Vec<(FactorKey, PricedNode)>,
}

impl OwnMonths {
    /// Of `own`, the path as if the service had no end, up to its end; from then on of what follows. `whole` is the path with its way from what
    /// runs today: until a design takes over that waits, what runs is paid.
    pub(super) fn of(own: &Path, after: Option<(&Retirement, &Path)>, whole: &Path, catalog: &Catalog) -> Self {
        let last = after.map_or(u32::MAX, |(ends, _)| ends.month);
        let then =
            after.into_iter().flat_map(|(_, group)| &group.months).filter(|month| month.number > last && last > 0);
        let begins = Waits::of(whole).map_or(1, |it| it.month);
        let waiting = whole.months.iter().take_while(|month| month.number < begins);
        let runs = own.months.iter().take_while(|month| month.number <= last).chain(then);
        let months: Vec<&Month> = waiting.chain(runs.skip_while(|month| month.number < begins)).collect();
        let follows = months.iter().find(|month| month.number > last).copied();
        // It takes over in the size that it has by then.
        let seen = |step: &Step| step.month <= last && (begins == 1 || step.month > begins);
        let scaled = own.steps.iter().find_map(|step| match &step.change {
            Change::Scale { to, .. } if seen(step) => Some((step.month, to.clone())),
            _ => None,
        });
        let outgrown = own.steps.iter().find_map(|step| match step.change {
            Change::Scale { .. } if seen(step) => Some((step.month, step.reasons.clone())),
            Change::NothingLarger { .. } | Change::TargetMissed { .. } if step.month <= last => {
                Some((step.month.max(begins), step.reasons.clone()))
            }
            _ => None,
        });
        let bills: Vec<Money> = months.iter().map(|month| month.bill.at_least()).collect();
        let dearest = months.iter().max_by_key(|month| month.bill.at_least());
        Self {
            next: scaled,
            begins: own.begins.clone(),
            follows: follows.map(|month| (month.number, sizes(&month.caches, catalog))),
            outgrown,
            grown: Grown::of(own, last),
            dearest_nodes: dearest.map(|month| nodes_at_factors(month, catalog)).unwrap_or_default(),
            dearest_by_factor: dearest.map(|month| month.by_factor.clone()).unwrap_or_default(),
            bills,
        }
    }

    /// The dearest month; 0 without any.
    #[must_use]
    pub fn dearest(&self) -> Money {
        self.bills.iter().copied().max().unwrap_or(Money::ZERO)
    }

    /// The dearest month of the group that follows a pair; `None` without one.
    #[must_use]
    pub fn dearest_that_follows(&self) -> Option<Money> {
        let (since, _) = self.follows.as_ref()?;
        self.bills.iter().skip((*since as usize).saturating_sub(1)).copied().max()
    }

    /// The first of the dearest months, from 1, and its bill; `None` without any.
    #[must_use]
    pub fn dearest_month(&self) -> Option<(u32, Money)> {
        let dearest = self.dearest();
        let at = self.bills.iter().position(|bill| *bill == dearest)?;
        Some((u32::try_from(at).ok()?.saturating_add(1), dearest))
    }

    /// The node of the dearest month whose price has an estimated factor; `None` where no node has it then.
    #[must_use]
    pub fn node_at(&self, factor: &FactorKey) -> Option<&PricedNode> {
        self.dearest_nodes.iter().find(|(key, _)| key == factor).map(|(_, node)| node)
    }

    /// How many months cost more than a budget.
    #[must_use]
    pub fn over(&self, budget: Money) -> usize {
        self.bills.iter().filter(|bill| **bill > budget).count()
    }

    /// The bill of a month, from 1.
    #[must_use]
    pub fn bill(&self, month: u32) -> Option<Money> {
        self.bills.get(month.checked_sub(1)? as usize).copied()
    }
}

/// The nodes of a month whose prices have estimated factors.
fn nodes_at_factors(month: &Month, catalog: &Catalog) -> Vec<(FactorKey, PricedNode)> {
    let node = |cache: &Cache| {
        let service = catalog.service_of(catalog.size_at(cache.sku.as_str())?);
        let key = FactorKey { region: cache.region.clone(), service };
        let node = || PricedNode { sku: cache.sku.clone(), place: Place::of(catalog, &cache.region) };
        month.by_factor.iter().any(|part| part.key == key).then(|| (key, node()))
    };
    month.caches.iter().filter_map(node).collect()
}
