//! Inter-region traffic: two published schemes, and nobody says which one geo-replication is billed on.

use super::lookup::ADD_ITS_ROW;
use super::price::EgressReach;
use super::terms::EgressScheme;
use super::{Catalog, FactorBand, KnownPrice, Price, PriceConfidence, PriceService, Region, RegionId, TieredPrice};
use crate::units::UnitPrice;

/// What each of the two published schemes says of a GB between two regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EgressPrices {
    /// By continent: inside the source's, or to another.
    pub by_continent: Price,
    /// By the meter of the source region.
    pub by_source: Price,
}

/// The tiers that traffic between two regions is billed by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Egress {
    /// The tiers, on the month's total of the source.
    pub schedule: TieredPrice,
    /// The meter of the source region; where the scheme by continent is applied, the name of its charge.
    pub meter: &'static str,
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
                    by_source: or_unknown(self.by_source(source).map(|schedule| schedule.origin), METER),
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

    /// The price of a GB sent from one region to another, of the first tier; 0 with its reason inside one region.
    ///
    /// As [`Catalog::egress`], whose first tier it is; unknown where that is an error.
    #[must_use]
    pub fn egress_price(&self, from: &RegionId, to: &RegionId, scheme: EgressScheme) -> Price {
        match self.egress(from, to, scheme) {
            Ok(egress) => Price::Known(egress.schedule.origin),
            Err(reason) => Price::Unknown { reason },
        }
    }

    /// The tiers of a GB sent from one region to another, on the month's total of the source, with the name of what they are of;
    /// 0 with its reason inside one region.
    ///
    /// By continent: the source's price inside its continent or to another (S14, S15), without tiers. By source region: the
    /// source's own meter (S14, its name inferred, so estimated; or the opened sheet's, with its tiers). The dearer of the
    /// two, by the first tier, says what the other would be, and has a band between both where it is estimated; of two that agree the published one counts, unless the other
    /// is the user's own. Where one scheme has no price for the source, the other stands in and says so; an error says
    /// what to enter where neither has one.
    pub fn egress(&self, from: &RegionId, to: &RegionId, scheme: EgressScheme) -> Result<Egress, String> {
        let (source, target) = self.ends(from, to)?;
        let by_meter = |schedule| Ok(Egress { schedule, meter: SOURCE_METER });
        if source.id == target.id {
            return by_meter(TieredPrice::flat(inside(source)));
        }
        let charge = if source.continent == target.continent { WITHIN } else { ACROSS };
        let by_continent = |schedule| Ok(Egress { schedule, meter: charge });
        let continent = self.by_continent(source, target).map(TieredPrice::flat);
        let meter = self.by_source(source).map(|meter| between(meter, continent.as_ref()));
        match (scheme, continent, meter) {
            (_, None, None) => Err(format!(
                "no inter-region price{} from {} to {}{ADD_ITS_ROW}",
                self.in_other_currency(),
                source.name,
                target.name
            )),
            (_, Some(only), None) => by_continent(alone(only, scheme == EgressScheme::ByContinent, METER, source)),
            (_, None, Some(only)) => by_meter(alone(only, scheme == EgressScheme::BySourceRegion, CONTINENT, source)),
            (EgressScheme::ByContinent, Some(price), Some(_)) => by_continent(price),
            (EgressScheme::BySourceRegion, Some(_), Some(price)) => by_meter(price),
            (EgressScheme::Dearer, Some(continent), Some(meter)) => {
                let (one, other) = (meter.origin.amount, continent.origin.amount);
                let own = meter.origin.confidence == PriceConfidence::Yours;
                if one > other || (one == other && own) {
                    by_meter(dearer(meter, &continent.origin, CONTINENT))
                } else {
                    by_continent(dearer(continent, &meter.origin, METER))
                }
            }
        }
    }

    /// The price of a GB that the opened sheet gives for traffic out of a region, of the first tier that is paid; none
    /// without a sheet, or where it has no row of it.
    #[must_use]
    pub fn sheet_egress(&self, from: &RegionId) -> Option<UnitPrice> {
        let at = self.region_at(from.as_str())?;
        let sheet = self.sheet.as_ref()?;
        sheet.prices.egress_by_source.get(&at).map(|schedule| schedule.origin.amount)
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

    fn by_source(&self, source: &Region) -> Option<TieredPrice> {
        let at = self.region_at(source.id.as_str())?;
        let mut schedule = self.tables().find_map(|table| table.egress_by_source.get(&at))?.clone();
        let remark = &schedule.origin.how;
        let remark = if remark.is_empty() { String::new() } else { format!(": {remark}") };
        schedule.origin.how = format!("by the meter of {}{remark}", source.name).into();
        Some(schedule)
    }
}

const CONTINENT: &str = "by continent";
const METER: &str = "by the source region's meter";

/// The meter of a source region (S14, where its name was lost and is inferred).
const SOURCE_METER: &str = "Standard Inter-Region Data Transfer";
/// The two charges of the scheme by continent (S14, S15); no source names their meters.
const WITHIN: &str = "Intra-continental data transfer";
const ACROSS: &str = "Inter-continental data transfer";

/// An inferred price of the meter, which may be that of the other scheme: between both.
fn between(mut meter: TieredPrice, continent: Option<&TieredPrice>) -> TieredPrice {
    let own = meter.origin.amount.as_decimal();
    let other = continent.map(|it| it.origin.amount.as_decimal()).filter(|other| *other != own);
    if let Some(other) = other.filter(|_| meter.origin.confidence == PriceConfidence::Estimated) {
        let (low, high) = (own.min(other), own.max(other));
        meter.origin.band = Some(FactorBand { service: PriceService::Traffic, factor: own, low, high });
    }
    meter
}

fn inside(region: &Region) -> KnownPrice {
    KnownPrice {
        amount: UnitPrice::default(),
        confidence: PriceConfidence::Published,
        as_of: "2024-11-15".into(),
        source: "S1".into(),
        how: format!("both ends are in {}: inter-region traffic is charged between regions only", region.name).into(),
        band: None,
    }
}

/// The price of the one scheme that has one; it says so unless it is the scheme that was asked for.
fn alone(mut schedule: TieredPrice, wanted: bool, missing: &str, source: &Region) -> TieredPrice {
    let price = &mut schedule.origin;
    if !wanted {
        price.how = format!("{}; no price {missing} is known for {}", price.how, source.name).into();
    }
    schedule
}

fn dearer(mut schedule: TieredPrice, other: &KnownPrice, scheme: &str) -> TieredPrice {
    let price = &mut schedule.origin;
    let same = price.amount == other.amount;
    let verdict = if same { "both schemes agree" } else { "the higher of two published rates" };
    let whose = if other.confidence == PriceConfidence::Yours { " of your sheet" } else { "" };
    let amount = other.amount.as_decimal().normalize();
    price.how = format!("{}; {verdict}, {scheme}{whose} it is {amount}", price.how).into();
    schedule
}
