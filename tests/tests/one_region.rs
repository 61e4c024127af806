//! A pair whose two caches stand in one region: traffic at 0 with its reason, a name for each cache, no promise for the loss
//! of the region. The facts allow it (PAS-EGRESS, PAS-VNET-SAMEREGION); a group needs a region a member (S3).
#![allow(clippy::unwrap_used, clippy::expect_used)]

use dr_core::catalog::{Catalog, RegionId};
use dr_core::codec;
use dr_core::evaluate::{Evaluation, evaluate};
use dr_core::explore::downtime;
use dr_core::model::Topology;
use dr_core::model::cost::{BillLine, LineKind};
use dr_core::model::latency::scenarios;
use dr_core::model::verdict::Objective;
use dr_core::plan::{Conflicts, DataClass, DataPart, Failure, Plan};
use dr_core::report::decision::decision_record;
use dr_core::report::focus::{FocusFile, Stamp};
use dr_core::report::runbook::runbook;
use dr_core::report::verdict::caveat;
use dr_core::report::views::{Subject, outage};
use dr_core::units::{Date, Secs};

fn catalog() -> Catalog {
    Catalog::bundled().unwrap()
}

/// East US twice.
fn plan() -> Plan {
    let mut plan = Plan::default();
    plan.exchange_region(1, RegionId::new("eastus"));
    assert!(plan.pair_in_one_region());
    // A rebuild reads all of it again, so that it is nearer to the targets than a pair in one region.
    plan.data.parts = vec![DataPart::new("prices", 1.0, 1.0, DataClass::Rebuildable, Conflicts::LastWriteWins)];
    plan
}

fn all(plan: &Plan) -> (Catalog, Evaluation) {
    let catalog = catalog();
    let evaluation = evaluate(plan, &catalog);
    (catalog, evaluation)
}

#[test]
fn the_plan_is_a_plan_and_only_the_pair_may_do_it() {
    let plan = plan();
    assert_eq!(codec::from_json(&codec::to_json(&plan)).unwrap(), plan);
    assert_eq!(codec::from_fragment(&codec::to_fragment(&plan)).unwrap(), plan);
    let mut third = plan.clone();
    third.add_region(RegionId::new("eastus"));
    assert_eq!(third, plan, "no third");
    third.add_region(RegionId::new("westus2"));
    let mut led = third.clone();
    led.make_primary(2);
    let places: Vec<&str> = led.regions.iter().map(|share| share.region.as_str()).collect();
    assert_eq!(places, ["westus2", "eastus"], "one member where a pair was");
    assert!((led.regions.iter().map(|share| share.users.as_fraction()).sum::<f64>() - 1.0).abs() < 1e-9);
    third.regions.rotate_right(1);
    let error = codec::from_json(&codec::to_json(&third)).unwrap_err().to_string();
    assert!(error.contains("eastus is there twice"), "{error}");
    let mut single = plan;
    single.remove_region(1);
    single.add_region(RegionId::new("eastus"));
    assert!(single.pair_in_one_region());
}

#[test]
fn traffic_inside_a_region_is_free_and_says_why() {
    let (_, evaluation) = all(&plan());
    for kind in [LineKind::Egress, LineKind::FullSyncs] {
        let line = evaluation.passive.bill.lines.iter().find(|line| line.kind == kind).unwrap();
        assert_eq!(line.amount.unwrap().to_cents().to_string(), "0.00");
        assert!(line.note().contains("both ends are in East US"), "{}", line.note());
        assert!(!line.quantity.is_zero(), "the volume is shown");
        assert!(line.label().ends_with(", East US to East US (secondary)"), "{}", line.label());
    }
    let group = &evaluation.active.design;
    assert!(!group.possible && group.misfits[0].words().contains("names East US twice"), "{:?}", group.misfits);
}

