//! What a simulated outage means, in sentences, and the whole of it as text.

use super::outage_log::{log_text, outage_log, region_of};
use super::runbook::fitting;
use crate::catalog::Catalog;
use crate::model::active_outage::Deadline;
use crate::model::outage::{Event, EventKind, GroupAnswers, Log, Moment, Outage, PairAnswers, PairOutage};
use crate::plan::{Failure, Plan};
use crate::rules::act_by::{BASIS, act_by_sentence};
use crate::units::format;
use crate::units::{Bytes, Ratio, Secs};

/// The answers for a group, the deadline first: "Act by 3 h 45 min after the loss (in time in 95 of 100 cases); typical …".
#[must_use]
pub fn group_sentences(plan: &Plan, answers: &GroupAnswers) -> Vec<String> {
    let mut says = vec![runway(plan, answers)];
    says.extend(answers.spare.map(spare));
    says.extend(answers.window_in_time.map(|window| alert(plan, answers.alert_too_late, window)));
    if answers.evicted > Ratio::ZERO {
        says.push(format!("{} of the live data is evicted.", format::percent(answers.evicted)));
    }
    says.extend(unserved(answers.unserved));
    says.extend(refused(answers));
    says.push(match &answers.smallest {
        Some(sku) => format!("{} is the smallest size of its family that takes the outage unaided.", sku.short()),
        None => "No size of the family takes the outage unaided.".to_owned(),
    });
    says.push(fill(answers));
    says.extend(lost(answers.lost));
    says.extend(at_risk(answers.at_risk, answers.at_risk_for));
    says.push(redundant(answers));
    says
}

/// "Up to 12.4 GB of changed data, at most all that is live, exist in one region only, the oldest for 4 h: they would be lost with
/// it."; `None` where nothing is at risk beyond the lag.
pub(super) fn at_risk(most: Bytes, longest: Option<Secs>) -> Option<String> {
    (most > Bytes::ZERO).then(|| {
        format!(
            "Up to {} of changed data, at most all that is live, exist in one region only, the oldest {}: they would be \
             lost with it.",
            format::bytes(most),
            for_long(longest)
        )
    })
}

/// "for 4 h", "for ever".
pub(super) fn for_long(time: Option<Secs>) -> String {
    ["for ", &format::duration_or(time, "ever")].concat()
}

/// "4.3 GB of changed data exist in one region only.", `at` so long after the first loss; `None` where none do.
#[must_use]
pub fn at_risk_now(log: &Log, at: Secs) -> Option<String> {
    let bytes = log.at(Moment::START.after(at))?.at_risk.now;
    (bytes > Bytes::ZERO).then(|| format!("{} of changed data exist in one region only.", format::bytes(bytes)))
}

/// The outage of a pair: what is lost, who takes over by which way, how long there is no replica, and the way back.
#[must_use]
pub fn pair_sentences(plan: &Plan, catalog: &Catalog, outage: &PairOutage) -> Vec<String> {
    let answers = &outage.answers;
    let risk = if answers.at_risk > Bytes::ZERO {
        format!(", and up to {} written meanwhile exist in one region only", format::bytes(answers.at_risk))
    } else {
        String::new()
    };
    let replica = match answers.redundant_after {
        Some(time) => format!("There is no replica in sync for {}{risk}.", format::duration(time)),
        None => format!("There is no replica in sync again{risk}."),
    };
    let failback = answers
        .failback_after
        .map(|time| format!("{} is the primary again after {}.", region_of(plan, catalog, 0), format::duration(time)));
    promotion(plan, catalog, outage).into_iter().chain([replica]).chain(failback).collect()
}

fn promotion(plan: &Plan, catalog: &Catalog, outage: &PairOutage) -> Vec<String> {
    let answers = &outage.answers;
    let has = |kind| outage.log.first(kind, None).is_some();
    let wait = waits(answers);
    let promoted = outage.log.events.iter().filter(|event| event.kind == EventKind::Promoted);
    let promoted: Vec<String> = promoted.map(|event| promotes(plan, catalog, event)).collect();
    if promoted.is_empty() {
        return vec![if answers.unserved == Some(Secs::ZERO) {
            "The primary goes on and nobody waits.".to_owned()
        } else if has(EventKind::PromotionOff) {
            format!("The secondary is lost before it is promoted: {wait}, and nothing is lost.")
        } else if outage.log.events.first().is_some_and(|event| event.kind != EventKind::RegionLost) {
            format!("No copy is ever complete, so that there is nothing to promote: {wait}.")
        } else {
            format!("Nobody promotes the secondary: {wait}, and nothing is lost.")
        }];
    }
    let way = if has(EventKind::FailoverStarted) { "geo-failover" } else { "unlinking" };
    vec![lost_changes(answers), format!("{} by {way}; {wait}.", format::listed(&promoted))]
}

