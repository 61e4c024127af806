//! The active group.

use super::choices::{design_in_words, sizes, sku_of};
use super::passive::{network_of, network_value, networks, stringify_path, switch};
use super::section::folded;
use crate::fields::{Choice, ChoiceField, NumberField, SwitchField};
use crate::state::{Act, Action, Session};
use dr_core::catalog::{Family, SkuId};
use dr_core::model::Topology;
use dr_core::plan::{ClusteringPolicy, EvictionPolicy, Module};
use web_sys::HtmlInputElement;
use yew::prelude::*;

pub(super) fn active(session: &Session, act: &Act) -> Html {
    let design = &session.plan.active;
    let chosen = design.sku.as_ref().map(SkuId::to_string).unwrap_or_default();
    let inputs = html! {
        <>
            <ChoiceField path="active.sku" label="Size of every member" {chosen}
                choices={sizes(session, Topology::Active, Family::is_managed_redis, "derived")}
                onchoose={act.reform(|value: String| Action::edit("active.sku", move |plan| plan.active.sku = sku_of(&value)))} />
            { switch!("High availability", active.high_availability) }
            { switch!("Zone redundant", active.zone_redundant) }
            <ChoiceField path="active.eviction" label="At the memory limit" chosen={eviction_value(design.eviction)}
                choices={vec![Choice::new("volatile-lru", "evict keys with a TTL"), Choice::new("all-keys-lru", "evict any key"), Choice::new("no-eviction", "refuse writes")]}
                onchoose={act.reform(|value: String| Action::edit("active.eviction", move |plan| plan.active.eviction = eviction_of(&value)))} />
            <ChoiceField path="active.clustering" label="Clustering policy" chosen={clustering_value(design.clustering)}
                choices={vec![Choice::new("oss", "OSS cluster"), Choice::new("enterprise", "Enterprise cluster"), Choice::new("non-clustered", "not clustered")]}
                onchoose={act.reform(|value: String| Action::edit("active.clustering", move |plan| plan.active.clustering = clustering_of(&value)))} />
            <NumberField path="active.max_fill" label="Largest fill" />
            <ChoiceField path="active.network" label="Network" chosen={network_value(design.network)} choices={networks()}
                onchoose={act.reform(|value: String| Action::edit("active.network", move |plan| plan.active.network = network_of(&value)))} />
            { switch!("Persistence", active.persistence) }
            { switch!("Clients use Entra ID", active.entra_id) }
            { modules(session, act) }
            { folded("Confirmed", "what no plan shows", confirmed()) }
        </>
    };
    folded("Active group", &design_in_words(session, Topology::Active), inputs)
}

fn confirmed() -> Html {
    html! {
        <>
                { switch!("Members are set up alike", active.checks.same_configuration) }
                { switch!("Every member is linked", active.checks.all_linked) }
                { switch!("The application redirects itself", active.checks.application_redirects) }
                { switch!("Every region reaches every member", active.checks.network_to_every_member) }
                { switch!("No FLUSHALL, no FLUSHDB", active.checks.no_flush_commands) }
                { switch!("Multi-key commands in one slot", active.checks.multi_key_in_one_slot) }
                { switch!("Clustering policy is decided", active.checks.clustering_decided) }
                { switch!("Data of joining caches is expendable", active.checks.joining_data_expendable) }
                { switch!("Members are scaled together", active.checks.scaling_together) }
                { switch!("No scale-down", active.checks.no_scale_down) }
                { switch!("Memory alert is set", active.checks.memory_alert) }
                { switch!("Force-unlink has a trigger and an owner", active.checks.force_unlink_trigger) }
                { switch!("A spare region is reserved", active.checks.spare_capacity) }
                { switch!("Maintenance windows are staggered", active.checks.staggered_maintenance) }
            </>
    }
}

const MODULES: [(Module, &str); 4] = [
    (Module::Search, "RediSearch"),
    (Module::Json, "RedisJSON"),
    (Module::Bloom, "RedisBloom"),
    (Module::TimeSeries, "RedisTimeSeries"),
];

fn modules(session: &Session, act: &Act) -> Html {
    let boxes = MODULES.iter().map(|(module, name)| {
        let module = *module;
        let checked = session.plan.active.modules.contains(&module);
        let onchange = act.reform(move |event: Event| {
            let on = event.target_unchecked_into::<HtmlInputElement>().checked();
            Action::edit("active.modules", move |plan| {
                plan.active.modules.retain(|other| *other != module);
                if on {
                    plan.active.modules.push(module);
                }
            })
        });
        html! { <label class="switch"><span>{ *name }</span><input type="checkbox" {checked} {onchange} /></label> }
    });
    html! { <fieldset class="three" data-field="active.modules" tabindex="-1"><legend>{ "Modules" }</legend>{ for boxes }</fieldset> }
}

fn eviction_value(policy: EvictionPolicy) -> String {
    match policy {
        EvictionPolicy::NoEviction => "no-eviction",
        EvictionPolicy::VolatileLru => "volatile-lru",
        EvictionPolicy::AllKeysLru => "all-keys-lru",
    }
    .to_owned()
}

fn eviction_of(value: &str) -> EvictionPolicy {
    match value {
        "no-eviction" => EvictionPolicy::NoEviction,
        "all-keys-lru" => EvictionPolicy::AllKeysLru,
        _ => EvictionPolicy::VolatileLru,
    }
}

fn clustering_value(policy: ClusteringPolicy) -> String {
    match policy {
        ClusteringPolicy::Oss => "oss",
        ClusteringPolicy::Enterprise => "enterprise",
        ClusteringPolicy::NonClustered => "non-clustered",
    }
    .to_owned()
}

fn clustering_of(value: &str) -> ClusteringPolicy {
    match value {
        "enterprise" => ClusteringPolicy::Enterprise,
        "non-clustered" => ClusteringPolicy::NonClustered,
        _ => ClusteringPolicy::Oss,
    }
}
