//! The nearest figures at which the winner changes, found by halving and true on both sides.

use super::{COLUMNS, Cell, Grid, OWN, ROWS, plan_at};
use crate::catalog::Catalog;
use crate::explore::search::is_met;
use crate::model::Topology;
use crate::plan::Plan;
use serde::Serialize;

/// What changes at an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Which of the two designs with a replica is the cheaper.
    Cheaper,
    /// Whether the rebuild or the pair is the cheaper.
    RebuildOrPair,
    /// Whether the rebuild or the group is the cheaper.
    RebuildOrGroup,
    /// Which design is the cheapest that meets every target.
    Choice,
}

impl Kind {
    /// Every kind, the choice first.
    pub const ALL: [Self; 4] = [Self::Choice, Self::Cheaper, Self::RebuildOrPair, Self::RebuildOrGroup];

    /// The two designs that are compared; `None` for the choice, which is among all.
    #[must_use]
    pub const fn between(self) -> Option<(Topology, Topology)> {
        match self {
            Self::Choice => None,
            Self::Cheaper => Some((Topology::Passive, Topology::Active)),
            Self::RebuildOrPair => Some((Topology::Rebuild, Topology::Passive)),
            Self::RebuildOrGroup => Some((Topology::Rebuild, Topology::Active)),
        }
    }

    /// Who wins in a cell; `None` where nobody is the choice, or one of the two has no cost.
    #[must_use]
    pub fn winner(self, cell: &Cell) -> Option<Topology> {
        self.between().map_or(cell.choice, |(one, other)| cell.cheaper_of(one, other))
    }
}

/// A change of the winner on the way from the plan's own figure along one axis, all else as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Edge {
    /// What changes.
    pub kind: Kind,
    /// Path of the field that was moved.
    pub path: &'static str,
    /// True where the winner changes above the plan's own figure.
    pub above: bool,
    /// The first figure, in base units and to the grain of `step`, at which the winner is another.
    pub at: f64,
    /// One step of this size back, the winner is still the plan's own.
    pub step: f64,
    /// The winner of the plan.
    pub from: Option<Topology>,
    /// The winner at the figure.
    pub to: Option<Topology>,
    /// True where nobody wins at the figure for want of a price.
    pub no_price: bool,
    /// True where none of the plan's own designs meets every target at the figure, and another size or term does (M-17).
    pub other_meets: bool,
    /// The plan's own figure.
    own: f64,
}

impl Edge {
    /// How far away, as the logarithm of the factor.
    fn distance(&self) -> f64 {
        libm::fabs(libm::log(self.at.max(1e-9) / self.own.max(1e-9)))
    }
}

/// [`Edge::path`] of the write rate.
pub const WRITES: &str = "workload.writes";
const DATA: &str = "workload.dataset";

/// One axis of the map: the plan's own figure, then those of the grid.
struct Axis<'a> {
    grid: &'a Grid,
    catalog: &'a Catalog,
    path: &'static str,
}

impl Axis<'_> {
    fn figures(&self) -> &[f64] {
        if self.path == WRITES { &self.grid.writes } else { &self.grid.data }
    }

    fn own(&self) -> usize {
        if self.path == WRITES { OWN.0 } else { OWN.1 }
    }

    fn cell_at(&self, index: usize) -> Option<&Cell> {
        if self.path == WRITES { self.grid.at(index, OWN.1) } else { self.grid.at(OWN.0, index) }
    }

    fn plan(&self, figure: f64) -> Plan {
        let load = &self.grid.plan.workload;
        let (writes, data) = (load.writes.as_per_s(), load.dataset.as_bytes());
        let (writes, data) = if self.path == WRITES { (figure, data) } else { (writes, figure) };
        plan_at(&self.grid.plan, writes, data)
    }

    fn evaluated(&self, figure: f64) -> Cell {
        Cell::of(&self.plan(figure), self.catalog)
    }

    /// The edge between two neighbours, the second of which has another winner.
    fn between(&self, kind: Kind, (inside, next): (usize, usize), from: Option<Topology>) -> Option<Edge> {
        let ends = (self.figures()[inside], self.figures()[next]);
        let at = |figure: f64| kind.winner(&self.evaluated(figure));
        let (at, step, to) = halved(ends, from, &at)?;
        let own = self.figures()[self.own()];
        let no_price = to.is_none() && self.evaluated(at).no_price;
        let other_meets = kind == Kind::Choice && to.is_none() && !no_price && is_met(&self.plan(at), self.catalog);
        Some(Edge { kind, path: self.path, above: next > inside, at, step, from, to, no_price, other_meets, own })
    }

    /// The first edge on one side; `None` where the winner stays to the end of the grid.
    fn edge(&self, kind: Kind, above: bool) -> Option<Edge> {
        let own = self.own();
        let winner = |cell: &Cell| kind.winner(cell);
        let from = winner(self.cell_at(own)?);
        let mut inside = own;
        loop {
            let next = if above { inside + 1 } else { inside.checked_sub(1)? };
            let found = winner(self.cell_at(next)?);
            if kind != Kind::Choice && (found.is_none() || from.is_none()) {
                return None;
            }
            if found != from {
                return self.between(kind, (inside, next), from);
            }
            inside = next;
        }
    }
}

