//! What each deployment costs a month: its plan's, and beside it the nodes that run today where no plan holds what runs.

use super::NONE;
use crate::model::cost::Total;
use crate::portfolio::{Row, totals};
use crate::units::{Currency, Money, format};

/// What the plans cost that cannot hold what runs, and what runs in their place.
#[derive(Debug, Default)]
pub(super) struct Unheld {
    rows: Vec<Row>,
    /// Nodes that run today, of those that have a price.
    today: Money,
    /// Deployments whose nodes have no price.
    without: usize,
}

impl Unheld {
    /// Of rows, each with whether no plan holds what runs.
    pub(super) fn of<'a>(rows: impl Iterator<Item = (bool, &'a Row)>) -> Self {
        let mut all = Self::default();
        for (_, row) in rows.filter(|(unheld, _)| *unheld) {
            match today(row).and_then(Total::complete) {
                Some(month) => all.today += month,
                None => all.without += 1,
            }
            all.rows.push(row.clone());
        }
        all
    }

    /// "$2,200 for 2 deployments whose plans are other designs than what runs; their nodes cost $935 today"; `None` where plans hold all that
    /// runs.
    pub(super) fn words(&self, currency: Currency) -> Option<String> {
        let count = self.rows.len();
        let whose = match count {
            0 => return None,
            1 => "1 deployment whose plan is another design than what runs; its".to_owned(),
            _ => format!("{count} deployments whose plans are other designs than what runs; their"),
        };
        let planned = totals(&self.rows).amount(currency);
        let today = match (count - self.without, self.without) {
            (0, _) => "have no price".to_owned(),
            (_, 0) => format!("cost {} today", format::money(self.today, currency)),
            (_, without) => format!("cost {} today, {without} without a price", format::money(self.today, currency)),
        };
        Some(format!("{planned} for {whose} nodes {today}"))
    }
}

/// The nodes that run today, where every one has a price.
fn today(row: &Row) -> Option<&Total> {
    row.today.as_ref().filter(|it| it.is_complete())
}

/// The month of a deployment: of its plan, or "$146 today" of nodes that no plan holds.
pub(super) fn month(row: Option<&Row>, unheld: bool, currency: Currency) -> String {
    let Some(row) = row else { return if unheld { "unknown" } else { NONE }.to_owned() };
    match (unheld, today(row)) {
        (true, Some(month)) => format!("{} today", month.words(currency)),
        (true, None) => "unknown".to_owned(),
        (false, _) => row.monthly.as_ref().map_or_else(|| NONE.to_owned(), |it| it.words(currency)),
    }
}
