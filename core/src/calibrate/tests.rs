use super::*;
use crate::catalog::{Catalog, SkuId};
use crate::evaluate::evaluate;
use crate::import::series::read_series;
use crate::plan::check;
use crate::units::Ratio;

/// 4 GB on B10 (two shards, four backlogs of 60 MB), half of the changes delete keys of 20 B, half create.
fn plan() -> Plan {
    let mut plan = Plan::default();
    plan.workload.dataset = Bytes::gb(4.0);
    plan.workload.key_size = Bytes::bytes(20.0);
    let split = &mut plan.workload.split;
    (split.creates, split.deletes) = (Ratio::percent(50.0), Ratio::percent(50.0));
    (split.overwrites, split.expiries) = (Ratio::ZERO, Ratio::ZERO);
    plan.active.sku = Some(SkuId::new("Balanced_B10"));
    plan
}

const DRILL: Drill = Drill { from: Secs::mins(10.0), to: Secs::mins(70.0), deletes: OpsPerSec::per_s(5_000.0) };

/// Used memory of κ = 1.4 and m = 90 B by the minute, from ten minutes before the member goes away; a ripple of 2 MB.
fn series(ripple: f64) -> String {
    let row = |minute: i32| {
        let away = f64::from((minute - 10).clamp(0, 60)) * 60.0;
        let wave = if minute % 2 == 0 { ripple } else { -ripple };
        let used = 1.4 * 4e9 + 4.0 * 60e6 + (20.0 + 90.0) * 5_000.0 * away + wave;
        format!("{},{used}", minute * 60)
    };
    let rows: Vec<String> = (0..90).map(row).collect();
    format!("time,usedmemory (bytes)\n{}", rows.join("\n"))
}

fn fit(text: &str, plan: &Plan) -> Result<Fit, CalibrationError> {
    let evaluation = evaluate(plan, &Catalog::bundled().unwrap());
    calibrate(&read_series(text).unwrap(), DRILL, plan, &evaluation)
}

#[test]
fn a_drill_gives_back_what_made_it() {
    let exact = fit(&series(0.0), &plan()).unwrap();
    assert!((exact.kept_per_delete.mode.as_bytes() - 90.0).abs() < 1e-6, "{exact:?}");
    assert!((exact.crdt_factor.mode - 1.4).abs() < 1e-9);
    assert_eq!(exact.points.len(), 61);
    let noisy = fit(&series(2e6), &plan()).unwrap();
    let (kept, factor) = (noisy.kept_per_delete, noisy.crdt_factor);
    assert!(kept.low < Bytes::bytes(90.0) && Bytes::bytes(90.0) < kept.high && kept.low < kept.mode);
    assert!(factor.low < 1.4 && 1.4 < factor.high);
    assert!((noisy.line.scatter / 2e6 - 1.0).abs() < 0.05);
    assert!((noisy.at(Secs::ZERO).as_gb() - 5.84).abs() < 0.01);
}

/// By hand: points (0, 1), (1, 3), (2, 4), (3, 4) have slope 1, start 1.5, scatter √(1 ÷ 2); t(2) = 4.303.
#[test]
fn a_line_by_hand() {
    let line = Line::through(&[(0.0, 1.0), (1.0, 3.0), (2.0, 4.0), (3.0, 4.0)]).unwrap();
    assert!((line.slope - 1.0).abs() < 1e-12 && (line.start - 1.5).abs() < 1e-12);
    assert!((line.scatter - libm::sqrt(0.5)).abs() < 1e-12);
    assert!((line.slope_error - 4.302_65 * libm::sqrt(0.5 / 5.0)).abs() < 1e-4);
    assert!((line.start_error - 4.302_65 * libm::sqrt(0.5 * (0.25 + 2.25 / 5.0))).abs() < 1e-4);
    assert_eq!(Line::through(&[(1.0, 1.0), (1.0, 2.0), (1.0, 3.0)]), None);
    assert_eq!(Line::through(&[(1.0, 1.0), (2.0, 2.0)]), None);
}

#[test]
fn the_plan_keeps_the_fit_with_its_date() {
    let date: Date = "2026-11-20".parse().unwrap();
    let plan = fit(&series(2e6), &plan()).unwrap().apply(&plan(), date, "drill.csv");
    let kept = plan.calibration.as_ref().unwrap();
    assert_eq!((kept.date, kept.source.as_str(), kept.points), (date, "drill.csv", 61));
    assert!(!kept.of_series, "seconds from the start have no date");
    assert_eq!((kept.times.len(), kept.times[0], kept.times[59]), (60, Secs::ZERO, Secs::mins(60.0)));
    assert_eq!(check(&plan), []);
    let json = crate::codec::to_json(&plan);
    assert_eq!(crate::codec::from_json(&json).as_ref(), Ok(&plan));
}

