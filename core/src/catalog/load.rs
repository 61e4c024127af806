//! Reading and checking the bundled data.

use super::Catalog;
use std::fmt;

/// Why the bundled data is not usable; a test proves that it never happens in a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogError(pub(crate) String);

impl fmt::Display for CatalogError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for CatalogError {}

impl Catalog {
    /// The catalogue that ships with the product, checked: unique ids, positive prices, known regions, symmetric pairs.
    pub fn bundled() -> Result<Self, CatalogError> {
        todo!("catalogue")
    }
}
