//! Findings about the plan as a whole; ours, not of the 70.

use super::Finding;
use super::view::View;
use crate::catalog::{Region, RegionId, Severity, SkuId};
use crate::model::Topology;
use crate::model::cost::{LineKind, not_applied};
use crate::model::fit::Misfit;
use crate::plan::{Confirmation, Network, Residency};
use crate::units::Ratio;
use crate::units::format;
use crate::words::bill::not_applied as not_applied_words;
use crate::words::load::open_load;

/// Sums of shares may miss 1 by this much without a word.
const SHARE_SLACK: f64 = 0.005;
const OURS: &str = "model";

/// Misfits, unknown names and prices, shares, regions.
pub(super) fn findings(view: &View) -> Vec<Finding> {
    let mut found = Vec::new();
    for topology in Topology::ALL {
        misfits(view, topology, &mut found);
        unknown_sizes(view, topology, &mut found);
        regions(view, topology, &mut found);
        regions_of_today(view, topology, &mut found);
        unknown_prices(view, topology, &mut found);
        discount(view, topology, &mut found);
        shares(view, topology, &mut found);
    }
    pairing(view, &mut found);
    one_region(view, &mut found);
    residency(view, &mut found);
    measured_lag(view, &mut found);
    found
}

/// A lag that was measured above the target, whatever the writes are now.
fn measured_lag(view: &View, found: &mut Vec<Finding>) {
    let (Some(lag), Some(target)) = (view.plan.measured_lag(), view.plan.objectives.rpo) else { return };
    if lag.peak <= target || view.passive.sync.never_complete(Topology::Passive) {
        return;
    }
    let [max, p95, target] = [lag.peak, lag.p95, target].map(format::duration);
    let sentence = format!("The lag of the pair reached {max} (P95 {p95}), above the RPO of {target}: {}.", lag.source);
    let remedy = "Look for patches and full syncs at that time; write less in bursts, or use more shards.";
    found.push(ours("PLAN-LAG", Topology::Passive, Severity::Warn, sentence, remedy, "objectives.rpo"));
}

/// What a size would lack with starting values of the load that nobody has given: each is asked, and so is the load itself.
fn asked_load(view: &View, open: &mut Vec<Finding>) {
    for topology in Topology::ALL {
        if let Some((load, first)) = open_load(view.plan).zip(view.plan.workload.open.first()) {
            let (sentence, remedy) = (format!("Not known: {load}."), "Enter it, or import the metrics of the cache.");
            open.push(ours("PLAN-LOAD", topology, Severity::Warn, sentence, remedy, first.path()));
        }
        for misfit in &view.of(topology).design.asked {
            let (what, field) = match misfit {
                Misfit::Memory { .. } => ("The data is not known", "workload.dataset"),
                Misfit::Connections { .. } => ("The connections are not known", "workload.connections"),
                _ => ("Reads and writes are not known", "workload.writes"),
            };
            let sentence = format!("{what}; with the value that a new plan starts from: {}", misfit.words());
            let remedy = "Enter it, or import the metrics of the cache.";
            open.push(ours(fit_id(topology), topology, Severity::Warn, sentence, remedy, field));
        }
    }
}

const fn fit_id(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild => "FIT-REBUILD",
        Topology::Passive => "FIT-PASSIVE",
        Topology::Active => "FIT-ACTIVE",
    }
}

pub(super) fn ours(
    id: &str,
    topology: Topology,
    severity: Severity,
    sentence: String,
    remedy: &str,
    field: &str,
) -> Finding {
    let [id, remedy, source, field] = [id, remedy, OURS, field].map(str::to_owned);
    Finding { id, topology, severity, sentence, remedy, source, field }
}

const fn sku_field(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild => "rebuild.sku",
        Topology::Passive => "passive.sku",
        Topology::Active => "active.sku",
    }
}

fn misfits(view: &View, topology: Topology, found: &mut Vec<Finding>) {
    let id = fit_id(topology);
    let design = &view.of(topology).design;
    let remedy = match &design.smallest {
        Some(choice) if choice.shards > 1 && topology == Topology::Passive => {
            format!("The cheapest that fits is {} with {} shards.", choice.sku.short(), choice.shards)
        }
        Some(choice) => format!("The cheapest that fits is {}.", choice.sku.short()),
        None => String::new(),
    };
    let block = |it: &Misfit| ours(id, topology, Severity::Block, it.words(), &remedy, sku_field(topology));
    found.extend(design.misfits.iter().map(block));
    if design.misfits.is_empty() && !design.possible {
        let sentence = format!("The {} is not possible for this plan.", topology.name().to_ascii_lowercase());
        found.push(ours(id, topology, Severity::Block, sentence, &remedy, sku_field(topology)));
    }
}

