//! The bands of the month as bars (M-14).

use super::spans::cut_at;
use super::{Axis, BarPlot, BarRow, Chart, Ink, Plot, Table, Unit, says};
use crate::explore::bill_bands::money;
use crate::explore::{BILL_SAMPLING, BillBands};
use crate::model::Topology;
use crate::report::explored::bill_bands::cents;
use crate::units::{Currency, Money, format};

/// P05, P50 and P95 of each design's month; a sum that lacks a price has an open end. `None` where no design has a month.
#[must_use]
pub fn bill_bands_chart(bands: &[BillBands; 3], currency: Currency) -> Option<Chart> {
    let known = || Topology::ALL.into_iter().zip(bands).filter(|(_, it)| it.left_out < it.trials || it.is_point());
    let ends = |it: &BillBands| [it.total.p05, it.total.p50, it.total.p95].map(|it| it.value);
    let figure = |value: f64| money(value).as_f64_for_charts();
    let marked = |it: &BillBands, value: f64| {
        let text = format::money(money(value), currency);
        if it.missing.is_empty() { text } else { format!("≥\u{a0}{text}") }
    };
    let words = |it: &BillBands| {
        let [low, _, high] = ends(it).map(|value| marked(it, value));
        if low == high { low } else { format!("{low} – {high}") }
    };
    let row = |(topology, it): (Topology, &BillBands)| BarRow {
        label: topology.name().to_owned(),
        ink: Ink::Topology(topology),
        pieces: cut_at(ends(it).map(figure)),
        whisker: Some((figure(ends(it)[2]), words(it))),
        open: !it.missing.is_empty(),
    };
    let wide = |it: &BillBands| it.total.p95.value - it.total.p05.value;
    let widest = known().reduce(|most, next| if wide(next.1) > wide(most.1) { next } else { most })?;
    let longest = known().map(|(_, it)| figure(ends(it)[2])).fold(0.0, f64::max);
    let cells = |(topology, it): (Topology, &BillBands)| {
        let to_cents = |value: f64| cents(it, Money::new(money(value).to_cents()), currency);
        [topology.name().to_owned()].into_iter().chain(ends(it).map(to_cents)).collect()
    };
    let name = widest.0.name().to_ascii_lowercase();
    Some(Chart {
        id: "bill-bands",
        title: "P05, P50 and P95 of the month".to_owned(),
        says: if wide(widest.1) > 0.0 {
            says([&format!("The {name} varies most: "), &words(widest.1), " a month in 9 of 10 cases."])
        } else {
            says(["No range moves a bill: each month is the planned one."])
        },
        caption: format!(
            "{} trials, seed {}; each keeps the design while it fits, else takes the cheapest that does.",
            format::count(f64::from(BILL_SAMPLING.trials)),
            BILL_SAMPLING.seed
        ),
        plot: Plot::Bars(BarPlot {
            x: Axis::covering("a month", Unit::Money(currency), longest * 1.02, 6),
            rows: known().map(row).collect(),
            marks: Vec::new(),
        }),
        table: Table {
            head: ["Topology", "P05", "P50", "P95"].map(str::to_owned).into(),
            rows: known().map(cells).collect(),
        },
    })
}
