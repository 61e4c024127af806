//! Latency by region and topology, with every region up and with each one down (M-08).

use super::super::Subject;
use crate::catalog::RegionId;
use crate::model::Topology;
use crate::model::latency::{Age, Reach, RegionLatency, Scenario, p95, scenarios};
use crate::report::chart::latency_chart;
use crate::report::document::{Block, Column, Row, RowKind, Section, Style, Table, Text, marked};
use crate::units::{Secs, format};
use crate::words::no_latency;

/// What a table shows of each row, and what it is held against.
struct Kind {
    id: &'static str,
    title: &'static str,
    target: Option<Secs>,
    time: fn(&RegionLatency) -> Option<Secs>,
    to: fn(&RegionLatency) -> Option<&RegionId>,
    reach: fn(&Scenario) -> &Reach,
    reads: bool,
}

/// A topology with the scenarios that make a difference to it.
type Group = (Topology, Vec<Scenario>);

/// What is said where no time is known.
const UNKNOWN: &str = "No round trip of the plan’s regions is published: enter your own under Regions.";

/// Write and read requests from every region, P95, in normal running and with one region down.
#[must_use]
pub fn latency(subject: Subject) -> Section {
    let groups: Vec<Group> = Topology::ALL.into_iter().filter_map(|topology| group(subject, topology)).collect();
    let kinds = kinds(subject);
    let why = reasons(subject, &groups, &kinds);
    let why = if why.is_empty() { String::new() } else { format!("Unknown: {}.", why.join("; ")) };
    let section = Section::new("latency", "Latency with every region up, and with each one down", UNKNOWN)
        .opened_by(latency_chart(subject.plan, subject.catalog, subject.evaluation));
    if groups.is_empty() {
        return section;
    }
    let details = |(at, kind): (usize, &Kind)| Block::Details {
        summary: kind.title.into(),
        open: at == 0,
        blocks: vec![Block::Table(table(subject, &groups, kind))],
    };
    kinds
        .iter()
        .enumerate()
        .map(details)
        .fold(section, Section::with)
        .with(Block::details("Basis", vec![Block::remark(why), Block::remark(basis(subject))]))
}

fn kinds(subject: Subject) -> [Kind; 2] {
    let objectives = &subject.plan.objectives;
    let writes = Kind {
        id: "write-latency",
        title: "Write requests",
        target: objectives.write_latency,
        time: |row| row.write,
        to: |row| row.writes_to.as_ref(),
        reach: |scenario| &scenario.writes,
        reads: false,
    };
    let reads = Kind {
        id: "read-latency",
        title: "Read requests; an age, where data may be old",
        target: objectives.read_latency,
        time: |row| row.read,
        to: |row| row.reads_from.as_ref(),
        reach: |scenario| &scenario.reads,
        reads: true,
    };
    [writes, reads]
}

fn basis(subject: Subject) -> String {
    let latency = &subject.plan.latency;
    format!(
        "P95: {} (assumption) of the median {} × (round trip + {}) + {}. The nearest survivor serves a lost region's users. Bursts \
         make reads older than shown.",
        format::percent(latency.spread.high),
        latency.calls_in_sequence,
        format::duration(latency.service),
        format::duration(latency.rest_of_request)
    )
}

/// Normal running and each cache's region down; `None` for a design without caches.
fn group(subject: Subject, topology: Topology) -> Option<Group> {
    let design = &subject.evaluation.of(topology).design;
    let mut all =
        scenarios(&subject.evaluation.of(topology).case(subject.plan, subject.catalog, &subject.evaluation.demand));
    all.retain(|it| it.down.as_ref().is_none_or(|down| design.caches.iter().any(|cache| cache.region == *down)));
    (!all.is_empty()).then_some((topology, all))
}

fn table(subject: Subject, groups: &[Group], kind: &Kind) -> Table {
    let all = || groups.iter().flat_map(|(topology, scenarios)| scenarios.iter().map(|it| (*topology, it)));
    let head = |(topology, it): (Topology, &Scenario)| {
        let when = it
            .down
            .as_ref()
            .map_or_else(|| "normal".to_owned(), |down| format!("{} down", subject.catalog.region_name(down)));
        Column::figures(Text::styled(format!("{}, {when}", topology.name()), Style::Of(topology)))
    };
    let rows = subject.plan.regions.iter().enumerate().map(|(index, share)| {
        let name = subject.plan.place_name(index, subject.catalog).into_owned();
        let cells = all().map(|(_, it)| cell(subject, it, index, kind));
        Row::of([Text::from(name), format::percent(share.users).into()].into_iter().chain(cells))
    });
    let inside = |target: Secs| {
        let aim = format!("Inside {} at P95", format::duration(target));
        let cells = all().map(|(_, it)| {
            let reach = (kind.reach)(it);
            let share = reach.within.map_or_else(|| super::super::NONE.to_owned(), format::percent);
            marked(share, reach.meets(kind.target))
        });
        Row::of([Text::from(aim), Text::default()].into_iter().chain(cells)).kind(RowKind::Total)
    };
    Table {
        id: kind.id,
        name: kind.title.to_owned(),
        columns: [Column::names("Users in"), Column::figures("Share")].into_iter().chain(all().map(head)).collect(),
        rows: rows.chain(kind.target.map(inside)).collect(),
    }
}

/// The time with its mark; with a read the age of what it may return.
fn cell(subject: Subject, scenario: &Scenario, index: usize, kind: &Kind) -> Text {
    let Some(row) = scenario.rows.get(index) else { return Text::default() };
    let time = (kind.time)(row).map(|median| p95(subject.plan, median));
    let age = match scenario.ages.get(index) {
        Some(Age::Behind(age)) if kind.reads => format!(" {} old", format::duration(*age)),
        Some(Age::Unknown) if kind.reads => " age unknown".to_owned(),
        _ => String::new(),
    };
    let kept = time.zip(kind.target).map(|(time, target)| time <= target);
    marked(format::duration_or(time, "unknown"), kept).and(age, Style::Quiet)
}

/// Why cells are unknown, each reason once.
fn reasons(subject: Subject, groups: &[Group], kinds: &[Kind]) -> Vec<String> {
    let mut reasons: Vec<String> = Vec::new();
    for row in groups.iter().flat_map(|(_, scenarios)| scenarios).flat_map(|it| &it.rows) {
        for kind in kinds.iter().filter(|kind| (kind.time)(row).is_none()) {
            let why = no_latency(subject.catalog, &row.users_in, (kind.to)(row));
            if !reasons.contains(&why) {
                reasons.push(why);
            }
        }
    }
    reasons
}
