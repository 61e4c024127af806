//! What states cost over the steady month, as bars (M-10).

use super::{Axis, BarPlot, BarRow, Chart, Ink, Plot, Table, Unit, says};
use crate::model::Topology;
use crate::model::cost::states::{StateCost, States};
use crate::report::states as words;
use crate::units::{Currency, Money};

/// What each state adds for each topology: what saves money has no bar, and what lacks a price has an open one.
#[must_use]
pub fn cost_states_chart(all: &[States; 3], currency: Currency) -> Option<Chart> {
    let each = || {
        let named = Topology::ALL.into_iter().zip(all);
        named.flat_map(|(topology, states)| states.changes.iter().map(move |change| (topology, change)))
    };
    let amount = |change: &StateCost| change.change.at_least().max(Money::ZERO).as_f64_for_charts();
    let words = |change: &StateCost| {
        let said = words::change(change, currency);
        if change.unknown_lines == 0 { said } else { said.split(": ").next().unwrap_or_default().to_owned() }
    };
    let shown = |change: &StateCost| {
        if amount(change) > 0.0 { words(change) } else { words(change).replace("unknown", "no price") }
    };
    let name = |topology: Topology, change: &StateCost| format!("{}, {}", change.state.name(), super::short(topology));
    let row = |(topology, change): (Topology, &StateCost)| BarRow {
        label: name(topology, change),
        ink: Ink::Topology(topology),
        pieces: vec![(change.per.as_str().to_owned(), amount(change))],
        whisker: Some((amount(change), shown(change))),
        open: change.unknown_lines > 0,
    };
    let (topology, dearest) = each().reduce(|most, next| if amount(next.1) > amount(most.1) { next } else { most })?;
    let longest = each().map(|(_, change)| amount(change)).fold(0.0, f64::max);
    Some(Chart {
        id: "cost-by-state",
        title: "Cost of each state over the steady month".to_owned(),
        says: says([
            &format!("{} adds most: ", name(topology, dearest)),
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
            rows: each()
                .map(|(topology, change)| {
                    vec![
                        change.state.name().to_owned(),
                        topology.name().to_owned(),
                        change.per.as_str().to_owned(),
                        shown(change),
                    ]
                })
                .collect(),
        },
    })
}
