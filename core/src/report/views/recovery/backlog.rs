//! Writes, link and backlog over the day (M-04).

use super::super::Subject;
use crate::model::Topology;
use crate::plan::Plan;
use crate::report::chart::Backlogs;
use crate::report::document::{Block, Section};

/// The backlog of one design over the day; `None` where nothing is replicated.
#[must_use]
pub fn backlog_section(subject: Subject, topology: Topology) -> Option<Section> {
    let chart = Backlogs::of(subject.plan, subject.evaluation).chart(subject.plan, topology)?;
    let (id, name) = match topology {
        Topology::Active => ("backlog-active", "Backlog of the active group"),
        Topology::Rebuild | Topology::Passive => ("backlog-passive", "Backlog of the passive pair"),
    };
    Some(Section::new(id, name, "").opened_by(Some(chart)).with(Block::remark(writes_follow(subject.plan))))
}

/// Where the course of the writes comes from.
#[must_use]
pub fn writes_follow(plan: &Plan) -> String {
    match &plan.workload.profile {
        Some(profile) => format!("The writes follow the series “{}”.", profile.name),
        None => "Writes follow the plan's bursts; a measured series is more exact: CSV of time and writes/s (or MB/s), or JSON of az \
                 monitor metrics list.".to_owned(),
    }
}
