//! Cost by state (M-10): what a drill, an outage, a resync and the rebuild of a member cost over the steady month.

use super::line::{Item, decimal, line};
use super::people::{engineer, extra_cache, extra_line, hours_of_people};
use super::{BillLine, LineKind, Per, Scope, Total, discount, people, traffic};
use crate::catalog::{Catalog, Price};
use crate::model::demand::Demand;
use crate::model::fit::{Design, design};
use crate::model::lifecycle::{Creation, PremiumDates};
use crate::model::sync::SyncOutcome;
use crate::model::{Case, Topology, TopologyAnswer};
use crate::plan::{Plan, RegionShare};
use crate::units::format;
use crate::units::{Currency, HOURS_PER_MONTH, Money, Ratio, Secs, UnitPrice};
use rust_decimal::Decimal;
use serde::Serialize;

/// The states of one topology.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct States {
    /// The steady month: the bill's total.
    pub month: Total,
    /// The same by the hour: the total ÷ 730.
    pub hour: Total,
    /// What the other states cost over the steady one; empty for a topology that is not possible.
    pub changes: Vec<StateCost>,
}

/// One state against the steady month.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StateCost {
    /// Which state.
    pub state: State,
    /// For an hour of it, or each time.
    pub per: Per,
    /// Sum of the lines; negative where the state costs less than the steady one.
    pub change: Total,
    /// Lines without an amount; the sum does not hold them.
    pub unknown_lines: u32,
    /// What is added, and with a negative quantity what falls away; unit prices are the bill's.
    pub lines: Vec<BillLine>,
    /// What was assumed, or why the state cannot be, in sentences.
    pub note: String,
}

impl StateCost {
    /// [`format::ROUNDED`] where the lines, each rounded to cents, do not add up to the sum rounded to cents; `None` where they do.
    #[must_use]
    pub fn rounding(&self) -> Option<&'static str> {
        format::rounding(self.lines.iter().filter_map(|line| line.amount), self.change.at_least(), Money::to_cents)
    }

    /// "+$0.63", "−$0.18", "≥ +$0.63: Logs, West Europe has no price"; "no price" where no line has one, and "unknown: …" where a line
    /// without a price falls away, so that the sum has no bound.
    #[must_use]
    pub fn words(&self, currency: Currency) -> String {
        if self.unknown_lines > 0 && self.lines.iter().all(|line| line.amount.is_none()) {
            return self.change.why().unwrap_or_else(|| "no price".to_owned());
        }
        let known = self.change.at_least();
        let plus = if known.to_cents() > Decimal::ZERO { "+" } else { "" };
        let amount = format!("{plus}{}", format::money_cents(known, currency));
        let falls = self.lines.iter().any(|line| line.amount.is_none() && line.quantity.is_sign_negative());
        match self.change.why() {
            None => amount,
            Some(why) if falls => format!("unknown: {why}"),
            Some(why) => format!("≥\u{a0}{amount}: {why}"),
        }
    }
}

/// States beside the steady one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// One drill.
    Drill,
    /// An hour in which the first region is lost.
    Outage,
    /// One full sync, or reload.
    Resync,
    /// A cache is built anew in place of a lost one; of a pair that can get no new cache, the move to a group.
    MemberRebuild,
}

impl State {
    /// In the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Drill, Self::Outage, Self::Resync, Self::MemberRebuild];

    /// "Drill", "Outage", "Resync", "Rebuild of a member".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Drill => "Drill",
            Self::Outage => "Outage",
            Self::Resync => "Resync",
            Self::MemberRebuild => "Rebuild of a member",
        }
    }
}

/// What each state costs over the steady month (M-10), `Σ quantity × unit price` at the prices and discounts of the bill.
///
/// - Drill: people and extra caches of one drill; a pair swaps its roles and copies everything once.
/// - Outage, by the hour, first region lost: the steady streams end and those of the surviving members begin, with the
///   writes that re-home shared in proportion to their own. The rebuild runs a second cache.
/// - Resync: one copy at the egress price; for the rebuild every key read once from the database.
/// - Rebuild of a member: an extra cache while it is created, linked and filled, beside the old one, and the copy. Where the
///   plan says that the tenant may create no Premium cache (C1, C2), the move of the pair to a group is priced: its first
///   copies and people.
///
/// The lost region's nodes stay on the bill until they are deleted. An extra cache pays as it goes: a reservation covers
/// the steady nodes only. A design without caches has no states.
#[must_use]
pub fn states(plan: &Plan, catalog: &Catalog, demand: &Demand, answer: &TopologyAnswer) -> States {
    let month = answer.bill.total.clone();
    let case = answer.case(plan, catalog, demand);
    let scope = Scope { per: Per::Event, case: &case };
    let changes = if answer.design.caches.is_empty() {
        Vec::new()
    } else {
        State::ALL.map(|state| cost_of(&scope, state)).into()
    };
    let hour = month.divided_by(HOURS_PER_MONTH);
    States { month, hour, changes }
}

