//! Write latency by region, in normal running and with the first region down (M-08).

use super::super::{NONE, Subject};
use crate::model::Topology;
use crate::model::latency::RegionLatency;
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::units::format;

/// The median write request of each region's users with a pair and with a group.
#[must_use]
pub fn write_latency(subject: Subject) -> Section {
    Section::new("write-latency", "Latency of a write request", says(subject)).with(Block::Table(table(subject)))
}

fn says(subject: Subject) -> String {
    let worst =
        subject.both().map(|answer| answer.latency.worst_write.as_ref().map(|(_, time)| format::duration(*time)));
    match worst {
        [Some(passive), Some(active)] => {
            format!(
                "The worst-served region waits {passive} (P95) with a passive pair and {active} with an active group."
            )
        }
        [Some(passive), None] => format!("The worst-served region waits {passive} (P95) with a passive pair."),
        _ => "A round trip is not published: enter your own under Regions.".to_owned(),
    }
}

fn table(subject: Subject) -> Table {
    let Subject { plan, catalog, .. } = subject;
    let down = plan.primary().map_or_else(String::new, |share| format!("{} down", catalog.region_name(&share.region)));
    let head = |topology: Topology, when: &str| {
        Column::figures(Text::styled(format!("{}, {when}", topology.name()), Style::Of(topology)))
    };
    let heads = [Topology::Passive, Topology::Active].map(|topology| [head(topology, "normal"), head(topology, &down)]);
    let time = |row: Option<&RegionLatency>| {
        row.map_or_else(|| NONE.to_owned(), |row| format::duration_or(row.write, "unknown"))
    };
    let row = |(at, share): (usize, &crate::plan::RegionShare)| {
        let cells = subject
            .both()
            .map(|answer| [time(answer.latency.normal.get(at)), time(answer.latency.primary_down.get(at))]);
        let name = [plan.place_name(at, catalog).into_owned(), format::percent(share.users)];
        Row::of(name.into_iter().chain(cells.into_iter().flatten()))
    };
    Table {
        id: "write-latency-by-region",
        name: "Write latency by region".to_owned(),
        columns: [Column::names("Users in"), Column::figures("Share")]
            .into_iter()
            .chain(heads.into_iter().flatten())
            .collect(),
        rows: plan.regions.iter().enumerate().map(row).collect(),
    }
}
