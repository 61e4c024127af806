//! A drill of one topology on paper: what must hold before, what is timed, when to stop, who signs.

use super::document::{Block, Column, Row, Section, Table};
use super::runbook::{Case, Step, runbook};
use super::views::Subject;
use super::words;
use crate::catalog::Severity;
use crate::model::Topology;
use crate::model::rto::{DRAINED, RtoChain, RtoPath, RtoStep, planned_pause};
use crate::model::runway::Runway;
use crate::model::thresholds::ALERT;
use crate::plan::{Confirmation, ENDPOINT, EvidenceKind, IMPORT, LOAD, Plan, Site, step_label};
use crate::stats::bands::{P05, P95};
use crate::units::{Secs, format};

/// The sections of the runbook that a drill goes through, out and back: it ends in the state in which it began.
#[must_use]
pub const fn drill_parts(topology: Topology) -> (&'static [&'static str], &'static [&'static str]) {
    match topology {
        // It is built beside the cache that serves, and what was built is deleted.
        Topology::Rebuild => (&["Drill"], &[]),
        Topology::Passive | Topology::Active => (&["Planned failover"], &["Failback"]),
    }
}

/// The path that a drill of a topology takes: a pair's planned failover where it has one, else the path of an outage. A rebuild is rehearsed
/// beside the cache that serves: nobody notices, decides or moves.
fn drilled(subject: Subject, topology: Topology) -> Option<RtoChain> {
    let chains = &subject.evaluation.of(topology).rto;
    let chain = chains.iter().find(|chain| chain.path == RtoPath::PlannedFailover).or_else(|| chains.first())?;
    Some(match topology {
        Topology::Rebuild => {
            chain.with_only(subject.plan, &["recovery.create", ENDPOINT, IMPORT, LOAD, "recovery.validate"])
        }
        Topology::Passive | Topology::Active => chain.clone(),
    })
}

/// The kit of a topology: the path, a sheet to fill with the model's P05–P95 of each step, when to stop, and lines to sign. The stops are
/// those of the model: its P95, the plan's target, the pause of the clients, the alert on memory. A topology without a recovery path has
/// one sentence.
#[must_use]
pub fn drill_kit(subject: Subject, topology: Topology) -> Section {
    let name = topology.name().to_ascii_lowercase();
    let drilled = drilled(subject, topology);
    let Some(chain) = &drilled else {
        return Section::new(id(topology), format!("Drill of the {name}"), "No recovery path, so nothing to drill.");
    };
    let says = format!(
        "A drill of the {name} goes by {} and takes {} (P95 {}).",
        words::path(chain.path),
        format::duration(chain.p50),
        format::duration(chain.p95)
    );
    let (parts, home) = drill_parts(topology);
    let mut out = of_runbook(subject, topology, parts);
    let mut back = of_runbook(subject, topology, home);
    // The drill of a rebuild is one section: from the deletion on it leads back.
    if let Some(at) = out.iter().position(|step| home.is_empty() && step.field == "delete_member") {
        back = out.split_off(at);
    }
    let mut section = Section::new(id(topology), format!("Drill of the {name}"), says)
        .with(Block::Heading("Before".into()))
        .with(Block::list(before(subject, chain)))
        .with(Block::Heading("Steps".into()))
        .with(Block::Table(table(topology, &out, ("drill-steps", "Steps of the drill"))))
        .with(Block::Heading("Then back".into()))
        .with(Block::paragraph(as_before(topology)))
        .with(Block::Table(table(topology, &back, ("drill-back", "Steps back to the state before"))));
    let copy = copy_of(subject.plan);
    if let Some(table) = force_unlink(subject, topology, &copy) {
        section = section
            .with(Block::Heading("Then the force-unlink, on a group made for it".into()))
            .with(Block::paragraph(on_a_copy(&copy)))
            .with(Block::Table(table));
    }
    section
        .with(Block::Heading("Note the times".into()))
        .with(Block::Table(sheet(subject, topology, chain)))
        .with(Block::remark(few(subject, topology, chain)))
        .with(Block::Heading("Stop and go back when".into()))
        .with(Block::list(stops(subject, topology, chain)))
        .with(Block::Table(signatures(
            format!("Signatures of the drill of the {name}"),
            &["Leads the drill", "Watches the service", "Owns the data"],
        )))
}

