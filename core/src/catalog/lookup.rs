//! Questions that the models ask.

use super::price::{NodePrice, Origin, PriceTable};
use super::region::ROUND_TRIP_SOURCE;
use super::terms::ReservationTerm;
use super::{
    Catalog, CatalogError, FactorBand, KnownPrice, Meter, Price, PriceConfidence, PriceService, Region, RegionId,
    RetiringSize, RoundTrip, Sku, SkuId, TieredPrice,
};
use crate::units::{Currency, HOURS_PER_YEAR, Secs, UnitPrice};
use fnv::FnvHasher;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

/// The region whose prices the factors of the others multiply.
pub(super) const BASE_REGION: &str = "eastus";

#[cfg(test)]
impl Catalog {
    /// The same with fewer sizes to choose from, by their short names: small enough to try every design.
    pub(crate) fn with_sizes(&self, short: &[&str]) -> Self {
        let mut fewer = self.clone();
        for sku in fewer.skus.iter_mut().filter(|sku| !short.contains(&sku.id.short())) {
            (sku.active_geo, sku.passive_geo, sku.family) = (false, false, super::Family::FlashOptimized);
        }
        fewer
    }
}

impl Catalog {
    /// The size of that name.
    #[must_use]
    pub fn sku(&self, id: &SkuId) -> Option<&Sku> {
        self.sku_at(id.as_str()).and_then(|at| self.skus.get(at))
    }

    /// The region of that name.
    #[must_use]
    pub fn region(&self, id: &RegionId) -> Option<&Region> {
        self.region_at(id.as_str()).and_then(|at| self.regions.get(at))
    }

    /// Position of a size in [`Catalog::skus`].
    pub(crate) fn sku_at(&self, name: &str) -> Option<usize> {
        self.sku_index.position(name)
    }

    /// Position of a size in the price tables: that of [`Catalog::sku_at`], and behind all of them that of a retiring size.
    pub(crate) fn size_at(&self, name: &str) -> Option<usize> {
        let retiring = || self.retiring.iter().position(|size| size.id.as_str() == name).map(|at| self.skus.len() + at);
        self.sku_at(name).or_else(retiring)
    }

    /// The name of the size at such a position.
    pub(crate) fn size_id(&self, at: usize) -> Option<&SkuId> {
        let retiring = || self.retiring.get(at.checked_sub(self.skus.len())?).map(|it| &it.id);
        self.skus.get(at).map(|it| &it.id).or_else(retiring)
    }

    /// The service whose factors multiply the price of a size.
    pub(crate) fn service_of(&self, size: usize) -> PriceService {
        let retiring = || size.checked_sub(self.skus.len()).and_then(|at| self.retiring.get(at));
        let sku = self.skus.get(size).map(|sku| PriceService::of(sku.family));
        sku.or_else(|| retiring().map(RetiringSize::price_service)).unwrap_or(PriceService::Enterprise)
    }

    /// Position of a region in [`Catalog::regions`].
    pub(crate) fn region_at(&self, name: &str) -> Option<usize> {
        self.region_index.position(name)
    }

    /// The region's display name; the ARM name for a region that the catalogue does not know.
    #[must_use]
    pub fn region_name<'a>(&'a self, id: &'a RegionId) -> &'a str {
        self.region(id).map_or(id.as_str(), |region| &region.name)
    }

    /// The price of one node of a size and one hour in a region, pay as you go, with where it comes from, in the
    /// catalogue's currency. A Premium cache with one replica is two nodes a shard; an AMR member with HA is two nodes.
    ///
    /// In every region each size has one: quoted, or `round(base × factor, 3)` with the factor of the region and the service,
    /// which is derived where price lists gave the factor and estimated within a band where not. Unknown, with a reason, for a
    /// size or region that the catalogue does not know, for the few retiring sizes without a base price, and under a sheet in
    /// another currency. A caller that weighs many sizes takes [`Catalog::node_amount`].
    #[must_use]
    pub fn node_price(&self, sku: &SkuId, region: &RegionId) -> Price {
        match self.place(sku, region).and_then(|place| self.node(place)) {
            Some(known) => Price::Known(known),
            None => Price::Unknown { reason: self.no_price(sku, region) },
        }
    }

