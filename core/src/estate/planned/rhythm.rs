//! How the load varies: the profile of the day, bursts, and growth, each as far as the metrics carry it.

use crate::estate::deployments::{Deployment, Role};
use crate::estate::facts::Facts;
use crate::estate::measure::Measured;
use crate::estate::measure::series::{Growth, MetricSeries, Spread};
use crate::estate::planned::draft::Draft;
use crate::estate::planned::load::{measured, series_of, try_set, window, writes_of};
use crate::estate::planned::odd_times::moved;
use crate::import::metrics::Quantity;
use crate::plan::{MAX_RATES, Profile};
use crate::units::{Ratio, Secs, format};

/// A mean day stands for a window of which it explains this share at least, and whose highest interval is no more than
/// [`HIGHER`] above its highest hour. Else the plan follows the whole window.
const EXPLAINED: f64 = 0.7;
const HIGHER: f64 = 1.25;

/// Growth of a year is read from at least so many days, and where its 95 % interval is no wider than this on either side.
const DAYS: usize = 14;
const SURE: f64 = 0.25;

/// What one day does not tell.
pub const ONE_DAY: &str = "one day shows no growth and no weekday profile";

/// Sets profile, bursts and growth of the plan.
pub(in crate::estate) fn describe(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    if let Some(sum) = writes(deployment, facts) {
        let writers = deployment.members.iter().filter(|it| writes_of(it.role));
        let each: Vec<(&str, Measured)> = writers
            .filter_map(|it| Some((it.name.as_str(), measured(facts, &it.key, Quantity::Sets)?.ok()?)))
            .collect();
        let from: Vec<String> = each.iter().map(|(name, it)| window(it, "setcommands", name)).collect();
        let mut from = from.join("; ");
        if each.iter().any(|(_, it)| it.points > sum.points.len()) {
            from = format!("{from}; {} in common", format::duration(sum.covered()));
        }
        profile(draft, &sum, &from);
        bursts(draft, &sum, &from);
        let growth = (sum.growth(|day| day.mean), sum.days());
        grow(draft, "workload.load_growth_per_year", growth, "mean set commands of each day", &from);
    }
    let fullest = deployment
        .members
        .iter()
        .filter_map(|it| Some((it, series_of(facts, &it.key, Quantity::Memory)?)))
        .max_by(|one, other| one.1.peak().total_cmp(&other.1.peak()).then_with(|| other.0.key.cmp(&one.0.key)));
    if let Some((member, memory)) = fullest {
        let from = measured(facts, &member.key, Quantity::Memory).and_then(Result::ok);
        let from = from.map_or_else(String::new, |it| window(&it, "usedmemory", &member.name));
        grow(
            draft,
            "workload.growth_per_year",
            (memory.growth(|day| day.peak), memory.days()),
            "peak of used memory of each day",
            &from,
        );
    }
}

/// Set commands a second of a deployment over time: the primary's of a pair, of a group those of every member together; `None` where a
/// member has none, where no file shows which half of a pair is primary, and where it changed within the window.
#[must_use]
pub fn writes(deployment: &Deployment, facts: &Facts) -> Option<MetricSeries> {
    if deployment.members.iter().any(|it| it.role == Role::Linked) || moved(deployment, facts).is_some() {
        return None;
    }
    let writers = deployment.members.iter().filter(|it| writes_of(it.role));
    let all: Option<Vec<MetricSeries>> = writers.map(|it| series_of(facts, &it.key, Quantity::Sets)).collect();
    MetricSeries::sum(&all?)
}

