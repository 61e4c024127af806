use super::*;
use crate::catalog::{Catalog, RegionId};
use crate::evaluate::evaluate;
use crate::explore::outage_bands;
use crate::model::outage_simulation::{EventKind, group_outage};
use crate::plan::{Confirmation, EgressBilling, Failure, Plan};
use crate::report::document::{Block, plain};
use crate::report::views::VIEWS;
use crate::stats::sample::Sampling;
use crate::units::{Bytes, Currency, OpsPerSec, Ratio, Secs, UnitPrice, format};
use insta::assert_snapshot;
use std::fmt::Write;

const GAMING: &str = include_str!("../../../../../public/plans/gaming-leaderboard.json");
const TAX: &str = include_str!("../../../../../public/plans/tax-filing.json");

type Change = fn(&mut Plan);

fn preset(text: &str) -> Plan {
    crate::codec::from_json(text).unwrap()
}

/// What a view of a plan says, without no-break spaces.
fn said<T>(plan: &Plan, view: impl FnOnce(Subject) -> T) -> T {
    let catalog = Catalog::bundled().unwrap();
    let evaluation = evaluate(plan, &catalog);
    view(Subject { plan, catalog: &catalog, evaluation: &evaluation })
}

fn words(sections: &[Section]) -> String {
    plain("", sections)
}

fn of_two(plan: &mut Plan) {
    plan.regions.truncate(2);
    for region in &mut plan.regions {
        (region.writes, region.users) = (Ratio::percent(50.0), Ratio::percent(50.0));
    }
    plan.outage.second = Some(1);
}

/// A report and a link name a section by its id.
#[test]
fn the_sections_of_the_tab_have_ids_of_their_own() {
    let ids = said(&preset(GAMING), |subject| {
        let few = outage_bands(subject.plan, subject.evaluation, Sampling { seed: 1, trials: 400 }).unwrap();
        let tab = VIEWS.iter().filter(|view| view.tab == "Outage");
        let sections = |view: &crate::report::views::View| match view.id {
            "outage-decide" => vec![how_long_to_decide(subject, &few)],
            _ => (view.sections)(subject),
        };
        tab.flat_map(sections).map(|section| section.id).collect::<Vec<_>>()
    });
    let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!((ids.len(), unique.len()), (7, 7), "{ids:?}");
}

/// A plan of one cache has neither; each view says so in a sentence, and the terminal says it once.
#[test]
fn a_plan_with_nothing_to_lose_to() {
    let mut plan = Plan::default();
    plan.regions.truncate(1);
    let text = said(&plan, |subject| document(subject).in_words().plain());
    assert_eq!(text.matches("This plan has no active group").count(), 1, "{text}");
    assert!(
        text.contains("no passive pair, or the outage spares both") && text.contains("no group to flush"),
        "{text}"
    );
    assert!(said(&plan, decide).is_empty());
    let mut none_left = Plan::default();
    none_left.regions.truncate(2);
    (none_left.outage.lost, none_left.outage.second) = (0, Some(1));
    let text = words(&said(&none_left, decide));
    assert!(text.contains("leaves no survivor"), "{text}");
}

/// The log of a group and what follows from it, where something goes worse than planned.
#[test]
fn what_a_group_goes_through() {
    let cases: [(&str, Change); 6] = [
        ("the survivors are full", |plan| {
            plan.workload.writes = plan.workload.writes * 5.0;
            plan.outage.acts = false;
        }),
        ("back while the command runs", |plan| {
            (plan.outage.decision, plan.outage.length) = (Some(Secs::secs(5.0)), Some(Secs::secs(10.0)));
        }),
        ("the second of two goes later", |plan| {
            of_two(plan);
            (plan.outage.second_after, plan.outage.acts) = (Secs::hours(2.0), false);
        }),
        ("both of two go at once", of_two),
        ("both of two are cut off", |plan| {
            of_two(plan);
            plan.outage.failure = Failure::Partition;
        }),
        ("full just before the end", |plan| {
            plan.outage.acts = false;
            plan.outage.length = Some(Secs::mins(241.0));
        }),
    ];
    let mut text = String::new();
    for (name, change) in cases {
        let mut plan = preset(GAMING);
        change(&mut plan);
        let section = said(&plan, |subject| {
            let outage = group_outage(subject.plan, subject.catalog, subject.evaluation).unwrap();
            Section::new("case", name, "")
                .with(simulation::log(crate::report::outage_log::outage_log(
                    subject.plan,
                    subject.catalog,
                    &outage.log,
                )))
                .with(Block::list(consequences(subject.plan, &outage.answers)))
        });
        text.push_str(&words(&[section]));
    }
    assert_snapshot!(text);
}

