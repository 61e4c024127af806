//! A recovery point: replication copies mistakes too, and no recovery point is guaranteed (S1).

use super::confirm::confirmed_of;
use super::names::Cache;
use super::watch::{Service, metric};
use super::{Scope, Section, Step, section, shell, step};
use crate::model::Topology;

const CONTAINER: &str = "\"${EXPORT_CONTAINER:?}?${EXPORT_TOKEN:?}\"";
/// Asked for in the step: at the top of a runbook no export is made yet.
const WHICH: &str = ": \"${IMPORT_FILES:?set it to the names of every file of one export, with spaces between}\"";
/// Every file of one export, each as an address: a clustered cache writes one for each shard, and an import that lacks one lacks its keys.
const FILES: &str = "with_each \"${EXPORT_CONTAINER:?}/\" \"?${EXPORT_TOKEN:?}\" \"${IMPORT_FILES:?}\" \\\n  ";

/// Export from one cache; import into one that is not linked.
pub(super) fn recovery_point(scope: &Scope, service: Service, from: &Cache) -> Section {
    section(
        "Recovery point",
        "Before a change that can destroy, and by schedule.",
        vec![export(scope, service, from), import(scope, service, from)],
    )
}

/// What shows that either has ended well: the state, and how many keys there are.
fn settled(service: Service, cache: &Cache) -> String {
    let Cache { name, group, .. } = cache;
    let state = match service {
        Service::Premium => format!("az redis show --name {name} --resource-group {group}"),
        Service::Managed => {
            format!("az redisenterprise database show --cluster-name {name} --resource-group {group}")
        }
    };
    format!("{state} --query provisioningState --output tsv\n{}", metric(service, cache, "totalkeys", "Maximum"))
}

fn export(scope: &Scope, service: Service, from: &Cache) -> Step {
    let Cache { name, group, plain, .. } = from;
    let prefix = if from.held { name.clone() } else { shell::quote(&shell::slug(plain, 40)) };
    let export = match service {
        Service::Premium => format!(
            "az redis export --name {name} --resource-group {group} --prefix {prefix} --file-format RDB \\\n  \
                     --container {CONTAINER}"
        ),
        Service::Managed => format!(
            "az redisenterprise database export --cluster-name {name} --resource-group {group} \\\n  --sas-uri {CONTAINER}"
        ),
    };
    step(
        "Export before every destructive change, and as often as data held only here may be old. The container is in a third region; its token may read, write, list and create.",
        export,
        "Succeeded, and the container lists a file for each shard. Note their names and totalkeys: an import takes all of them.",
    )
    .verified(settled(service, from))
    .takes(scope.answer.sync.copy)
    .if_fails("Refused: let the cache through the storage account's firewall, or make a new token.")
    .rolled_back("Nothing changes in the cache.")
}

/// The same of the cache that a relink empties.
pub(super) fn export_of_the_other(scope: &Scope, service: Service, from: &Cache) -> Step {
    let text = "Before a relink: export the secondary, which the relink empties. After an unplanned unlink it holds what was not replicated.";
    Step { text: text.to_owned(), ..export(scope, service, from) }
}

/// The files of one export into a cache, which loses what it holds.
pub(super) fn import(scope: &Scope, service: Service, into: &Cache) -> Step {
    let Cache { name, group, plain, .. } = into;
    let said = into.said();
    let import = match service {
        Service::Premium => {
            format!("{FILES}az redis import --name {name} --resource-group {group} --file-format RDB --yes --files")
        }
        Service::Managed => format!(
            "{FILES}az redisenterprise database import --cluster-name {name} --resource-group {group} --sas-uris"
        ),
    };
    let linked = match service {
        Service::Premium => {
            " Import only into an unlinked cache, or into the primary; an import into the secondary is refused."
        }
        Service::Managed if scope.answer.topology == Topology::Rebuild => "",
        Service::Managed => " Import replaces the data of every member of a group.",
    };
    step(
        format!("Only after a loss: import every file of one export.{linked} Warning: it deletes everything that {plain} holds."),
        format!(
            "{WHICH}\n{}",
            confirmed_of(
                into,
                &format!("import into {said}"),
                &format!("deletes everything in {said} and reads the files"),
                &import,
            )
        ),
        "Succeeded, and totalkeys is what it was at the export, less what has expired since.",
    )
    .verified(settled(service, into))
    .takes(scope.answer.sync.copy)
    .if_fails("Fewer keys: a file is missing in IMPORT_FILES; import all again. Refused: import an older export; until then the cache is empty.")
    .rolled_back("None: export first what is there.")
}
