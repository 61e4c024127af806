//! What each deployment costs a month as it runs: its plan's month, or that of its nodes where no plan holds them.

use super::NONE;
use crate::model::cost::Total;
use crate::plan::LoadFigure;
use crate::portfolio::{Row, totals};
use crate::units::{Currency, Money, format};

/// A deployment's plan as it is priced, and what keeps it from being what runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Priced<'a> {
    /// The row of its plan.
    pub(super) row: &'a Row,
    /// Why no plan holds what runs.
    pub(super) unheld: Option<&'a str>,
    /// The size of a cache that runs is not known.
    pub(super) is_least: bool,
}

impl Priced<'_> {
    /// The row with the months of what runs. A month of which nothing or not all is known lacks a price, so that no sum takes it for whole.
    fn running(&self) -> Row {
        if self.unheld.is_none() && self.row.monthly.is_some() {
            return self.row.clone();
        }
        let month = match today(self.row).filter(|_| self.unheld.is_some()) {
            Some(month) if !self.is_least => month.clone(),
            known => Total::least_running(known.map_or(Money::ZERO, Total::at_least)),
        };
        Row { monthly: Some(month.clone()), list: Some(month), ..self.row.clone() }
    }
}

/// What an estate costs a month as it runs.
#[derive(Debug, Default)]
pub(super) struct Running {
    /// A row for each deployment, with the months of what runs.
    pub(super) rows: Vec<Row>,
    /// Deployments that no plan holds: the month of their nodes alone, as far as it is known.
    alone: Vec<Total>,
    /// Deployments whose month has the traffic of a load that nobody has measured or entered.
    assumed: usize,
    /// Why there is no month, where a size is all that is missing.
    why: Option<String>,
    /// No file has the size of something that runs.
    lacks_size: bool,
}

impl Running {
    pub(super) fn of<'a>(all: impl Iterator<Item = Priced<'a>>) -> Self {
        let mut sum = Self::default();
        for it in all {
            let row = it.running();
            if let Some(why) = it.unheld {
                sum.why = Some(why.to_owned()).filter(|_| it.is_least);
                sum.lacks_size |= it.is_least || it.row.entry.plan.today.sku.is_none();
                sum.alone.extend(row.monthly.clone());
            } else {
                sum.assumed += usize::from(has_assumed_load(it.row));
            }
            sum.rows.push(row);
        }
        sum
    }

    /// True where something of the month is known.
    pub(super) fn is_known(&self) -> bool {
        self.rows.iter().any(|it| it.known() > Money::ZERO)
    }

    /// "$34,017 a month, in it an assumed load of 2 deployments and $5,676 of nodes alone for 6 deployments that no plan holds"; `Err` with
    /// "the size of shop is not known" where there is no month.
    pub(super) fn words(&self, currency: Currency) -> Result<String, String> {
        if !self.is_known() {
            let why = self.why.as_ref().filter(|_| self.rows.len() == 1);
            let none = if self.lacks_size { "no size or price" } else { "no price" };
            return Err(why.cloned().unwrap_or_else(|| format!("{none} of what runs is known")));
        }
        let holds = self.holds(currency).map_or_else(String::new, |it| format!(", {it}"));
        Ok(format!("{} a month{holds}", totals(&self.rows).amount(currency)))
    }

    /// True where plans hold all that runs.
    pub(super) fn is_of_the_plans(&self) -> bool {
        self.alone.is_empty()
    }

    /// "in it an assumed load of 2 deployments and $5,676 of nodes alone for 6 deployments that no plan holds"; `None` where plans hold all that
    /// runs with the load that was measured or entered.
    pub(super) fn holds(&self, currency: Currency) -> Option<String> {
        let assumed = match (self.assumed, self.rows.len()) {
            (0, _) => None,
            (_, 1) => Some("an assumed load".to_owned()),
            (count, _) => Some(format!("an assumed load of {}", format::counted(count, "deployment"))),
        };
        // What the nodes alone lack stands at the end.
        let parts: Vec<String> = assumed.into_iter().chain(self.alone_words(currency)).collect();
        (!parts.is_empty()).then(|| format!("in it {}", format::listed(&parts)))
    }

    /// "$5,676 of nodes alone for 6 deployments that no plan holds"; `None` where plans hold all that runs.
    fn alone_words(&self, currency: Currency) -> Option<String> {
        let count = self.alone.len();
        let open = self.alone.iter().filter(|it| !it.is_complete()).count();
        let sum: Total = self.alone.iter().cloned().sum();
        let deployments = format::counted(count, "deployment");
        let lacks = match (count, open) {
            (_, 0) => String::new(),
            (1, _) => ", of which a size or price is not known".to_owned(),
            _ => format!(", of {open} of which a size or price is not known"),
        };
        let amount = sum.amount(currency);
        (count > 0).then(|| format!("{amount} of nodes alone for {deployments} that no plan holds{lacks}"))
    }
}

/// True where a bill has traffic and copies of a load that nobody has measured or entered.
fn has_assumed_load(row: &Row) -> bool {
    row.monthly.is_some() && row.entry.plan.workload.open.contains(&LoadFigure::Operations)
}

/// The nodes that run today, where every one has a price.
fn today(row: &Row) -> Option<&Total> {
    row.today.as_ref().filter(|it| it.is_complete())
}

/// The month of a deployment: of its plan, "$407 with an assumed load", or "$146 today", "at least $146 today" of nodes that no plan holds.
pub(super) fn month(row: Option<&Row>, is_unheld: bool, is_least: bool, currency: Currency) -> String {
    let Some(row) = row else { return if is_unheld { "unknown" } else { NONE }.to_owned() };
    let least = if is_least { "at least " } else { "" };
    match (is_unheld, today(row)) {
        (true, Some(month)) => format!("{least}{} today", month.words(currency)),
        (true, None) => {
            let why = row.today.as_ref().and_then(Total::why);
            why.map_or_else(|| "unknown".to_owned(), |why| format!("unknown: {why}"))
        }
        (false, _) => {
            let load = if has_assumed_load(row) { " with an assumed load" } else { "" };
            row.monthly.as_ref().map_or_else(|| "unknown".to_owned(), |it| format!("{}{load}", it.month(currency)))
        }
    }
}
