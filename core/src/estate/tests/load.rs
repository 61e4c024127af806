//! What is measured replaces what the model assumes, and what nobody has measured bars nothing.

use super::*;
use crate::catalog::Severity;
use crate::evaluate::evaluate;
use crate::model::Topology;
use crate::model::verdict::{Caveat, Figure, Objective, Verdict};
use crate::plan::{LoadFigure, Plan};
use crate::portfolio::Rows;
use crate::units::{Bytes, OpsPerSec, Secs};

fn catalog() -> Catalog {
    Catalog::bundled().unwrap()
}

fn rpo(plan: &Plan) -> Verdict {
    let evaluation = evaluate(plan, &catalog());
    let verdicts = &evaluation.of(Topology::Passive).verdicts;
    verdicts.iter().find(|it| it.objective == Objective::Rpo).unwrap().clone()
}

/// The fixture's lag: 22 hours of 2 s, one of 70 s or less, 90 s at most, in 24 hours to 2026-10-01.
#[test]
fn a_measured_lag_stands_in_place_of_the_model_with_its_evidence() {
    let estate = estate(&ESTATE);
    let pair = planned(&estate, "pair-weu and pair-neu");
    let plan = &pair.draft.plan;
    let lag = plan.measured_lag().unwrap();
    assert_eq!((lag.p50, lag.p95, lag.peak, lag.points), (Secs::secs(2.0), Secs::secs(2.0), Secs::secs(90.0), 24));
    assert_eq!(lag.date.to_string(), "2026-10-01");
    let known = pair.draft.evidence.iter().find(|it| it.field == "passive.lag").unwrap();
    assert!(known.from.starts_with("maximum of GeoReplicationConnectivityLag of pair-neu, 24"), "{}", known.from);
    assert!(
        known.from.starts_with(&format!("{}; maximum of GeoReplicationDataSyncOffset of ", lag.source)),
        "{known:?}"
    );

    let evaluation = evaluate(plan, &catalog());
    let own = &evaluation.of(Topology::Passive).rpo;
    assert!(own.p95.unwrap() < Secs::secs(1.0), "the model stands beside it: {own:?}");
    let verdict = rpo(plan);
    assert_eq!((verdict.figure, verdict.caveats), (Figure::Time(Secs::secs(2.0)), vec![Caveat::Measured]));
    let found = evaluation.findings.iter().find(|it| it.id == "PLAN-LAG").unwrap();
    assert!(
        found.sentence.replace('\u{a0}', " ").contains("reached 90 s (P95 2 s), above the RPO of 60 s"),
        "{found:?}"
    );
    // The portfolio's row is of the same figure, and a file of the plan keeps it.
    assert_eq!(Rows::all(&estate.portfolio(), &catalog()).rows.iter().filter(|it| it.rpo == Some(lag.p95)).count(), 1);
    assert_eq!(crate::codec::from_json(&crate::codec::to_json(plan)).unwrap(), *plan);

    // More writes than were measured with a lag that meets the target, other regions: the lag is modelled again.
    let mut more = plan.clone();
    more.workload.writes = plan.workload.writes * 2.0;
    let mut turned = plan.clone();
    turned.regions.swap(0, 1);
    for other in [more.clone(), turned] {
        assert!(rpo(&other).figure != Figure::Time(Secs::secs(2.0)));
        assert_eq!(rpo(&other).caveats, vec![Caveat::NoPromise]);
    }
    assert!(
        evaluate(&more, &catalog()).findings.iter().any(|it| it.id == "PLAN-LAG"),
        "it has reached 90 s all the same"
    );
    // What it missed it still misses.
    more.objectives.rpo = Some(Secs::secs(1.0));
    let writes = [plan.workload.writes, more.workload.writes];
    let missed = rpo(&more);
    assert_eq!((missed.figure, missed.met), (Figure::Time(Secs::secs(2.0)), Some(false)));
    assert_eq!(missed.caveats, vec![Caveat::MeasuredAtFewer(writes)]);
}

