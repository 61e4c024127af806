//! From a line of the bill to a row.

use super::row::{Null, Row};
use super::{Names, PURCHASE, Stamp};
use crate::catalog::{Catalog, Family};
use crate::model::cost::{BillLine, LineKind};
use crate::model::fit::Cache;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::{Plan, ReservationTerm};
use crate::units::format;
use crate::units::{Currency, Date, HOURS_PER_YEAR, Money, UnitPrice};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

/// What every row looks at.
pub(super) struct Scope<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) answer: &'a TopologyAnswer,
    pub(super) names: Names,
    pub(super) frame: Frame,
}

/// What every row of a plan repeats.
pub(super) struct Frame {
    account: String,
    currency: Currency,
    start: Date,
    end: Date,
    scenario: String,
    date: Date,
    version: String,
    tags: Option<String>,
    pair: Option<String>,
    missing: Option<String>,
}

impl Frame {
    pub(super) fn of(plan: &Plan, answer: &TopologyAnswer, stamp: &Stamp) -> Self {
        let base = Names::base(plan);
        let first = plan.horizon.start;
        // The first day of a month that has one.
        let start = Date::new(first.year(), first.month(), 1).unwrap_or(first);
        let pair = match answer.topology {
            Topology::Rebuild => None,
            Topology::Passive => Some(format!("{base}-passive-pair")),
            Topology::Active => Some(format!("{base}-active-group")),
        };
        Self {
            account: format!("plan/{base}"),
            currency: answer.bill.currency,
            start,
            end: start.plus_months(1),
            scenario: format!("{}: {}", plan.name, answer.topology.name()),
            date: stamp.date,
            version: stamp.version.to_owned(),
            tags: tags(stamp.tags),
            pair,
            missing: answer.bill.total.why(),
        }
    }
}

fn tags(tags: &[(String, String)]) -> Option<String> {
    let object: Map<String, Value> =
        tags.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect();
    (!object.is_empty()).then(|| Value::Object(object).to_string())
}

/// The row of a line; `None` where it has no price.
pub(super) fn row(scope: &Scope, line: &BillLine) -> Option<Row> {
    let (known, amount) = (line.price.known()?, line.amount?);
    let contracted: UnitPrice = line.contracted.or(line.effective)?;
    let unit = unit(line.unit);
    let at = scope.place(line);
    let cache = at.and_then(|at| scope.answer.design.caches.get(at));
    let node = cache.filter(|_| line.kind == LineKind::Nodes);
    let service = Service::of(scope, line.kind, cache);
    let reserved = line.term.map(|_| "Usage");
    let frame = &scope.frame;
    Some(Row {
        billed_cost: if line.reservation.is_some() { Money::ZERO } else { amount },
        billing_account_id: frame.account.clone(),
        billing_account_name: Null,
        billing_currency: frame.currency,
        billing_period_end: frame.end,
        billing_period_start: frame.start,
        charge_category: "Usage",
        charge_class: Null,
        charge_description: description(line),
        charge_frequency: frequency(line.kind),
        charge_period_end: frame.end,
        charge_period_start: frame.start,
        commitment_discount_category: reserved,
        commitment_discount_id: line.term.map(|term| format!("{}/reservation-{}", frame.account, term_id(term))),
        commitment_discount_quantity: line.term.map(|_| line.quantity),
        commitment_discount_status: line.term.map(|_| "Used"),
        commitment_discount_type: line.term.map(|_| "Reservation"),
        commitment_discount_unit: line.term.map(|_| unit),
        consumed_quantity: Some(line.quantity),
        consumed_unit: Some(unit),
        contracted_cost: contracted * line.quantity,
        contracted_unit_price: contracted,
        effective_cost: amount,
        invoice_issuer_name: service.provider,
        list_cost: known.amount * line.quantity,
        list_unit_price: known.amount,
        pricing_category: if line.term.is_some() { "Committed" } else { "Standard" },
        pricing_quantity: line.quantity,
        pricing_unit: unit,
        provider_name: service.provider,
        publisher_name: service.provider,
        region_id: line.region.as_ref().map(|region| region.as_str().to_owned()),
        region_name: line.region.as_ref().map(|region| scope.catalog.region_name(region).to_owned()),
        resource_id: Null,
        resource_name: line.cache.and_then(|at| scope.name(at)),
        resource_type: node.map(|cache| scope.resource_type(cache)),
        service_category: service.category,
        service_name: service.name,
        service_subcategory: service.subcategory,
        sku_id: Null,
        sku_meter: line.meter(),
        sku_price_details: node.map(|cache| scope.details(cache)),
        sku_price_id: Null,
        sub_account_id: Null,
        sub_account_name: Null,
        sub_account_type: Null,
        tags: frame.tags.clone(),
        forecast_scenario: frame.scenario.clone(),
        forecast_date: frame.date,
        cost_p05: None,
        cost_p50: None,
        cost_p95: None,
        price_as_of: Some(known.as_of.to_string()).filter(|date| !date.is_empty()),
        model_version: frame.version.clone(),
        dr_role: at.and_then(|at| scope.role(line, at)),
        recovery_pair_id: frame.pair.clone(),
        dr_state: state(line.kind),
        missing_prices: frame.missing.clone(),
    })
}

