//! Chart specifications: series, axes and marks, no pixels. The page and the exports draw the same specification.

mod age;
mod at_risk;
mod axis;
mod backlog;
mod bars;
mod bill_ranges;
mod break_even;
mod cost_states;
mod frontier;
mod full_sync;
mod horizon;
mod migration;
mod outage;
mod outage_bands;
mod outage_marks;
mod portfolio;
mod reach;
mod recovery;
mod sensitivity;
mod spans;
mod surge;
#[cfg(test)]
mod tests;
mod timeline;

pub use age::age_chart;
pub use at_risk::{at_risk, pair_risk_chart};
pub use axis::{Axis, Unit, nice_step};
pub use backlog::Backlogs;
pub use bars::{bill_chart, latency_chart, rto_chart};
pub use bill_ranges::bill_bands_chart;
pub use break_even::{break_even_by, break_even_chart};
pub use cost_states::cost_states_chart;
pub use frontier::frontier_chart;
pub use full_sync::full_sync_chart;
pub use horizon::{by_year, horizon_chart};
pub use migration::{migration_dates_chart, migration_paths_chart, migration_sizes_chart, waves_chart};
pub use outage::outage_chart;
pub use outage_bands::{chance_chart, fit_chart, memory_bands_chart};
pub use portfolio::portfolio_chart;
pub use reach::{Reached, reach_chart};
pub use recovery::recovery_times_chart;
pub use sensitivity::sensitivity_chart;
pub use spans::{availability_chart, drills_chart, steps_chart};
pub use surge::surge_chart;
pub use timeline::timeline_chart;

use crate::model::Topology;
use crate::report::Span;

/// A chart with the words around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Stable name, used for file names: `outage-memory`.
    pub id: &'static str,
    /// Heading.
    pub title: String,
    /// What it says for this plan, one or two sentences.
    pub says: Vec<Span>,
    /// How it was made: basis, assumptions, units.
    pub caption: String,
    /// The drawing.
    pub plot: Plot,
    /// The same figures as a table.
    pub table: Table,
}

/// Kinds of drawings.
#[derive(Debug, Clone, PartialEq)]
pub enum Plot {
    /// Lines and bands: plots one above the other over the same x axis.
    Lines(Vec<LinePlot>),
    /// Horizontal bars of stacked pieces, one row each.
    Bars(BarPlot),
    /// A grid of cells, each a colour and a letter.
    Heat(HeatPlot),
}

/// Lines and bands.
#[derive(Debug, Clone, PartialEq)]
pub struct LinePlot {
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The lines, drawn in order.
    pub lines: Vec<Line>,
    /// Shaded areas between two lines, drawn below the lines.
    pub bands: Vec<Band>,
    /// Vertical and horizontal marks with labels.
    pub marks: Vec<Mark>,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Label at its end.
    pub label: String,
    /// Colour role.
    pub ink: Ink,
    /// Points, x rising.
    pub points: Vec<(f64, f64)>,
}

/// A band between a low and a high line over the same x.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Label for the read-out; empty for a shade that the words around the chart explain.
    pub label: String,
    /// Colour role.
    pub ink: Ink,
    /// `(x, low, high)`, x rising.
    pub points: Vec<(f64, f64, f64)>,
}

/// A line across the plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where.
    pub at: f64,
    /// Vertical (an x value) or horizontal (a y value).
    pub vertical: bool,
    /// Its label.
    pub label: String,
    /// Colour role.
    pub ink: Ink,
    /// The moment that matters is drawn strongest.
    pub strong: bool,
}

/// Rows of stacked pieces.
#[derive(Debug, Clone, PartialEq)]
pub struct BarPlot {
    /// The horizontal axis.
    pub x: Axis,
    /// Rows from top to bottom.
    pub rows: Vec<BarRow>,
    /// Vertical marks.
    pub marks: Vec<Mark>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct BarRow {
    /// Label at the left.
    pub label: String,
    /// Colour role.
    pub ink: Ink,
    /// Pieces from left to right: name and length on the x axis; the parts of a range have no names.
    pub pieces: Vec<(String, f64)>,
    /// End of the whisker on the x axis, with its label.
    pub whisker: Option<(f64, String)>,
    /// The pieces are a lower bound: the bar is drawn with an open end.
    pub open: bool,
}

impl BarRow {
    /// True for a range, cut at its middle: what lies before its low end is the first piece, and is not drawn.
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.pieces.len() == 3 && self.pieces.iter().all(|(name, _)| name.is_empty())
    }
}

/// Cells over two axes of steps; colour and letter say the same.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatPlot {
    /// The horizontal axis, from left to right.
    pub x: Steps,
    /// The vertical axis, from top to bottom.
    pub y: Steps,
    /// The cells row by row from the top left; without a letter while they are worked out.
    pub cells: Vec<HeatCell>,
    /// The cell that is the plan itself: column and row.
    pub own: (usize, usize),
    /// What the letters mean, in the order of the legend.
    pub legend: Vec<(HeatCell, String)>,
}

/// An axis of steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    /// What it measures.
    pub label: String,
    /// A text for each step, with its unit.
    pub names: Vec<String>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatCell {
    /// Colour role.
    pub ink: Ink,
    /// Drawn as a tint: weaker than the others.
    pub soft: bool,
    /// One letter; empty for an empty cell.
    pub letter: &'static str,
    /// The cell in words, for the read-out.
    pub says: String,
}

/// Colour roles; the page and the exports have a palette for light and dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// A topology's own colour.
    Topology(Topology),
    /// What can be operated, the moment that matters.
    Accent,
    /// A limit that must not be reached.
    Bad,
    /// A threshold that warns.
    Warn,
    /// Everything quiet.
    Quiet,
    /// Text and targets.
    Strong,
}

/// A table: headings and rows of text, numbers already rounded as on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Column headings.
    pub head: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<String>>,
}

/// Plain and strong pieces in turn, plain first: `["East US is full after ", "4 h 52 min", "."]`; empty pieces are left out.
fn says<const N: usize>(pieces: [&str; N]) -> Vec<Span> {
    let spans =
        pieces.iter().enumerate().map(|(index, text)| Span { text: (*text).to_owned(), strong: index % 2 == 1 });
    spans.filter(|span| !span.text.is_empty()).collect()
}

/// A topology in the room of a mark's label.
const fn short(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild => "rebuild",
        Topology::Passive => "pair",
        Topology::Active => "group",
    }
}
