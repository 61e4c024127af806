//! Cost against the objectives: what more money buys (M-17).

use super::{Axis, Chart, Ink, Line, LinePlot, Mark, Plot, Table, Unit};
use crate::explore::search::{Found, Front, Search};
use crate::model::Topology;
use crate::model::verdict::{Figure, Objective};
use crate::report::Span;
use crate::report::search::{design, figure, modelled, paid};
use crate::units::{Currency, Money, format};
use crate::words::waits::of_months;

/// Designs that cost more than so many times the cheapest that meets every target are in the table alone.
const WIDEST: f64 = 3.0;

/// A pane for each objective in which money buys something: of each topology the best figure at every cost, as a stair. `None` where it
/// buys nothing in any.
#[must_use]
pub fn frontier_chart(search: &Search, currency: Currency) -> Option<Chart> {
    let cheapest = search.fronts.iter().flat_map(|front| &front.points).map(cost).reduce(f64::min)?;
    let cheapest = search.winner().map_or(cheapest, cost);
    let shown: Vec<&Front> =
        search.fronts.iter().filter(|front| inside(&front.points, cheapest * WIDEST) > 1).collect();
    let most = shown.iter().flat_map(|front| front.of.iter().flatten()).map(cost);
    let most = most.filter(|cost| *cost <= cheapest * WIDEST).fold(cheapest, f64::max) * 1.08;
    let panes: Vec<LinePlot> = shown.iter().map(|front| pane(front, most, search, currency)).collect();
    if panes.is_empty() {
        return None;
    }
    Some(Chart {
        id: "cost-frontier",
        title: "The best figure at each cost".to_owned(),
        says: says(search, currency),
        caption: caption(&shown, search),
        plot: Plot::Lines(panes),
        table: table(search, currency),
    })
}

fn cost(found: &Found) -> f64 {
    found.month.at_least().as_f64_for_charts()
}

/// How many points a drawing has room for.
fn inside(points: &[Found], most: f64) -> usize {
    points.iter().filter(|it| cost(it) <= most).count()
}

fn pane(front: &Front, most: f64, search: &Search, currency: Currency) -> LinePlot {
    let lines: Vec<Line> = Topology::ALL.into_iter().filter_map(|topology| line(front, topology, most)).collect();
    let highest = lines.iter().flat_map(|line| &line.points).map(|point| point.1).fold(0.0, f64::max);
    let target = match front.target {
        Some(Figure::Time(target)) => Some(target.as_secs()),
        _ => None,
    };
    // A target far above every figure would press them to the ground.
    let target = target.filter(|target| *target <= highest * 2.0);
    let label = match front.objective {
        Objective::Runway => "runway, P05",
        Objective::Rpo => "RPO modelled, P95",
        Objective::Rto => "RTO, P95",
        Objective::Latency | Objective::Cost => "write latency, P95",
    };
    let mut marks: Vec<Mark> = target
        .map(|at| Mark { at, vertical: false, label: "target".to_owned(), ink: Ink::Strong, strong: false })
        .into_iter()
        .collect();
    let budget = search.objectives.budget.map(Money::as_f64_for_charts).filter(|budget| *budget <= most);
    marks.extend(budget.map(|at| Mark {
        at,
        vertical: true,
        label: "budget".to_owned(),
        ink: Ink::Quiet,
        strong: false,
    }));
    LinePlot {
        x: Axis::until("cost a month", Unit::Money(currency), most, 6),
        y: Axis::covering(label, Unit::Time, highest.max(target.unwrap_or_default()) * 1.05, 4),
        lines,
        bands: Vec::new(),
        marks,
    }
}

/// A stair: the figure holds until the next design costs as much.
fn line(front: &Front, topology: Topology, most: f64) -> Option<Line> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for found in &front.of[topology as usize] {
        let Figure::Time(time) = found.figure(front.objective) else { continue };
        let at = cost(found);
        if at > most {
            break;
        }
        points.extend(points.last().map(|(_, before)| (at, *before)));
        points.push((at, time.as_secs()));
    }
    let (_, last) = *points.last()?;
    points.push((most, last));
    Some(Line { label: topology.name().to_owned(), ink: Ink::Topology(topology), points })
}

/// "For $430 more a month the runway is 9 h 10 min."
fn says(search: &Search, currency: Currency) -> Vec<Span> {
    let Some(step) = search.steps.iter().min_by_key(|step| step.more).filter(|step| step.month.by > Money::ZERO) else {
        return Vec::new();
    };
    let name = match step.objective {
        Objective::Latency => "write latency",
        other => other.name(),
    };
    let better = step.design.figure(step.objective);
    vec![
        Span::plain("For "),
        Span::strong(format!("{} more a month", format::money(step.month.by, currency))),
        Span::plain(format!("{} the {name} is ", of_months(step.month.months))),
        Span::strong(figure(better, currency)),
        Span::plain(format!(": {}.", design(&step.design.choice))),
    ]
}

fn caption(shown: &[&Front], search: &Search) -> String {
    let met = if shown.iter().all(|front| front.others_met) {
        "All designs shown meet every other target but the budget."
    } else {
        "Where no design meets all other targets, every design is shown."
    };
    let waits = search.over.iter().flatten().any(|it| it.waits.is_some());
    let own = if waits { " One that waits for the end of the old service is shown at its own month." } else { "" };
    format!(
        "{met} Each stair is the best figure of a topology at that cost of a month.{own} What is not drawn costs more than {} times the \
         cheapest, or does not change with the cost; the table holds all. {} designs fit.",
        format::number(WIDEST),
        search.designs
    )
}

fn table(search: &Search, currency: Currency) -> Table {
    let row = |front: &Front, found: &Found| {
        vec![
            modelled(front.objective).to_owned(),
            design(&found.choice),
            paid(&found.choice),
            found.month.amount(currency),
            figure(found.figure(front.objective), currency),
        ]
    };
    let rows = search.fronts.iter().flat_map(|front| front.points.iter().map(move |it| row(front, it)));
    Table { head: ["Against", "Design", "Paid", "A month", "Figure"].map(str::to_owned).into(), rows: rows.collect() }
}
