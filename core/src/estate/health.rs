//! The health of geo-replication as it was measured: evidence of a link that works.

use super::deployments::Deployment;
use super::facts::Facts;
use super::load::{latest, window};
use super::measure::Measured;
use crate::import::metrics::{AGGREGATES, MAXIMUM, Quantity};

/// Whether a maximum says it: of an hour with one healthy minute it is 1, so that it disproves health and never proves it.
pub(super) fn is_of_maxima(measured: &Measured) -> bool {
    measured.aggregate == AGGREGATES[MAXIMUM]
}

/// Whether every member that says it was healthy at the end of its window, with what shows it: none where only maxima say so; `None` where
/// no file has the metric.
pub(super) fn health(deployment: &Deployment, facts: &Facts) -> Option<(Option<bool>, String)> {
    let mut now = Some(true);
    let mut shown = Vec::new();
    for member in &deployment.members {
        let Some(it) = latest(facts, &member.key, Quantity::Healthy) else { continue };
        let (is_healthy, is_maxima) = (it.last >= 1.0, is_of_maxima(&it));
        if !is_healthy {
            now = Some(false);
        } else if is_maxima && now == Some(true) {
            now = None;
        }
        let how = match (is_healthy, it.peak >= 1.0) {
            (false, _) => "not healthy at its end",
            (true, true) if is_maxima => "no interval wholly without health",
            (true, true) => "healthy throughout",
            (true, false) => "healthy at its end, not throughout",
        };
        shown.push(format!("{how}: {}", window(&it, "geoReplicationHealthy", &member.name)));
    }
    (!shown.is_empty()).then(|| (now, shown.join("; ")))
}
