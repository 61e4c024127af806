//! The passive pair.

use super::choices::{design_in_words, sizes, sku_of};
use super::section::folded;
use crate::fields::{Choice, ChoiceField, NumberField, SwitchField, numbers};
use crate::state::{Act, Action, Session};
use dr_core::catalog::{Family, SkuId};
use dr_core::model::Topology;
use dr_core::plan::Network;
use yew::prelude::*;

/// A switch of the plan, its path spelt once.
macro_rules! switch {
    ($label:literal, $($part:ident).+) => {
        html! {
            <SwitchField label={$label} path={stringify_path!($($part).+)}
                get={(|plan| plan.$($part).+) as fn(&dr_core::plan::Plan) -> bool}
                set={(|plan, on| plan.$($part).+ = on) as fn(&mut dr_core::plan::Plan, bool)} />
        }
    };
}

macro_rules! stringify_path {
    ($first:ident $(. $rest:ident)*) => {
        concat!(stringify!($first) $(, ".", stringify!($rest))*)
    };
}

pub(super) use {stringify_path, switch};

pub(super) fn passive(session: &Session, act: &Act) -> Html {
    let design = &session.plan.passive;
    let chosen = |sku: &Option<SkuId>| sku.as_ref().map(ToString::to_string).unwrap_or_default();
    let premium = |family| family == Family::Premium;
    let mut secondary = sizes(session, Topology::Passive, premium, "like the primary");
    secondary[0] = Choice::new("", "like the primary");
    let set = |field: &'static str, apply: fn(&mut dr_core::plan::Plan, Option<SkuId>)| {
        act.reform(move |value: String| Action::edit(field, move |plan| apply(plan, sku_of(&value))))
    };
    let shards = session.evaluation.passive.design.caches.first().map_or(1, |cache| cache.shards);
    let inputs = html! {
        <>
            { switch!("The pair exists already", passive.exists) }
            <ChoiceField path="passive.sku" label="Size" chosen={chosen(&design.sku)} choices={sizes(session, Topology::Passive, premium, "derived")}
                onchoose={set("passive.sku", |plan, sku| plan.passive.sku = sku)} />
            <ChoiceField path="passive.secondary_sku" label="Size of the secondary" chosen={chosen(&design.secondary_sku)} choices={secondary}
                onchoose={set("passive.secondary_sku", |plan, sku| plan.passive.secondary_sku = sku)} />
            <NumberField path="passive.shards" derived={format!("{shards}: the fewest that fit")} />
            { numbers(&["passive.replicas_per_primary", "passive.reserved", "passive.fragmentation_reserved"]) }
            <NumberField path="passive.max_fill" label="Largest fill" />
            <ChoiceField path="passive.network" label="Network" chosen={network_value(design.network)} choices={networks()}
                onchoose={act.reform(|value: String| Action::edit("passive.network", move |plan| plan.passive.network = network_of(&value)))} />
            { switch!("Persistence", passive.persistence) }
            { switch!("Users read from the secondary", passive.reads_from_secondary) }
            { switch!("Clients use Entra ID", passive.entra_id) }
            { folded("Confirmed", "what no plan shows", confirmed()) }
        </>
    };
    folded("Passive pair", &design_in_words(session, Topology::Passive), inputs)
}

fn confirmed() -> Html {
    html! {
        <>
                { switch!("One subscription", passive.checks.same_subscription) }
                { switch!("One Redis version", passive.checks.same_version) }
                { switch!("Both running, in no other link", passive.checks.both_running_unlinked) }
                { switch!("Both clustered or neither", passive.checks.same_clustering) }
                { switch!("Equal shards", passive.checks.same_shards) }
                { switch!("Data of the secondary is expendable", passive.checks.secondary_data_expendable) }
                { switch!("Private endpoints before the link", passive.checks.endpoints_before_link) }
                { switch!("Geo-replicated name leads to both", passive.checks.geo_name_reaches_both) }
                { switch!("Firewall lets the secondary in", passive.checks.firewall_allows_secondary) }
                { switch!("Equal port and TLS", passive.checks.same_port_and_tls) }
                { switch!("VPN between injected networks", passive.checks.vpn_between_vnets) }
                { switch!("No writers on the secondary", passive.checks.no_writers_on_secondary) }
                { switch!("Readers fall back to the primary", passive.checks.readers_fall_back) }
                { switch!("Access keys enabled", passive.checks.access_keys_enabled) }
                { switch!("No import into the secondary", passive.checks.no_import_into_secondary) }
                { switch!("Unlink before delete", passive.checks.unlink_before_delete) }
                { switch!("Scaling unlinks and links again", passive.checks.scaling_relinks) }
                { switch!("Goes on without a new Premium cache", passive.checks.goes_on_without_new_premium) }
                { switch!("Failover has an owner and a trigger", passive.checks.owner_and_trigger) }
            </>
    }
}

pub(super) fn networks() -> Vec<Choice> {
    vec![
        Choice::new("private-endpoint", "private endpoints"),
        Choice::new("public", "public endpoint"),
        Choice::new("vnet-injected", "injected into a VNet"),
    ]
}

pub(super) fn network_value(network: Network) -> String {
    match network {
        Network::Public => "public",
        Network::PrivateEndpoint => "private-endpoint",
        Network::VnetInjected => "vnet-injected",
    }
    .to_owned()
}

pub(super) fn network_of(value: &str) -> Network {
    match value {
        "public" => Network::Public,
        "vnet-injected" => Network::VnetInjected,
        _ => Network::PrivateEndpoint,
    }
}
