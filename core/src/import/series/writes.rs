//! A series of write rates taken into a plan.

use super::{Measure, Series, SeriesError, metrics};
use crate::import::words::named;
use crate::model::demand::StreamBytes;
use crate::plan::{MAX_RATES, Plan, Profile, check, field};
use crate::units::format;
use crate::units::{OpsPerSec, Secs};

/// Decimals of a rate over the mean that a plan keeps: enough for a figure on the page, few enough for a link.
const KEPT: f64 = 1e3;

/// The plan with the series as its write rate, and what to say about it. `file` names where it came from.
///
/// The mean of writes/s becomes the plan's writes; a mean of bytes/s is taken as stream bytes, `÷ (bytes per write × (1 +
/// overhead))`. A series without a unit gives the course alone and the plan's writes stay. Longer series are reduced to
/// [`MAX_RATES`] means of equal time. Samples that are missing are left out, so that the series is shorter by them.
///
/// # Errors
/// The series is no rate of writes, has no rate above 0, or gives writes that no plan may hold: [`check`]'s sentence.
pub fn take_writes(series: &Series, plan: &Plan, file: &str) -> Result<(Plan, String), SeriesError> {
    let mut plan = plan.clone();
    let mean = series.mean();
    let level = match series.measure {
        None if metrics::says_otherwise(&series.name) => {
            let name = named(&series.name);
            return Err(SeriesError(format!(
                "“{name}” is no name of a rate of writes; open a series of writes, its column named as “writes/s”."
            )));
        }
        None => None,
        Some(Measure::Operations) => Some(mean),
        Some(Measure::DataRate) => {
            let bytes = StreamBytes::of(&plan).mean(&plan.workload.split).as_bytes();
            Some(mean / (bytes * (1.0 + plan.assumptions.wire_overhead.as_fraction())))
        }
        Some(Measure::Data | Measure::Share) => {
            let name = named(&series.name);
            return Err(SeriesError(format!(
                "“{name}” is no rate of writes; open a series in writes/s or in bytes/s."
            )));
        }
    };
    if !(mean.is_finite() && mean > 0.0) {
        return Err(SeriesError("Nothing is ever written in this series; open one with a rate above 0.".to_owned()));
    }
    if let Some(level) = level {
        let bounds = field("workload.writes").map(|field| field.check(level));
        if let Some(Err(error)) = bounds {
            return Err(SeriesError(error.message));
        }
        plan.workload.writes = OpsPerSec::per_s(level);
        plan.take_as_given("workload.writes");
    }
    let profile = reduced(series, mean, file);
    let said = summary(series, &plan, &profile, level.is_some());
    plan.workload.profile = Some(profile);
    // A step of months, a rate far above the mean: a plan that no reader takes would be lost at the next visit.
    match check(&plan).into_iter().find(|error| error.field.starts_with("workload")) {
        None => Ok((plan, said)),
        Some(error) => Err(SeriesError(error.message)),
    }
}

/// Means over equal times, as factors of the whole mean.
fn reduced(series: &Series, mean: f64, file: &str) -> Profile {
    let count = series.samples.len().min(MAX_RATES);
    let step = series.covered().as_secs() / count as f64;
    let mut rates = Vec::with_capacity(count);
    let (mut sum, mut filled) = (0.0, 0.0);
    for sample in &series.samples {
        let mut left = sample.lasts.as_secs();
        while left > 0.0 && rates.len() < count {
            let part = left.min(step - filled);
            sum += sample.value * part;
            filled += part;
            left -= part;
            // Sums of many lengths miss a step by a few units in the last place.
            if filled >= step * (1.0 - 1e-9) {
                rates.push(rounded(sum / filled / mean));
                (sum, filled) = (0.0, 0.0);
                left = if left < step * 1e-9 { 0.0 } else { left };
            }
        }
    }
    if rates.len() < count && filled > 0.0 {
        rates.push(rounded(sum / filled / mean));
    }
    Profile { name: crate::units::quote::as_line(file, crate::plan::MAX_NAME), step: Secs::secs(step), rates }
}

fn rounded(factor: f64) -> f64 {
    libm::round(factor * KEPT) / KEPT
}

fn summary(series: &Series, plan: &Plan, profile: &Profile, level: bool) -> String {
    let (samples, writes) = (format::counted(series.samples.len(), "sample"), format::ops(plan.workload.writes));
    let covered = format::duration(series.covered());
    let level = if level {
        format!("Its mean is {writes}, and those are the plan's writes now.")
    } else {
        format!("The header names no unit (writes/s, MB/s), so only its course is taken and {writes} stay the mean.")
    };
    let missing = if series.missing == 0 {
        String::new()
    } else {
        let missing = format::counted(series.missing, "sample");
        format!(" {missing} without a value: left out, not guessed.")
    };
    let reduced = if series.samples.len() <= profile.rates.len() {
        String::new()
    } else {
        let (points, step) = (format::count(profile.rates.len() as f64), format::duration(profile.step));
        format!(" Reduced to {points} means of {step}: shorter bursts are smoothed.")
    };
    let remark = if series.remark.is_empty() { String::new() } else { format!(" {}", series.remark) };
    format!("The write rate follows {samples} over {covered}, repeated. {level}{missing}{reduced}{remark}")
}
