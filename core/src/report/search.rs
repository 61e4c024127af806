//! What the search found, in words and as JSON.

use super::why::turn;
use super::words::size;
use crate::catalog::Catalog;
use crate::codec::pretty_line;
use crate::decide::Target;
use crate::explore::search::{
    DesignChoice, FillCost, Found, Front, Placed, RegionsFound, Relaxation, Saved, Search, StepUp, TargetCost, WEIGHED,
};
use crate::model::Topology;
use crate::model::cost::MissingPrice;
use crate::model::horizon::{Exchanged, HorizonCost, Waits};
use crate::model::rpo::Shown;
use crate::model::verdict::{Figure, Objective};
use crate::plan::ReservationTerm;
use crate::units::{Currency, Money, Secs, format};
use crate::words::misfit::sizes;
use crate::words::shown::rpo;
use serde_json::{Value, json};

/// "Active group of B10", "Passive pair of P1 × 3 shards", "Rebuild on B10".
#[must_use]
pub fn design(choice: &DesignChoice) -> String {
    let of = if choice.topology == Topology::Rebuild { "on" } else { "of" };
    format!("{} {of} {}", choice.topology.name(), size(&choice.size, choice.topology))
}

/// "paid as used", "reserved for 3 years".
#[must_use]
pub fn paid(choice: &DesignChoice) -> String {
    paid_by(choice.reservation)
}

/// The same of a term.
#[must_use]
pub fn paid_by(term: Option<ReservationTerm>) -> String {
    term.map_or_else(|| "paid as used".to_owned(), |term| format!("reserved for {}", term.as_str()))
}

/// "Its prepaid term is exchanged or refunded at no cost: with 33 months left, worth $29,436, in month 4 (D6, Z10)."; of one that is worth
/// more than what follows and than the refund, what is lost; the same of what is prepaid for what runs today. `None` where each term runs to
/// its end.
#[must_use]
pub fn exchanged(cost: &HorizonCost, currency: Currency) -> Option<String> {
    let own: Vec<&Exchanged> = cost.exchanged.iter().filter(|it| !it.of_today).collect();
    let own = rested("Its prepaid term", &own, currency);
    let all: Vec<String> = rest_of_today(cost, currency).into_iter().chain(own).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// The same of what is prepaid for what runs today.
pub(super) fn rest_of_today(cost: &HorizonCost, currency: Currency) -> Option<String> {
    let rests: Vec<&Exchanged> = cost.exchanged.iter().filter(|it| it.of_today).collect();
    rested("The prepaid term of what runs today", &rests, currency)
}

fn rested(first: &str, all: &[&Exchanged], currency: Currency) -> Option<String> {
    let rest = |it: &&Exchanged| {
        let left = format::counted(it.left as usize, "month");
        let lost = if it.lost == Money::ZERO {
            String::new()
        } else {
            format!(", of which {} is neither exchanged nor refunded", format::money(it.lost, currency))
        };
        format!("{left} left, worth {}, in month {}{lost}", format::money(it.worth, currency), it.month)
    };
    let rests: Vec<String> = all.iter().map(rest).collect();
    let free = if all.iter().all(|it| it.lost == Money::ZERO) { " at no cost" } else { "" };
    let inferred = if all.iter().any(|it| it.other_service) { "; into Managed Redis: inferred" } else { "" };
    (!rests.is_empty())
        .then(|| format!("{first} is exchanged or refunded{free}: with {} (D6, Z10{inferred}).", rests.join("; with ")))
}

/// "East US → North Europe" of a pair, "East US, North Europe" of a group; "UK South, back in UK West" of a rebuild that needs a region for that.
#[must_use]
pub fn places(choice: &DesignChoice, catalog: &Catalog) -> String {
    let names: Vec<&str> = choice.regions.iter().map(|region| catalog.region_name(region)).collect();
    names.join(match choice.topology {
        Topology::Passive => " → ",
        Topology::Rebuild => ", back in ",
        Topology::Active => ", ",
    })
}

/// "5 h 12 min", "not at risk", "$981"; "–" where there is none.
#[must_use]
pub fn figure(figure: Figure, currency: Currency) -> String {
    match figure {
        Figure::Time(time) => format::duration(time),
        Figure::Unlimited => "not at risk".to_owned(),
        Figure::Money(amount) => format::money(amount, currency),
        Figure::AtLeast(amount) => format!("≥\u{a0}{}", format::money(amount, currency)),
        Figure::None => format::NONE.to_owned(),
    }
}

/// A figure of a design; of its RPO what can be shown leads: "≤ 60 s, modelled 82 ms".
#[must_use]
pub fn figure_of(found: &Found, objective: Objective, currency: Currency) -> String {
    let modelled = figure(found.figure(objective), currency);
    if objective == Objective::Rpo { rpo(found.rpo_shown, &modelled) } else { modelled }
}

/// The heading of a column of modelled figures: the RPO of several designs is ranked by the model, whatever can be shown of each.
#[must_use]
pub const fn modelled(objective: Objective) -> &'static str {
    if matches!(objective, Objective::Rpo) { "RPO P95, modelled" } else { objective.heading() }
}

