//! Memory, keys and throughput of an active group.

use super::view::{Outcome, Rule, View};
use crate::catalog::Severity;
use crate::model::runway::{Filling, Runway};
use crate::model::thresholds::{ALERT, EVICTION};
use crate::plan::{ClusteringPolicy, EvictionPolicy, LoadFigure};
use crate::rules::act_by::act_by;
use crate::units::format;
use crate::units::{Bytes, Ratio};

pub(super) const RULES: &[Rule] = &[
    ("ACT-KEY500", large_keys),
    ("ACT-KEY2G", huge_keys),
    ("ACT-HASHTAG", hash_tags),
    ("ACT-MULTIKEY", multi_key),
    ("ACT-ALERT60", alert_window),
    ("ACT-MEM80", eviction_level),
    ("ACT-MEM75", memory_alert),
    ("ACT-OOM", headroom),
    ("ACT-NOTTL", nothing_expires),
    ("ACT-CAPACITY", capacity),
    ("ACT-MEMFACTOR", memory_factor),
];

/// Keys above this make sync trouble (S3).
const LARGE_KEY: Bytes = Bytes::mb(500.0);
/// "Close to 2 GB" (S3) is taken as 90 % of it.
const HUGE_KEY: Bytes = Bytes::gb(1.8);
const NO_GROUP: &str = "there is no group whose memory could fill";

fn filling<'a>(view: &View<'a>) -> Option<&'a Filling> {
    match &view.active.runway {
        Runway::Fills(filling) => Some(filling),
        Runway::ColdStart | Runway::NotAtRisk | Runway::NotApplicable => None,
    }
}

fn large_keys(view: &View) -> Outcome {
    let largest = view.plan.workload.largest_key;
    if largest <= LARGE_KEY {
        return Outcome::Holds;
    }
    Outcome::broken(
        format!("The largest key has {}; sync suffers above {}.", format::bytes(largest), format::bytes(LARGE_KEY)),
        "Split it.",
        "workload.largest_key",
    )
}

fn huge_keys(view: &View) -> Outcome {
    let largest = view.plan.workload.largest_key;
    if largest < HUGE_KEY {
        return Outcome::Holds;
    }
    Outcome::broken(
        format!("The largest key has {}; close to 2 GB replication becomes unhealthy.", format::bytes(largest)),
        "Split it well below 500 MB.",
        "workload.largest_key",
    )
}

fn hash_tags(view: &View) -> Outcome {
    Outcome::holds_if(
        !view.plan.workload.custom_hash_tags,
        &format!(
            "Own hash tags fill shards unevenly; the fullest ({} times the mean) limits the group.",
            format::number(view.plan.assumptions.hottest_shard)
        ),
        "Use hash tags only for multi-key commands.",
        "workload.custom_hash_tags",
    )
}

fn multi_key(view: &View) -> Outcome {
    if view.plan.active.clustering == ClusteringPolicy::NonClustered {
        return Outcome::NotApplicable("the members are not clustered");
    }
    Outcome::asked(
        view.plan.active.checks.multi_key_in_one_slot,
        "DEL, MSET and UNLINK over several slots fail in a group; MGET, EXISTS and TOUCH do not.",
        "Send one command per slot.",
        "active.checks.multi_key_in_one_slot",
    )
}

fn alert_window(view: &View) -> Outcome {
    let Some(filling) = filling(view) else { return Outcome::NotApplicable(NO_GROUP) };
    if !filling.alert_too_late {
        return Outcome::Holds;
    }
    let window = format::duration(view.plan.recovery.alert_window);
    let decide = format::duration(view.plan.recovery.decide.mode);
    Outcome::broken(
        format!("The health alert fires after {window}, deciding takes {decide} more. {}.", act_by(&filling.deadline)),
        format!("Shorten the window; alert on used memory at {} too.", format::percent(ALERT)),
        "recovery.alert_window",
    )
}

