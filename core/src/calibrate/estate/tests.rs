//! A full sync and an outage that metrics saw, with hand-worked rates.

use super::*;
use crate::estate::read;

const NAMES: [&str; 6] = [
    "az-redis-list",
    "server-link-neu",
    "server-link-weu",
    "az-redisenterprise-list",
    "metrics-pair-weu",
    "metrics-amr",
];

/// The estate of the fixtures with one more file of metrics.
fn calibrated(names: &[&str], more: &str, change: impl Fn(String) -> String) -> Estate {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let text =
        |name: String| std::fs::read_to_string(folder.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut files: Vec<(String, Vec<u8>)> =
        names.iter().map(|name| ((*name).to_owned(), text(format!("estate/{name}.json")).into_bytes())).collect();
    files.push(("more".to_owned(), change(text(format!("metrics/{more}.json"))).into_bytes()));
    let read = read(files);
    assert_eq!(read.unread, Vec::<String>::new());
    let catalog = Catalog::bundled().unwrap();
    let mut estate = Estate::of(&read.facts, &catalog);
    calibrate_estate(&mut estate, &read.facts, &catalog);
    estate
}

fn planned<'a>(estate: &'a Estate, name: &str) -> &'a Planned {
    estate.planned.iter().find(|it| it.draft.plan.name == name).unwrap()
}

fn from(planned: &Planned, field: &str) -> Option<String> {
    planned.draft.evidence.iter().find(|it| it.field == field).map(|it| it.from.replace('\u{a0}', " "))
}

fn missing(planned: &Planned, field: &str) -> String {
    planned
        .draft
        .unknown
        .iter()
        .find(|it| it.field == field)
        .map(|it| it.why.replace('\u{a0}', " "))
        .unwrap_or_default()
}

/// 9 GB in the greatest of three shards, as the metric that is not split has it: from 03:10 to 03:18, each to the minute, so 7 to 9 min.
#[test]
fn a_full_sync_that_was_seen_gives_its_rate() {
    let estate = calibrated(&NAMES[..3], "full-sync-pair", |text| text);
    let pair = planned(&estate, "pair-weu and pair-neu");
    let rate = pair.draft.plan.assumptions.sync_rate.map(BytesPerSec::as_mb_per_s);
    for (found, expected) in [(rate.low, 9_000.0 / 540.0), (rate.mode, 9_000.0 / 480.0), (rate.high, 9_000.0 / 420.0)] {
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    }
    let told = from(pair, "assumptions.sync_rate").unwrap();
    assert_eq!(told, "1 full sync of pair-neu, the last on 2026-10-02: 7 min to 9 min for the fullest shard");
    // The model's copy then takes what was seen.
    let evaluation = evaluate_unread(&pair.draft.plan, &Catalog::bundled().unwrap());
    let copy = evaluation.of(Topology::Passive).sync.copy.map(|it| it.as_secs() / 60.0);
    assert!((copy.low - 7.0).abs() < 0.01 && (copy.high - 9.0).abs() < 0.01, "{copy:?}");
}

/// By the hour the same sync is anything from 0 to 2 h.
#[test]
fn a_sync_by_the_hour_is_too_coarse() {
    let coarse = |text: String| text.replace("\"interval\": \"PT1M\"", "\"interval\": \"PT1H\"");
    let estate = calibrated(&NAMES[..3], "full-sync-pair", coarse);
    let pair = planned(&estate, "pair-weu and pair-neu");
    assert_eq!(from(pair, "assumptions.sync_rate"), None);
    assert!(
        missing(pair, "assumptions.sync_rate").contains("save the events with --interval PT1M"),
        "{}",
        missing(pair, "assumptions.sync_rate")
    );
    assert_eq!(pair.draft.plan.assumptions.sync_rate, Plan::default().assumptions.sync_rate);
}

/// Six hours of 200 expiries a second that each keep 200 bytes: the line is exact, so its interval is narrow.
#[test]
fn an_outage_that_was_seen_gives_what_it_retained() {
    let estate = calibrated(&NAMES[3..4], "outage-group", |text| text);
    let group = planned(&estate, "orders");
    let plan = &group.draft.plan;
    let known = plan.calibrated().unwrap();
    assert_eq!(
        (known.date.to_string(), known.points, known.source.as_str()),
        ("2026-10-03".to_owned(), 73, "usedmemory of amr-weu")
    );
    // 200 expiries are 90 % of what is deleted: 222.2 deletes and expiries share 40,000 B a second, less keys, creates and overwrites.
    let slope = 40_000.0 / known.deletes.as_per_s();
    assert!((known.deletes.as_per_s() - 200.0 * 20.0 / 18.0).abs() < 1e-6, "{}", known.deletes.as_per_s());
    let kept = plan.assumptions.kept_per_delete.map(Bytes::as_bytes);
    assert!(kept.mode > 0.0 && kept.mode < slope && (kept.high - kept.low) < 1.0, "{kept:?} {slope}");
    let told = from(group, "assumptions.kept_per_delete").unwrap();
    assert!(
        told.starts_with(
            "amr-weu was not healthy for 6 h from 2026-10-03: line through 73 points of usedmemory of amr-weu"
        ),
        "{told}"
    );
}

/// The hourly month beside it is longer, and the minutes of the event are what counts.
#[test]
fn the_finest_series_shows_an_event() {
    let pair = calibrated(&[&NAMES[..3], &NAMES[4..5]].concat(), "full-sync-pair", |text| text);
    assert!(from(planned(&pair, "pair-weu and pair-neu"), "assumptions.sync_rate").is_some());
    let group = calibrated(&[NAMES[3], NAMES[5]], "outage-group", |text| text);
    assert_eq!(planned(&group, "orders").draft.plan.calibration.as_ref().map(|it| it.points), Some(73));
}

