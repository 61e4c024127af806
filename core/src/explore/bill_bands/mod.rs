//! Bands of the bill (M-14): volumes may be ranges, and prices whose regional factor is estimated are.

mod table;
#[cfg(test)]
mod tests;

use crate::catalog::Catalog;
use crate::model::Topology;
use crate::model::cost::{Bill, BillLine, LineKind, MissingPrice};
use crate::model::demand::{Demand, demand};
use crate::model::fit::{Cache, Design, Steps};
use crate::plan::{Plan, Span};
use crate::stats::bands::{Bands, Quantile};
use crate::stats::lattice::Lattice;
use crate::stats::sample::{FOLLOWS_TYPING, Sampling, Study, run_trials};
use crate::stats::spread::Spread;
use crate::units::{Bytes, Money, Range};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::Serialize;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use table::{Base, Moves};

/// The trials that follow the typing: the standard error of a quantile is mostly below 0.1 % of the total on the presets, and
/// up to 1.3 % where it falls on the step between two sizes.
pub const BILL_SAMPLING: Sampling = FOLLOWS_TYPING;

/// A month's bill with the ends that its ranges give it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BillBands {
    /// Of the total of the lines with a price, in the bill's currency: of a lower bound where `missing` is not empty. A point where
    /// nothing that the bill is based on is a range.
    pub total: Bands,
    /// What the total lacks; empty for a complete one.
    pub missing: Vec<MissingPrice>,
    /// Of each line of the bill, in its order; `None` for a line without a price. The quantiles of lines do not add up to
    /// those of the total: lines need not be dear at the same time.
    pub lines: Vec<Option<Bands>>,
    /// What was varied: "operations", "data", "CRDT factor", "outage rate", "regional prices". Empty where no input is a range.
    pub ranged: Vec<&'static str>,
    /// Trials in which no size fits, or the size that fits has no price. They are in no band.
    pub left_out: u32,
    /// All trials; 0 for a point.
    pub trials: u32,
}

impl BillBands {
    /// True where nothing that the bill is based on is a range.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.ranged.is_empty()
    }

    /// P05, P50 and P95 of a line, to the cent; `None` where nothing is a range or no trial has a bill.
    #[must_use]
    pub fn quantiles_of(&self, index: usize) -> Option<[Money; 3]> {
        let band = self.lines.get(index)?.as_ref().filter(|_| !self.is_point() && self.left_out < self.trials)?;
        Some([band.p05, band.p50, band.p95].map(|quantile| money(quantile.value)))
    }
}

/// A simulated amount as money, to the cent; 0 for what is no number, [`Money::TOO_LARGE`] beyond the range of amounts.
#[must_use]
pub fn money(amount: f64) -> Money {
    let none = if amount.is_nan() { Money::ZERO } else { Money::TOO_LARGE };
    Decimal::from_f64(amount).map_or(none, |amount| Money::new(amount.round_dp(2)))
}

/// In [`BillBands::ranged`]: the rates of operations.
pub const RATES: &str = "operations";
/// In [`BillBands::ranged`]: prices by an estimated factor.
pub const PRICES: &str = "regional prices";

/// An input of the bill that is a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input {
    Rates,
    Data,
    Crdt,
    Outages,
    /// The factor of that place in [`Base::factors`]: one sample for every price that has it.
    Factor(usize),
}

impl Input {
    const fn name(self) -> &'static str {
        match self {
            Self::Rates => RATES,
            Self::Data => "data",
            Self::Crdt => "CRDT factor",
            Self::Outages => "outage rate",
            Self::Factor(_) => PRICES,
        }
    }
}

