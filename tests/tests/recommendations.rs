//! The recommendation of every plan that ships, as a person reads it.
#![allow(clippy::unwrap_used)]

use dr_core::catalog::{Catalog, Severity, SkuId};
use dr_core::evaluate::{Evaluation, evaluate};
use dr_core::model::Topology;
use dr_core::model::sync::SyncOutcome;
use dr_core::model::verdict::{Figure, Objective};
use dr_core::plan::{Objectives, Plan};
use dr_core::report::verdict::{caveat, plain, sentence, tipping_point};
use dr_core::units::{Bytes, BytesPerSec, Range, Secs};
use dr_core::words::shown::rpo_shown;
use std::fmt::Write as _;

fn told(name: &str, evaluation: &Evaluation) -> String {
    let comparison = &evaluation.comparison;
    let mark = |span: &dr_core::report::Span| {
        if span.strong { format!("**{}**", span.text) } else { span.text.clone() }
    };
    let mut text = format!("{name}\n  {}\n", sentence(comparison).iter().map(mark).collect::<String>());
    if let Some(tipping) = tipping_point(comparison) {
        let _ = writeln!(text, "  {tipping}");
    }
    for topology in Topology::ALL {
        let verdicts = evaluation.of(topology).verdicts.iter().map(|verdict| match verdict.met {
            Some(true) => format!("{} ✓", verdict.objective.name()),
            Some(false) => format!("{} ✕", verdict.objective.name()),
            None => format!("{} –", verdict.objective.name()),
        });
        let _ = writeln!(text, "  {:<13}{}", topology.name(), verdicts.collect::<Vec<_>>().join("  "));
    }
    text.replace('\u{a0}', " ")
}

#[test]
fn of_the_new_plan_the_presets_and_the_worked_examples() {
    let catalog = Catalog::bundled().unwrap();
    let plans = [("new plan".to_owned(), Plan::default())].into_iter();
    let plans = plans.chain(dr_tests::presets()).chain(dr_tests::fixtures());
    let told: Vec<String> = plans.map(|(name, plan)| told(&name, &evaluate(&plan, &catalog))).collect();
    insta::assert_snapshot!(told.join("\n"));
}

/// Review F4: a buffer that Azure does not publish decides nothing. With 1 MB of it the tax filing's pair is judged as it was, and a
/// finding warns.
#[test]
fn an_assumed_buffer_decides_nothing() {
    let (_, plan) = dr_tests::presets().into_iter().find(|(name, _)| name == "tax-filing").unwrap();
    let mut small = plan.clone();
    small.assumptions.replica_buffer = Bytes::mb(1.0);
    let catalog = Catalog::bundled().unwrap();
    let [before, after] = [&plan, &small].map(|plan| evaluate(plan, &catalog));
    assert!(after.passive.sync.outcome.overrun().is_some_and(|overrun| overrun.likely));
    assert_eq!(before.passive.verdicts, after.passive.verdicts);
    assert_eq!(before.comparison, after.comparison);
    let warned = after.findings.iter().find(|finding| finding.id == "PAS-BUFFER").unwrap();
    assert_eq!(warned.severity, Severity::Warn);
    assert!(warned.remedy.contains("GeoReplicationFullSyncEventStarted"), "{}", warned.remedy);
}

/// Facts, 8.2: during a full sync there is no usable secondary, and the RPO is the age of the last completed one. At 1 MB/s of a
/// shard no copy of the tax filing's pair is ever complete, whatever its price.
#[test]
fn a_pair_that_never_syncs_is_not_recommended() {
    let (_, mut plan) = dr_tests::presets().into_iter().find(|(name, _)| name == "tax-filing").unwrap();
    plan.assumptions.sync_rate = Range::exactly(BytesPerSec::mb_per_s(1.0));
    plan.objectives.rto = Some(Secs::secs(5_000.0));
    plan.active.persistence = true;
    let evaluation = evaluate(&plan, &Catalog::bundled().unwrap());
    assert!(matches!(evaluation.passive.sync.outcome, SyncOutcome::NeverConverges { .. }));
    assert_ne!(evaluation.comparison.choice, Some(Topology::Passive));
    for objective in [Objective::Rpo, Objective::Rto] {
        let verdict = evaluation.passive.verdicts.iter().find(|it| it.objective == objective).unwrap();
        assert_eq!((verdict.figure, verdict.met), (Figure::None, Some(false)), "{objective:?}");
        assert!(caveat(verdict).contains("no copy is ever complete"), "{}", caveat(verdict));
    }
    // Without a target it is no choice either, though it would be cheaper than the group.
    plan.objectives =
        Objectives { rpo: None, rto: None, runway: None, write_latency: None, read_latency: None, budget: None };
    (plan.rebuild.sku, plan.active.sku) =
        (Some(SkuId::new("MemoryOptimized_M2000")), Some(SkuId::new("MemoryOptimized_M2000")));
    plan.active.persistence = false;
    let evaluation = evaluate(&plan, &Catalog::bundled().unwrap());
    let [rebuild, passive, active] = evaluation.bills().map(|(_, bill)| bill.total.complete().unwrap());
    assert!(passive < active.min(rebuild));
    assert_ne!(evaluation.comparison.choice, Some(Topology::Passive));
    let said: String = plain(&evaluation.comparison);
    assert!(said.ends_with("and never completes a copy."), "{said}");
}

/// `docs/outcomes.md` says of each preset what the program says.
#[test]
fn the_table_of_outcomes_is_true() {
    let (catalog, page) = (Catalog::bundled().unwrap(), include_str!("../../docs/outcomes.md"));
    for (name, plan) in dr_tests::presets() {
        let evaluation = evaluate(&plan, &catalog);
        let topology = evaluation.comparison.recommended().unwrap();
        let answer = evaluation.of(topology);
        let how = match (evaluation.comparison.choice, evaluation.comparison.too_close()) {
            (None, _) => ", nearest",
            (Some(_), true) => ", too close to call",
            (Some(_), false) => "",
        };
        let minutes = |time: Secs| format!("{:.0}", time.as_mins());
        let row = format!(
            "| now | {}{} | {} | {} / {} min | {} |",
            topology.name(),
            how,
            rpo_shown(answer.rpo.shown()).unwrap(),
            minutes(answer.rto[0].p50),
            minutes(answer.rto[0].p95),
            answer.bill.total.amount(catalog.currency()),
        );
        let row = row.replace('\u{a0}', " ");
        assert!(page.contains(&row), "{name}: {row}");
    }
}
