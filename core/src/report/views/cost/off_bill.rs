//! Off-bill costs: expected downtime, records that are lost, and reads while a cache is cold (M-10).

use super::super::{NONE, Subject};
use crate::catalog::Price;
use crate::explore::downtime;
use crate::model::Topology;
use crate::model::cost::off_bill::{Product, Yearly, off_bill as off_bill_costs};
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::report::horizon::name;
use crate::units::{Currency, format};

/// A topology, what is expected of it, and how much in a year.
type Expected = (Topology, &'static str, Yearly);

/// Expected hours without service, lost records and cold reads of a year, with P05 and P95, and what they cost where they have a price.
#[must_use]
pub fn off_bill(subject: Subject) -> Section {
    let all: Vec<Expected> = Topology::ALL.into_iter().flat_map(|topology| expected(subject, topology)).collect();
    let currency = subject.catalog.currency();
    Section::new("off-bill", "Off-bill costs", says(&all, currency))
        .with(Block::Table(table(&all, currency)))
        .with(Block::remark(basis(subject)))
}

/// Whether the choice counts what outages are expected to cost.
fn basis(subject: Subject) -> &'static str {
    let over = subject.evaluation.comparison.over.as_ref();
    if over.is_some_and(crate::model::horizon::OverHorizon::counts_loss) {
        "Based on assumed outages; no part of the bill. The choice ranks downtime and lost records with the cost over the horizon."
    } else {
        "Based on assumed outages; no part of the bill, and not in the choice until an hour without service or a lost record has a price."
    }
}

fn expected(subject: Subject, topology: Topology) -> impl Iterator<Item = Expected> {
    let answer = subject.evaluation.of(topology);
    let lost = downtime(subject.plan, answer);
    let found = off_bill_costs(subject.plan, subject.catalog, &subject.evaluation.demand, answer, lost);
    let named =
        [("downtime", found.downtime), ("lost records", found.lost), ("cold reads of the database", found.cold_reads)];
    named.into_iter().filter_map(move |(what, yearly)| Some((topology, what, yearly?)))
}

/// "Expected downtime a year: 1.162 h ($1,162) for the rebuild, …"
fn says(all: &[Expected], currency: Currency) -> String {
    let hours = all.iter().filter(|(_, what, _)| *what == "downtime").map(|(topology, _, yearly)| {
        let cost = yearly.cost.map_or_else(String::new, |cost| format!(" ({})", format::money(cost.mode, currency)));
        format!("{} h{cost} for the {}", format::quantity(yearly.quantity.mode), name(*topology))
    });
    let hours = hours.collect::<Vec<_>>().join(", ");
    if hours.is_empty() { String::new() } else { format!("Expected downtime a year: {hours}.") }
}

fn table(all: &[Expected], currency: Currency) -> Table {
    let columns = vec![
        Column::names("Expected in a year"),
        Column::figures("How much"),
        Column::figures("P05 – P95"),
        Column::figures("Unit price").wide_only(),
        Column::figures("A year"),
    ];
    let rows = all.iter().flat_map(|it| rows(it, currency)).collect();
    Table { id: "off-bill", name: "Off-bill costs".to_owned(), columns, rows }
}

fn rows((topology, what, yearly): &Expected, currency: Currency) -> [Row; 2] {
    let [low, mode, high] = [yearly.quantity.low, yearly.quantity.mode, yearly.quantity.high].map(format::quantity);
    let unit = yearly.price.known().map_or_else(
        || NONE.to_owned(),
        |known| format!("{} for one {}", format::price(known.amount, currency), yearly.unit),
    );
    let cost = yearly.cost.map_or_else(|| "no price".to_owned(), |cost| format::money_cents(cost.mode, currency));
    let unit_of_many = if yearly.unit == "record" { "records" } else { yearly.unit };
    let cells = [format!("{mode} {unit_of_many}"), format!("{low} – {high}"), unit, cost];
    let name = Text::styled(topology.name(), Style::Of(*topology)).then(format!(": {what}"));
    [Row::of([name].into_iter().chain(cells.map(Text::from))), Row::note(note(yearly, currency))]
}

/// The formula, and the cost at P05 and P95 or why there is none.
fn note(yearly: &Yearly, currency: Currency) -> String {
    let more = match (&yearly.price, yearly.cost) {
        (Price::Unknown { reason }, None) => reason.words(),
        (Price::Known(_), Some(cost)) => {
            format!("cost {} – {}", format::money(cost.low, currency), format::money(cost.high, currency))
        }
        _ => return product(yearly.product),
    };
    format!("{}; {more}", product(yearly.product))
}

/// "0.45 outages a year, the mean of your range × 2 h 35 min, the mean of one".
fn product(product: Product) -> String {
    let often = |outages| format!("{} outages a year", format::number(outages));
    match product {
        Product::Downtime { outages, each } => {
            format!("{} × {} each", often(outages), format::duration(each))
        }
        Product::Lost { outages, each } => format!("{} × {} records each", often(outages), format::large(each)),
        Product::Reads { outages, keys } => format!("{} × {} keys × 1 read", often(outages), format::large(keys)),
        Product::NoReads => "No cold cache.".to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::plan::{Conflicts, DataClass, DataPart, Plan};
    use rust_decimal::Decimal;

    /// A cold cache reads what the database gives back: of a fifth that is rebuildable a fifth of the reads, of nothing none.
    #[test]
    fn a_cold_cache_reads_what_the_database_has() {
        let catalog = Catalog::bundled().unwrap();
        let reads = |classes: &[(f64, DataClass)]| {
            let mut plan = Plan::default();
            let part = |share: f64, class| DataPart::new(&format!("{share}"), share, share, class, Conflicts::Unknown);
            plan.data.parts = classes.iter().map(|(share, class)| part(*share, *class)).collect();
            let evaluation = crate::evaluate::evaluate(&plan, &catalog);
            let answer = evaluation.of(Topology::Rebuild);
            let found = off_bill_costs(&plan, &catalog, &evaluation.demand, answer, None).cold_reads.unwrap();
            found.quantity.mode
        };
        let all = reads(&[(1.0, DataClass::Rebuildable)]);
        let fifth = reads(&[(0.2, DataClass::Rebuildable), (0.8, DataClass::Expendable)]);
        assert!(all > Decimal::ZERO && (all / Decimal::from(5) - fifth).abs() < Decimal::new(1, 5), "{all} {fifth}");
        assert_eq!(reads(&[(1.0, DataClass::HeldOnlyHere)]), Decimal::ZERO);
        assert_eq!(reads(&[(1.0, DataClass::Expendable)]), Decimal::ZERO);
    }
}
