//! How an active group is run: failover, unlink, scaling, maintenance, traffic.

use super::view::{NO_PAIR, Outcome, Rule, View};
use crate::catalog::Severity;
use crate::model::Topology;
use crate::model::availability::zoneless;
use crate::model::runway::Runway;
use crate::plan::{EgressBilling, Network};
use crate::rules::act_by::act_by_inside;
use crate::units::format;

pub(super) const RULES: &[Rule] = &[
    ("ACT-FLUSH", flush),
    ("ACT-SCALE-LOCK", scaling),
    ("ACT-SCALE-DOWN", scale_down),
    ("ACT-FORCELINK", force_link),
    ("ACT-FORCEUNLINK", force_unlink),
    ("ACT-REJOIN-CAPACITY", rejoin_capacity),
    ("ACT-FAILOVER-APP", redirect),
    ("ACT-FIREWALL", network),
    ("ACT-SYNC-SLA", sync_promise),
    ("ACT-SLA5N", five_nines),
    ("ACT-EGRESS", egress),
    ("ACT-MAINT", maintenance),
    ("ACT-STATE", state),
];

fn flush(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.no_flush_commands,
        "A group refuses FLUSHALL and FLUSHDB; the management flush empties every member.",
        "Delete keys by pattern, or plan the management flush.",
        "active.checks.no_flush_commands",
    )
}

fn scaling(view: &View) -> Outcome {
    let active = &view.plan.active;
    let Some(when) = view.outgrown(Topology::Active) else {
        return Outcome::NotApplicable("the size lasts to the end of the horizon, or no size fits at all");
    };
    Outcome::asked(
        active.checks.scaling_together,
        &format!("The members are outgrown {when}; the old size limits all until every one is scaled (preview)."),
        "Scale every member first, or start one size larger.",
        "active.checks.scaling_together",
    )
}

fn scale_down(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.no_scale_down,
        "A group cannot lose memory or shards.",
        "Move the data to a smaller, new group.",
        "active.checks.no_scale_down",
    )
}

fn force_link(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.joining_data_expendable,
        "Joining discards the joining cache's data and takes minutes of downtime.",
        "Export it first, or rewrite it into the group.",
        "active.checks.joining_data_expendable",
    )
}

fn force_unlink(view: &View) -> Outcome {
    let deadline = match &view.active.runway {
        Runway::Fills(filling) => Some(filling.deadline).filter(|deadline| deadline.act_by.is_some()),
        Runway::ColdStart | Runway::NotAtRisk | Runway::NotApplicable => None,
    };
    let when = deadline.map_or_else(String::new, |deadline| format!("; {}", act_by_inside(&deadline)));
    Outcome::asked(
        view.plan.active.checks.force_unlink_trigger,
        &format!("Nobody is named to force-unlink a dead member, nor a memory level{when}."),
        "Name trigger, approver, and the delete-and-create that follows.",
        "active.checks.force_unlink_trigger",
    )
}

fn rejoin_capacity(view: &View) -> Outcome {
    let size = view.member_sku().map_or("the size", |sku| sku.short());
    Outcome::asked(
        view.plan.active.checks.spare_capacity,
        &format!("The recreated member may be refused {size} for capacity or quota."),
        "Reserve another region, and raise its quota.",
        "active.checks.spare_capacity",
    )
}

fn redirect(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.application_redirects,
        "A group neither fails over nor routes: people point clients elsewhere.",
        "Let clients or a load balancer switch; try it in a drill.",
        "active.checks.application_redirects",
    )
    // It takes time, which M-06 counts; it bars nothing.
    .with_severity(Severity::Warn)
}

fn network(view: &View) -> Outcome {
    if view.plan.active.network == Network::VnetInjected {
        return Outcome::broken(
            "Azure Managed Redis has no VNet injection and no IP firewall.",
            "Use private endpoints and network security groups.",
            "active.network",
        );
    }
    Outcome::asked(
        view.plan.active.checks.network_to_every_member,
        "Clients do not reach every member, so a redirect fails.",
        "Give each region endpoints, names and rules to every member.",
        "active.checks.network_to_every_member",
    )
    // Clients that are redirected find nobody: such a group does not survive the loss of a region.
    .with_severity(Severity::Block)
}

fn sync_promise(view: &View) -> Outcome {
    if view.pair_regions().is_none() {
        return Outcome::NotApplicable(NO_PAIR);
    }
    Outcome::applies(
        "No metric or promise covers replication time.",
        "Measure the age of a heartbeat key between regions.",
        "",
    )
}

fn five_nines(view: &View) -> Outcome {
    let members = view.plan.regions.len();
    let zoneless = zoneless(view.plan, view.catalog);
    let (lacks, field) = if members < 3 {
        (format!("this plan has {members}"), "regions")
    } else if !view.plan.active.zone_redundant {
        ("these members have no zones".to_owned(), "active.zone_redundant")
    } else if !zoneless.is_empty() {
        (format!("there are no zones in {}", zoneless.join(" and in ")), "regions")
    } else if !view.plan.active.high_availability {
        ("these members are not highly available".to_owned(), "active.high_availability")
    } else {
        return Outcome::Holds;
    };
    Outcome::applies(
        format!("99.999 % needs zone-redundant members in at least three regions; {lacks}."),
        "Expect 99.99 % with zones, else 99.9 %.",
        field,
    )
}

fn egress(view: &View) -> Outcome {
    if view.pair_regions().is_none() {
        return Outcome::NotApplicable(NO_PAIR);
    }
    let volume = format::bytes(view.active.bill.egress_volume);
    let taken = match view.plan.pricing.active_egress {
        EgressBilling::Absorbed => "the bill takes it as absorbed",
        EgressBilling::ListRate => "the bill takes the list rate",
    };
    Outcome::applies(
        format!("Members exchange {volume} a month; {taken}."),
        "Check before signing a budget.",
        "pricing.active_egress",
    )
    .with_source("D1 (newer, undated): absorbed; S3 (2025-05-18): billed; D7 (2026-01-12): may be billed")
}

fn maintenance(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.staggered_maintenance,
        "Maintenance windows may overlap (preview: two a week at least, 4 h each, 18 h a week, UTC).",
        "Give each member its own.",
        "active.checks.staggered_maintenance",
    )
}

fn state(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.all_linked,
        "A member is not Linked; LinkFailed and UnlinkFailed are incidents.",
        "Look with az redisenterprise database show; open a support case before changing the group.",
        "active.checks.all_linked",
    )
}
