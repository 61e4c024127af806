//! What the page says about its own storage. Nothing here is about the domain.

use super::asks::Aside;
use super::shelf::Kind;
use dr_core::units::format;
use std::collections::BTreeSet;

const fn thing(kind: Kind) -> &'static str {
    match kind {
        Kind::Plan => "plan",
        Kind::Prices => "price sheet",
        Kind::Portfolio => "portfolio",
        Kind::Estate => "estate",
        Kind::View => "choice of theme, mode and tab",
        Kind::Night => "log of a failover",
    }
}

fn things(kinds: &BTreeSet<Kind>) -> String {
    let names: Vec<String> = kinds.iter().map(|kind| format!("the {}", thing(*kind))).collect();
    format::listed(&names)
}

/// What was set aside, and why.
#[must_use]
pub fn aside(aside: &Aside) -> String {
    let thing = thing(aside.kind);
    match &aside.read {
        Ok(name) => format!("A {thing} of an earlier visit is readable again: {name}."),
        Err(why) => format!("The {thing} of an earlier visit cannot be read here and is set aside, unchanged. {why}"),
    }
}

/// Said of a price sheet that cannot be read.
pub(super) const NO_SHEET: &str = "It is no list of prices of this release. Open the sheet’s files again.";
/// Said of an estate that cannot be read.
pub(super) const NO_ESTATE: &str = "It is no estate of this release. Open its files again.";
/// Told of an estate that is readable again.
pub(super) const EARLIER_ESTATE: &str = "its table of caches";
/// Said of a log that cannot be read.
pub(super) const NO_LOG: &str = "It is no log of a failover of this release.";
/// Said of view settings that cannot be read.
pub(super) const NO_VIEW: &str = "It holds words that this release does not know.";

/// What is not kept, and what to do.
#[must_use]
pub fn unsaved(kinds: &BTreeSet<Kind>) -> String {
    let verb = if kinds.len() == 1 { "is" } else { "are" };
    format!(
        "This browser’s storage is full or closed: {} {verb} not saved for the next visit; what was saved before stays. Share \
         a link or save a file (Export).",
        things(kinds)
    )
}

/// Another tab has written.
#[must_use]
pub fn theirs(kind: Kind) -> String {
    let thing = thing(kind);
    format!("Another tab changed the saved {thing}. Until you choose, changes made here are saved separately.")
}

/// A plan by its name and by what differs from the plan in view.
#[must_use]
pub fn told_apart(name: &str, differences: &str) -> String {
    if differences.is_empty() {
        return format!("“{name}”, the same as the plan in view");
    }
    format!("“{name}”. It differs from the plan in view in: {differences}")
}

/// A plan that another took the place of, when, and what differs.
#[must_use]
pub fn previous(name: &str, at: &str, differences: &str) -> String {
    let when = at.split_once('T').map_or_else(String::new, |(day, time)| format!(" on {day} at {time}"));
    format!("“{name}” was replaced{when} and is saved. It differs from the plan in view in: {differences}.")
}

/// The others of them.
#[must_use]
pub fn more_previous(count: usize) -> String {
    format!("{} more replaced: bring back, download or let go", format::counted(count, "plan"))
}

/// A portfolio that is no longer open.
#[must_use]
pub fn previous_portfolio(plans: &str, with_estate: bool) -> String {
    let what = if with_estate {
        "estate and the portfolio that were open before are"
    } else {
        "portfolio that was open before is"
    };
    format!("The {what} saved: {plans}.")
}

/// Told when a plan is back.
#[must_use]
pub fn back(name: &str) -> String {
    format!("“{name}” is back. Undo takes it away again.")
}

/// Told when the other tab's plan was taken.
#[must_use]
pub fn taken(name: &str) -> String {
    format!("“{name}” of the other tab is shown. Undo brings yours back.")
}

/// The name of a portfolio that was set aside or replaced, in the notice of its opening.
pub const EARLIER_PORTFOLIO: &str = "the earlier portfolio";
/// The name of the other tab's portfolio, in the notice of its opening.
pub const THEIR_PORTFOLIO: &str = "the portfolio of the other tab";
/// Told when a replaced plan has no room.
pub(super) const NO_ROOM_FOR_PLAN: &str = "No room to save the replaced plan: Undo restores it until you leave the page. \
                                           Discarding plans replaced earlier makes room.";
/// Told when a replaced portfolio has no room.
pub(super) const NO_ROOM_FOR_PORTFOLIO: &str = "The previous portfolio does not fit into this browser’s storage: restore it \
                                                before you leave the page.";
