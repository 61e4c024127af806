//! What an estate has become since a portfolio: a row for each change, with its cause and what it costs.

use super::field::{label, words};
use crate::estate::{Cause, Changes, Drift, Drifted, Listed, Moved, What};
use crate::model::Topology;
use crate::model::cost::Total;
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::units::format;
use crate::units::{Currency, Money};
use serde_json::{Value, json};

impl Cause {
    /// "Regions", "Size".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regions => "Regions",
            Self::Size => "Size",
            Self::Shards => "Shards",
            Self::Settings => "Settings",
            Self::Load => "Load",
            Self::Links => "Links",
            Self::Cost => "Cost",
        }
    }
}

/// What a change makes of the month.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Effect {
    /// So much more, or less where it is negative.
    Known(Money),
    /// A price is missing, or the plan cannot hold what runs.
    Unknown,
    /// It is in the line above: the same cause.
    Above,
}

impl Effect {
    fn of(before: Option<&Total>, now: Option<&Total>) -> Self {
        match (before.map(Total::complete), now.map(Total::complete)) {
            (Some(Some(before)), Some(Some(now))) => Self::Known(now - before),
            _ => Self::Unknown,
        }
    }

    fn known(self) -> Option<Money> {
        match self {
            Self::Known(money) => Some(money),
            Self::Unknown | Self::Above => None,
        }
    }

    fn words(self, currency: Currency) -> String {
        match self {
            Self::Known(money) => difference(money, currency),
            Self::Unknown => "unknown".to_owned(),
            Self::Above => String::new(),
        }
    }
}

/// One line of the table: cause, what, before, now, what shows it, what it makes of the month.
struct Line {
    deployment: String,
    cause: &'static str,
    what: String,
    before: String,
    now: String,
    from: String,
    month: Effect,
}

/// The section “Since the plan”: how much changed, what a month costs more or less by that, and each change.
#[must_use]
pub fn since(drift: &Drift, currency: Currency) -> Section {
    let rows = lines(drift).into_iter().map(|it| {
        let month = it.month.words(currency);
        Row::of([it.deployment, it.cause.to_owned(), it.what, it.before, it.now, it.from, month])
    });
    let texts = ["Deployment", "Cause", "What", "Before", "Now", "Based on"].map(Column::text);
    Section::new("estate-since", "Since the plan", summary(drift, currency)).with(Block::Table(Table {
        id: "estate-since",
        name: "Changes since the plan".to_owned(),
        columns: texts.into_iter().chain([Column::figures("A month")]).collect(),
        rows: rows.collect(),
    }))
}

/// The same for programs: a list of changes; money as decimal text, null where it is unknown and in further lines of a cause.
pub(super) fn json(drift: &Drift) -> Value {
    let change = |it: Line| {
        let month = it.month.known().map(|it| format::exact(it.as_decimal()));
        json!({
            "deployment": it.deployment, "cause": it.cause.to_ascii_lowercase(), "what": it.what, "before": it.before,
            "now": it.now, "from": it.from, "monthly_difference": month,
        })
    };
    let changes: Value = lines(drift).into_iter().map(change).collect();
    json!({
        "changes": changes, "same": drift.same, "not_compared": drift.others, "first_measured": drift.first_said.len(),
        "not_measured": drift.unsaid.len(),
    })
}

fn summary(drift: &Drift, currency: Currency) -> String {
    let caches = |moved: &[Moved]| moved.iter().map(|it| it.caches.len()).sum::<usize>();
    let (added, removed) = (caches(&drift.added), caches(&drift.removed));
    let all = format::counted(drift.changed.len() + drift.same, "deployment");
    let mut said = vec![format!(
        "{} of {all} changed, {} {} new, {} {} not in the files.",
        drift.changed.len(),
        format::counted(added, "cache"),
        is(added),
        format::counted(removed, "cache"),
        is(removed)
    )];
    let open: usize = drift.removed.iter().filter(|it| it.listed != Listed::Whole).map(|it| it.caches.len()).sum();
    if open > 0 {
        let them = if open == 1 { "it is" } else { "they are" };
        said.push(format!("{} in no whole list: not known whether {them} gone.", format::counted(open, "cache")));
    }
    let effects: Vec<Effect> = lines(drift).into_iter().map(|it| it.month).collect();
    let known: Vec<Money> = effects.iter().filter_map(|it| it.known()).collect();
    if !known.is_empty() {
        let sum = difference(known.into_iter().sum(), currency);
        said.push(format!("A month costs {sum} at the same prices."));
    }
    let unknown = effects.iter().filter(|it| **it == Effect::Unknown).count();
    if unknown > 0 {
        let causes = format::counted(unknown, "cause");
        said.push(format!("Not in it: {causes} of which no whole month is known."));
    }
    if !drift.first_said.is_empty() {
        said.push(format!("In files now and not before, so no change: figures of {}.", some(&drift.first_said)));
    }
    if !drift.unsaid.is_empty() {
        said.push(format!("Not measured this time: the load of {}.", some(&drift.unsaid)));
    }
    if drift.others > 0 {
        let (plans, be) = (format::counted(drift.others, "plan"), is(drift.others));
        said.push(format!("Not compared: {plans} of the portfolio that {be} of no import (no tag azure-cache)."));
    }
    said.join(" ")
}