/// The row in which the term of a reserved line is bought; `None` for any other line. It is billed in the first month and costs
/// nothing in it: what its hours cost stands in the rows that use them.
pub(super) fn purchase(scope: &Scope, line: &BillLine) -> Option<Row> {
    let (reserved, term) = (line.reservation.as_ref()?, line.term?);
    let usage = row(scope, line)?;
    let (price, hours) = (reserved.total.amount, Decimal::from(HOURS_PER_YEAR * term.years()));
    let origin = [reserved.total.confidence.as_str(), &reserved.total.as_of].join(" ");
    let nodes = format::quantity(reserved.nodes);
    Some(Row {
        billed_cost: reserved.prepaid,
        charge_category: PURCHASE,
        charge_description: format!("{}: {} prepaid for {nodes} nodes, price {origin}.", line.label(), term.as_str()),
        charge_frequency: "One-Time",
        commitment_discount_quantity: Some(reserved.nodes.saturating_mul(hours)),
        commitment_discount_status: None,
        consumed_quantity: None,
        consumed_unit: None,
        contracted_cost: reserved.prepaid,
        contracted_unit_price: price,
        effective_cost: Money::ZERO,
        list_cost: reserved.prepaid,
        list_unit_price: price,
        pricing_category: "Standard",
        pricing_quantity: reserved.nodes,
        pricing_unit: "Units",
        resource_name: None,
        resource_type: None,
        sku_price_details: None,
        price_as_of: Some(reserved.total.as_of.to_string()).filter(|date| !date.is_empty()),
        ..usage
    })
}

impl Scope<'_> {
    /// The place in the design of the cache that a line is for: its nodes' own, else the first one in its region.
    fn place(&self, line: &BillLine) -> Option<usize> {
        let region = line.region.as_ref()?;
        line.cache.or_else(|| self.answer.design.caches.iter().position(|cache| cache.region == *region))
    }

    /// Names stand in the order of the plan's regions, as the caches do.
    fn name(&self, at: usize) -> Option<String> {
        self.names.caches.get(at).map(|cache| cache.plain.clone())
    }

    /// Nothing for what both caches of a pair in one region share.
    fn role(&self, line: &BillLine, at: usize) -> Option<&'static str> {
        let twins =
            self.answer.design.caches.iter().filter(|cache| Some(&cache.region) == line.region.as_ref()).count();
        let sent = matches!(line.kind, LineKind::Egress | LineKind::FullSyncs | LineKind::ClientTraffic);
        match self.answer.topology {
            Topology::Rebuild => None,
            Topology::Passive if twins > 1 && line.cache.is_none() && !sent => None,
            Topology::Passive if at == 0 => Some("GeoPrimary"),
            Topology::Passive => Some("GeoSecondary"),
            Topology::Active => Some("ActiveMember"),
        }
    }

    fn premium(&self, cache: &Cache) -> bool {
        self.catalog.sku(&cache.sku).is_some_and(|sku| sku.family == Family::Premium)
    }

    fn resource_type(&self, cache: &Cache) -> &'static str {
        if self.premium(cache) { "Microsoft.Cache/redis" } else { "Microsoft.Cache/redisEnterprise" }
    }

    /// Memory in GB; of one shard for Premium, as the price list has it.
    fn details(&self, cache: &Cache) -> String {
        let mut details = Map::new();
        details.insert("InstanceType".to_owned(), cache.sku.as_str().into());
        if let Some(sku) = self.catalog.sku(&cache.sku) {
            details.insert("CoreCount".to_owned(), sku.vcpus.into());
            details.insert("MemorySize".to_owned(), sku.memory.as_gb().into());
        }
        details.insert("x_Nodes".to_owned(), cache.nodes.into());
        details.insert("x_Shards".to_owned(), cache.shards.into());
        Value::Object(details).to_string()
    }
}

