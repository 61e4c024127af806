//! The worst write of regions that could be chosen, as bars (M-08).

use super::bars::time_mark;
use super::{Axis, BarPlot, BarRow, Chart, Ink, Plot, Table, Unit};
use crate::model::Topology;
use crate::units::{Secs, format};

/// A choice by its name, and the worst write with it; `None` where that is unknown.
pub type Reached = (String, Option<Secs>);

/// The worst write at P95 with each choice against a target; without words of its own. `None` where none is known.
#[must_use]
pub fn reach_chart(
    (id, title): (&'static str, &str),
    topology: Topology,
    choices: &[Reached],
    target: Option<Secs>,
) -> Option<Chart> {
    let known = || choices.iter().filter_map(|(name, time)| Some((name, (*time)?)));
    let row = |(name, time): (&String, Secs)| BarRow {
        label: name.clone(),
        ink: Ink::Topology(topology),
        pieces: vec![("worst write".to_owned(), time.as_secs())],
        whisker: Some((time.as_secs(), format::duration(time))),
        open: false,
    };
    let longest = known().map(|(_, time)| time.as_secs()).reduce(f64::max)?;
    let reach = target.map_or(longest, |target| longest.max(target.as_secs()));
    let when = if topology == Topology::Active { "any one region down" } else { "normal running" };
    Some(Chart {
        id,
        title: title.to_owned(),
        says: Vec::new(),
        caption: format!("Worst write of all users, {when}, P95."),
        plot: Plot::Bars(BarPlot {
            x: Axis::covering("worst write, P95", Unit::Time, reach * 1.02, 6),
            rows: known().map(row).collect(),
            marks: target.map(time_mark).into_iter().collect(),
        }),
        table: Table {
            head: ["Region", "Worst write, P95"].map(str::to_owned).into(),
            rows: known().map(|(name, time)| vec![name.clone(), format::duration(time)]).collect(),
        },
    })
}