/// All points of a short drill are kept, and with them its line; an edit of what was fitted makes it an assumption again.
#[test]
fn a_kept_fit_holds_until_it_is_edited() {
    let mut short = fit(&series(2e6), &plan()).unwrap();
    short.points.truncate(31);
    short.count = 31;
    let plan = short.apply(&plan(), Date::FIRST, "drill.csv");
    let kept = Fit::of_plan(&plan).unwrap();
    assert_eq!((&kept.points, kept.count, kept.kept_per_delete), (&short.points, 31, short.kept_per_delete));
    let edits: [fn(&mut Plan); 2] = [
        |plan| plan.assumptions.kept_per_delete.high = Bytes::bytes(999.0),
        |plan| plan.assumptions.crdt_factor.low = 1.0,
    ];
    for edit in edits {
        let mut edited = plan.clone();
        edit(&mut edited);
        assert!(edited.calibrated().is_none() && Fit::of_plan(&edited).is_none());
        assert!(crate::report::coefficients::basis(&edited).contains("changed since"));
    }
    let mut other = plan.clone();
    other.assumptions.kept_per_element.mode = Bytes::bytes(81.0);
    assert!(other.calibrated().is_some(), "it was not fitted");
    let mut older = plan;
    let known = older.calibration.as_mut().unwrap();
    (known.fitted, known.times, known.used) = (Vec::new(), Vec::new(), Vec::new());
    assert!(older.calibrated().is_some() && Fit::of_plan(&older).is_none());
}

/// Where the bytes for a delete alone were fitted, κ is the plan's own assumption, and an edit of it leaves the fit.
#[test]
fn a_fit_without_a_factor_leaves_the_plans_own() {
    let own = plan().assumptions.crdt_factor;
    let part = Fit { has_factor: false, ..fit(&series(2e6), &plan()).unwrap() };
    let mut plan = part.apply(&plan(), Date::FIRST, "drill.csv");
    assert_eq!((plan.assumptions.crdt_factor, plan.assumptions.kept_per_delete), (own, part.kept_per_delete));
    assert_eq!(check(&plan), []);
    let said = crate::report::coefficients::basis(&plan);
    assert!(said.starts_with("Bytes retained per delete are fitted to “drill.csv”"), "{said}");
    assert_eq!(crate::report::coefficients::fitted(&plan, "assumptions.crdt_factor"), None);
    assert!(crate::report::coefficients::fitted(&plan, "assumptions.kept_per_delete").is_some());
    plan.assumptions.crdt_factor.low = 1.0;
    assert!(plan.calibrated().is_some() && !Fit::of_plan(&plan).unwrap().has_factor);
}

/// Azure Monitor's answer: used memory in bytes, points without a value are left out.
#[test]
fn reads_the_metric() {
    let point = |minute: i32| {
        let away = f64::from((minute - 10).max(0)) * 60.0;
        let used = 5.84e9 + 110.0 * 5_000.0 * away;
        let average = if minute == 11 { String::new() } else { format!(r#","average":{used}"#) };
        format!(r#"{{"timeStamp":"2026-11-20T08:{minute:02}:00Z"{average}}}"#)
    };
    let points: Vec<String> = (0..60).map(point).collect();
    let text = format!(
        r#"{{"interval":"PT1M","value":[{{"name":{{"value":"usedmemory"}},"unit":"Bytes","timeseries":[{{"data":[{}]}}]}}]}}"#,
        points.join(",")
    );
    let fit = fit(&text, &plan()).unwrap();
    assert_eq!(fit.points.len(), 49);
    assert_eq!(fit.day, "2026-11-20".parse().ok());
    let kept = fit.apply(&plan(), Date::FIRST, "metric.json").calibration.unwrap();
    assert_eq!(crate::report::coefficients::drill(&kept), "“metric.json” of 2026-11-20");
    assert!((fit.kept_per_delete.mode.as_bytes() - 90.0).abs() < 1e-6);
}

#[test]
fn what_cannot_be_fitted_gets_a_sentence() {
    let plan = plan();
    let evaluation = evaluate(&plan, &Catalog::bundled().unwrap());
    let memory = read_series(&series(0.0)).unwrap();
    let says = |series: &Series, drill: Drill| calibrate(series, drill, &plan, &evaluation).unwrap_err().to_string();
    let writes = read_series("time,writes/s\n0,5\n60,6\n120,7\n").unwrap();
    assert!(says(&writes, DRILL).contains("is no memory in bytes"));
    let short = Drill { to: Secs::mins(11.0), ..DRILL };
    assert!(says(&memory, short).contains("Fewer than three points"));
    assert!(says(&memory, Drill { deletes: OpsPerSec::ZERO, ..DRILL }).contains("nothing was deleted"));
    let mut alone = plan.clone();
    alone.regions.truncate(1);
    assert!(fit(&series(0.0), &alone).unwrap_err().to_string().contains("no active group"));
}

/// 2·10⁸ deletes a second are more than a plan may hold (100,000,000/s); the fit would make a plan that cannot be read again.
#[test]
fn a_fit_that_no_plan_may_hold_is_refused_with_the_rule() {
    let plan = plan();
    let evaluation = evaluate(&plan, &Catalog::bundled().unwrap());
    let drill = Drill { deletes: OpsPerSec::per_s(2e8), ..DRILL };
    let said = calibrate(&read_series(&series(0.0)).unwrap(), drill, &plan, &evaluation).unwrap_err().to_string();
    assert!(said.starts_with("Calibration: the delete rate is outside the range"), "{said}");
}
