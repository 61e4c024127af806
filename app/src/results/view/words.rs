//! Words that several panels share.

use dr_core::catalog::{Catalog, Severity};
use dr_core::evaluate::Evaluation;
use dr_core::model::active_outage::Runway;
use dr_core::model::fit::{Cache, SizeChoice};
use dr_core::model::rto::RtoPath;
use dr_core::model::sync::{FullSync, SyncOutcome};
use dr_core::model::verdict::Objective;
use dr_core::model::{Topology, TopologyAnswer};
use dr_core::rules::act_by::full;
use dr_core::units::format;

/// Class of the topology's colour.
pub(in crate::results) const fn class(topology: Topology) -> &'static str {
    match topology {
        Topology::Rebuild => "t-rebuild",
        Topology::Passive => "t-passive",
        Topology::Active => "t-active",
    }
}

/// Stable name in attributes.
pub(in crate::results) const fn slug(topology: Topology) -> &'static str {
    topology.slug()
}

/// A way back in words.
pub(in crate::results) const fn path(path: RtoPath) -> &'static str {
    match path {
        RtoPath::Rebuild => "create and reload",
        RtoPath::GeoFailover => "geo-failover",
        RtoPath::PlannedFailover => "planned failover",
        RtoPath::Unlink => "unlink",
        RtoPath::Redirect => "redirect",
    }
}

/// Why there is no bound on the lag.
pub(in crate::results) fn no_lag(answer: &TopologyAnswer) -> &'static str {
    if answer.sync.never_complete(answer.topology) { "never complete" } else { "never drains" }
}

/// An objective in words.
pub(in crate::results) const fn objective(objective: Objective) -> &'static str {
    match objective {
        // The width of a card: its note says "a month", and whose writes they are.
        Objective::Cost => "Cost, as planned",
        Objective::Latency => "Latency P95",
        other => other.heading(),
    }
}

/// A severity in words.
pub(in crate::results) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "block",
        Severity::Warn => "warn",
        Severity::Info => "info",
    }
}

/// A size with its shards: "P4", "P1 × 3 shards".
pub(in crate::results) fn size(size: &SizeChoice, topology: Topology) -> String {
    if topology == Topology::Passive && size.shards > 1 {
        format!("{} × {} shards", size.sku.short(), size.shards)
    } else {
        size.sku.short().to_owned()
    }
}

/// What is bought and where: "2 × P4 · North Europe → East US".
pub(in crate::results) fn design(answer: &TopologyAnswer, catalog: &Catalog) -> String {
    let caches = &answer.design.caches;
    let Some(first) = caches.first() else {
        return answer.design.misfits.first().cloned().unwrap_or_else(|| "not possible for this plan".to_owned());
    };
    let shards = |cache: &Cache| match answer.topology {
        Topology::Passive if cache.shards > 1 => format!(" × {} shards", cache.shards),
        _ => String::new(),
    };
    let alike = caches.iter().all(|cache| cache.sku == first.sku);
    let sizes = match (alike, caches.len()) {
        (true, 1) => format!("{}{}", first.sku.short(), shards(first)),
        (true, count) => format!("{count} × {}{}", first.sku.short(), shards(first)),
        _ => caches.iter().map(|cache| cache.sku.short()).collect::<Vec<_>>().join(" + "),
    };
    let between = if answer.topology == Topology::Passive { " → " } else { ", " };
    let places: Vec<&str> = caches.iter().map(|cache| catalog.region_name(&cache.region)).collect();
    format!("{sizes} · {}", places.join(between))
}

/// How a full sync ends, in words.
pub(in crate::results) fn sync(sync: &FullSync, topology: Topology) -> String {
    match &sync.outcome {
        SyncOutcome::Converges { resync, .. } if topology == Topology::Rebuild => {
            format!("{} to reload {}", format::duration(resync.mode), format::bytes(sync.total_bytes))
        }
        SyncOutcome::Converges { resync, .. } => format::duration_range(*resync),
        SyncOutcome::Loops { .. } => "loops: it restarts for ever".to_owned(),
        SyncOutcome::NeverConverges { .. } => "never converges".to_owned(),
        SyncOutcome::NotApplicable => "–".to_owned(),
    }
}

/// What runs out first while a region is down.
pub(in crate::results) fn breaks(runway: &Runway) -> String {
    match runway {
        Runway::ColdStart => "cold cache: the database takes the reads".to_owned(),
        Runway::NotAtRisk => "no replica until the pair is linked again".to_owned(),
        Runway::Fills(filling) => format!("memory of the survivors: {}", full(filling)),
        Runway::NotApplicable => "–".to_owned(),
    }
}

/// Findings of one topology by severity: block, warn, info.
pub(in crate::results) fn counts(evaluation: &Evaluation, topology: Topology) -> [usize; 3] {
    [Severity::Block, Severity::Warn, Severity::Info].map(|severity| {
        evaluation
            .findings
            .iter()
            .filter(|finding| finding.topology == topology && finding.severity == severity)
            .count()
    })
}
