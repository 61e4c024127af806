//! What stands at the top of the code, in either language.

use crate::catalog::Catalog;
use crate::model::Topology;
use crate::model::lifecycle::Creation;
use crate::plan::Plan;
use crate::report::runbook::{joins, runs};

/// What a reader has to know before the first deployment.
pub(super) fn remarks(topology: Topology, plan: &Plan, catalog: &Catalog, why: String) -> Vec<String> {
    let mut remarks = vec![
        why,
        "Written from the plan and never deployed by it: read it, and try it outside production first.".to_owned(),
    ];
    if topology == Topology::Passive {
        let runs = runs(topology, plan, catalog);
        match Creation::of(plan, catalog) {
            _ if runs => {}
            Creation::Allowed => {}
            Creation::Unknown => remarks.push(
                "Premium caches are created only for tenants that had an Azure Cache for Redis before 2026-04-01 (N2)."
                    .to_owned(),
            ),
            Creation::Refused | Creation::Retired => {
                remarks.push("Azure refuses new Premium caches to this tenant or on this date (N2, D6).".to_owned());
            }
        }
    }
    if joins(topology, plan) {
        remarks.push(
            "The link follows “Create” of the runbook: what stays is unlinked and scaled first; createLink (create_link) is false until then."
                .to_owned(),
        );
    }
    if runs(topology, plan, catalog) || joins(topology, plan) {
        remarks.push(
            "What runs stays: compare every name and setting with what runs before the first deployment, which changes it to what stands here. It keeps \
             its tags, maxmemory-policy and notify-keyspace-events; other settings and identities that stand nowhere here may go."
                .to_owned(),
        );
    }
    if topology == Topology::Rebuild {
        remarks.push("The cache of the first region alone: the second one is created during an outage.".to_owned());
    }
    remarks
}