/// Members that are cut off are alive: their log has the force-unlink that a sentence said nobody is left for.
#[test]
fn who_is_cut_off_is_not_gone() {
    let mut plan = preset(GAMING);
    of_two(&mut plan);
    for (failure, gone) in [(Failure::Loss, true), (Failure::Partition, false)] {
        plan.outage.failure = failure;
        let (says, unlinked) = said(&plan, |subject| {
            let outage = group_outage(subject.plan, subject.catalog, subject.evaluation).unwrap();
            let unlinked = outage.log.first(EventKind::Unlinked, None).is_some();
            (consequences(subject.plan, &outage.answers).join(" "), unlinked)
        });
        assert_eq!((says.contains("No member is left"), unlinked), (gone, !gone), "{says}");
        assert_eq!(says.contains("run but are cut off"), !gone, "{says}");
    }
}

/// Figures as in the log of the same preset (`tests/tests/snapshots/outages__gaming-leaderboard.snap`).
#[test]
fn the_two_options_of_a_group() {
    let mut text = String::new();
    for hours in [0.5, 4.0, 12.0] {
        let mut plan = preset(GAMING);
        plan.outage.length = Some(Secs::hours(hours));
        writeln!(text, "{hours} h\n{}", words(&said(&plan, ways))).unwrap();
    }
    assert_snapshot!(text);
}

/// The moments of the plan's own log, a state each: on the way, lost, unlinked, re-provisioned, copying, in sync.
#[test]
fn members_at_moments() {
    let mut text = String::new();
    for (acts, moments) in [(true, &[0.0, 20.0, 245.0, 262.0, 300.0][..]), (false, &[90.0, 230.0])] {
        let mut plan = preset(GAMING);
        plan.outage.acts = acts;
        said(&plan, |subject| {
            let log = group_outage(subject.plan, subject.catalog, subject.evaluation).unwrap().log;
            for minutes in moments {
                let table = members_table(subject, &log, Secs::mins(*minutes));
                let heading = table.name.clone();
                text.push_str(&words(&[Section::new("members", heading, "").with(Block::Table(table))]));
            }
        });
    }
    assert_snapshot!(text);
}

/// The sentence of a moment: the last event that has happened, and the bytes that the log has then; none at the loss.
#[test]
fn a_moment_has_its_last_event_and_what_is_at_risk() {
    said(&Plan::default(), |subject| {
        let story = what_if(subject.plan, subject.catalog, subject.evaluation).unwrap();
        let section = simulation_section(subject, &story);
        let inside = section.blocks.iter().filter_map(|block| match block {
            Block::Details { blocks, .. } => Some(blocks),
            _ => None,
        });
        let events = inside.flatten().find_map(|block| match block {
            Block::Log(events) => Some(events),
            _ => None,
        });
        let (events, log) = (events.unwrap(), &story.own(subject.plan).log);
        let first = at_moment(events, log, Secs::ZERO);
        assert!(first.contains("is lost") && !first.contains("one region only"), "{first}");
        let at = Secs::hours(1.0);
        let risk = log.at(crate::model::outage_simulation::Timestamp::START.after(at)).unwrap().at_risk.now;
        let last = events.iter().rfind(|event| event.at <= at).unwrap().text.words();
        let expected =
            format!("After 1\u{a0}h: {last} {} of changed data exist in one region only.", format::bytes(risk));
        assert_eq!(at_moment(events, log, at), expected);
        for event in events {
            assert!(at_moment(events, log, event.at).starts_with("After "), "{}", event.text.words());
        }
        assert_eq!(at_moment(&[], log, Secs::ZERO), "0\u{a0}s");
    });
}

