//! Cumulative cost over the months of the plan (M-10).

use super::{Axis, Chart, Ink, Line, LinePlot, Mark, Plot, Table, Unit, says, short};
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::model::cost::{MissingPrice, Total};
use crate::model::horizon::{Change, Horizon, Path, sizes};
use crate::report::Span;
use crate::report::horizon as words;
use crate::units::{Money, Ratio, format};
use crate::words::misfit::sizes as size_words;
use crate::words::total::no_price;

/// Steps of one topology that get a mark; the table has them all.
const MARKED: usize = 2;

/// Cumulative cost of each topology at the end of every month, with marks for steps, Premium's end and crossings.
///
/// `None` where no topology has a month.
#[must_use]
pub fn horizon_chart(horizon: &Horizon, catalog: &Catalog) -> Option<Chart> {
    let paths: Vec<&Path> = horizon.paths.iter().filter(|path| !path.months.is_empty()).collect();
    let most = paths.iter().map(|path| path.total().at_least()).max()?;
    let currency = horizon.currency;
    let plot = LinePlot {
        x: Axis::until(format!("months since {}", horizon.start), Unit::Months, f64::from(horizon.months), 12),
        y: Axis::covering("cumulative cost", Unit::Money(currency), most.as_f64_for_charts() * 1.02, 5),
        lines: paths.iter().map(|path| line(path)).collect(),
        bands: Vec::new(),
        marks: marks(horizon),
    };
    Some(Chart {
        id: "horizon",
        title: format!("Cost over {} months", horizon.months),
        says: sentence(horizon, &paths),
        caption: caption(horizon),
        plot: Plot::Lines(vec![plot]),
        table: table(horizon, catalog),
    })
}

fn line(path: &Path) -> Line {
    let at = |spent: Money| spent.as_f64_for_charts();
    let points = path.months.iter().map(|month| (f64::from(month.number), at(month.cumulative.at_least())));
    let name = words::name(path.topology);
    Line {
        label: if path.total().is_complete() { name } else { format!("{name}, at least") },
        ink: Ink::Topology(path.topology),
        points: [(0.0, 0.0)].into_iter().chain(points).collect(),
    }
}

fn marks(horizon: &Horizon) -> Vec<Mark> {
    let vertical = |at: u32, label: String, ink, strong| Mark { at: f64::from(at), vertical: true, label, ink, strong };
    let mut marks = Vec::new();
    for path in &horizon.paths {
        let scaled = path.steps.iter().filter_map(|step| match &step.change {
            Change::Scale { to, .. } => Some((step.month - 1, format!("{}: {}", short(path.topology), size_words(to)))),
            Change::TargetMissed { .. } => Some((step.month - 1, format!("{}: target missed", short(path.topology)))),
            Change::NothingLarger { .. } => Some((step.month - 1, format!("{}: nothing larger", short(path.topology)))),
            Change::Renewal { .. } | Change::Build { .. } | Change::Resize { .. } | Change::Migration { .. } => None,
        });
        let ink = Ink::Topology(path.topology);
        marks.extend(scaled.take(MARKED).map(|(at, label)| vertical(at, label, ink, false)));
    }
    let ends = horizon.retirement.iter().filter(|ends| ends.month > 0);
    marks.extend(ends.map(|ends| vertical(ends.month, "Premium retires".to_owned(), Ink::Bad, false)));
    marks.extend(
        horizon.crossings.iter().take(MARKED).map(|it| {
            vertical(it.month, format!("{} passes {}", short(it.passes), short(it.passed)), Ink::Accent, true)
        }),
    );
    marks
}

