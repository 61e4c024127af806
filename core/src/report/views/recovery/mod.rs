//! The tab Recovery: how long until users are served again, and how old the copy is.

mod availability;
mod backlog;
mod candidates;
mod full_sync;
mod latency;
mod paths;
mod recovery_point;
mod sensitivity;
mod surge;
#[cfg(test)]
mod tests;

use super::Subject;
use crate::explore::latency_candidates;
use crate::model::Topology;
use crate::report::document::Section;

pub use availability::availability_section;
pub use backlog::{backlog_section, writes_follow};
pub use candidates::{LISTED, candidates};
pub use full_sync::full_sync;
pub use latency::latency;
pub use paths::{recovery_paths, recovery_times};
pub use recovery_point::recovery_point;
pub use sensitivity::{Found, sensitivity_section, sensitivity_whole};
pub use surge::surge_section;

/// Time to recover.
#[must_use]
pub fn times(subject: Subject) -> Vec<Section> {
    vec![recovery_times(subject), recovery_paths(subject)]
}

/// Full sync and RPO.
#[must_use]
pub fn copies(subject: Subject) -> Vec<Section> {
    vec![full_sync(subject), recovery_point(subject)]
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

/// Latency, and the regions that would shorten it.
#[must_use]
pub fn latencies(subject: Subject) -> Vec<Section> {
    let found = [Topology::Passive, Topology::Active]
        .map(|topology| candidates(subject, topology, &latency_candidates(topology, subject.plan, subject.catalog)));
    [latency(subject)].into_iter().chain(found).collect()
}

/// What moves recovery time, RPO and memory most.
#[must_use]
pub fn moves(subject: Subject) -> Vec<Section> {
    sensitivity_whole(subject, &[0, 1, 2]).into_iter().collect()
}
