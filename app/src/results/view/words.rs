//! Words that several panels share.

use dr_core::model::Topology;

/// Class of the topology's colour.
pub(in crate::results) const fn class(topology: Topology) -> &'static str {
    crate::document::of(topology)
}

/// Stable name in attributes.
pub(in crate::results) const fn slug(topology: Topology) -> &'static str {
    topology.slug()
}
