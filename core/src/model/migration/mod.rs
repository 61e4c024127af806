//! From what runs today to Azure Managed Redis (M-18): sizes, paths, dates, what clients meet.

mod changes;
mod figures;
mod path;
mod running;
mod target;
#[cfg(test)]
mod tests;

pub use changes::ClientChange;
pub use figures::{ENDPOINTS, Figures, Gap, HOURS_PER_WEEK, Loss, Schedule};
pub use path::{Condition, PathKind, WhyNot};
pub use running::{Kind, NothingToMove, Running, says_what_runs};
pub use target::{Differs, FamilyChoice, Need, Sizes};

use super::cost::{LineKind, Total, bill};
use super::demand::demand;
use super::fit::Design;
use super::horizon::{Waits, first_design, follows_pair, waits};
use super::{Case, Topology};
use crate::catalog::Catalog;
use crate::plan::{GROUP_MEMBERS, Plan};
use crate::units::Date;
use figures::Scene;

/// A move, with every path.
#[derive(Debug, Clone, PartialEq)]
pub struct Migration {
    /// What runs.
    pub running: Running,
    /// What follows: a group, or one cache that the database fills.
    pub target: Topology,
    /// Its design, as everywhere else in the answer.
    pub design: Design,
    /// How it waits for the end of the old service (M-10): all sizes, copies and bills of what follows are of the month of the move then.
    pub waits: Option<Waits>,
    /// Its size by the mapping and by need.
    pub sizes: Sizes,
    /// Every path, those that apply first, the ranked ones before the others.
    pub paths: Vec<PathAnswer>,
    /// What clients meet.
    pub changes: Vec<ClientChange>,
    /// Nodes of what runs, for a month.
    pub old_month: Total,
    /// Nodes of what follows, for a month.
    pub new_month: Total,
}

/// One path for what runs.
#[derive(Debug, Clone, PartialEq)]
pub struct PathAnswer {
    /// Which.
    pub path: PathKind,
    /// Its figures, or why it does not apply.
    pub outcome: Result<Figures, WhyNot>,
    /// What it asks for, where it applies.
    pub conditions: Vec<Condition>,
}

impl PathAnswer {
    /// The figures of a path that applies.
    #[must_use]
    pub fn figures(&self) -> Option<&Figures> {
        self.outcome.as_ref().ok()
    }
}

impl Migration {
    /// The path that comes first: the least harm to data, then the shortest time without a second copy, the least downtime, the least
    /// cost. `None` where a missing price keeps that open: a path without a complete cost is never ranked.
    #[must_use]
    pub fn first_choice(&self) -> Option<&PathAnswer> {
        let ranked = self.paths.iter().filter_map(|path| Some((path.figures()?.rank()?, path)));
        ranked.min_by(|a, b| a.0.cmp(&b.0)).map(|(_, path)| path)
    }

    /// The paths that apply, as they are listed.
    pub fn applying(&self) -> impl Iterator<Item = (&PathAnswer, &Figures)> {
        self.paths.iter().filter_map(|path| Some((path, path.figures()?)))
    }

    /// One of the paths.
    #[must_use]
    pub fn path(&self, path: PathKind) -> Option<&PathAnswer> {
        self.paths.iter().find(|it| it.path == path)
    }
}

/// What a plan moves to: the recommended design, of a pair the group that follows it at the end of its service; else a group where the plan has
/// the regions for one, else one cache.
#[must_use]
pub fn target_of(recommended: Option<Topology>, plan: &Plan) -> Topology {
    match recommended {
        Some(Topology::Rebuild) => Topology::Rebuild,
        Some(Topology::Passive) if GROUP_MEMBERS.contains(&plan.regions.len()) => Topology::Passive,
        _ if GROUP_MEMBERS.contains(&plan.regions.len()) => Topology::Active,
        _ => Topology::Rebuild,
    }
}

/// What the move to a target takes (M-18), judged from a day: the plan's first where none is given.
///
/// The target is a group or one rebuilt cache; of a pair it is the group that follows at the end of its service. One that waits for the end of the old service is
/// sized for the load at the end of the month in which it first runs, by the size that the horizon has then (M-10).
///
/// # Errors
/// Why there is nothing to move.
///
/// # Examples
///
/// ```
/// use dr_core::catalog::{Catalog, SkuId};
/// use dr_core::model::Topology;
/// use dr_core::model::migration::{Kind, migration};
/// use dr_core::plan::Plan;
///
/// let (mut plan, catalog) = (Plan::default(), Catalog::bundled()?);
/// assert!(migration(&plan, &catalog, Topology::Active, None).is_err());
/// plan.today.sku = Some(SkuId::new("Standard_C3"));
/// let moved = migration(&plan, &catalog, Topology::Rebuild, None).unwrap();
/// assert_eq!((moved.running.kind, moved.running.last_day.to_string()), (Kind::Standard, "2028-09-30".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn migration(
    plan: &Plan,
    catalog: &Catalog,
    target: Topology,
    from: Option<Date>,
) -> Result<Migration, NothingToMove> {
    let running = Running::of(plan, catalog, &demand(plan))?;
    let chosen = target;
    let target = if target == Topology::Rebuild { target } else { Topology::Active };
    // Beside a pair that runs all others move now; a pair that is chosen becomes a group at its end.
    let waits = match chosen {
        Topology::Passive => follows_pair(plan, catalog),
        _ if running.kind == Kind::Pair => None,
        _ => waits(target, plan, catalog),
    };
    let late = waits.as_ref().map(|it| it.plan(target, plan));
    let plan = late.as_ref().unwrap_or(plan);
    let demand = demand(plan);
    let design = first_design(target, plan, catalog, &demand);
    let case = Case::new(target, plan, catalog, &demand, &design);
    let month = bill(&case);
    let nodes = month.lines.iter().filter(|line| line.kind == LineKind::Nodes);
    let new_month = Total::of(nodes, |line| line.amount);
    let scene = Scene { running: &running, case, from: from.unwrap_or(plan.horizon.start) };
    let answer = |path| {
        let why = path::why_not(path, &running, target, plan);
        let conditions =
            if why.is_none() { path::conditions(path, &running, target, plan, catalog) } else { Vec::new() };
        PathAnswer { path, outcome: why.map_or_else(|| Ok(scene.figures(path)), Err), conditions }
    };
    let mut paths: Vec<PathAnswer> = PathKind::ALL.map(answer).into();
    // Without a complete cost a path keeps its place in the list behind those that have one.
    paths.sort_by_key(|path| match path.figures() {
        Some(figures) => figures.rank().map_or((1, None), |rank| (0, Some(rank))),
        None => (2, None),
    });
    let old_month = scene.old_month();
    Ok(Migration {
        sizes: target::sizes(&running, target, plan, catalog, &demand),
        changes: changes::changes(running.kind, target == Topology::Active, plan),
        old_month,
        new_month,
        paths,
        running,
        target,
        design,
        waits,
    })
}
