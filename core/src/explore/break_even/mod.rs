//! Break-even (M-15): which design is the cheapest, and which the cheapest that meets the targets, over write rate × data and
//! over the number of regions; and the nearest figure at which that changes.

mod edge;
mod members;
#[cfg(test)]
mod tests;

pub use edge::{Edge, Kind, WRITES, edges, write_flip};
pub use members::{Members, by_members};

use crate::catalog::Catalog;
use crate::decide::Comparison;
use crate::evaluate::{Evaluation, evaluate_unread};
use crate::model::cost::{MissingPrice, Total};
use crate::model::{Topology, TopologyAnswer};
use crate::plan::{Plan, field};
use crate::stats::sample::Progress;
use crate::units::{Bytes, Currency, Money, OpsPerSec};
use serde::Serialize;
use std::cmp::Ordering;

/// Columns of the grid, the write rates; the middle one is the plan's.
pub const COLUMNS: usize = 25;
/// Rows of the grid, the data; the middle one is the plan's.
pub const ROWS: usize = 17;
/// Cells for each power of ten.
const PER_DECADE: f64 = 6.0;
/// Stands for a write rate of 0, which has no place on a logarithmic axis.
const LEAST_WRITES: f64 = 1.0;

/// What a plan costs with each design, and which one wins.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The steady month of each design, in the order of [`Topology::ALL`].
    pub costs: [CellCost; 3],
    /// The cheapest that meets every target and has no block: [`crate::decide::Comparison::choice`].
    pub choice: Option<Topology>,
    /// True where only missing prices keep the choice open: [`crate::decide::Comparison::missing`].
    pub no_price: bool,
    /// Why there is no choice; `None` where there is one.
    pub why: Option<Comparison>,
}

/// What a design costs in a cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellCost {
    /// The month; a lower bound where a price is missing.
    Month(Total),
    /// The load does not fit, or the design is not possible.
    DoesNotFit,
}

impl CellCost {
    fn of(answer: &TopologyAnswer) -> Self {
        let fits = answer.design.possible && answer.design.misfits.is_empty() && answer.capacity.enough != Some(false);
        if fits { Self::Month(answer.bill.total.clone()) } else { Self::DoesNotFit }
    }

    /// The month, complete or not; `None` where the load does not fit.
    #[must_use]
    pub fn month(&self) -> Option<&Total> {
        match self {
            Self::Month(total) => Some(total),
            Self::DoesNotFit => None,
        }
    }

    /// The complete month; `None` where the load does not fit or a price is missing.
    #[must_use]
    pub fn complete(&self) -> Option<Money> {
        self.month().and_then(Total::complete)
    }

    /// "$981", "≥ $2,663: M50 in West Europe has no price", "does not fit".
    #[must_use]
    pub fn words(&self, currency: Currency) -> String {
        self.month().map_or_else(|| DOES_NOT_FIT.to_owned(), |total| total.words(currency))
    }
}

/// What stands where a design cannot carry the load.
pub const DOES_NOT_FIT: &str = "does not fit";
/// What stands where a design fits and a price that its sum needs is missing.
pub const NO_PRICE: &str = "no price";

/// What a cell is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Which design is the cheapest that meets every target.
    #[default]
    Choice,
    /// Which costs least, targets aside.
    Cost,
    /// Which of the two designs with a replica is the cheaper.
    Replica,
}

impl By {
    /// In the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Choice, Self::Cost, Self::Replica];

    /// "Choice", "Cost alone", "Pair or group".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Choice => "Choice",
            Self::Cost => "Cost alone",
            Self::Replica => "Pair or group",
        }
    }
}

impl Cell {
    /// Who wins by this question; `None` where nobody does, or where a cost that it needs is missing.
    #[must_use]
    pub fn winner(&self, by: By) -> Option<Topology> {
        match by {
            By::Choice => self.choice,
            By::Cost => self.cheapest(),
            By::Replica => self.cheaper(),
        }
    }

    /// The plan as it stands, evaluated in full: a cell says what the page would say.
    #[must_use]
    pub fn of(plan: &Plan, catalog: &Catalog) -> Self {
        Self::from(&evaluate_unread(plan, catalog))
    }

    /// What a design costs.
    #[must_use]
    pub fn cost(&self, topology: Topology) -> &CellCost {
        let [rebuild, passive, active] = &self.costs;
        match topology {
            Topology::Rebuild => rebuild,
            Topology::Passive => passive,
            Topology::Active => active,
        }
    }

    /// Every price that the months of the cell lack, each once.
    #[must_use]
    pub fn missing(&self) -> Vec<MissingPrice> {
        MissingPrice::of_all(self.costs.iter().filter_map(CellCost::month))
    }

    /// True where nobody wins because a price is missing, and not because designs do not fit or miss a target.
    #[must_use]
    pub fn lacks_price(&self, by: By) -> bool {
        let open = |topology: Topology| self.cost(topology).month().is_some_and(|total| !total.is_complete());
        let fits = |topology: Topology| self.cost(topology).month().is_some();
        match by {
            _ if self.winner(by).is_some() => false,
            By::Choice => self.no_price,
            By::Cost => Topology::ALL.into_iter().any(open),
            By::Replica => {
                let both = [Topology::Passive, Topology::Active];
                both.into_iter().all(fits) && both.into_iter().any(open)
            }
        }
    }

