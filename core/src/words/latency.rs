//! Why a latency is not known.

use crate::catalog::{Catalog, RegionId};

/// Nothing serves the users of a region, or no round trip to what would serve them is published.
#[must_use]
pub fn no_latency(catalog: &Catalog, users_in: &RegionId, to: Option<&RegionId>) -> String {
    match to {
        None => "nothing serves them".to_owned(),
        Some(to) => {
            let (from, to) = (catalog.region_name(users_in), catalog.region_name(to));
            format!("no round trip {from} – {to} is published")
        }
    }
}
