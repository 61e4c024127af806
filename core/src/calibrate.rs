//! Calibration (M-07): the bytes kept for a delete and κ, fitted to used memory while a member was away.
//!
//! `used = κ·data + backlogs + (key + m + rest)·D`, where `D` counts the deletes and expiries since the member went away:
//! a straight line by least squares, its slope gives `m`, its start κ. The intervals are those of the line (95 %, Student's
//! t with `n − 2` degrees of freedom). Points of a memory metric hang on each other, so the true interval is wider.

pub mod estate;

pub use estate::{calibrate_estate, calibrate_measured};

use crate::evaluate::Evaluation;
use crate::import::series::{Measure, Series};
use crate::model::demand::key_memory;
use crate::model::runway::Runway;
use crate::plan::{Calibration, MAX_FITTED, Plan, check};
pub use crate::stats::line::Line;
use crate::units::sentence_error;
use crate::units::{Bytes, BytesPerSec, Date, OpsPerSec, Range, Secs};
use crate::words::calibration;

/// What happened while the series was recorded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drill {
    /// The member goes away, since the first sample.
    pub from: Secs,
    /// It is back or unlinked, since the first sample.
    pub to: Secs,
    /// Deletes and expiries a second meanwhile, all members that were left.
    pub deletes: OpsPerSec,
}

sentence_error! {
    /// Why nothing can be fitted; one sentence that states the rule.
    CalibrationError
}

/// What a drill says of the coefficients.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Bytes kept for a delete beyond the key: low and high end of the 95 % interval, the fit between them.
    pub kept_per_delete: Range<Bytes>,
    /// κ, likewise.
    pub crdt_factor: Range<f64>,
    /// κ is fitted too; false where it is the plan's own, because its data was derived from the memory used.
    pub has_factor: bool,
    /// Used memory over the time since the member went away, in bytes and seconds.
    pub line: Line,
    /// The points fitted: time since the member went away, used bytes.
    pub points: Vec<(Secs, Bytes)>,
    /// How many points were fitted: more than there are where a plan kept only some.
    pub count: u32,
    /// The delete rate.
    pub deletes: OpsPerSec,
    /// The day on which the member went away; `None` where the series has no dates.
    pub day: Option<Date>,
}

/// Fits m and κ to a series of used memory.
///
/// What overwrites, element removals and growing data keep at the plan's most likely coefficients, in the plan's proportion to
/// the deletes, is taken off the slope. κ is based on the plan's data and backlogs, so the plan has to hold the data of the
/// drill.
///
/// # Errors
/// The series is no memory, fewer than three points lie in the window, nothing is deleted, the plan has no group, or the fit
/// is none that a plan may hold: [`check`]'s sentence.
pub fn calibrate(series: &Series, drill: Drill, plan: &Plan, evaluation: &Evaluation) -> Result<Fit, CalibrationError> {
    let backlogs = fit_to_read(series, drill, evaluation)?;
    let inside = series.samples.iter().filter(|sample| sample.at >= drill.from && sample.at <= drill.to);
    let points: Vec<(Secs, Bytes)> =
        inside.map(|sample| (sample.at - drill.from, Bytes::bytes(sample.value))).collect();
    let Some(line) = line(&points) else {
        return refused(calibration::TOO_FEW_POINTS);
    };
    let other = plan.workload.key_size + other_growth(plan, evaluation, drill.deletes);
    let retained = |slope: f64| Bytes::bytes(slope / drill.deletes.as_per_s()) - other;
    let factor = |start: f64| (Bytes::bytes(start) - backlogs) / plan.workload.dataset;
    let around = |value: f64, error: f64| [value - error, value, value + error];
    let [slow, slope, steep] = around(line.slope, line.slope_error).map(retained);
    let [low, start, high] = around(line.start, line.start_error).map(factor);
    let fit = Fit {
        kept_per_delete: Range::new(slow, slope, steep),
        crdt_factor: Range::new(low, start, high),
        has_factor: true,
        line,
        count: u32::try_from(points.len()).unwrap_or(u32::MAX),
        points,
        deletes: drill.deletes,
        day: series.day(drill.from),
    };
    let fitted = ["assumptions", "calibration"];
    let errors = check(&fit.apply(plan, plan.horizon.start, &series.name));
    match errors.into_iter().find(|error| fitted.iter().any(|part| error.field.starts_with(part))) {
        None => Ok(fit),
        Some(error) => Err(CalibrationError(error.message)),
    }
}

