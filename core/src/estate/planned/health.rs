//! The health of geo-replication as it was measured: evidence of a link that works.

use crate::estate::deployments::Deployment;
use crate::estate::facts::Facts;
use crate::estate::measure::Measured;
use crate::estate::planned::load::{day, latest, window};
use crate::import::metrics::{AGGREGATES, MAXIMUM, Quantity};

/// Whether a maximum says it: of an hour with one healthy minute it is 1, so that it disproves health and never proves it.
pub(in crate::estate) fn is_of_maxima(measured: &Measured) -> bool {
    measured.aggregate == AGGREGATES[MAXIMUM]
}

/// So many intervals without a value at the end of a window are no delay of the metrics.
const QUIET: usize = 3;

/// Since when a metric has no value at the end of its window, in seconds since 1970; `None` where it has.
#[must_use]
pub fn quiet_since(measured: &Measured) -> Option<f64> {
    let since = measured.window.1 - measured.interval.as_secs() * (measured.quiet as f64 - 1.0);
    (measured.quiet >= QUIET).then_some(since)
}

/// True for a cache whose health has no value at the end.
pub(in crate::estate) fn ends_quiet(facts: &Facts, cache: &str) -> bool {
    latest(facts, cache, Quantity::Healthy).is_some_and(|it| quiet_since(&it).is_some())
}

/// Whether every member that says it was healthy at the end of its window, with what shows it: none where only maxima say so, or where it
/// has no value at its end; `None` where no file has the metric.
pub(in crate::estate) fn health(deployment: &Deployment, facts: &Facts) -> Option<(Option<bool>, String)> {
    let mut now = Some(true);
    let mut shown = Vec::new();
    for member in &deployment.members {
        let Some(it) = latest(facts, &member.key, Quantity::Healthy) else { continue };
        let (is_healthy, is_maxima) = (it.last >= 1.0, is_of_maxima(&it));
        let quiet = quiet_since(&it).map(day);
        if !is_healthy {
            now = Some(false);
        } else if (is_maxima || quiet.is_some()) && now == Some(true) {
            now = None;
        }
        let how = match (is_healthy, it.peak >= 1.0) {
            (false, _) => "not healthy at its end",
            (true, true) if is_maxima => "no interval wholly without health",
            (true, true) => "healthy throughout",
            (true, false) => "healthy at its end, not throughout",
        };
        let how = match quiet {
            Some(since) if is_healthy => format!("without a value since {since}"),
            _ => how.to_owned(),
        };
        shown.push((is_healthy, format!("{how}: {}", window(&it, "geoReplicationHealthy", &member.name))));
    }
    // What is not healthy comes first.
    shown.sort_by_key(|it| it.0);
    let shown: Vec<String> = shown.into_iter().map(|it| it.1).collect();
    (!shown.is_empty()).then(|| (now, shown.join("; ")))
}
