//! What a file is, by its content and never by its name: one recogniser for the page and the terminal.

pub(super) mod binary;
mod foreign;
mod json;
mod settings;
mod sheet;
#[cfg(test)]
mod tests;
mod written;

pub use foreign::Foreign;

use super::series;
use super::text::unmarked;
use crate::units::sentence_error;

sentence_error! {
    /// A file of another kind than was asked for; one or two sentences that say what it is and what can be done.
    OtherKind
}

/// What can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// A plan of this page.
    Plan,
    /// Many plans.
    Portfolio,
    /// Rows of the Azure Retail Prices, as JSON or as CSV; one of its pages.
    PriceSheet,
    /// Measurements over time: two columns, answers and records of Azure Monitor.
    Series,
}

/// What a text is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// It can be opened, or is a damaged file of this kind, whose reader says what is wrong.
    Known(Known),
    /// It cannot; the sentence says what it is.
    Foreign(Foreign),
}

/// What a text is: by the fields of JSON, the columns of a table in any order, or the first lines. Text that is cut or
/// damaged has the kind that its visible part has.
#[must_use]
pub fn of(text: &str) -> Kind {
    let text = unmarked(text).trim_start();
    if text.is_empty() {
        return Kind::Foreign(Foreign::Empty);
    }
    if is_json(text) {
        return json::kind(text);
    }
    match written::kind(text) {
        Some(foreign) => Kind::Foreign(foreign),
        None => sheet::kind(text),
    }
}

/// True for a text that begins as JSON, whole or not, and not as a table whose first column is in brackets or a file of settings
/// whose first section is.
pub(crate) fn is_json(text: &str) -> bool {
    text.starts_with('{') || (text.starts_with('[') && !sheet::is_headed(text) && !settings::is_section(text))
}

impl Known {
    /// "a plan", "a portfolio", "a price sheet", "a series of measurements".
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Plan => "a plan",
            Self::Portfolio => "a portfolio",
            Self::PriceSheet => "a price sheet",
            Self::Series => "a series of measurements",
        }
    }

    /// What to do with this text of it where another kind was asked for.
    pub(crate) fn advice(self, text: &str) -> String {
        let advice = match self {
            Self::Plan => "Open it alone on the page, or give it to dr-planner evaluate, bill, horizon or outage.",
            Self::Portfolio => "Open it alone on the page, or give it to dr-planner portfolio.",
            Self::PriceSheet => "Open it on the page, or give it to dr-planner after --prices.",
            Self::Series => return series::advice(text),
        };
        advice.to_owned()
    }

    /// Refuses a text of any other kind: "This is a portfolio, not a plan. …".
    pub fn expect(self, text: &str) -> Result<(), OtherKind> {
        match of(text) {
            Kind::Known(found) if found == self => Ok(()),
            Kind::Known(found) => Err(OtherKind(self.not(found, text))),
            Kind::Foreign(foreign) => Err(OtherKind(foreign.to_string())),
        }
    }

    /// "This is a portfolio, not a plan. Open it alone on the page …": what this text is where `self` was asked for.
    #[must_use]
    pub fn not(self, found: Self, text: &str) -> String {
        format!("This is {}, not {}. {}", found.noun(), self.noun(), found.advice(text))
    }
}
