//! Questions that the models ask.

use super::price::NodePrice;
use super::region::ROUND_TRIP_SOURCE;
use super::{Catalog, KnownPrice, Meter, Price, PriceWord, Region, RegionId, RoundTrip, Sku, SkuId, TieredPrice};
use crate::plan::ReservationTerm;
use crate::units::{HOURS_PER_YEAR, Secs, UnitPrice};
use rust_decimal::Decimal;

/// The region that estimates are measured against: every family has a published point there.
const BASE_REGION: &str = "eastus";

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
        position(&self.sku_index, name, |at| self.skus.get(at).map(|sku| sku.id.as_str()))
    }

    /// Position of a region in [`Catalog::regions`].
    pub(crate) fn region_at(&self, name: &str) -> Option<usize> {
        position(&self.region_index, name, |at| self.regions.get(at).map(|region| region.id.as_str()))
    }

    /// The region's display name; the ARM name for a region that the catalogue does not know.
    #[must_use]
    pub fn region_name<'a>(&'a self, id: &'a RegionId) -> &'a str {
        self.region(id).map_or(id.as_str(), |region| &region.name)
    }

    /// US dollars for one node of a size and one hour in a region, pay as you go, with where it comes from.
    /// A Premium cache with one replica is two nodes a shard; an AMR member with HA is two nodes.
    ///
    /// Unknown, with a reason, for a size or region that the catalogue does not know and where the region has no
    /// published price of any family. A caller that weighs many sizes takes [`Catalog::node_amount`].
    #[must_use]
    pub fn node_price(&self, sku: &SkuId, region: &RegionId) -> Price {
        match self.node(sku, region) {
            Some((node, at)) => Price::Known(self.with_origin(node, at)),
            None => Price::Unknown { reason: self.no_price(sku, region) },
        }
    }

    /// The bare amount of [`Catalog::node_price`], US dollars for one node and one hour, without its origin.
    #[must_use]
    pub fn node_amount(&self, sku: &SkuId, region: &RegionId) -> Option<UnitPrice> {
        self.node(sku, region).map(|(node, _)| node.amount)
    }

    fn node(&self, sku: &SkuId, region: &RegionId) -> Option<(NodePrice, usize)> {
        let (sku, region) = (self.sku_at(sku.as_str())?, self.region_at(region.as_str())?);
        let node = *self.prices.nodes.get(sku * self.regions.len() + region)?;
        node.map(|node| (node, sku))
    }

    fn with_origin(&self, node: NodePrice, sku: usize) -> KnownPrice {
        let amount = node.amount;
        let Some(origin) = self.prices.origins.get(usize::from(node.origin)) else {
            return KnownPrice {
                amount,
                word: PriceWord::Estimated,
                as_of: String::new(),
                source: String::new(),
                how: String::new(),
            };
        };
        let (as_of, source) = (origin.as_of.clone(), origin.source.clone());
        KnownPrice { amount, word: origin.word, as_of, source, how: self.how(&origin.how, sku) }
    }

    /// Fills the size's own figures into the words that a group of prices shares.
    fn how(&self, shared: &str, sku: usize) -> String {
        let Some(sku) = self.skus.get(sku).filter(|_| shared.contains('{')) else { return shared.to_owned() };
        let base = self.node_amount(&sku.id, &RegionId::new(BASE_REGION)).unwrap_or_default();
        shared
            .replace("{ratio}", &sku.size_ratio.to_string())
            .replace("{base}", &base.as_decimal().to_string())
            .replace("{sku}", sku.id.short())
    }

    /// "no price for P3 in West Europe: enter one", or what is wrong with the size or the region.
    pub(crate) fn no_price(&self, sku: &SkuId, region: &RegionId) -> String {
        if self.sku(sku).is_none() {
            return format!("the catalogue has no size “{sku}”: choose one of its list");
        }
        if self.region(region).is_none() {
            return self.no_region(region);
        }
        format!("no price for {} in {}: enter one", sku.short(), self.region_name(region))
    }

    pub(crate) fn no_region(&self, region: &RegionId) -> String {
        format!("the catalogue has no region “{region}”: choose one of its {}", self.regions.len())
    }

    /// US dollars for one node of a size over a whole reservation term in a region.
    ///
    /// The published or derived total where there is one; else hours of the term × node price × (1 − discount), rounded
    /// to whole dollars as totals are, and estimated: the discount is carried from another region or family.
    /// Unknown where the node price is.
    #[must_use]
    pub fn reservation_price(&self, sku: &SkuId, region: &RegionId, term: ReservationTerm) -> Price {
        let Some((node, at)) = self.node(sku, region) else {
            return Price::Unknown { reason: self.no_price(sku, region) };
        };
        let place = self.region_at(region.as_str()).unwrap_or(usize::MAX);
        if let Some(total) = self.prices.reservations.get(&(at, place, term)) {
            return Price::Known(total.clone());
        }
        self.discounted(at, node, term).map_or_else(
            || Price::Unknown {
                reason: format!(
                    "no reservation of {} in {} is known: choose pay-as-you-go",
                    sku.short(),
                    self.region_name(region)
                ),
            },
            Price::Known,
        )
    }

    fn discounted(&self, sku: usize, node: NodePrice, term: ReservationTerm) -> Option<KnownPrice> {
        let family = self.skus.get(sku)?.family;
        let rule = self.prices.discounts.iter().find(|rule| rule.family == family && rule.term == term)?;
        let hours = match term {
            ReservationTerm::OneYear => HOURS_PER_YEAR,
            ReservationTerm::ThreeYears => HOURS_PER_YEAR * 3,
        };
        let hourly = node.amount.as_decimal();
        let paid = Decimal::ONE - rule.fraction;
        let origin = self.with_origin(node, sku);
        let percent = (rule.fraction * Decimal::ONE_HUNDRED).normalize();
        Some(KnownPrice {
            amount: UnitPrice::new((hourly * Decimal::from(hours) * paid).round()),
            word: PriceWord::Estimated,
            as_of: origin.as_of,
            source: format!("{} {}", origin.source, rule.source),
            how: format!("{hourly} an hour ({}) × {hours} h × (1 − {percent} %): {}", origin.word.as_str(), rule.how),
        })
    }

    /// A meter's ladder in a region, or the reason for having none.
    ///
    /// Where no row of the region was read, East US's price stands in and the word is estimated.
    pub fn meter(&self, meter: Meter, region: &RegionId) -> Result<&TieredPrice, String> {
        let at = self.region_at(region.as_str()).ok_or_else(|| self.no_region(region))?;
        let ladders = &self.prices.meters;
        ladders
            .get(&(meter, Some(at)))
            .or_else(|| ladders.get(&(meter, None)))
            .ok_or_else(|| format!("no price of this meter in {}: enter one", self.region_name(region)))
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

/// Finds a name by halving an index that is in the order of the names.
fn position<'a>(index: &[u16], name: &str, named: impl Fn(usize) -> Option<&'a str>) -> Option<usize> {
    let found = index.binary_search_by(|&at| named(usize::from(at)).unwrap_or_default().cmp(name)).ok()?;
    index.get(found).map(|&at| usize::from(at))
}