/// Bytes that clients write ÷ set commands: 1,000,000 B/s and 1,000/s are 1,000 B a write, with the overhead of the wire in it.
#[test]
fn the_size_of_a_value_follows_from_bytes_and_commands() {
    let cache = r#"[{"id":"/subscriptions/0/resourceGroups/g/providers/Microsoft.Cache/Redis/c","location":"West Europe",
        "sku":{"name":"Premium","family":"P","capacity":1}}]"#;
    let metric = |name: &str, aggregate: &str, value: f64| {
        let point = |minute: u32| format!(r#"{{"timeStamp":"2026-10-01T00:{minute:02}:00Z","{aggregate}":{value}}}"#);
        format!(
            r#"{{"interval":"PT1M","namespace":"Microsoft.Cache/redis","value":[{{"id":"/subscriptions/0/resourceGroups/g/providers/Microsoft.Cache/Redis/c/providers/Microsoft.Insights/metrics/{name}","name":{{"value":"{name}"}},"timeseries":[{{"data":[{},{}]}}]}}]}}"#,
            point(0),
            point(1)
        )
    };
    let files = [cache.to_owned(), metric("cacheWrite", "maximum", 1e6), metric("setcommands", "total", 60_000.0)];
    let files = files.into_iter().enumerate().map(|(at, text)| (at.to_string(), text.into_bytes())).collect();
    let estate = Estate::of(&read(files).facts, &catalog());
    let plan = &estate.planned[0].draft.plan;
    assert_eq!(plan.workload.writes, OpsPerSec::per_s(1_000.0));
    let bytes = crate::model::demand::StreamBytes::of(plan).mean(&plan.workload.split);
    let each = bytes.as_bytes() * (1.0 + plan.assumptions.wire_overhead.as_fraction());
    assert!((each - 1_000.0).abs() < 1e-6, "{each}");
    assert!(estate.planned[0].draft.evidence.iter().any(|it| it.field == "workload.value_size"));
}

/// B0 has 0.5 GB: 10 GB that nobody has measured do not bar it, 10 GB that somebody enters do.
#[test]
fn a_size_is_not_refused_by_data_that_nobody_has_measured() {
    let file = r#"[{"id":"/subscriptions/0/resourceGroups/g/providers/Microsoft.Cache/redisEnterprise/c","location":"West Europe",
        "sku":{"name":"Balanced_B0"}}]"#;
    let read = read(vec![("a".to_owned(), file.as_bytes().to_vec())]);
    let estate = Estate::of(&read.facts, &catalog());
    let plan = &estate.planned[0].draft.plan;
    assert_eq!(plan.workload.open, [LoadFigure::Data, LoadFigure::Operations, LoadFigure::Connections]);
    assert_eq!(ids(&estate.findings), ["EST-LISTED", "EST-LOAD"]);
    let said = estate.findings[1].says.replace('\u{a0}', " ");
    assert_eq!(
        said,
        "Not known of c: data, writes and connections. Until then 10 GB, 5,000/s and 1,000 connections are assumed, and no size is refused."
    );
    let blocks = |plan: &Plan| {
        let findings = evaluate(plan, &catalog()).findings;
        let own = findings.into_iter().filter(|it| it.topology == Topology::Rebuild && it.severity == Severity::Block);
        own.map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(blocks(plan), Vec::<String>::new());
    let asked: Vec<String> =
        evaluate(plan, &catalog()).open.into_iter().filter(|it| it.id == "FIT-REBUILD").map(|it| it.field).collect();
    assert_eq!(asked.iter().filter(|it| *it == "workload.dataset").count(), 1, "{asked:?}");
    let mut entered = plan.clone();
    entered.workload.dataset = Bytes::gb(9.0);
    entered.take_as_given("workload.dataset");
    assert_eq!(entered.workload.open, [LoadFigure::Operations, LoadFigure::Connections]);
    assert!(blocks(&entered).contains(&"FIT-REBUILD".to_owned()));
    entered.workload.dataset = Bytes::gb(10.0);
    entered.workload.open.clear();
    assert!(blocks(&entered).contains(&"FIT-REBUILD".to_owned()));
}

/// Law: no block of an imported plan without any metric rests on the load of a new plan: with next to none of it the blocks are the same.
#[test]
fn no_block_of_an_import_without_metrics_rests_on_a_starting_value() {
    let without: Vec<&str> = ESTATE.into_iter().filter(|it| !it.contains("metrics")).chain(CODE).collect();
    for planned in &estate(&without).planned {
        let plan = &planned.draft.plan;
        let mut least = plan.clone();
        least.workload.open.clear();
        (least.workload.dataset, least.workload.writes) = (Bytes::kb(1.0), OpsPerSec::per_s(1.0));
        (least.workload.reads, least.workload.connections) = (Some(OpsPerSec::per_s(1.0)), 1);
        let blocks = |plan: &Plan| {
            let findings = evaluate(plan, &catalog()).findings;
            let own =
                findings.into_iter().filter(|it| it.topology == planned.topology() && it.severity == Severity::Block);
            own.map(|it| it.id).collect::<Vec<_>>()
        };
        assert_eq!(blocks(plan), blocks(&least), "{}", plan.name);
    }
}