fn unknown_sizes(view: &View, topology: Topology, found: &mut Vec<Finding>) {
    let plan = view.plan;
    let given: &[(&Option<SkuId>, &str)] = match topology {
        Topology::Rebuild => &[(&plan.rebuild.sku, "rebuild.sku")],
        Topology::Passive => {
            &[(&plan.passive.sku, "passive.sku"), (&plan.passive.secondary_sku, "passive.secondary_sku")]
        }
        Topology::Active => &[(&plan.active.sku, "active.sku")],
    };
    for (sku, field) in given {
        let Some(sku) = sku.as_ref().filter(|sku| view.catalog.sku(sku).is_none()) else { continue };
        let sentence = format!("The catalogue of {} knows no size {sku}.", view.catalog.as_of());
        found.push(ours("PLAN-SKU", topology, Severity::Block, sentence, "Choose a size from the list.", field));
    }
}

/// What nobody has answered and no rule of the catalogue asks; ours, like the findings.
pub(super) fn open(view: &View) -> Vec<Finding> {
    let passive = &view.plan.passive;
    let mut open = Vec::new();
    asked_load(view, &mut open);
    if view.pair_regions().is_none() {
        return open;
    }
    let mut asks = |id, sentence: &str, remedy, field| {
        open.push(ours(id, Topology::Passive, Severity::Warn, sentence.to_owned(), remedy, field));
    };
    if passive.exists == Confirmation::Unknown {
        let sentence = "Whether the pair exists, and in which sizes, is open.";
        asks("PLAN-EXISTS", sentence, "Answer it; give an existing pair's size.", "passive.exists");
    }
    if passive.network == Network::PrivateEndpoint && passive.checks.geo_name_reaches_both == Confirmation::Unknown {
        let sentence =
            "Whether the geo-replicated name leads to both endpoints is open: until then the failover unlinks.";
        let field = "passive.checks.geo_name_reaches_both";
        asks("PLAN-GEO-NAME", sentence, "Resolve it from both networks in a drill.", field);
    }
    open
}

/// The regions that a topology uses.
fn used<'a>(view: &View<'a>, topology: Topology) -> impl Iterator<Item = &'a RegionId> {
    let count = match topology {
        Topology::Rebuild => 1,
        Topology::Passive => 2,
        Topology::Active => usize::MAX,
    };
    view.plan.regions.iter().take(count).map(|share| &share.region)
}

fn regions(view: &View, topology: Topology, found: &mut Vec<Finding>) {
    let first = view.plan.primary().and_then(|share| view.catalog.region(&share.region));
    if topology == Topology::Rebuild {
        comes_back(view, first, found);
    }
    for id in used(view, topology) {
        match view.catalog.region(id) {
            Some(region) if !view.plan.placement.allows(region, first, true) => {
                found.push(outside(topology, region, ""));
            }
            None => {
                let sentence = format!("The catalogue of {} knows no region {id}.", view.catalog.as_of());
                let remedy = "Choose a region from the list.";
                found.push(ours("PLAN-REGION", topology, Severity::Block, sentence, remedy, "regions"));
            }
            Some(region) if region.restricted => {
                found.push(restricted(topology, region, ""));
            }
            Some(_) => {}
        }
    }
}

/// Where what runs today is named by its regions, each decides the way to every design.
fn regions_of_today(view: &View, topology: Topology, found: &mut Vec<Finding>) {
    if view.plan.today.elsewhere.is_empty() {
        return;
    }
    for id in view.plan.today_regions().iter().filter(|id| view.catalog.region(id).is_none()) {
        let as_of = view.catalog.as_of();
        let sentence = format!("The catalogue of {as_of} knows no region {id}, where the plan says that caches run.");
        let remedy = "Enter the regions' ids, with commas between them.";
        found.push(ours("PLAN-REGION", topology, Severity::Block, sentence, remedy, "today.elsewhere"));
    }
}

/// The region in which a rebuild comes back holds its cache for as long as it stays.
fn comes_back(view: &View, first: Option<&Region>, found: &mut Vec<Finding>) {
    const HERE: &str = ", where the rebuild comes back,";
    let back = view.plan.comes_back(view.catalog).and_then(|share| view.catalog.region(&share.region));
    match back {
        Some(region) if !view.plan.placement.allows(region, first, true) => {
            found.push(outside(Topology::Rebuild, region, HERE));
        }
        Some(region) if region.restricted => found.push(restricted(Topology::Rebuild, region, HERE)),
        _ => {}
    }
}

fn outside(topology: Topology, region: &Region, what: &str) -> Finding {
    let sentence = format!("{}{what} is in {}, where the plan allows no cache.", region.name, region.geography);
    let remedy = "Choose a region inside the plan's residency and continents, or widen them.";
    ours("PLAN-PLACEMENT", topology, Severity::Block, sentence, remedy, "placement.residency")
}

