//! Files of the estate's shapes, hand-written after recorded answers (ids are placeholders).

mod costs;
mod disputes;
mod doubts;
mod gone;
mod later;
mod load;
mod members;
mod newest;
mod odd;
mod order;
mod plans;
mod reading;
mod rhythm;
mod running;
mod same_names;
mod secrets;
mod sparse;
mod table;
mod values;
mod watch;

use super::*;
use crate::catalog::Catalog;

/// A file of `tests/fixtures`.
pub(in crate::estate) fn bytes(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file of the invented estate.
pub(in crate::estate) const ESTATE: [&str; 10] = [
    "estate/alerts.json",
    "estate/az-redis-list.json",
    "estate/az-redisenterprise-list.json",
    "estate/az-redisenterprise-show-e10.json",
    "estate/metrics-amr.json",
    "estate/metrics-pair-neu.json",
    "estate/metrics-pair-weu.json",
    "estate/private-endpoints.json",
    "estate/server-link-neu.json",
    "estate/server-link-weu.json",
];

/// Code of other estates.
pub(in crate::estate) const CODE: [&str; 4] =
    ["code/bicep-build.json", "code/group-export.json", "code/terraform-plan.json", "code/terraform-state.json"];

pub(in crate::estate) fn files(names: &[&str]) -> Vec<(String, Vec<u8>)> {
    names.iter().map(|name| ((*name).to_owned(), bytes(name))).collect()
}

pub(in crate::estate) fn facts(names: &[&str]) -> Facts {
    let read = read(files(names));
    // A subset of files may have parameters without their template.
    let unread: Vec<&String> = read.unread.iter().filter(|it| !it.contains("parameter file")).collect();
    assert_eq!(unread, Vec::<&String>::new());
    read.facts
}

pub(in crate::estate) fn estate(names: &[&str]) -> Estate {
    Estate::of(&facts(names), &Catalog::bundled().unwrap())
}

/// The deployment of a name.
pub(in crate::estate) fn planned<'a>(estate: &'a Estate, name: &str) -> &'a Planned {
    estate.planned.iter().find(|it| it.draft.plan.name == name).unwrap_or_else(|| {
        let names: Vec<&str> = estate.planned.iter().map(|it| it.draft.plan.name.as_str()).collect();
        panic!("no {name} among {names:?}")
    })
}

pub(in crate::estate) fn ids(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|it| it.id).collect()
}
