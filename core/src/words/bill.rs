//! The lines of a bill: what each is for, how its quantity comes about, and its remarks.

use crate::model::cost::{BillLine, Extra, Formula, Label, Nodes, Note, Part, Route, Traffic};
use crate::units::names::Named;
use crate::units::{HOURS_PER_MONTH, Ratio, format};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

impl BillLine {
    /// "P4 nodes, North Europe".
    #[must_use]
    pub fn label(&self) -> String {
        self.label.words()
    }

    /// The meter's name on the vendor's price list; of people what is counted.
    #[must_use]
    pub fn meter(&self) -> String {
        self.meter.map_or_else(|| self.label.meter(), str::to_owned)
    }

    /// The formula with this plan's figures: "2 nodes × 730 h".
    #[must_use]
    pub fn formula(&self) -> String {
        self.formula.words()
    }

    /// The remarks, one after the other; may be empty.
    #[must_use]
    pub fn note(&self) -> String {
        let how = self.price.known().map_or("", |known| &known.how);
        // The bundled price says so itself; that of a sheet does not.
        let said = |note: &&Note| matches!(note, Note::FreeLogs) && how.contains("free");
        self.notes.iter().filter(|note| !said(note)).map(Note::words).collect::<Vec<_>>().join(" ")
    }
}

impl Label {
    /// "P4 nodes, North Europe, reserved", "Stream, East US to North Europe".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Nodes { sku, place, part, secondary } => {
                let twin = if *secondary { " (secondary)" } else { "" };
                format!("{} nodes, {}{}{twin}", sku.short(), place.name, part.suffix())
            }
            Self::ExtraNodes { why, sku, place } => {
                format!("{}, extra {} nodes, {}", why.name(), sku.short(), place.name)
            }
            Self::Traffic { what, route, ended } => {
                format!("{}, {}{}", what.name(), route.words(), if *ended { ", ended" } else { "" })
            }
            Self::PrivateEndpoints(place) => format!("Private endpoints, {}", place.name),
            Self::ToCache(place) => format!("Endpoint traffic to the cache, {}", place.name),
            Self::FromCache(place) => format!("Endpoint traffic from the cache, {}", place.name),
            Self::Peering(place) => format!("VNet peering, {}", place.name),
            Self::DnsZone(place) => format!("Private DNS zone, {}", place.name),
            Self::TrafficSwitch(switch) => format!("Traffic switch, {}", switch.label()),
            Self::Alerts(place) => format!("Metric alerts, {}", place.name),
            Self::Logs(place) => format!("Logs, {}", place.name),
            Self::Exports => "Exports stored".to_owned(),
            Self::ExportCopies(route) => format!("Copies of exports, {}", route.words()),
            Self::Drills => "Drills, people".to_owned(),
            Self::OneDrill => "People".to_owned(),
            Self::Engineers => "Engineers who run it".to_owned(),
            Self::Migration => "Migration, people".to_owned(),
            Self::MoveToGroup => "Move to an active group".to_owned(),
            Self::Reload => "Reload from the database".to_owned(),
        }
    }

    fn meter(&self) -> String {
        match self {
            Self::Nodes { sku, .. } | Self::ExtraNodes { sku, .. } => return format!("{} Cache Instance", sku.short()),
            Self::Traffic { .. } | Self::ExportCopies(_) => "Data transfer between regions",
            Self::Exports => "Blob storage with a copy in another region",
            Self::Peering(_) => "Global virtual network peering",
            Self::DnsZone(_) => "Private Zone",
            Self::TrafficSwitch(switch) => switch.label(),
            Self::PrivateEndpoints(_) => "Standard Private Endpoint",
            Self::ToCache(_) => "Standard Data Processed - Ingress",
            Self::FromCache(_) => "Standard Data Processed - Egress",
            Self::Alerts(_) => "Alerts Metric Monitored",
            Self::Logs(_) => "Analytics Logs Data Ingestion",
            Self::Drills | Self::OneDrill | Self::Engineers | Self::Migration => "Engineer's hour",
            Self::MoveToGroup => "",
            Self::Reload => "Reads of the database",
        }
        .to_owned()
    }
}

impl Part {
    const fn suffix(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::Reserved => ", reserved",
            Self::PayAsYouGo => ", pay as you go",
        }
    }
}

impl Extra {
    const fn name(self) -> &'static str {
        match self {
            Self::Drills => "Drills",
            Self::OneDrill => "1 drill",
            Self::SecondRegion => "Second region",
            Self::NewMember => "New member",
        }
    }
}

impl Traffic {
    const fn name(self) -> &'static str {
        match self {
            Self::Stream => "Stream",
            Self::FullSyncs => "Full syncs",
            Self::FullSync => "Full sync",
            Self::FullCopy => "Full copy",
            Self::Clients => "Clients",
        }
    }
}

