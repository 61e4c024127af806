//! The bill of a steady month; every line opens to where it comes from.

mod around;
mod beside;
mod files;
mod horizon;
mod sheet;
mod states;

pub(crate) use files::save_focus;

use super::in_pieces::use_pieces;
use super::own_price::OwnPrice;
use super::panel::{note_row, panel, parts, scroll};
use super::view::{bill, words};
use crate::charts::figure;
use crate::state::{Act, Session, use_act, use_session};
use dr_core::explore::BillBands;
use dr_core::model::Topology;
use dr_core::model::cost::{Bill, BillLine, MissingPrice, no_price, unpriced};
use dr_core::report::bill_text;
use dr_core::report::chart::bill_chart;
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub(super) fn Cost() -> Html {
    let (session, act) = (use_session(), use_act());
    let open = use_state(BTreeSet::<(Topology, usize)>::new);
    let toggle = {
        let open = open.clone();
        Callback::from(move |line: (Topology, usize)| {
            let mut next = (*open).clone();
            if !next.remove(&line) {
                next.insert(line);
            }
            open.set(next);
        })
    };
    let bands = use_pieces::<around::Banded>(&session, None, around::PAUSE);
    let bands = bands.borrow().as_ref().and_then(|known| known.all.clone());
    let links = files::links(&session, bands.as_ref());
    let table = html! {
        <table class="bill">
            <thead><tr><th scope="col">{ "Line" }</th><th scope="col" class="wide-only">{ "Quantity × unit price" }</th><th scope="col">{ "Price is" }</th><th scope="col" class="num">{ "A month" }</th></tr></thead>
            { for Topology::ALL.map(|topology| group(topology, bands.as_deref(), &session, &act, &open, &toggle)) }
        </table>
    };
    let bill = html! { <>
        { figure(bill_chart(&session.plan, &session.evaluation)) }
        { panel("Bill of a steady month", &says(&session), links, scroll("Bill of a steady month", table)) }
    </> };
    parts(
        "Cost",
        &[
            ("Bill", bill),
            ("Months ahead", horizon::months(&session)),
            ("States", html! { <>{ states::by_state(&session) }{ beside::beside_the_bill(&session) }</> }),
            ("Band and break-even", html! { <around::Around bands={bands.clone()} /> }),
            ("What moves it", html! { <super::moves::Moves answers={&[3][..]} /> }),
            ("Price sheet", sheet::sheet(&session, &act)),
        ],
    )
}

fn says(session: &Session) -> String {
    let total = |topology: Topology| {
        let bill = &session.evaluation.of(topology).bill;
        format!("{} for the {}", bill.total.amount(bill.currency), topology.name().to_ascii_lowercase())
    };
    let bills = session.evaluation.bills();
    let lacks = no_price(&MissingPrice::of_all(bills.iter().map(|(_, bill)| &bill.total)));
    let lacks = lacks.map_or_else(String::new, |why| format!(" {why}: sums with ≥ do not hold it."));
    let discount = session.evaluation.discount_not_applied(&session.plan);
    let discount = discount.map_or_else(String::new, |not| format!(" {not}"));
    let [rebuild, passive, active] = Topology::ALL.map(total);
    let sheet = if session.catalog.has_sheet() { "Prices of your sheet, and else" } else { "Prices" };
    let date = session.catalog.as_of();
    format!(
        "{rebuild}, {passive}, {active}, before tax.{lacks}{discount} {sheet} as known on {date}; a month is 730 hours. Open a line to see where it comes from."
    )
}

/// "2 unpriced"; "without staff time": what the total lacks.
fn lacks(unpriced: u32, bill: &Bill) -> Html {
    let said = match unpriced {
        0 if bill.total.lacks_staff() => "without staff time".to_owned(),
        0 => return Html::default(),
        lines => format!("{lines} unpriced"),
    };
    html! { <span class="word unknown">{ said }</span> }
}

fn group(
    topology: Topology,
    bands: Option<&[BillBands; 3]>,
    session: &Rc<Session>,
    act: &Act,
    open: &BTreeSet<(Topology, usize)>,
    toggle: &Callback<(Topology, usize)>,
) -> Html {
    let bill = &session.evaluation.of(topology).bill;
    let lines = bill.lines.iter().enumerate().map(|(index, line)| {
        let is_open = open.contains(&(topology, index));
        let onclick = toggle.reform(move |_: MouseEvent| (topology, index));
        row(line, topology, session, is_open, onclick)
    });
    let unknown = unpriced(&bill.lines);
    html! {
        <tbody data-bill={words::slug(topology)}>
            <tr class="head"><th scope="rowgroup" colspan="4" class={words::class(topology)}>{ topology.name() }{ files::focus_link(topology, session, act) }</th></tr>
            { for lines }
            <tr class="total">
                <td>{ "Total" }</td>
                <td class="wide-only quiet">{ bill::words_of(bill) }</td>
                <td>{ lacks(unknown, bill) }</td>
                <td class="num">{ bill.total.cents(bill.currency) }</td>
            </tr>
            { for below_total(topology, bill, bands).map(|says| note_row(&says)) }
        </tbody>
    }
}

/// P05, P50 and P95 of the month where an input is a range, as soon as they are worked out; what rounding leaves.
fn below_total(topology: Topology, bill: &Bill, bands: Option<&[BillBands; 3]>) -> impl Iterator<Item = String> {
    let own = bands.and_then(|bands| Topology::ALL.iter().zip(bands).find(|(of, _)| **of == topology));
    let band = own.and_then(|(_, band)| band.quantiles(bill.currency));
    [band, bill_text::rounding(bill).map(str::to_owned)].into_iter().flatten()
}

fn row(line: &BillLine, topology: Topology, session: &Session, open: bool, onclick: Callback<MouseEvent>) -> Html {
    let view = bill::line(line, &session.evaluation.of(topology).bill, &session.catalog);
    html! {
        <>
            <tr>
                <td><button type="button" class="opens" aria-expanded={open.to_string()} {onclick}>{ &view.label }</button></td>
                <td class="wide-only quiet">{ &view.sum }</td>
                <td><span class={classes!("word", view.word)}>{ view.word }</span></td>
                <td class="num">{ &view.amount }</td>
            </tr>
            if open {
                <tr class="details"><td colspan="4">
                    <dl class="facts">
                        <dt class="narrow-only">{ "Sum" }</dt><dd class="narrow-only">{ &view.sum }</dd>
                        { for view.details.iter().map(|(name, text)| html! { <><dt>{ *name }</dt><dd>{ text }</dd></> }) }
                    </dl>
                    { own_price(line, topology, session) }
                    { sheet::offer(line) }
                </td></tr>
            }
        </>
    }
}

/// A node's price can be typed: it wins over the catalogue.
fn own_price(line: &BillLine, topology: Topology, session: &Session) -> Html {
    use dr_core::model::cost::LineKind;
    let caches = &session.evaluation.of(topology).design.caches;
    match line.cache.and_then(|at| caches.get(at)).filter(|_| line.kind == LineKind::Nodes) {
        Some(cache) => {
            html! { <OwnPrice sku={cache.sku.clone()} region={cache.region.clone()} label="Your price of a node-hour" /> }
        }
        None => Html::default(),
    }
}

#[cfg(test)]
mod tests;