#[test]
fn each_cache_has_its_name_and_role() {
    let plan = plan();
    let (catalog, evaluation) = all(&plan);
    let stamp = Stamp { date: Date::new(2026, 11, 21).unwrap(), tags: &[], version: "1" };
    let file = FocusFile::of(&plan, &catalog, &evaluation.passive, &stamp).csv();
    let nodes: Vec<&str> =
        file.lines().filter(|line| line.contains("node-hour") || line.contains(" nodes, ")).collect();
    assert_eq!(nodes.len(), 2, "{file}");
    assert!(nodes[0].contains("GeoPrimary") && nodes[0].contains("new-plan-eastus,"), "{}", nodes[0]);
    assert!(nodes[1].contains("GeoSecondary") && nodes[1].contains("new-plan-eastus-2,"), "{}", nodes[1]);
    let labels = evaluation.passive.bill.lines.iter().filter(|line| line.kind == LineKind::Nodes);
    let labels: Vec<String> = labels.map(BillLine::label).collect();
    assert!(labels[0].ends_with("nodes, East US") && labels[1].ends_with("nodes, East US (secondary)"), "{labels:?}");
    assert_eq!(plan.place_name(1, &catalog), "East US (secondary)");
    assert_eq!((plan.place_name(0, &catalog), plan.place_name(7, &catalog)), ("East US".into(), "".into()));
    assert!(decision_record(&plan, &catalog, &evaluation).contains("East US (secondary)"));
    let parts =
        ["Before you start", "Create", "Watch", "Planned failover", "Unplanned failover", "Afterwards", "Change"];
    for topology in Topology::ALL {
        let book = runbook(topology, &plan, &catalog, &evaluation);
        let titles: Vec<&str> = book.sections.iter().map(|section| section.title.as_str()).collect();
        let steps = book.sections.iter().flat_map(|section| &section.steps);
        let commands: String = steps.map(|step| step.commands.as_str()).collect();
        assert!(parts.iter().all(|part| titles.contains(part)), "{topology:?}: {titles:?}");
        assert!(commands.contains("new-plan-eastus ") && commands.contains("new-plan-eastus-2 "), "{topology:?}");
        assert_eq!(commands.matches("az group create").count(), usize::from(commands.contains("az group create")));
    }
}

#[test]
fn the_loss_of_the_region_takes_both_and_a_lost_link_one() {
    let mut plan = plan();
    plan.outage.length = Some(Secs::hours(2.0));
    let (catalog, evaluation) = all(&plan);
    let text = outage::document(Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation }).in_words().plain();
    assert!(text.contains("East US is lost") && text.contains("East US (secondary) is lost"), "{text}");
    assert!(text.contains("East US and East US (secondary) are back"), "{text}");
    insta::assert_snapshot!(text.replace('\u{a0}', " "));
    let held = downtime(&plan, &evaluation.passive).unwrap();
    let mean = |low: f64, mode: f64, high: f64| (low + mode + high) / 3.0;
    let (often, lasts) = (plan.outages.per_year, plan.outages.duration.map(Secs::as_secs));
    let expected = mean(often.low, often.mode, often.high) * mean(lasts.low, lasts.mode, lasts.high);
    assert!((held.mean.as_secs() - expected).abs() < 1.0, "{held:?}");
    let finding = evaluation.findings.iter().find(|finding| finding.id == "PLAN-ONE-REGION").unwrap();
    assert!(finding.sentence.contains("its loss takes both"));
    assert_ne!(evaluation.comparison.recommended(), Some(Topology::Passive));
    assert!(evaluation.passive.rto.is_empty());
    let rto = evaluation.passive.verdicts.iter().find(|verdict| verdict.objective == Objective::Rto).unwrap();
    assert!(rto.met != Some(true) && caveat(rto).contains("Both caches are in one region"), "{rto:?}");
    let downs = scenarios(&evaluation.passive.case(&plan, &catalog, &evaluation.demand));
    assert_eq!(downs.len(), 2, "normal running and one region");
    assert!(downs[1].writes.worst.is_none());
    plan.outage.failure = Failure::Partition;
    let (catalog, evaluation) = all(&plan);
    let text = outage::document(Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation }).in_words().plain();
    assert!(text.contains("The primary keeps serving; users do not wait.") && !text.contains("is lost"), "{text}");
}
