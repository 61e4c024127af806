//! Where another design becomes the cheapest. Worked out in pieces after the typing pauses, so that no key waits for it.

use super::bands::PAUSE;
use crate::charts::figure;
use crate::results::fold::Fold;
use crate::results::in_pieces::{Pieces, use_pieces};
use crate::results::panel::{panel, scroll};
use crate::state::{Session, use_session};
use dr_core::explore::break_even::{By, Edge, Grid, Members, by_members, edges, members_say};
use dr_core::model::Topology;
use dr_core::report::chart::break_even_by;
use dr_core::units::format;
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
    found.borrow().as_ref().map_or_else(waiting, |found| shown(&session, found, &by))
}

fn waiting() -> Html {
    panel("Break-even", "Worked out as soon as the typing pauses.", Html::default(), Html::default())
}

fn shown(session: &Session, found: &Found, by: &UseStateHandle<By>) -> Html {
    let chart = break_even_by(**by, &found.grid, &found.edges, session.catalog.currency());
    html! { <>{ asked(by) }{ figure(Some(chart)) }{ edge_list(&found.edges) }{ by_regions(session, &found.members) }</> }
}

/// What the map below answers.
fn asked(by: &UseStateHandle<By>) -> Html {
    let button = |it: By| {
        let by = by.clone();
        html! { <button type="button" aria-pressed={(*by == it).to_string()} onclick={Callback::from(move |_: MouseEvent| by.set(it))}>{ it.name() }</button> }
    };
    html! { <div class="seg views" role="group" aria-label="What the map of writes and data shows">{ for By::ALL.into_iter().map(button) }</div> }
}

fn edge_list(edges: &[Edge]) -> Html {
    if edges.is_empty() {
        return Html::default();
    }
    let list = html! { <ul class="mind">{ for edges.iter().map(|edge| html! { <li>{ edge.words() }</li> }) }</ul> };
    html! {
        <Fold title="What would change it" tells="The nearest first; one figure moved, everything else as it is.">
            { list }
            <p class="remark">{ "Each is evaluated again at the figure and one step before it." }</p>
        </Fold>
    }
}

fn by_regions(session: &Session, members: &[Members]) -> Html {
    if members.is_empty() {
        return Html::default();
    }
    let catalog = &session.catalog;
    let row = |row: &Members| {
        let costs = row.cell.costs.iter().map(|cost| html! { <td class="num">{ cost.words(catalog.currency()) }</td> });
        let none = if row.cell.lacks_price(By::Choice) { "open: no price" } else { "none meets every target" };
        let added: Vec<&str> = row.added.iter().map(|id| catalog.region_name(id)).collect();
        let added = if added.is_empty() { String::new() } else { format!(" with {}", added.join(", ")) };
        html! { <tr><th scope="row">{ row.count }{ added }</th>{ for costs }<td>{ row.cell.choice.map_or(none, Topology::name) }</td></tr> }
    };
    let table = html! {
        <table>
            <thead><tr><th scope="col">{ "Regions" }</th>{ for Topology::ALL.map(|it| html! { <th scope="col" class="num">{ it.name() }</th> }) }<th scope="col">{ "Choice" }</th></tr></thead>
            <tbody>{ for members.iter().map(row) }</tbody>
        </table>
    };
    html! {
        <Fold title="By number of regions" tells={members_say(members, session.plan.regions.len())}>
            <p>{ regions_say(members, catalog.currency()) }</p>
            { scroll("Cost by number of regions", table) }
        </Fold>
    }
}

/// "An active group costs $3,013 a month with 2 regions and $7,600 with 5; …"
fn regions_say(members: &[Members], currency: dr_core::units::Currency) -> String {
    let mut known = members.iter().filter_map(|row| Some((row.count, row.cell.cost(Topology::Active).complete()?)));
    let (Some(first), Some(last)) = (known.next(), known.next_back()) else {
        let fits = members.iter().any(|row| row.cell.cost(Topology::Active).month().is_some());
        let why = if fits { "has no complete price" } else { "does not fit" };
        return format!("An active group {why} with more or fewer regions.");
    };
    let cost = |cost| format::money(cost, currency);
    format!(
        "An active group costs {} a month with {} regions and {} with {}. Regions that the plan does not have are the nearest ones, without users of their own.",
        cost(first.1),
        first.0,
        cost(last.1),
        last.0
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::fold::paper;
    use crate::results::in_pieces::whole;
    use crate::testing::{drawn, session};
    use dr_core::plan::Plan;
    use insta::assert_snapshot;

    #[component]
    fn Whole() -> Html {
        let session = use_session();
        let found: Found = whole(&session).expect("a grid of every plan");
        let by = use_state(By::default);
        paper(html! { <>{ asked(&by) }{ edge_list(&found.edges) }{ by_regions(&session, &found.members) }</> })
    }

    #[test]
    fn what_lies_around_the_first_plan() {
        assert_snapshot!(drawn(&session(Plan::default()), html! { <Whole /> }));
    }

    #[test]
    fn nothing_is_worked_out_before_the_first_drawing() {
        assert!(drawn(&session(Plan::default()), html! { <BreakEven /> }).contains("as soon as the typing pauses"));
    }
}
