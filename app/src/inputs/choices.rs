//! Lists of sizes, and what basic mode derives.

use super::section::section;
use crate::fields::Choice;
use crate::state::Session;
use dr_core::catalog::{Family, SkuId};
use dr_core::model::Topology;
use dr_core::units::format;
use yew::prelude::*;

/// "derived: P4", then every size of the families.
pub(super) fn sizes(session: &Session, topology: Topology, fits: fn(Family) -> bool, none: &str) -> Vec<Choice> {
    let chosen = session.evaluation.of(topology).design.smallest.as_ref();
    let derived = chosen.map_or_else(|| none.to_owned(), |size| format!("{none}: {}", size.sku.short()));
    let listed = session.catalog.skus().iter().filter(|sku| fits(sku.family));
    [Choice::new("", &derived)]
        .into_iter()
        .chain(listed.map(|sku| Choice::new(sku.id.as_str(), &sku.label())))
        .collect()
}

/// An empty choice is none.
pub(super) fn sku_of(value: &str) -> Option<SkuId> {
    (!value.is_empty()).then(|| SkuId::new(value))
}

/// "2 × P4, 1 shard".
pub(super) fn design_in_words(session: &Session, topology: Topology) -> String {
    let caches = &session.evaluation.of(topology).design.caches;
    let Some(first) = caches.first() else { return "not possible".to_owned() };
    let even = caches.iter().all(|cache| cache.sku == first.sku);
    let sizes = if even {
        format!("{} × {}", caches.len(), first.sku.short())
    } else {
        caches.iter().map(|cache| cache.sku.short()).collect::<Vec<_>>().join(" + ")
    };
    if topology == Topology::Passive && first.shards > 1 { format!("{sizes}, {} shards", first.shards) } else { sizes }
}

/// Everything that basic mode works out by itself.
pub(super) fn derived(session: &Session) -> Html {
    let demand = &session.evaluation.demand;
    let rows = [
        ("Reads", format::ops(demand.reads)),
        ("Replication stream", format::rate(demand.stream)),
        ("In a burst", format::rate(demand.stream_peak)),
        ("Rebuild", design_in_words(session, Topology::Rebuild)),
        ("Passive pair", design_in_words(session, Topology::Passive)),
        ("Active group", design_in_words(session, Topology::Active)),
    ];
    let line = |(name, value): (&str, String)| html! { <><dt>{ name }</dt><dd>{ value }</dd></> };
    section(
        "Derived",
        "change it in Advanced",
        html! { <dl class="derived-list">{ for rows.into_iter().map(line) }</dl> },
    )
}
