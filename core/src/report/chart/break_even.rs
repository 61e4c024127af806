//! Which design wins over write rate × data (M-15).

use super::{Chart, HeatCell, HeatPlot, Ink, Plot, Steps, Table, says};
use crate::explore::break_even::{By, COLUMNS, Cell, DOES_NOT_FIT, Edge, Grid, Kind, NO_PRICE, OWN, ROWS};
use crate::model::Topology;
use crate::report::Span;
use crate::report::explored::break_even::edge_words;
use crate::report::verdict;
use crate::units::format;
use crate::units::{Bytes, Currency, OpsPerSec};
use crate::words::total::no_price;

/// The grid as a map: the choice in its colour and letter; where no design meets every target, the cheaper one with a replica
/// in small and soft. Cells that are not worked out yet are empty.
///
/// `edges` are those of [`crate::explore::break_even::edges`]; without them the sentence names the plan's own cell alone.
#[must_use]
pub fn break_even_chart(grid: &Grid, edges: &[Edge], currency: Currency) -> Chart {
    break_even_by(By::Choice, grid, edges, currency)
}

/// The same map for another question: who costs least of all, or which replica is the cheaper, whatever the targets say.
#[must_use]
pub fn break_even_by(by: By, grid: &Grid, edges: &[Edge], currency: Currency) -> Chart {
    let names = Names::of(grid);
    let places = (0..ROWS).rev().flat_map(|row| (0..COLUMNS).map(move |column| (column, row)));
    let cells = places.map(|(column, row)| match grid.at(column, row) {
        Some(cell) => heat(by, cell, &format!("{} with {}", names.x[column], names.y[row]), currency),
        None => blank("Not worked out yet."),
    });
    Chart {
        id: "break-even",
        title: title(by).to_owned(),
        says: sentence(by, grid, edges),
        caption: caption(grid),
        table: table(by, grid, &names, currency),
        plot: Plot::Heat(HeatPlot {
            cells: cells.collect(),
            x: Steps { label: "writes a second".to_owned(), names: names.x },
            y: Steps { label: "data".to_owned(), names: names.y.into_iter().rev().collect() },
            own: (OWN.0, ROWS - 1 - OWN.1),
            legend: legend(by).into_iter().map(|(cell, text)| (cell, text.to_owned())).collect(),
        }),
    }
}

const fn title(by: By) -> &'static str {
    match by {
        By::Choice => "Which design wins, by writes and data",
        By::Cost => "Which design costs least, by writes and data",
        By::Replica => "Pair or group: the cheaper, by writes and data",
    }
}

fn legend(by: By) -> Vec<(HeatCell, &'static str)> {
    let is = |topology: Topology| of(Some(topology), None, false);
    let open = (of(None, None, true), "no price");
    let pair = (is(Topology::Passive), "passive pair");
    let group = (is(Topology::Active), "active group");
    match by {
        By::Choice => vec![
            (is(Topology::Rebuild), "rebuild is the choice"),
            pair,
            group,
            (of(None, Some(Topology::Passive), false), "no choice, the pair is the cheaper"),
            (of(None, Some(Topology::Active), false), "no choice, the group is the cheaper"),
            open,
            (of(None, None, false), "no choice: a pair or a group does not fit"),
        ],
        By::Cost => {
            vec![
                (is(Topology::Rebuild), "rebuild costs least"),
                pair,
                group,
                open,
                (of(None, None, false), "none fits"),
            ]
        }
        By::Replica => vec![pair, group, open, (of(None, None, false), "a pair or a group does not fit")],
    }
}

struct Names {
    x: Vec<String>,
    y: Vec<String>,
}

impl Names {
    fn of(grid: &Grid) -> Self {
        Self {
            x: grid.writes.iter().map(|writes| rate(*writes)).collect(),
            y: grid.data.iter().map(|data| format::bytes(Bytes::bytes(*data))).collect(),
        }
    }
}

fn rate(writes: f64) -> String {
    format::ops(OpsPerSec::per_s(writes))
}

fn caption(grid: &Grid) -> String {
    let reads = if grid.plan().workload.reads.is_some() { "reads stay as given" } else { "reads follow the writes" };
    format!("A steady month in each cell, judged by the targets; {reads}, given sizes stay. Outlined: the plan.")
}