/// Where the force-unlink is drilled: it gives a member up for good.
fn on_a_copy(copy: &Plan) -> String {
    format!(
        "Never on the group that serves. Copy the plan: name the copy “{}”, empty its Site inputs, choose a small size. Create its members \
         by “Create” of its own runbook, and fill them. Block one member's network for an hour. Run these steps of that runbook, then “Clean \
         up”.",
        copy.name
    )
}

/// When a drill is over.
const fn as_before(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild => "The drill is over when the cache that serves is the only one again.",
        Topology::Passive | Topology::Active => {
            "The drill is over when everything is as it was: roles, links and clients, as saved before it."
        }
    }
}

/// The plan of a group that is made for a drill: by its own names, none of those that serve.
fn copy_of(plan: &Plan) -> Plan {
    let mut copy = Plan { name: format!("{} drill", plan.name), site: Site::default(), ..plan.clone() };
    (copy.today.sku, copy.passive.exists) = (None, Confirmation::NotSo);
    copy
}

/// Of a group: giving a member up and taking it back, which no redirection tries.
fn force_unlink(subject: Subject, topology: Topology, copy: &Plan) -> Option<Table> {
    let mut steps = of_runbook(Subject { plan: copy, ..subject }, topology, &["Unplanned failover", "Afterwards"]);
    // The member is given up: what is for one that comes back is not needed.
    steps.retain(|step| step.case != Case::Returned);
    (topology == Topology::Active).then(|| table(topology, &steps, ("drill-force-unlink", "Steps of the force-unlink")))
}

/// The steps of these sections of the runbook.
fn of_runbook(subject: Subject, topology: Topology, parts: &[&str]) -> Vec<Step> {
    let Subject { plan, catalog, evaluation } = subject;
    let book = runbook(topology, plan, catalog, evaluation);
    let sections = parts.iter().filter_map(|part| book.sections.iter().find(|it| it.title == *part));
    sections.flat_map(|section| section.steps.clone()).collect()
}

/// What to do, what to expect and when to stop; the commands stand in the runbook.
fn table(topology: Topology, steps: &[Step], (id, name): (&'static str, &str)) -> Table {
    let row = |step: &Step| {
        let abort = [step.fails.as_str(), step.rollback.as_str()];
        let abort: Vec<&str> = abort.into_iter().filter(|text| !text.is_empty()).collect();
        let runs = if step.commands.is_empty() { "" } else { " (commands: runbook)" };
        Row::of([format!("{}{runs}", step.text), step.check.clone(), abort.join(" Back: "), String::new()])
    };
    let rows = steps.iter().map(row).collect();
    let columns = ["Do", "Expected", "If not", "Done at"].map(Column::text).into();
    Table { id, name: format!("{name} of the {}", topology.name().to_ascii_lowercase()), columns, rows }
}

/// Said where one or two times stand for a step's whole range.
fn few(subject: Subject, topology: Topology, chain: &RtoChain) -> String {
    let measured = |field: &&str| {
        let known = subject.plan.evidence(field).filter(|known| known.kind == EvidenceKind::Measured);
        known.is_some_and(|known| known.times.len() < ENOUGH)
    };
    let steps: Vec<&str> =
        timed(topology, chain).iter().map(|it| it.0).filter(measured).filter_map(step_label).collect();
    if steps.is_empty() {
        return String::new();
    }
    format!(
        "P05 and P95 of {} are the times of one or two drills: enter {ENOUGH} before they say how far apart they lie.",
        format::listed(&steps)
    )
}

/// Drills from which on P05 and P95 of a step are taken for its range.
const ENOUGH: usize = 3;

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
    let (way, saved) = match chain.path {
        RtoPath::PlannedFailover | RtoPath::GeoFailover | RtoPath::Unlink => {
            ("The link is Succeeded, GeoReplicationHealthy is 1, and the sync offset does not grow.", "redis")
        }
        RtoPath::Redirect => ("Every member lists every database as Linked.", "redisenterprise database"),
        RtoPath::Rebuild => ("The database serves the reload beside its load.", "redisenterprise"),
    };
    vec![
        way.to_owned(),
        blocks,
        "A quiet hour inside a change window; approver and on-call know of it.".to_owned(),
        format!("az {saved} show of every cache is saved."),
    ]
}

