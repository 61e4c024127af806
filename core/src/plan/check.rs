//! Bounds of every field: the same data for the page's fields, for opened files and for messages.

use super::boxes::{LONGEST_ROUND_TRIP, MOST_A_NODE_HOUR, ROUND_TRIPS};
use super::data::part_errors;
use super::error::FieldError;
use super::evidence::evidence_errors;
use super::fields::{FIELDS, RANGES, field};
use super::texts::{list_errors, text_errors};
use super::{GROUP_MEMBERS, MAX_RATES, Plan, Profile, RegionShare};
use crate::units::Secs;
use crate::units::format;
use crate::units::quote::short;

/// Longest name of a plan, in characters.
pub const MAX_NAME: usize = 120;

/// Everything that is wrong with a plan's values, by field; empty when the plan can be evaluated as it stands.
///
/// Whether regions and sizes exist, and whether shares add up, comes as a finding of the evaluation.
#[must_use]
pub fn check(plan: &Plan) -> Vec<FieldError> {
    let mut errors: Vec<FieldError> = FIELDS.iter().filter_map(|field| field.check((field.get)(plan)?).err()).collect();
    errors.extend(unordered_ranges(plan));
    errors.extend(name_error(plan));
    let long = [region_count_error(&plan.regions).into_iter().collect(), list_errors(plan)].concat();
    if !long.is_empty() {
        // Nothing looks into a list that a file made longer than it may be.
        errors.extend(long);
        return errors;
    }
    errors.extend(text_errors(plan));
    errors.extend(region_errors(&plan.regions));
    errors.extend(part_errors(plan));
    errors.extend(price_errors(plan));
    errors.extend(plan.workload.profile.as_ref().and_then(profile_error));
    errors.extend(evidence_errors(plan));
    errors.extend(plan.calibration.as_ref().and_then(super::Calibration::error));
    errors.extend(plan.passive.lag.as_ref().and_then(super::MeasuredLag::error));
    errors
}

fn unordered_ranges(plan: &Plan) -> impl Iterator<Item = FieldError> {
    RANGES.iter().filter_map(|range| {
        let [low, mode, high] = range.parts.map(|path| field(path).and_then(|field| (field.get)(plan)));
        let ordered = low <= mode && mode <= high;
        let message = || {
            let rule = "enter low, most likely and high so that each is at least the one before it";
            format!("{}: the three figures are not in order; {rule}.", range.label)
        };
        (!ordered).then(|| FieldError::new(range.path, message()))
    })
}

fn name_error(plan: &Plan) -> Option<FieldError> {
    let message = || format!("Plan name: nothing is entered; enter 1 to {MAX_NAME} characters.");
    plan.name.trim().is_empty().then(|| FieldError::new("name", message()))
}

fn region_count_error(regions: &[RegionShare]) -> Option<FieldError> {
    let most = *GROUP_MEMBERS.end();
    let message = || format!("Regions: the plan names {}; enter 1 to {most}.", format::count(regions.len() as f64));
    (regions.is_empty() || regions.len() > most).then(|| FieldError::new("regions", message()))
}

/// What is wrong with regions of which there are few.
fn region_errors(regions: &[RegionShare]) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (index, share) in regions.iter().enumerate() {
        // The second may be the first again: a pair can stand in one region (S1).
        let before = &regions[..index];
        if index != 1 && before.iter().any(|other| other.region == share.region) {
            let message = format!(
                "Regions: {} is there twice; enter each region once, only the first two may be the same.",
                short(share.region.as_str())
            );
            errors.push(FieldError::new("regions", message));
        }
        for (what, ratio) in [("users", share.users), ("writes", share.writes)] {
            if !(0.0..=1.0).contains(&ratio.as_fraction()) {
                let given = format::percent(ratio);
                let region = short(share.region.as_str());
                let message = format!("Share of {what} in {region}: {given} is outside the range; enter 0 % to 100 %.");
                errors.push(FieldError::new("regions", message));
            }
        }
    }
    errors
}

fn price_errors(plan: &Plan) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for price in &plan.pricing.overrides {
        let dollars = price.per_node_hour.as_decimal();
        if dollars <= rust_decimal::Decimal::ZERO || dollars > rust_decimal::Decimal::from(MOST_A_NODE_HOUR) {
            let message = format!(
                "Own price of {} in {}: ${dollars} a node-hour is outside the range; enter more than $0 and at most ${}.",
                short(price.sku.as_str()),
                short(price.region.as_str()),
                format::count(MOST_A_NODE_HOUR as f64)
            );
            errors.push(FieldError::new("pricing.overrides", message));
        }
    }
    for trip in &plan.latency.round_trips {
        if !(Secs::ZERO..=LONGEST_ROUND_TRIP).contains(&trip.rtt) {
            let millis = trip.rtt.as_millis();
            let (a, b) = (short(trip.a.as_str()), short(trip.b.as_str()));
            let message = format!("Round trip {a}–{b}: {millis} ms is outside the range; {ROUND_TRIPS}.");
            errors.push(FieldError::new("latency.round_trips", message));
        }
    }
    errors
}