fn restricted(topology: Topology, region: &Region, what: &str) -> Finding {
    let sentence = format!("{}{what} is open to some customers only.", region.name);
    ours("PLAN-RESTRICTED", topology, Severity::Warn, sentence, "Ask for access, or choose another.", "regions")
}

fn unknown_prices(view: &View, topology: Topology, found: &mut Vec<Finding>) {
    let unknown = view.of(topology).bill.lines.iter().filter(|line| line.amount.is_none());
    for line in unknown {
        let (severity, remedy, field) = match line.kind {
            LineKind::Nodes | LineKind::DrillCaches => {
                (Severity::Warn, "Enter the price of a node.", "pricing.overrides")
            }
            LineKind::Drills | LineKind::Run => (Severity::Info, "Enter an engineer's hour.", "pricing.engineer_hour"),
            LineKind::Exports => {
                (Severity::Warn, "Enter the price of a GB of exports a month.", "pricing.export_storage")
            }
            LineKind::TrafficSwitch => (Severity::Warn, "Enter its price a month.", "traffic.price"),
            _ => (Severity::Warn, "Open a price sheet.", ""),
        };
        let sentence = format!("“{}” has no price: the total is without it.", line.label());
        found.push(ours("PLAN-PRICE", topology, severity, sentence, remedy, field));
    }
}

/// A discount that the plan has and a line does not get.
fn discount(view: &View, topology: Topology, found: &mut Vec<Finding>) {
    let Some(lost) = not_applied(&view.of(topology).bill.lines, &view.plan.pricing) else { return };
    let sentence = not_applied_words(lost);
    let remedy = "Ask the vendor; if it applies, enter your discounted price of a node-hour: the reservation takes its share off that.";
    found.push(ours("PLAN-DISCOUNT", topology, Severity::Info, sentence, remedy, "pricing.discount"));
}

fn shares(view: &View, topology: Topology, found: &mut Vec<Finding>) {
    let plan = view.plan;
    let users: Ratio = plan.regions.iter().map(|share| share.users).sum();
    let writes: Ratio = plan.regions.iter().map(|share| share.writes).sum();
    let sums = [
        ("The regions' shares of users", users, "regions"),
        ("The regions' shares of writes", writes, "regions"),
        ("The shares of the kinds of writes", plan.workload.split.total(), "workload.split"),
    ];
    for (what, sum, field) in sums {
        if (sum.as_fraction() - 1.0).abs() <= SHARE_SLACK {
            continue;
        }
        let sentence = format!("{what} add up to {}, not 100 %: figures that use them are off.", format::percent(sum));
        let remedy = "Make them add up.";
        found.push(ours("PLAN-SHARES", topology, Severity::Warn, sentence, remedy, field));
    }
}

fn pair<'a>(view: &View<'a>) -> Option<(&'a Region, &'a Region)> {
    let (primary, secondary) = view.pair_regions()?;
    Some((view.catalog.region(primary)?, view.catalog.region(secondary)?)).filter(|(a, b)| a.id != b.id)
}

fn pairing(view: &View, found: &mut Vec<Finding>) {
    let Some((primary, secondary)) = pair(view) else { return };
    if primary.pair.as_ref() == Some(&secondary.id) {
        return;
    }
    let sentence = match primary.pair.as_ref() {
        Some(id) => format!("{}'s paired region is {}, not {}.", primary.name, view.region_name(id), secondary.name),
        None => format!("{} has no paired region; {} is a free choice.", primary.name, secondary.name),
    };
    let remedy = "Paired regions update in turn and recover first; Redis needs no pairing.";
    found.push(ours("PLAN-PAIR", Topology::Passive, Severity::Info, sentence, remedy, "regions"));
}

fn one_region(view: &View, found: &mut Vec<Finding>) {
    if view.same_region() != Some(true) {
        return;
    }
    let Some((region, _)) = view.pair_regions() else { return };
    let sentence = format!("Both caches are in {}: its loss takes both.", view.region_name(region));
    let remedy = "Choose another second region.";
    found.push(ours("PLAN-ONE-REGION", Topology::Passive, Severity::Block, sentence, remedy, "regions"));
}

fn residency(view: &View, found: &mut Vec<Finding>) {
    // A plan that keeps its data in one geography has a block of its own.
    if view.plan.placement.residency == Residency::OneGeography {
        return;
    }
    for topology in [Topology::Passive, Topology::Active] {
        let mut geographies: Vec<&str> = Vec::new();
        for region in used(view, topology).filter_map(|id| view.catalog.region(id)) {
            if !geographies.contains(&region.geography.as_str()) {
                geographies.push(&region.geography);
            }
        }
        if geographies.len() < 2 {
            continue;
        }
        let sentence = format!("Data is stored in {} geographies: {}.", geographies.len(), geographies.join(", "));
        let remedy = "Check residency rules before the first replica.";
        found.push(ours("PLAN-RESIDENCY", topology, Severity::Info, sentence, remedy, "regions"));
    }
}
