//! How an active group is run: failover, unlink, scaling, maintenance, traffic.

use super::view::{NO_PAIR, Outcome, Rule, View};
use crate::catalog::Severity;
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
        "Code or a runbook uses FLUSHALL or FLUSHDB, which a group refuses; the management flush empties every member.",
        "Delete keys by pattern, or plan the management flush knowing that it empties all regions.",
        "active.checks.no_flush_commands",
    )
}

fn scaling(view: &View) -> Outcome {
    let active = &view.plan.active;
    let Some(month) = view.outgrown_in(&view.active.design, active.max_fill) else {
        return Outcome::NotApplicable("the size lasts to the end of the horizon, or no size fits at all");
    };
    Outcome::asked(
        active.checks.scaling_together,
        &format!(
            "Data growing {} a year outgrow the members in month {month}; until every member is scaled, the old size limits all (preview).",
            format::percent(view.plan.workload.growth_per_year)
        ),
        "Plan to scale every member to the same size first, or start one size larger.",
        "active.checks.scaling_together",
    )
}

fn scale_down(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.no_scale_down,
        "The plan makes members smaller; a group cannot lose memory or shards.",
        "Create a smaller group beside it and move the data.",
        "active.checks.no_scale_down",
    )
}

fn force_link(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.joining_data_expendable,
        "A cache that joins the group holds data worth keeping; joining discards it and takes several minutes of downtime.",
        "Export the data first, or write them again into the group.",
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
        &format!("The plan names neither who force-unlinks a dead member nor at which memory level{when}."),
        "Name the trigger, the approver, and the delete-and-create that must follow.",
        "active.checks.force_unlink_trigger",
    )
}

fn rejoin_capacity(view: &View) -> Outcome {
    let size = view.member_sku().map_or("the size", |sku| sku.short());
    Outcome::asked(
        view.plan.active.checks.spare_capacity,
        &format!(
            "After a force-unlink the member is recreated, and {size} may be refused for lack of capacity or quota."
        ),
        "Reserve an alternative region, and raise the quota there beforehand.",
        "active.checks.spare_capacity",
    )
}

fn redirect(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.application_redirects,
        "The application does not redirect, and a group has no failover command and no routing: people point the clients to another member, and the recovery counts their steps.",
        "Let clients or a load balancer switch, with endpoint and key of every member at hand, and try it in a drill.",
        "active.checks.application_redirects",
    )
    // It takes time, which M-06 counts; it bars nothing.
    .with_severity(Severity::Warn)
}

fn network(view: &View) -> Outcome {
    if view.plan.active.network == Network::VnetInjected {
        return Outcome::broken(
            "Azure Managed Redis has neither injection into a virtual network nor IP firewall rules.",
            "Use private endpoints and network security groups in every region.",
            "active.network",
        );
    }
    Outcome::asked(
        view.plan.active.checks.network_to_every_member,
        "Clients of one region cannot reach every other member, so a redirect would fail.",
        "Give each region private endpoints, name resolution and rules to every other member.",
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
        "Replication time between members is neither guaranteed nor shown by a metric.",
        "Write a heartbeat key in each region and measure its age in the others.",
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
        format!("99.999 % is promised only for zone-redundant members in at least three regions; {lacks}."),
        "Expect 99.99 % if all members have zones, else 99.9 %.",
        field,
    )
}

fn egress(view: &View) -> Outcome {
    if view.pair_regions().is_none() {
        return Outcome::NotApplicable(NO_PAIR);
    }
    let volume = format::bytes(view.active.bill.egress_volume);
    let taken = match view.plan.pricing.active_egress {
        EgressBilling::Absorbed => "this bill takes it as absorbed",
        EgressBilling::ListRate => "this bill takes the list rate",
    };
    Outcome::applies(
        format!(
            "Members send each other {volume} a month: absorbed today and subject to change (D1), billed by the older how-to (S3); {taken}."
        ),
        "Look at both before a budget is signed.",
        "pricing.active_egress",
    )
    .with_source("D1 (newer, undated): absorbed; S3 (2025-05-18): billed; D7 (2026-01-12): may be billed")
}

fn maintenance(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.staggered_maintenance,
        "Members' maintenance windows may overlap; set them apart (preview: at least two a week, 4 h each, 18 h a week, UTC).",
        "Give every member its own windows.",
        "active.checks.staggered_maintenance",
    )
}

fn state(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.all_linked,
        "A member does not report the link state Linked; LinkFailed and UnlinkFailed are incidents.",
        "Look with az redisenterprise database show, linkedDatabases; open a support case before anything else is changed in the group.",
        "active.checks.all_linked",
    )
}
