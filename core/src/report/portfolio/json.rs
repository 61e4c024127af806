//! A portfolio, and its moves, as JSON.

use super::{chosen_by, names, other_today, shown_secs};
use crate::model::cost::Total;
use crate::plan::ReservationTerm;
use crate::portfolio::waves::{Deadline, WaveMonth};
use crate::portfolio::{ByTerm, Cheapest, Row, shares, tag_keys, totals};
use crate::report::json::object;
use crate::units::{Currency, Date, Money, Secs, format};
use serde_json::{Map, Value};
use std::sync::Arc;

/// Totals, shares by every tag key, and the rows as pretty JSON; money as decimal text, times in seconds, absent as null. A month that
/// lacks a price is `{"at_least": …, "missing": […]}`; a total or a share with `incomplete` plans is a lower bound.
#[must_use]
pub fn json(rows: &[Row], currency: Currency) -> String {
    let money = |amount: Money| Value::from(format::exact(amount.as_decimal()));
    let sum = totals(rows);
    let entries: Vec<_> = rows.iter().map(|row| Arc::clone(&row.entry)).collect();
    let keys = tag_keys(&entries);
    let more_keys = keys.left_out;
    let by_tag = keys.keys.into_iter().map(|key| {
        let parts = shares(rows, &key).into_iter().map(|part| {
            object([
                ("value", part.value.map_or(Value::Null, Value::from)),
                ("plans", part.plans.into()),
                ("monthly", money(part.monthly)),
                ("incomplete", part.incomplete.into()),
            ])
        });
        let parts: Value = parts.collect();
        (key, parts)
    });
    let rows: Value = rows.iter().map(row_json).collect();
    let totals = object([
        ("plans", sum.plans.into()),
        ("monthly", money(sum.monthly)),
        ("list", money(sum.list)),
        ("incomplete", sum.incomplete.into()),
        ("without_bill", sum.without_bill.into()),
        ("unpriced_lines", sum.unpriced_lines.into()),
        ("of_another_design", sum.others.plans.into()),
        ("of_another_design_today", money(sum.others.today)),
        ("of_another_design_today_in_part", sum.others.parts_today.into()),
        ("blocked", sum.blocked.into()),
        ("missing_targets", sum.missing_targets.into()),
        ("by_cheapest_term", money(sum.by_term)),
        ("without_by_cheapest_term", sum.without_by_term.into()),
        ("cheapest", money(sum.cheapest)),
        ("without_cheapest", sum.without_cheapest.into()),
    ]);
    let mut whole = Map::new();
    whole.insert("currency".to_owned(), currency.code().into());
    whole.insert("totals".to_owned(), totals);
    whole.insert("by_tag".to_owned(), Value::Object(by_tag.collect()));
    if more_keys > 0 {
        whole.insert("tag_keys_not_shared_out".to_owned(), more_keys.into());
    }
    whole.insert("plans".to_owned(), rows);
    crate::codec::pretty_line(&Value::Object(whole))
}

/// The exact amount; of a month that lacks a price an object, so that nobody adds it up by mistake.
fn total_json(total: &Total) -> Value {
    let known = Value::from(format::exact(total.at_least().as_decimal()));
    if total.is_complete() {
        return known;
    }
    let missing: Value = total.missing().iter().map(|it| Value::from(it.what())).collect();
    object([("at_least", known), ("missing", missing)])
}

fn row_json(row: &Row) -> Value {
    let money = |total: &Option<Total>| total.as_ref().map_or(Value::Null, total_json);
    let tags = row.entry.tags.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str())));
    let secs = |time: Option<Secs>| time.map_or(Value::Null, |time| time.as_secs().into());
    let [blocks, warnings, infos] = row.findings;
    object([
        ("name", row.entry.plan.name.as_str().into()),
        ("tags", Value::Object(tags.collect())),
        ("topology", row.topology.map_or(Value::Null, |topology| topology.slug().into())),
        ("chosen_by", chosen_by(row).into()),
        ("monthly", money(&row.monthly)),
        ("list", money(&row.list)),
        ("another_design", row.plans_another().into()),
        ("today", money(&other_today(row))),
        ("rpo_p95_s", secs(row.rpo)),
        ("rto_p95_s", secs(row.rto)),
        ("rpo_shown_s", secs(shown_secs(row))),
        ("met_unshown", names(&row.unshown).into()),
        ("misses", row.misses.iter().map(|it| Value::from(it.name())).collect()),
        ("term_years", row.entry.plan.pricing.reservation.map(ReservationTerm::years).into()),
        ("findings", object([("block", blocks.into()), ("warn", warnings.into()), ("info", infos.into())])),
        ("unpriced_lines", row.unpriced_lines.into()),
        ("by_cheapest_term", row.by_term.as_ref().map_or(Value::Null, by_term_json)),
        ("cheapest", row.cheapest.as_ref().map_or(Value::Null, cheapest_json)),
    ])
}

fn by_term_json(own: &ByTerm) -> Value {
    object([
        ("monthly", format::exact(own.monthly.as_decimal()).into()),
        ("term_years", own.term.map(ReservationTerm::years).into()),
    ])
}

fn cheapest_json(cheapest: &Cheapest) -> Value {
    object([
        ("topology", cheapest.topology.slug().into()),
        ("sku", cheapest.size.sku.as_str().into()),
        ("shards", cheapest.size.shards.into()),
        ("monthly", format::exact(cheapest.monthly.as_decimal()).into()),
        ("term_years", cheapest.term.map(ReservationTerm::years).into()),
        ("met_unshown", names(&cheapest.unshown).into()),
    ])
}

/// The same as pretty JSON: the deadlines, a month each with its sums, a move each.
#[must_use]
pub fn moves_json(rows: &[Row], from: Option<Date>, most: Option<u32>, currency: Currency) -> String {
    let Some(waves) = crate::portfolio::waves::waves(rows, from, most) else {
        return crate::codec::pretty_line(&object([
            ("currency", currency.code().into()),
            ("moves", Value::Array(Vec::new())),
        ]));
    };
    let deadline = |end: &Deadline| {
        object([
            ("last_day", end.last_day.to_string().into()),
            ("deployments", end.deployments.into()),
            ("per_month", end.per_month.into()),
            ("last_month_to_begin", end.last_begin.into()),
        ])
    };
    let month = |month: &WaveMonth| {
        object([
            ("number", month.number.into()),
            ("starts", month.starts.to_string().into()),
            ("begun", month.begin.len().into()),
            ("old", total_json(&month.old)),
            ("new", total_json(&month.new)),
            ("twice", total_json(&month.twice)),
        ])
    };
    let one = |(at, month): &(usize, u32)| {
        let row = rows.get(*at)?;
        let moves = row.moves.as_ref()?;
        Some(object([
            ("plan", row.entry.plan.name.as_str().into()),
            ("last_day", moves.last_day.to_string().into()),
            ("path", moves.path.slug().into()),
            ("month", (*month).into()),
            ("late", waves.late.contains(at).into()),
        ]))
    };
    crate::codec::pretty_line(&object([
        ("currency", currency.code().into()),
        ("from", waves.from.to_string().into()),
        ("deadlines", waves.deadlines.iter().map(deadline).collect()),
        ("months", waves.months.iter().map(month).collect()),
        ("moves", waves.order.iter().filter_map(one).collect()),
    ]))
}
