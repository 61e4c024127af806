//! What each target costs, and what the next step up buys (M-17).

use super::super::NONE;
use super::search_table::span;
use crate::explore::search::{FillCost, MonthApart, Saved, Search, StepUp, TargetCost};
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::report::search::{design, figure, modelled, paid, target};
use crate::report::verdict::cheapest;
use crate::units::{Currency, Money, format};
use crate::words::waits::of_months;

/// What each target costs; `None` without a winner.
pub(super) fn target_costs(found: &Search, currency: Currency) -> Option<Section> {
    found.winner()?;
    let dear: Vec<&TargetCost> = found.costs.iter().filter(|cost| cost.without.is_some()).collect();
    let free: Vec<&str> = found.costs.iter().filter(|it| it.without.is_none()).map(|it| it.objective.name()).collect();
    let mut says = Vec::new();
    if let Some(cost) =
        dear.iter().filter_map(|cost| cost.without.as_ref().map(|it| (cost, it))).max_by_key(|it| it.1.saves)
    {
        let (which, saved) = cost;
        let (all, month) = (format::money(saved.saves, currency), by_the_month(saved, currency));
        says.push(format!(
            "The {} target costs the most: without it {} are {all} cheaper{month}.",
            which.objective.name(),
            span(found)
        ));
    }
    if !free.is_empty() {
        let (verb, it) = if free.len() == 1 { ("target costs", "it") } else { ("targets cost", "one of them") };
        says.push(format!(
            "The {} {verb} nothing: without {it} {} is the same design.",
            format::listed(&free),
            cheapest(found.counts_loss())
        ));
    }
    let section = Section::new("search-targets", "What each target costs", says.join(" "));
    let saved = |saved: &Option<Saved>| match saved {
        Some(it) => [
            format!("{}, {}", design(&it.design.choice), paid(&it.design.choice)),
            it.to.map_or_else(|| NONE.to_owned(), |to| target(to, currency)),
            month_apart(it.month, currency),
            format::money(it.saves, currency),
        ],
        None => [NONE, NONE, NONE, NONE].map(str::to_owned),
    };
    let row = |cost: &&TargetCost| {
        let [design, to, month, saves] = saved(&cost.step);
        let without = cost.without.as_ref().map_or_else(|| NONE.to_owned(), |it| format::money(it.saves, currency));
        Row::of([modelled(cost.objective).to_owned(), design, to, month, saves, without])
    };
    let table = Table {
        id: "search-targets",
        name: "What each target costs".to_owned(),
        columns: vec![
            Column::names("Target"),
            Column::text("Cheaper design"),
            Column::figures("One step looser"),
            Column::figures("Saves a month"),
            Column::figures(format!("Over {}", span(found))),
            Column::figures("Without it, saves"),
        ],
        rows: dear.iter().map(row).chain(found.fuller.as_ref().map(|it| fuller(it, currency))).collect(),
    };
    Some(section.with(Block::Table(table)))
}

/// The row of the largest fill, which is the plan's and no target.
fn fuller(cost: &FillCost, currency: Currency) -> Row {
    Row::of([
        "Largest fill".to_owned(),
        format!("{}, {}", design(&cost.design.choice), paid(&cost.design.choice)),
        format::percent(cost.to),
        month_apart(cost.month, currency),
        format::money(cost.saves, currency),
        NONE.to_owned(),
    ])
}

/// ", $946 of it a month"; "" where the month is not the cheaper one.
fn by_the_month(saved: &Saved, currency: Currency) -> String {
    if saved.month.by > Money::ZERO {
        format!(", {} a month{}", format::money(saved.month.by, currency), of_months(saved.month.months))
    } else {
        String::new()
    }
}

/// "$946"; "$946 after 2028-09-30" where both keep what runs up to that day.
fn month_apart(apart: MonthApart, currency: Currency) -> String {
    format::money(apart.by, currency) + &of_months(apart.months)
}

/// What the next step up buys; `None` without a winner.
pub(super) fn steps(found: &Search, currency: Currency) -> Option<Section> {
    let winner = found.winner()?;
    let says =
        if found.steps.is_empty() { "No dearer design that meets every target does better in any figure." } else { "" };
    let row = |step: &StepUp| {
        Row::of([
            modelled(step.objective).to_owned(),
            format!("{}, {}", design(&step.design.choice), paid(&step.design.choice)),
            figure(winner.figure(step.objective), currency),
            figure(step.design.figure(step.objective), currency),
            month_apart(step.month, currency),
            format::money(step.more, currency),
        ])
    };
    let table = Table {
        id: "search-steps",
        name: "What the next step up buys".to_owned(),
        columns: vec![
            Column::names("Better"),
            Column::text("Design"),
            Column::figures("Now"),
            Column::figures("Then"),
            Column::figures("More a month"),
            Column::figures(format!("Over {}", span(found))),
        ],
        rows: found.steps.iter().map(row).collect(),
    };
    Some(Section::new("search-steps", "What the next step up buys", says).with(Block::Table(table)))
}
