#![allow(clippy::unwrap_used)]

mod reads_back;

use super::*;
use crate::catalog::Catalog;
use crate::evaluate::evaluate;
use crate::plan::Plan;
use crate::presets::PRESETS;
use crate::report::outage_log::Weight;
use proptest::prelude::*;

/// 2026-11-29 02:14 UTC.
const BEGAN: f64 = 1_795_918_440.0;

fn of(topology: Topology, plan: &Plan) -> Night {
    let catalog = Catalog::bundled().unwrap();
    let evaluation = evaluate(plan, &catalog);
    night(topology, Subject { plan, catalog: &catalog, evaluation: &evaluation })
}

fn at(minutes: f64) -> Timestamp {
    Timestamp::of_seconds(BEGAN + 60.0 * minutes).unwrap()
}

/// An hour ahead of UTC, as West Europe in winter.
fn clock(now: Timestamp) -> Clock<'static> {
    Clock { now, ahead: &|_| 60 }
}

/// The text with ordinary spaces.
fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// A group whose force-unlink must begin within 310 minutes, typically 560; users are back within 32.
fn group() -> Night {
    let mut night = of(Topology::Active, &Plan::default());
    let minutes = |time: f64| Some(Secs::secs(60.0 * time));
    night.deadline = Some(Deadline { act_by: minutes(310.0), typical: minutes(560.0), pessimistic: minutes(75.0) });
    night.target = minutes(30.0);
    night.paths[0].p95 = Secs::secs(60.0 * 32.0);
    night
}

#[test]
fn the_force_unlink_counts_down_then_the_users_do() {
    let (night, mut log) = (group(), NightLog::of(&group()));
    assert_eq!(countdown(&night, &log, &clock(at(0.0))), None, "nobody said when it began");
    log.began = Some(at(0.0));
    // 02:14 UTC is 03:14 there; 310 minutes later it is 08:24, 560 minutes later 12:34.
    let cases = [
        (68.0, "Start the force-unlink before 08:24", "4 h 02 min", "left", Weight::Quiet),
        (297.9, "Start the force-unlink before 08:24", "12 min 06 s", "left", Weight::Warn),
        (322.0, "Start the force-unlink now: it was due at 08:24", "12 min 00 s late", "It was in time", Weight::Bad),
    ];
    for (minutes, head, left, rest, weight) in cases {
        let said = countdown(&night, &log, &clock(at(minutes))).unwrap();
        assert_eq!((said.head.as_str(), said.left.as_str(), said.weight), (head, left, weight));
        assert!(said.rest.starts_with(rest) && said.rest.contains("typically until 12:34"), "{}", said.rest);
    }
    let unlink = night.steps.iter().find(|step| step.is_force_unlink()).unwrap();
    log.tick(unlink, at(70.0));
    let said = countdown(&night, &log, &clock(at(71.0))).unwrap();
    assert_eq!(said.head, "Users are back before 03:46 in 95 of 100 cases");
    assert_eq!(
        (said.left.as_str(), said.rest.as_str()),
        ("39 min 00 s over", "Note when they are back; the target is 03:44.")
    );
}

/// A pair has no memory that fills: what counts is when users are back.
#[test]
fn a_pair_counts_to_its_users() {
    let night = of(Topology::Passive, &Plan::default());
    let mut log = NightLog::of(&night);
    log.began = Some(at(0.0));
    let said = countdown(&night, &log, &clock(at(1.0))).unwrap();
    assert!(said.head.starts_with("Users are back before "), "{}", said.head);
    assert_eq!(said.weight, Weight::Quiet);
}

/// A moment of another day says which; the hour is the one of that moment, not of now (a clock that is put back between).
#[test]
fn a_time_of_day_is_that_of_its_moment() {
    let change = at(600.0);
    let ahead = move |moment: Timestamp| if moment < change { 120 } else { 60 };
    let now = Clock { now: at(0.0), ahead: &ahead };
    assert_eq!(now.time_of(at(0.0)), "04:14");
    assert_eq!(now.time_of(at(599.0)), "14:13");
    assert_eq!(now.time_of(at(600.0)), "13:14");
    assert_eq!(now.time_of(at(24.0 * 60.0)), "03:14 on 2026-11-30");
}

