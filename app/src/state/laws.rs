//! Whatever a person does, in whatever order: the plan of the session opens again, from its file and from its link, and is the same.

use super::shelf::Kind;
use super::{Action, Session, WorkspaceAct};
use dr_core::calibrate::{Drill, calibrate};
use dr_core::catalog::{RegionId, SkuId};
use dr_core::codec;
use dr_core::import::series::{Wanted, read_for, read_series};
use dr_core::plan::{Evidence, EvidenceKind, FIELDS, Plan, PriceOverride, RANGES, RegionShare, field};
use dr_core::portfolio::{Entry, Portfolio, Tags};
use dr_core::units::{OpsPerSec, Ratio, Secs, UnitPrice};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;
use std::rc::Rc;
use std::sync::Arc;
use yew::Reducible;

/// What a person may do to a plan; with figures that no plan may hold.
#[derive(Debug, Clone)]
enum Step {
    Field(usize, Option<f64>),
    Range(usize, [f64; 3]),
    Drills(&'static str, Vec<f64>),
    Interval(&'static str),
    Region(usize, &'static str, f64, f64),
    RemoveRegion(usize),
    Price(&'static str, i64),
    RoundTrip(f64),
    Name(usize),
    Series(f64, Vec<f64>),
    /// Slides a figure on the Outage tab, and applies it.
    Slide(&'static str, f64),
    /// Keeps the fit of a drill whose memory grows so many bytes a second.
    Fit(f64),
    /// Opens a plan that another took the place of, as it was kept.
    Reopen(Vec<Step>),
    Undo,
    Redo,
    /// Opens the plan as it was made by the steps, without a check.
    Open(Vec<Step>),
    /// Opens it from a portfolio.
    Entry(Vec<Step>),
}

const STRANGE: [f64; 9] = [-1.0, -0.0, 0.0, 1e-12, 0.1, 1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];

fn figure() -> impl Strategy<Value = f64> {
    prop_oneof![4 => (-3.0..12.0_f64).prop_map(|power| 10_f64.powf(power)), 1 => select(&STRANGE[..])]
}

/// A step over its field's own range, so that half of them are taken.
fn near(at: usize, share: f64) -> f64 {
    let row = FIELDS[at % FIELDS.len()];
    row.min + (row.max - row.min) * share
}

const STEPS: [&str; 6] =
    ["recovery.decide", "recovery.detect", "recovery.warm_up", "recovery.load", "recovery.drain", "recovery.lunch"];
const REGIONS: [&str; 4] = ["eastus", "westeurope", "uksouth", "a\u{1b}'\n```"];

fn any_field() -> impl Strategy<Value = &'static str> {
    select(FIELDS.iter().map(|field| field.path).collect::<Vec<_>>())
}

fn edit() -> BoxedStrategy<Step> {
    let any = 0..1_000_usize;
    prop_oneof![
        4 => (any.clone(), prop::option::of(figure())).prop_map(|(at, value)| Step::Field(at, value)),
        4 => (any.clone(), 0.0..1.2_f64).prop_map(|(at, share)| Step::Field(at, Some(near(at, share)))),
        4 => (any.clone(), [figure(), figure(), figure()]).prop_map(|(at, three)| Step::Range(at, three)),
        2 => (select(&STEPS[..]), prop::collection::vec(figure(), 0..4)).prop_map(|(step, times)| Step::Drills(step, times)),
        1 => select(&STEPS[..]).prop_map(|step| Step::Drills(step, vec![7.0; 300])),
        2 => select(&STEPS[..]).prop_map(Step::Interval),
        2 => (any.clone(), select(&REGIONS[..]), -0.2..1.2_f64, -0.2..1.2_f64).prop_map(|(at, name, users, writes)| Step::Region(at, name, users, writes)),
        1 => any.clone().prop_map(Step::RemoveRegion),
        1 => (select(&REGIONS[..]), -2..20_000_i64).prop_map(|(name, price)| Step::Price(name, price)),
        1 => figure().prop_map(Step::RoundTrip),
        1 => (0..140_usize).prop_map(Step::Name),
        2 => ((0.0..8.0_f64), prop::collection::vec(figure(), 1..6)).prop_map(|(power, rates)| Step::Series(10_f64.powf(power), rates)),
    ]
    .boxed()
}

fn step() -> BoxedStrategy<Step> {
    let plan = || prop::collection::vec(edit(), 0..3);
    prop_oneof![
        12 => edit(),
        2 => (any_field(), figure()).prop_map(|(path, to)| Step::Slide(path, to)),
        1 => figure().prop_map(Step::Fit),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
        1 => plan().prop_map(Step::Open),
        1 => plan().prop_map(Step::Entry),
        1 => plan().prop_map(Step::Reopen),
    ]
    .boxed()
}

/// The change that a step makes; nothing for those that are no edits.
fn change(plan: &mut Plan, step: &Step) {
    match step {
        Step::Field(at, value) => (FIELDS[at % FIELDS.len()].set)(plan, *value),
        Step::Range(at, three) => {
            for (path, value) in RANGES[at % RANGES.len()].parts.iter().zip(three) {
                (field(path).expect("a field").set)(plan, Some(*value));
            }
        }
        Step::Drills(path, times) => evidence(plan, path, EvidenceKind::Measured, times),
        Step::Interval(path) => evidence(plan, path, EvidenceKind::Interval, &[]),
        Step::Region(at, name, users, writes) => {
            let (users, writes) = (Ratio::fraction(*users), Ratio::fraction(*writes));
            plan.regions
                .insert(at % (plan.regions.len() + 1), RegionShare { region: RegionId::new(name), users, writes });
        }
        Step::RemoveRegion(at) if !plan.regions.is_empty() => drop(plan.regions.remove(at % plan.regions.len())),
        Step::Price(region, price) => {
            let per_node_hour = UnitPrice::new(Decimal::new(*price, 1));
            let (sku, region) = (SkuId::new("Premium_P1"), RegionId::new(region));
            plan.pricing.overrides.push(PriceOverride { sku, region, per_node_hour });
        }
        Step::RoundTrip(secs) => {
            plan.set_round_trip(&RegionId::new("eastus"), &RegionId::new("uksouth"), Some(Secs::secs(*secs)));
        }
        Step::Name(letters) => plan.name = "é".repeat(*letters),
        _ => {}
    }
}

fn evidence(plan: &mut Plan, path: &str, kind: EvidenceKind, minutes: &[f64]) {
    let times = minutes.iter().map(|time| Secs::mins(*time)).collect();
    plan.recovery.evidence.push(Evidence { step: path.trim_start_matches("recovery.").to_owned(), kind, times });
}

fn made(steps: &[Step]) -> Plan {
    let mut plan = Plan::default();
    for step in steps {
        change(&mut plan, step);
    }
    plan
}

/// A step, and whether it asked for something that the session refused.
fn after(session: Rc<Session>, step: &Step) -> Rc<Session> {
    match step {
        Step::Undo => session.reduce(Action::Undo),
        Step::Redo => session.reduce(Action::Redo),
        Step::Slide(path, to) => {
            let (path, to) = (*path, *to);
            session.reduce(Action::vary(move |variation| variation.try_figure(path, to))).reduce(Action::ApplyVariation)
        }
        Step::Fit(slope) => {
            let row = |at: u32| format!("{},{}\n", 60 * at, 8e9 + 60.0 * f64::from(at) * slope);
            let rows = (0..5).map(row).collect::<Vec<_>>().concat();
            let drill = Drill { from: Secs::ZERO, to: Secs::mins(4.0), deletes: OpsPerSec::per_s(1_000.0) };
            let fit = read_for(&format!("time,used_memory (bytes)\n{rows}"), Wanted::Memory)
                .ok()
                .and_then(|series| calibrate(&series, drill, &session.plan, &session.evaluation).ok());
            match fit {
                Some(fit) => session.reduce(Action::edit("calibration", move |plan| {
                    *plan = fit.apply(plan, plan.horizon.start, "drill.csv");
                })),
                None => session,
            }
        }
        Step::Reopen(steps) => session.reduce(Action::Reopen(Kind::Plan, codec::to_json(&made(steps)))),
        Step::Open(steps) => session.reduce(Action::Open { plan: Box::new(made(steps)), from: String::new() }),
        Step::Entry(steps) => {
            let entry = Entry { tags: Tags::new(), topology: None, plan: made(steps) };
            let all = Portfolio { entries: vec![Arc::new(entry)], ..Portfolio::default() };
            let opened = session.reduce(Action::Workspace(WorkspaceAct::Open(Box::new(all), "all.json".to_owned())));
            opened.reduce(Action::Workspace(WorkspaceAct::Plan(0)))
        }
        Step::Series(step, rates) => {
            let rows: Vec<String> =
                rates.iter().enumerate().map(|(at, rate)| format!("{},{rate}", at as f64 * step)).collect();
            match read_series(&format!("time,writes/s\n{}\n", rows.join("\n"))) {
                Ok(series) => session.reduce(Action::Follow { series: Box::new(series), file: "a.csv".to_owned() }),
                Err(_) => session,
            }
        }
        step => {
            let step = step.clone();
            session.reduce(Action::edit("regions", move |plan| change(plan, &step)))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_plan_of_a_session_always_opens_again_and_is_the_same(steps in prop::collection::vec(step(), 1..24)) {
        let mut session = Rc::new(Session::new(Plan::default()).expect("a catalogue"));
        let mut taken = 0;
        for step in &steps {
            let before = Rc::clone(&session);
            session = after(session, step);
            let plan = &*session.plan;
            let (file, link) = (codec::from_json(&codec::to_json(plan)), codec::from_fragment(&codec::to_fragment(plan)));
            prop_assert_eq!(file.as_ref(), Ok(plan), "file after {:?}", step);
            prop_assert_eq!(link.as_ref(), Ok(plan), "link after {:?}", step);
            if Rc::ptr_eq(&before.plan, &session.plan) {
                continue;
            }
            taken += 1;
            prop_assert!(session.can_undo() || session.can_redo(), "a change can be taken back: {:?}", step);
        }
        prop_assert!(taken <= steps.len());
    }
}

/// The steps are no idle ones: of those that random figures make, some are taken and some refused.
#[test]
fn random_steps_are_taken_and_refused() {
    let session = || Rc::new(Session::new(Plan::default()).expect("a catalogue"));
    let refused = |step: &Step| after(session(), step).notice.as_ref().is_some_and(|notice| notice.refused);
    let unordered = Step::Range(0, [3.0, 2.0, 1.0]);
    let cases = [
        (unordered.clone(), true),
        (Step::Drills("recovery.decide", vec![20_000.0]), true),
        (Step::Interval("recovery.decide"), false),
        (Step::Drills("recovery.decide", vec![20.0]), false),
        (Step::Series(2_628_000.0, vec![4_000.0, 4_100.0]), true),
        (Step::Open(vec![unordered.clone()]), true),
        (Step::Entry(vec![unordered]), true),
        (Step::Open(vec![Step::Name(5)]), false),
        // A slider ends at its bounds: beyond them nothing is tried.
        (Step::Slide("workload.writes", -1.0), false),
        (Step::Slide("workload.writes", 7_000.0), false),
        (Step::Fit(200_000.0), false),
        (Step::Reopen(vec![Step::Name(140)]), true),
        (Step::Reopen(vec![Step::Name(5)]), false),
    ];
    for (step, expected) in cases {
        assert_eq!(refused(&step), expected, "{step:?}");
    }
}
