//! Dates on which services end, and the availability that is promised until then.

use crate::units::{Date, Ratio};
use serde::Serialize;

/// A service with an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// Azure Cache for Redis: Basic, Standard and Premium.
    Premium,
    /// Azure Cache for Redis: Enterprise and Enterprise Flash.
    Enterprise,
}

/// What happens on the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LifecycleEvent {
    /// New customers can no longer create caches (for Enterprise: nobody can).
    CreationBlockedNew,
    /// A block of creation for everyone that was announced for this day and withdrawn before it.
    CreationBlockWithdrawn,
    /// The last day of the service.
    Retired,
}

/// One dated event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lifecycle {
    /// The service.
    pub service: Service,
    /// What happens.
    pub event: LifecycleEvent,
    /// When.
    pub date: Date,
    /// Source tags.
    pub source: String,
    /// The event in a sentence, with what is unsure about it.
    pub text: String,
}

/// A configuration with an availability of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlaConfiguration {
    /// Premium without zones.
    Premium,
    /// Premium across zones.
    PremiumZones,
    /// AMR with high availability, without zones.
    Managed,
    /// AMR with high availability across zones.
    ManagedZones,
    /// An active group of zone-redundant members in at least three regions.
    ActiveThreeRegions,
    /// AMR without high availability.
    ManagedWithoutHa,
}

/// The availability of one configuration.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sla {
    /// The configuration.
    pub configuration: SlaConfiguration,
    /// Share of the time that the endpoint can be connected to; `None` where nothing is promised.
    pub availability: Option<Ratio>,
    /// Source tags.
    pub source: String,
    /// Remark; may be empty.
    pub note: String,
}
