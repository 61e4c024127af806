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
        /// US dollars for one node and one hour as used, with the discount taken off.
        per_node_hour: UnitPrice;
    }
}

table! {
    /// Everything about money that the user decides.
    Pricing at [pricing] in Prices {
        /// Of your own amounts: budget, engineers, prices. They count only with a catalogue in it; nothing is converted.
        currency: Currency = Currency::USD => special() { section: Section::Hidden };
        /// Off the list price.
        discount: Decimal = Decimal::ZERO => number("Discount on nodes", Share, "%", 0.0..=0.99);
        /// Between regions: stream and full syncs.
        discount_bandwidth: Decimal = Decimal::ZERO => number("Discount on traffic", Share, "%", 0.0..=0.99);
        /// Hours and volume.
        discount_endpoints: Decimal = Decimal::ZERO => number("Discount on private endpoints", Share, "%", 0.0..=0.99);
        /// Alert rules and logs.
        discount_monitoring: Decimal = Decimal::ZERO => number("Discount on monitoring", Share, "%", 0.0..=0.99);
        /// Of the nodes.
        reservation: Option<ReservationTerm> = None => choice("Reservation") { empty: "none, pay as you go" };
        /// Share of the node-hours.
        reservation_coverage: Decimal = whole()
            => number("Hours that the reservation covers", Share, "%", 0.0..=1.0)
            { note: "the others pay as you go", when: |plan| plan.pricing.reservation.is_some() };
        /// Which list applies.
        egress_scheme: EgressScheme = EgressScheme::default()
            => choice("Egress price") { note: "two published lists disagree" };
        /// Whether it is billed.
        active_egress: EgressBilling = EgressBilling::default() => choice("Egress of a group");
        /// Share of the bytes saved on the way; not published.
        stream_compression: Ratio = Ratio::ZERO
            => number("Compression of the stream", Share, "%", 0.0..=0.99) { note: "not published" };
        /// A year; else by M-05.
        full_syncs_per_year: Option<u32> = None
            => number("Full syncs", Count, "a year", 0.0..=1e4) { empty: "from patches, scalings, drills and outages" };
        /// Metric alert rules.
        alerts_per_cache: u32 = 4 => number("Alert rules of one cache", Count, "", 0.0..=1e3);
        /// Ingested.
        logs_per_cache: Bytes = Bytes::gb(1.0) => number("Logs of one cache a month", Data, "GB", 0.0..=1e14);
        /// Share of the traffic, charged by volume.
        endpoint_traffic: Ratio = Ratio::ONE => number("Traffic through private endpoints", Share, "%", 0.0..=1.0);
        /// A year.
        drills_per_year: u32 = 2 => number("Drills", Count, "a year", 0.0..=365.0);
        /// In one drill.
        hours_per_drill: Decimal = Decimal::from(4) => number("Hours of people in a drill", Factor, "", 0.0..=1e4);
        /// Like the last cache; assumption: drills use the existing ones.
        drill_cache_hours: Decimal = Decimal::ZERO
            => number("Hours of an extra cache in a drill", Factor, "", 0.0..=1e4)
            { note: "assumption: drills use existing caches" };
        /// To run one design; assumption: none.
        run_hours_per_month: Decimal = Decimal::ZERO
            => number("Hours of engineers a month", Factor, "", 0.0..=1e5)
            { note: "assumption: none" };
        /// What it costs.
        engineer_hour: Option<UnitPrice> = None
            => number("Hour of an engineer", Money, "$/h", 0.0..=1e4) { empty: "unknown" };
        /// A GB and month, copied to another region.
        export_storage: Option<UnitPrice> = None
            => number("Storage of exports", Money, "$/GB", 0.0..=1e4) { empty: "by the catalogue: block blobs, hot, copied" };
        /// Else over a private endpoint in their own network.
        peered: bool = false => switch("Clients of other regions come over peered networks");
        /// A GB; a price says that they are peered.
        peering: Option<UnitPrice> = None
            => number("VNet peering, each side", Money, "$/GB", 0.0..=1e4) { empty: "by the catalogue" };
        /// A month, for each region with an endpoint.
        dns_zone: Option<UnitPrice> = None
            => number("Private DNS zone", Money, "$/month", 0.0..=1e4) { empty: "by the catalogue" };
        /// Node prices that you typed: as used, with the discount taken off. A reservation takes its share off them.
        overrides: Vec<PriceOverride> = Vec::new() => special() { section: Section::Hidden };
    }
}

table! {
    /// The time that the plan covers, and the move to another service where one ends inside it.
    ///
    /// Three years from 2026-12-01: the first month after the bundled catalogue.
    #[derive(Eq)]
    Horizon at [horizon] in Horizon {
        /// First day.
        start: Date = first_day() => special();
        /// Length.
        months: u32 = 36 => number("Horizon", Count, "months", 1.0..=120.0);
        /// At a move to a group; assumption.
        parallel_months: u32 = 1 => number("Pair and group side by side", Count, "months", 0.0..=24.0);
        /// Assumption: one person, four weeks.
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
