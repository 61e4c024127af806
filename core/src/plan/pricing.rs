//! Prices, discounts and the time the plan covers.

use crate::catalog::{EgressScheme, RegionId, ReservationTerm, SkuId};
use crate::units::{Bytes, Currency, Date, Ratio, UnitPrice};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Who pays the traffic of an active group: the newer text (D1) says it is absorbed, the older (S3) says standard rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EgressBilling {
    /// Not passed on to customers today; "can change in the future" (D1).
    #[default]
    Absorbed,
    /// Standard inter-region rates (S3).
    ListRate,
}

/// A node price that the user typed; it wins over the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceOverride {
    /// The size.
    pub sku: SkuId,
    /// The region.
    pub region: RegionId,
    /// US dollars for one node and one hour.
    pub per_node_hour: UnitPrice,
}

/// Everything about money that the user decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pricing {
    /// The currency in which the plan's own amounts were typed: budget, hour of an engineer, own prices. They count only
    /// where the catalogue's prices are in the same; nothing is converted.
    pub currency: Currency,
    /// Negotiated discount on nodes, as a fraction of the list price.
    pub discount: Decimal,
    /// Negotiated discount on traffic between regions: the stream and full syncs.
    #[serde(default)]
    pub discount_bandwidth: Decimal,
    /// Negotiated discount on private endpoints: hours and volume.
    #[serde(default)]
    pub discount_endpoints: Decimal,
    /// Negotiated discount on monitoring: alert rules and logs.
    #[serde(default)]
    pub discount_monitoring: Decimal,
    /// Reservation of the nodes; none is pay-as-you-go.
    pub reservation: Option<ReservationTerm>,
    /// Share of the node-hours that the reservation covers; the others are pay-as-you-go.
    #[serde(default = "whole")]
    pub reservation_coverage: Decimal,
    /// Which egress scheme is applied.
    pub egress_scheme: EgressScheme,
    /// Whether an active group's traffic is billed.
    pub active_egress: EgressBilling,
    /// Share of the replication stream's bytes that compression on the way saves; nothing is published, so none.
    pub stream_compression: Ratio,
    /// Log ingestion of one cache in a month.
    pub logs_per_cache: Bytes,
    /// Metric alert rules of one cache.
    pub alerts_per_cache: u32,
    /// Full syncs in a year; absent: derived from patches, scalings, drills and outages ([`crate::model::sync::causes`]).
    pub full_syncs_per_year: Option<u32>,
    /// Drills in a year.
    pub drills_per_year: u32,
    /// Hours of people in one drill.
    pub hours_per_drill: Decimal,
    /// Hours for which one drill runs an extra cache like the last one; assumption: none, it runs on the caches there are.
    #[serde(default)]
    pub drill_cache_hours: Decimal,
    /// Hours of engineers who run one design in a month; assumption: none, so that no bill holds them unasked.
    #[serde(default)]
    pub run_hours_per_month: Decimal,
    /// What an hour of an engineer costs; absent means unknown, never 0.
    pub engineer_hour: Option<UnitPrice>,
    /// Node prices that the user typed.
    pub overrides: Vec<PriceOverride>,
    /// Share of cache traffic that passes through private endpoints and is charged by volume.
    pub endpoint_traffic: Ratio,
}

/// The time that the plan covers, and the move to another service where one ends inside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Horizon {
    /// First day of the plan.
    pub start: Date,
    /// Length in months, 1 to 120.
    pub months: u32,
    /// Months in which a pair and the group that follows it run side by side; an assumption, 1.
    pub parallel_months: u32,
    /// Hours of people that the move from a pair to a group takes; an assumption, 160: one person for four weeks.
    pub migration_hours: u32,
}

impl Pricing {
    /// The user's own price of a size in a region, where prices are in this currency.
    #[must_use]
    pub fn own_price(&self, sku: &SkuId, region: &RegionId, currency: Currency) -> Option<&PriceOverride> {
        let mut own = self.overrides.iter().filter(|_| self.currency == currency);
        own.find(|own| own.sku == *sku && own.region == *region)
    }
}

/// All of it: what a plan from before there was a share of coverage meant.
const fn whole() -> Decimal {
    Decimal::ONE
}

impl Default for Pricing {
    fn default() -> Self {
        Self {
            currency: Currency::USD,
            discount: Decimal::ZERO,
            discount_bandwidth: Decimal::ZERO,
            discount_endpoints: Decimal::ZERO,
            discount_monitoring: Decimal::ZERO,
            reservation: None,
            reservation_coverage: whole(),
            egress_scheme: EgressScheme::default(),
            active_egress: EgressBilling::default(),
            stream_compression: Ratio::ZERO,
            logs_per_cache: Bytes::gb(1.0),
            alerts_per_cache: 4,
            full_syncs_per_year: None,
            drills_per_year: 2,
            hours_per_drill: Decimal::from(4),
            drill_cache_hours: Decimal::ZERO,
            run_hours_per_month: Decimal::ZERO,
            engineer_hour: None,
            overrides: Vec::new(),
            endpoint_traffic: Ratio::ONE,
        }
    }
}

impl Default for Horizon {
    /// Three years from 2026-12-01: the first month after the bundled catalogue.
    #[expect(clippy::expect_used, reason = "a literal date, covered by a test")]
    fn default() -> Self {
        let start = Date::new(2026, 12, 1).expect("2026-12-01 is a date");
        Self { start, months: 36, parallel_months: 1, migration_hours: 160 }
    }
}
