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
    /// Only for some customers.
    pub restricted: bool,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
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

/// The published matrix, mean of both directions; see `lookup`.
#[derive(Debug, Clone, Default)]
pub(crate) struct RoundTripTable {
    /// Regions of rows and columns.
    pub(crate) regions: Vec<RegionId>,
    /// Whole milliseconds, row by row; absent where nothing is published.
    pub(crate) millis: Vec<Option<f64>>,
    pub(crate) as_of: Option<Date>,
    pub(crate) source: String,
}