/// "West US 2 is promoted after 15 min".
fn promotes(plan: &Plan, catalog: &Catalog, event: &Event) -> String {
    let name = event.member.map_or_else(Default::default, |member| region_of(plan, catalog, member));
    format!("{name} is promoted after {}", format::duration(event.at.as_secs()))
}

/// "users wait 55 min (RTO P50), 1 h 40 min (P95); in this log, with every step at its most likely, 41 min, 11 min of it in
/// the planned failover back".
fn waits(answers: &PairAnswers) -> String {
    let logged = logged_wait(answers);
    match answers.wait.map(|wait| wait.map(format::duration)) {
        Some([median, slow]) => format!(
            "users wait {median} (RTO P50), {slow} (P95); in this log, with every step at its most likely, {logged}"
        ),
        None => format!("users wait {logged}"),
    }
}

fn logged_wait(answers: &PairAnswers) -> String {
    let wait = format::duration_or(answers.unserved, "for ever");
    if answers.failback_gap > Secs::ZERO {
        let planned = format::duration(answers.failback_gap);
        return format!("{wait}, {planned} of it in the planned failover back");
    }
    wait
}

/// What is lost outside bursts, and at the end of one where that is another figure.
fn lost_changes(answers: &PairAnswers) -> String {
    let (usual, worst) = (format::bytes(answers.lost), format::bytes(answers.lost_in_burst));
    if worst == usual {
        return format!("{usual} of changes had not left the primary and are lost.");
    }
    format!("{usual} of changes had not left the primary and are lost; {worst} if that happens at the end of a burst.")
}

/// Logs and sentences of the group and the pair as plain text; one sentence where the outage spares both.
#[must_use]
pub fn outage_text(plan: &Plan, catalog: &Catalog, outage: &Outage) -> String {
    let part = |title: &str, lines: String, says: Vec<String>| format!("{title}\n\n{lines}\n{}\n", says.join("\n"));
    let group = outage.group.as_ref().map(|group| {
        let lines = log_text(&outage_log(plan, catalog, &group.log));
        part("Active group", lines, group_sentences(plan, &group.answers))
    });
    let pair = outage.pair.as_ref().map(|pair| {
        let lines = log_text(&outage_log(plan, catalog, &pair.log));
        part("Passive pair", lines, pair_sentences(plan, catalog, pair))
    });
    let parts: Vec<String> = group.into_iter().chain(pair).collect();
    if parts.is_empty() {
        return "The plan has no group, and no pair that the outage touches.\n".to_owned();
    }
    parts.join("\n")
}

/// The deadline first: it is that of the cards, whatever survivor of this scenario fills first.
fn runway(plan: &Plan, answers: &GroupAnswers) -> String {
    if answers.survivors.is_empty() && plan.outage.failure == Failure::Partition {
        return "Every member is cut off at once and lives on: any of them can be unlinked from any other, and no deadline is worked out for it.".to_owned();
    }
    if answers.survivors.is_empty() {
        return "No member of the group is left to run a force-unlink from: there is no deadline to meet.".to_owned();
    }
    if answers.deadline == Deadline::default() {
        return "With nobody acting no survivor fills up in this outage: there is no deadline.".to_owned();
    }
    act_by_sentence(&answers.deadline)
}

fn spare(spare: Secs) -> String {
    if spare < Secs::ZERO {
        return format!("The planned start is {} too late to be {BASIS}.", format::duration(Secs::ZERO - spare));
    }
    format!("The planned start leaves {} to spare.", format::duration(spare))
}

fn alert(plan: &Plan, too_late: bool, window: Secs) -> String {
    let now = format::duration(plan.recovery.alert_window);
    match (too_late, fitting(window)) {
        (false, _) => format!("Who waits for the health alert after {now} and then decides is still {BASIS}."),
        (true, Some((window, _))) => {
            format!("The health alert after {now} is too late; a window of {} is not.", format::duration(window))
        }
        (true, None) => {
            format!("The health alert after {now} is too late, and so is any window that Azure Monitor has.")
        }
    }
}

/// How full the present size may be.
fn fill(answers: &GroupAnswers) -> String {
    let now = format::percent(answers.fill);
    match answers.largest_fill.map(format::percent) {
        Some(most) => format!("The present size takes it unaided with up to {most} in use at the loss; it is {now}."),
        None => format!("The present size does not take it unaided however little is in use at the loss; it is {now}."),
    }
}

fn lost(bytes: Bytes) -> Option<String> {
    (bytes > Bytes::ZERO).then(|| format!("{} of changes are lost for good.", format::bytes(bytes)))
}

fn redundant(answers: &GroupAnswers) -> String {
    match (answers.redundant_after, answers.two_after) {
        (Some(after), _) => format!("Every member is in sync again after {}.", format::duration(after)),
        (None, Some(_)) => "Not every member is ever in sync again, but two copies are.".to_owned(),
        (None, None) => "It never comes to two copies in sync again.".to_owned(),
    }
}

