//! Which region would shorten the worst write: a new primary for the pair, or a member more for the group (M-08).

use super::super::{NONE, Subject};
use crate::explore::latency_candidates::{Candidates, NoCost, Outcome, is_full};
use crate::model::Topology;
use crate::model::latency::{Reach, shortest_request};
use crate::report::chart::{Chart, reach_chart};
use crate::report::document::{Block, Column, Row, RowKind, Section, Style, Table, Text, marked};
use crate::units::{Ratio, format};

/// Candidates that are listed.
pub const LISTED: usize = 10;
/// Candidates that are drawn.
const DRAWN: usize = 5;

/// The best regions of all that the catalogue has, each with what it would change. `found` is of the subject's plan.
#[must_use]
pub fn candidates(subject: Subject, topology: Topology, found: &Candidates) -> Section {
    let (id, title) = match topology {
        Topology::Active => ("region-to-add", "Which region to add to the group"),
        Topology::Rebuild | Topology::Passive => ("primary-to-choose", "Which primary for the pair"),
    };
    let section = Section::new(id, title, says(subject, found, topology));
    if found.found.is_empty() {
        return section.opened_by(None);
    }
    section
        .opened_by(chart(subject, title, topology, found))
        .with(Block::Table(table(subject, id, title, topology, found)))
        .with(Block::details("What was tried", vec![Block::remark(how(subject, found, topology))]))
}

/// The plan as it is and the first of the candidates.
fn chart(subject: Subject, title: &str, topology: Topology, found: &Candidates) -> Option<Chart> {
    let id = if topology == Topology::Active { "reach-of-members" } else { "reach-of-primaries" };
    let worst = |outcome: &Outcome| outcome.judged(topology).worst.as_ref().map(|(_, time)| *time);
    let best = found.found.iter().take(DRAWN);
    let best = best.map(|it| (subject.catalog.region_name(&it.region).to_owned(), worst(&it.outcome)));
    let choices: Vec<_> = [("As planned".to_owned(), worst(&found.now))].into_iter().chain(best).collect();
    reach_chart((id, title), topology, &choices, subject.plan.objectives.write_latency)
}

fn table(subject: Subject, id: &'static str, title: &str, topology: Topology, found: &Candidates) -> Table {
    let row = |name: Text, outcome: &Outcome| {
        let worst = |reach: &Reach| format::duration_or(reach.worst.as_ref().map(|(_, time)| *time), "unknown");
        let within = outcome.judged(topology).within.map_or_else(|| NONE.to_owned(), format::percent);
        let cost =
            outcome.cost.map_or_else(|| no_cost(outcome), |cost| format::money(cost, subject.catalog.currency()));
        Row::of([
            name,
            worst(&outcome.normal).into(),
            worst(&outcome.down).into(),
            marked(within, outcome.meets),
            cost.into(),
        ])
    };
    let found_rows = found.found.iter().take(LISTED).map(|it| {
        let name = Text::from(subject.catalog.region_name(&it.region));
        row(name.and(if it.restricted { " restricted" } else { "" }, Style::Quiet), &it.outcome)
    });
    Table {
        id,
        name: title.to_owned(),
        columns: vec![
            Column::names("Region"),
            Column::figures("Worst write, P95"),
            Column::figures("One region down"),
            Column::figures("Users inside at P95"),
            Column::figures("A month"),
        ],
        rows: [row("As planned".into(), &found.now).kind(RowKind::Total)].into_iter().chain(found_rows).collect(),
    }
}

fn says(subject: Subject, candidates: &Candidates, topology: Topology) -> String {
    let scene = if topology == Topology::Active { "with any one region down" } else { "in normal running" };
    let Some(best) = candidates.found.first() else {
        let full = "The plan has five regions, the maximum of a group.";
        let why = if is_full(subject.plan) { full } else { "No round trip to the users is known." };
        return why.to_owned();
    };
    let Some(target) = subject.plan.objectives.write_latency else {
        return format!("Without a target for write latency, the shortest worst write {scene} comes first.");
    };
    let (aim, shortest) = (format::duration(target), shortest_request(subject.plan));
    if shortest > target {
        return format!(
            "No region meets {aim}: a cache in the users' own region takes {} at P95. Reduce the calls in sequence or the time around them.",
            format::duration(shortest)
        );
    }
    if candidates.now.meets == Some(true) {
        return format!("The plan meets the target of {aim} at P95 {scene}.");
    }
    let name = subject.catalog.region_name(&best.region);
    if best.outcome.meets == Some(true) {
        let cost = best.outcome.cost.map_or_else(
            || format!("Its cost: {}", no_cost(&best.outcome)),
            |cost| format!("It costs {} a month", format::money(cost, subject.catalog.currency())),
        );
        return format!("{name} meets the target of {aim} at P95 {scene}. {cost}.");
    }
    let share = |outcome: &Outcome| outcome.judged(topology).within;
    nearly(name, &aim, scene, share(&candidates.now), share(&best.outcome))
}

/// What the best region gains where none meets the target.
fn nearly(name: &str, aim: &str, scene: &str, now: Option<Ratio>, then: Option<Ratio>) -> String {
    match (now, then) {
        (Some(now), Some(then)) if then > now => format!(
            "No single region meets {aim}. {name} brings {} of the users inside {scene}, from {}.",
            format::percent(then),
            format::percent(now)
        ),
        (None, Some(then)) => {
            format!(
                "No single region meets {aim}. {name} brings {} of the users inside {scene}.",
                format::percent(then)
            )
        }
        (_, None) => "The round trips of some users are unknown, so no region can be judged.".to_owned(),
        _ => format!("No single region meets {aim} {scene}, and none brings more users inside."),
    }
}

fn how(subject: Subject, candidates: &Candidates, topology: Topology) -> String {
    let tried = format::counted(candidates.found.len(), "region");
    let untried: Vec<&str> = candidates.untried.iter().map(|id| subject.catalog.region_name(id)).collect();
    let left =
        if untried.is_empty() { String::new() } else { format!(" No published round trip: {}.", untried.join(", ")) };
    let own = match topology {
        Topology::Active => "Every user region has a member: another only helps in an outage.",
        _ if is_full(subject.plan) => "The plan has five regions, so only they were tried.",
        _ => "The old primary becomes the secondary.",
    };
    format!("{tried} tried; users and writes stay. {own}{left}")
}

/// Why an outcome has no cost: what does not fit, or the sum with what it lacks.
fn no_cost(outcome: &Outcome) -> String {
    match &outcome.lacks {
        Some(NoCost::Misfit(why)) => why.words(),
        Some(NoCost::Incomplete(total, currency)) => total.words(*currency),
        None => String::new(),
    }
}
