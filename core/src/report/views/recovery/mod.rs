//! The tab Recovery: how long until users are served again, and how old the copy is.

mod availability;
mod backlog;
mod candidates;
mod drills;
mod full_sync;
mod latency;
mod parts;
mod paths;
mod recovery_point;
mod sensitivity;
mod surge;
#[cfg(test)]
mod tests;
mod traffic;

use super::Subject;
use crate::explore::latency_candidates;
use crate::model::Topology;
use crate::report::document::Section;

pub use availability::availability_section;
pub use backlog::{backlog_section, writes_follow};
pub use candidates::{LISTED, candidates};
pub use drills::{drill_kits, drill_record};
pub use full_sync::full_sync;
pub use latency::latency;
pub use parts::data_parts;
pub use paths::{many_trials, recovery_distribution, recovery_paths, recovery_times};
pub use recovery_point::recovery_point;
pub(super) use sensitivity::cost_sensitivity_whole;
pub use sensitivity::{Found, cost_sensitivity, sensitivity_awaited, sensitivity_section, sensitivity_whole};
pub use surge::surge_section;
pub use traffic::traffic_switch;

/// Time to recover.
#[must_use]
pub fn times(subject: Subject) -> Vec<Section> {
    vec![recovery_times(subject), recovery_distribution(subject)]
}

/// Every recovery path step by step.
#[must_use]
pub fn steps(subject: Subject) -> Vec<Section> {
    [recovery_paths(subject)].into_iter().chain(traffic_switch(subject)).collect()
}

/// What drills measured, and the kit of the next.
#[must_use]
pub fn drilled(subject: Subject) -> Vec<Section> {
    [drill_record(subject)].into_iter().chain(drill_kits(subject)).collect()
}

/// Full sync.
#[must_use]
pub fn sync(subject: Subject) -> Vec<Section> {
    vec![full_sync(subject)]
}

/// Recovery point.
#[must_use]
pub fn point(subject: Subject) -> Vec<Section> {
    vec![recovery_point(subject), data_parts(subject)]
}

/// Backlog over the day, of pair and group.
#[must_use]
pub fn backlog(subject: Subject) -> Vec<Section> {
    [Topology::Passive, Topology::Active]
        .into_iter()
        .filter_map(|topology| backlog_section(subject, topology))
        .collect()
}

/// Surge on the database.
#[must_use]
pub fn surge(subject: Subject) -> Vec<Section> {
    vec![surge_section(subject)]
}

/// Availability.
#[must_use]
pub fn availability(subject: Subject) -> Vec<Section> {
    vec![availability_section(subject)]
}

/// Latency.
#[must_use]
pub fn latencies(subject: Subject) -> Vec<Section> {
    vec![latency(subject)]
}

/// The regions that would shorten the worst write.
#[must_use]
pub fn regions(subject: Subject) -> Vec<Section> {
    let found = |topology| latency_candidates(topology, subject.plan, subject.catalog);
    [Topology::Passive, Topology::Active].map(|topology| candidates(subject, topology, &found(topology))).into()
}

/// What moves recovery time, RPO and memory most.
#[must_use]
pub fn sensitivity(subject: Subject) -> Vec<Section> {
    sensitivity_whole(subject, &[0, 1, 2]).into_iter().collect()
}
