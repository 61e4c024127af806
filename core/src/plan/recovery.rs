//! Durations of the named recovery steps (M-06).

use super::Evidence;
use crate::units::{Range, Secs};
use serde::{Deserialize, Serialize};

/// Each step's low, most likely and high duration. The chains in [`crate::model::rto`] pick from them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoverySteps {
    /// A person is told of the outage (passive, rebuild).
    pub detect: Range<Secs>,
    /// A person decides to fail over.
    pub decide: Range<Secs>,
    /// Geo-failover of a pair (S1: "a few minutes").
    pub geo_failover: Range<Secs>,
    /// Name resolution follows (T1: TTL about 60 s, 5–15 min on some resolvers).
    pub dns: Range<Secs>,
    /// Unlinking a pair (T1: budget 15 min).
    pub unlink: Range<Secs>,
    /// Configuration of the clients is pointed to the other cache.
    pub repoint: Range<Secs>,
    /// Clients reconnect (up to 15 min with default TCP settings on Linux).
    pub reconnect: Range<Secs>,
    /// Access keys are switched; none with Entra ID.
    pub keys: Range<Secs>,
    /// A cold or stale cache becomes warm enough.
    pub warm_up: Range<Secs>,
    /// Users' paths are tried before the all-clear.
    pub validate: Range<Secs>,
    /// Health check of the clients of an active group notices (circuit breaker).
    pub client_detect: Range<Secs>,
    /// Traffic is sent to another member of an active group.
    pub redirect: Range<Secs>,
    /// A new cache is created (AMR recorded 7–14 min, P1 13 min 38 s).
    pub create: Range<Secs>,
    /// Force-unlink through the API (13.8 s recorded).
    pub force_unlink: Range<Secs>,
    /// A dead member is deleted (10 min 39 s recorded).
    pub delete_member: Range<Secs>,
    /// The window after which the group's health alert fires (S3 recommends 60 min).
    pub alert_window: Secs,
    /// Clients are paused for a planned failover; the new primary keeps the pause (S1 suggests 1,800,000 ms).
    #[serde(default = "suggested_pause")]
    pub client_pause: Secs,
    /// What is known of single steps beyond low, most likely and high; at most one entry a step.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// S1: "around 30 minutes (1,800,000 milliseconds) is a good place to start".
const fn suggested_pause() -> Secs {
    Secs::mins(30.0)
}

const fn mins(low: f64, mode: f64, high: f64) -> Range<Secs> {
    Range::new(Secs::mins(low), Secs::mins(mode), Secs::mins(high))
}

const fn secs(low: f64, mode: f64, high: f64) -> Range<Secs> {
    Range::new(Secs::secs(low), Secs::secs(mode), Secs::secs(high))
}

impl Default for RecoverySteps {
    fn default() -> Self {
        Self {
            detect: mins(2.0, 5.0, 15.0),
            decide: mins(5.0, 10.0, 30.0),
            geo_failover: mins(2.0, 10.0, 30.0),
            dns: mins(1.0, 2.0, 15.0),
            unlink: mins(2.0, 6.0, 15.0),
            repoint: mins(2.0, 8.0, 20.0),
            reconnect: secs(1.0, 30.0, 900.0),
            keys: mins(1.0, 2.0, 10.0),
            warm_up: mins(0.0, 1.0, 5.0),
            validate: mins(2.0, 5.0, 10.0),
            client_detect: secs(5.0, 15.0, 60.0),
            redirect: secs(10.0, 60.0, 300.0),
            create: mins(7.0, 10.0, 14.0),
            force_unlink: secs(10.0, 14.0, 60.0),
            delete_member: mins(8.0, 11.0, 20.0),
            alert_window: Secs::mins(60.0),
            client_pause: suggested_pause(),
            evidence: Vec::new(),
        }
    }
}