fn cost_of(scope: &Scope, state: State) -> StateCost {
    let (per, lines, note) = match state {
        State::Drill => (Per::Event, drill(scope), "The bill spreads the drills of a year over its months."),
        State::Outage => (Per::Hour, outage(scope), "The lost region’s nodes are billed until they are deleted."),
        State::Resync => (Per::Event, copy(scope), "The bill counts the full syncs of a year that are no outage."),
        State::MemberRebuild => match refused(scope) {
            Some(refused) => return moved(scope, &refused),
            None => return summed(scope, state, Per::Event, rebuild(scope), rebuild_note(scope)),
        },
    };
    summed(scope, state, per, lines, note.to_owned())
}

fn summed(scope: &Scope, state: State, per: Per, mut lines: Vec<BillLine>, note: String) -> StateCost {
    discount::apply(&mut lines, &scope.plan.pricing);
    let change = Total::of(&lines, |line| line.amount);
    let unknown = lines.iter().filter(|line| line.amount.is_none()).count();
    StateCost { state, per, change, unknown_lines: u32::try_from(unknown).unwrap_or(u32::MAX), lines, note }
}

/// Why a lost cache of a pair is not replaced; `None` where it is, and where the plan does not say whether it can be.
fn refused(scope: &Scope) -> Option<String> {
    if scope.topology != Topology::Passive {
        return None;
    }
    let dates = PremiumDates::of(scope.catalog)?;
    let (day, retires) = (dates.refused_without_history, dates.retires);
    match Creation::of(scope.plan, scope.catalog) {
        Creation::Allowed | Creation::Unknown => None,
        Creation::Refused => Some(format!(
            "Refused: new Premium caches are, for a tenant that had no Azure Cache for Redis before {day} (C1, C2)."
        )),
        Creation::Retired => Some(format!("Refused: Premium retires on {retires} (D6).")),
    }
}

/// What the replacement of a lost member rests on.
fn rebuild_note(scope: &Scope) -> String {
    let note = "The old cache is billed until the new one is filled.";
    if scope.topology == Topology::Passive && Creation::of(scope.plan, scope.catalog) == Creation::Unknown {
        return format!("{note} Assumption: the tenant may create Premium caches; the plan does not say so.");
    }
    note.to_owned()
}

/// The move of a pair to a group, in place of a cache that cannot be made.
fn moved(scope: &Scope, refused: &str) -> StateCost {
    let Case { plan, catalog, demand, .. } = *scope.case;
    let design = design(Topology::Active, plan, catalog, demand);
    let case = Case::new(Topology::Active, plan, catalog, demand, &design);
    let group = Scope { case: &case, ..*scope };
    let Some(member) = design.caches.first() else {
        let reason = format!("no group can follow. {}", design.misfits.join(" "));
        let item = Item {
            label: "Move to an active group".to_owned(),
            meter: String::new(),
            region: None,
            quantity: Decimal::ONE,
            unit: "move",
            formula: "1 move".to_owned(),
            note: String::new(),
        };
        let lines = vec![line(LineKind::Migration, item, Price::Unknown { reason })];
        return summed(scope, State::MemberRebuild, Per::Event, lines, format!("{refused} No group can follow."));
    };
    let mut lines = traffic::copies_once(&group);
    lines.extend(people::migration_once(&group));
    let note = format!(
        "{refused} This is the move to an active group of {}: first copies and people; its month stands in its own bill.",
        member.size_name(catalog)
    );
    summed(scope, State::MemberRebuild, Per::Event, lines, note)
}

fn drill(scope: &Scope) -> Vec<BillLine> {
    let pricing = &scope.plan.pricing;
    let hours = pricing.hours_per_drill.max(Decimal::ZERO);
    let people = hours_of_people("People", hours, format!("1 drill × {} h", format::quantity(hours)));
    let mut lines = vec![line(LineKind::Drills, people, engineer(scope))];
    let hours = pricing.drill_cache_hours.max(Decimal::ZERO);
    if !hours.is_zero() {
        lines.extend(extra(scope, "1 drill", hours));
    }
    if scope.topology == Topology::Passive {
        lines.extend(traffic::full_sync(scope));
    }
    lines
}

