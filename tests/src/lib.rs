//! What the tests share: the plans that ship with the page, the plans that only tests need, and plans made at random.
#![allow(clippy::missing_panics_doc, clippy::expect_used, reason = "a test that lacks its files must fail loudly")]

pub mod any_plan;
pub mod draw;
pub mod estate;
pub mod fuzz;
pub mod on_paper;
pub mod once;

use dr_core::catalog::{Catalog, RegionId};
use dr_core::codec;
use dr_core::evaluate::Evaluation;
use dr_core::model::Topology;
use dr_core::model::cost::Bill;
use dr_core::plan::Plan;
use dr_core::portfolio::{self, Portfolio};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The bundled catalogue.
pub static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::bundled().expect("a catalogue"));

/// The bundled catalogue without prices of nodes in four regions of [`any_plan::REGIONS`]: every region has them, and what is said of a
/// price that is missing must hold all the same.
pub static GAPPY: LazyLock<Catalog> = LazyLock::new(|| {
    let missing = ["westeurope", "brazilsouth", "southafricanorth", "mexicocentral"].map(RegionId::new);
    missing.iter().fold(CATALOG.clone(), |catalog, region| catalog.without_node_prices(region))
});

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The presets of `public/plans`, by file name without its ending, in its order.
#[must_use]
pub fn presets() -> Vec<(String, Plan)> {
    plans_in(&root().join("public/plans"))
}

/// The worked examples of `tests/fixtures/plans`, likewise.
#[must_use]
pub fn fixtures() -> Vec<(String, Plan)> {
    plans_in(&root().join("tests/fixtures/plans"))
}

/// Plans of `tests/fixtures/growing`, whose load replaces sizes and where no pair ends the list of a search, likewise.
#[must_use]
pub fn growing() -> Vec<(String, Plan)> {
    plans_in(&root().join("tests/fixtures/growing"))
}

/// The portfolio that ships with the page.
#[must_use]
pub fn portfolio() -> Portfolio {
    let path = root().join("public/portfolios/twelve-plans.json");
    let text = std::fs::read_to_string(&path).expect("a readable portfolio");
    portfolio::read(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn plans_in(folder: &Path) -> Vec<(String, Plan)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .filter(|path| path.file_stem().is_some_and(|stem| stem != "index"))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a readable plan");
            let plan = codec::from_json(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path.file_stem().expect("a file name").to_string_lossy().into_owned(), plan)
        })
        .collect()
}

/// The bills of the three topologies, in their order.
#[must_use]
pub fn bills(evaluation: &Evaluation) -> [&Bill; 3] {
    Topology::ALL.map(|topology| &evaluation.of(topology).bill)
}
