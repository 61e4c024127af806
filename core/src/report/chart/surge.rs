//! Reads of the database with a warm and an empty cache, beside what it sustains (M-10).

use super::{Axis, BarPlot, BarRow, Chart, Ink, Mark, Plot, Table, Unit};
use crate::model::Topology;
use crate::model::surge::Surge;
use crate::units::{OpsPerSec, format};

/// The reads at the peak of the day; without words of its own, which the section around it has.
#[must_use]
pub fn surge_chart(surge: &Surge) -> Chart {
    let row = |label: &str, rate: OpsPerSec| BarRow {
        label: label.to_owned(),
        ink: Ink::Topology(Topology::Rebuild),
        pieces: vec![("reads".to_owned(), rate.as_per_s())],
        whisker: Some((rate.as_per_s(), format::ops(rate))),
        open: false,
    };
    let label = format!("sustained {}", format::ops(surge.sustained));
    let mark = Mark { at: surge.sustained.as_per_s(), vertical: true, label, ink: Ink::Bad, strong: true };
    let longest = [surge.usual, surge.peak, surge.sustained].map(OpsPerSec::as_per_s).into_iter().fold(0.0, f64::max);
    let shown = [("Warm cache", surge.usual), ("Empty cache", surge.peak)];
    let cells = |name: &str, rate: OpsPerSec| vec![name.to_owned(), format::ops(rate)];
    Chart {
        id: "surge",
        title: "Reads of the database at the peak".to_owned(),
        says: Vec::new(),
        caption: "Assumption: all keys are read equally often.".to_owned(),
        plot: Plot::Bars(BarPlot {
            x: Axis::covering("reads of the database", Unit::Ops, longest * 1.02, 5),
            rows: shown.map(|(name, rate)| row(name, rate)).into(),
            marks: vec![mark],
        }),
        table: Table {
            head: ["Reads at the peak", "Rate"].map(str::to_owned).into(),
            rows: [shown[0], shown[1], ("The database sustains", surge.sustained)]
                .map(|(name, rate)| cells(name, rate))
                .into(),
        },
    }
}