fn eviction_level(view: &View) -> Outcome {
    let Some(filling) = filling(view) else { return Outcome::NotApplicable(NO_GROUP) };
    if filling.fill < EVICTION {
        return Outcome::Holds;
    }
    Outcome::broken(
        format!(
            "The fullest shard starts {} full; a group evicts from {} on and frees nothing while a member is away.",
            format::percent(filling.fill),
            format::percent(EVICTION)
        ),
        "Choose a larger size.",
        "active.sku",
    )
}

fn memory_alert(view: &View) -> Outcome {
    let first = filling(view).and_then(|filling| filling.to_alert.mode);
    let when = first.map_or_else(String::new, |time| format!(" (typically {} after a loss)", format::duration(time)));
    Outcome::asked(
        view.plan.active.checks.memory_alert,
        &format!("No alert watches used memory at {}{when}, the only warning before eviction.", format::percent(ALERT)),
        "Create it on every member: runbook, Watch.",
        "active.checks.memory_alert",
    )
}

fn headroom(view: &View) -> Outcome {
    let Some(filling) = filling(view) else { return Outcome::NotApplicable(NO_GROUP) };
    if filling.used.mode < filling.limit {
        return Outcome::Holds;
    }
    let (used, limit) = (format::bytes(filling.used.mode), format::bytes(filling.limit));
    if view.plan.is_open(LoadFigure::Data) {
        return Outcome::open(
            format!("The data is not known; with the value that a new plan starts from a member holds {used} of {limit} usable."),
            "Enter it, or import the metrics of the members.",
            "workload.dataset",
        )
        .with_severity(Severity::Warn);
    }
    Outcome::broken(
        format!("A member holds {used} of {limit} usable: sync pauses before anything fails."),
        "Choose a larger size.",
        "active.sku",
    )
}

fn nothing_expires(view: &View) -> Outcome {
    if view.plan.active.eviction != EvictionPolicy::NoEviction {
        return Outcome::NotApplicable("the members evict");
    }
    Outcome::holds_if(
        view.plan.workload.split.expiries > Ratio::ZERO,
        "With NoEviction and no expiring key nothing frees full memory: members never sync again.",
        "Give keys a time to live, or allow eviction.",
        "active.eviction",
    )
}

fn capacity(view: &View) -> Outcome {
    let capacity = &view.active.capacity;
    match (capacity.enough, capacity.limit) {
        (Some(false), Some(limit)) => Outcome::broken(
            format!(
                "The busiest member serves {} at peak, {} with a region down; planned throughput is {}.",
                format::ops(capacity.normal),
                format::ops(capacity.region_down),
                format::ops(limit)
            ),
            "Choose more shards, or write less: every member carries all writes.",
            "active.sku",
        ),
        (Some(true), _) => Outcome::Holds,
        (None, Some(limit)) => Outcome::open(
            format!(
                "Reads and writes are not known; with the values that a new plan starts from the busiest member serves {}, and planned \
                 throughput is {}.",
                format::ops(capacity.region_down),
                format::ops(limit)
            ),
            "Enter them, or import the metrics of the members.",
            "workload.writes",
        )
        .with_severity(Severity::Warn),
        _ => Outcome::NotVisible("no throughput is published for this size; measure it"),
    }
}

fn memory_factor(view: &View) -> Outcome {
    let design = &view.active.design;
    if !design.possible {
        return Outcome::NotApplicable(NO_GROUP);
    }
    let factor = view.plan.assumptions.crdt_factor.high;
    let doubled = view.plan.workload.dataset * factor;
    if doubled <= design.usable {
        return Outcome::Holds;
    }
    Outcome::broken(
        format!(
            "Data of {} may need up to {} times that, {}; a member can use {}.",
            format::bytes(view.plan.workload.dataset),
            format::number(factor),
            format::bytes(doubled),
            format::bytes(design.usable)
        ),
        "Choose a larger size, or enter a measured factor.",
        "active.sku",
    )
}
