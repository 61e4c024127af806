//! What states cost over the steady month, as bars (M-10).

use super::{Axis, BarPlot, BarRow, Chart, Ink, Plot, Table, Unit, says};
use crate::model::Topology;
use crate::model::cost::states::{StateCost, States};
use crate::report::states;
use crate::units::{Currency, Money};

/// What a change adds at least; nothing where it saves money.
fn amount(change: &StateCost) -> Money {
    change.change.at_least().max(Money::ZERO)
}

/// The change in words; of one with unknown lines what is known of it.
fn words(change: &StateCost, currency: Currency) -> String {
    let said = states::change(change, currency);
    if change.unknown_lines == 0 { said } else { said.split(": ").next().unwrap_or_default().to_owned() }
}

/// What each state adds for each topology: what saves money has no bar, and what lacks a price has an open one.
#[must_use]
pub fn cost_states_chart(all: &[States; 3], currency: Currency) -> Option<Chart> {
    let each = || {
        let named = Topology::ALL.into_iter().zip(all);
        named.flat_map(|(topology, states)| states.changes.iter().map(move |change| (topology, change)))
    };
    let words = |change: &StateCost| words(change, currency);
    let shown = |change: &StateCost| {
        if amount(change) > Money::ZERO { words(change) } else { words(change).replace("unknown", "no price") }
    };
    let length = |change: &StateCost| amount(change).as_f64_for_charts();
    let name = |topology: Topology, change: &StateCost| format!("{}, {}", change.state.name(), super::short(topology));
    let row = |(topology, change): (Topology, &StateCost)| BarRow {
        label: name(topology, change),
        ink: Ink::Topology(topology),
        pieces: vec![(change.per.as_str().to_owned(), length(change))],
        whisker: Some((length(change), shown(change))),
        open: change.unknown_lines > 0,
    };
    let cells = |(topology, change): (Topology, &StateCost)| {
        vec![change.state.name().to_owned(), topology.name().to_owned(), change.per.as_str().to_owned(), shown(change)]
    };
    let (topology, dearest) = each().reduce(|most, next| if amount(next.1) > amount(most.1) { next } else { most })?;
    let longest = each().map(|(_, change)| length(change)).fold(0.0, f64::max);
    Some(Chart {
        id: "cost-by-state",
        title: "Cost of each state over the steady month".to_owned(),
        says: says([
            &format!("“{}” of the {} adds most: ", dearest.state.name(), topology.name().to_ascii_lowercase()),
            &words(dearest),
            &format!(" {}.", dearest.per.as_str()),
        ]),
        caption: "At the bill’s prices and discounts; what saves money has no bar.".to_owned(),
        plot: Plot::Bars(BarPlot {
            x: Axis::covering("over the steady month", Unit::Money(currency), longest * 1.02, 5),
            rows: each().map(row).collect(),
            marks: Vec::new(),
        }),
        table: Table {
            head: ["State", "Topology", "Each", "Over steady"].map(str::to_owned).into(),
            rows: each().map(cells).collect(),
        },
    })
}