/// A target that moves, as a figure: "3 h 10 min", "$5,200".
#[must_use]
pub fn target(to: Target, currency: Currency) -> String {
    match to {
        Target::Money(amount) => format::money(amount, currency),
        Target::Time(time) => format::duration(time),
    }
}

/// The search as pretty JSON, ending in a line break; with that of regions where it was made. Amounts are decimal texts, times are
/// seconds; a runway that never ends is `"unlimited"`.
#[must_use]
pub fn search_json(search: &Search, regions: Option<&RegionsFound>, currency: Currency) -> String {
    let best: Value = Topology::ALL.into_iter().map(|it| (it.slug().to_owned(), optional(search.of(it)))).collect();
    let nearest: Value = Topology::ALL
        .into_iter()
        .map(|it| (it.slug().to_owned(), search.nearest[it as usize].as_ref().map_or(Value::Null, relaxation)))
        .collect();
    let over: Value = Topology::ALL
        .into_iter()
        .map(|it| {
            let cost = search.over[it as usize].as_ref().filter(|cost| cost.whole && search.of(it).is_some());
            let total = cost.and_then(|cost| cost.total().complete());
            (it.slug().to_owned(), total.map_or(Value::Null, |total| format::exact(total.as_decimal()).into()))
        })
        .collect();
    let waits: Vec<Value> = search
        .over
        .iter()
        .zip(Topology::ALL)
        .filter_map(|(cost, topology)| Some(waits_json(topology, cost.as_ref()?.waits.as_ref()?)))
        .collect();
    let mut whole = json!({
        "currency": currency.code(),
        "cheapest": optional(search.winner()),
        "cheapest_until": search.follows().map(|it| it.until.to_string()),
        "too_close_to_call": search.too_close(),
        "turns": search.turns.iter().map(turn).collect::<Vec<_>>(),
        "best": best,
        "nearest": nearest,
        "months": search.months,
        "over_horizon": over,
        "waits": waits,
        "cheapest_as_paid": optional(search.cheapest_as_paid()),
        "missing_prices": search.missing.iter().map(MissingPrice::what).collect::<Vec<_>>(),
        "fronts": search.fronts.iter().map(front).collect::<Vec<_>>(),
        "targets": search.costs.iter().map(cost).collect::<Vec<_>>(),
        "largest_fill": search.fuller.as_ref().map(fuller),
        "steps_up": search.steps.iter().map(step).collect::<Vec<_>>(),
        "relaxation": search.relaxation.as_ref().map(relaxation),
        "designs": search.designs,
        "worked_out": search.worked_out,
    });
    if let (Some(found), Some(fields)) = (regions, whole.as_object_mut()) {
        let best: Value = Topology::ALL
            .into_iter()
            .map(|it| (it.slug().to_owned(), found.best[it as usize].iter().map(placed_json).collect::<Value>()))
            .collect();
        let regions = json!({
            "cheapest": found.winner().map_or(Value::Null, placed_json),
            "too_close_to_call": found.too_close(),
            "best": best,
            "nearest": found.nearest.iter().flatten().map(relaxation).collect::<Vec<_>>(),
            "relaxation": found.relaxation().map(relaxation),
            "placements": found.placements,
            "tried": found.tried,
            "barred": found.barred,
            "not_representable": found.unplaced,
        });
        fields.insert("regions".to_owned(), regions);
    }
    pretty_line(&whole)
}

