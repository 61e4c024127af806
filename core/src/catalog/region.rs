//! Regions and round trips between them.

use super::RegionId;
use crate::units::{Date, Secs};
use serde::{Deserialize, Serialize};

/// Continents as the bandwidth price list cuts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Continent {
    /// North America.
    NorthAmerica,
    /// Europe.
    Europe,
    /// Asia.
    Asia,
    /// Oceania.
    Oceania,
    /// Middle East and Africa.
    MiddleEastAndAfrica,
    /// South America.
    SouthAmerica,
}

/// One Azure region.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// ARM name.
    pub id: RegionId,
    /// Display name, "North Europe".
    pub name: String,
    /// Geography, the border of data residency.
    pub geography: String,
    /// Continent of the bandwidth price list.
    pub continent: Continent,
    /// Has availability zones.
    pub zones: bool,
    /// The paired region, if there is one.
    pub pair: Option<RegionId>,
    /// True when the paired region names this one as its pair too. The list has one-way pairs (West US 3 → East US).
    pub pair_is_mutual: bool,
    /// Only for some customers.
    pub restricted: bool,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Source tags: the list of regions, and the coordinates' where those have one.
    pub source: String,
}

/// A published or measured median round trip.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundTrip {
    /// Median round trip.
    pub rtt: Secs,
    /// True when the plan's own figure replaced the published one.
    pub yours: bool,
    /// Last day of the published month; none for the plan's own figure.
    pub as_of: Option<Date>,
    /// Source tag.
    pub source: String,
}

/// Source tag of the published matrix.
pub(crate) const ROUND_TRIP_SOURCE: &str = "S21";

/// The published matrix, mean of both directions, by the positions of the regions; see `lookup`.
#[derive(Debug, Clone, Default)]
pub(crate) struct RoundTripTable {
    /// Regions in a row.
    pub(crate) width: usize,
    /// Milliseconds, row by row; absent where nothing is published.
    pub(crate) millis: Vec<Option<f64>>,
    pub(crate) as_of: Option<Date>,
}
