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
        Some(sku) if matches!(sku.short(), "B0" | "B1") => Outcome::broken(
            format!("{} cannot join a group: B0 and B1 have no active geo-replication.", sku.short()),
            "Choose B3 or larger.",
            "active.sku",
        ),
        _ => Outcome::Holds,
    }
}

fn flash(view: &View) -> Outcome {
    if !view.member_is_flash() {
        return Outcome::Holds;
    }
    Outcome::broken(
        "Flash Optimized cannot join a group by the newer text (D1, D16); the older how-to (S3, 2025-05-18) allowed it with NoEviction.",
        "Choose a size of another family.",
        "active.sku",
    )
    .with_source("D1 (newer, undated) and D16: no; S3 (2025-05-18): yes with NoEviction")
}

fn flash_eviction(view: &View) -> Outcome {
    if !view.member_is_flash() {
        return Outcome::NotApplicable("the members are not on flash");
    }
    Outcome::kept(
        view.plan.active.eviction == EvictionPolicy::NoEviction,
        "Where Flash Optimized is accepted in a group at all, it needs the eviction policy NoEviction.",
        "Set NoEviction, or choose a size of another family.",
        "active.eviction",
    )
}

fn high_availability(view: &View) -> Outcome {
    Outcome::kept(
        view.plan.active.high_availability,
        "High availability is off; every member of a group must have it on.",
        "Switch high availability on; a member is then billed as two nodes.",
        "active.high_availability",
    )
}

fn same(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.same_configuration,
        "The members differ in size, eviction or clustering policy, modules or TLS; a group refuses that.",
        "Create every member with the same settings; several cannot be changed afterwards.",
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
            "Leave the module out, or keep its data in a cache outside the group.",
            "active.modules",
        ),
    }
}

/// What `RediSearch` asks of a group that holds it.
fn for_search(view: &View, holds: bool, sentence: &str, remedy: &str, field: &'static str) -> Outcome {
    if view.plan.active.modules.contains(&Module::Search) {
        Outcome::kept(holds, sentence, remedy, field)
    } else {
        Outcome::NotApplicable("the plan uses no RediSearch")
    }
}

fn search_eviction(view: &View) -> Outcome {
    for_search(
        view,
        view.plan.active.eviction == EvictionPolicy::NoEviction,
        "RediSearch in a group needs the eviction policy NoEviction.",
        "Set NoEviction, and mind that nothing frees memory then but deletes and expiries.",
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
    Outcome::kept(
        !view.plan.active.persistence,
        "Persistence is switched on; a member of a group must have it off.",
        "Switch persistence off.",
        "active.persistence",
    )
}

fn clustering_fixed(view: &View) -> Outcome {
    Outcome::asked(
        view.plan.active.checks.clustering_decided,
        "The clustering policy is open; it is final once a member is created.",
        "Try the application's client against the chosen policy before the group is created.",
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
    Outcome::applies(sentence, "Choose the OSS or the Enterprise policy for larger data.", "active.clustering")
}