impl Route {
    /// "East US to North Europe"; "East US to East US (secondary)" for a pair in one region.
    fn words(&self) -> String {
        let names: Vec<&str> = self.to.iter().map(|place| place.name.as_str()).collect();
        let twin = if self.to == [self.from.clone()] { " (secondary)" } else { "" };
        format!("{} to {}{twin}", self.from.name, format::listed(&names))
    }
}

impl Nodes {
    /// "2 nodes"; with the shards spelt out where there are several: "3 shards × 2 nodes = 6 nodes".
    fn words(self) -> String {
        let nodes = format::counted(self.count as usize, "node");
        let Some(shards) = self.shards else { return nodes };
        let each = format::counted((self.count / shards.max(1)) as usize, "node");
        format!("{shards} shards × {each} = {nodes}")
    }
}

/// "70 %" of a decimal share.
fn share(part: Decimal) -> String {
    format::percent(Ratio::fraction(part.to_f64().unwrap_or_default()))
}

/// "12 %" of a discount between 0 and 1.
pub(super) fn percent(discount: Decimal) -> String {
    format!("{}\u{a0}%", format::quantity(discount.clamp(Decimal::ZERO, Decimal::ONE) * Decimal::ONE_HUNDRED))
}

/// Why a reserved hour has no discount.
const NOT_ON_RESERVED: &str = "does not apply to reserved nodes: assumption";

/// "The 12 % discount does not apply to reserved nodes: assumption."
#[must_use]
pub fn not_applied(discount: Decimal) -> String {
    format!("The {} discount {NOT_ON_RESERVED}.", percent(discount))
}

impl Formula {
    /// "3 shards × 2 nodes = 6 nodes × 730 h", "2 caches × 3 a cache".
    #[must_use]
    pub fn words(&self) -> String {
        let hours = |hours: &Decimal| format::quantity(*hours);
        let caches = |count: &usize| format::counted(*count, "cache");
        match self {
            Self::NodeHours { nodes, share: of, not_applied } => node_hours(*nodes, *of, *not_applied),
            Self::DrillCaches { drills, hours: each, nodes } => {
                format!("{drills} a year × {} h × {} ÷ 12", hours(each), nodes.words())
            }
            Self::ExtraNodes { nodes, hours: each, filled_in } => {
                let product = format!("{} × {} h", format::counted(*nodes as usize, "node"), hours(each));
                filled_in.map_or_else(
                    || product.clone(),
                    |time| format!("{product}: create, link and fill in {}", format::duration(time)),
                )
            }
            Self::Drills { drills, hours: each } => format!("{drills} a year × {} h ÷ 12", hours(each)),
            Self::OneDrill(each) => format!("1 drill × {} h", hours(each)),
            Self::Run(each) => format!("{} h a month", hours(each)),
            Self::Migration(each) => format!("{} h, once", hours(each)),
            Self::Endpoints(count) => format!("{} × 1 endpoint × {HOURS_PER_MONTH} h", caches(count)),
            Self::EndpointTraffic(rate) => format!("{} × {HOURS_PER_MONTH} h", format::rate(*rate)),
            Self::DnsZone => "1 zone a region".to_owned(),
            Self::TrafficSwitch => "1 month".to_owned(),
            Self::Alerts { caches: count, rules } => format!("{} × {rules} a cache", caches(count)),
            Self::Logs { caches: count, each } => format!("{} × {} a cache", caches(count), format::bytes(*each)),
            Self::Exports { bytes, kept } => {
                format!("{} × {}", format::bytes(*bytes), format::counted(*kept as usize, "export"))
            }
            Self::ExportCopies { bytes, interval } => {
                format!("{} × {HOURS_PER_MONTH} h ÷ {}", format::bytes(*bytes), format::duration(*interval))
            }
            Self::Stream { rate, compression, hours, destinations } => {
                let less = compression.map_or_else(String::new, |it| format!(" × (1 − {})", format::percent(it)));
                let copies = if *destinations == 1 {
                    String::new()
                } else {
                    format!(" × {}", format::counted(*destinations, "destination"))
                };
                format!("{}{less} × {hours} h{copies}", format::rate(*rate))
            }
            Self::FullSyncs { bytes, times } => format!("{} × {times} a year ÷ 12", format::bytes(*bytes)),
            Self::FullSync(bytes) => format!("{} × 1 copy", format::bytes(*bytes)),
            Self::Copies { bytes, destinations } => {
                format!("{} × {}, once", format::bytes(*bytes), format::counted(*destinations, "destination"))
            }
            Self::Reload(keys) => format!("{} keys × 1 read", format::large(*keys)),
            Self::Move => "1 move".to_owned(),
        }
    }
}

fn node_hours(nodes: Nodes, of: Option<Decimal>, lost: Option<Decimal>) -> String {
    let part = of.map_or_else(String::new, |of| format!(" × {}", share(of)));
    let lost = lost.map_or_else(String::new, |discount| {
        format!(", reserved; the {} discount {NOT_ON_RESERVED}", percent(discount))
    });
    format!("{} × {HOURS_PER_MONTH} h{part}{lost}", nodes.words())
}
