//! What the two caches of a passive pair must have in common.

use super::view::{Outcome, Rule, View};
use crate::catalog::Family;
use crate::plan::MOST_SHARDS;
use crate::units::Ratio;
use crate::units::format;

pub(super) const RULES: &[Rule] = &[
    ("PAS-TIER", tier),
    ("PAS-COUNT", count),
    ("PAS-SUB", subscription),
    ("PAS-SIZE", size),
    ("PAS-SIZE-FAILOVER", size_for_failover),
    ("PAS-REPLICAS", replicas),
    ("PAS-CLUSTER", clustering),
    ("PAS-SHARDS", shards),
    ("PAS-PERSIST", persistence),
    ("PAS-VERSION", version),
    ("PAS-STATE", state),
    ("PAS-RESERVED", reserved),
];

fn tier(view: &View) -> Outcome {
    let Some((primary, secondary)) = view.pair_skus() else {
        return Outcome::NotApplicable("no size is chosen and none fits");
    };
    let premium = |id| view.catalog.sku(id).is_some_and(|sku| sku.family == Family::Premium);
    let remedy = "Choose P1 to P5, or compare with the active group.";
    if !premium(primary) {
        let sentence = format!("Passive geo-replication exists on Premium only; the primary is {primary}.");
        return Outcome::broken(sentence, remedy, "passive.sku");
    }
    if !premium(secondary) {
        let sentence = format!("Passive geo-replication exists on Premium only; the secondary is {secondary}.");
        return Outcome::broken(sentence, remedy, "passive.secondary_sku");
    }
    Outcome::Holds
}

fn count(view: &View) -> Outcome {
    match view.plan.regions.len() {
        0 | 1 => Outcome::broken(
            "A pair has two caches; this plan names fewer regions.",
            "Add the region of the secondary.",
            "regions",
        ),
        _ => Outcome::Holds,
    }
}

fn subscription(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.passive.checks.same_subscription,
        "Caches of two subscriptions cannot be linked.",
        "Move both into one before linking.",
        "passive.checks.same_subscription",
    )
}

fn size(view: &View) -> Outcome {
    let Some((primary, secondary)) = view.pair_sizes() else {
        return Outcome::NotApplicable("the sizes of the pair are not known");
    };
    if secondary.memory >= primary.memory {
        return Outcome::Holds;
    }
    Outcome::broken(
        format!(
            "The secondary ({}, {}) is smaller than the primary ({}, {}); the link is refused.",
            secondary.id.short(),
            format::bytes(secondary.memory),
            primary.id.short(),
            format::bytes(primary.memory)
        ),
        format!("Make the secondary {} too.", primary.id.short()),
        "passive.secondary_sku",
    )
}

fn size_for_failover(view: &View) -> Outcome {
    let Some((primary, secondary)) = view.pair_sizes() else {
        return Outcome::NotApplicable("the sizes of the pair are not known");
    };
    if secondary.memory == primary.memory {
        return Outcome::Holds;
    }
    Outcome::broken(
        format!(
            "Primary {} and secondary {} differ: only unlinking is possible.",
            primary.id.short(),
            secondary.id.short()
        ),
        format!("Make both {}, for geo-failover.", primary.id.short()),
        "passive.secondary_sku",
    )
}

fn replicas(view: &View) -> Outcome {
    match view.plan.passive.replicas_per_primary {
        1 => Outcome::Holds,
        replicas => Outcome::broken(
            format!("A linked cache has one replica per primary; this plan has {replicas}."),
            "Set one on both caches.",
            "passive.replicas_per_primary",
        ),
    }
}

fn clustering(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.passive.checks.same_clustering,
        "Clustering differs: the link is refused.",
        "Cluster both or neither.",
        "passive.checks.same_clustering",
    )
}

fn shards(view: &View) -> Outcome {
    if let Some(shards) = view.plan.passive.shards
        && shards > MOST_SHARDS
    {
        let sentence = format!("A Premium cache has 1 to {MOST_SHARDS} shards; this plan has {shards}.");
        return Outcome::broken(
            sentence,
            format!("Choose 1 to {MOST_SHARDS} shards, or a larger size."),
            "passive.shards",
        );
    }
    Outcome::asked(
        view.plan.passive.checks.same_shards,
        "Shards differ: the link is refused, and linked caches keep their shards.",
        "Give both one number of shards before linking.",
        "passive.checks.same_shards",
    )
}

fn persistence(view: &View) -> Outcome {
    Outcome::holds_if(
        !view.plan.passive.persistence,
        "Persistence is on; a linked cache must have RDB and AOF off.",
        "Switch it off on both before linking.",
        "passive.persistence",
    )
}

fn version(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.passive.checks.same_version,
        "Redis versions differ: the link is refused.",
        "Upgrade the older cache, unlinked.",
        "passive.checks.same_version",
    )
}

fn state(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.passive.checks.both_running_unlinked,
        "A cache that is stopped or linked to a third is refused.",
        "az redis show: both must report Succeeded; remove the other link.",
        "passive.checks.both_running_unlinked",
    )
}

fn reserved(view: &View) -> Outcome {
    let passive = &view.plan.passive;
    let allowed = |share: Ratio| (0.1..=0.6).contains(&share.as_fraction());
    let broken = |name: &str, share: Ratio, field| {
        let sentence = format!("{name} is {} of the size; the service accepts 10 % to 60 %.", format::percent(share));
        Outcome::broken(sentence, "Set 10 % to 60 %; 10 % is the default.", field)
    };
    if !allowed(passive.reserved) {
        return broken("maxmemory-reserved", passive.reserved, "passive.reserved");
    }
    if !allowed(passive.fragmentation_reserved) {
        let share = passive.fragmentation_reserved;
        return broken("maxfragmentationmemory-reserved", share, "passive.fragmentation_reserved");
    }
    Outcome::Holds
}