    /// The cheaper of the two designs with a replica; `None` unless both fit and it is certain. The pair at equal costs.
    #[must_use]
    pub fn cheaper(&self) -> Option<Topology> {
        self.cheaper_of(Topology::Passive, Topology::Active)
    }

    /// The cheaper of two designs; `None` unless both fit and it is certain ([`Total::certainly`]). The first at equal costs.
    #[must_use]
    pub fn cheaper_of(&self, one: Topology, other: Topology) -> Option<Topology> {
        let order = self.cost(other).month()?.certainly(self.cost(one).month()?)?;
        Some(if order.is_lt() { other } else { one })
    }

    /// The design with the lowest cost; `None` where none has one, or where one that lacks a price may cost less. The first of
    /// equals.
    #[must_use]
    pub fn cheapest(&self) -> Option<Topology> {
        let complete = Topology::ALL.into_iter().filter_map(|it| Some((self.cost(it).complete()?, it)));
        let (_, least) = complete.min_by_key(|(cost, _)| *cost)?;
        let own = self.cost(least).month()?;
        let months = self.costs.iter().filter_map(CellCost::month);
        months.map(|other| own.certainly(other)).all(|order| order.is_some_and(Ordering::is_le)).then_some(least)
    }
}

impl From<&Evaluation> for Cell {
    fn from(evaluation: &Evaluation) -> Self {
        let comparison = &evaluation.comparison;
        let why = comparison.choice.is_none().then(|| comparison.clone());
        Self {
            costs: Topology::ALL.map(|it| CellCost::of(evaluation.of(it))),
            choice: comparison.choice,
            no_price: !comparison.missing.is_empty(),
            why,
        }
    }
}

/// The plan's write rate and data, each from a hundredth to a hundred times on a logarithmic scale of six cells a power of
/// ten, worked out in steps of any size.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    plan: Plan,
    /// Write rates of the columns, rising; base units of `workload.writes`.
    pub writes: Vec<f64>,
    /// Data of the rows, rising; bytes.
    pub data: Vec<f64>,
    cells: Vec<Cell>,
}

impl Grid {
    /// The grid about a plan, no cell worked out yet.
    ///
    /// Rates and data beside the plan's own are rounded to two figures and kept inside the fields' bounds. Reads that the
    /// plan leaves to be derived follow the writes, given ones stay; sizes that the plan gives stay too.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let load = &plan.workload;
        Self {
            writes: steps("workload.writes", load.writes.as_per_s().max(LEAST_WRITES), COLUMNS),
            data: steps("workload.dataset", load.dataset.as_bytes(), ROWS),
            cells: Vec::with_capacity(COLUMNS * ROWS),
            plan: plan.clone(),
        }
    }

    /// Works out the next cells, at most `count`, row by row from the least data.
    pub fn advance(&mut self, catalog: &Catalog, count: usize) -> Progress {
        let whole = COLUMNS * ROWS;
        let end = self.cells.len().saturating_add(count).min(whole);
        for index in self.cells.len()..end {
            let cell = self.cell(index, catalog);
            self.cells.push(cell);
        }
        let of = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Progress { done: of(end), trials: of(whole) }
    }

    /// One cell by its place, whatever has been worked out before: the part that a worker can do alone.
    #[must_use]
    pub fn cell(&self, index: usize, catalog: &Catalog) -> Cell {
        let (writes, data) = (self.writes[index % COLUMNS], self.data[(index / COLUMNS).min(ROWS - 1)]);
        Cell::of(&plan_at(&self.plan, writes, data), catalog)
    }

    /// All cells.
    #[must_use]
    pub fn whole(plan: &Plan, catalog: &Catalog) -> Self {
        let mut grid = Self::new(plan);
        grid.advance(catalog, COLUMNS * ROWS);
        grid
    }

    /// True when every cell is worked out.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.cells.len() == COLUMNS * ROWS
    }

    /// The cell of a column and a row; `None` before it is worked out.
    #[must_use]
    pub fn at(&self, column: usize, row: usize) -> Option<&Cell> {
        if column < COLUMNS { self.cells.get(row * COLUMNS + column) } else { None }
    }

    /// How many cells are worked out.
    #[must_use]
    pub fn done(&self) -> usize {
        self.cells.len()
    }

    /// The plan of the grid.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
}

/// Column and row of the plan itself.
pub const OWN: (usize, usize) = (COLUMNS / 2, ROWS / 2);

/// The plan with other writes a second and other data.
fn plan_at(plan: &Plan, writes: f64, data: f64) -> Plan {
    let mut plan = plan.clone();
    plan.workload.writes = OpsPerSec::per_s(writes);
    plan.workload.dataset = Bytes::bytes(data);
    plan
}

/// Steps about the middle, which is exactly `own`.
fn steps(path: &str, own: f64, count: usize) -> Vec<f64> {
    let (least, most) = field(path).map_or((0.0, f64::MAX), |field| (field.min, field.max));
    let middle = (count / 2) as f64;
    let at = |index: usize| {
        let away = index as f64 - middle;
        if away == 0.0 { own } else { two_figures(own * libm::pow(10.0, away / PER_DECADE)) }
    };
    (0..count).map(|index| at(index).clamp(least, most)).collect()
}

/// Rounded to two significant figures; what is no positive number stays.
fn two_figures(value: f64) -> f64 {
    let grain = edge::grain(value, 1);
    if grain > 0.0 { libm::round(value / grain) * grain } else { value }
}
