//! The bands of the month: worked out in pieces after the typing pauses, so that no key waits for them.

use crate::document::section;
use crate::results::in_pieces::{Pieces, use_pieces};
use crate::state::{Session, use_session};
use dr_core::explore::{BILL_SAMPLING, BillBands, bill_bands};
use dr_core::model::Topology;
use dr_core::report::views;
use std::rc::Rc;
use yew::prelude::*;

/// A pause in the typing, in milliseconds.
pub(super) const PAUSE: u32 = 250;

/// The bands of every topology, one in a piece: they stand in the bill too.
pub(super) struct Banded {
    found: Vec<BillBands>,
    /// `None` until all are found.
    pub(super) all: Option<Rc<[BillBands; 3]>>,
}

impl Pieces for Banded {
    fn begun(session: &Session, _: Option<Topology>) -> Option<Self> {
        let mut first = Self { found: Vec::new(), all: None };
        first.further(session);
        Some(first)
    }

    fn further(&mut self, session: &Session) {
        if let Some(topology) = Topology::ALL.get(self.found.len()) {
            self.found.push(bill_bands(&session.plan, &session.catalog, *topology, BILL_SAMPLING));
        }
        self.all = <[BillBands; 3]>::try_from(self.found.clone()).ok().map(Rc::new);
    }

    fn is_whole(&self) -> bool {
        self.all.is_some()
    }
}

/// P05, P50 and P95 of the month.
#[component]
pub(super) fn BandsView() -> Html {
    let session = use_session();
    let bands = use_pieces::<Banded>(&session, None, PAUSE);
    let all = bands.borrow().as_ref().and_then(|known| known.all.clone());
    section(&views::cost::bands(session.subject(), all.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{drawn, session};
    use dr_core::plan::Plan;

    #[test]
    fn nothing_is_worked_out_before_the_first_drawing() {
        let html = drawn(&session(Plan::default()), html! { <BandsView /> });
        assert!(html.contains("as soon as the typing pauses") && !html.contains("P95"), "{html}");
    }
}
