//! The health of geo-replication as it was measured: evidence of a link that works.

use super::deployments::Deployment;
use super::facts::Facts;
use super::load::{latest, window};
use crate::import::metrics::Quantity;

/// Whether every member that says it was healthy at the end of its window, with what shows it; `None` where no file has the metric.
pub(super) fn health(deployment: &Deployment, facts: &Facts) -> Option<(bool, String)> {
    let mut now = true;
    let mut shown = Vec::new();
    for member in &deployment.members {
        let Some(it) = latest(facts, &member.key, Quantity::Healthy) else { continue };
        let is_healthy = it.last >= 1.0;
        now &= is_healthy;
        let how = match (is_healthy, it.peak >= 1.0) {
            (true, true) => "healthy throughout",
            (true, false) => "healthy at its end, not throughout",
            (false, _) => "not healthy at its end",
        };
        shown.push(format!("{how}: {}", window(&it, "geoReplicationHealthy", &member.name)));
    }
    (!shown.is_empty()).then(|| (now, shown.join("; ")))
}
