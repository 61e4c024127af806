//! The outage of the group with and without a force-unlink.

use super::super::Subject;
use crate::model::outage_simulation::{EventKind, GroupOutage, WhatIf, decision};
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::report::words::{for_long, share_of_all};
use crate::units::format;
use crate::units::{Bytes, Ratio, Secs};

const HEADING: &str = "With and without the force-unlink";

/// Both options side by side, and what the difference is.
#[must_use]
pub fn ways_section(subject: Subject, story: &WhatIf) -> Section {
    let WhatIf { acts, never, .. } = story;
    let acting = format!("Force-unlink after {}", format::duration(decision(subject.plan)));
    let columns = vec![Column::names("Consequence"), Column::text(acting), Column::text("Never unlinked")];
    let table = Table { id: "outage-ways", name: HEADING.to_owned(), columns, rows: rows(acts, never) };
    Section::new("outage-ways", HEADING, difference(acts, never)).opened_by(None).with(Block::Table(table))
}

fn rows(acts: &GroupOutage, never: &GroupOutage) -> Vec<Row> {
    let row = |what: &str, text: &dyn Fn(&GroupOutage) -> String| Row::of([what.to_owned(), text(acts), text(never)]);
    vec![
        row("Memory full", &|way| first(way, EventKind::Full)),
        row("Eviction begins", &|way| first(way, EventKind::EvictionBegins)),
        row("Live data evicted, worst member", &|way| format::percent(way.answers.evicted)),
        row("Writes refused", &refused),
        row("Changes lost", &|way| none_or(way.answers.lost)),
        row("Most changed data in one region only", &|way| {
            let answers = &way.answers;
            if answers.at_risk <= Bytes::ZERO {
                return "none".to_owned();
            }
            format!("{}, {}", format::bytes(answers.at_risk), for_long(answers.at_risk_for))
        }),
        row("No member takes writes", &unserved),
        row("All members in sync", &|way| back(way.answers.redundant_after)),
    ]
}

fn first(way: &GroupOutage, kind: EventKind) -> String {
    way.log.first(kind, None).map_or_else(|| "not in this outage".to_owned(), |at| after(at.as_secs()))
}

fn after(time: Secs) -> String {
    format!("after {}", format::duration(time))
}

fn back(time: Option<Secs>) -> String {
    time.map_or_else(|| "never".to_owned(), after)
}

fn none_or(bytes: Bytes) -> String {
    if bytes > Bytes::ZERO { format::bytes(bytes) } else { "none".to_owned() }
}

fn refused(way: &GroupOutage) -> String {
    let answers = &way.answers;
    if answers.refused < 0.5 {
        return "none".to_owned();
    }
    let share = share_of_all(answers.refused_share);
    match answers.refused_for_ever {
        None => format!("{}, {share} of all", format::large(answers.refused)),
        Some(since) => format!("indefinitely from {}", format::duration(since)),
    }
}

fn unserved(way: &GroupOutage) -> String {
    match way.answers.unserved {
        Some(time) if time <= Secs::ZERO => "never".to_owned(),
        time => for_long(time),
    }
}

/// "evicts 35 % of the live data and refuses 285 M writes"; empty where it does neither.
fn harm(way: &GroupOutage) -> String {
    let answers = &way.answers;
    let evicts = (answers.evicted > Ratio::ZERO)
        .then(|| format!("evicts {} of the live data", format::percent(answers.evicted)));
    let refuses = (answers.refused >= 0.5).then(|| match answers.refused_for_ever {
        None => format!("refuses {} writes", format::large(answers.refused)),
        Some(since) => format!("refuses writes indefinitely from {}", format::duration(since)),
    });
    let nobody =
        (answers.unserved != Some(Secs::ZERO)).then(|| format!("leaves no member that takes writes {}", unserved(way)));
    format::listed(&evicts.iter().chain(&refuses).chain(&nobody).map(String::as_str).collect::<Vec<_>>())
}

/// What waiting costs, and what force-unlinking costs.
fn difference(acts: &GroupOutage, never: &GroupOutage) -> String {
    let sync = match (acts.answers.redundant_after, never.answers.redundant_after) {
        (Some(acts), Some(never)) if acts > never => format!(
            "Force-unlinking delays full redundancy by {}: the member must be re-provisioned.",
            format::duration(acts - never)
        ),
        (Some(acts), Some(never)) if acts < never => {
            format!("Force-unlinking restores full redundancy {} earlier.", format::duration(never - acts))
        }
        (Some(_), None) => "Only force-unlinking restores full redundancy.".to_owned(),
        (None, Some(_)) => "Only waiting restores full redundancy.".to_owned(),
        (None, None) => "Neither option restores full redundancy.".to_owned(),
        _ => "Both options restore full redundancy at the same time.".to_owned(),
    };
    let (acting, waiting) = (harm(acts), harm(never));
    match (acting.as_str(), waiting.as_str()) {
        ("", "") => format!("Nothing is evicted or refused, even if nobody acts. {sync}"),
        ("", _) => format!("Waiting {waiting}; acting avoids that. {sync}"),
        (_, "") => format!("Acting {acting}; waiting avoids that. {sync}"),
        (acting, waiting) if acting == waiting => format!("Acting changes nothing: either option {waiting}. {sync}"),
        _ => format!("Waiting {waiting}; acting {acting}. {sync}"),
    }
}
