//! Where another design becomes the cheapest or the choice (M-15).

use super::super::Subject;
use crate::explore::break_even::{By, Edge, Grid, Members};
use crate::model::Topology;
use crate::report::chart::break_even_by;
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::report::explored::break_even::{edge_words, members_say};
use crate::report::verdict::all_waiting;
use crate::units::{Currency, format};

/// Who wins by writes and data, for one question, and the nearest figures at which that changes; with nothing `found` yet that it is on
/// its way.
#[must_use]
pub fn break_even(subject: Subject, by: By, found: Option<(&Grid, &[Edge])>) -> Section {
    let Some((grid, edges)) = found else {
        return Section::new("break-even", "Break-even", "Break-even is worked out as soon as the typing pauses.");
    };
    let section = Section::new("break-even", "Break-even", "").opened_by(Some(break_even_by(
        by,
        grid,
        edges,
        subject.catalog.currency(),
    )));
    let section = section.with(Block::list(all_waiting(&subject.evaluation.comparison)));
    if edges.is_empty() {
        return section;
    }
    let remark = "Nearest first, one figure at a time, each verified by evaluation.";
    let edges = vec![Block::list(edges.iter().map(edge_words)), Block::remark(remark)];
    section.with(Block::details("What would change it", edges))
}

/// What each design costs with two to five regions, and the choice; `None` with nothing `found` yet, and without a region.
#[must_use]
pub fn by_regions(subject: Subject, found: Option<&[Members]>) -> Option<Section> {
    let members = found.filter(|members| !members.is_empty())?;
    let (own, currency) = (subject.plan.regions.len(), subject.catalog.currency());
    let says = format!("{} {}", members_say(members, own), group_costs(members, currency));
    let section = Section::new("cost-by-regions", "By number of regions", says)
        .opened_by(None)
        .with(Block::Table(table(subject, members)))
        .with(Block::remark("Added regions are the nearest, without users."))
        .with(Block::list(all_waiting(&subject.evaluation.comparison)));
    Some(section)
}

/// "An active group costs $3,013 a month with 2 regions and $7,600 with 5."
fn group_costs(members: &[Members], currency: Currency) -> String {
    let mut known = members.iter().filter_map(|row| Some((row.count, row.cell.cost(Topology::Active).complete()?)));
    let (Some(first), Some(last)) = (known.next(), known.next_back()) else {
        let fits = members.iter().any(|row| row.cell.cost(Topology::Active).month().is_some());
        let why = if fits { "has no complete price" } else { "does not fit" };
        return format!("An active group {why} with more or fewer regions.");
    };
    let [few, many] = [first.1, last.1].map(|cost| format::money(cost, currency));
    format!("An active group costs {few} a month with {} regions and {many} with {}.", first.0, last.0)
}

fn table(subject: Subject, members: &[Members]) -> Table {
    let columns = [Column::names("Regions")].into_iter().chain(Topology::ALL.map(Column::of));
    Table {
        id: "cost-by-regions",
        name: "Cost by number of regions".to_owned(),
        columns: columns.chain([Column::text("Choice")]).collect(),
        rows: members.iter().map(|members| row(subject, members)).collect(),
    }
}

fn row(subject: Subject, members: &Members) -> Row {
    let (catalog, cell) = (subject.catalog, &members.cell);
    let added: Vec<&str> = members.added.iter().map(|id| catalog.region_name(id)).collect();
    let added = if added.is_empty() { String::new() } else { format!(" with {}", added.join(", ")) };
    let costs = cell.costs.iter().map(|cost| cost.words(catalog.currency()).into());
    let none = if cell.lacks_price(By::Choice) { "open: no price" } else { "none meets every target" };
    let choice = cell.choice.map_or_else(|| none.into(), |it| Text::styled(it.name(), Style::Of(it)));
    Row::of([format!("{}{added}", members.count).into()].into_iter().chain(costs).chain([choice]))
}
