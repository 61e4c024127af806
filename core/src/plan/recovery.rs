//! Durations of the named recovery steps (M-06).

use super::readiness::{DECIDE, DETECT, KEYS, RECONNECT, REPOINT, Readiness, VALIDATE, WARM_UP};
use super::rows::table;
use super::{Evidence, Section};
use crate::units::{Range, Secs};

table! {
    /// Each step's low, most likely and high duration. The chains in [`crate::model::rto`] pick from them.
    RecoverySteps at [recovery] in Recovery {
        /// When the recovery was last tried: it gives the defaults of detect, decide, repoint, reconnect, keys, warm-up and validate; a
        /// range that differs from them stays. The defaults below are those of the first time.
        readiness: Readiness = Readiness::FirstTime => choice("Readiness", |plan| plan.recovery.follow())
            { section: Section::Targets, basic: true };
        /// The window after which the group's health alert fires (S3 recommends 60 min).
        alert_window: Secs = Secs::mins(60.0) => number("Alert window", Time, "min", 0.0..=86_400.0);
        /// Clients are paused for a planned failover; the new primary keeps the pause (S1 suggests 1,800,000 ms).
        client_pause: Secs = suggested_pause()
            => number("Clients paused for a planned failover", Time, "min", 0.0..=86_400.0);
        /// A person is told of the outage, in every topology.
        detect: Range<Secs> = DETECT.first_time => range("Detect", Time, "min", 0.0..=604_800.0, "assumption, by readiness");
        /// A person decides to fail over, in every topology.
        decide: Range<Secs> = DECIDE.first_time => range("Decide", Time, "min", 0.0..=604_800.0, "assumption, by readiness");
        /// Geo-failover of a pair (S1: "a few minutes"; high end T1).
        geo_failover: Range<Secs> = mins(2.0, 10.0, 30.0)
            => range("Geo-failover", Time, "min", 0.0..=604_800.0, "S1: a few minutes");
        /// Name resolution follows (T1: TTL about 60 s, 5–15 min on some resolvers).
        dns: Range<Secs> = mins(1.0, 2.0, 15.0) => range("Name resolution", Time, "min", 0.0..=604_800.0, "T1");
        /// Unlinking a pair (T1: budget 15 min).
        unlink: Range<Secs> = mins(2.0, 6.0, 15.0) => range("Unlink", Time, "min", 0.0..=604_800.0, "T1");
        /// Configuration of the clients is pointed to the other cache.
        repoint: Range<Secs> = REPOINT.first_time
            => range("Point clients elsewhere", Time, "min", 0.0..=604_800.0, "assumption, by readiness");
        /// Clients reconnect (up to 15 min with default TCP settings on Linux).
        reconnect: Range<Secs> = RECONNECT.first_time
            => range("Reconnect", Time, "min", 0.0..=604_800.0, "D12: up to 15 min with default TCP settings; rehearsed: assumption");
        /// Access keys are switched; none with Entra ID.
        keys: Range<Secs> = KEYS.first_time => range("Switch keys", Time, "min", 0.0..=604_800.0, "assumption, by readiness");
        /// A cold or stale cache becomes warm enough.
        warm_up: Range<Secs> = WARM_UP.first_time => range("Warm up", Time, "min", 0.0..=604_800.0, "assumption, by readiness");
        /// Users' paths are tried before the all-clear.
        validate: Range<Secs> = VALIDATE.first_time => range("Validate", Time, "min", 0.0..=604_800.0, "assumption, by readiness");
        /// Health check of the clients of an active group notices (circuit breaker); where the application redirects itself and a drill
        /// has shown it, this takes the place of detect and decide.
        client_detect: Range<Secs> = secs(5.0, 15.0, 60.0)
            => range("Clients notice", Time, "min", 0.0..=604_800.0, "assumption");
        /// Traffic is sent to another member of an active group by itself.
        redirect: Range<Secs> = secs(10.0, 60.0, 300.0)
            => range("Redirect", Time, "min", 0.0..=604_800.0, "D7: seconds to a few minutes");
        /// A new cache is created: 20 min or more as a rule, up to 45 (T3).
        create: Range<Secs> = mins(15.0, 22.0, 45.0)
            => range("Create a cache", Time, "min", 0.0..=604_800.0, "T3: 20 min or more as a rule, up to 45");
        /// Force-unlink through the API (13.8 s recorded).
        force_unlink: Range<Secs> = secs(10.0, 14.0, 60.0)
            => range("Force-unlink", Time, "min", 0.0..=604_800.0, "recorded 14 s");
        /// A dead member is deleted (10 min 39 s recorded).
        delete_member: Range<Secs> = mins(8.0, 11.0, 20.0)
            => range("Delete a member", Time, "min", 0.0..=604_800.0, "recorded 11 min");
        /// What is known of single steps beyond low, most likely and high; at most one entry a step.
        evidence: Vec<Evidence> = Vec::new() => special();
    }
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
