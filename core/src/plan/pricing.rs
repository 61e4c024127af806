//! Prices, discounts and the time the plan covers.

use super::Section;
use super::rows::{entry, table};
use crate::catalog::{EgressScheme, RegionId, ReservationTerm, SkuId};
use crate::units::names::names;
use crate::units::{Bytes, Currency, Date, Ratio, UnitPrice};
use rust_decimal::Decimal;

names! {
    /// Who pays the traffic of an active group: the newer text (D1) says it is absorbed, the older (S3) says standard rates.
    #[derive(Default)]
    EgressBilling {
        /// Not passed on to customers today; "can change in the future" (D1).
        #[default]
        Absorbed = "absorbed", "absorbed (newer text)",
        /// Standard inter-region rates (S3).
        ListRate = "list-rate", "list rate (older text)",
    }
}

entry! {
    /// A node price that the user typed; it wins over the catalogue.
    #[derive(Eq)]
    PriceOverride {
        /// The size.
        sku: SkuId;
        /// The region.
        region: RegionId;
        /// US dollars for one node and one hour.
        per_node_hour: UnitPrice;
    }
}

table! {
    /// Everything about money that the user decides.
    Pricing at [pricing] in Prices {
        /// The currency in which the plan's own amounts were typed: budget, hour of an engineer, own prices. They count only
        /// where the catalogue's prices are in the same; nothing is converted.
        currency: Currency = Currency::USD => special() { section: Section::Hidden };
        /// Negotiated discount on nodes, as a fraction of the list price.
        discount: Decimal = Decimal::ZERO => number("Discount on nodes", Share, "%", 0.0..=0.99);
        /// Negotiated discount on traffic between regions: the stream and full syncs.
        discount_bandwidth: Decimal = Decimal::ZERO => number("Discount on traffic", Share, "%", 0.0..=0.99);
        /// Negotiated discount on private endpoints: hours and volume.
        discount_endpoints: Decimal = Decimal::ZERO => number("Discount on private endpoints", Share, "%", 0.0..=0.99);
        /// Negotiated discount on monitoring: alert rules and logs.
        discount_monitoring: Decimal = Decimal::ZERO => number("Discount on monitoring", Share, "%", 0.0..=0.99);
        /// Reservation of the nodes; none is pay-as-you-go.
        reservation: Option<ReservationTerm> = None => choice("Reservation") { empty: "none, pay as you go" };
        /// Share of the node-hours that the reservation covers; the others are pay-as-you-go.
        reservation_coverage: Decimal = whole()
            => number("Hours that the reservation covers", Share, "%", 0.0..=1.0)
            { note: "the others pay as you go", when: |plan| plan.pricing.reservation.is_some() };
        /// Which egress scheme is applied.
        egress_scheme: EgressScheme = EgressScheme::default()
            => choice("Egress price") { note: "two published lists disagree" };
        /// Whether an active group's traffic is billed.
        active_egress: EgressBilling = EgressBilling::default() => choice("Egress of a group");
        /// Share of the replication stream's bytes that compression on the way saves; nothing is published, so none.
        stream_compression: Ratio = Ratio::ZERO
            => number("Compression of the stream", Share, "%", 0.0..=0.99) { note: "not published" };
        /// Full syncs in a year; absent: derived from patches, scalings, drills and outages (M-05).
        full_syncs_per_year: Option<u32> = None
            => number("Full syncs", Count, "a year", 0.0..=1e4) { empty: "from patches, scalings, drills and outages" };
        /// Metric alert rules of one cache.
        alerts_per_cache: u32 = 4 => number("Alert rules of one cache", Count, "", 0.0..=1e3);
        /// Log ingestion of one cache in a month.
        logs_per_cache: Bytes = Bytes::gb(1.0) => number("Logs of one cache a month", Data, "GB", 0.0..=1e14);
        /// Share of cache traffic that passes through private endpoints and is charged by volume.
        endpoint_traffic: Ratio = Ratio::ONE => number("Traffic through private endpoints", Share, "%", 0.0..=1.0);
        /// Drills in a year.
        drills_per_year: u32 = 2 => number("Drills", Count, "a year", 0.0..=365.0);
        /// Hours of people in one drill.
        hours_per_drill: Decimal = Decimal::from(4) => number("Hours of people in a drill", Factor, "", 0.0..=1e4);
        /// Hours for which one drill runs an extra cache like the last one; assumption: none, it runs on the caches there are.
        drill_cache_hours: Decimal = Decimal::ZERO
            => number("Hours of an extra cache in a drill", Factor, "", 0.0..=1e4)
            { note: "assumption: drilled on the caches there are" };
        /// Hours of engineers who run one design in a month; assumption: none, so that no bill holds them unasked.
        run_hours_per_month: Decimal = Decimal::ZERO
            => number("Hours of engineers a month", Factor, "", 0.0..=1e5)
            { note: "assumption: none in the bill until entered" };
        /// What an hour of an engineer costs; absent means unknown, never 0.
        engineer_hour: Option<UnitPrice> = None
            => number("Hour of an engineer", Money, "$/h", 0.0..=1e4) { empty: "unknown" };
        /// What a GB of exports costs for a month, copied to another region; absent: the catalogue's price of block blobs.
        export_storage: Option<UnitPrice> = None
            => number("Storage of exports", Money, "$/GB", 0.0..=1e4) { empty: "by the catalogue: block blobs, hot, copied" };
        /// Clients of a region without a cache come over peered networks; otherwise over a private endpoint in their own network.
        peered: bool = false => switch("Clients of other regions come over peered networks");
        /// What a GB over peered virtual networks costs on each side; a price says that they are peered; absent: the catalogue's price of
        /// each region's zone.
        peering: Option<UnitPrice> = None
            => number("VNet peering, each side", Money, "$/GB", 0.0..=1e4) { empty: "by the catalogue" };
        /// What a private DNS zone costs for a month, one for each region with an endpoint; absent: the catalogue's price.
        dns_zone: Option<UnitPrice> = None
            => number("Private DNS zone", Money, "$/month", 0.0..=1e4) { empty: "by the catalogue" };
        /// Node prices that the user typed.
        overrides: Vec<PriceOverride> = Vec::new() => special() { section: Section::Hidden };
    }
}

table! {
    /// The time that the plan covers, and the move to another service where one ends inside it.
    ///
    /// Three years from 2026-12-01: the first month after the bundled catalogue.
    #[derive(Eq)]
    Horizon at [horizon] in Horizon {
        /// First day of the plan.
        start: Date = first_day() => special();
        /// Length in months, 1 to 120.
        months: u32 = 36 => number("Horizon", Count, "months", 1.0..=120.0);
        /// Months in which a pair and the group that follows it run side by side; an assumption, 1.
        parallel_months: u32 = 1 => number("Pair and group side by side", Count, "months", 0.0..=24.0);
        /// Hours of people that the move from a pair to a group takes; an assumption, 160: one person for four weeks.
        migration_hours: u32 = 160 => number("Hours of people to move to a group", Count, "", 0.0..=1e5);
    }
}

/// 2026-12-01: the first month after the bundled catalogue.
#[expect(clippy::expect_used, reason = "a literal date, covered by a test")]
fn first_day() -> Date {
    Date::new(2026, 12, 1).expect("2026-12-01 is a date")
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
