//! How a passive pair is reached, and what its traffic costs.

use super::view::{NO_PAIR, Outcome, Rule, View};
use crate::model::cost::LineKind;
use crate::plan::Network;
use crate::units::Money;
use crate::units::format;

pub(super) const RULES: &[Rule] = &[
    ("PAS-PE-ORDER", endpoints_first),
    ("PAS-VNET-SAMEREGION", vnet_same_region),
    ("PAS-VNET-XREGION", vnet_two_regions),
    ("PAS-FW", firewall),
    ("PAS-PORTTLS", port_and_tls),
    ("PAS-EGRESS", egress),
];

fn endpoints_first(view: &View) -> Outcome {
    if view.plan.passive.network != Network::PrivateEndpoint {
        return Outcome::NotApplicable("the plan uses no private endpoints for the pair");
    }
    Outcome::asked(
        view.plan.passive.checks.endpoints_before_link,
        "Linked caches take no new private endpoint.",
        "Create both endpoints before linking, else unlink, add, relink.",
        "passive.checks.endpoints_before_link",
    )
}

const NO_VNET: &str = "no cache of the pair is injected into a virtual network";

fn vnet_same_region(view: &View) -> Outcome {
    match (view.plan.passive.network, view.same_region()) {
        (Network::VnetInjected, Some(true)) => {
            Outcome::applies("Both caches are injected in one region: peering or a VPN gateway may join them.", "", "")
        }
        (Network::VnetInjected, Some(false)) => Outcome::NotApplicable("the caches are in two regions"),
        (Network::VnetInjected, None) => Outcome::NotApplicable(NO_PAIR),
        _ => Outcome::NotApplicable(NO_VNET),
    }
}

fn vnet_two_regions(view: &View) -> Outcome {
    if view.plan.passive.network != Network::VnetInjected {
        return Outcome::NotApplicable(NO_VNET);
    }
    let Some((primary, secondary)) = view.pair_regions() else {
        return Outcome::NotApplicable(NO_PAIR);
    };
    if primary == secondary {
        return Outcome::NotApplicable("both caches are in one region");
    }
    Outcome::asked(
        view.plan.passive.checks.vpn_between_vnets,
        &format!(
            "The caches are injected in {} and {}; peering across regions does not carry the link.",
            view.region_name(primary),
            view.region_name(secondary)
        ),
        "Use a VNet-to-VNet VPN gateway, or private endpoints.",
        "passive.checks.vpn_between_vnets",
    )
}

fn firewall(view: &View) -> Outcome {
    if view.plan.passive.network == Network::PrivateEndpoint {
        return Outcome::NotApplicable(
            "with public access off and private endpoints only, there are no firewall rules",
        );
    }
    Outcome::asked(
        view.plan.passive.checks.firewall_allows_secondary,
        "The secondary's address is missing in the primary's firewall: no link.",
        "Add each cache's address to the other's firewall rules.",
        "passive.checks.firewall_allows_secondary",
    )
}

fn port_and_tls(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.passive.checks.same_port_and_tls,
        "Port or TLS differ: clients cannot connect after a failover.",
        "Set both alike.",
        "passive.checks.same_port_and_tls",
    )
}

fn egress(view: &View) -> Outcome {
    let Some((primary, secondary)) = view.pair_regions() else {
        return Outcome::NotApplicable(NO_PAIR);
    };
    let from = view.region_name(primary);
    if primary == secondary {
        let sentence = format!("Both caches are in {from}: replication traffic is not billed.");
        return Outcome::applies(sentence, "", "");
    }
    let bill = &view.passive.bill;
    let amount: Option<Money> =
        bill.lines.iter().filter(|line| line.kind == LineKind::Egress).map(|line| line.amount).sum();
    let cost = amount.map_or_else(
        || "at a price that is unknown".to_owned(),
        |amount| format!("for {}", format::money(amount, bill.currency)),
    );
    let sentence = format!(
        "{from} sends {} {} a month, billed as inter-region traffic {cost}.",
        view.region_name(secondary),
        format::bytes(bill.egress_volume)
    );
    Outcome::applies(sentence, "", "pricing.egress_scheme")
}
