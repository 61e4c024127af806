//! One uncertain input: where it lies in the plan, and its ends.

use super::{Plan, RANGES, RangeField, Span, field};
use crate::stats::spread::Spread;
use crate::units::format;
use crate::units::{Range, Ratio, Secs};
use serde::Serialize;

/// An input of a plan that is a range.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Input {
    /// Path of the range in the plan file.
    pub path: &'static str,
    /// What a person calls it.
    pub label: &'static str,
    /// Low end, in base units; a share of the plan's figure for volumes. Of a 90 % interval its 5 % quantile, of measured
    /// times the shortest.
    pub low: f64,
    /// High end.
    pub high: f64,
    /// Its distribution.
    #[serde(skip)]
    pub(crate) spread: Spread,
}

const RATES: &str = "workload.spread.rates";
const DATA: &str = "workload.spread.data";
const MOVE: &str = "horizon.migration_hours";

impl Input {
    /// Every range of the plan whose ends differ and are in order, and the volumes that have a span.
    #[must_use]
    pub fn all(plan: &Plan) -> Vec<Self> {
        let volumes = plan.workload.spread;
        let ranges = RANGES.iter().filter_map(|range| of_range(plan, range));
        let all = ranges.chain([of_volume(RATES, "Operations", volumes.rates), of_volume(DATA, "Data", volumes.data)]);
        all.filter(|input| input.low < input.high && !matches!(input.spread, Spread::Exactly(_))).collect()
    }

    /// The same, and operations, data and the hours of a move a tenth below and above where the plan gives them as points.
    #[must_use]
    pub fn all_with_points(plan: &Plan) -> Vec<Self> {
        let mut all = Self::all(plan);
        let tenth = Span { low: Ratio::percent(90.0), high: Ratio::percent(110.0) };
        let hours = f64::from(plan.horizon.migration_hours);
        let moved =
            Self { low: 0.9 * hours, high: 1.1 * hours, ..of_volume(MOVE, "Hours of people for the move", tenth) };
        for point in [of_volume(RATES, "Operations", tenth), of_volume(DATA, "Data", tenth), moved] {
            if !all.iter().any(|input| input.path == point.path) {
                all.push(point);
            }
        }
        all
    }

    /// Makes the input known: a point at the value. For volumes the plan's figures are multiplied, so use it once on a plan.
    pub fn set(&self, plan: &mut Plan, value: f64) {
        let load = &mut plan.workload;
        match self.path {
            RATES => {
                load.writes = load.writes * value;
                load.reads = load.reads.map(|reads| reads * value);
                load.spread.rates = Span::default();
            }
            DATA => {
                load.dataset = load.dataset * value;
                load.spread.data = Span::default();
            }
            MOVE => plan.horizon.migration_hours = hours(value),
            path => {
                plan.recovery.evidence.retain(|known| path.strip_prefix("recovery.") != Some(known.step.as_str()));
                let parts = RANGES.iter().find(|range| range.path == path).map(|range| range.parts);
                for field in parts.into_iter().flatten().filter_map(field) {
                    (field.set)(plan, Some(value));
                }
            }
        }
    }

    /// A value with its unit: "30 s", "1.5", "200 %".
    #[must_use]
    pub fn text(&self, value: f64) -> String {
        if matches!(self.path, RATES | DATA) {
            return format::percent(Ratio::fraction(value));
        }
        if self.path == MOVE {
            return format::counted(hours(value) as usize, "hour");
        }
        let parts = RANGES.iter().find(|range| range.path == self.path).map(|range| range.parts);
        let field = parts.and_then(|parts| field(parts[1]));
        field.map_or_else(|| format::number(value), |field| field.print(value))
    }
}

/// A step's evidence counts before its low, most likely and high.
fn of_range(plan: &Plan, range: &RangeField) -> Option<Input> {
    let [low, mode, high] = range.parts.map(|path| field(path).and_then(|field| (field.get)(plan)));
    let [low, mode, high] = [low?, mode?, high?];
    let plain = Input { path: range.path, label: range.label, low, high, spread: Spread::triangular(low, mode, high) };
    if !range.path.starts_with("recovery.") {
        return Some(plain);
    }
    let (spread, ends, _) = plan.step_spread(range.path, Range::new(low, mode, high).map(Secs::secs));
    Some(Input { low: ends.low.as_secs(), high: ends.high.as_secs(), spread, ..plain })
}

fn of_volume(path: &'static str, label: &'static str, span: Span) -> Input {
    let (low, high) = (span.low.as_fraction(), span.high.as_fraction());
    Input { path, label, low, high, spread: Spread::triangular(low, 1.0, high) }
}

/// Whole hours of people; a field of the plan takes no part of one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, and inside the bounds")]
fn hours(value: f64) -> u32 {
    libm::round(value.clamp(0.0, f64::from(u32::MAX))) as u32
}
