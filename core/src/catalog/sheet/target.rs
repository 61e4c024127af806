//! Which price of the catalogue a price of a sheet stands for.

use crate::catalog::{Catalog, Meter, RegionId, ReservationTerm};
use rust_decimal::Decimal;

/// What a row prices; sizes and regions by their positions in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    /// An hour of one node, or of a shard's pair of nodes, which stands behind it in the order.
    Node { sku: usize, region: usize, pair: bool },
    /// A node for a whole term.
    Reservation { sku: usize, region: usize, term: ReservationTerm },
    /// A GB to another region.
    Egress { region: usize, from: Decimal },
    /// A meter without a size; without a region, for every region.
    Meter { meter: Meter, region: Option<usize>, from: Decimal },
}

impl Target {
    /// The same price of the catalogue: a node's by its own row and by its pair's is one.
    pub(crate) fn is_price_of(&self, other: Self) -> bool {
        match (*self, other) {
            (Self::Node { sku, region, .. }, Self::Node { sku: s, region: r, .. }) => (sku, region) == (s, r),
            (one, other) => one == other,
        }
    }

    /// The same; of a shard's pair of nodes that of one node.
    pub(crate) const fn of_the_node(self) -> Self {
        match self {
            Self::Node { sku, region, .. } => Self::Node { sku, region, pair: false },
            other => other,
        }
    }

    /// The schedule that a tier belongs to: its meter, none for traffic between regions, and its region.
    pub(crate) fn schedule(&self) -> Option<(Option<Meter>, Option<usize>)> {
        match *self {
            Self::Meter { meter, region, .. } => Some((Some(meter), region)),
            Self::Egress { region, .. } => Some((None, Some(region))),
            Self::Node { .. } | Self::Reservation { .. } => None,
        }
    }

    /// Quantity in the month from which a tier holds; none for a price without tiers.
    pub(crate) fn tier(&self) -> Option<Decimal> {
        match *self {
            Self::Meter { from, .. } | Self::Egress { from, .. } => Some(from),
            Self::Node { .. } | Self::Reservation { .. } => None,
        }
    }

    /// The region of a target; none for every region.
    pub(super) fn place(self, catalog: &Catalog) -> Option<RegionId> {
        let at = match self {
            Self::Node { region, .. } | Self::Reservation { region, .. } | Self::Egress { region, .. } => region,
            Self::Meter { region, .. } => region?,
        };
        catalog.regions().get(at).map(|region| region.id.clone())
    }

    /// "P4 node in North Europe", "P4 node reserved for 1 year in East US", "traffic from East US to other regions".
    pub(crate) fn what(self, catalog: &Catalog) -> String {
        let name = |at: usize| catalog.regions().get(at).map_or("", |region| region.name.as_str());
        // Basic and Standard have sizes of one short name.
        let short = |at: usize| match (catalog.skus().get(at), catalog.size_id(at)) {
            (Some(sku), _) => sku.id.short().to_owned(),
            (None, id) => id.map_or_else(String::new, |it| it.as_str().replace('_', " ")),
        };
        match self {
            Self::Node { sku, region, pair } => {
                format!("{} {} in {}", short(sku), if pair { "pair of nodes" } else { "node" }, name(region))
            }
            Self::Reservation { sku, region, term } => {
                let years = term.as_str();
                format!("{} node reserved for {years} in {}", short(sku), name(region))
            }
            Self::Egress { region, .. } => format!("Traffic from {} to other regions", name(region)),
            Self::Meter { meter, region, .. } => {
                let meter = match meter {
                    Meter::PrivateEndpointHour => "Private endpoint",
                    Meter::PrivateEndpointIn => "Traffic into private endpoints",
                    Meter::PrivateEndpointOut => "Traffic out of private endpoints",
                    Meter::AlertSeries => "Metric alert",
                    Meter::LogGb => "Logs",
                    Meter::PeeringGb => "Peering of networks",
                    Meter::DnsZone => "Private DNS zone",
                    Meter::ExportGb => "Storage of exports",
                };
                format!("{meter} in {}", region.map_or("every region", name))
            }
        }
    }

    /// What one unit of a target is.
    pub(super) const fn unit(self) -> &'static str {
        match self {
            Self::Node { .. } => "node-hour",
            Self::Reservation { .. } => "node and term",
            Self::Egress { .. } => "GB",
            Self::Meter { meter, .. } => match meter {
                Meter::PrivateEndpointHour => "hour",
                Meter::AlertSeries => "time series and month",
                Meter::DnsZone => "zone and month",
                Meter::ExportGb => "GB and month",
                Meter::PrivateEndpointIn | Meter::PrivateEndpointOut | Meter::LogGb | Meter::PeeringGb => "GB",
            },
        }
    }
}