/// The ranges that the bill of a topology is based on, each with its spread. The rate of outages is one where outages cause full
/// syncs that cost something.
fn inputs(base: &Base, plan: &Plan) -> Vec<(Input, Spread)> {
    let share = |span: Span| Spread::triangular(span.low.as_fraction(), 1.0, span.high.as_fraction());
    let Range { low, mode, high } = plan.assumptions.crdt_factor;
    let volumes = plan.workload.spread;
    let outages = plan.outages.per_year;
    let all = [
        (Input::Rates, share(volumes.rates)),
        (Input::Data, share(volumes.data)),
        (Input::Crdt, Spread::triangular(low, mode, high)),
        (Input::Outages, Spread::triangular(outages.low, outages.mode, outages.high)),
    ];
    let ranged = |(input, spread): &(Input, Spread)| {
        let counts = match input {
            Input::Rates | Input::Data | Input::Factor(_) => true,
            Input::Crdt => base.topology == Topology::Active,
            Input::Outages => base.pays_for_outages(),
        };
        counts && !matches!(spread, Spread::Exactly(_))
    };
    // Factors last, so that the other inputs keep their place in the lattice.
    let factors = base.factors.iter().enumerate().map(|(at, part)| {
        let (low, high) = part.band.shares();
        (Input::Factor(at), Spread::estimate(low, 1.0, high))
    });
    all.into_iter().chain(factors).filter(ranged).collect()
}

/// P05, P50 and P95 of the month's bill of one topology, and of each of its lines (M-14).
///
/// The bill itself is that of the plan's most likely figures, each factor at its estimate, and is never outside of its band.
///
/// Each trial samples rates, data, CRDT factor and outages a year from triangles, and every estimated factor of a region around its
/// estimate, chooses the size again where the plan leaves it open, and makes the bill of [`crate::model::cost::bill`]. The bill is worked out at the bends of its lines and taken as straight
/// between them, which it is: a test holds it against the bill of each trial. Without a range it is the bill itself.
///
/// # Examples
///
/// ```
/// use dr_core::catalog::Catalog;
/// use dr_core::explore::{BILL_SAMPLING, bill_bands};
/// use dr_core::model::Topology;
/// use dr_core::plan::Plan;
///
/// let bands = bill_bands(&Plan::default(), &Catalog::bundled()?, Topology::Active, BILL_SAMPLING);
/// assert!(bands.total.p05.value <= bands.total.p95.value);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn bill_bands(plan: &Plan, catalog: &Catalog, topology: Topology, sampling: Sampling) -> BillBands {
    let study = BillStudy::new(topology, plan, catalog);
    let bill = &study.base.bill;
    if study.inputs.is_empty() || bill.lines.is_empty() {
        let lines = bill.lines.iter().map(|line| line.amount.map(exactly)).collect();
        let missing = bill.total.missing().to_vec();
        return BillBands {
            total: exactly(bill.total.at_least()),
            missing,
            lines,
            ranged: Vec::new(),
            left_out: 0,
            trials: 0,
        };
    }
    let trials = sampling.whole_trials();
    let columns = run_trials(&study, &Lattice::new(sampling.seed, study.inputs()), 0..trials);
    let mut bands = columns.into_iter().map(|column| of_column(&column)).collect::<Vec<_>>();
    let own = bill.total.at_least();
    let total = bands.pop().map_or_else(|| exactly(own), |band| around(band, own));
    let known = |(line, band): (&BillLine, Bands)| line.amount.map(|own| around(band, own));
    BillBands {
        total,
        missing: bill.total.missing().to_vec(),
        lines: bill.lines.iter().zip(bands).map(known).collect(),
        ranged: study.names(),
        left_out: trials - total.trials,
        trials,
    }
}

/// The bands of every topology, in their order, from [`BILL_SAMPLING`].
#[must_use]
pub fn bands_of_all(plan: &Plan, catalog: &Catalog) -> [BillBands; 3] {
    Topology::ALL.map(|topology| bill_bands(plan, catalog, topology, BILL_SAMPLING))
}

/// A figure without spread.
fn exactly(amount: Money) -> Bands {
    let value = amount.as_f64_for_charts();
    let quantile = Quantile { value, error: 0.0 };
    Bands { trials: 0, mean: value, p05: quantile, p50: quantile, p95: quantile }
}

