//! Inter-region traffic: two published schemes, and nobody says which one geo-replication is billed on.

use super::lookup::ADD_ITS_ROW;
use super::price::EgressReach;
use super::{Catalog, KnownPrice, Price, PriceWord, Region, RegionId};
use crate::plan::EgressScheme;
use crate::units::UnitPrice;

impl Catalog {
    /// The price of a GB sent from one region to another; 0 with its reason inside one region.
    ///
    /// By continent: the source's price inside its continent or to another (S14, S15). By source region: the source's
    /// own meter (S14, its name inferred, so estimated). The dearer of the two says what the other would be. Where one
    /// scheme has no price for the source, the other stands in and says so; unknown where neither has one.
    #[must_use]
    pub fn egress_price(&self, from: &RegionId, to: &RegionId, scheme: EgressScheme) -> Price {
        let (source, target) = match (self.region(from), self.region(to)) {
            (Some(source), Some(target)) => (source, target),
            (None, _) => return Price::Unknown { reason: self.no_region(from) },
            (_, None) => return Price::Unknown { reason: self.no_region(to) },
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
        Some(KnownPrice { how: format!("by continent, {words}"), ..price.clone() })
    }

    fn by_source(&self, source: &Region) -> Option<KnownPrice> {
        let at = self.region_at(source.id.as_str())?;
        let price = self.tables().find_map(|table| table.egress_by_source.get(&at))?;
        let remark = if price.how.is_empty() { String::new() } else { format!(": {}", price.how) };
        Some(KnownPrice { how: format!("by the meter of {}{remark}", source.name), ..price.clone() })
    }
}

const CONTINENT: &str = "by continent";
const METER: &str = "by the source region's meter";

fn inside(region: &Region) -> KnownPrice {
    KnownPrice {
        amount: UnitPrice::default(),
        word: PriceWord::Published,
        as_of: "2024-11-15".to_owned(),
        source: "S1".to_owned(),
        how: format!("both ends are in {}: inter-region traffic is charged between regions only", region.name),
    }
}

/// The price of the one scheme that has one; it says so unless it is the scheme that was asked for.
fn alone(mut price: KnownPrice, wanted: bool, missing: &str, source: &Region) -> KnownPrice {
    if !wanted {
        price.how = format!("{}; no price {missing} is known for {}", price.how, source.name);
    }
    price
}

fn dearer(mut price: KnownPrice, other: &KnownPrice, scheme: &str) -> KnownPrice {
    let same = price.amount == other.amount;
    let verdict = if same { "both schemes agree" } else { "the dearer of two published schemes" };
    price.how = format!("{}; {verdict}, {scheme} it is {}", price.how, other.amount.as_decimal().normalize());
    price
}
