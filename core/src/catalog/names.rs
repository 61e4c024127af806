//! Continents and families as the data names them.

use super::{Continent, Family};

/// Continents as the data names them.
pub(crate) const CONTINENTS: [(&str, Continent); 6] = [
    ("North America", Continent::NorthAmerica),
    ("Europe", Continent::Europe),
    ("Asia", Continent::Asia),
    ("Oceania", Continent::Oceania),
    ("Middle East and Africa", Continent::MiddleEastAndAfrica),
    ("South America", Continent::SouthAmerica),
];

/// The family that a size's name begins with, or that is the name.
pub(crate) fn family(name: &str) -> Option<Family> {
    Some(match name.split('_').next()? {
        "MemoryOptimized" => Family::MemoryOptimized,
        "Balanced" => Family::Balanced,
        "ComputeOptimized" => Family::ComputeOptimized,
        "FlashOptimized" => Family::FlashOptimized,
        "Premium" => Family::Premium,
        _ => return None,
    })
}
