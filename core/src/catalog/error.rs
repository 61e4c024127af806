//! Why the bundled data is not usable.

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