#[test]
fn what_a_pair_goes_through() {
    let cases: [(&str, Change); 7] = [
        ("primary lost", |_| {}),
        ("name not confirmed", |plan| plan.passive.checks.geo_name_reaches_both = Confirmation::NotSo),
        ("control plane lost", |plan| plan.outage.control_plane_lost = true),
        ("nobody acts", |plan| plan.outage.acts = false),
        ("no failback", |plan| plan.outage.failback = false),
        ("link lost", |plan| plan.outage.failure = Failure::Partition),
        ("secondary lost", |plan| plan.outage.lost = 1),
    ];
    let mut text = String::new();
    for (name, change) in cases {
        let mut plan = preset(TAX);
        plan.passive.checks.geo_name_reaches_both = Confirmation::Confirmed;
        change(&mut plan);
        writeln!(text, "{name}: {}", said(&plan, pair_section).says.words()).unwrap();
    }
    assert_snapshot!(text.replace('\u{a0}', " "));
}

/// The chart of what is at risk is there where anything is.
#[test]
fn what_a_pair_has_at_risk_is_drawn() {
    let drawn = |plan: &Plan| said(plan, pair_section).blocks.iter().any(|block| matches!(block, Block::Figure(_)));
    let mut plan = Plan::default();
    assert!(drawn(&plan));
    plan.outage.acts = false;
    assert!(!drawn(&plan));
}

#[test]
fn flush_scaling_and_patch_in_words() {
    let cases: [(&str, Change); 6] = [
        ("first plan", |_| {}),
        ("reads priced, egress at list", |plan| {
            plan.outages.million_reads = Some(UnitPrice::new("0.25".parse().unwrap()));
            plan.pricing.active_egress = EgressBilling::ListRate;
        }),
        ("three members, another currency", |plan| {
            plan.outages.million_reads = Some(UnitPrice::new("0.25".parse().unwrap()));
            plan.pricing.currency = Currency::new("EUR").unwrap();
            plan.add_region(RegionId::new("southeastasia"));
        }),
        ("little to miss", |plan| {
            plan.workload.writes = OpsPerSec::per_s(1.0);
            plan.syncs.patch_gap.low = Secs::secs(30.0);
        }),
        ("no writes", |plan| plan.workload.writes = OpsPerSec::ZERO),
        ("one region", |plan| plan.regions.truncate(1)),
    ];
    let mut text = String::new();
    for (name, change) in cases {
        let mut plan = Plan::default();
        change(&mut plan);
        writeln!(text, "{name}").unwrap();
        for section in said(&plan, event_sections) {
            writeln!(text, "  {}: {}", section.heading, section.says.words()).unwrap();
        }
    }
    assert_snapshot!(text.replace('\u{a0}', " "));
}

/// What is typed for a drill is read with its unit; what is no number names the field and what to enter.
#[test]
fn a_typed_drill_is_read() {
    let drill = read_drill("0", "4 min", "1,000").unwrap();
    assert_eq!((drill.to, drill.deletes), (Secs::mins(4.0), OpsPerSec::per_s(1_000.0)));
    let error = |from, to, deletes| read_drill(from, to, deletes).unwrap_err();
    assert!(
        error("0", "4", "none").contains("Deletes and expiries: “none” is no number"),
        "{}",
        error("0", "4", "none")
    );
    assert!(error("x", "4", "1").starts_with("Member away from: ") && error("0", "x", "1").ends_with("enter minutes."));
}

/// A calibration names its drill and shows its fit until κ or the bytes per delete are changed.
#[test]
fn a_calibration_names_its_drill() {
    use crate::calibrate::calibrate;
    use crate::import::series::read_series;
    let series = "time,used (bytes)\n0,8000000000\n60,8012000000\n120,8024000000\n180,8036000000\n240,8048000000\n";
    let mut plan = Plan::default();
    plan.workload.dataset = Bytes::gb(5.0);
    let before = said(&plan, calibration_section);
    assert!(before.says.words().contains("are assumptions") && before.blocks.is_empty());
    let drill = read_drill("0", "4", "1,000").unwrap();
    let fit = said(&plan, |subject| {
        calibrate(&read_series(series).unwrap(), drill, subject.plan, subject.evaluation).unwrap()
    });
    let mut plan = fit.apply(&plan, plan.horizon.start, "drill.csv");
    let kept = said(&plan, calibration_section);
    assert!(kept.says.words().contains("fitted to “drill.csv”, read on") && kept.blocks.len() == 2, "{kept:?}");
    plan.assumptions.kept_per_delete.mode = Bytes::bytes(1.0);
    let edited = said(&plan, calibration_section);
    assert!(edited.says.words().contains("changed since") && edited.blocks.is_empty(), "{edited:?}");
}
