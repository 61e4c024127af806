//! What was paid for caches, by resource, month and currency, beside the month of a plan; and where the two differ.
//!
//! Amounts are decimal and exact: the parts of a difference add up to it. Two currencies are never added.

pub(super) mod charged_once;
pub(super) mod charges;

use super::deployments::Deployment;
use super::facts::Facts;
use super::id;
use crate::estate::costs::charged_once::charged_once;
pub use crate::estate::costs::charges::{ChargeOf, CostMeter, Spent};
use crate::model::cost::{Bill, BillLine, LineKind};
use crate::units::calendar::days_in;
use crate::units::{Currency, Date, HOURS_PER_MONTH, Money};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// What was paid for one cache in one month and currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actual {
    /// Key of the cache.
    pub cache: String,
    /// First day of the month.
    pub month: Date,
    /// The currency of the invoice.
    pub currency: Currency,
    /// What was paid, by meter; private endpoints of the cache among them.
    pub lines: Vec<(ChargeOf, Spent)>,
}

impl Actual {
    /// With commitments spread over their term.
    #[must_use]
    pub fn effective(&self) -> Money {
        Money::new(self.lines.iter().map(|it| it.1.effective).sum())
    }

    /// On the invoice.
    #[must_use]
    pub fn billed(&self) -> Money {
        Money::new(self.lines.iter().map(|it| it.1.billed).sum())
    }

    /// Days of the month that have a charge.
    #[must_use]
    pub fn days(&self) -> u32 {
        let last = days_of(self.month);
        let covers = |of: &ChargeOf| u32::from(of.from.day())..(u32::from(of.from.day()) + of.days).min(last + 1);
        let days: BTreeSet<u32> = self.lines.iter().flat_map(|(of, _)| covers(of)).collect();
        u32::try_from(days.len()).unwrap_or(last)
    }

    /// Charges of which two files say different amounts.
    #[must_use]
    pub fn contested(&self) -> usize {
        self.lines.iter().filter(|it| it.1.contested).count()
    }
}

/// Days of the month of a day.
#[must_use]
pub fn days_of(month: Date) -> u32 {
    u32::try_from(days_in(i64::from(month.year()), i64::from(month.month()))).unwrap_or(31)
}

/// What was paid by cache, month and currency, in that order.
#[must_use]
pub fn actual(facts: &Facts) -> Vec<Actual> {
    let owner: BTreeMap<&str, &str> =
        facts.endpoints.keys().map(|(cache, endpoint)| (endpoint.as_str(), cache.as_str())).collect();
    let mut all: BTreeMap<(String, Date, Currency), Vec<(ChargeOf, Spent)>> = BTreeMap::new();
    for (of, spent) in &facts.charges {
        let cache = if id::cache(&of.resource).is_some() {
            Some(of.resource.as_str())
        } else {
            owner.get(of.resource.as_str()).copied()
        };
        let (Some(cache), Ok(month)) = (cache, Date::new(of.from.year(), of.from.month(), 1)) else { continue };
        all.entry((cache.to_owned(), month, of.currency)).or_default().push((of.clone(), *spent));
    }
    let once = all.into_iter().map(|((cache, month, currency), lines)| {
        let lines = charged_once(lines);
        Actual { cache, month, currency, lines }
    });
    once.collect()
}

/// Why what was paid is not the plan's month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The days that are paid are no month of 730 hours.
    Days,
    /// Other node-hours in these days: size, shards, replicas, time that it did not run.
    NodeHours,
    /// Another price of a node-hour that is paid as it is used.
    Price,
    /// Reservations and savings plans, here or in the plan.
    Commitment,
    /// Traffic between regions.
    Traffic,
    /// Private endpoints by the hour.
    EndpointHours,
    /// Traffic through private endpoints.
    EndpointData,
    /// Alerts and logs.
    Monitoring,
    /// What the plan has and no cache of an export: zones, peering, exports, drills.
    Elsewhere,
    /// Meters that no plan has.
    UnknownMeters,
}

impl Cause {
    /// The cause in files: `node-hours`.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::NodeHours => "node-hours",
            Self::Price => "price",
            Self::Commitment => "commitment",
            Self::Traffic => "traffic",
            Self::EndpointHours => "endpoint-hours",
            Self::EndpointData => "endpoint-data",
            Self::Monitoring => "monitoring",
            Self::Elsewhere => "elsewhere",
            Self::UnknownMeters => "unknown-meters",
        }
    }
}

/// One part of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Why.
    pub cause: Cause,
    /// What the plan has for it in a month of 730 hours; zero for what is a matter of the days or of prices alone.
    pub modelled: Money,
    /// What was paid for it; none where it is a matter of the days or of prices alone.
    pub paid: Option<Money>,
    /// Its part of the difference; above zero where more was paid.
    pub amount: Money,
    /// Meters that are paid.
    pub meters: Vec<String>,
}

