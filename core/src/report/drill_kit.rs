//! A drill of one topology on paper: what must hold before, what is timed, when to stop, who signs.

use super::document::{Block, Column, Row, Section, Table};
use super::views::Subject;
use super::words;
use crate::catalog::Severity;
use crate::model::Topology;
use crate::model::rto::{DRAINED, RtoChain, RtoPath, RtoStep};
use crate::model::runway::Runway;
use crate::model::thresholds::ALERT;
use crate::plan::Plan;
use crate::units::{Secs, format};

/// The path that a drill of a topology takes: a pair's planned failover where it has one, else the path of an outage.
fn drilled(subject: Subject<'_>, topology: Topology) -> Option<&RtoChain> {
    let chains = &subject.evaluation.of(topology).rto;
    chains.iter().find(|chain| chain.path == RtoPath::PlannedFailover).or_else(|| chains.first())
}

/// The kit of a topology: the path, a sheet to fill with the model's P05–P95 of each step, when to stop, and lines to sign. The stops are
/// those of the model: its P95, the plan's target, the pause of the clients, the alert on memory. A topology without a recovery path has
/// one sentence.
#[must_use]
pub fn drill_kit(subject: Subject, topology: Topology) -> Section {
    let name = topology.name().to_ascii_lowercase();
    let Some(chain) = drilled(subject, topology) else {
        return Section::new(id(topology), format!("Drill of the {name}"), "No recovery path, so nothing to drill.");
    };
    let says = format!(
        "A drill of the {name} goes by {} and takes {} (P95 {}).",
        words::path(chain.path),
        format::duration(chain.p50),
        format::duration(chain.p95)
    );
    Section::new(id(topology), format!("Drill of the {name}"), says)
        .with(Block::Heading("Before".into()))
        .with(Block::list(before(subject, chain)))
        .with(Block::Heading("Note the times".into()))
        .with(Block::Table(sheet(subject, topology, chain)))
        .with(Block::Heading("Stop and go back when".into()))
        .with(Block::list(stops(subject, topology, chain)))
        .with(Block::Table(signatures(
            format!("Signatures of the drill of the {name}"),
            &["Leads the drill", "Watches the service", "Owns the data"],
        )))
}

const fn id(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild => "drill-rebuild",
        Topology::Passive => "drill-passive",
        Topology::Active => "drill-active",
    }
}

fn before(subject: Subject, chain: &RtoChain) -> Vec<String> {
    let open = subject.evaluation.findings.iter().filter(|finding| finding.severity == Severity::Block).count();
    let blocks = match open {
        0 => "No finding blocks.".to_owned(),
        count => format!("{} to be cleared first.", format::counted(count, "blocking finding")),
    };
    let way = match chain.path {
        RtoPath::PlannedFailover | RtoPath::GeoFailover | RtoPath::Unlink => {
            "The link is Succeeded, GeoReplicationHealthy is 1, and the sync offset does not grow."
        }
        RtoPath::Redirect => "Every member lists every database as Linked.",
        RtoPath::Rebuild => "The database serves the reload beside its load.",
    };
    vec![
        way.to_owned(),
        blocks,
        "A quiet hour inside a change window; approver and on-call know of it.".to_owned(),
        "az redis show, or az redisenterprise database show, of every cache is saved.".to_owned(),
    ]
}

/// Every step with its band, and room for two times.
fn sheet(subject: Subject, topology: Topology, chain: &RtoChain) -> Table {
    let row = |step: &RtoStep| {
        let (low, high) = step.band(subject.plan);
        let name = step.field.strip_prefix("recovery.").unwrap_or(step.field);
        Row::of([
            step.name.to_owned(),
            name.to_owned(),
            format::duration(low),
            format::duration(high),
            String::new(),
            String::new(),
        ])
    };
    let heads = ["Step", "In the log", "P05", "P95", "Began", "Ended"];
    let columns = heads.iter().enumerate().map(|(at, head)| match at {
        2 | 3 => Column::figures(*head),
        _ => Column::text(*head),
    });
    Table {
        id: "drill-sheet",
        name: format!("Times of the drill of the {}", topology.name().to_ascii_lowercase()),
        columns: columns.collect(),
        rows: chain.steps.iter().map(row).collect(),
    }
}

fn stops(subject: Subject, topology: Topology, chain: &RtoChain) -> Vec<String> {
    let mut stops = vec![format!("it takes longer than {} (P95)", format::duration(chain.p95))];
    if let Some(target) = subject.plan.objectives.rto.filter(|target| *target < chain.p95) {
        stops.push(format!("users wait longer than the target of {}", format::duration(target)));
    }
    if chain.path == RtoPath::PlannedFailover {
        let pause = format::duration(subject.plan.recovery.client_pause);
        stops.push(format!("the offset is not below {} within the pause of {pause}", format::bytes(DRAINED)));
    }
    if topology == Topology::Active {
        let full = match &subject.evaluation.of(topology).runway {
            Runway::Fills(filling) => filling.to_alert.low.map_or_else(String::new, after),
            _ => String::new(),
        };
        stops.push(format!("a survivor’s memory reaches {}{full}", format::percent(ALERT)));
        stops.push("a member that is no part of the drill is not Linked".to_owned());
    }
    stops.push("errors reach users that the drill was not to touch".to_owned());
    stops
}

fn after(time: Secs) -> String {
    format!(" (after {} at the earliest)", format::duration(time))
}

/// What the box for a log says.
pub const LOG_LABEL: &str = "Log of a drill: a step and its minutes in a line, or when it began and ended";
/// A log as it is typed.
pub const LOG_EXAMPLE: &str = "detect 3 min\ndecide; 02:14; 02:31";

/// The title of a drill's document.
#[must_use]
pub fn drill_title(plan: &Plan) -> String {
    format!("Drills: {}", plan.name)
}

/// Lines to sign.
#[must_use]
pub fn signatures(name: String, roles: &[&str]) -> Table {
    Table {
        id: "signatures",
        name,
        columns: ["Role", "Name", "Date", "Signature"].map(Column::text).into(),
        rows: roles.iter().map(|role| Row::of([*role, "", "", ""])).collect(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::catalog::Catalog;
    use crate::evaluate::evaluate;
    use crate::import::drill_log::read_drill_log;
    use crate::report::document::markdown;

    /// Every kit of every preset names its steps as a log names them, and has its stops and lines to sign.
    #[test]
    fn every_preset_has_kits_whose_sheet_a_log_can_follow() {
        let catalog = Catalog::bundled().unwrap();
        for text in crate::presets::PRESETS {
            let plan = crate::codec::from_json(text).unwrap();
            let evaluation = evaluate(&plan, &catalog);
            let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
            for topology in Topology::ALL {
                let kit = drill_kit(subject, topology);
                let Some(chain) = drilled(subject, topology) else {
                    assert!(kit.blocks.is_empty());
                    continue;
                };
                let sheet = &kit.tables()[0];
                assert_eq!(sheet.rows.len(), chain.steps.len());
                for row in &sheet.rows {
                    let line = format!("{} 3 min", row.cells[1].words());
                    assert!(read_drill_log(&line).is_ok(), "{line}");
                }
                let text = markdown(&kit.heading, std::slice::from_ref(&kit));
                assert!(text.contains("(P95)") && text.contains("Leads the drill"), "{text}");
            }
        }
    }
}