/// Extra caches are of the nodes' family of meters, whatever they run for.
fn extra(scope: &Scope, why: &str, hours: Decimal) -> Option<BillLine> {
    let cache = extra_cache(scope)?;
    let nodes = Decimal::from(cache.nodes);
    let formula = format!("{} × {} h", format::counted(cache.nodes as usize, "node"), format::quantity(hours));
    Some(extra_line(scope, &cache, why, nodes.saturating_mul(hours), formula))
}

fn outage(scope: &Scope) -> Vec<BillLine> {
    if scope.topology == Topology::Rebuild {
        return extra(scope, "Second region", Decimal::ONE).into_iter().collect();
    }
    let hour = Scope { per: Per::Hour, ..*scope };
    let sent = traffic::Sent::steady(scope);
    let mut lines = traffic::egress(&hour, &mut sent.clone()).0;
    for line in &mut lines {
        falls_away(line);
    }
    let (plan, demand, design) = survivors(scope);
    let left = Case { plan: &plan, demand: &demand, design: &design, ..scope.case.clone() };
    let after = Scope { case: &left, ..hour };
    lines.extend(traffic::egress(&after, &mut sent.clone()).0);
    lines
}

/// The plan without its first region, with the writes that are left.
fn survivors(scope: &Scope) -> (Plan, Demand, Design) {
    let (mut plan, mut demand, mut design) = (scope.plan.clone(), scope.demand.clone(), scope.design.clone());
    design.caches.drain(..design.caches.len().min(1));
    let lost = plan.regions.drain(..plan.regions.len().min(1)).map(|region| region.writes.as_fraction()).sum::<f64>();
    let left: f64 = plan.regions.iter().map(|region| region.writes.as_fraction()).sum();
    let arrives = lost * scope.plan.assumptions.rehome_share.as_fraction().clamp(0.0, 1.0);
    let share = if lost + left > 0.0 { (left + arrives) / (lost + left) } else { 0.0 };
    demand.stream = demand.stream * share;
    if left <= 0.0 {
        plan.regions.iter_mut().for_each(|region: &mut RegionShare| region.writes = Ratio::ONE);
    }
    (plan, demand, design)
}

/// A steady line that ends: its quantity and its amounts are taken off.
fn falls_away(line: &mut BillLine) {
    line.label.push_str(", ended");
    line.quantity = -line.quantity;
    line.list_cost = line.list_cost.map(|cost| -cost);
    line.amount = line.amount.map(|amount| -amount);
}

fn copy(scope: &Scope) -> Vec<BillLine> {
    if scope.topology == Topology::Rebuild {
        return vec![reload(scope)];
    }
    traffic::full_sync(scope)
}

/// Every key read once from the database.
pub(super) fn reload(scope: &Scope) -> BillLine {
    let item = Item {
        label: "Reload from the database".to_owned(),
        meter: "Reads of the database".to_owned(),
        region: None,
        quantity: decimal(scope.demand.keys / 1e6),
        unit: "million reads",
        formula: format!("{} keys × 1 read", format::large(scope.demand.keys)),
        note: String::new(),
    };
    line(LineKind::FullSyncs, item, yours(scope.plan, scope.catalog, scope.plan.outages.million_reads, READS))
}

/// What to enter where reads have no price.
pub(super) const READS: &str = "a million reads of the database";

/// An amount that the plan alone knows: unknown until it is entered in the currency of the prices.
pub(super) fn yours(plan: &Plan, catalog: &Catalog, amount: Option<UnitPrice>, what: &str) -> Price {
    let (typed, currency) = (plan.pricing.currency, catalog.currency());
    let reason = match amount {
        Some(amount) if typed == currency => return Price::yours(amount),
        Some(_) => format!("{what} is in {typed} and the prices are in {currency}: enter it in {currency}"),
        None => format!("no price: enter what {what} costs"),
    };
    Price::Unknown { reason }
}

fn rebuild(scope: &Scope) -> Vec<BillLine> {
    let (time, note) = match &scope.sync.outcome {
        SyncOutcome::Converges { new_link, .. } if scope.topology == Topology::Rebuild => (new_link.mode, ""),
        SyncOutcome::Converges { new_link, .. } => (scope.plan.recovery.create.mode + new_link.mode, ""),
        _ => (scope.plan.recovery.create.mode, "The sync never ends by itself: only the creation is counted."),
    };
    let cache = extra(scope, "New member", hours_of(time)).map(|mut line| {
        line.formula = format!("{}: create, link and fill in {}", line.formula, format::duration(time));
        line.note = [line.note.as_str(), note].join(" ").trim().into();
        line
    });
    cache.into_iter().chain(copy(scope)).collect()
}

/// Hours to six decimals.
pub(super) fn hours_of(time: Secs) -> Decimal {
    decimal(time.as_secs() / 3_600.0)
}