/// Fields of the steps that a drill times, with their ranges: those of the path, and of a group what the force-unlink adds.
fn timed(topology: Topology, chain: &RtoChain) -> Vec<(&'static str, Option<&RtoStep>)> {
    let path = chain.steps.iter().map(|step| (step.field, Some(step)));
    let more: &[&str] = match topology {
        Topology::Active => &["recovery.force_unlink", "recovery.delete_member", "recovery.create"],
        Topology::Rebuild | Topology::Passive => &[],
    };
    path.chain(more.iter().map(|field| (*field, None))).collect()
}

/// Every step with its band, and room for two times.
fn sheet(subject: Subject, topology: Topology, chain: &RtoChain) -> Table {
    let recovery = &subject.plan.recovery;
    let row = |(field, step): (&'static str, Option<&RtoStep>)| {
        let own = match field {
            "recovery.force_unlink" => recovery.force_unlink,
            "recovery.delete_member" => recovery.delete_member,
            _ => recovery.create,
        };
        let spread = || subject.plan.step_spread(field, own).0;
        let (low, high) = step.map_or_else(
            || (Secs::secs(spread().at(P05)), Secs::secs(spread().at(P95))),
            |step| step.band(subject.plan),
        );
        let name = field.strip_prefix("recovery.").unwrap_or(field);
        Row::of([
            step.map(|step| step.name).or(step_label(field)).unwrap_or(name).to_owned(),
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
        rows: timed(topology, chain).into_iter().map(row).collect(),
    }
}

fn stops(subject: Subject, topology: Topology, chain: &RtoChain) -> Vec<String> {
    let mut stops = vec![format!("it takes longer than {} (P95)", format::duration(chain.p95))];
    let waited = subject.plan.objectives.rto.filter(|target| topology != Topology::Rebuild && *target < chain.p95);
    if let Some(target) = waited {
        stops.push(format!("users wait longer than the target of {}", format::duration(target)));
    }
    if chain.path == RtoPath::PlannedFailover {
        let pause = format::duration(planned_pause(subject.plan, &subject.evaluation.of(topology).rto));
        stops.push(format!(
            "the offset is not below {} and the roles have not changed within the pause of {pause}: renew the pause before you unlink",
            format::bytes(DRAINED)
        ));
    }
    if chain.path == RtoPath::Unlink {
        let pause = format::duration(planned_pause(subject.plan, &subject.evaluation.of(topology).rto));
        stops.push(format!(
            "the clients have not moved when the pause of {pause} ends: renew the pause, and export the old cache before it is relinked"
        ));
    }
    if topology == Topology::Rebuild {
        stops.push(format!("the database serves more than {}", format::ops(subject.plan.rebuild.database_limit)));
    }
    if topology == Topology::Active {
        let full = match &subject.evaluation.of(topology).runway {
            Runway::Fills(filling) => filling.to_alert.low.map_or_else(String::new, after),
            _ => String::new(),
        };
        stops.push(format!("a survivor’s memory reaches {}{full}", format::percent(ALERT)));
        stops.push("a member that is no part of the drill is not Linked".to_owned());
    }
    let stay = match chain.path {
        RtoPath::Unlink => " (until the unlink; afterwards stay, and return by “Failback”)",
        _ => "",
    };
    stops.push(format!("errors reach users that the drill was not to touch{stay}"));
    stops
}

fn after(time: Secs) -> String {
    if time <= Secs::ZERO {
        return " (at worst it is there already)".to_owned();
    }
    format!(" (after {} at the earliest)", format::duration(time))
}

/// What the box for a log says.
pub const LOG_LABEL: &str = "Log of a drill: a step and its minutes in a line, or when it began and ended; the runbook's transcripts and the log of the night, both at once";
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

    /// A drill touches nothing that serves: a rebuild's deletes the cache that it made and no other, and moves no user; the force-unlink names
    /// no member of the group, not even one of the site file.
    #[test]
    fn a_drill_touches_nothing_that_serves() {
        let catalog = Catalog::bundled().unwrap();
        let mut plan = Plan { name: "Orders".to_owned(), ..Plan::default() };
        plan.traffic.switch = crate::plan::TrafficSwitch::TrafficManager;
        plan.site_of_mut(0).unwrap().cache = "orders-live".to_owned();
        let evaluation = evaluate(&plan, &catalog);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        let steps = of_runbook(subject, Topology::Rebuild, &["Drill"]);
        let commands: String = steps.iter().map(|step| step.commands.as_str()).collect();
        assert!(commands.contains("az redisenterprise create") && commands.contains("az redisenterprise delete"));
        assert!(!commands.contains("orders-live") && !commands.contains("traffic-manager"), "{commands}");
        let kit = drill_kit(subject, Topology::Active);
        let force = markdown(
            "",
            &[Section::new("a", "b", "")
                .with(Block::Table(force_unlink(subject, Topology::Active, &copy_of(&plan)).unwrap()))],
        );
        assert!(force.contains("orders-drill-") && !force.contains("orders-live"), "{force}");
        assert!(markdown("", std::slice::from_ref(&kit)).contains("“Orders drill”"));
        assert!(kit.tables().iter().any(|it| it.id == "drill-force-unlink"));
    }

    /// The drill of a rebuild moves no user: it times what it does, its sum is theirs, and no user waits.
    #[test]
    fn the_drill_of_a_rebuild_times_what_it_does() {
        let catalog = Catalog::bundled().unwrap();
        let mut plan = Plan::default();
        plan.objectives.rto = Some(Secs::mins(1.0));
        let evaluation = evaluate(&plan, &catalog);
        let subject = Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation };
        let chain = drilled(subject, Topology::Rebuild).unwrap();
        let names: Vec<_> = timed(Topology::Rebuild, &chain).iter().map(|it| it.0).collect();
        assert_eq!(names, ["recovery.create", "recovery.endpoint", LOAD, "recovery.validate"]);
        assert!((chain.total.high - chain.steps.iter().map(|step| step.time.high).sum()).as_secs().abs() < 1e-6);
        let outage = &evaluation.of(Topology::Rebuild).rto[0];
        assert!(chain.p95 < outage.p95 && chain.p50 > Secs::ZERO);
        let said = stops(subject, Topology::Rebuild, &chain).join("\n");
        assert!(!said.contains("users wait") && said.contains("the database serves more than"), "{said}");
    }

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
                let drilled = drilled(subject, topology);
                let Some(chain) = &drilled else {
                    assert!(kit.blocks.is_empty());
                    continue;
                };
                let tables = kit.tables();
                let sheet = tables.iter().find(|it| it.id == "drill-sheet").unwrap();
                assert_eq!(sheet.rows.len(), timed(topology, chain).len());
                for row in &sheet.rows {
                    let line = format!("{} 3 min", row.cells[1].words());
                    assert!(read_drill_log(&line).is_ok(), "{line}");
                }
                // Each step says what to do, what to expect and what to do if it is not so.
                for table in
                    tables.iter().filter(|it| ["drill-steps", "drill-back", "drill-force-unlink"].contains(&it.id))
                {
                    assert!(!table.rows.is_empty(), "{topology:?}");
                    for row in &table.rows {
                        assert!(row.cells.iter().take(3).all(|cell| !cell.words().is_empty()), "{:?}", row.cells);
                    }
                }
                assert!(tables.iter().any(|it| it.id == "drill-back"), "{topology:?}: a drill leads back");
                let force = tables.iter().any(|it| it.id == "drill-force-unlink");
                assert_eq!(force, topology == Topology::Active, "a group's drill gives a member up, on a copy");
                let text = markdown(&kit.heading, std::slice::from_ref(&kit));
                assert!(text.contains("(P95)") && text.contains("Leads the drill"), "{text}");
            }
        }
    }
}