fn refused<T>(message: &str) -> Result<T, CalibrationError> {
    Err(CalibrationError(message.to_owned()))
}

/// The backlogs of the group's members, where series, drill and plan can give a fit at all.
fn fit_to_read(series: &Series, drill: Drill, evaluation: &Evaluation) -> Result<Bytes, CalibrationError> {
    if series.measure != Some(Measure::Data) {
        return refused(&calibration::no_memory(&series.name));
    }
    let (Runway::Fills(filling), Some(cache)) = (&evaluation.active.runway, evaluation.active.design.caches.first())
    else {
        return refused(calibration::NO_GROUP);
    };
    if !(drill.deletes > OpsPerSec::ZERO && drill.deletes.is_finite()) {
        return refused(calibration::NOTHING_DELETED);
    }
    Ok(filling.backlog_per_shard * (2.0 * f64::from(cache.shards)))
}

fn line(points: &[(Secs, Bytes)]) -> Option<Line> {
    let plain: Vec<(f64, f64)> = points.iter().map(|point| (point.0.as_secs(), point.1.as_bytes())).collect();
    Line::through(&plain)
}

/// What else memory grows by for each delete, with the plan's proportions and most likely coefficients.
fn other_growth(plan: &Plan, evaluation: &Evaluation, deletes: OpsPerSec) -> Bytes {
    let (demand, assumed) = (&evaluation.demand, &plan.assumptions);
    let net = ((demand.creates - demand.removals) * key_memory(plan)).max(BytesPerSec::ZERO);
    let rest = demand.element_removals * assumed.kept_per_element.mode
        + demand.overwrites * assumed.kept_per_overwrite.mode
        + net * assumed.crdt_factor.mode;
    // A plan without deletes says nothing of the proportion; its other changes go on at their own rate.
    let removals = if demand.removals > OpsPerSec::ZERO { demand.removals } else { deletes };
    Bytes::bytes((rest / removals.as_per_s()).as_bytes_per_s())
}

impl Fit {
    /// The fit that a plan keeps, with the points that it keeps; `None` where it keeps none, or its coefficients were changed
    /// since.
    #[must_use]
    pub fn of_plan(plan: &Plan) -> Option<Self> {
        let known = plan.calibrated()?;
        let points: Vec<(Secs, Bytes)> = known.times.iter().copied().zip(known.used.iter().copied()).collect();
        Some(Self {
            kept_per_delete: plan.assumptions.kept_per_delete,
            crdt_factor: plan.assumptions.crdt_factor,
            has_factor: known.has_factor(),
            line: line(&points)?,
            points,
            count: known.points,
            deletes: known.deletes,
            day: known.of_series.then_some(known.date),
        })
    }

    /// The plan with the fitted ranges, within the bounds of their fields, where they come from, and at most
    /// [`MAX_FITTED`] of the points. A series without dates is dated by the day of reading.
    #[must_use]
    pub fn apply(&self, plan: &Plan, today: Date, source: &str) -> Plan {
        let mut plan = plan.clone();
        let bytes = |value: Bytes| value.max(Bytes::ZERO).min(Bytes::gb(1.0));
        plan.assumptions.kept_per_delete = self.kept_per_delete.map(bytes);
        if self.has_factor {
            plan.assumptions.crdt_factor = self.crdt_factor.map(|factor| factor.clamp(1.0, 10.0));
        }
        let shown = self.points.len().min(MAX_FITTED);
        let place = |index: usize| index * (self.points.len() - 1) / (shown - 1).max(1);
        let (times, used) = (0..shown).map(|index| self.points[place(index)]).unzip();
        plan.calibration = Some(Calibration {
            date: self.day.unwrap_or(today),
            of_series: self.day.is_some(),
            source: crate::units::quote::as_line(source, 120),
            points: self.count,
            deletes: self.deletes,
            fitted: plan.assumptions.fitted().into_iter().take(if self.has_factor { 6 } else { 3 }).collect(),
            times,
            used,
        });
        plan
    }

    /// Used memory on the fitted line.
    #[must_use]
    pub fn at(&self, time: Secs) -> Bytes {
        Bytes::bytes(self.line.start + self.line.slope * time.as_secs())
    }
}

#[cfg(test)]
mod tests;
