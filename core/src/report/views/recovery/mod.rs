//! The tab Recovery: how long until users are served again, and how old the copy is.

mod full_sync;
mod recovery_point;
#[cfg(test)]
mod tests;

use super::Subject;
use crate::report::document::Section;

pub use full_sync::full_sync;
pub use recovery_point::recovery_point;

/// Full sync and RPO.
#[must_use]
pub fn copies(subject: Subject) -> Vec<Section> {
    vec![full_sync(subject), recovery_point(subject)]
}
