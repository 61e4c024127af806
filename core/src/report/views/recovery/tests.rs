use super::*;
use crate::catalog::{Catalog, SkuId};
use crate::evaluate::evaluate;
use crate::plan::{Confirmation, Plan};
use crate::report::document::{Block, plain};
use crate::units::{Bytes, BytesPerSec, OpsPerSec};

fn said(change: impl Fn(&mut Plan), section: fn(Subject) -> Section) -> Section {
    let catalog = Catalog::bundled().unwrap();
    let mut plan = Plan::default();
    change(&mut plan);
    let evaluation = evaluate(&plan, &catalog);
    section(Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation })
}

fn words(section: &Section) -> String {
    plain("", std::slice::from_ref(section))
}

/// A pair that may restart its sync is fixed by shards, writes or a buffer; a group that never ends by a size that can be bought.
#[test]
fn what_does_not_end_names_the_smallest_change() {
    let pair = words(&said(|plan| plan.assumptions.replica_buffer = Bytes::mb(10.0), full_sync));
    assert!(
        pair.contains(
            "Any one of these fixes it: 5 shards, at most 1,840/s of writes, or a replica buffer of 27.2 MB."
        ),
        "{pair}"
    );
    let group = |plan: &mut Plan| {
        plan.workload.writes = OpsPerSec::per_s(1.2e6);
        plan.active.sku = Some(SkuId::new("Balanced_B20"));
    };
    let group = words(&said(group, full_sync));
    assert!(group.contains("never ends with the active group.") && group.contains("the size B150"), "{group}");
}

/// A replica's views open with a sentence and a chart; without a replica both say so in words alone.
#[test]
fn sync_and_recovery_point_open_with_a_chart() {
    for section in [full_sync, recovery_point] {
        let blocks = said(|_| {}, section).blocks;
        assert!(matches!(blocks.first(), Some(Block::Figure(_))), "{blocks:?}");
        let alone = said(|plan| plan.regions.truncate(1), section).blocks;
        assert!(!alone.iter().any(|it| matches!(it, Block::Figure(_))), "{alone:?}");
    }
}

#[test]
fn the_copy_rate_names_its_source() {
    assert!(words(&said(|_| {}, full_sync)).contains("published 5–10 minutes for 53 GB"));
    let own = |plan: &mut Plan| plan.assumptions.sync_rate.high = BytesPerSec::mb_per_s(200.0);
    let own = words(&said(own, full_sync));
    assert!(own.contains("At your full-sync rate of 88 MB/s to 200 MB/s") && !own.contains("5–10 minutes"), "{own}");
}

/// Tax filing: 9,000 reads/s at 3.5 times the mean are 31,500/s. Half an hour of pause is the least that users wait.
#[test]
fn the_surge_has_its_rto_and_steps_their_origin() {
    let text = include_str!("../../../../../public/plans/tax-filing.json");
    let preset = |plan: &mut Plan| {
        *plan = crate::codec::from_json(text).unwrap();
        plan.passive.checks.geo_name_reaches_both = Confirmation::Confirmed;
    };
    assert!(words(&said(preset, surge_section)).contains("31,500/s"), "{}", words(&said(preset, surge_section)));
    let steps = words(&said(preset, recovery_paths));
    for origin in ["your input", "derived (M-03)", "S1: a few minutes", "at least the pause of 33 min"] {
        assert!(steps.contains(origin), "{origin}: {steps}");
    }
    assert!(!steps.contains("D12"), "reconnect is the preset's own");
}

/// A change of the plan, and what is said then.
type Case = (fn(&mut Plan), &'static str);

#[test]
fn latency_says_what_is_unknown_and_what_no_region_can_fix() {
    let unknown = said(|plan| plan.regions[1].region = crate::catalog::RegionId::new("nowhere"), latency);
    assert!(words(&unknown).contains("Unknown: no round trip nowhere – East US is published"), "{}", words(&unknown));
    let cases: [Case; 4] = [
        (|plan| plan.latency.calls_in_sequence = 90, "a cache in the users' own region takes 270\u{a0}ms at P95"),
        (|plan| plan.objectives.write_latency = None, "Without a target for write latency"),
        (|plan| plan.regions.clear(), "No round trip to the users is known."),
        (
            |plan| plan.objectives.write_latency = Some(crate::units::Secs::millis(400.0)),
            "The plan meets the target of 400\u{a0}ms at P95 in normal running.",
        ),
    ];
    for (change, expected) in cases {
        let pair = said(change, |subject| regions(subject).swap_remove(0));
        assert!(pair.says.words().contains(expected), "{expected}: {}", pair.says.words());
    }
}

/// One time is told in the singular, inside its range or outside.
#[test]
fn one_measured_time_lies_inside_or_not() {
    for (minutes, inside) in [(500.0, "0 of 1"), (15.0, "1 of 1")] {
        let drilled = |plan: &mut Plan| plan.add_drill(&[("decide".to_owned(), crate::units::Secs::mins(minutes))]);
        let record = words(&said(drilled, drill_record));
        assert!(record.contains(&format!("{inside} measured time lies inside P05–P95")), "{record}");
    }
}
