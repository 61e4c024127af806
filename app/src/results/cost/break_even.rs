//! Where another design becomes the cheapest. Worked out in pieces after the typing pauses, so that no key waits for it.

use super::bands::PAUSE;
use crate::document::section_with;
use crate::results::fold::folded;
use crate::results::in_pieces::{Pieces, use_pieces};
use crate::state::{Session, use_session};
use dr_core::explore::break_even::{By, Edge, Grid, Members, by_members, edges};
use dr_core::model::Topology;
use dr_core::report::views;
use yew::prelude::*;

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

/// The map of writes and data, then what would change the choice.
#[component]
pub(super) fn BreakEven() -> Html {
    let session = use_session();
    let found = use_pieces::<Found>(&session, None, PAUSE);
    let by = use_state(By::default);
    let found = found.borrow();
    shown(&session, found.as_ref(), &by)
}

fn shown(session: &Session, found: Option<&Found>, by: &UseStateHandle<By>) -> Html {
    let subject = session.subject();
    let map = views::cost::break_even(subject, **by, found.map(|found| (&found.grid, &*found.edges)));
    let asked = if found.is_some() { asked(by) } else { Html::default() };
    let regions: Vec<_> = views::cost::by_regions(subject, found.map(|found| &*found.members)).into_iter().collect();
    html! { <>{ section_with(&map, asked, Html::default()) }{ for regions.iter().map(folded) }</> }
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
        shown(&session, Some(&found), &by)
    }

    #[test]
    fn the_map_is_asked_by_three_buttons() {
        let html = drawn(&session(Plan::default()), crate::results::fold::unfolded(html! { <Whole /> }));
        assert_eq!(html.matches("aria-pressed=\"true\">Choice<").count(), 1, "{html}");
        assert_eq!(html.matches("aria-pressed=\"false\"").count(), 2, "{html}");
        assert!(html.contains("data-table=\"cost-by-regions\""), "{html}");
    }

    #[test]
    fn nothing_is_worked_out_before_the_first_drawing() {
        let html = drawn(&session(Plan::default()), html! { <BreakEven /> });
        assert!(html.contains("as soon as the typing pauses"), "{html}");
        assert!(!html.contains("aria-pressed"), "nothing to choose from: {html}");
    }
}