/// A month of a deployment that was paid, beside the month of its plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// First day of the month.
    pub month: Date,
    /// The currency of what was paid.
    pub currency: Currency,
    /// Days of the month that have a charge.
    pub days: u32,
    /// What was paid, with commitments spread over their term.
    pub paid: Money,
    /// The plan's month of 730 hours without people: what the cloud bills.
    pub modelled: Money,
    /// The currency of the plan's prices.
    pub modelled_in: Currency,
    /// Lines of the plan without a price: the difference is then not known.
    pub unpriced: usize,
    /// The parts of the difference: they add up to it. Empty in another currency than the plan's, and where a price is missing.
    pub parts: Vec<Part>,
    /// Charges of which two files say different amounts.
    pub contested: usize,
    /// Hours of a commitment that the export has at 0: it is of what is billed, and not amortised.
    pub unamortised: bool,
}

impl Compared {
    /// What was paid beyond the plan's month; `None` where the two cannot be compared.
    #[must_use]
    pub fn difference(&self) -> Option<Money> {
        (!self.parts.is_empty()).then(|| Money::new(self.paid.as_decimal().saturating_sub(self.modelled.as_decimal())))
    }
}

/// What was paid for a deployment, month by month, beside the bill of its plan. Months and currencies each by themselves.
///
/// With `f` = 24 h × days ÷ 730 h, node-hours `q` paid `c`, of them `r` by a commitment for `k`; the plan's node-hours `Q` for `A`, `e = A ÷ Q`
/// effective and `p` before reservations:
/// days `(f − 1) × plan`, node-hours `(q − f·Q)·e`, commitment `(k − r·p) − q·(e − p)`, price `(c − k) − (q − r)·p`; of every other line
/// what is paid less `f ×` the plan's. They add up to the difference. Without node-hours in the plan all of `c` is node-hours.
#[must_use]
pub fn compared(deployment: &Deployment, facts: &Facts, bill: &Bill) -> Vec<Compared> {
    let keys: BTreeSet<&str> = deployment.members.iter().map(|it| it.key.as_str()).collect();
    let mut months: BTreeMap<(Date, Currency), Vec<Actual>> = BTreeMap::new();
    for it in actual(facts).into_iter().filter(|it| keys.contains(it.cache.as_str())) {
        months.entry((it.month, it.currency)).or_default().push(it);
    }
    months.into_iter().map(|((month, currency), all)| one(month, currency, &all, bill)).collect()
}

fn one(month: Date, currency: Currency, all: &[Actual], bill: &Bill) -> Compared {
    let days = all.iter().map(Actual::days).max().unwrap_or_default();
    let lines: Vec<&(ChargeOf, Spent)> = all.iter().flat_map(|it| &it.lines).collect();
    let cloud: Vec<&BillLine> = bill.lines.iter().filter(|line| line.kind.is_on_price_list()).collect();
    let modelled = cloud.iter().filter_map(|line| line.amount).fold(Money::ZERO, |sum, it| sum + it);
    let unpriced = cloud.iter().filter(|line| line.amount.is_none()).count();
    let hours = Decimal::from(days * 24);
    let difference = Difference { lines: &lines, cloud: &cloud, factor: hours / Decimal::from(HOURS_PER_MONTH) };
    let is_comparable = currency == bill.currency && unpriced == 0 && !modelled.is_too_large();
    let nothing =
        |it: &&&(ChargeOf, Spent)| it.0.committed && it.1.effective.is_zero() && it.1.quantity > Decimal::ZERO;
    Compared {
        month,
        currency,
        days,
        paid: Money::new(lines.iter().map(|it| it.1.effective).sum()),
        modelled,
        modelled_in: bill.currency,
        unpriced,
        parts: if is_comparable { difference.parts() } else { Vec::new() },
        contested: all.iter().map(Actual::contested).sum(),
        unamortised: lines.iter().any(|it| nothing(&it)),
    }
}

struct Difference<'a> {
    lines: &'a [&'a (ChargeOf, Spent)],
    cloud: &'a [&'a BillLine],
    factor: Decimal,
}

fn total(amounts: impl Iterator<Item = Money>) -> Decimal {
    amounts.fold(Decimal::ZERO, |sum, it| sum.saturating_add(it.as_decimal()))
}

/// The parts of a plan's bill that an export has under caches and their endpoints.
const LINES: [(Cause, CostMeter, &[LineKind]); 4] = [
    (
        Cause::Traffic,
        CostMeter::Traffic,
        &[LineKind::Egress, LineKind::FullSyncs, LineKind::ClientTraffic, LineKind::ExportCopies],
    ),
    (Cause::EndpointHours, CostMeter::EndpointHours, &[LineKind::EndpointHours]),
    (Cause::EndpointData, CostMeter::EndpointData, &[LineKind::EndpointData]),
    (Cause::Monitoring, CostMeter::Monitoring, &[LineKind::Alerts, LineKind::Logs]),
];

