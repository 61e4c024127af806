//! Where caches may stand: for the plan's own regions (M-11) and the search of regions (M-17).

use super::rows::table;
use crate::catalog::{Continent, Region};
use crate::units::names::names;

names! {
    /// How far data may go from the first region.
    #[derive(Default)]
    Residency {
        /// Anywhere.
        #[default]
        Anywhere = "anywhere", "anywhere",
        /// In the geography of the first region, the border of data residency.
        OneGeography = "one-geography", "in one geography",
        /// In the regions that the plan names, and in no other.
        NamedRegions = "named-regions", "in the plan's regions only",
    }
}

names! {
    /// A continent of the price lists.
    Area {
        /// North America.
        NorthAmerica = "north-america", "North America",
        /// Europe.
        Europe = "europe", "Europe",
        /// Asia.
        Asia = "asia", "Asia",
        /// Oceania.
        Oceania = "oceania", "Oceania",
        /// Middle East and Africa.
        MiddleEastAndAfrica = "middle-east-and-africa", "Middle East and Africa",
        /// South America.
        SouthAmerica = "south-america", "South America",
    }
}

table! {
    /// Where caches may stand: those of the search of regions, and those of the plan's own regions, where a rebuild comes back among them.
    #[derive(Eq)]
    Placement at [placement] in Regions {
        /// How far from the first region.
        residency: Residency = Residency::default()
            => choice("Data may be stored") { note: "for the search of regions" };
        /// None chosen: all.
        areas: Vec<Area> = Vec::new() => several("Continents that are allowed") { note: "none chosen: all" };
    }
}

impl Placement {
    /// Whether a cache may stand in a region, where the plan's first is `first` and names it or not.
    #[must_use]
    pub fn allows(&self, region: &Region, first: Option<&Region>, named: bool) -> bool {
        let resident = match self.residency {
            Residency::Anywhere => true,
            Residency::OneGeography => first.is_none_or(|first| first.geography == region.geography),
            Residency::NamedRegions => named,
        };
        resident && (self.areas.is_empty() || self.areas.contains(&Area::of(region.continent)))
    }
}

impl Area {
    const fn of(continent: Continent) -> Self {
        match continent {
            Continent::NorthAmerica => Self::NorthAmerica,
            Continent::Europe => Self::Europe,
            Continent::Asia => Self::Asia,
            Continent::Oceania => Self::Oceania,
            Continent::MiddleEastAndAfrica => Self::MiddleEastAndAfrica,
            Continent::SouthAmerica => Self::SouthAmerica,
        }
    }
}
