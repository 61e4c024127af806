//! A recovery draw as a job, and the hash of its figures: what every machine has to give to the last bit.

use dr_core::jobs::Job;
use dr_core::plan::{Confirmation, Evidence, EvidenceKind, Plan};
use dr_core::stats::sample::Sampling;
use dr_core::units::Secs;
use fnv::FnvHasher;
use std::hash::Hasher;

/// Hash of the last reply to [`job`], pinned: a change of a single bit of any figure is a change of results.
pub const HASH: u64 = 0x7027_07ec_cf23_8c68;

/// A draw with every kind of spread: a 90 % interval, measured drills, and plain ranges.
#[must_use]
pub fn job() -> Job {
    let mut plan = Plan::default();
    plan.passive.checks.geo_name_reaches_both = Confirmation::Confirmed;
    plan.rebuild.reload_factor = dr_core::units::Range::exactly(1.0);
    let of = |step: &str, kind, times: &[f64]| Evidence {
        step: step.to_owned(),
        kind,
        times: times.iter().map(|mins| Secs::mins(*mins)).collect(),
    };
    plan.recovery.evidence = vec![
        of("decide", EvidenceKind::Interval, &[]),
        of("reconnect", EvidenceKind::Interval, &[]),
        of("geo_failover", EvidenceKind::Measured, &[7.0, 9.5, 22.0, 11.25]),
    ];
    Job::RecoveryTimes { plan: Box::new(plan), prices: None, sampling: Sampling { seed: 7, trials: 100_000 } }
}

/// 64-bit FNV-1a of a reply's text. A figure is written with the fewest digits that read back as the same 64 bits, so two
/// texts are equal only where all bits are.
#[must_use]
pub fn hash(text: &str) -> u64 {
    let mut hash = FnvHasher::default();
    hash.write(text.as_bytes());
    hash.finish()
}