fn unserved(time: Option<Secs>) -> Option<String> {
    let says = |time| format!("For {} there is no member to write to.", format::duration(time));
    match time {
        Some(time) => (time > Secs::ZERO).then(|| says(time)),
        None => Some("In the end there is no member to write to, for ever.".to_owned()),
    }
}

/// "12.3 M writes are refused, 4.2 % of all"; with the time that it counts where it never ends.
fn refused(answers: &GroupAnswers) -> Option<String> {
    if answers.refused <= 0.0 {
        return None;
    }
    let (writes, share) = (format::large(answers.refused), share_of_all(answers.refused_share));
    Some(match answers.refused_for_ever {
        None => format!("{writes} writes are refused, {share} of all."),
        Some(since) => format!(
            "From {} on writes are refused for ever: {writes} within {}, {share} of all.",
            format::duration(since),
            format::duration(answers.refused_within)
        ),
    })
}

/// A share that is not nothing never reads as "0 %".
pub(super) fn share_of_all(share: Ratio) -> String {
    let tiny = share > Ratio::ZERO && share < Ratio::percent(0.1);
    if tiny { "less than 0.1\u{a0}%".to_owned() } else { format::percent(share) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::evaluate;
    use crate::model::outage::{group_outage, pair_outage};
    use std::fmt::Write;

    type Change = fn(&mut Plan);

    #[test]
    fn what_a_pair_goes_through() {
        let mut plan = crate::codec::from_json(include_str!("../../../public/plans/tax-filing.json")).unwrap();
        plan.passive.checks.geo_name_reaches_both = true;
        let catalog = Catalog::bundled().unwrap();
        let mut text = String::new();
        let cases: [(&str, Change); 7] = [
            ("primary lost", |_| {}),
            ("name not confirmed", |plan| plan.passive.checks.geo_name_reaches_both = false),
            ("control plane lost", |plan| plan.outage.control_plane_lost = true),
            ("nobody acts", |plan| plan.outage.acts = false),
            ("no failback", |plan| plan.outage.failback = false),
            ("link lost", |plan| plan.outage.failure = Failure::Partition),
            ("secondary lost", |plan| plan.outage.lost = 1),
        ];
        for (name, change) in cases {
            let mut plan = plan.clone();
            change(&mut plan);
            let outage = pair_outage(&plan, &evaluate(&plan, &catalog)).unwrap();
            writeln!(text, "{name}: {}", pair_sentences(&plan, &catalog, &outage).join(" ")).unwrap();
        }
        insta::assert_snapshot!(text.replace('\u{a0}', " "));
    }

    /// Members that are cut off are alive: their log has the force-unlink that a sentence said nobody is left for.
    #[test]
    fn who_is_cut_off_is_not_gone() {
        let mut plan = crate::codec::from_json(include_str!("../../../public/plans/gaming-leaderboard.json")).unwrap();
        of_two(&mut plan);
        let catalog = Catalog::bundled().unwrap();
        for (failure, gone) in [(Failure::Loss, true), (Failure::Partition, false)] {
            plan.outage.failure = failure;
            let outage = group_outage(&plan, &catalog, &evaluate(&plan, &catalog)).unwrap();
            let says = group_sentences(&plan, &outage.answers).join(" ");
            let unlinked = outage.log.first(EventKind::Unlinked, None).is_some();
            assert_eq!((says.contains("No member of the group is left"), unlinked), (gone, !gone), "{says}");
            assert_eq!(says.contains("lives on"), !gone, "{says}");
        }
    }

    #[test]
    fn a_small_share_is_not_none() {
        let says = [0.0, 0.0004, 0.001, 0.5].map(|share| share_of_all(Ratio::fraction(share)).replace('\u{a0}', " "));
        assert_eq!(says, ["0 %", "less than 0.1 %", "0.1 %", "50 %"]);
    }

    fn of_two(plan: &mut Plan) {
        plan.regions.truncate(2);
        for region in &mut plan.regions {
            (region.writes, region.users) = (Ratio::percent(50.0), Ratio::percent(50.0));
        }
        plan.outage.second = Some(1);
    }

    /// The log of a group and what follows from it, where something goes worse than planned.
    #[test]
    fn what_a_group_goes_through() {
        let plan = crate::codec::from_json(include_str!("../../../public/plans/gaming-leaderboard.json")).unwrap();
        let catalog = Catalog::bundled().unwrap();
        let mut text = String::new();
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
        for (name, change) in cases {
            let mut plan = plan.clone();
            change(&mut plan);
            let outage = group_outage(&plan, &catalog, &evaluate(&plan, &catalog)).unwrap();
            let lines = log_text(&outage_log(&plan, &catalog, &outage.log));
            writeln!(text, "{name}\n\n{lines}\n{}\n", group_sentences(&plan, &outage.answers).join("\n")).unwrap();
        }
        insta::assert_snapshot!(text.replace('\u{a0}', " "));
    }
}
