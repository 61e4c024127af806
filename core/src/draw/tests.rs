//! What a drawing of the starting plan holds, and what its read-out says.

use super::readout::{nearest, stops, words};
use super::*;
use crate::catalog::Catalog;
use crate::evaluate::evaluate;
use crate::explore::break_even::{Grid, edges};
use crate::plan::Plan;
use crate::report::chart::{
    BarPlot, BarRow, Chart, Plot, bill_chart, break_even_chart, latency_chart, outage_chart, rto_chart,
};

fn charts() -> Vec<Chart> {
    let (plan, catalog) = (Plan::default(), Catalog::bundled().unwrap());
    let evaluation = evaluate(&plan, &catalog);
    let charts = [
        outage_chart(&plan, &catalog, &evaluation),
        rto_chart(&plan, &evaluation),
        bill_chart(&plan, &evaluation),
        latency_chart(&plan, &catalog, &evaluation),
    ];
    let grid = Grid::whole(&plan, &catalog);
    let map = break_even_chart(&grid, &edges(&grid, &catalog), catalog.currency());
    charts.into_iter().flatten().chain([map]).collect()
}

/// The line of a moment: at the left of the plot, at its right, and no further; other drawings have none.
#[test]
fn a_moment_is_a_line_over_all_panes() {
    use super::readout::across;
    for chart in charts() {
        let frames = layout(&chart.plot, 960.0, &estimate);
        let (Plot::Lines(panes), Frames::Lines(places)) = (&chart.plot, &frames) else {
            assert_eq!(across(&chart.plot, &frames, 0.0), None, "{}", chart.id);
            continue;
        };
        let (axis, first) = (&panes[0].x, places.panes[0]);
        let at = |value: f64| across(&chart.plot, &frames, value).expect("a line").x;
        assert!((at(axis.from) - first.x).abs() < 1e-9 && (at(axis.to) - first.x - first.w).abs() < 1e-9);
        assert!((at(axis.to * 2.0) - at(axis.to)).abs() < 1e-9, "{}", chart.id);
    }
}

/// Texts of an SVG, in the order in which they are drawn.
fn texts(svg: &str) -> Vec<&str> {
    svg.split("<text")
        .skip(1)
        .filter_map(|rest| rest.split_once('>')?.1.split_once('<'))
        .map(|(text, _)| text.trim())
        .collect()
}

#[test]
fn drawings_hold_their_labels_at_every_width() {
    for chart in charts() {
        for width in [330, 720, 1_100] {
            let drawing = svg(&chart.plot, &Palette::LIGHT, width);
            assert!(drawing.contains("<svg") && drawing.ends_with("</svg>\n"), "{}", chart.id);
            let found = texts(&drawing);
            assert!(found.len() > 6, "{} at {width}: {found:?}", chart.id);
        }
    }
}

#[test]
fn what_a_wide_drawing_says() {
    let said: Vec<String> = charts()
        .iter()
        .map(|chart| format!("{}\n  {}", chart.id, texts(&svg(&chart.plot, &Palette::LIGHT, 960)).join(" | ")))
        .collect();
    insta::assert_snapshot!(said.join("\n\n"));
}

#[test]
fn the_read_out_names_what_is_pointed_at() {
    let mut said = Vec::new();
    for chart in charts() {
        let frames = layout(&chart.plot, 960.0, &estimate);
        let places = stops(&chart.plot, &frames);
        let middle = nearest(&places, (480.0, frames.height() / 2.0)).expect("a place");
        said.push(words(&chart.plot, &places[middle]));
    }
    insta::assert_snapshot!(said.join("\n"));
}

/// A lower bound was drawn as a finished bar: its end is three strips, behind which the sum stands.
#[test]
fn the_bar_of_a_lower_bound_has_an_open_end_at_every_width() {
    let west = crate::catalog::RegionId::new("westeurope");
    let catalog = Catalog::bundled().unwrap().without_node_prices(&west);
    let mut plan = Plan::default();
    plan.exchange_region(0, west);
    let chart = bill_chart(&plan, &evaluate(&plan, &catalog)).expect("bills");
    let Plot::Bars(bars) = &chart.plot else { panic!("bars") };
    let closed = bars.rows.iter().map(|row| BarRow { open: false, ..row.clone() }).collect();
    let closed = Plot::Bars(BarPlot { rows: closed, ..bars.clone() });
    for width in [330, 720, 1_100] {
        let rects = |plot: &Plot| svg(plot, &Palette::LIGHT, width).matches("<rect").count();
        assert_eq!(rects(&chart.plot), rects(&closed) + 9, "three strips behind each of three bars at {width}");
        let Frames::Bars(frames) = layout(&chart.plot, f64::from(width), &estimate) else { panic!("bars") };
        for (row, pieces) in bars.rows.iter().zip(&frames.rows) {
            let end = pieces.last().map_or(0.0, |last| last.x + last.w);
            let label = row.whisker.as_ref().map_or("", |(_, label)| label);
            assert!(end + 24.0 + estimate(label, false) <= f64::from(width), "{label} fits at {width}");
        }
    }
}

/// "0 to low" was drawn as strong as the range behind it.
#[test]
fn a_range_is_blank_before_its_low_end_and_a_stroke_without_width() {
    use crate::report::chart::{Axis, Ink, Unit};
    let drawn = |pieces: [f64; 3]| {
        let row = BarRow {
            label: "detect".to_owned(),
            ink: Ink::Accent,
            pieces: pieces.map(|length| (String::new(), length)).into(),
            whisker: None,
            open: false,
        };
        let x = Axis::covering("time", Unit::Time, 100.0, 6);
        let plot = Plot::Bars(BarPlot { x, rows: vec![row], marks: Vec::new() });
        let drawn = svg(&plot, &Palette::LIGHT, 720);
        let Frames::Bars(frames) = layout(&plot, 720.0, &estimate) else { panic!("bars") };
        let first = frames.rows[0][0];
        let fine = f64::from(crate::draw::svg::FINE);
        let at = |rect: &str| Some(rect.split_once("x=\"")?.1.split_once('"')?.0.parse::<f64>().ok()? / fine);
        // Lines of the axis are thin and high.
        let high = format!("height=\"{}\"", first.h * fine);
        let bars = drawn.split("<rect").skip(1).filter(|rect| rect.contains(&high)).filter_map(at);
        (bars.collect::<Vec<_>>(), first.x + first.w)
    };
    let (bars, low) = drawn([40.0, 20.0, 30.0]);
    assert_eq!(bars.len(), 2, "low to middle, middle to high");
    assert!(bars.iter().all(|x| *x >= low - 1.0), "{bars:?} from {low}");
    let (bars, low) = drawn([40.0, 0.0, 0.0]);
    assert!(bars.len() == 1 && (bars[0] - low).abs() <= 2.0, "{bars:?} at {low}");
}
