//! In how much of a year the recovery point is above some ages (M-04).

use super::{Axis, BarPlot, BarRow, Chart, Ink, Plot, Table, Unit, short};
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::units::{HOURS_PER_YEAR, Ratio, Secs, format};

/// For each topology with a replica, the time of a year in which the oldest change that is not copied is older than each of
/// [`crate::model::rpo::AGES`]. `None` where no replica has a lag.
#[must_use]
pub fn age_chart(evaluation: &Evaluation) -> Option<Chart> {
    let both = [Topology::Passive, Topology::Active];
    let older: Vec<(Topology, Secs, Ratio)> = both
        .into_iter()
        .flat_map(|topology| evaluation.of(topology).rpo.older.iter().map(move |(age, share)| (topology, *age, *share)))
        .collect();
    let a_year = |share: Ratio| Secs::hours(f64::from(HOURS_PER_YEAR)) * share.as_fraction();
    let longest = older.iter().map(|(.., share)| a_year(*share).as_secs()).reduce(f64::max)?;
    let row = |(topology, age, share): &(Topology, Secs, Ratio)| BarRow {
        label: format!("{}, {}", format::duration(*age), short(*topology)),
        ink: Ink::Topology(*topology),
        pieces: vec![(String::new(), a_year(*share).as_secs())],
        whisker: Some((a_year(*share).as_secs(), time_of(a_year(*share)))),
        open: false,
    };
    let cells = |(topology, age, share): &(Topology, Secs, Ratio)| {
        vec![topology.name().to_owned(), format::duration(*age), time_of(a_year(*share)), format::percent(*share)]
    };
    Some(Chart {
        id: "age",
        title: "Time of a year with a recovery point above …".to_owned(),
        says: Vec::new(),
        caption: "Modelled: time of a year in which the oldest change not yet copied is older.".to_owned(),
        plot: Plot::Bars(BarPlot {
            x: Axis::covering("time of a year", Unit::Time, longest.max(1.0) * 1.02, 6),
            rows: older.iter().map(row).collect(),
            marks: Vec::new(),
        }),
        table: Table {
            head: ["Topology", "Older than", "Of a year", "Share"].map(str::to_owned).into(),
            rows: older.iter().map(cells).collect(),
        },
    })
}

fn time_of(time: Secs) -> String {
    if time == Secs::ZERO { "never".to_owned() } else { format::duration(time) }
}