/// The band with the plan's own amount inside: where every range lies to one side of the plan, more than 95 of 100 trials may be beyond it.
fn around(band: Bands, own: Money) -> Bands {
    let own = own.as_f64_for_charts();
    if band.trials == 0 {
        return band;
    }
    let at = |quantile: Quantile, value: f64| Quantile { value, ..quantile };
    Bands { p05: at(band.p05, band.p05.value.min(own)), p95: at(band.p95, band.p95.value.max(own)), ..band }
}

/// The bands of the trials that have a figure. Most lines are the same in every trial and need no sorting.
fn of_column(column: &[f64]) -> Bands {
    let valid: Vec<f64> = column.iter().copied().filter(|value| !value.is_nan()).collect();
    match valid.as_slice() {
        [first, rest @ ..] if rest.iter().all(|value| value.to_bits() == first.to_bits()) => {
            let quantile = Quantile { value: *first, error: 0.0 };
            let trials = u32::try_from(valid.len()).unwrap_or(u32::MAX);
            Bands { trials, mean: *first, p05: quantile, p50: quantile, p95: quantile }
        }
        _ => Bands::of(&valid),
    }
}

/// Bills of one topology over its ranged volumes: one result for each line of the plan's own bill, and the total.
struct BillStudy<'a> {
    base: Base<'a>,
    demand: Demand,
    steps: Steps<'a>,
    inputs: Vec<(Input, Spread)>,
    moves: OnceCell<Moves>,
    sizes: RefCell<Sizes>,
}

/// A size at the plan's own volumes; `None` where none fits, or it has no price.
type OfSize = Option<Rc<SizedBill>>;

/// What a size costs.
struct SizedBill {
    /// Of the lines of the plan's own bill, then the total.
    amounts: Vec<f64>,
    /// Line, factor and amount of what is in proportion to an estimated factor.
    by_factor: Vec<(usize, usize, f64)>,
}

/// The sizes that came up.
#[derive(Default)]
struct Sizes {
    /// By the counts of the sizes that fit: thousands of them may come up.
    by_counts: BTreeMap<Counts, OfSize>,
    /// By the caches of the design: of those there are dozens, and each needs a bill.
    by_caches: Vec<(Vec<Cache>, OfSize)>,
}

/// How many sizes hold the data, and how many serve the load.
type Counts = (usize, usize);

/// One sample of the ranged volumes.
#[derive(Debug, Clone, Copy)]
struct Volume {
    /// Reads and writes ÷ the plan's.
    rates: f64,
    /// Data ÷ the plan's.
    data: f64,
    /// CRDT factor; 1 without a group.
    crdt: f64,
    /// Full syncs a year ÷ the plan's.
    syncs: f64,
}

impl Sizes {
    fn of(&mut self, base: &Base, design: &Design) -> OfSize {
        if let Some((_, known)) = self.by_caches.iter().find(|(caches, _)| *caches == design.caches) {
            return known.clone();
        }
        let sized: OfSize = base.sized(design).map(Rc::new);
        self.by_caches.push((design.caches.clone(), sized.clone()));
        sized
    }
}

impl<'a> BillStudy<'a> {
    fn new(topology: Topology, plan: &'a Plan, catalog: &'a Catalog) -> Self {
        let base = Base::of(topology, plan, catalog);
        Self {
            demand: demand(plan),
            steps: Steps::of(topology, plan, catalog),
            inputs: inputs(&base, plan),
            base,
            moves: OnceCell::new(),
            sizes: RefCell::default(),
        }
    }

    fn volume(&self, point: &[f64]) -> Volume {
        let mut volume = self.base.own_volume();
        for ((input, spread), uniform) in self.inputs.iter().zip(point) {
            let value = spread.at(*uniform);
            match input {
                Input::Rates => volume.rates = value,
                Input::Data => volume.data = value,
                Input::Crdt => volume.crdt = value,
                Input::Outages => volume.syncs = self.base.syncs_at(value),
                Input::Factor(_) => {}
            }
        }
        volume
    }