/// The steps are the runbook's: what every shell needs as one, the failover, the way back; each once, and each is told apart.
#[test]
fn the_steps_are_those_of_the_runbook() {
    for text in PRESETS {
        let plan = crate::codec::from_json(text).unwrap();
        let catalog = Catalog::bundled().unwrap();
        let evaluation = evaluate(&plan, &catalog);
        for topology in Topology::ALL {
            let night = night(topology, Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation });
            let book = runbook::runbook(topology, &plan, &catalog, &evaluation);
            let own = |section: &&runbook::Section| {
                ["Unplanned failover", "Afterwards", "Failback"].contains(&section.title.as_str())
            };
            let steps = 1 + book.sections.iter().filter(own).map(|section| section.steps.len()).sum::<usize>();
            let shell = book.sections.iter().find(|section| section.title == "Before you start").unwrap();
            let set_up = &night.steps[0];
            assert!(shell.steps.iter().all(|step| set_up.commands.contains(&step.commands)), "{}", set_up.commands);
            assert_eq!(set_up.more.len(), shell.steps.len(), "what each is for stays to be read");
            assert_eq!(night.steps.len(), steps, "{} {topology:?}", plan.name);
            let mut words: Vec<&str> = night.steps.iter().map(|step| step.words.as_str()).collect();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), steps, "{} {topology:?}", plan.name);
            assert!(night.steps.iter().all(|step| !step.words.is_empty()));
        }
    }
}

/// A pair whose secondary is lost has steps of its own and nothing that counts down: its clients are served. Other designs have one night.
#[test]
fn the_loss_of_a_copy_is_another_night() {
    let (plan, catalog) = (Plan::default(), Catalog::bundled().unwrap());
    let evaluation = evaluate(&plan, &catalog);
    let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
    let night = night_of(Topology::Passive, Loss::Copy, subject);
    let parts: Vec<&str> = night.steps.iter().map(|step| step.part.as_str()).collect();
    assert!(parts.contains(&"Loss of the secondary") && parts.contains(&"Afterwards"), "{parts:?}");
    assert!(!parts.contains(&"Unplanned failover") && !parts.contains(&"Failback"), "{parts:?}");
    assert!(night.when.contains("not affected"), "{}", night.when);
    let mut log = NightLog::of(&night);
    log.began = Some(at(0.0));
    assert_eq!(countdown(&night, &log, &clock(at(1.0))), None);
    assert!(night.title != of(Topology::Passive, &plan).title, "their logs are kept apart");
    for other in [Topology::Active, Topology::Rebuild] {
        assert_eq!(night_of(other, Loss::Copy, subject), of(other, &plan));
    }
}

/// A pair that is relinked is not replaced: the steps for a cache that is lost for good are skipped, and the other way round; a step of either
/// that is done is done. With a swap of the roles the unlink is not needed. By hand from the runbook's cases.
#[test]
fn the_way_that_was_not_taken_is_not_needed() {
    let night = of(Topology::Passive, &Plan::default());
    let at_case = |night: &Night, case| night.steps.iter().position(|step| step.case == case).unwrap();
    let mut log = NightLog::of(&night);
    let (back, lost) = (at_case(&night, Case::Returned), at_case(&night, Case::Replaced));
    for step in &night.steps[..lost] {
        log.tick(step, at(1.0));
    }
    assert!(back < lost && log.needless(&night, &night.steps[lost]).is_some_and(|why| why.contains("is back")));
    let next = log.next(&night).unwrap();
    assert!(night.steps[lost..next].iter().all(|step| step.case == Case::Replaced) && next > lost);
    assert!(night.steps[next].words.starts_with("Return in a quiet hour"), "{}", night.steps[next].words);
    log.tick(&night.steps[lost], at(2.0));
    assert_eq!(log.needless(&night, &night.steps[lost + 1]), None, "a replacement was begun after all");
    let mut log = NightLog::of(&night);
    log.tick(&night.steps[lost], at(2.0));
    assert!(log.needless(&night, &night.steps[back]).is_some());
    let mut plan = Plan::default();
    plan.passive.network = crate::plan::Network::Public;
    let night = of(Topology::Passive, &plan);
    let mut log = NightLog::of(&night);
    log.tick(&night.steps[at_case(&night, Case::Swapped)], at(1.0));
    let unlink = &night.steps[at_case(&night, Case::Unlinked)];
    assert!(unlink.words.starts_with("Only if the failover is refused") && log.needless(&night, unlink).is_some());
    // A member that rejoined is not given up, and nothing counts down to it.
    let (night, mut log) = (group(), NightLog::of(&group()));
    log.began = Some(at(0.0));
    log.tick(&night.steps[at_case(&night, Case::Returned)], at(30.0));
    assert!(!countdown(&night, &log, &clock(at(31.0))).unwrap().head.contains("force-unlink"));
}

