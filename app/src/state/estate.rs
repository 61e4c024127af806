//! What was read of Azure at this visit, beside the portfolio that it made.

use super::workspace::{TOO_LARGE, Workspace, saved};
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
}

impl Session {
    pub(super) fn open_estate(&mut self, estate: Estate) {
        let stays = if saved(&estate.portfolio).is_none() { TOO_LARGE } else { "" };
        let refused = !estate.listing.not_read.is_empty();
        // What was opened beside it is told before.
        let before = self.notice.take().map_or_else(String::new, |it| format!("{} ", it.text));
        self.notice = Some(Notice { text: format!("{before}{}{stays}", estate.told), refused });
        self.put_away();
        self.workspace = Workspace {
            portfolio: Some(Rc::clone(&estate.portfolio)),
            shown: true,
            estate: Some(Rc::new(estate)),
            on_estate: true,
            ..Workspace::default()
        };
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