fn sentence(by: By, grid: &Grid, edges: &[Edge]) -> Vec<Span> {
    let Some(own) = grid.at(OWN.0, OWN.1) else { return says(["Working out the cells about the plan."]) };
    let (none, is) = match by {
        By::Choice => ("None of the plan's designs meets every target.", "is the choice"),
        By::Cost => ("No design fits.", "costs least, targets aside"),
        By::Replica => ("A pair or a group does not fit here.", "is the cheaper of the two with a replica"),
    };
    let open = own.lacks_price(by).then(|| no_price(&own.missing()).unwrap_or_default());
    let none = open.map_or_else(|| none.to_owned(), |why| format!("No price, no winner: {why}."));
    let first = own.winner(by).map_or(none, |winner| format!("The {} {is}.", winner.name().to_ascii_lowercase()));
    let shown: &[Kind] = match by {
        By::Choice => &[Kind::Choice, Kind::Cheaper],
        By::Cost => &[Kind::RebuildOrPair, Kind::RebuildOrGroup, Kind::Cheaper],
        By::Replica => &[Kind::Cheaper],
    };
    let near = |kind: &Kind| edges.iter().find(|edge| edge.kind == *kind).map(edge_words);
    let mut changes = shown.iter().filter_map(near).map(|words| format!(" {words}"));
    let (nearest, others) = (changes.next().unwrap_or_default(), changes.collect::<String>());
    let nothing =
        if grid.is_whole() && nearest.is_empty() { " Nothing on its row and column changes that." } else { "" };
    says([&first, &nearest, &others, nothing])
}

fn blank(says: &str) -> HeatCell {
    HeatCell { ink: Ink::Quiet, soft: true, letter: "", says: says.to_owned() }
}

/// Colour and letter: a choice is strong and a capital; a missing price has a colour of its own.
fn of(choice: Option<Topology>, cheaper: Option<Topology>, no_price: bool) -> HeatCell {
    let letter = match (choice, cheaper) {
        (Some(Topology::Rebuild), _) => "R",
        (Some(Topology::Passive), _) => "P",
        (Some(Topology::Active), _) => "A",
        (None, _) if no_price => "?",
        (None, Some(Topology::Active)) => "a",
        (None, Some(_)) => "p",
        (None, None) => "·",
    };
    let ink = match choice.or(cheaper.filter(|_| !no_price)) {
        Some(topology) => Ink::Topology(topology),
        None if no_price => Ink::Warn,
        None => Ink::Quiet,
    };
    HeatCell { ink, soft: choice.is_none(), letter, says: String::new() }
}

fn heat(by: By, cell: &Cell, place: &str, currency: Currency) -> HeatCell {
    let costs = Topology::ALL
        .into_iter()
        .map(|topology| format!("{} {}", topology.name().to_ascii_lowercase(), cell.cost(topology).words(currency)));
    let choice = cell.choice.map_or_else(
        || cell.why.as_ref().map_or_else(String::new, verdict::plain),
        |choice| format!("The {} is the cheapest that meets the targets.", choice.name().to_ascii_lowercase()),
    );
    let says = format!("{place}: {}. {choice}", costs.collect::<Vec<_>>().join("; "));
    HeatCell { says, ..letter(by, cell) }
}

/// Without a choice the cheaper replica stands in, soft; by cost there is a winner or none.
fn letter(by: By, cell: &Cell) -> HeatCell {
    of(cell.winner(by), if by == By::Choice { cell.cheaper() } else { None }, open(by, cell))
}

/// A missing price keeps open who wins; without a choice, which replica is the cheaper.
fn open(by: By, cell: &Cell) -> bool {
    let replica = by == By::Choice && cell.choice.is_none() && cell.lacks_price(By::Replica);
    cell.lacks_price(by) || replica
}

/// Rows are the data from the most, columns the writes; a cell has its letter and the cost of what the letter names.
fn table(by: By, grid: &Grid, names: &Names, currency: Currency) -> Table {
    let cell = |column: usize, row: usize| {
        let Some(cell) = grid.at(column, row) else { return String::new() };
        let letter = letter(by, cell).letter;
        if open(by, cell) {
            return format!("{letter} {NO_PRICE}");
        }
        match cell.winner(by).or_else(|| cell.cheaper().filter(|_| by == By::Choice)) {
            Some(named) => format!("{letter} {}", cell.cost(named).words(currency)),
            None => format!("{letter} {DOES_NOT_FIT}"),
        }
    };
    let row = |row: usize| [names.y[row].clone()].into_iter().chain((0..COLUMNS).map(|at| cell(at, row))).collect();
    Table {
        head: ["Data ╲ writes".to_owned()].into_iter().chain(names.x.iter().cloned()).collect(),
        rows: (0..ROWS).rev().map(row).collect(),
    }
}
