//! Words that several panels share.

use dr_core::model::Topology;

/// Stable name in attributes.
pub(in crate::results) const fn slug(topology: Topology) -> &'static str {
    topology.slug()
}
