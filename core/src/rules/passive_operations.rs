//! How a passive pair is run: reads, failover, keys, deletion, patching.

use super::view::{NO_PAIR, Outcome, Rule, View};
use crate::model::Topology;
use crate::model::sync::SyncOutcome;
use crate::units::Secs;
use crate::units::format;

pub(super) const RULES: &[Rule] = &[
    ("PAS-SCALE-LOCK", scaling),
    ("PAS-SECONDARY-DATA", secondary_data),
    ("PAS-READS", reads),
    ("PAS-READONLY", writers),
    ("PAS-IMPORT", import),
    ("PAS-DELETE", deletion),
    ("PAS-KEYS", keys),
    ("PAS-AADONLY", entra_only),
    ("PAS-MANUAL", owner),
    ("PAS-RPO", promise),
    ("PAS-PATCH", patching),
    ("PAS-BUFFER", buffer),
];

fn scaling(view: &View) -> Outcome {
    let passive = &view.plan.passive;
    let Some(when) = view.outgrown(Topology::Passive) else {
        return Outcome::NotApplicable("the size lasts to the end of the horizon, or no size fits at all");
    };
    Outcome::asked(
        passive.checks.scaling_relinks,
        &format!("The size is outgrown {when}; linked caches cannot be scaled."),
        "Unlink, scale both, relink (a full sync), or start one size larger.",
        "passive.checks.scaling_relinks",
    )
}

fn secondary_data(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.passive.checks.secondary_data_expendable,
        "Linking deletes everything in the secondary.",
        "Export it before linking.",
        "passive.checks.secondary_data_expendable",
    )
}

fn reads(view: &View) -> Outcome {
    if !view.plan.passive.reads_from_secondary {
        return Outcome::NotApplicable("no application reads the secondary");
    }
    let lasts = match &view.passive.sync.outcome {
        SyncOutcome::Converges { resync, .. } => format!(" ({} for this plan)", format::duration_range(*resync)),
        _ => String::new(),
    };
    Outcome::asked(
        view.plan.passive.checks.readers_fall_back,
        &format!("Readers of the secondary get errors in full syncs{lasts}, updates and some reboots."),
        "Let them fall back to the primary.",
        "passive.checks.readers_fall_back",
    )
}

fn writers(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.passive.checks.no_writers_on_secondary,
        "A linked secondary is read-only: writes to it fail.",
        "Point writers to the primary.",
        "passive.checks.no_writers_on_secondary",
    )
}

fn import(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.passive.checks.no_import_into_secondary,
        "A linked secondary refuses import (export works).",
        "Import into the primary.",
        "passive.checks.no_import_into_secondary",
    )
}

fn deletion(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.passive.checks.unlink_before_delete,
        "Azure refuses to delete a linked cache, and deleting its resource group hangs.",
        "Unlink, wait, then delete.",
        "passive.checks.unlink_before_delete",
    )
}

fn keys(view: &View) -> Outcome {
    if view.plan.passive.entra_id {
        return Outcome::NotApplicable("clients use Entra ID: one credential is good for both caches");
    }
    Outcome::holds_if(
        view.plan.recovery.keys.high > Secs::ZERO,
        "The access keys differ, and no recovery step switches them.",
        "Give the step “keys” a duration, or let clients use Entra ID.",
        "recovery.keys",
    )
}

fn entra_only(view: &View) -> Outcome {
    if !view.plan.passive.entra_id {
        return Outcome::NotApplicable("clients use access keys");
    }
    Outcome::asked(
        view.plan.passive.checks.access_keys_enabled,
        "Access keys are disabled; one practitioner could not geo-link such caches (undocumented).",
        "Try the link in a test, or enable keys while linking.",
        "passive.checks.access_keys_enabled",
    )
}

fn owner(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.passive.checks.owner_and_trigger,
        "Failover is never automatic; nobody is named to start it.",
        "Name owner and trigger.",
        "passive.checks.owner_and_trigger",
    )
}

fn promise(view: &View) -> Outcome {
    let Some(target) = view.plan.objectives.rpo else {
        return Outcome::NotApplicable("the plan sets no RPO");
    };
    Outcome::broken(
        format!("The RPO of {} is a target; the service guarantees none.", format::duration(target)),
        "Watch the sync offset; keep what must not be lost in a database.",
        "objectives.rpo",
    )
}

fn patching(view: &View) -> Outcome {
    if view.pair_regions().is_none() {
        return Outcome::NotApplicable(NO_PAIR);
    }
    let gap = view.demand.stream * Secs::hours(1.0);
    let backlog = view.plan.assumptions.passive_backlog;
    let return_path = if gap > backlog { "a full sync" } else { "a partial resync" };
    Outcome::applies(
        format!(
            "Monthly patches drop the link for up to an hour: {} against a backlog of {}, so {return_path} follows.",
            format::bytes(gap),
            format::bytes(backlog)
        ),
        "Open a support case after an hour.",
        "assumptions.passive_backlog",
    )
}

fn buffer(view: &View) -> Outcome {
    match &view.passive.sync.outcome {
        SyncOutcome::NeverConverges { incoming, apply } => Outcome::broken(
            format!(
                "Changes arrive at {} a shard, which applies {}: a full sync never ends.",
                format::rate(*incoming),
                format::rate(*apply)
            ),
            "Use more shards, or write less.",
            "passive.shards",
        ),
        SyncOutcome::Converges { overrun: Some(overrun), .. } => Outcome::broken(
            format!(
                "In a full sync a shard receives {}{}, above the assumed replica buffer of {}: the sync may restart.",
                format::bytes(overrun.pending),
                if overrun.likely { "" } else { " at the slow end of the copy" },
                format::bytes(overrun.buffer)
            ),
            "Compare GeoReplicationFullSyncEventStarted with …Finished: starts without a finish are restarts.",
            "assumptions.replica_buffer",
        ),
        SyncOutcome::Converges { .. } => Outcome::Holds,
        SyncOutcome::NotApplicable => Outcome::NotApplicable("there is no pair to sync"),
    }
}
