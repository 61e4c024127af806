//! The bundled file as tables of text, and cells as values; every error names the table and the row.

use super::CatalogError;
use crate::units::{Date, fingerprint, float};
use rust_decimal::Decimal;
use serde_json::Value;
use std::str::FromStr;
use std::sync::Arc;

/// The bundled file: made by `cargo xtask catalogue` from the published rows in `core/data/sources`.
const BUNDLED: &str = include_str!("../../data/catalog.json");

/// 64-bit FNV-1a of the bundled file: two releases with the same facts have the same.
pub(super) fn content_hash() -> u64 {
    fingerprint(BUNDLED)
}

pub(crate) struct Data {
    pub(crate) as_of: Date,
    tables: Value,
}

impl Data {
    pub(crate) fn bundled() -> Result<Self, CatalogError> {
        let mut whole: Value = serde_json::from_str(BUNDLED)
            .map_err(|error| CatalogError(format!("the catalogue is not readable: {error}")))?;
        let as_of = whole["as_of"].as_str().unwrap_or_default().parse();
        let as_of = as_of.map_err(|error| CatalogError(format!("the catalogue's as_of: {error}")))?;
        Ok(Self { as_of, tables: whole.get_mut("tables").map(Value::take).unwrap_or_default() })
    }

    /// Every row of a table, its cells in the order of the columns.
    pub(crate) fn rows(&self, name: &str) -> Result<Rows<'_>, CatalogError> {
        let table = &self.tables[name];
        let (Some(columns), Some(rows)) = (table["columns"].as_str(), table["rows"].as_array()) else {
            return Err(CatalogError(format!("the catalogue has no table {name}")));
        };
        let width = columns.split('|').count();
        if let Some(row) = rows.iter().map(cells).find(|row| row.split('|').count() != width) {
            return Err(CatalogError(format!("{name}: “{row}” does not have the columns {columns}")));
        }
        Ok(Rows(rows.iter()))
    }
}

/// A row that is no text has no cells, and so not the columns.
fn cells(row: &Value) -> &str {
    row.as_str().unwrap_or_default()
}

/// The rows of a table.
pub(crate) struct Rows<'a>(std::slice::Iter<'a, Value>);

impl<'a> Iterator for Rows<'a> {
    type Item = Cells<'a>;

    fn next(&mut self) -> Option<Cells<'a>> {
        let row = cells(self.0.next()?);
        Some(Cells { row, rest: row.split('|') })
    }
}

/// The cells of one row, taken from the left.
pub(crate) struct Cells<'a> {
    row: &'a str,
    rest: std::str::Split<'a, char>,
}

impl<'a> Cells<'a> {
    pub(crate) fn text(&mut self) -> &'a str {
        self.rest.next().unwrap_or_default()
    }

    /// As a text that many prices share.
    pub(crate) fn shared(&mut self) -> Arc<str> {
        self.text().into()
    }

    pub(crate) fn owned(&mut self) -> String {
        self.text().to_owned()
    }

    pub(crate) fn flag(&mut self) -> bool {
        self.text() == "1"
    }

    pub(crate) fn number<T: FromStr>(&mut self) -> Result<T, CatalogError> {
        let text = self.text();
        text.parse().map_err(|_| self.wrong(text))
    }

    pub(crate) fn float(&mut self) -> Result<f64, CatalogError> {
        let text = self.text();
        float(text).ok_or_else(|| self.wrong(text))
    }

    /// `None` for an empty cell.
    pub(crate) fn optional_float(&mut self) -> Result<Option<f64>, CatalogError> {
        let text = self.text();
        if text.is_empty() { Ok(None) } else { float(text).map(Some).ok_or_else(|| self.wrong(text)) }
    }

    /// A price; one that is not above 0 is an error of the data.
    pub(crate) fn price(&mut self) -> Result<Decimal, CatalogError> {
        let text = self.text();
        positive(text).ok_or_else(|| self.wrong(text))
    }

    /// One of the named values.
    pub(crate) fn one_of<T: Copy>(&mut self, named: &[(&str, T)]) -> Result<T, CatalogError> {
        let text = self.text();
        named.iter().find(|(name, _)| *name == text).map(|(_, value)| *value).ok_or_else(|| self.wrong(text))
    }

    /// The error for a cell of this row.
    pub(crate) fn wrong(&self, cell: &str) -> CatalogError {
        CatalogError(format!("“{cell}” is not usable in the catalogue's row “{}”", self.row))
    }
}

/// A decimal above 0.
pub(crate) fn positive(text: &str) -> Option<Decimal> {
    text.parse().ok().filter(|price: &Decimal| price.is_sign_positive() && !price.is_zero())
}
