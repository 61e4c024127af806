//! Durations of the named recovery steps (M-06).

use super::readiness::{DECIDE, DETECT, KEYS, RECONNECT, REPOINT, Readiness, VALIDATE, WARM_UP};
use super::rows::table;
use super::{Evidence, Section};
use crate::units::SECS_PER_DAY;
use crate::units::{Range, Secs};

table! {
    /// Each step's low, most likely and high duration. The chains in [`crate::model::rto`] pick from them.
    RecoverySteps at [recovery] in Recovery {
        /// When recovery was last tried: sets detect, decide, repoint, reconnect, keys, warm-up and validate, unless you
        /// changed them. Defaults below: first time.
        readiness: Readiness = Readiness::FirstTime => choice("Readiness", |plan| plan.recovery.follow())
            { section: Section::Targets, basic: true };
        /// Of the group's health alert; S3 recommends 60 min.
        alert_window: Secs = Secs::mins(60.0) => number("Alert window", Time, "min", 0.0..=SECS_PER_DAY);
        /// The new primary keeps it; S1 suggests 1,800,000 ms.
        client_pause: Secs = suggested_pause()
            => number("Clients paused for a planned failover", Time, "min", 0.0..=SECS_PER_DAY);
        /// A person is told.
        detect: Range<Secs> = DETECT.first_time => range("Detect", Time, "min", 0.0..=604_800.0, "assumption, by readiness");
        /// A person orders the failover.
        decide: Range<Secs> = DECIDE.first_time => range("Decide", Time, "min", 0.0..=604_800.0, "assumption, by readiness");
        /// Of a pair; high end T1.
        geo_failover: Range<Secs> = mins(2.0, 10.0, 30.0)
            => range("Geo-failover", Time, "min", 0.0..=604_800.0, "S1: a few minutes");
        /// TTL about 60 s; 5–15 min on some resolvers.
        dns: Range<Secs> = mins(1.0, 2.0, 15.0) => range("Name resolution", Time, "min", 0.0..=604_800.0, "T1");
        /// Budget 15 min.
        unlink: Range<Secs> = mins(2.0, 6.0, 15.0) => range("Unlink", Time, "min", 0.0..=604_800.0, "T1");
        /// Their configuration changes.
        repoint: Range<Secs> = REPOINT.first_time
            => range("Point clients elsewhere", Time, "min", 0.0..=604_800.0, "assumption, by readiness");
        /// Reconnect.
        reconnect: Range<Secs> = RECONNECT.first_time
            => range("Reconnect", Time, "min", 0.0..=604_800.0, "D12: up to 15 min with default TCP settings; rehearsed: assumption");
        /// None with Entra ID.
        keys: Range<Secs> = KEYS.first_time => range("Switch keys", Time, "min", 0.0..=604_800.0, "assumption, by readiness");
        /// A cold or stale cache.
        warm_up: Range<Secs> = WARM_UP.first_time => range("Warm up", Time, "min", 0.0..=604_800.0, "assumption, by readiness");
        /// Users' paths, before the all-clear.
        validate: Range<Secs> = VALIDATE.first_time => range("Validate", Time, "min", 0.0..=604_800.0, "assumption, by readiness");
        /// By their health check; replaces detect and decide once redirecting was drilled.
        client_detect: Range<Secs> = secs(5.0, 15.0, 60.0)
            => range("Clients notice", Time, "min", 0.0..=604_800.0, "assumption");
        /// Traffic moves to another member by itself.
        redirect: Range<Secs> = secs(10.0, 60.0, 300.0)
            => range("Redirect", Time, "min", 0.0..=604_800.0, "D7: seconds to a few minutes");
        /// Create a cache.
        create: Range<Secs> = mins(15.0, 22.0, 45.0)
            => range("Create a cache", Time, "min", 0.0..=604_800.0, "T3: 20 min or more as a rule, up to 45");
        /// Force-unlink.
        force_unlink: Range<Secs> = secs(10.0, 14.0, 60.0)
            => range("Force-unlink", Time, "min", 0.0..=604_800.0, "recorded 14 s");
        /// Delete a member.
        delete_member: Range<Secs> = mins(8.0, 11.0, 20.0)
            => range("Delete a member", Time, "min", 0.0..=604_800.0, "recorded 11 min");
        /// What is known of a step beyond its range; one entry a step.
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