fn profile_error(profile: &Profile) -> Option<FieldError> {
    let error = |message: String| Some(FieldError::new("workload.profile", message));
    let count = profile.rates.len();
    if !(2..=MAX_RATES).contains(&count) {
        let most = format::count(MAX_RATES as f64);
        return error(format!("Series of writes: it has {}; enter 2 to {most}.", format::counted(count, "rate")));
    }
    let step = profile.step.as_secs();
    if !(1e-3..=604_800.0).contains(&step) {
        return error(format!("Series of writes: a step of {step} s is outside the range; enter 1 ms to 7 d."));
    }
    if let Some(rate) = profile.rates.iter().find(|rate| !(0.0..=1e9).contains(*rate)) {
        return error(format!("Series of writes: a rate of {rate} is outside the range; enter 0 to 1,000,000,000."));
    }
    if profile.rates.iter().all(|rate| *rate <= 0.0) {
        return error("Series of writes: every rate is 0; enter one above 0, or take the series out.".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Field;
    use crate::units::{Bytes, OpsPerSec, Range, Secs};

    fn at<'a>(plan: &'a serde_json::Value, path: &str) -> &'a serde_json::Value {
        path.split('.').fold(plan, |value, part| value.get(part).unwrap_or_else(|| panic!("no {part} of {path}")))
    }

    #[test]
    fn every_field_is_in_the_plan_file_and_every_default_is_in_bounds() {
        let plan = Plan::default();
        let json = crate::plan::file::write_group(&mut plan.clone());
        for Field { path, optional, get, .. } in FIELDS {
            let value = at(&json, path);
            match get(&plan) {
                Some(number) => {
                    assert_eq!(value.as_f64().or_else(|| value.as_str()?.parse().ok()), Some(number), "{path}");
                }
                None => assert!(value.is_null() && *optional, "{path}"),
            }
        }
        for range in RANGES {
            assert!(at(&json, range.path).is_object(), "{}", range.path);
        }
        crate::plan::each_row(&mut |row| _ = at(&json, row.path));
        assert_eq!(check(&plan), []);
    }

    #[test]
    fn what_is_set_is_what_is_got() {
        for field in FIELDS {
            let mut plan = Plan::default();
            (field.set)(&mut plan, Some(field.max.min(7.0)));
            assert_eq!((field.get)(&plan), Some(field.max.min(7.0)), "{}", field.path);
            (field.set)(&mut plan, None);
            assert_eq!((field.get)(&plan).is_none(), field.optional, "{}", field.path);
        }
    }

    #[test]
    fn bad_input_gets_a_sentence_that_names_the_field_and_the_rule() {
        let cases = [
            ("workload.writes", "", "Writes: nothing is entered; enter a figure from 0/s to 100,000,000/s."),
            ("workload.writes", "-5", "Writes: −5/s is outside the range; enter a figure from 0/s to 100,000,000/s."),
            ("workload.writes", "NaN", "Writes: “NaN” is no number; enter a figure from 0/s to 100,000,000/s."),
            ("workload.dataset", "1e300", "Data today: the number is too large; enter a figure from 1 kB to 1 PB."),
            ("workload.peak.ratio", "0,5", "Peak over mean: 0.5 is outside the range; enter a figure from 1 to 1,000."),
            ("passive.shards", "1.5", "Shards: 1.5 is no whole number; enter a whole number from 0 to 30."),
            ("objectives.rpo", "5 GB", "RPO target: the unit “GB” is not known here; enter a figure from 0 s to 30 d."),
        ];
        for (path, text, message) in cases {
            let error = field(path).expect(path).read(text).expect_err(text);
            assert_eq!(error.message.replace('\u{a0}', " "), message);
            assert_eq!(error.field, path);
        }
    }

    #[test]
    fn finds_what_no_single_field_shows() {
        let mut plan = Plan::default();
        plan.recovery.detect = Range::new(Secs::mins(5.0), Secs::mins(2.0), Secs::mins(9.0));
        plan.regions.push(plan.regions[0].clone());
        plan.name.clear();
        plan.workload.writes = OpsPerSec::per_s(f64::NAN);
        plan.workload.dataset = Bytes::gb(-1.0);
        let fields: Vec<String> = check(&plan).into_iter().map(|error| error.field).collect();
        assert_eq!(fields, ["workload.dataset", "workload.writes", "recovery.detect", "name", "regions"]);
    }

    #[test]
    fn arrows_step_by_the_figures_own_size() {
        let cases = [
            ("workload.dataset", 26e9, true, Some(27e9)),
            ("workload.writes", 18_000.0, false, Some(17_000.0)),
            ("passive.shards", 30.0, true, None),
            ("passive.shards", 9.0, true, Some(10.0)),
            ("passive.shards", 0.0, true, Some(1.0)),
            ("objectives.rto", 1_800.0, true, Some(1_860.0)),
        ];
        for (path, value, up, expected) in cases {
            assert_eq!(field(path).expect(path).stepped(value, up).map(f64::round), expected, "{path}");
        }
    }
}
