//! What each deployment costs a month: its plan's, or where no plan holds what runs the nodes that run today.

use super::NONE;
use crate::model::cost::Total;
use crate::portfolio::Row;
use crate::units::{Currency, format};

/// Rows with the month that is theirs.
#[derive(Debug, Default)]
pub(super) struct Priced {
    pub(super) rows: Vec<Row>,
    /// Deployments in them that no plan holds.
    today: usize,
    /// Deployments that no plan holds and whose nodes have no price.
    without: usize,
}

impl Priced {
    /// Of rows, each with whether no plan holds what runs.
    pub(super) fn of<'a>(rows: impl Iterator<Item = (bool, &'a Row)>) -> Self {
        let mut all = Self::default();
        for (unheld, row) in rows {
            match today(row).filter(|_| unheld) {
                Some(month) => {
                    all.today += 1;
                    let (monthly, list) = (Some(month.clone()), Some(month.clone()));
                    all.rows.push(Row { monthly, list, unpriced_lines: 0, ..row.clone() });
                }
                None if unheld => all.without += 1,
                None => all.rows.push(row.clone()),
            }
        }
        all
    }

    /// What is in the sum and what is not, in sentences that begin with a space; empty where plans hold all of it.
    pub(super) fn says(&self) -> String {
        let count = |count: usize| format::counted(count, "deployment");
        let inside = format!(" In it with the nodes that run today: {}, which a plan cannot hold.", count(self.today));
        format!("{}{}", if self.today > 0 { inside } else { String::new() }, self.left_out(" Not in it: ", "."))
    }

    /// " without 2 deployments that a plan cannot hold and that have no price", or nothing.
    pub(super) fn left_out(&self, before: &str, after: &str) -> String {
        if self.without == 0 {
            return String::new();
        }
        let (of, have) = (format::counted(self.without, "deployment"), if self.without == 1 { "has" } else { "have" });
        format!("{before}{of} that a plan cannot hold and that {have} no price{after}")
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
