//! Cost by state (M-10): what a drill, an outage, a resync and the rebuild of a member cost over the steady month.

use super::line::{Item, decimal, line};
use super::people::{engineer, extra_cache, extra_line, hours_of_people, yours};
use super::total::without_amount;
use super::{
    BillLine, Extra, Formula, Label, LineKind, NoPrice, Note, Own, Per, Scope, Total, discount, people, traffic,
};
use crate::catalog::{Catalog, Price};
use crate::model::demand::Demand;
use crate::model::fit::{Design, SizeName};
use crate::model::lifecycle::{Creation, PremiumDates};
use crate::model::sizing::sized;
use crate::model::sync::SyncOutcome;
use crate::model::{Case, Topology, TopologyAnswer};
use crate::plan::{Plan, RegionShare};
use crate::units::SECS_PER_HOUR;
use crate::units::{Date, HOURS_PER_MONTH, Ratio, Secs};
use rust_decimal::Decimal;
use serde::Serialize;

/// The states of one topology.
#[derive(Debug, Clone, PartialEq)]
pub struct States {
    /// The steady month: the bill's total.
    pub month: Total,
    /// The same by the hour: the total ÷ 730.
    pub hour: Total,
    /// What the other states cost over the steady one; empty for a topology that is not possible.
    pub changes: Vec<StateCost>,
}

/// One state against the steady month.
#[derive(Debug, Clone, PartialEq)]
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
    /// What it is based on, or why the state cannot be.
    pub basis: Basis,
}

/// What the cost of a state is based on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// The bill spreads the drills of a year over its months.
    DrillsInTheBill,
    /// The nodes of the lost region are billed until they are deleted.
    LostNodesBilled,
    /// The bill counts the full syncs of a year that are no outage.
    SyncsInTheBill,
    /// The old cache is billed until the new one is filled.
    OldCacheBilled {
        /// The plan does not say whether the tenant may create Premium caches: assumed that it may.
        creation_assumed: bool,
    },
    /// A new cache is refused: the pair moves to a group, first copies and people.
    MoveToGroup {
        /// Why.
        refused: Refusal,
        /// Size of a member; `None` where no group fits.
        member: Option<SizeName>,
    },
}

/// Why a lost Premium cache cannot be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// The tenant had no Azure Cache for Redis before this day (N1, N2).
    NoCacheBefore(Date),
    /// Premium retires on this day (D6).
    Retires(Date),
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
    /// A cache is recreated in place of a lost one; of a pair that can get no new cache, the move to a group.
    MemberRebuild,
}

impl State {
    /// In the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Drill, Self::Outage, Self::Resync, Self::MemberRebuild];
}

/// What each state costs over the steady month (M-10), `Σ quantity × unit price` at the prices and discounts of the bill.
///
/// - Drill: people and extra caches of one drill; a pair swaps its roles and copies everything once.
/// - Outage, by the hour, first region lost: the steady streams end and those of the surviving members begin, with the
///   writes that re-home shared in proportion to their own. The rebuild runs a second cache.
/// - Resync: one copy at the egress price; for the rebuild every key read once from the database.
/// - Rebuild of a member: an extra cache while it is created, linked and filled, beside the old one, and the copy. Where the
///   plan says that the tenant may create no Premium cache (N1, N2), the move of the pair to a group is priced: its first
///   copies and people.
///
/// The lost region's nodes stay on the bill until they are deleted. An extra cache pays as it goes: a reservation covers
/// the steady nodes only. A design without caches has no states.
#[must_use]
pub fn states(plan: &Plan, catalog: &Catalog, demand: &Demand, answer: &TopologyAnswer) -> States {
    let month = answer.bill.total.clone();
    let case = answer.case(plan, catalog, demand);
    let scope = Scope::new(Per::Event, &case);
    let changes = if answer.design.caches.is_empty() {
        Vec::new()
    } else {
        State::ALL.map(|state| cost_of(&scope, state)).into()
    };
    let hour = month.divided_by(HOURS_PER_MONTH);
    States { month, hour, changes }
}

fn cost_of(scope: &Scope, state: State) -> StateCost {
    let (per, lines, basis) = match state {
        State::Drill => (Per::Event, drill(scope), Basis::DrillsInTheBill),
        State::Outage => (Per::Hour, outage(scope), Basis::LostNodesBilled),
        State::Resync => (Per::Event, copy(scope), Basis::SyncsInTheBill),
        State::MemberRebuild => match refused(scope) {
            Some(refused) => return moved(scope, refused),
            None => (Per::Event, rebuild(scope), replaced(scope)),
        },
    };
    summed(scope, state, per, lines, basis)
}

fn summed(scope: &Scope, state: State, per: Per, mut lines: Vec<BillLine>, basis: Basis) -> StateCost {
    discount::apply(&mut lines, &scope.plan.pricing);
    let change = Total::of(&lines, |line| line.amount);
    StateCost { state, per, change, unknown_lines: without_amount(&lines), lines, basis }
}

