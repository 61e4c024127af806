//! Drills: what was measured beside what the ranges said, and what the next drill needs.

use super::super::{NONE, Subject};
use super::paths::first_path;
use crate::explore::drills::EXPECTED;
use crate::explore::{Coverage, StepCoverage, coverage};
use crate::model::Topology;
use crate::report::chart::{Chart, drills_chart};
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::report::drill_kit::drill_kit;
use crate::units::{Ratio, format};

/// A chance below this says that the ranges are too narrow.
const UNLIKELY: f64 = 0.05;

/// Measured times from which on they can confirm the ranges: of ten, one outside is expected.
const ENOUGH: usize = 10;

/// How often P05–P95 held, step by step; before the first drill the ranges themselves.
#[must_use]
pub fn drill_record(subject: Subject) -> Section {
    let found = coverage(subject.plan, subject.catalog);
    let ranges = || first_path(subject).map(|chart| Chart { says: Vec::new(), ..chart });
    let section = Section::new("drill-record", "Drills so far", says(&found));
    section.with_figure(drills_chart(&found).or_else(ranges)).with(Block::Table(table(&found)))
}

/// The kit of every topology.
#[must_use]
pub fn drill_kits(subject: Subject) -> Vec<Section> {
    Topology::ALL.map(|topology| drill_kit(subject, topology)).into()
}

fn says(found: &Coverage) -> String {
    let (Some(share), Some(chance)) = (found.share(), found.chance()) else {
        return "No drill yet: measured times replace a step’s range, and show how often the ranges hold.".to_owned();
    };
    let expected = format::percent(Ratio::fraction(EXPECTED));
    let judged = format::counted(found.judged(), "measured time");
    let verdict = if chance.as_fraction() < UNLIKELY {
        format!("so few would be rare ({}): the ranges are too narrow", format::percent(chance))
    } else if found.judged() < ENOUGH {
        format!("too few to confirm the ranges; {ENOUGH} are enough")
    } else {
        "the ranges hold".to_owned()
    };
    let lie = if found.inside() == 1 || found.judged() == 1 { "lies" } else { "lie" };
    format!(
        "{} of {judged} {lie} inside P05–P95 ({}; {expected} expected): {verdict}.",
        found.inside(),
        format::percent(share)
    )
}

fn table(found: &Coverage) -> Table {
    let row = |step: &StepCoverage| {
        let ends = |take: fn(&StepCoverage) -> Option<String>| take(step).unwrap_or_else(|| NONE.to_owned());
        let times: Vec<String> = step.times.iter().map(|time| format::duration(*time)).collect();
        let inside = match step.range {
            Some(_) => format!("{} of {}", step.inside, step.times.len()),
            None => "no path of this plan has the step".to_owned(),
        };
        Row::of([
            step.label.to_owned(),
            ends(|step| Some(format::duration(step.range?.0))),
            ends(|step| Some(format::duration(step.range?.1))),
            times.join(", "),
            inside,
        ])
    };
    Table {
        id: "drills",
        name: "Measured times and ranges".to_owned(),
        columns: vec![
            Column::names("Step"),
            Column::figures("P05"),
            Column::figures("P95"),
            Column::text("Measured"),
            Column::text("Inside"),
        ],
        rows: found.steps.iter().map(row).collect(),
    }
}
