//! Published service levels, and the downtime that lost regions leave (M-09).

use super::super::{NONE, Subject};
use crate::catalog::SlaConfiguration;
use crate::explore::downtime;
use crate::model::Topology;
use crate::model::availability::{Availability, Condition, Downtime, availability};
use crate::report::chart::availability_chart;
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::units::{Range, format};

/// A possible topology, what is published for it, and what lost regions take.
type Found = (Topology, Availability, Downtime);

/// The published level of each possible topology beside the downtime that outages of regions are expected to leave.
#[must_use]
pub fn availability_section(subject: Subject) -> Section {
    let found = Topology::ALL.into_iter().filter_map(|it| {
        let answer = subject.evaluation.of(it);
        Some((it, availability(subject.plan, subject.catalog, answer)?, downtime(subject.plan, answer)?))
    });
    let found: Vec<Found> = found.collect();
    let notes = found.iter().filter(|(_, it, _)| remarkable(it.configuration) && !it.note.is_empty());
    let lost: Vec<(Topology, Downtime)> = found.iter().map(|(topology, _, lost)| (*topology, *lost)).collect();
    let notes = notes.map(|(topology, it, _)| Block::remark(format!("{}: {}", topology.name(), it.note)));
    let basis = Block::remark(format!(
        "The published level covers connections to the endpoint, not data loss, RPO, RTO or lag (D7, D16). Two levels are never \
             multiplied: regions share control plane, DNS, identity and deployments. Assumptions: outage rates and lengths; {} of \
             outages take every region; an outage costs the recovery path or its length, whichever is shorter.",
        format::percent(subject.plan.outages.common_cause)
    ));
    Section::new("availability", "Availability", "No design fits.")
        .opened_by(availability_chart(&lost))
        .with(Block::Table(table(&found)))
        .with(Block::paragraph(needs(&found)))
        .with(Block::details("What the levels cover", notes.chain([basis]).collect()))
}

fn table(found: &[Found]) -> Table {
    let row = |(topology, it, lost): &Found| {
        Row::of([
            topology.name().to_owned(),
            configuration(it.configuration).to_owned(),
            it.level(),
            format::duration_or(it.allowed, NONE),
            format::duration(lost.mean),
            band(lost),
            it.source.clone(),
        ])
    };
    Table {
        id: "availability",
        name: "Availability".to_owned(),
        columns: vec![
            Column::names("Topology"),
            Column::text("Configuration"),
            Column::figures("Published"),
            Column::figures("Allows a year"),
            Column::figures("Lost regions, expected"),
            Column::figures("P05 – P95"),
            Column::text("Source"),
        ],
        rows: found.iter().map(row).collect(),
    }
}

/// Levels whose remark says more than the configuration's name.
const fn remarkable(configuration: SlaConfiguration) -> bool {
    !matches!(configuration, SlaConfiguration::Managed | SlaConfiguration::ManagedZones)
}

const fn configuration(configuration: SlaConfiguration) -> &'static str {
    match configuration {
        SlaConfiguration::Premium => "Premium",
        SlaConfiguration::PremiumZones => "Premium across zones",
        SlaConfiguration::Managed => "AMR with high availability",
        SlaConfiguration::ManagedZones => "AMR across zones",
        SlaConfiguration::ActiveThreeRegions => "AMR across zones, three regions or more",
        SlaConfiguration::ManagedWithoutHa => "AMR without high availability",
    }
}

fn band(lost: &Downtime) -> String {
    format::duration_range(Range::new(lost.p05, lost.mean, lost.p95))
}

/// "99.999 % needs three regions.": what keeps a topology from the highest published level; empty where nothing does.
fn needs(found: &[Found]) -> String {
    let lacking = found.iter().find(|(_, it, _)| !it.lacking.is_empty());
    let needs = |it: &Availability| it.lacking.iter().map(Condition::words).collect::<Vec<_>>().join(", ");
    lacking.map_or_else(String::new, |(_, it, _)| format!("99.999 % needs {}.", needs(it)))
}