/// Who costs least, where that is certain; what keeps it open else.
fn sentence(horizon: &Horizon, paths: &[&Path]) -> Vec<Span> {
    let whole: Vec<(Topology, Total)> =
        paths.iter().filter(|path| path.stops.is_none()).map(|path| (path.topology, path.total())).collect();
    let months = horizon.months;
    let each = |(topology, total): &(Topology, Total)| {
        format!("{} {}", words::name(*topology), total.amount(horizon.currency))
    };
    let cost = |it: &(Topology, Total)| it.1.complete();
    let cheapest = whole.iter().filter(|it| cost(it).is_some()).min_by_key(|it| cost(it));
    let certain = |it: &&(Topology, Total)| {
        whole.iter().all(|other| it.1.certainly(&other.1).is_some_and(std::cmp::Ordering::is_le))
    };
    let crossings = words::crossings(horizon);
    if whole.is_empty() {
        return says([&format!("No topology lasts all {months} months. {crossings}")]);
    }
    let Some(cheapest) = cheapest.filter(certain) else {
        let all: Vec<String> = whole.iter().map(each).collect();
        let why = no_price(&MissingPrice::of_all(whole.iter().map(|(_, total)| total))).unwrap_or_default();
        return says([
            &format!("Over {months} months no design can be named the cheapest: "),
            &all.join(", "),
            &format!(". {why}. {crossings}"),
        ]);
    };
    let others: Vec<String> = whole.iter().filter(|(topology, _)| *topology != cheapest.0).map(each).collect();
    let others = if others.is_empty() { String::new() } else { format!(" ({})", others.join(", ")) };
    let why = no_price(&MissingPrice::of_all(whole.iter().map(|(_, total)| total)));
    let why = why.map_or_else(String::new, |why| format!(" {why}."));
    says([
        &format!("Over {months} months the {} costs least: ", words::name(cheapest.0)),
        &cheapest.1.amount(horizon.currency),
        &format!("{others}.{why} {crossings}"),
    ])
}

fn caption(horizon: &Horizon) -> String {
    let prepaid = if horizon.reservation.is_some() {
        " Prepaid terms count by the month and renew at the same price (assumption)."
    } else {
        ""
    };
    if [horizon.growth, horizon.load_growth] == [Ratio::ZERO; 2] {
        return format!("Nothing grows. Effective prices.{prepaid}");
    }
    let [data, load] = [horizon.growth, horizon.load_growth].map(format::percent);
    let grow = if data == load {
        format!("Data, writes and reads grow {data} a year.")
    } else {
        format!("Data grow {data} a year, writes and reads {load}.")
    };
    format!(
        "{grow} A size that the month's end outgrows, by load, RPO or runway, gives way to the cheapest that fits. Effective prices.{prepaid}"
    )
}

/// A row a month: date and load, then size, bill with what happens once, and cumulative cost of each topology.
fn table(horizon: &Horizon, catalog: &Catalog) -> Table {
    let mut head: Vec<String> = ["Month", "From", "Data", "Writes"].map(str::to_owned).into();
    for topology in Topology::ALL {
        let name = topology.name();
        head.extend([format!("{name}: size"), format!("{name}: month"), format!("{name}: cumulative")]);
    }
    let longest = horizon.paths.iter().map(|path| path.months.len()).max().unwrap_or(0);
    let row = |index: usize| {
        let months = horizon.paths.each_ref().map(|path| path.months.get(index));
        let load = months.into_iter().flatten().next().map(|month| {
            [month.number.to_string(), month.starts.to_string(), format::bytes(month.data), format::ops(month.writes)]
        });
        let cells = months.into_iter().flat_map(|month| match month {
            Some(month) => [
                size_words(&sizes(&month.caches, catalog)),
                month.cost().cents(horizon.currency),
                month.cumulative.cents(horizon.currency),
            ],
            None => [format::NONE, format::NONE, format::NONE].map(str::to_owned),
        });
        load.into_iter().flatten().chain(cells).collect()
    };
    Table { head, rows: (0..longest).map(row).collect() }
}

/// Cost of each year by topology, and the whole.
#[must_use]
pub fn by_year(horizon: &Horizon) -> Table {
    let costs = horizon.paths.each_ref().map(Path::years);
    let cell = |amount: Option<&Total>| amount.map_or_else(|| format::NONE.to_owned(), |it| it.cents(horizon.currency));
    let years = horizon.months.div_ceil(12);
    let year = |index: u32| {
        let from = horizon.start.plus_months(index * 12);
        let months = (horizon.months - index * 12).min(12);
        let short =
            if months < 12 { format!(", {}", format::counted(months as usize, "month")) } else { String::new() };
        let name = format!("Year {} from {from}{short}", index + 1);
        [name].into_iter().chain(costs.iter().map(|cost| cell(cost.get(index as usize)))).collect()
    };
    let total = |path: &Path| if path.months.is_empty() { format::NONE.to_owned() } else { cell(Some(&path.total())) };
    let whole = format!("All {} months", horizon.months);
    let whole: Vec<String> = [whole].into_iter().chain(horizon.paths.iter().map(total)).collect();
    Table {
        head: ["Period".to_owned()].into_iter().chain(Topology::ALL.map(|it| it.name().to_owned())).collect(),
        rows: (0..years).map(year).chain([whole]).collect(),
    }
}
