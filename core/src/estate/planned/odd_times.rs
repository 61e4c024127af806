//! Times that say nothing of the load of today: before a failover, and while a member was away.

use crate::estate::deployments::{Deployment, Kind, Role};
use crate::estate::facts::Facts;
use crate::estate::measure::of_cache::{all_series_of, series_of};
use crate::import::metrics::Quantity;
use crate::units::SECS_PER_HOUR;
use crate::units::format;
use std::collections::BTreeMap;

/// "In 46 of 48 intervals …": the copy of a pair has at least twice the set commands of today's primary in a tenth of the time, so that it
/// was the primary then; `None` elsewhere.
pub(in crate::estate) fn moved(deployment: &Deployment, facts: &Facts) -> Option<String> {
    let of = |role: Role| deployment.members.iter().find(|it| it.role == role);
    let (primary, copy) = (of(Role::Primary)?, of(Role::Secondary)?);
    let [own, other] = [primary, copy].map(|it| series_of(facts, &it.key, Quantity::Sets));
    let (own, other) = (own?, other?);
    let all: BTreeMap<u64, f64> = own.points.iter().map(|(at, value)| (at.to_bits(), *value)).collect();
    let both: Vec<(f64, f64)> =
        other.points.iter().filter_map(|(at, value)| Some((*all.get(&at.to_bits())?, *value))).collect();
    let led = both.iter().filter(|(own, other)| *other > 1.0 && *other >= 2.0 * own).count();
    let [led_shown, all_shown] = [led, both.len()].map(|it| format::count(it as f64));
    (led > 0 && led * 10 >= both.len()).then(|| {
        format!(
            "In {led_shown} of {all_shown} intervals {} has at least twice the set commands of {}, the primary of today: a failover lies in the window.",
            copy.name, primary.name
        )
    })
}

/// What an outage retains is given back after it: so long memory is no data, and as long again as the outage where that is more.
const GIVEN_BACK: f64 = SECS_PER_HOUR;

/// Times in which a member was away or what that had retained was not yet given back, from single intervals without health.
fn outages(mut away: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    away.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut spans: Vec<(f64, f64)> = Vec::new();
    for (from, to) in away {
        match spans.last_mut().filter(|last| from <= last.1) {
            Some(last) => last.1 = last.1.max(to),
            None => spans.push((from, to)),
        }
    }
    spans.into_iter().map(|(from, to)| (from, to + (to - from).max(GIVEN_BACK))).collect()
}

/// The highest used memory of a group at times at which no member's geo-replication is known to be unhealthy or just was; `None` where it was
/// healthy throughout, or never.
pub(in crate::estate) fn while_healthy(deployment: &Deployment, facts: &Facts) -> Option<f64> {
    if deployment.kind != Kind::Group {
        return None;
    }
    let all = deployment.members.iter().flat_map(|it| all_series_of(facts, &it.key, Quantity::Healthy));
    let away: Vec<(f64, f64)> = all
        .flat_map(|it| {
            let step = it.step.as_secs();
            it.points.into_iter().filter(|it| it.1 < 1.0).map(move |it| (it.0, it.0 + step))
        })
        .collect();
    if away.is_empty() {
        return None;
    }
    let away = outages(away);
    let memory = deployment.members.iter().filter_map(|it| series_of(facts, &it.key, Quantity::Memory));
    let peaks = memory.filter_map(|it| {
        let step = it.step.as_secs();
        let is_away = |at: f64| away.iter().any(|(from, to)| at < *to && at + step > *from);
        it.points.iter().filter(|it| !is_away(it.0)).map(|it| it.1).reduce(f64::max)
    });
    peaks.reduce(f64::max)
}
