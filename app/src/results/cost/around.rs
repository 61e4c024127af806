//! What lies around the plan: the band of the month, and where another design becomes the cheapest. Worked out in pieces
//! after the typing pauses, so that no key waits for it.

use super::super::in_pieces::{Pieces, use_pieces};
use crate::document::{section, section_with, sections};
use crate::state::{Session, use_session};
use dr_core::explore::break_even::{By, Edge, Grid, Members, by_members, edges};
use dr_core::explore::{BILL_SAMPLING, BillBands, bill_bands};
use dr_core::model::Topology;
use dr_core::report::views;
use std::rc::Rc;
use yew::prelude::*;

/// A pause in the typing, in milliseconds.
pub(super) const PAUSE: u32 = 250;
/// Cells that are worked out between two drawings.
const PIECE: usize = 54;

/// What has been found out about a plan so far.
struct Found {
    members: Vec<Members>,
    grid: Grid,
    edges: Vec<Edge>,
}

impl Pieces for Found {
    fn begun(session: &Session, _: Option<Topology>) -> Option<Self> {
        let (plan, catalog) = (&session.plan, &session.catalog);
        Some(Self { members: by_members(plan, catalog), grid: Grid::new(plan), edges: Vec::new() })
    }

    fn further(&mut self, session: &Session) {
        self.grid.advance(&session.catalog, PIECE);
        if self.grid.is_whole() {
            self.edges = edges(&self.grid, &session.catalog);
        }
    }

    fn is_whole(&self) -> bool {
        self.grid.is_whole()
    }
}

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

#[derive(Properties, PartialEq)]
pub(super) struct AroundProps {
    /// None until they are worked out.
    pub(super) bands: Option<Rc<[BillBands; 3]>>,
}

/// Panels below the bill.
#[component]
pub(super) fn Around(props: &AroundProps) -> Html {
    let session = use_session();
    let found = use_pieces::<Found>(&session, None, PAUSE);
    let by = use_state(By::default);
    html! {
        <>
            { section(&views::cost::bands(session.subject(), props.bands.as_deref())) }
            { break_even(&session, found.borrow().as_ref(), &by) }
        </>
    }
}

fn break_even(session: &Session, found: Option<&Found>, by: &UseStateHandle<By>) -> Html {
    let subject = session.subject();
    let map = views::cost::break_even(subject, **by, found.map(|found| (&found.grid, &*found.edges)));
    let asked = if found.is_some() { asked(by) } else { Html::default() };
    let regions: Vec<_> = views::cost::by_regions(subject, found.map(|found| &*found.members)).into_iter().collect();
    html! { <>{ section_with(&map, Html::default(), asked) }{ sections(&regions) }</> }
}

/// What the map below answers.
fn asked(by: &UseStateHandle<By>) -> Html {
    let button = |it: By| {
        let by = by.clone();
        html! { <button type="button" aria-pressed={(*by == it).to_string()} onclick={Callback::from(move |_: MouseEvent| by.set(it))}>{ it.name() }</button> }
    };
    html! { <div class="seg views" role="group" aria-label="What the map of writes and data shows">{ for By::ALL.into_iter().map(button) }</div> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::in_pieces::whole;
    use crate::testing::{drawn, session};
    use dr_core::plan::Plan;

    #[component]
    fn Whole() -> Html {
        let session = use_session();
        let found: Found = whole(&session).expect("a map of every plan");
        let by = use_state(By::default);
        break_even(&session, Some(&found), &by)
    }

    #[test]
    fn the_map_is_asked_by_three_buttons() {
        let html = drawn(&session(Plan::default()), html! { <Whole /> });
        assert_eq!(html.matches("aria-pressed=\"true\">Choice<").count(), 1, "{html}");
        assert_eq!(html.matches("aria-pressed=\"false\"").count(), 2, "{html}");
        assert!(html.contains("data-table=\"cost-by-regions\""), "{html}");
    }

    #[test]
    fn nothing_is_worked_out_before_the_first_drawing() {
        let html = drawn(&session(Plan::default()), html! { <Around bands={None::<Rc<[BillBands; 3]>>} /> });
        assert_eq!(html.matches("as soon as the typing pauses").count(), 2, "{html}");
        assert!(!html.contains("aria-pressed"), "nothing to choose from: {html}");
    }
}