/// Every change of the winner next to the plan, the nearest first: up and down the write rate and the data, for the choice and
/// for the cheaper of each two designs. Needs a whole grid; each edge is evaluated again at its figure and one step before it.
#[must_use]
pub fn edges(grid: &Grid, catalog: &Catalog) -> Vec<Edge> {
    let mut edges = Vec::new();
    if grid.writes.len() < COLUMNS || grid.data.len() < ROWS || !grid.is_whole() {
        return edges;
    }
    for path in [WRITES, DATA] {
        let way = Axis { grid, catalog, path };
        for kind in Kind::ALL {
            edges.extend([false, true].into_iter().filter_map(|above| way.edge(kind, above)));
        }
    }
    edges.sort_by(|a, b| a.distance().total_cmp(&b.distance()));
    edges
}

/// The nearest write rate at which another design becomes the choice, or none is left, without a grid: outwards from the plan's own
/// figure over those of [`Grid::writes`], about thirty evaluations. `None` where the choice stays from a hundredth to a hundred
/// times the plan's rate.
#[must_use]
pub fn write_flip(plan: &Plan, catalog: &Catalog) -> Option<Edge> {
    let grid = Grid::new(plan);
    let way = Axis { grid: &grid, catalog, path: WRITES };
    let (own, figures) = (way.own(), way.figures());
    let winner = |figure: f64| way.evaluated(figure).choice;
    let from = winner(*figures.get(own)?);
    for away in 1..=own {
        let sides = [(own + 1 - away, own - away), (own + away - 1, own + away)];
        let flipped = sides.into_iter().filter(|(_, next)| figures.get(*next).is_some_and(|it| winner(*it) != from));
        let found = flipped.filter_map(|step| way.between(Kind::Choice, step, from));
        if let Some(edge) = found.min_by(|a, b| a.distance().total_cmp(&b.distance())) {
            return Some(edge);
        }
    }
    None
}

/// A tenth, a hundredth … of the power of ten of a figure; 0 for what is no positive number.
pub(super) fn grain(value: f64, figures: i32) -> f64 {
    if !(value > 0.0 && value.is_finite()) {
        return 0.0;
    }
    libm::pow(10.0, libm::floor(libm::log10(value)) - f64::from(figures))
}

/// Between a figure with the own winner and one with another: the first round figure with another, the grain, and who wins
/// there. The grain starts at two significant figures and is made finer where an end is not round.
fn halved(
    (inside, outside): (f64, f64),
    from: Option<Topology>,
    at: &dyn Fn(f64) -> Option<Topology>,
) -> Option<(f64, f64, Option<Topology>)> {
    for figures in 1..=3 {
        let grain = grain(inside.min(outside), figures);
        if grain <= 0.0 {
            return None;
        }
        let towards = |value: f64, up: bool| if up { libm::ceil(value - 1e-9) } else { libm::floor(value + 1e-9) };
        let up = outside > inside;
        let (mut own, mut other) = (towards(inside / grain, up), towards(outside / grain, !up));
        if at(own * grain) != from || at(other * grain) == from {
            continue;
        }
        while libm::fabs(other - own) > 1.0 {
            let middle = libm::trunc(f64::midpoint(own, other));
            if at(middle * grain) == from { own = middle } else { other = middle }
        }
        return Some((other * grain, grain, at(other * grain)));
    }
    None
}