/// A few names, which may have "and" in them; else how many.
fn some(names: &[String]) -> String {
    if names.len() > 3 { format::counted(names.len(), "deployment") } else { names.join("; ") }
}

const fn is(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// "$120 more", "$120 less", "the same".
fn difference(money: Money, currency: Currency) -> String {
    if money == Money::ZERO {
        return "the same".to_owned();
    }
    let less = money < Money::ZERO;
    let amount = format::money(if less { Money::ZERO - money } else { money }, currency);
    format!("{amount} {}", if less { "less" } else { "more" })
}

fn lines(drift: &Drift) -> Vec<Line> {
    let nothing = Total::default();
    let added = drift.added.iter().map(|it| {
        let month = if it.month.is_some() { Effect::of(Some(&nothing), it.month.as_ref()) } else { Effect::Unknown };
        moved(it, ["not there", "runs"], "The portfolio has no such cache.", month)
    });
    let removed = drift.removed.iter().map(|it| {
        let from = match &it.listed {
            Listed::Whole => "The list of its subscription is in the files, and the cache is not in it.".to_owned(),
            Listed::OneGroup(group) => format!(
                "The list in the files has caches of resource group {group} alone: gone if it is the list of the whole subscription."
            ),
            Listed::No => "No whole list of its type and subscription is in the files: add az redis list or az redisenterprise list before it counts as gone.".to_owned(),
        };
        let gone = it.listed == Listed::Whole;
        let month = if gone { Effect::of(it.month.as_ref(), Some(&nothing)) } else { Effect::Unknown };
        moved(it, ["there", "not in the files"], &from, month)
    });
    let changed = drift.changed.iter().flat_map(|drifted| drifted.changes.iter().flat_map(|it| of_cause(drifted, it)));
    added.chain(removed).chain(changed).collect()
}

fn moved(it: &Moved, [before, now]: [&str; 2], from: &str, month: Effect) -> Line {
    Line {
        deployment: it.name.clone(),
        cause: "Caches",
        what: format::listed(&it.caches),
        before: before.to_owned(),
        now: now.to_owned(),
        from: from.to_owned(),
        month,
    }
}

fn of_cause<'a>(drifted: &'a Drifted, changes: &'a Changes) -> impl Iterator<Item = Line> + 'a {
    changes.what.iter().enumerate().map(|(at, what)| {
        let [before, now] = changes.month.as_ref().map_or([None, None], |[before, now]| [Some(before), Some(now)]);
        let month = if at == 0 { Effect::of(before, now) } else { Effect::Above };
        let line = |what: String, before: String, now: String, from: &str| Line {
            deployment: drifted.name.clone(),
            cause: changes.cause.name(),
            what,
            before,
            now,
            from: from.to_owned(),
            month,
        };
        match what {
            What::Field { path, from } => {
                line(label(path), words(path, &drifted.before), words(path, &drifted.now), from)
            }
            What::Members { before, now } => line(
                "Caches together".to_owned(),
                format::listed(before),
                format::listed(now),
                "links and ids of the files",
            ),
            What::Primary { before, now } => {
                line("Primary".to_owned(), before.clone(), now.clone(), "roles that the links show")
            }
            What::Setting { property, caches, before, now } => {
                let from = format!("{property} of {}", format::listed(caches));
                line(property.clone(), before.clone(), now.clone(), &from)
            }
            What::Doubt { path, why } => line(label(path), words(path, &drifted.before), "open".to_owned(), why),
            What::Topology(before, now) => {
                let name = |it: Topology| it.name().to_owned();
                line(
                    "What runs".to_owned(),
                    before.map_or_else(|| "recommended".to_owned(), name),
                    name(*now),
                    "links and ids of the files",
                )
            }
        }
    })
}
