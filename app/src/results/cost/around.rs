//! What lies around the plan: the band of the month, and where another design becomes the cheapest. Worked out in pieces
//! after the typing pauses, so that no key waits for it.

use super::super::in_pieces::{Pieces, use_pieces};
use super::super::panel::{panel, scroll};
use super::super::view::words;
use crate::charts::figure;
use crate::state::{Session, use_session};
use dr_core::explore::bill_bands::money;
use dr_core::explore::break_even::{By, Edge, Grid, Members, by_members, edges, members_say};
use dr_core::explore::{BILL_SAMPLING, BillBands, bill_bands};
use dr_core::model::Topology;
use dr_core::model::cost::Bill;
use dr_core::report::chart::break_even_by;
use dr_core::stats::bands::Bands;
use dr_core::units::format;
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
    match (&*found.borrow(), &props.bands) {
        (Some(found), Some(bands)) => shown(&session, found, &**bands, &by),
        _ => waiting(),
    }
}

fn waiting() -> Html {
    panel(
        "Band of the month",
        "Bands and break-even are worked out as soon as the typing pauses.",
        Html::default(),
        Html::default(),
    )
}

fn shown(session: &Session, found: &Found, bands: &[BillBands], by: &UseStateHandle<By>) -> Html {
    let currency = session.catalog.currency();
    html! {
        <>
            { band(session, bands) }
            { asked(by) }
            { figure(Some(break_even_by(**by, &found.grid, &found.edges, currency))) }
            { edge_list(&found.edges) }
            { by_regions(session, &found.members) }
        </>
    }
}

/// What the map below answers.
fn asked(by: &UseStateHandle<By>) -> Html {
    let button = |it: By| {
        let by = by.clone();
        html! { <button type="button" aria-pressed={(*by == it).to_string()} onclick={Callback::from(move |_: MouseEvent| by.set(it))}>{ it.name() }</button> }
    };
    html! { <div class="seg views" role="group" aria-label="What the map of writes and data shows">{ for By::ALL.into_iter().map(button) }</div> }
}

/// P05, P50 and P95 of each total, and of every line that is not the same in each case.
fn band(session: &Session, bands: &[BillBands]) -> Html {
    let currency = session.catalog.currency();
    let says: Vec<String> = Topology::ALL
        .iter()
        .zip(bands)
        .map(|(topology, bands)| format!("{}: {}", topology.name(), bands.words(currency)))
        .collect();
    let table = html! {
        <table>
            <thead><tr><th scope="col">{ "Line" }</th><th scope="col" class="num">{ "As planned" }</th><th scope="col" class="num">{ "P05" }</th><th scope="col" class="num">{ "P50" }</th><th scope="col" class="num">{ "P95" }</th></tr></thead>
            { for Topology::ALL.iter().zip(bands).map(|(topology, bands)| group(*topology, &session.evaluation.of(*topology).bill, bands)) }
        </table>
    };
    let content = html! {
        <>
            { scroll("Band of the month", table) }
            <p class="quiet">{ format!("Unit prices are points. {} trials of seed {}, the size chosen again in each where the plan leaves it open. Ranges of operations and data: Advanced inputs, Workload.", format::count(f64::from(BILL_SAMPLING.trials)), BILL_SAMPLING.seed) }</p>
        </>
    };
    panel("Band of the month", &says.join(" "), Html::default(), content)
}

fn group(topology: Topology, bill: &Bill, bands: &BillBands) -> Html {
    let cell = |value: f64| html! { <td class="num">{ format::money_cents(money(value), bill.currency) }</td> };
    let row = |name: &str, planned: Html, bands: &Bands| {
        html! { <tr><th scope="row">{ name.to_owned() }</th>{ planned }{ cell(bands.p05.value) }{ cell(bands.p50.value) }{ cell(bands.p95.value) }</tr> }
    };
    let total = |quantile: f64| html! { <td class="num">{ bands.cents(money(quantile), bill.currency) }</td> };
    let planned = |amount: Option<dr_core::units::Money>| html! { <td class="num">{ amount.map_or_else(|| "–".to_owned(), |amount| format::money_cents(amount, bill.currency)) }</td> };
    let lines = bill.lines.iter().zip(&bands.lines).filter_map(|(line, bands)| Some((line, bands.as_ref()?)));
    let moving = lines.filter(|(_, bands)| bands.p95.value > bands.p05.value);
    html! {
        <tbody>
            <tr class="head"><th scope="rowgroup" colspan="5" class={words::class(topology)}>{ topology.name() }</th></tr>
            { for moving.map(|(line, bands)| row(&line.label, planned(line.amount), bands)) }
            <tr class="total"><th scope="row">{ "Total" }</th><td class="num">{ bill.total.cents(bill.currency) }</td>{ total(bands.total.p05.value) }{ total(bands.total.p50.value) }{ total(bands.total.p95.value) }</tr>
        </tbody>
    }
}

fn edge_list(edges: &[Edge]) -> Html {
    if edges.is_empty() {
        return Html::default();
    }
    let list = html! { <ul class="mind">{ for edges.iter().map(|edge| html! { <li>{ edge.words() }</li> }) }</ul> };
    panel(
        "What would change it",
        "The nearest first; one figure moved, everything else as it is. Each is evaluated again at the figure and one step before it.",
        Html::default(),
        list,
    )
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
    panel(
        "By number of regions",
        &[members_say(members, session.plan.regions.len()), regions_say(members, catalog.currency())].join(" "),
        Html::default(),
        scroll("Cost by number of regions", table),
    )
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
    use crate::results::in_pieces::whole;
    use crate::testing::{drawn, session};
    use dr_core::plan::Plan;
    use insta::assert_snapshot;

    #[component]
    fn Whole() -> Html {
        let session = use_session();
        let found: Found = whole(&session).expect("bands of every plan");
        let by = use_state(By::default);
        html! { <>{ band(&session, &**whole::<Banded>(&session).and_then(|bands| bands.all).as_ref().expect("bands")) }{ asked(&by) }{ edge_list(&found.edges) }{ by_regions(&session, &found.members) }</> }
    }

    #[test]
    fn what_lies_around_the_first_plan() {
        assert_snapshot!(drawn(&session(Plan::default()), html! { <Whole /> }));
    }

    #[test]
    fn nothing_is_worked_out_before_the_first_drawing() {
        assert!(
            drawn(&session(Plan::default()), html! { <Around bands={None::<Rc<[BillBands; 3]>>} /> })
                .contains("as soon as the typing pauses")
        );
    }
}
