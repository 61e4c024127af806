//! The plans that are rehearsed, and their runbooks as scripts.

use dr_core::codec;
use dr_core::plan::{Confirmation, Network, Plan};
use dr_core::report::runbook::Runbook;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

pub(super) fn preset(name: &str) -> Plan {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public/plans").join(name);
    codec::from_json(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Created behind private endpoints, with Entra ID: the longest way.
pub(super) fn private() -> Plan {
    let mut plan = Plan { name: "Shop".to_owned(), ..Plan::default() };
    (plan.passive.entra_id, plan.active.entra_id) = (true, true);
    (plan.passive.network, plan.active.network) = (Network::PrivateEndpoint, Network::PrivateEndpoint);
    plan.passive.exists = Confirmation::NotSo;
    plan.passive.tenant_had_cache = Confirmation::Confirmed;
    plan
}

/// Public with access keys.
pub(super) fn public() -> Plan {
    let mut plan = private();
    (plan.passive.entra_id, plan.active.entra_id) = (false, false);
    (plan.passive.network, plan.active.network) = (Network::Public, Network::Public);
    plan
}

/// The primary of a pair in East US and West US stays, in another size than the plan's, and gets a partner in North Europe.
pub(super) fn joined(mut plan: Plan) -> Plan {
    plan.passive.exists = Confirmation::Confirmed;
    plan.today.sku = Some(dr_core::catalog::SkuId::new("Premium_P5"));
    "eastus, westus".clone_into(&mut plan.today.elsewhere);
    plan
}

const SITE: &str = "/subscriptions/x/resourceGroups/net/providers";

/// The network of a site file that is made of this name.
pub(super) fn network(name: &str) -> String {
    format!("{SITE}/Microsoft.Network/virtualNetworks/{name}")
}

/// A hub and spokes: zones, networks and the action group in subscriptions of their own, each by its id; of a group also the second member.
pub(super) fn elsewhere(mut plan: Plan, group: bool) -> Plan {
    "spoke".clone_into(&mut plan.site.subscription);
    "/subscriptions/watch/resourceGroups/rg-watch/providers/microsoft.insights/actionGroups/on-call"
        .clone_into(&mut plan.site.action_group);
    for place in 0..2 {
        let site = plan.site_of_mut(place).unwrap();
        site.subnet = format!("{}/subnets/{place}", network("v"));
        site.zone_group = format!("/subscriptions/hub/resourceGroups/rg-zone-{place}");
        site.dns_group = format!("/subscriptions/hub/resourceGroups/rg-dns-{place}");
    }
    if group {
        "far".clone_into(&mut plan.site_of_mut(1).unwrap().subscription);
    }
    plan
}

/// A site file in which every name of a resource is made of this one.
pub(super) fn site(mut plan: Plan, name: &str) -> Plan {
    plan.site.subscription = format!("{name} subscription");
    plan.site.nickname = format!("{name} group");
    plan.site.action_group = format!("{SITE}/microsoft.insights/actionGroups/{name}");
    plan.site.application = format!("{name} app");
    plan.site.operators = format!("{name} operators");
    plan.site.dns_zone = format!("{name} zone");
    plan.site.dns_record = format!("{name} record");
    plan.site.approver = format!("{name} approver");
    for place in 0..2 {
        let site = plan.site_of_mut(place).unwrap();
        site.resource_group = format!("{name} rg{place}");
        site.cache = format!("{name} cache{place}");
        site.subnet = format!("{}/subnets/{place}", network(name));
        site.zone_group = format!("{name} zones{place}");
        site.dns_group = format!("{name} dns{place}");
    }
    plan
}

/// The word that a step's commands wait for, as the shell reads it.
pub(super) fn confirmation(commands: &str) -> Option<&str> {
    commands.split_once("\"${CONFIRM-}\" != ")?.1.split_once(" ]; then").map(|(word, _)| word)
}

/// All steps in one script, as an operator pastes them: what is asked for is set first, and each confirmation before its step.
pub(super) fn script(book: &Runbook) -> String {
    let steps: Vec<_> = book.sections.iter().flat_map(|section| &section.steps).collect();
    let all: String =
        steps.iter().flat_map(|step| [step.commands.as_str(), "\n", step.verify.as_str(), "\n"]).collect();
    let asked: BTreeSet<&str> =
        all.split(": \"${").skip(1).filter_map(|rest| rest.split_once(":?")).map(|(name, _)| name).collect();
    let mut script: String = asked.iter().flat_map(|name| [name, "='asked ", name, "'\n"]).collect();
    // The first member is lost; losses.rs loses the others.
    let lost =
        all.split_once("set_lost() {").and_then(|(_, rest)| rest.split_once(" in\n")?.1.trim_start().split_once(")\n"));
    script.extend(lost.and_then(|(names, _)| names.rsplit(" | ").next()).map(|region| format!("MEMBER={region}\n")));
    for step in steps {
        script.extend(confirmation(&step.commands).map(|word| format!("CONFIRM={word}\n")));
        script.extend([step.commands.as_str(), "\n", step.verify.as_str(), "\n"]);
    }
    script
}

pub(super) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub(super) fn value<'a>(call: &'a [String], option: &str) -> Option<&'a str> {
    call.iter().position(|word| word == option).and_then(|at| call.get(at + 1)).map(String::as_str)
}

/// The name of the plan's first cache.
pub(super) fn first_cache(plan: &Plan) -> String {
    let known = plan.site_of(0).map(|site| site.cache.clone()).filter(|name| !name.is_empty());
    if known.is_none() && plan.passive.exists.is_confirmed() {
        return format!("asked CACHE_{}", plan.regions[0].region.as_str().to_ascii_uppercase());
    }
    let base = plan.name.to_ascii_lowercase().replace(' ', "-");
    known.unwrap_or_else(|| format!("{base}-{}", plan.regions[0].region.as_str()))
}