/// The write rate over the day, or over the window where no day is like the mean one.
fn profile(draft: &mut Draft, series: &MetricSeries, from: &str) {
    let mean = series.mean();
    let hours: Option<Vec<Spread>> = series.by_hour().into_iter().collect();
    let covered = series.covered() + series.step * 0.5 >= Secs::hours(24.0);
    let Some(hours) = hours.filter(|_| covered && series.step <= Secs::hours(1.0) && mean > 0.0) else {
        draft.miss(
            "workload.profile",
            format!(
                "The profile of the day takes a day of set commands by the hour or finer; {} of {} are in the files.",
                format::duration(series.covered()),
                format::duration(series.step)
            ),
        );
        return;
    };
    let fit = series.explained_by_hour();
    let highest = hours.iter().map(|it| it.mean).fold(0.0, f64::max);
    let share = format::percent(Ratio::fraction(fit));
    let is_of_a_day = fit >= EXPLAINED && series.peak() <= HIGHER * highest;
    let (rates, step, told) = if is_of_a_day {
        let rates: Vec<f64> = hours.iter().map(|it| it.mean).collect();
        let told = match series.days() {
            1 if series.step >= Secs::hours(1.0) => "24 hours of one day".to_owned(),
            1 => format!("24 hours of one day, which explain {share} of its variance"),
            _ => format!("24 hours of the mean day, which explain {share} of the variance"),
        };
        (rates, Secs::hours(1.0), told)
    } else {
        let whole = series.reduced(MAX_RATES);
        let told = format!(
            "{} of {}, because the mean day explains {share} of the variance and its highest hour is {} of the peak",
            format::counted(whole.points.len(), "interval"),
            format::duration(whole.step),
            format::percent(Ratio::fraction(highest / series.peak()))
        );
        (whole.points.iter().map(|it| it.1).collect(), whole.step, told)
    };
    let told = if series.days() == 1 { format!("{told}; {ONE_DAY}") } else { told };
    let rates = rates.into_iter().map(|rate| libm::round(rate / mean * 1e3) / 1e3).collect();
    let profile = Profile { name: "setcommands".to_owned(), step, rates };
    try_set(draft, "workload.profile", told, from.to_owned(), |plan| plan.workload.profile = Some(profile));
}

/// "1 day is in the files".
fn in_the_files(days: usize) -> String {
    format!("{} {} in the files", format::counted(days, "day"), if days == 1 { "is" } else { "are" })
}

/// Length and number of the bursts: times above the middle between mean and peak.
fn bursts(draft: &mut Draft, series: &MetricSeries, from: &str) {
    let (mean, peak) = (series.mean(), series.peak());
    let days = series.covered() / Secs::hours(24.0);
    if days < 0.99 || mean <= 0.0 || peak <= mean {
        return;
    }
    if series.days() < 2 {
        let why = format!("Bursts a day are counted over 2 days at least; {}.", in_the_files(1));
        draft.miss("workload.peak.burst", why);
        return;
    }
    let found = series.bursts(f64::midpoint(mean, peak));
    let length = found.iter().copied().sum::<Secs>() / found.len() as f64;
    let per_day = found.len() as f64 / days;
    let value = format!("{} a day of {}", format::number(per_day), format::duration(length));
    let level = format!("times above the middle between mean and peak, {from}");
    try_set(draft, "workload.peak.burst", value, level, |plan| {
        plan.workload.peak.burst = length;
        plan.workload.peak.per_day = per_day;
    });
}

fn grow(draft: &mut Draft, field: &'static str, (growth, days): (Option<Growth>, usize), of: &str, from: &str) {
    let Some(growth) = growth.filter(|it| it.days >= DAYS) else {
        let days = in_the_files(days);
        draft.miss(field, format!("Growth is read from the {of} over {DAYS} days at least; {days}."));
        return;
    };
    let [a_year, error] = [growth.a_year, growth.error].map(|it| format::percent(Ratio::fraction(it)));
    if growth.error > SURE {
        let wide = format::percent(Ratio::fraction(SURE));
        draft.miss(
            field,
            format!(
                "The {of} over {} gives {a_year} ± {error} a year, wider than ± {wide}: measure longer.",
                format::counted(growth.days, "day")
            ),
        );
        return;
    }
    let value = format!("{a_year} a year");
    let line = format!("line through the {of} over {}, ± {error} (95 %); {from}", format::counted(growth.days, "day"));
    let rate = Ratio::fraction(growth.a_year);
    if field == "workload.growth_per_year" {
        try_set(draft, field, value, line, |plan| plan.workload.growth_per_year = rate);
    } else {
        try_set(draft, field, value, line, |plan| plan.workload.load_growth_per_year = Some(rate));
    }
}