    /// The amounts of the size that the volume gets; `None` where none fits or it has no price.
    fn sized(&self, volume: Volume, used: Bytes) -> OfSize {
        let rates = volume.rates;
        let scaled = Demand { reads: self.demand.reads * rates, writes: self.demand.writes * rates, ..self.demand };
        let counts = self.steps.counts(used, &scaled);
        let mut sizes = self.sizes.borrow_mut();
        if let Some(known) = sizes.by_counts.get(&counts) {
            return known.clone();
        }
        let sized = self.base.design_for(volume).and_then(|design| sizes.of(&self.base, &design));
        sizes.by_counts.insert(counts, sized.clone());
        sized
    }

    /// What was varied, each name once.
    fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<&'static str> = self.inputs.iter().map(|(input, _)| input.name()).collect();
        names.dedup();
        names
    }

    /// Moves the amounts of the lines at estimated prices, and the total with them, to the factors of a trial.
    fn price(&self, sized: &SizedBill, point: &[f64], results: &mut [f64]) {
        let total = results.len() - 1;
        for ((input, spread), uniform) in self.inputs.iter().zip(point) {
            let Input::Factor(factor) = input else { continue };
            let mut of_it = sized.by_factor.iter().filter(|(_, at, _)| at == factor).peekable();
            let more = if of_it.peek().is_some() { spread.at(*uniform) - 1.0 } else { 0.0 };
            for (line, _, amount) in of_it {
                results[*line] += amount * more;
                results[total] += amount * more;
            }
        }
    }

    /// Lowest and highest rates, and data in a cache.
    fn ends(&self) -> table::Ends {
        let (low, high) = (self.volume(&vec![0.0; self.inputs.len()]), self.volume(&vec![1.0; self.inputs.len()]));
        table::Ends { rates: (low.rates, high.rates), used: (self.base.used(low), self.base.used(high)) }
    }
}

impl Study for BillStudy<'_> {
    fn inputs(&self) -> usize {
        self.inputs.len()
    }

    fn outputs(&self) -> usize {
        self.base.bill.lines.len() + 1
    }

    fn trial(&self, point: &[f64], results: &mut [f64]) {
        let volume = self.volume(point);
        let used = self.base.used(volume);
        match self.sized(volume, used) {
            Some(sized) => {
                let moves = self.moves.get_or_init(|| Moves::of(&self.base, &self.ends()));
                moves.fill(&sized.amounts, volume.rates, used.as_bytes(), results);
                self.base.count_syncs(volume.syncs, results);
                self.price(&sized, point, results);
            }
            None => results.fill(f64::NAN),
        }
    }
}

/// Which line of the plan's own bill a line of another bill belongs to: the same line, else one of its kind and region in
/// the same order (a node of another size), else the last of its kind; `None` where the plan's bill has none of that kind.
fn line_of(own: &Bill, lines: &[BillLine], at: usize) -> Option<usize> {
    let line = lines.get(at)?;
    let same = |other: &BillLine| other.kind == line.kind && other.label == line.label && other.region == line.region;
    let alike = |other: &BillLine| other.kind == line.kind && other.region == line.region;
    nth(own, lines, at, &same).or_else(|| nth(own, lines, at, &alike)).or_else(|| last(own, line.kind))
}

fn nth(own: &Bill, lines: &[BillLine], at: usize, belongs: &dyn Fn(&BillLine) -> bool) -> Option<usize> {
    let before = lines[..at].iter().filter(|line| belongs(line)).count();
    let mut places = own.lines.iter().enumerate().filter(|(_, line)| belongs(line)).map(|(place, _)| place);
    let mut place = places.next()?;
    for later in places.take(before) {
        place = later;
    }
    Some(place)
}

fn last(own: &Bill, kind: LineKind) -> Option<usize> {
    own.lines.iter().rposition(|line| line.kind == kind)
}
