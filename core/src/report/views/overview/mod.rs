//! The tab Overview: the verdict, five figures of each topology against their targets, and the three beside each other.

mod cards;
mod published_case;
mod side_by_side;
mod targets;
#[cfg(test)]
mod tests;
mod verdict;
mod why;

use super::Subject;
use crate::report::document::Section;

pub use cards::{Card, Measure, cards};
pub use published_case::published_case;
pub use side_by_side::side_by_side;
pub use targets::targets;
pub use verdict::{price_label, searched, verdict, verdict_searched};
pub use why::why;

/// The whole overview.
#[must_use]
pub fn overview(subject: Subject) -> Vec<Section> {
    [verdict_searched(subject), targets(subject)].into_iter().chain(compared(subject)).collect()
}

/// What stands below the cards: the three side by side, and the published case if the plan is one.
#[must_use]
pub fn compared(subject: Subject) -> Vec<Section> {
    let case = published_case(subject);
    why(subject).into_iter().chain([side_by_side(subject)]).chain(case).collect()
}
