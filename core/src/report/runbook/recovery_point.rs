//! A recovery point: replication copies mistakes too, and no recovery point is guaranteed (S1).

use super::confirm::confirmed_of;
use super::names::Cache;
use super::watch::Service;
use super::{Scope, Section, section, shell, step};
use crate::model::Topology;

const CONTAINER: &str = "\"${EXPORT_CONTAINER:?}?${EXPORT_TOKEN:?}\"";
const FILE: &str = "\"${EXPORT_CONTAINER:?}/${IMPORT_FILE:?}?${EXPORT_TOKEN:?}\"";

/// Export from one cache; import into one that is not linked.
pub(super) fn recovery_point(scope: &Scope, service: Service, from: &Cache) -> Section {
    let Cache { name, group, plain, .. } = from;
    let prefix = if from.held { name.clone() } else { shell::quote(&shell::slug(plain, 40)) };
    let said = from.said();
    let (export, import) = match service {
        Service::Premium => (
            format!(
                "az redis export --name {name} --resource-group {group} --prefix {prefix} --file-format RDB \\\n  \
                     --container {CONTAINER}"
            ),
            format!(
                "az redis import --name {name} --resource-group {group} --file-format RDB --yes \\\n  --files {FILE}"
            ),
        ),
        Service::Managed => (
            format!(
                "az redisenterprise database export --cluster-name {name} --resource-group {group} \\\n  --sas-uri {CONTAINER}"
            ),
            format!(
                "az redisenterprise database import --cluster-name {name} --resource-group {group} \\\n  --sas-uris {FILE}"
            ),
        ),
    };
    let state = match service {
        Service::Premium => {
            format!("az redis show --name {name} --resource-group {group} --query provisioningState --output tsv")
        }
        Service::Managed => format!(
            "az redisenterprise database show --cluster-name {name} --resource-group {group} --query provisioningState --output tsv"
        ),
    };
    let linked = match service {
        Service::Premium => {
            " Import only into an unlinked cache, or into the primary; an import into the secondary is refused."
        }
        Service::Managed if scope.answer.topology == Topology::Rebuild => "",
        Service::Managed => " Import replaces the data of every member of a group.",
    };
    let steps = vec![
            step(
                "Export before every change that can destroy, and as often as the data that is held only here may be old. The \
                 container stands in a third region; the token needs read, write, list and create, for hours.",
                export,
                "Succeeded, and the container lists a file for each shard.",
            )
            .verified(state.clone())
            .takes(scope.answer.sync.copy)
            .if_fails("A firewall of the storage account, or an expired token, refuses the cache: let it in or make a new token.")
            .rolled_back("Nothing changes in the cache."),
            step(
                format!("Only after a loss: import the file.{linked} Warning: it deletes everything that {plain} holds."),
                confirmed_of(from, &format!("import into {said}"), &format!("deletes everything in {said} and reads the file"), &import),
                "Succeeded, and the number of keys is the file's.",
            )
            .verified(state)
            .takes(scope.answer.sync.copy)
            .if_fails("Import an older file; the cache is empty until one succeeds.")
            .rolled_back("None: export first what is there."),
        ];
    section("Recovery point", "Before a change that can destroy, and by schedule.", steps)
}
