//! Bicep: a main file for the subscription, and a module for each kind of resource.

mod caches;
mod main;
mod network;
mod watch;
mod write;

use super::CodeFile;
use super::design::Blueprint;
use crate::model::Topology;

/// The modules' files, the main file first.
pub(super) fn files(blueprint: &Blueprint) -> Vec<CodeFile> {
    let file = |name, text| CodeFile { name, text };
    let mut files = vec![file("main.bicep", main::main(blueprint))];
    match blueprint.topology {
        Topology::Passive => {
            files.push(file("cache.bicep", caches::premium(blueprint)));
            files.push(file("link.bicep", caches::link()));
        }
        Topology::Rebuild | Topology::Active => files.push(file("cache.bicep", caches::managed(blueprint))),
    }
    if blueprint.private() {
        files.push(file("zone.bicep", network::zone(blueprint)));
        files.push(file("endpoint.bicep", network::endpoint(blueprint)));
    }
    files.push(file("alerts.bicep", watch::alerts(blueprint)));
    files.push(file("workbook.bicep", watch::workbook(blueprint)));
    files
}
