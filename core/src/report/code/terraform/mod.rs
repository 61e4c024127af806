//! Terraform with the azurerm provider.

mod caches;
mod imports;
mod network;
mod setup;
mod watch;
mod write;

use super::design::Blueprint;
use super::{CodeFile, together};

/// Version of the provider that the code is written for and pinned to.
pub(super) const PROVIDER: &str = "5.2.0";

/// The files of one configuration.
pub(super) fn files(blueprint: &Blueprint) -> Vec<CodeFile> {
    let file = |name, text| CodeFile { name, text };
    let mut files = vec![
        file("main.tf", together([setup::main(blueprint), caches::caches(blueprint)])),
        file("versions.tf", setup::versions()),
        file("variables.tf", setup::variables(blueprint)),
    ];
    if blueprint.private() {
        files.push(file("network.tf", network::network(blueprint)));
    }
    files.push(file("alerts.tf", watch::alerts(blueprint)));
    let imports = imports::imports(blueprint);
    if !imports.is_empty() {
        files.push(file("imports.tf", imports));
    }
    files
}
