//! A sentence as pieces, plain or strong.

use serde::Serialize;

/// A piece of a sentence, plain or strong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Printed bold.
    pub strong: bool,
}

impl Span {
    /// A plain piece.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: false }
    }

    /// A strong piece.
    pub(crate) fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: true }
    }
}
