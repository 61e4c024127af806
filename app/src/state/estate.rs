//! What was read of Azure, beside the portfolio that it made.

use super::workspace::{TOO_LARGE, Workspace, is_saved};
use super::{Notice, Session};
use dr_core::portfolio::Portfolio;
use dr_core::report::estate::Listing;
use std::rc::Rc;
use std::sync::Arc;

/// What files say, and the plans that were made of it; a later change of the portfolio leaves both.
pub struct Estate {
    /// What they say, in words.
    pub listing: Listing,
    /// The plans.
    pub portfolio: Rc<Portfolio>,
    /// What is told when it opens.
    pub told: String,
    /// The plans as a file, as they were read.
    pub file: Rc<str>,
    /// The listing as text, for the next visit.
    pub kept: Rc<str>,
    /// The files of the estate that was open are among its own.
    pub is_added: bool,
}

/// A longer listing is not kept for the next visit: browsers give a page some five million characters for everything.
const MAX_KEPT: usize = 2_000_000;
const NOT_KEPT: &str =
    " The table of the estate is too large to be saved in this browser: save it as CSV before you leave the page.";

impl Session {
    pub(super) fn open_estate(&mut self, estate: Estate) {
        let stays = if is_saved(&estate.portfolio, &estate.file) { "" } else { TOO_LARGE };
        let kept = (estate.kept.len() <= MAX_KEPT).then(|| Rc::clone(&estate.kept));
        let listed = if kept.is_some() { "" } else { NOT_KEPT };
        let refused = !estate.listing.not_read.is_empty();
        // What was opened beside it is told before.
        let before = self.notice.take().map_or_else(String::new, |it| format!("{} ", it.text));
        self.notice = Some(Notice { text: format!("{before}{}{stays}{listed}", estate.told), refused });
        // A portfolio as it was read is in the new one whole.
        if !estate.is_added || self.workspace.file().is_none() {
            self.put_away_all();
        }
        self.workspace = Workspace {
            portfolio: Some(Rc::clone(&estate.portfolio)),
            written: Some((Rc::clone(&estate.portfolio), Rc::clone(&estate.file))),
            shown: true,
            estate: Some(Rc::new(estate)),
            kept,
            on_estate: true,
            ..Workspace::default()
        };
    }

    /// Shows what an earlier visit kept, unless another took its place meanwhile.
    pub(super) fn restore_estate(&mut self, estate: Estate) {
        let place = &mut self.workspace;
        if place.estate.is_none() && place.kept.as_ref().is_some_and(|kept| Rc::ptr_eq(kept, &estate.kept)) {
            place.estate = Some(Rc::new(estate));
        }
    }

    /// A deployment's plan as the portfolio has it, else as it was read.
    pub(super) fn take_deployed(&mut self, at: usize) {
        let Some(estate) = self.workspace.estate.clone() else { return };
        let place = estate.listing.deployments.get(at).and_then(|it| it.entry);
        let Some(entry) = place.and_then(|place| estate.portfolio.entries.get(place)) else { return };
        let own = self.workspace.portfolio.as_ref();
        let found = own.and_then(|all| all.entries.iter().position(|it| Arc::ptr_eq(it, entry)));
        if let Some(found) = found {
            return self.take_plan(found);
        }
        match self.replace_plan(entry.plan.clone()) {
            Ok(()) => (self.workspace.shown, self.workspace.entry) = (false, None),
            Err(text) => self.notice = Some(Notice { text, refused: true }),
        }
    }
}
