#![allow(clippy::unwrap_used)]

use crate::portfolio::{Portfolio, read, write};
use crate::units::Secs;
use std::sync::Arc;

/// A tier's targets are said once: an entry with the tag has them, a target of its own plan stands before them, and what is written reads
/// back the same.
#[test]
fn a_service_tier_sets_the_targets_of_its_plans() {
    let text = r#"{"portfolio": 1, "tiers": {"1": {"rpo": 30, "rto": 2700, "budget": null}, "2": {"rto": 14400}}, "plans": [
{"tags": {"tier": "1"}, "plan": {"name": "Sessions"}},
{"tags": {"tier": "1"}, "plan": {"name": "Own", "objectives": {"rto": 60, "rpo": null}}},
{"tags": {"tier": "2"}, "plan": {"name": "Catalogue"}},
{"plan": {"name": "None"}}
]}"#;
    let read_back = read(text).unwrap();
    let targets = |all: &Portfolio| -> Vec<_> {
        let each = all.entries.iter().map(|it| &it.plan.objectives);
        each.map(|it| (it.rpo.map(Secs::as_secs), it.rto.map(Secs::as_secs), it.budget.is_some())).collect()
    };
    let base = read_back.entries[3].plan.objectives.clone();
    let (rpo, rto) = (base.rpo.map(Secs::as_secs), base.rto.map(Secs::as_secs));
    assert_eq!(
        targets(&read_back),
        [(Some(30.0), Some(2_700.0), false), (None, Some(60.0), false), (rpo, Some(14_400.0), true), (rpo, rto, true)]
    );
    let written = write(&read_back);
    assert_eq!(read(&written).unwrap(), read_back, "{written}");
    assert_eq!(written.matches("2700").count(), 1, "{written}");
    // A target typed back to a plan's baseline stays.
    let mut changed = read_back.clone();
    let mut entry = (*changed.entries[0]).clone();
    entry.plan.objectives = base;
    changed.entries[0] = Arc::new(entry);
    assert_eq!(read(&write(&changed)).unwrap(), changed);
    for (tiers, says) in [
        ("[]", "tiers is no group"),
        (r#"{"1": 3}"#, "tiers.1: it is no group"),
        (r#"{"1": {"rto": -1}}"#, "tiers.1: "),
    ] {
        let refused = read(&format!(r#"{{"portfolio": 1, "tiers": {tiers}, "plans": []}}"#)).unwrap_err().to_string();
        assert!(refused.contains(says), "{refused}");
    }
}