/// Who provides what, in FOCUS' words.
struct Service {
    provider: &'static str,
    category: &'static str,
    subcategory: &'static str,
    name: &'static str,
}

impl Service {
    fn of(scope: &Scope, kind: LineKind, cache: Option<&Cache>) -> Self {
        let microsoft = |category, subcategory, name| Self { provider: "Microsoft", category, subcategory, name };
        match kind {
            LineKind::Nodes | LineKind::DrillCaches => {
                let premium = cache.is_some_and(|cache| scope.premium(cache));
                let name = if premium { "Azure Cache for Redis" } else { "Azure Managed Redis" };
                microsoft("Databases", "Caching", name)
            }
            LineKind::Egress | LineKind::FullSyncs | LineKind::ClientTraffic | LineKind::ExportCopies => {
                microsoft("Networking", "Network Connectivity", "Bandwidth")
            }
            LineKind::EndpointHours | LineKind::EndpointData => {
                microsoft("Networking", "Network Connectivity", "Azure Private Link")
            }
            LineKind::Peering => microsoft("Networking", "Network Connectivity", "Virtual Network"),
            LineKind::DnsZones => microsoft("Networking", "Network Connectivity", "Azure DNS"),
            LineKind::TrafficSwitch => microsoft("Networking", "Network Routing", "Traffic switch"),
            LineKind::Alerts | LineKind::Logs => {
                microsoft("Management and Governance", "Observability", "Azure Monitor")
            }
            LineKind::Exports => microsoft("Storage", "Object Storage", "Azure Blob Storage"),
            LineKind::Drills | LineKind::Run | LineKind::Migration => Self {
                provider: "Own staff",
                category: "Management and Governance",
                subcategory: "Disaster Recovery",
                name: match kind {
                    LineKind::Migration => "Migration",
                    LineKind::Run => "Operations",
                    _ => "Drills",
                },
            },
        }
    }
}

/// The bill's unit in FOCUS' unit format: plural and capitalised, sizes as they are, a metric series by the month.
fn unit(unit: &str) -> &'static str {
    match unit {
        "node-hour" | "hour" => "Hours",
        "GB" => "GB",
        "GB-month" => "GB-Months",
        "time series" | "zone" | "month" => "Unit-Months",
        _ => "Units",
    }
}

const fn frequency(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Alerts | LineKind::DnsZones | LineKind::TrafficSwitch | LineKind::Drills | LineKind::Run => {
            "Recurring"
        }
        _ => "Usage-Based",
    }
}

/// Drills are their people and the caches that they add; a full sync is what a drill, patching or scaling causes.
const fn state(kind: LineKind) -> &'static str {
    match kind {
        LineKind::FullSyncs => "Resync",
        LineKind::Drills | LineKind::DrillCaches => "Drill",
        _ => "SteadyState",
    }
}

const fn term_id(term: ReservationTerm) -> &'static str {
    match term {
        ReservationTerm::OneYear => "1-year",
        ReservationTerm::ThreeYears => "3-years",
    }
}

/// "P4 nodes, North Europe: 2 nodes × 730 h, price published 2026-10-02. Your discount of 10 % on the list price."
fn description(line: &BillLine) -> String {
    let price = line.paid().map_or_else(String::new, |known| {
        let date = if known.as_of.is_empty() { String::new() } else { format!(" {}", known.as_of) };
        format!(", price {}{date}.", known.confidence.as_str())
    });
    format!("{}: {}{price} {}", line.label(), line.formula(), line.note()).trim_end().to_owned()
}
