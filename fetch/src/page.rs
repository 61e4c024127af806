//! One page of an answer.

use serde_json::Value;

/// A page as it came, and what is read of it here.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page {
    /// The page on one line.
    pub(crate) text: String,
    /// `BillingCurrency`.
    pub(crate) currency: String,
    /// Rows.
    pub(crate) rows: usize,
    /// `NextPageLink`; none on the last page.
    pub(crate) next: Option<String>,
}

impl Page {
    /// Reads a page; an error says what it lacks.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| format!("the answer is no whole JSON: {error}"))?;
        let items = value["Items"].as_array().ok_or("the answer is no page of prices: it has no list “Items”")?;
        let link = value["NextPageLink"].as_str().filter(|link| !link.is_empty());
        Ok(Self {
            text: value.to_string(),
            currency: value["BillingCurrency"].as_str().unwrap_or("USD").to_owned(),
            rows: items.len(),
            next: link.map(str::to_owned),
        })
    }
}
