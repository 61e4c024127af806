//! The outage of the group event by event.

use super::super::Subject;
use crate::model::outage_simulation::WhatIf;
use crate::report::chart::timeline_chart;
use crate::report::document::{Block, LogEntry, Section};
use crate::report::outage_log::{LogLine, outage_log};

/// Memory and live data of the members over the plan's outage, and its events.
#[must_use]
pub fn simulation_section(subject: Subject, story: &WhatIf) -> Section {
    let Subject { plan, catalog, .. } = subject;
    Section::new("outage-happens", "What happens to the active group", "")
        .opened_by(Some(timeline_chart(plan, catalog, story)))
        .with(Block::details("Every event", vec![log(outage_log(plan, catalog, &story.own(plan).log))]))
}

/// The lines of a log as a block.
pub(super) fn log(lines: Vec<LogLine>) -> Block {
    let entry = |line: LogLine| LogEntry { at: line.at, weight: line.weight, text: line.text.into() };
    Block::Log(lines.into_iter().map(entry).collect())
}
