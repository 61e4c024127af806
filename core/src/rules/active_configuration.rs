//! How the members of an active group must be set up.

use super::view::{Outcome, Rule, View};
use crate::catalog::Family;
use crate::plan::{ClusteringPolicy, EvictionPolicy, GROUP_MEMBERS, Module};
use crate::units::Bytes;
use crate::units::format;

pub(super) const RULES: &[Rule] = &[
    ("ACT-COUNT", count),
    ("ACT-SKU-B0B1", smallest_sizes),
    ("ACT-FLASH", flash),
    ("ACT-FLASH-EVICT", flash_eviction),
    ("ACT-HA", high_availability),
    ("ACT-SAME", same),
    ("ACT-MODULES", modules),
    ("ACT-SEARCH-EVICT", search_eviction),
    ("ACT-SEARCH-CLUSTER", search_clustering),
    ("ACT-PERSIST", persistence),
    ("ACT-CLUSTER-FIXED", clustering_fixed),
    ("ACT-NONCLUSTER", non_clustered),
];

/// Largest size without a cluster (D2).
const NON_CLUSTERED_LIMIT: Bytes = Bytes::gb(25.0);

fn count(view: &View) -> Outcome {
    let members = view.plan.regions.len();
    if GROUP_MEMBERS.contains(&members) {
        return Outcome::Holds;
    }
    let count = if members == 1 { "1 region".to_owned() } else { format!("{members} regions") };
    Outcome::broken(
        format!("A group has two to five members; this plan has {count}."),
        "Name two to five regions.",
        "regions",
    )
}

fn smallest_sizes(view: &View) -> Outcome {
    match view.member_sku() {
        Some(sku) if matches!(sku.short(), "B0" | "B1") => {
            Outcome::broken(format!("{} cannot join a group.", sku.short()), "Choose B3 or larger.", "active.sku")
        }
        _ => Outcome::Holds,
    }
}

fn flash(view: &View) -> Outcome {
    if !view.member_is_flash() {
        return Outcome::Holds;
    }
    Outcome::broken("Flash Optimized cannot join a group.", "Choose a size of another family.", "active.sku")
        .with_source("D1 (newer, undated) and D16: no; S3 (2025-05-18): yes with NoEviction")
}

fn flash_eviction(view: &View) -> Outcome {
    if !view.member_is_flash() {
        return Outcome::NotApplicable("the members are not on flash");
    }
    Outcome::holds_if(
        view.plan.active.eviction == EvictionPolicy::NoEviction,
        "Flash Optimized in a group needs NoEviction, where accepted at all.",
        "Set NoEviction, or choose a size of another family.",
        "active.eviction",
    )
}

fn high_availability(view: &View) -> Outcome {
    Outcome::holds_if(
        view.plan.active.high_availability,
        "High availability is off; every member needs it.",
        "Switch it on; a member then bills two nodes.",
        "active.high_availability",
    )
}

fn same(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.same_configuration,
        "A group refuses members that differ in size, policies, modules or TLS.",
        "Create members alike; some settings are final.",
        "active.checks.same_configuration",
    )
}

fn modules(view: &View) -> Outcome {
    let refused = |module: &&Module| matches!(module, Module::Bloom | Module::TimeSeries);
    let name = |module| if module == Module::Bloom { "RedisBloom" } else { "RedisTimeSeries" };
    match view.plan.active.modules.iter().find(refused) {
        None => Outcome::Holds,
        Some(module) => Outcome::broken(
            format!("{} does not work in a group; only RediSearch and RedisJSON do.", name(*module)),
            "Leave it out of the group.",
            "active.modules",
        ),
    }
}

/// What `RediSearch` asks of a group that holds it.
fn for_search(view: &View, holds: bool, sentence: &str, remedy: &str, field: &'static str) -> Outcome {
    if view.plan.active.modules.contains(&Module::Search) {
        Outcome::holds_if(holds, sentence, remedy, field)
    } else {
        Outcome::NotApplicable("the plan uses no RediSearch")
    }
}

fn search_eviction(view: &View) -> Outcome {
    for_search(
        view,
        view.plan.active.eviction == EvictionPolicy::NoEviction,
        "RediSearch in a group needs NoEviction.",
        "Set NoEviction; then only deletes and expiries free memory.",
        "active.eviction",
    )
}

fn search_clustering(view: &View) -> Outcome {
    for_search(
        view,
        view.plan.active.clustering == ClusteringPolicy::Enterprise,
        "RediSearch needs the clustering policy EnterpriseCluster.",
        "Set the Enterprise policy before creation.",
        "active.clustering",
    )
}

fn persistence(view: &View) -> Outcome {
    Outcome::holds_if(
        !view.plan.active.persistence,
        "Persistence is on; a member must have it off.",
        "Switch persistence off.",
        "active.persistence",
    )
}

fn clustering_fixed(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.clustering_decided,
        "The clustering policy is open; creation makes it final.",
        "Try the client against it before creation.",
        "active.checks.clustering_decided",
    )
}

fn non_clustered(view: &View) -> Outcome {
    if view.plan.active.clustering != ClusteringPolicy::NonClustered {
        return Outcome::NotApplicable("the members are clustered");
    }
    let size = view.member_size().filter(|sku| sku.family != Family::Premium);
    let sentence = match size {
        Some(sku) if sku.memory > NON_CLUSTERED_LIMIT => format!(
            "The policy without a cluster (preview) ends at {}; {} has {}.",
            format::bytes(NON_CLUSTERED_LIMIT),
            sku.id.short(),
            format::bytes(sku.memory)
        ),
        _ => format!("The policy without a cluster is in preview and ends at {}.", format::bytes(NON_CLUSTERED_LIMIT)),
    };
    Outcome::applies(sentence, "For larger data choose OSS or Enterprise.", "active.clustering")
}