    /// What a list of regions says of one without prices of nodes: "no price", "no Premium price", "no Managed Redis price"; `None` where
    /// at least one size of each has one. A region that the catalogue does not know has none.
    #[must_use]
    pub fn price_gap(&self, region: &RegionId) -> Option<&'static str> {
        let region = self.region_at(region.as_str());
        let priced = |managed: bool| {
            let mut sizes = self.skus.iter().enumerate().filter(|(_, sku)| sku.family.is_managed_redis() == managed);
            region.is_some_and(|region| sizes.any(|(at, _)| self.amount_at((at, region)).is_some()))
        };
        match (priced(false), priced(true)) {
            (true, true) => None,
            (false, true) => Some("no Premium price"),
            (true, false) => Some("no Managed Redis price"),
            (false, false) => Some("no price"),
        }
    }

    /// The bare amount of [`Catalog::node_price`], without its origin.
    #[must_use]
    pub fn node_amount(&self, sku: &SkuId, region: &RegionId) -> Option<UnitPrice> {
        self.amount_at(self.place(sku, region)?)
    }

    /// The same by the positions of size and region.
    pub(crate) fn amount_at(&self, place: (usize, usize)) -> Option<UnitPrice> {
        self.tables().find_map(|table| self.in_table(table, place)).map(|node| node.amount)
    }

    fn place(&self, sku: &SkuId, region: &RegionId) -> Option<(usize, usize)> {
        Some((self.size_at(sku.as_str())?, self.region_at(region.as_str())?))
    }

    fn in_table(&self, table: &PriceTable, (sku, region): (usize, usize)) -> Option<NodePrice> {
        *table.nodes.get(sku * self.regions.len() + region)?
    }

    fn node(&self, place: (usize, usize)) -> Option<KnownPrice> {
        self.tables().find_map(|table| {
            let node = self.in_table(table, place)?;
            let origin = table.origins.get(usize::from(node.origin))?;
            let (source, how) = self.made(origin, place.0);
            let (band, confidence) = self.band_of(origin, place.0);
            Some(KnownPrice { amount: node.amount, confidence, as_of: origin.as_of.clone(), source, how, band })
        })
    }

    /// The band of a price and its confidence: of the region's factor, and where no list gave the size's base price of both together. A
    /// quoted price has none.
    fn band_of(&self, origin: &Origin, size: usize) -> (Option<FactorBand>, PriceConfidence) {
        let base = self.prices.bases.get(size).and_then(Option::as_ref).and_then(|base| base.shares);
        let Some((low, high)) = base.filter(|_| origin.confidence != PriceConfidence::Published) else {
            return (origin.band, origin.confidence);
        };
        let one =
            FactorBand { service: self.service_of(size), factor: Decimal::ONE, low: Decimal::ONE, high: Decimal::ONE };
        let factor = origin.band.unwrap_or(one);
        let both = FactorBand { low: factor.low * low, high: factor.high * high, ..factor };
        (Some(both), PriceConfidence::Estimated)
    }

    /// Sources and words of a price, with the size's own figures where it was made from its base price.
    fn made(&self, origin: &Origin, size: usize) -> (Arc<str>, Arc<str>) {
        let base = self.prices.bases.get(size).and_then(Option::as_ref).filter(|_| origin.how.contains('{'));
        let Some(base) = base else { return (Arc::clone(&origin.source), Arc::clone(&origin.how)) };
        let retiring = || self.retiring.get(size.checked_sub(self.skus.len())?).map(|size| size.id.short());
        let short = self.skus.get(size).map(|sku| sku.id.short()).or_else(retiring).unwrap_or_default();
        let amount = base.amount.as_decimal().to_string();
        let mut how = origin.how.replace("{base}", &amount).replace("{sku}", short);
        if let Some((low, high)) = base.shares {
            let end = |share: Decimal| (base.amount.as_decimal() * share).round_dp(3).normalize();
            how = format!("{how}; no list has {short} in East US, it is {} to {} there", end(low), end(high));
        }
        let mut source = origin.source.to_string();
        for tag in base.source.split(' ').filter(|tag| !origin.source.split(' ').any(|other| other == *tag)) {
            source = format!("{source} {tag}");
        }
        (source.into(), how.into())
    }

    /// "no price for P3 in West Europe: enter one", or what is wrong with the size or the region.
    pub(crate) fn no_price(&self, sku: &SkuId, region: &RegionId) -> String {
        if self.size_at(sku.as_str()).is_none() {
            return format!("the catalogue has no size “{sku}”: choose one of its list");
        }
        if self.region(region).is_none() {
            return self.no_region(region);
        }
        let currency = self.in_other_currency();
        format!("no price{currency} for {} in {}: enter one", sku.short(), self.region_name(region))
    }

    /// " in EUR", where a sheet in another currency than the bundled prices' hides these.
    pub(super) fn in_other_currency(&self) -> String {
        let currency = self.currency();
        if currency == Currency::USD { String::new() } else { format!(" in {currency}") }
    }

    pub(crate) fn no_region(&self, region: &RegionId) -> String {
        format!("the catalogue has no region “{region}”: choose one of its {}", self.regions.len())
    }

    /// The price of one node of a size over a whole reservation term in a region, in the catalogue's currency.
    ///
    /// The published or derived total where there is one; else hours of the term × node price × (1 − discount), rounded
    /// to whole dollars as totals are: derived where the discount was read in the family (35 % and 55 %), estimated where it is
    /// carried (Premium outside East US) or the node price is estimated, whose band it then has.
    /// Unknown where the node price is.
    #[must_use]
    pub fn reservation_price(&self, sku: &SkuId, region: &RegionId, term: ReservationTerm) -> Price {
        let Some((at, place)) = self.place(sku, region) else {
            return Price::Unknown { reason: self.no_price(sku, region) };
        };
        if let Some(total) = self.tables().find_map(|table| table.reservations.get(&(at, place, term))) {
            return Price::Known(total.clone());
        }
        let Some(node) = self.node((at, place)) else {
            return Price::Unknown { reason: self.no_price(sku, region) };
        };
        self.discounted(at, node, term).map_or_else(
            || Price::Unknown {
                reason: format!(
                    "no reservation of {} in {} is known{}: choose pay-as-you-go",
                    sku.short(),
                    self.region_name(region),
                    self.in_other_currency()
                ),
            },
            Price::Known,
        )
    }

    /// The same of a node that costs another price than the list's as it is used: `own × total ÷ list`, to the cent, so that a term takes the
    /// share off it that it takes off the list (M-10). `None` where the total or the list price is unknown, or that is 0.
    #[must_use]
    pub fn reservation_at(
        &self,
        own: UnitPrice,
        sku: &SkuId,
        region: &RegionId,
        term: ReservationTerm,
    ) -> Option<KnownPrice> {
        let total = self.reservation_price(sku, region, term).known()?.amount.as_decimal();
        let (own, list) = (own.as_decimal(), self.node_amount(sku, region)?.as_decimal());
        let amount = own.checked_mul(total)?.checked_div(list)?.round_dp(2);
        let hours = HOURS_PER_YEAR * term.years();
        let whole = list.checked_mul(Decimal::from(hours))?;
        let percent = total.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?.round_dp(1).normalize();
        let yours: Price = Price::yours(UnitPrice::new(amount));
        let how = format!("{own} an hour (yours) × {hours} h × {percent} %, the term's share of the list price").into();
        Some(KnownPrice { how, ..yours.known()?.clone() })
    }

    fn discounted(&self, sku: usize, node: KnownPrice, term: ReservationTerm) -> Option<KnownPrice> {
        let family = self.skus.get(sku)?.family;
        let mut rules = self.tables().flat_map(|table| &table.discounts);
        let rule = rules.find(|rule| rule.family == family && rule.term == term)?;
        let hours = HOURS_PER_YEAR * term.years();
        let hourly = node.amount.as_decimal();
        let paid = Decimal::ONE - rule.fraction;
        let percent = (rule.fraction * Decimal::ONE_HUNDRED).normalize();
        Some(KnownPrice {
            amount: UnitPrice::new(hourly.saturating_mul(Decimal::from(hours)).saturating_mul(paid).round()),
            confidence: node.confidence.max(rule.confidence).max(PriceConfidence::Derived),
            as_of: node.as_of,
            source: format!("{} {}", node.source, rule.source).into(),
            how: format!(
                "{hourly} an hour ({}) × {hours} h × (1 − {percent} %): {}",
                node.confidence.as_str(),
                rule.how
            )
            .into(),
            band: node.band,
        })
    }

    /// A meter's schedule in a region, or the reason for having none.
    ///
    /// Where no row of the region was read, East US's price is used and the confidence is estimated.
    pub fn meter(&self, meter: Meter, region: &RegionId) -> Result<&TieredPrice, String> {
        let at = self.region_at(region.as_str()).ok_or_else(|| self.no_region(region))?;
        self.schedule(meter, Some(at)).ok_or_else(|| {
            format!("no price{} of this meter in {}{}", self.in_other_currency(), self.region_name(region), ADD_ITS_ROW)
        })
    }

    /// The schedule of a region, else the one for every region.
    pub(super) fn schedule(&self, meter: Meter, region: Option<usize>) -> Option<&TieredPrice> {
        self.tables().find_map(|table| table.meters.get(&(meter, region)).or_else(|| table.meters.get(&(meter, None))))
    }

    /// The published median round trip between two regions: mean of both directions of the 30 days to its date (S21).
    /// `None` for one region twice, for an unknown one, and for the four regions that the matrix lacks.
    #[must_use]
    pub fn round_trip(&self, a: &RegionId, b: &RegionId) -> Option<RoundTrip> {
        let (a, b) = (self.region_at(a.as_str())?, self.region_at(b.as_str())?);
        let table = &self.round_trips;
        let millis = (*table.millis.get(a * table.width + b)?)?;
        Some(RoundTrip {
            rtt: Secs::millis(millis),
            yours: false,
            as_of: table.as_of,
            source: ROUND_TRIP_SOURCE.to_owned(),
        })
    }
}

/// What to do about a meter that has no field of its own in a plan.
pub(super) const ADD_ITS_ROW: &str = ": open a price sheet that has its row";

/// Positions of rows by their names: every line of a bill asks for some.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names(Arc<HashMap<Box<str>, usize, BuildHasherDefault<FnvHasher>>>);

impl Names {
    /// Of names in their order; an error when one stands twice.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Result<Self, CatalogError> {
        let mut positions = HashMap::default();
        for (at, name) in names.enumerate() {
            if positions.insert(Box::from(name), at).is_some() {
                return Err(CatalogError(format!("the catalogue has two rows named {name}")));
            }
        }
        Ok(Self(Arc::new(positions)))
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }
}
