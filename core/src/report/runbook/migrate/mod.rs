//! The runbook of a move to Azure Managed Redis, path by path (M-18).
//!
//! The site file names what runs; what it does not hold is asked for once at the top. What follows gets names of its own, made of the old
//! ones ([`renamed`]).

mod clients;
mod data;
mod in_place;
mod renamed;
mod roles;
mod rolling;
mod steps;
mod target;
#[cfg(test)]
mod tests;
mod tool;
mod unlink_first;

pub use steps::MoveSection;

use super::confirm::confirmed_now;
use super::names::Cache;
use super::{Names, Scope};
use crate::catalog::Catalog;
use crate::evaluate::{Evaluation, answer_of};
use crate::model::Topology;
use crate::model::demand::demand;
use crate::model::migration::{Figures, Kind, Migration, PathKind};
use crate::plan::Plan;

/// What every step of a move looks at.
struct Moving<'a> {
    scope: Scope<'a>,
    moved: &'a Migration,
    figures: &'a Figures,
    path: PathKind,
}

/// The sections of one path, with what they ask for first; empty where the path does not apply.
///
/// Sections: before you start, roles, prepare, move, switch the clients, clean up, way back.
#[must_use]
pub fn moving(
    path: PathKind,
    moved: &Migration,
    plan: &Plan,
    catalog: &Catalog,
    evaluation: &Evaluation,
) -> Vec<MoveSection> {
    let Some(figures) = moved.path(path).and_then(|path| path.figures()) else { return Vec::new() };
    let late = moved.waits.as_ref().map(|it| it.plan(moved.target, plan));
    let plan = late.as_ref().unwrap_or(plan);
    let at_move = late.as_ref().map(|late| answer_of(moved.target, late, catalog, &demand(late), &moved.design));
    let answer = at_move.as_ref().unwrap_or_else(|| evaluation.of(moved.target));
    let (old, new) = (renamed::old_names(plan, catalog), renamed::with_new_names(plan, catalog, moved.running.kind));
    let plan = &new;
    let mut names = Names::of(plan, catalog);
    if moved.target != Topology::Active {
        names.caches.truncate(1);
    }
    let scope = Scope { plan, catalog, evaluation, answer, names, base: Names::base(plan) };
    let moving = Moving { scope, moved, figures, path };
    let mut sections = match path {
        PathKind::DualWrite => moving.dual_write(),
        PathKind::ExportImport => moving.export_import(),
        PathKind::Rewarm => moving.rewarm(),
        PathKind::Tool => moving.by_tool(),
        PathKind::UnlinkFirst => moving.unlink_first(),
        PathKind::InPlace => moving.in_place(),
        PathKind::Rolling => moving.rolling(),
    };
    let (roles, taken_back) = moving.roles(&sections);
    steps::ended_by(&mut sections, taken_back);
    sections.insert(0, roles);
    sections.insert(0, steps::before(path, &sections, &moving.scope, &old));
    sections
}

impl Moving<'_> {
    fn kind(&self) -> Kind {
        self.moved.running.kind
    }

    /// The regions where something runs today: their names stand for the old caches.
    fn old(&self) -> Vec<Cache> {
        let count = self.moved.running.caches.len();
        let plan = renamed::where_it_runs(self.scope.plan);
        Names::of(&plan, self.scope.catalog).caches.into_iter().take(count).collect()
    }

    /// Options that name an old cache.
    fn old_cache(&self, cache: &Cache) -> String {
        let name = if self.kind().is_classic() { "--name" } else { "--cluster-name" };
        let Cache { variable, .. } = cache;
        format!("{name} \"${{OLD_NAME_{variable}:?}}\" --resource-group \"${{OLD_GROUP_{variable}:?}}\"")
    }

    /// `az redis show …` or `az redisenterprise show …` of an old cache with a query.
    fn show_old(&self, cache: &Cache, query: &str) -> String {
        let command = if self.kind().is_classic() { "az redis show" } else { "az redisenterprise show" };
        format!("{command} {} --query {query} --output tsv", self.old_cache(cache))
    }

    /// A line for each old cache.
    fn each_old(&self, line: impl Fn(&Cache) -> String) -> String {
        self.old().iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Commands that delete an old cache, once that is confirmed.
    fn delete_old(&self, cache: &Cache) -> String {
        let command = if self.kind().is_classic() { "az redis delete" } else { "az redisenterprise delete" };
        let name = format!("${{OLD_NAME_{}:?}}", cache.variable);
        let harm = format!("deletes {name} and everything in it");
        confirmed_now(&format!("delete {name}"), &harm, &format!("{command} {} --yes", self.old_cache(cache)))
    }
}
