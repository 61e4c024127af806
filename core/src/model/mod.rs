//! The models: each takes a [`Case`] (or plan and catalogue) and returns figures and enums; `words` and `report` word them.

mod answers;
pub mod availability;
pub mod backlog;
pub mod capacity;
pub mod case;
pub mod cost;
pub mod demand;
pub mod fit;
pub mod horizon;
pub mod latency;
pub mod lifecycle;
pub mod migration;
pub(crate) mod missed_changes;
pub mod outage_simulation;
mod place;
pub mod rpo;
pub mod rto;
pub mod runway;
pub mod scenarios;
pub mod sizing;
pub mod surge;
pub mod sync;
pub mod thresholds;
mod throughput;
mod topology;
pub mod traffic_switch;
mod trials;
pub mod verdict;

#[cfg(test)]
mod laws;
#[cfg(test)]
pub(crate) mod testing;

pub use answers::{Answers, TopologyAnswer};
pub use case::Case;
pub use place::Place;
pub use topology::Topology;