/// Eight minutes for 99 MB are a hundredth of any rate that was ever recorded.
#[test]
fn events_that_do_not_belong_together_give_no_rate() {
    let small = |text: String| text.replace("\"maximum\": 9000000000", "\"maximum\": 90000000");
    let estate = calibrated(&NAMES[..3], "full-sync-pair", small);
    let pair = planned(&estate, "pair-weu and pair-neu");
    assert_eq!(from(pair, "assumptions.sync_rate"), None);
    assert!(
        missing(pair, "assumptions.sync_rate").contains("is far from the assumed"),
        "{}",
        missing(pair, "assumptions.sync_rate")
    );
}

#[test]
fn an_outage_without_expiries_says_what_it_takes() {
    let estate = calibrated(&NAMES[3..4], "outage-group", |text| text.replace("expiredkeys", "evictedkeys"));
    let group = planned(&estate, "orders");
    assert!(
        missing(group, "assumptions.kept_per_delete").contains("takes the expiries"),
        "{}",
        missing(group, "assumptions.kept_per_delete")
    );
    assert_eq!(group.draft.plan.calibration, None);
}

/// 9.75 GB before the outage, 15 GB right after it, which is what the outage retained: the plan then uses the 9.75 GB that were measured,
/// backlogs and all, with and without an outage.
#[test]
fn the_plan_uses_the_memory_that_was_measured() {
    let after = |text: String| {
        let mut answer: serde_json::Value = serde_json::from_str(&text).unwrap();
        let memory = answer["value"][0]["timeseries"][0]["data"].as_array_mut().unwrap();
        for point in memory.iter_mut().filter(|it| it["timeStamp"].as_str().is_some_and(|it| it > "2026-10-03T16:00")) {
            point["maximum"] = 15e9.into();
        }
        answer.to_string()
    };
    let used = |plan: &Plan| match &evaluate_unread(plan, &Catalog::bundled().unwrap()).active.runway {
        Runway::Fills(filling) => (filling.used.mode.as_bytes(), filling.backlogs.as_bytes()),
        other => panic!("{other:?}"),
    };
    let estate = calibrated(&NAMES[3..4], "outage-group", after);
    let group = planned(&estate, "orders");
    let plan = &group.draft.plan;
    let (all, backlogs) = used(plan);
    assert!((all - 9.75e9).abs() < 1.0 && backlogs > 0.0, "{all} {backlogs}");
    assert!((plan.workload.dataset.as_bytes() * 1.5 + backlogs - 9.75e9).abs() < 1.0);
    let told = from(group, "workload.dataset").unwrap();
    assert!(
        told.ends_with(&divided(1.5).replace('\u{a0}', " "))
            && told.contains("while every member was healthy")
            && told.contains(" of backlogs"),
        "{told}"
    );
    // No data is measured beside the memory, so that κ stays assumed, and nothing says that it was fitted.
    assert_eq!(plan.assumptions.crdt_factor, Plan::default().assumptions.crdt_factor);
    assert_eq!((from(group, "assumptions.crdt_factor"), plan.calibrated().unwrap().has_factor()), (None, false));
    // Without an outage the peak of 10.614 GB is data.
    let healthy = |text: String| text.replace("\"minimum\": 0.0", "\"minimum\": 1.0");
    let month = calibrated(&NAMES[3..4], "outage-group", healthy);
    let (all, _) = used(&planned(&month, "orders").draft.plan);
    assert!((all - 10.614e9).abs() < 1.0, "{all}");
}

/// A group of Enterprise E10 (12 GB) has no size of the plan, and the memory used holds backlogs as well: 2 × 1 % of 12 GB (M-05). The 10.614 GB
/// of the month are (10.614 − 0.24) ÷ 1.5 GB of data.
#[test]
fn an_enterprise_group_has_backlogs_in_its_memory_too() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let list = text("estate/az-redisenterprise-list.json").replace("Balanced_B20", "Enterprise_E10");
    let metrics = text("metrics/outage-group.json").replace("\"minimum\": 0.0", "\"minimum\": 1.0");
    let read = read(vec![("list".to_owned(), list.into_bytes()), ("metrics".to_owned(), metrics.into_bytes())]);
    let catalog = Catalog::bundled().unwrap();
    let mut estate = Estate::of(&read.facts, &catalog);
    calibrate_estate(&mut estate, &read.facts, &catalog);
    let group = planned(&estate, "orders");
    assert_eq!(group.draft.plan.active.sku, None);
    let data = group.draft.plan.workload.dataset.as_gb();
    assert!((data - (10.614 - 0.24) / 1.5).abs() < 1e-3, "{data}");
    let told = from(group, "workload.dataset").unwrap();
    assert!(told.contains("less 240 MB of backlogs, ÷ 1.5"), "{told}");
}

/// A hundred-millionth of the expiries makes gigabytes of a delete, which no field holds: the assumption stays.
#[test]
fn a_fit_that_no_field_holds_is_a_miss() {
    let estate =
        calibrated(&NAMES[3..4], "outage-group", |text| text.replace("\"total\": 60000.0", "\"total\": 0.001"));
    let group = planned(&estate, "orders");
    assert!(missing(group, "assumptions.kept_per_delete").contains("cannot be"), "{:#?}", group.draft.unknown);
    assert_eq!(group.draft.plan.assumptions, Plan::default().assumptions);
    assert_eq!(group.draft.plan.calibration, None);
}
