//! The outage of a pair: what is lost, who takes over by which path, how long there is no replica, and the failback.

use super::super::Subject;
use super::simulation::log;
use crate::model::outage_simulation::{Event, EventKind, PairAnswers, PairOutage, pair_outage};
use crate::report::chart::{Chart, pair_risk_chart};
use crate::report::document::{Block, Section};
use crate::report::outage_log::{outage_log, region_of};
use crate::units::format;
use crate::units::{Bytes, Secs};

/// The plan's outage of its pair (M-08).
#[must_use]
pub fn pair_section(subject: Subject) -> Section {
    let Subject { plan, catalog, evaluation } = subject;
    let (id, heading) = ("outage-pair", "Passive pair");
    let Some(outage) = pair_outage(plan, evaluation) else {
        return Section::new(id, heading, "This plan has no passive pair, or the outage spares both its regions.");
    };
    let chart = pair_risk_chart(plan, catalog, &outage).map(|chart| Chart { says: Vec::new(), ..chart });
    Section::new(id, heading, says(subject, &outage)).opened_by(chart).with(Block::details(
        "Every event",
        vec![
            log(outage_log(plan, catalog, &outage.log)),
            Block::remark("Steps take their most likely time; a pair retains at most its replication backlog."),
        ],
    ))
}

fn says(subject: Subject, outage: &PairOutage) -> String {
    let answers = &outage.answers;
    let risk = if answers.at_risk > Bytes::ZERO {
        format!(", and up to {} exist in one region only", format::bytes(answers.at_risk))
    } else {
        String::new()
    };
    let replica = match answers.redundant_after {
        Some(time) => format!("No replica is in sync for {}{risk}.", format::duration(time)),
        None => format!("No replica is ever in sync again{risk}."),
    };
    let primary = || region_of(subject.plan, subject.catalog, 0);
    let failback = answers
        .failback_after
        .map(|time| format!("{} is the primary again after {}.", primary(), format::duration(time)));
    let all = promotion(subject, outage).into_iter().chain([replica]).chain(failback);
    all.collect::<Vec<_>>().join(" ")
}

fn promotion(subject: Subject, outage: &PairOutage) -> Vec<String> {
    let answers = &outage.answers;
    let has = |kind| outage.log.first(kind, None).is_some();
    let wait = waits(answers);
    let promoted = outage.log.events.iter().filter(|event| event.kind == EventKind::Promoted);
    let promoted: Vec<String> = promoted.map(|event| promotes(subject, event)).collect();
    if promoted.is_empty() {
        return vec![if answers.unserved == Some(Secs::ZERO) {
            "The primary keeps serving; users do not wait.".to_owned()
        } else if has(EventKind::PromotionOff) {
            format!("The secondary is lost before its promotion: {wait}, and nothing is lost.")
        } else if outage.log.events.first().is_some_and(|event| event.kind != EventKind::RegionLost) {
            format!("No copy is ever complete, so nothing can be promoted: {wait}.")
        } else {
            format!("Nobody promotes the secondary: {wait}, and nothing is lost.")
        }];
    }
    let path = if has(EventKind::FailoverStarted) { "geo-failover" } else { "unlinking" };
    vec![lost_changes(answers), format!("{} by {path}; {wait}.", format::listed(&promoted))]
}

/// "West US 2 is promoted after 15 min".
fn promotes(subject: Subject, event: &Event) -> String {
    let name = event.member.map_or_else(Default::default, |member| region_of(subject.plan, subject.catalog, member));
    format!("{name} is promoted after {}", format::duration(event.at.as_secs()))
}

/// "users wait 55 min (RTO P50) or 1 h 40 min (P95), in this log 41 min, 11 min of it in the planned failback".
fn waits(answers: &PairAnswers) -> String {
    let logged = logged_wait(answers);
    match answers.wait.map(|wait| wait.map(format::duration)) {
        Some([median, slow]) => format!("users wait {median} (RTO P50) or {slow} (P95), in this log {logged}"),
        None => format!("users wait {logged}"),
    }
}

fn logged_wait(answers: &PairAnswers) -> String {
    let wait = format::duration_or(answers.unserved, "for ever");
    if answers.failback_gap > Secs::ZERO {
        return format!("{wait}, {} of it in the planned failback", format::duration(answers.failback_gap));
    }
    wait
}

/// What is lost outside bursts, and at the end of one where that is another figure.
fn lost_changes(answers: &PairAnswers) -> String {
    let (usual, worst) = (format::bytes(answers.lost), format::bytes(answers.lost_in_burst));
    if worst == usual {
        return format!("{usual} of unsent changes are lost.");
    }
    format!("{usual} of unsent changes are lost, {worst} at the end of a burst.")
}
