//! What a simulated outage of the group leads to, in sentences.

use crate::model::outage_simulation::GroupAnswers;
use crate::model::runway::Deadline;
use crate::plan::{Failure, Plan};
use crate::report::chart::at_risk;
use crate::report::watching::Window;
use crate::report::words::share_of_all;
use crate::rules::act_by::{BASIS, act_by_sentence};
use crate::units::format;
use crate::units::{Bytes, Ratio, Secs};

/// The answers for a group, the deadline first: "Act by 3 h 45 min after the loss (in time in 95 of 100 cases); typical …".
#[must_use]
pub fn consequences(plan: &Plan, answers: &GroupAnswers) -> Vec<String> {
    let mut says = vec![runway(plan, answers)];
    says.extend(answers.spare.map(spare));
    says.extend(answers.window_in_time.map(|window| alert(plan, answers.alert_too_late, window)));
    if answers.evicted > Ratio::ZERO {
        says.push(format!("{} of the live data is evicted.", format::percent(answers.evicted)));
    }
    says.extend(unserved(answers.unserved));
    says.extend(refused(answers));
    says.push(match &answers.smallest {
        Some(sku) => format!("{} is the smallest size that survives without intervention.", sku.short()),
        None => "No size of the family survives without intervention.".to_owned(),
    });
    says.push(fill(answers));
    says.extend(lost(answers.lost));
    says.extend(at_risk(answers.at_risk, answers.at_risk_for));
    says.push(redundant(answers));
    says
}

/// The deadline first: it is that of the cards, whatever survivor of this scenario fills first.
fn runway(plan: &Plan, answers: &GroupAnswers) -> String {
    if answers.survivors.is_empty() && plan.outage.failure == Failure::Partition {
        return "All members run but are cut off: each can unlink any other, and there is no deadline.".to_owned();
    }
    if answers.survivors.is_empty() {
        return "No member is left to force-unlink from: there is no deadline.".to_owned();
    }
    if answers.deadline == Deadline::default() {
        return "No survivor fills up, even if nobody acts: there is no deadline.".to_owned();
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
    match (too_late, Window::within(window)) {
        (false, _) => format!("Acting on the health alert ({now}) is still {BASIS}."),
        (true, Some(window)) => {
            format!("The health alert ({now}) is too late; {} is in time.", format::duration(window.time()))
        }
        (true, None) => {
            format!("The health alert ({now}) is too late, as is any window of Azure Monitor.")
        }
    }
}

/// How full the present size may be.
fn fill(answers: &GroupAnswers) -> String {
    let now = format::percent(answers.fill);
    match answers.largest_fill.map(format::percent) {
        Some(most) => {
            format!("The current size survives up to {most} used at the loss; it is {now}.")
        }
        None => format!("The current size needs intervention at any use; it is {now}."),
    }
}

fn lost(bytes: Bytes) -> Option<String> {
    (bytes > Bytes::ZERO).then(|| format!("{} of changes are lost.", format::bytes(bytes)))
}

fn redundant(answers: &GroupAnswers) -> String {
    match (answers.redundant_after, answers.two_after) {
        (Some(after), _) => format!("All members are in sync again after {}.", format::duration(after)),
        (None, Some(_)) => "Full redundancy is never restored, but two copies are in sync.".to_owned(),
        (None, None) => "Redundancy is not restored: no second copy catches up.".to_owned(),
    }
}

fn unserved(time: Option<Secs>) -> Option<String> {
    let says = |time| format!("No member takes writes for {}.", format::duration(time));
    match time {
        Some(time) => (time > Secs::ZERO).then(|| says(time)),
        None => Some("In the end no member takes writes.".to_owned()),
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
            "Writes are refused indefinitely from {}: {writes} within {}, {share} of all.",
            format::duration(since),
            format::duration(answers.refused_within)
        ),
    })
}
