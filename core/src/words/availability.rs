//! What keeps a group from the highest published level.

use crate::model::availability::Condition;

impl Condition {
    /// "availability zones in West US", for the end of "99.999 % needs …".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::HighAvailability => "high availability of every member".to_owned(),
            Self::ZoneRedundancy => "zone-redundant members".to_owned(),
            Self::ZonesIn(regions) => format!("availability zones in {}", regions.join(" and in ")),
            Self::ThreeRegions(members) => format!("three regions, and the plan has {members}"),
        }
    }
}