/// The order of a night: which cache is primary is asked before anything acts on it, and the switch of the plan moves users inside the
/// failover and inside the failback.
#[test]
fn the_traffic_switch_is_in_the_night() {
    let mut plan = Plan::default();
    plan.traffic.switch = crate::plan::TrafficSwitch::TrafficManager;
    for topology in Topology::ALL {
        let night = of(topology, &plan);
        for (part, state) in [("Unplanned failover", "Disabled"), ("Failback", "Enabled")] {
            let moved = |step: &NightStep| {
                step.part == part && step.commands.contains("traffic-manager") && step.commands.contains(state)
            };
            assert!(night.steps.iter().any(moved), "{topology:?} {part}");
        }
    }
    let pair = of(Topology::Passive, &plan);
    let first = |word: &str| {
        pair.steps.iter().position(|step| step.part == "Unplanned failover" && step.commands.contains(word))
    };
    assert!(first("find_primary") < first("server-link delete"));
}

#[test]
fn steps_are_ticked_taken_back_and_followed() {
    let night = group();
    let mut log = NightLog::of(&night);
    assert!(log.is_empty());
    assert_eq!(log.next(&night), Some(0));
    log.tick(&night.steps[0], at(3.0));
    log.tick(&night.steps[0], at(9.0));
    assert_eq!(log.done(&night.steps[0]), Some(at(3.0)), "the first time counts");
    log.tick(&night.steps[2], at(1.0));
    assert_eq!(log.next(&night), Some(1));
    log.note("  the bridge\nis +49 30 ", at(2.0));
    log.note(" \n ", at(2.0));
    let times: Vec<Timestamp> = log.entries().iter().map(|entry| entry.at).collect();
    assert_eq!(times, [at(1.0), at(2.0), at(3.0)]);
    log.untick(&night.steps[0]);
    assert_eq!(log.next(&night), Some(0));
    for step in &night.steps {
        log.tick(step, at(20.0));
    }
    assert_eq!(log.next(&night), None);
}

#[test]
fn the_log_is_a_document() {
    let night = group();
    let mut log = NightLog::of(&night);
    log.began = Some(at(0.0));
    log.note("=HYPERLINK(1) <b>", at(2.5));
    log.leave_out(&night.steps[0], "the shell\nis open", at(3.0));
    log.tick(&night.steps[1], at(14.5));
    let document = log.document(&clock(at(30.0)));
    let text = plain(&document.markdown());
    assert!(text.contains("The outage began on 2026-11-29 at 03:14 (2026-11-29 at 02:14 UTC)."), "{text}");
    // A month later the same stands there; an entry past midnight has its day.
    log.note("past midnight", at(1_300.0));
    let later = plain(&log.document(&clock(at(40_000.0))).markdown());
    assert!(later.contains("on 2026-11-29 at 03:14 (") && later.contains("| 03:16 |"), "{later}");
    assert!(later.contains("| 00:54 on 2026-11-30 |"), "{later}");
    assert!(text.contains("03:16") && text.contains("00:14:30") && !text.contains("00:02:30"), "{text}");
    assert!(text.contains("Not needed (the shell is open): "), "{text}");
    let csv = document.sections[0].tables()[0].csv();
    assert!(csv.contains("Note: =HYPERLINK(1) <b>"), "{csv}");
}

#[test]
fn what_is_no_log_is_refused_with_a_reason() {
    let log = NightLog::of(&group());
    let mut many = log.clone();
    (0..1_200).for_each(|at| many.note("x", self::at(f64::from(at))));
    assert_eq!(many.entries().len(), 1_000);
    let text = log.to_text();
    let cases = [
        ("", "No log of a failover"),
        ("{}", "No log of a failover"),
        (&text.replace("\"v\":2", "\"v\":3"), "version 3"),
        (&text.replace("null", "-5"), "no time"),
        (&text.replace("\"began\"", "\"gone\":1,\"began\""), "No log of a failover"),
        (&text.replace("null", "1e999"), "No log of a failover"),
    ];
    for (text, reason) in cases {
        let error = NightLog::from_text(text).unwrap_err().to_string();
        assert!(error.contains(reason), "{text}: {error}");
    }
}

