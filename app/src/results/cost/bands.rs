//! The bands of the month: worked out in pieces after the typing pauses, so that no key waits for them.

use crate::results::in_pieces::{Pieces, use_pieces};
use crate::results::panel::{panel, scroll};
use crate::results::view::words;
use crate::state::{Session, use_session};
use dr_core::explore::bill_bands::money;
use dr_core::explore::{BILL_SAMPLING, BillBands, bill_bands};
use dr_core::model::Topology;
use dr_core::model::cost::Bill;
use dr_core::stats::bands::Bands;
use dr_core::units::format;
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

/// What the ranges of the plan make of the month.
#[component]
pub(super) fn BandsView() -> Html {
    let session = use_session();
    let banded = use_pieces::<Banded>(&session, None, PAUSE);
    let all = banded.borrow().as_ref().and_then(|known| known.all.clone());
    all.map_or_else(waiting, |bands| band(&session, &*bands))
}

fn waiting() -> Html {
    panel("Band of the month", "Worked out as soon as the typing pauses.", Html::default(), Html::default())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::in_pieces::whole;
    use crate::testing::{drawn, session};
    use dr_core::plan::Plan;
    use insta::assert_snapshot;

    #[test]
    fn the_bands_of_the_first_plan() {
        let session = session(Plan::default());
        let bands = whole::<Banded>(&session).and_then(|bands| bands.all).expect("bands of every plan");
        assert_snapshot!(drawn(&session, band(&session, &*bands)));
    }

    #[test]
    fn nothing_is_worked_out_before_the_first_drawing() {
        assert!(drawn(&session(Plan::default()), html! { <BandsView /> }).contains("as soon as the typing pauses"));
    }
}