/// Of a pair of which one half is measured, the connections of the other are not known.
#[test]
fn connections_of_the_half_that_is_not_measured_are_not_known() {
    let names: Vec<&str> = ESTATE
        .into_iter()
        .filter(|it| {
            it.contains("az-redis-list") || it.contains("server-link") || it.ends_with("metrics-pair-weu.json")
        })
        .collect();
    let mut facts = facts(&names);
    facts.caches.retain(|key, _| key.contains("/pair-"));
    let estate = Estate::of(&facts, &catalog());
    let found = estate.findings.iter().find(|it| it.id == "EST-LOAD").unwrap();
    assert!(found.says.starts_with("Not known of pair-neu: connections. "), "{}", found.says);
}

/// Shards of 7 GB are as full as the mean one, and of 6.5, 8 and 6.5 GB the fullest holds 8 ÷ 7 of it: no more than is measured counts against
/// the size that runs. Not split, all three are as full as the fullest; two of three say nothing.
#[test]
fn the_fullest_shard_is_the_measured_one() {
    use super::doubts::{LINKS, LIST, shown, with};
    use super::newest::{NEW, hours, metric};
    const PAIR: &str = "pair-weu and pair-neu";
    let of = |shards: &[f64]| {
        let names = ["0", "1", "2"];
        let parts: Vec<(&str, &str, Vec<Option<f64>>)> =
            names.into_iter().zip(shards).map(|(name, gb)| (name, NEW, hours(24, gb * 1e9))).collect();
        let parts = if let [one] = shards { vec![("", NEW, hours(24, one * 1e9))] } else { parts };
        with(&[LIST, LINKS[0], LINKS[1]], &[metric("Redis/pair-weu", "usedmemory", "maximum", "PT1H", &parts)]).1
    };
    for (shards, data, factor) in [
        (&[7.0, 7.0, 7.0][..], 21.0, 1.0),
        (&[6.5, 8.0, 6.5], 21.0, 1.14),
        (&[7.0], 21.0, 1.0),
        (&[7.0, 7.0], 10.0, 1.1),
    ] {
        let estate = of(shards);
        let planned = planned(&estate, PAIR);
        let plan = &planned.draft.plan;
        assert_eq!(plan.workload.dataset, Bytes::gb(data), "{shards:?}");
        assert!((plan.assumptions.hottest_shard - factor).abs() < 1e-9, "{shards:?}");
        let says = shown(planned, "assumptions.hottest_shard");
        assert_eq!(says.contains("its fullest shard over the mean one"), shards.len() != 2, "{says}");
        // It runs, and fits.
        let blocks = evaluate(plan, &catalog()).findings.into_iter().filter(|it| it.id == "FIT-PASSIVE").count();
        assert_eq!(blocks, 0, "{shards:?}");
    }
}

/// A full sync of 12 min copies the 9 GB of the fullest shard: 12.5 MB/s.
#[test]
fn the_rate_of_a_full_sync_is_that_of_the_fullest_shard_as_measured() {
    use super::doubts::{LINKS, LIST, with};
    use super::newest::{NEW, metric};
    let minutes = |at: usize| (0..120).map(|minute| Some(f64::from(u8::from(minute == at)))).collect::<Vec<_>>();
    let event = |name, at| metric("Redis/pair-neu", name, "total", "PT1M", &[("", NEW, minutes(at))]);
    let shards = [("0", 6e9), ("1", 9e9), ("2", 6e9)].map(|(name, value)| (name, NEW, vec![Some(value); 120]));
    let texts = [
        event("GeoReplicationFullSyncEventStarted", 30),
        event("GeoReplicationFullSyncEventFinished", 42),
        metric("Redis/pair-weu", "usedmemory", "maximum", "PT1M", &shards),
    ];
    let (read, mut estate) = with(&[LIST, LINKS[0], LINKS[1]], &texts);
    crate::calibrate::calibrate_estate(&mut estate, &read.facts, &catalog());
    let plan = &planned(&estate, "pair-weu and pair-neu").draft.plan;
    let ratio = plan.assumptions.snapshot_ratio.as_fraction();
    let rate = plan.assumptions.sync_rate.mode.as_bytes_per_s();
    // The factor is kept in hundredths.
    assert!((rate / (9e9 * ratio / 720.0) - 1.0).abs() < 0.01, "{rate}");
}
