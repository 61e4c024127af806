//! Inter-region traffic: two published schemes, and nobody says which one geo-replication is billed on.

use super::lookup::ADD_ITS_ROW;
use super::price::EgressReach;
use super::{Catalog, KnownPrice, Price, PriceWord, Region, RegionId};
use crate::plan::EgressScheme;
use crate::units::UnitPrice;

/// What each of the two published schemes says of a GB between two regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EgressPrices {
    /// By continent: inside the source's, or to another.
    pub by_continent: Price,
    /// By the meter of the source region.
    pub by_source: Price,
}

impl EgressPrices {
    /// True when both have a price and the prices differ: then the choice of the scheme decides the bill.
    #[must_use]
    pub fn differ(&self) -> bool {
        let amounts = [&self.by_continent, &self.by_source].map(|price| price.known().map(|it| it.amount));
        matches!(amounts, [Some(one), Some(other)] if one != other)
    }
}

impl Catalog {
    /// Both published schemes side by side, for display beside the one that [`Catalog::egress_price`] applies.
    ///
    /// Inside one region both are 0 with the reason. A scheme without a price for the source is unknown, and so are both
    /// for a region that the catalogue does not have.
    #[must_use]
    pub fn egress_prices(&self, from: &RegionId, to: &RegionId) -> EgressPrices {
        let both = |price: Price| EgressPrices { by_continent: price.clone(), by_source: price };
        match self.ends(from, to) {
            Err(reason) => both(Price::Unknown { reason }),
            Ok((source, target)) if source.id == target.id => both(Price::Known(inside(source))),
            Ok((source, target)) => {
                let or_unknown = |price: Option<KnownPrice>, scheme: &str| {
                    let reason =
                        || format!("no price{} {scheme} is known for {}", self.in_other_currency(), source.name);
                    price.map_or_else(|| Price::Unknown { reason: reason() }, Price::Known)
                };
                EgressPrices {
                    by_continent: or_unknown(self.by_continent(source, target), CONTINENT),
                    by_source: or_unknown(self.by_source(source), METER),
                }
            }
        }
    }

    fn ends(&self, from: &RegionId, to: &RegionId) -> Result<(&Region, &Region), String> {
        match (self.region(from), self.region(to)) {
            (Some(source), Some(target)) => Ok((source, target)),
            (None, _) => Err(self.no_region(from)),
            (_, None) => Err(self.no_region(to)),
        }
    }

    /// The price of a GB sent from one region to another; 0 with its reason inside one region.
    ///
    /// By continent: the source's price inside its continent or to another (S14, S15). By source region: the source's
    /// own meter (S14, its name inferred, so estimated). The dearer of the two says what the other would be. Where one
    /// scheme has no price for the source, the other stands in and says so; unknown where neither has one.
    #[must_use]
    pub fn egress_price(&self, from: &RegionId, to: &RegionId, scheme: EgressScheme) -> Price {
        let (source, target) = match self.ends(from, to) {
            Ok(ends) => ends,
            Err(reason) => return Price::Unknown { reason },
        };
        if source.id == target.id {
            return Price::Known(inside(source));
        }
        let (continent, meter) = (self.by_continent(source, target), self.by_source(source));
        match (scheme, continent, meter) {
            (_, None, None) => Price::Unknown {
                reason: format!(
                    "no inter-region price{} from {} to {}{ADD_ITS_ROW}",
                    self.in_other_currency(),
                    source.name,
                    target.name
                ),
            },
            (_, Some(only), None) => Price::Known(alone(only, scheme == EgressScheme::ByContinent, METER, source)),
            (_, None, Some(only)) => {
                Price::Known(alone(only, scheme == EgressScheme::BySourceRegion, CONTINENT, source))
            }
            (EgressScheme::ByContinent, Some(price), Some(_))
            | (EgressScheme::BySourceRegion, Some(_), Some(price)) => Price::Known(price),
            (EgressScheme::Dearer, Some(continent), Some(meter)) => Price::Known(if meter.amount > continent.amount {
                dearer(meter, &continent, CONTINENT)
            } else {
                dearer(continent, &meter, METER)
            }),
        }
    }

    fn by_continent(&self, source: &Region, target: &Region) -> Option<KnownPrice> {
        let (reach, words) = if source.continent == target.continent {
            (EgressReach::Within, "within one continent")
        } else {
            (EgressReach::Across, "to another continent")
        };
        let mut rows = self.tables().flat_map(|table| &table.egress_by_continent);
        let (_, _, price) = rows.find(|(at, how_far, _)| *at == source.continent && *how_far == reach)?;
        Some(KnownPrice { how: format!("by continent, {words}").into(), ..price.clone() })
    }

    fn by_source(&self, source: &Region) -> Option<KnownPrice> {
        let at = self.region_at(source.id.as_str())?;
        let price = self.tables().find_map(|table| table.egress_by_source.get(&at))?;
        let remark = if price.how.is_empty() { String::new() } else { format!(": {}", price.how) };
        Some(KnownPrice { how: format!("by the meter of {}{remark}", source.name).into(), ..price.clone() })
    }
}

const CONTINENT: &str = "by continent";
const METER: &str = "by the source region's meter";

fn inside(region: &Region) -> KnownPrice {
    KnownPrice {
        amount: UnitPrice::default(),
        word: PriceWord::Published,
        as_of: "2024-11-15".into(),
        source: "S1".into(),
        how: format!("both ends are in {}: inter-region traffic is charged between regions only", region.name).into(),
    }
}

/// The price of the one scheme that has one; it says so unless it is the scheme that was asked for.
fn alone(mut price: KnownPrice, wanted: bool, missing: &str, source: &Region) -> KnownPrice {
    if !wanted {
        price.how = format!("{}; no price {missing} is known for {}", price.how, source.name).into();
    }
    price
}

fn dearer(mut price: KnownPrice, other: &KnownPrice, scheme: &str) -> KnownPrice {
    let same = price.amount == other.amount;
    let verdict = if same { "both schemes agree" } else { "the dearer of two published schemes" };
    price.how = format!("{}; {verdict}, {scheme} it is {}", price.how, other.amount.as_decimal().normalize()).into();
    price
}