/// How a design waits for the end of what runs: until when, in which month, from 1, it takes over, each size and what its month costs.
pub(super) fn waits_json(topology: Topology, waits: &Waits) -> Value {
    json!({
        "topology": topology.slug(),
        "until": waits.until.to_string(),
        "month": waits.month,
        "runs": sizes(&waits.from),
        "before": waits.before,
        "size": sizes(&waits.to),
        "after": waits.after,
    })
}

fn optional(found: Option<&Found>) -> Value {
    found.map_or(Value::Null, found_json)
}

fn found_json(found: &Found) -> Value {
    let mut value = found.choice.to_value();
    if let Some(fields) = value.as_object_mut() {
        let month = found.month.complete().map(|month| format::exact(month.as_decimal()));
        fields.insert("monthly".to_owned(), month.into());
        fields.insert("fill".to_owned(), found.fill.as_fraction().into());
        for objective in WEIGHED {
            fields.insert(key(objective).to_owned(), figure_json(found.figure(objective)));
        }
        let shown = match found.rpo_shown {
            Shown::Itself => figure_json(found.figure(Objective::Rpo)),
            Shown::ByMetrics(grain) => grain.as_secs().into(),
            Shown::Nothing => Value::Null,
        };
        fields.insert("rpo_shown".to_owned(), shown);
        let keys = |targets: &[Objective]| targets.iter().map(|it| Value::from(key(*it))).collect::<Value>();
        fields.insert("unmet".to_owned(), keys(&found.unmet));
        fields.insert("met_unshown".to_owned(), keys(&found.unshown));
    }
    value
}

fn placed_json(placed: &Placed) -> Value {
    let mut value = found_json(&placed.design);
    if let Some(fields) = value.as_object_mut() {
        let over = placed.over.filter(|_| placed.whole).map(|over| format::exact(over.as_decimal()));
        fields.insert("over_horizon".to_owned(), over.into());
    }
    value
}

const fn key(objective: Objective) -> &'static str {
    match objective {
        Objective::Cost => "budget",
        Objective::Rpo => "rpo_p95",
        Objective::Rto => "rto_p95",
        Objective::Runway => "runway_p05",
        Objective::Latency => "write_latency_p95",
    }
}

fn figure_json(figure: Figure) -> Value {
    match figure {
        Figure::Time(time) => time.as_secs().into(),
        Figure::Unlimited => "unlimited".into(),
        Figure::Money(amount) | Figure::AtLeast(amount) => format::exact(amount.as_decimal()).into(),
        Figure::None => Value::Null,
    }
}

fn target_json(to: Target) -> Value {
    match to {
        Target::Money(amount) => format::exact(amount.as_decimal()).into(),
        Target::Time(time) => Secs::as_secs(time).into(),
    }
}

fn front(front: &Front) -> Value {
    json!({
        "objective": key(front.objective),
        "others_met": front.others_met,
        "points": front.points.iter().map(found_json).collect::<Vec<_>>(),
    })
}

fn cost(cost: &TargetCost) -> Value {
    let saved = |saved: &Option<Saved>| {
        saved.as_ref().map(|it| json!({ "to": it.to.map(target_json), "saves": format::exact(it.month.by.as_decimal()), "saves_over_horizon": format::exact(it.saves.as_decimal()), "design": found_json(&it.design) }))
    };
    json!({ "objective": key(cost.objective), "one_step": saved(&cost.step), "without": saved(&cost.without) })
}

fn fuller(cost: &FillCost) -> Value {
    json!({
        "to": cost.to.as_fraction(),
        "saves": format::exact(cost.month.by.as_decimal()),
        "saves_over_horizon": format::exact(cost.saves.as_decimal()),
        "design": found_json(&cost.design),
    })
}

fn step(step: &StepUp) -> Value {
    json!({
        "objective": key(step.objective),
        "more": format::exact(step.month.by.as_decimal()),
        "more_over_horizon": format::exact(step.more.as_decimal()),
        "design": found_json(&step.design),
    })
}

fn relaxation(relaxation: &Relaxation) -> Value {
    let targets: Value =
        relaxation.moved.targets.iter().map(|(objective, to)| (key(*objective).to_owned(), target_json(*to))).collect();
    json!({ "targets": targets, "design": found_json(&relaxation.design) })
}