/// Why a lost cache of a pair is not replaced; `None` where it is, and where the plan does not say whether it can be.
fn refused(scope: &Scope) -> Option<Refusal> {
    if scope.topology != Topology::Passive {
        return None;
    }
    let dates = PremiumDates::of(scope.catalog)?;
    match Creation::of(scope.plan, scope.catalog) {
        Creation::Allowed | Creation::Unknown => None,
        Creation::Refused => Some(Refusal::NoCacheBefore(dates.refused_without_history)),
        Creation::Retired => Some(Refusal::Retires(dates.retires)),
    }
}

/// What the replacement of a lost member is based on.
fn replaced(scope: &Scope) -> Basis {
    let pair = scope.topology == Topology::Passive;
    Basis::OldCacheBilled { creation_assumed: pair && Creation::of(scope.plan, scope.catalog) == Creation::Unknown }
}

/// The move of a pair to a group, in place of a cache that cannot be made.
fn moved(scope: &Scope, refused: Refusal) -> StateCost {
    let Case { plan, catalog, demand, .. } = *scope.case;
    let design = sized(Topology::Active, plan, catalog, demand);
    let case = Case::new(Topology::Active, plan, catalog, demand, &design);
    let group = Scope { case: &case, ..*scope };
    let Some(member) = design.caches.first() else {
        let reason = NoPrice::NoGroup(design.misfits);
        let item = Item {
            label: Label::MoveToGroup,
            meter: None,
            region: None,
            quantity: Decimal::ONE,
            unit: "move",
            formula: Formula::Move,
            notes: Vec::new(),
        };
        let lines = vec![line(LineKind::Migration, item, Price::Unknown { reason })];
        let basis = Basis::MoveToGroup { refused, member: None };
        return summed(scope, State::MemberRebuild, Per::Event, lines, basis);
    };
    let mut lines = traffic::copies_once(&group);
    lines.extend(people::migration_once(&group));
    let basis = Basis::MoveToGroup { refused, member: Some(member.size_name(catalog)) };
    summed(scope, State::MemberRebuild, Per::Event, lines, basis)
}

fn drill(scope: &Scope) -> Vec<BillLine> {
    let pricing = &scope.plan.pricing;
    let hours = pricing.hours_per_drill.max(Decimal::ZERO);
    let people = hours_of_people(Label::OneDrill, hours, Formula::OneDrill(hours));
    let mut lines = vec![line(LineKind::Drills, people, engineer(scope))];
    let hours = pricing.drill_cache_hours.max(Decimal::ZERO);
    if !hours.is_zero() {
        lines.extend(extra(scope, Extra::OneDrill, hours));
    }
    if scope.topology == Topology::Passive {
        lines.extend(traffic::full_sync(scope));
    }
    lines
}

/// Extra caches are of the nodes' family of meters, whatever they run for.
fn extra(scope: &Scope, why: Extra, hours: Decimal) -> Option<BillLine> {
    let cache = extra_cache(scope)?;
    let nodes = Decimal::from(cache.nodes);
    let formula = Formula::ExtraNodes { nodes: cache.nodes, hours, filled_in: None };
    Some(extra_line(scope, &cache, why, nodes.saturating_mul(hours), formula))
}

fn outage(scope: &Scope) -> Vec<BillLine> {
    if scope.topology == Topology::Rebuild {
        return extra(scope, Extra::SecondRegion, Decimal::ONE).into_iter().collect();
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
    if let Label::Traffic { ended, .. } = &mut line.label {
        *ended = true;
    }
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

/// Every key that the database gives back read once.
pub(super) fn reload(scope: &Scope) -> BillLine {
    let keys = scope.demand.reloaded(scope.plan);
    let item = Item {
        label: Label::Reload,
        meter: None,
        region: None,
        quantity: decimal(keys / 1e6),
        unit: "million reads",
        formula: Formula::Reload(keys),
        notes: Vec::new(),
    };
    line(
        LineKind::FullSyncs,
        item,
        yours(scope.plan, scope.catalog, scope.plan.outages.million_reads, Own::MillionReads),
    )
}

fn rebuild(scope: &Scope) -> Vec<BillLine> {
    let (time, note) = match &scope.sync.outcome {
        SyncOutcome::Converges { new_link, .. } if scope.topology == Topology::Rebuild => (new_link.mode, None),
        SyncOutcome::Converges { new_link, .. } => (scope.plan.recovery.create.mode + new_link.mode, None),
        _ => (scope.plan.recovery.create.mode, Some(Note::CreationAlone)),
    };
    let cache = extra(scope, Extra::NewMember, hours_of(time)).map(|mut line| {
        if let Formula::ExtraNodes { filled_in, .. } = &mut line.formula {
            *filled_in = Some(time);
        }
        line.notes.extend(note);
        line
    });
    cache.into_iter().chain(copy(scope)).collect()
}

/// Hours to six decimals.
pub(super) fn hours_of(time: Secs) -> Decimal {
    decimal(time.as_secs() / SECS_PER_HOUR)
}