impl Difference<'_> {
    fn parts(&self) -> Vec<Part> {
        let whole = self.modelled(|_| true);
        let days = Part {
            cause: Cause::Days,
            modelled: Money::ZERO,
            paid: None,
            amount: Money::new(whole.saturating_mul(self.factor).saturating_sub(whole)),
            meters: Vec::new(),
        };
        let mut parts = vec![days];
        parts.extend(self.nodes());
        parts.extend(LINES.map(|(cause, meter, kinds)| self.line(cause, |it| it == meter, |it| kinds.contains(&it))));
        let known = |it: LineKind| it == LineKind::Nodes || LINES.iter().any(|line| line.2.contains(&it));
        parts.push(self.line(Cause::Elsewhere, |_| false, |it| !known(it)));
        parts.push(self.line(Cause::UnknownMeters, |it| it == CostMeter::Other, |_| false));
        parts.retain(|it| {
            it.cause == Cause::Days || !(it.amount == Money::ZERO && it.modelled == Money::ZERO && it.meters.is_empty())
        });
        parts
    }

    fn modelled(&self, of: impl Fn(LineKind) -> bool) -> Decimal {
        total(self.cloud.iter().filter(|line| of(line.kind)).filter_map(|line| line.amount))
    }

    /// A line whose difference is all there is to say: what is paid, less the plan's for these days.
    fn line(&self, cause: Cause, meter: impl Fn(CostMeter) -> bool, kind: impl Fn(LineKind) -> bool) -> Part {
        let charges = || self.lines.iter().filter(|it| meter(it.0.meter));
        let (paid, modelled): (Decimal, Decimal) = (charges().map(|it| it.1.effective).sum(), self.modelled(kind));
        let meters: BTreeSet<String> = charges().map(|it| it.0.name.clone()).collect();
        let paid_money = (!meters.is_empty()).then(|| Money::new(paid));
        Part {
            cause,
            modelled: Money::new(modelled),
            paid: paid_money,
            amount: Money::new(paid.saturating_sub(modelled.saturating_mul(self.factor))),
            meters: meters.into_iter().collect(),
        }
    }

    fn nodes(&self) -> [Part; 3] {
        let nodes = || self.cloud.iter().filter(|line| line.kind == LineKind::Nodes);
        let planned: Decimal = nodes().map(|line| line.quantity).sum();
        let amount = self.modelled(|it| it == LineKind::Nodes);
        let listed = total(nodes().filter_map(|line| Some(line.contracted? * line.quantity)));
        let each = |sum: Decimal| sum.checked_div(planned).unwrap_or_default();
        let (effective, before) = (each(amount), each(listed));
        let charges = || self.lines.iter().filter(|it| matches!(it.0.meter, CostMeter::Nodes | CostMeter::Pairs));
        let (mut hours, mut reserved, mut paid, mut committed) =
            (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        for (of, spent) in charges() {
            let nodes = spent.quantity * Decimal::from(nodes_of(of, spent, before));
            hours += nodes;
            paid += spent.effective;
            if of.committed {
                reserved += nodes;
                committed += spent.effective;
            }
        }
        let share = self.factor.saturating_mul(planned);
        let count = if planned > Decimal::ZERO { hours.saturating_sub(share).saturating_mul(effective) } else { paid };
        let saved = committed.saturating_sub(reserved.saturating_mul(before));
        let commitment = saved.saturating_sub(hours.saturating_mul(effective.saturating_sub(before)));
        let meters: BTreeSet<String> = charges().map(|it| it.0.name.clone()).collect();
        let meters: Vec<String> = meters.into_iter().collect();
        let commitment = if planned > Decimal::ZERO { commitment } else { Decimal::ZERO };
        // The rest of what nodes cost is their price: exact whatever a division has rounded.
        let price =
            paid.saturating_sub(self.factor.saturating_mul(amount)).saturating_sub(count).saturating_sub(commitment);
        let part = |cause, amount: Decimal| Part {
            cause,
            modelled: Money::ZERO,
            paid: None,
            amount: Money::new(amount),
            meters: Vec::new(),
        };
        let whole = Part {
            modelled: Money::new(amount),
            paid: (!meters.is_empty()).then(|| Money::new(paid)),
            meters,
            ..part(Cause::NodeHours, count)
        };
        [whole, part(Cause::Price, price), part(Cause::Commitment, commitment)]
    }
}

/// Nodes that an hour of a charge is for: "P2 Cache" is a pair's meter where it costs about what two nodes do, for the plan's price
/// of a node-hour.
fn nodes_of(of: &ChargeOf, spent: &Spent, node: Decimal) -> u32 {
    if of.meter == CostMeter::Nodes {
        return 1;
    }
    let priced =
        !of.committed && spent.quantity > Decimal::ZERO && node > Decimal::ZERO && spent.effective > Decimal::ZERO;
    // The middle of one and two, as factors.
    let middle = Decimal::new(1_414, 3);
    if priced && spent.effective / spent.quantity < node * middle { 1 } else { 2 }
}
