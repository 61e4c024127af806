//! What every member of a group does at one moment of a simulated outage, and the words of the controls beside it.

use super::super::Subject;
use crate::model::outage_simulation::{Log, MemberState, Phase, Timestamp, decision};
use crate::model::runway::Runway;
use crate::plan::Plan;
use crate::report::document::{Column, LogEntry, Row, Style, Table, Text};
use crate::report::outage_log::region_of;
use crate::units::format;
use crate::units::{Bytes, BytesPerSec, Ratio, Secs};

/// The members of a group in the order of the plan's regions, `at` so long after the first loss: link, used memory of the fullest
/// shard in percent of what it can use, live data with the share that was evicted, and whether writes are taken. Without rows for a
/// pair.
#[must_use]
pub fn members_table(subject: Subject, log: &Log, at: Secs) -> Table {
    let limit = log.limits[0].usable.max(Bytes::bytes(1.0));
    let several = log.limits[1].shards > 0.0;
    let row = |(member, state): (usize, &MemberState)| {
        let [fullest, _] = state.classes;
        let (written, style) = writes(state, several);
        Row::of([
            Text::from(region_of(subject.plan, subject.catalog, member).into_owned()),
            phase(state.phase).into(),
            format::percent(Ratio::fraction(fullest.used.now / limit)).into(),
            live(state).into(),
            Text::styled(written, style),
        ])
    };
    let members = log.at(Timestamp::START.after(at)).map_or_else(Vec::new, |snapshot| snapshot.members.clone());
    Table {
        id: "outage-members",
        name: format!("Every member after {}", format::duration(at)),
        columns: vec![
            Column::names("Region"),
            Column::text("State"),
            Column::figures("Used"),
            Column::figures("Live data"),
            Column::text("Writes"),
        ],
        rows: members.iter().enumerate().map(row).collect(),
    }
}

/// "After 1 h: Memory alert … 4.3 GB of changed data exist in one region only.": the last event before a moment, and what exists in
/// one region only by then.
#[must_use]
pub fn at_moment(events: &[LogEntry], log: &Log, at: Secs) -> String {
    let (time, last) = (format::duration(at), events.iter().rfind(|event| event.at <= at));
    let event = last.map_or_else(|| time.clone(), |event| format!("After {time}: {}", event.text.words()));
    let risk = log.at(Timestamp::START.after(at)).map_or(Bytes::ZERO, |state| state.at_risk.now);
    if risk <= Bytes::ZERO {
        return event;
    }
    format!("{event} {} of changed data exist in one region only.", format::bytes(risk))
}

/// When the force-unlink starts: "15 min", "nobody acts".
#[must_use]
pub fn decision_words(plan: &Plan) -> String {
    if plan.outage.acts { format::duration(decision(plan)) } else { "nobody acts".to_owned() }
}

/// How full the group's caches are: "82 % of B10"; `None` where its memory does not fill.
#[must_use]
pub fn filled(subject: Subject) -> Option<String> {
    let active = &subject.evaluation.active;
    match (&active.runway, active.design.caches.first()) {
        (Runway::Fills(filling), Some(cache)) => {
            Some(format!("{} of {}", format::percent(filling.fill), cache.sku.short()))
        }
        _ => None,
    }
}

const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Up => "linked, in sync",
        Phase::Away => "lost, still linked",
        Phase::Cut => "cut off, still linked",
        Phase::Unlinked => "lost, not linked",
        Phase::Rebuilding => "re-provisioning, not linked",
        Phase::Syncing => "linked, copying",
        Phase::Waiting => "linked, no source to copy from",
        Phase::Held => "linked, its copy waits: a shard is full",
    }
}

/// Refused where writes arrive and are turned away; no writes go to a member that cannot serve.
fn writes(state: &MemberState, several: bool) -> (&'static str, Style) {
    let refuses = state.classes.map(|class| class.refused.rate > BytesPerSec::ZERO);
    match (state.phase.serves(), refuses) {
        (false, _) => ("none", Style::Quiet),
        (true, [false, false]) => ("taken", Style::Good),
        (true, [true, false]) if several => ("refused on the fullest shard", Style::Bad),
        (true, [false, true]) => ("refused on all but the fullest shard", Style::Bad),
        _ => ("refused", Style::Bad),
    }
}

fn live(state: &MemberState) -> String {
    let [fullest, others] = state.classes;
    let live = format::bytes(fullest.live.now + others.live.now);
    let evicted = fullest.evicted.now + others.evicted.now;
    if evicted > Bytes::ZERO { format!("{live}, {} evicted", format::bytes(evicted)) } else { live }
}
