//! Rebuild, requests, recovery steps and assumptions.

use super::choices::{design_in_words, sizes, sku_of};
use super::passive::{stringify_path, switch};
use super::section::folded;
use crate::fields::{ChoiceField, NumberField, SwitchField, drills, numbers, ranges};
use crate::state::{Act, Action, Session};
use dr_core::catalog::{Family, SkuId};
use dr_core::model::Topology;
use dr_core::plan::{DRAIN, LOAD};
use yew::prelude::*;

pub(super) fn rebuild(session: &Session, act: &Act) -> Html {
    let chosen = session.plan.rebuild.sku.as_ref().map(SkuId::to_string).unwrap_or_default();
    let choices = sizes(session, Topology::Rebuild, Family::is_managed_redis, "derived");
    let choose = act.reform(|value: String| Action::edit("rebuild.sku", move |plan| plan.rebuild.sku = sku_of(&value)));
    let inputs = html! {
        <>
            <ChoiceField path="rebuild.sku" label="Size" {chosen} {choices} onchoose={choose} />
            { switch!("High availability", rebuild.high_availability) }
            { switch!("Zone redundant", rebuild.zone_redundant) }
            { numbers(&["rebuild.reload_rate"]) }
            { ranges(&["rebuild.reload_factor"]) }
            { numbers(&["rebuild.database_limit"]) }
            <NumberField path="rebuild.database_bytes" derived="not judged" from="your input; without it bytes are not judged" />
            { numbers(&["rebuild.hit_rate"]) }
        </>
    };
    folded("Rebuild", &design_in_words(session, Topology::Rebuild), inputs)
}

pub(super) fn latency() -> Html {
    let inputs = html! {
        <>
            { numbers(&["latency.calls_in_sequence", "latency.service", "latency.rest_of_request"]) }
            <NumberField path="latency.spread.low" from="assumption" />
            <NumberField path="latency.spread.high" from="assumption" />
            <NumberField path="latency.within_region" from="assumed" />
            <NumberField path="objectives.read_latency" derived="none" from="for the latency panel; no verdict depends on it" />
        </>
    };
    folded("Requests", "what a latency is made of", inputs)
}

const STEPS: [&str; 15] = [
    "recovery.detect",
    "recovery.decide",
    "recovery.geo_failover",
    "recovery.dns",
    "recovery.unlink",
    "recovery.repoint",
    "recovery.reconnect",
    "recovery.keys",
    "recovery.warm_up",
    "recovery.validate",
    "recovery.client_detect",
    "recovery.redirect",
    "recovery.create",
    "recovery.force_unlink",
    "recovery.delete_member",
];

pub(super) fn steps() -> Html {
    folded(
        "Recovery steps",
        "durations",
        html! { <>
            { numbers(&["recovery.alert_window", "recovery.client_pause"]) }
            { ranges(&STEPS) }
            { drills(LOAD) }{ drills(DRAIN) }
        </> },
    )
}

const SPREAD: [&str; 6] = [
    "assumptions.crdt_factor",
    "assumptions.kept_per_delete",
    "assumptions.kept_per_element",
    "assumptions.kept_per_overwrite",
    "assumptions.sync_rate",
    "assumptions.link_start",
];

const SINGLE: [&str; 12] = [
    "assumptions.active_apply_rate",
    "assumptions.nic_share",
    "assumptions.snapshot_ratio",
    "assumptions.replica_buffer",
    "assumptions.passive_backlog",
    "assumptions.batch",
    "assumptions.wire_overhead",
    "assumptions.hottest_shard",
    "assumptions.throughput_derate",
    "assumptions.rehome_share",
    "assumptions.unlink_margin",
    "outages.common_cause",
];

const SYNCS: [&str; 3] = ["syncs.patches_per_year", "syncs.scalings_per_year", "syncs.syncs_per_drill"];

pub(super) fn syncs() -> Html {
    folded("Full syncs", "how often a year", html! { <>{ numbers(&SYNCS) }{ ranges(&["syncs.patch_gap"]) }</> })
}

pub(super) fn assumptions() -> Html {
    folded("Assumptions", "not published by anyone", html! { <>{ ranges(&SPREAD) }{ numbers(&SINGLE) }</> })
}
