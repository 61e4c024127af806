//! Rebuild, requests, recovery steps and assumptions.

use super::Section;
use super::choices::{design_in_words, sizes, sku_of};
use super::passive::{stringify_path, switch};
use crate::fields::{ChoiceField, NumberField, RangeInput, SwitchField};
use crate::state::{Action, use_act, use_session};
use dr_core::catalog::{Family, SkuId};
use dr_core::model::Topology;
use yew::prelude::*;

#[component]
pub(super) fn RebuildSection() -> Html {
    let session = use_session();
    let act = use_act();
    let chosen = session.plan.rebuild.sku.as_ref().map(SkuId::to_string).unwrap_or_default();
    html! {
        <Section title="Rebuild" folded=true note={design_in_words(&session, Topology::Rebuild)}>
            <ChoiceField path="rebuild.sku" label="Size" {chosen} choices={sizes(&session, Topology::Rebuild, Family::is_managed_redis, "derived")}
                onchoose={act.reform(|value: String| Action::edit("rebuild.sku", move |plan| plan.rebuild.sku = sku_of(&value)))} />
            { switch!("High availability", rebuild.high_availability) }
            <NumberField path="rebuild.reload_rate" />
            <NumberField path="rebuild.database_limit" />
        </Section>
    }
}

#[component]
pub(super) fn LatencySection() -> Html {
    html! {
        <Section title="Requests" folded=true note="what a latency is made of">
            <NumberField path="latency.calls_in_sequence" />
            <NumberField path="latency.service" />
            <NumberField path="latency.rest_of_request" />
            <NumberField path="latency.within_region" from="assumed" />
        </Section>
    }
}

#[component]
pub(super) fn StepsSection() -> Html {
    html! {
        <Section title="Recovery steps" folded=true note="durations">
            <NumberField path="recovery.alert_window" />
            <RangeInput path="recovery.detect" />
            <RangeInput path="recovery.decide" />
            <RangeInput path="recovery.geo_failover" />
            <RangeInput path="recovery.dns" />
            <RangeInput path="recovery.unlink" />
            <RangeInput path="recovery.repoint" />
            <RangeInput path="recovery.reconnect" />
            <RangeInput path="recovery.keys" />
            <RangeInput path="recovery.warm_up" />
            <RangeInput path="recovery.validate" />
            <RangeInput path="recovery.client_detect" />
            <RangeInput path="recovery.redirect" />
            <RangeInput path="recovery.create" />
            <RangeInput path="recovery.force_unlink" />
            <RangeInput path="recovery.delete_member" />
        </Section>
    }
}

#[component]
pub(super) fn AssumptionsSection() -> Html {
    html! {
        <Section title="Assumptions" folded=true note="not published by anyone">
            <RangeInput path="assumptions.crdt_factor" />
            <RangeInput path="assumptions.kept_per_delete" />
            <RangeInput path="assumptions.kept_per_element" />
            <RangeInput path="assumptions.kept_per_overwrite" />
            <RangeInput path="assumptions.sync_rate" />
            <RangeInput path="assumptions.link_start" />
            <NumberField path="assumptions.active_apply_rate" />
            <NumberField path="assumptions.nic_share" />
            <NumberField path="assumptions.snapshot_ratio" />
            <NumberField path="assumptions.replica_buffer" />
            <NumberField path="assumptions.passive_backlog" />
            <NumberField path="assumptions.batch" />
            <NumberField path="assumptions.wire_overhead" />
            <NumberField path="assumptions.hottest_shard" />
            <NumberField path="assumptions.throughput_derate" />
            <NumberField path="assumptions.rehome_share" />
            <NumberField path="assumptions.unlink_margin" />
        </Section>
    }
}