/// A step that is not needed is settled: it does not come back as the next, and takes no time from the step that is done after it.
#[test]
fn what_is_not_needed_is_settled_and_times_nothing() {
    let night = of(Topology::Passive, &Plan::default());
    let mut log = NightLog::of(&night);
    log.began = Some(at(0.0));
    log.leave_out(&night.steps[0], "", at(1.0));
    assert_eq!((log.next(&night), log.done(&night.steps[0])), (Some(1), None));
    log.tick(&night.steps[0], at(2.0));
    assert!(log.is_left_out(&night.steps[0]), "the first mark counts");
    let timed = night.steps.iter().position(|step| step.field == "unlink").unwrap();
    log.tick(&night.steps[timed], at(20.0));
    let text = log.document(&clock(at(30.0))).markdown();
    let steps = crate::import::drill_log::read_drill_log(&text).unwrap();
    assert_eq!(steps, [("unlink".to_owned(), Secs::secs(1_200.0))], "{text}");
    log.untick(&night.steps[0]);
    assert_eq!(log.next(&night), Some(0));
}

/// The clock follows the path: waiting for the member, the unlink where the swap is refused, no failover at all, users who are back.
#[test]
fn the_clock_follows_the_path_that_is_taken() {
    let head = |night: &Night, log: &NightLog, minutes: f64| countdown(night, log, &clock(at(minutes))).unwrap();
    // A group that waits: users first, then the deadline of a change of mind (310 min after 03:14 is 08:24), and none once it is back.
    let night = group();
    let mut log = NightLog::of(&night);
    log.began = Some(at(0.0));
    let step =
        |night: &Night, of: &dyn Fn(&NightStep) -> bool| night.steps.iter().find(|step| of(step)).unwrap().clone();
    log.leave_out(&step(&night, &|it| it.is_force_unlink()), "the region comes back", at(5.0));
    assert_eq!(head(&night, &log, 6.0).head, "Users are back before 03:46");
    log.tick(&step(&night, &|it| it.part == "Unplanned failover" && it.field == "repoint"), at(20.0));
    let waits = head(&night, &log, 68.0);
    assert_eq!(
        (waits.head.as_str(), waits.left.as_str(), waits.weight),
        ("Waiting for the member", "4 h 02 min", Weight::Quiet)
    );
    let late = head(&night, &log, 322.0);
    assert_eq!(
        (late.head.as_str(), late.weight),
        ("Waiting for the member: a force-unlink may come too late", Weight::Bad)
    );
    log.tick(&step(&night, &|it| it.part == "Afterwards"), at(330.0));
    let back = head(&night, &log, 331.0);
    assert_eq!((back.head.as_str(), back.left.as_str()), ("Users are back since 03:34", ""));
    // A pair whose swap is refused counts to the unlink's time; one whose operator waits counts nothing.
    let mut plan = Plan::default();
    plan.passive.checks.geo_name_reaches_both = crate::plan::Confirmation::Confirmed;
    let mut night = of(Topology::Passive, &plan);
    assert_eq!(night.paths.iter().map(|way| way.own).collect::<Vec<_>>(), ["geo_failover", "unlink"]);
    (night.paths[0].p95, night.paths[1].p95) = (Secs::mins(60.0), Secs::mins(90.0));
    let mut log = NightLog::of(&night);
    log.began = Some(at(0.0));
    assert_eq!(head(&night, &log, 0.0).head, "Users are back before 04:14");
    log.leave_out(&step(&night, &|it| it.part == night.main && it.field == "geo_failover"), "refused", at(30.0));
    assert_eq!(head(&night, &log, 31.0).head, "Users are back before 04:44");
    log.leave_out(&step(&night, &|it| it.part == night.main && it.field == "unlink"), "a zone is lost", at(32.0));
    let none = head(&night, &log, 33.0);
    assert_eq!((none.head.as_str(), none.left.as_str()), ("No failover", ""));
}

proptest! {
    /// What is written reads back, whatever was noted.
    #[test]
    fn a_log_reads_back(notes in prop::collection::vec((".*", 0.0..1e6_f64), 0..8), began in prop::option::of(0.0..1e6_f64)) {
        let empty = r#"{"v":2,"title":"Orders · active group","began":null,"entries":[]}"#;
        let mut log = NightLog::from_text(empty).unwrap();
        log.began = began.map(at);
        for (text, minutes) in &notes {
            log.note(text, at(*minutes));
        }
        prop_assert_eq!(NightLog::from_text(&log.to_text()), Ok(log));
    }
}
