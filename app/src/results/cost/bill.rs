//! The bill of a steady month; every line opens to where it comes from.

use super::bands::{Banded, PAUSE};
use super::{files, prices};
use crate::charts::figure;
use crate::results::fold::Fold;
use crate::results::in_pieces::use_pieces;
use crate::results::own_price::OwnPrice;
use crate::results::panel::{note_row, panel, scroll};
use crate::results::view::{bill, words};
use crate::state::{Act, Session, use_act, use_session};
use dr_core::explore::BillBands;
use dr_core::model::Topology;
use dr_core::model::cost::{Bill as CostBill, BillLine, MissingPrice, no_price, unpriced};
use dr_core::report::bill_text;
use dr_core::report::chart::bill_chart;
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::prelude::*;

/// A line of the bill of a topology.
type Line = (Topology, usize);

/// What all lines of a topology share.
struct Lines<'a> {
    session: &'a Rc<Session>,
    act: &'a Act,
    bands: Option<&'a [BillBands; 3]>,
    open: &'a BTreeSet<Line>,
    toggle: &'a Callback<Line>,
}

/// Chart and sentence, then the bill of each design: that of the recommended one is open.
#[component]
pub(super) fn Bill() -> Html {
    let (session, act) = (use_session(), use_act());
    let open = use_state(BTreeSet::<Line>::new);
    let toggle = {
        let open = open.clone();
        Callback::from(move |line: Line| {
            let mut next = (*open).clone();
            if !next.remove(&line) {
                next.insert(line);
            }
            open.set(next);
        })
    };
    let bands = use_pieces::<Banded>(&session, None, PAUSE);
    let bands = bands.borrow().as_ref().and_then(|known| known.all.clone());
    let links = files::links(&session, bands.as_ref());
    let comparison = &session.evaluation.comparison;
    let first = comparison.choice.or(comparison.nearest);
    let lines = Lines { session: &session, act: &act, bands: bands.as_deref(), open: &open, toggle: &toggle };
    let fold = |topology: Topology| {
        let (bill, name) = (&session.evaluation.of(topology).bill, topology.name());
        html! { <Fold key={name} title={name} tells={bill.total.amount(bill.currency)} open={first.is_none_or(|it| it == topology)}>{ lines.table(topology) }</Fold> }
    };
    html! {
        <>
            { panel("Bill of a steady month", &says(&session), links, Html::default()) }
            { figure(bill_chart(&session.plan, &session.evaluation)) }
            { for Topology::ALL.map(fold) }
        </>
    }
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
fn lacks(unpriced: u32, bill: &CostBill) -> Html {
    let said = match unpriced {
        0 if bill.total.lacks_staff() => "without staff time".to_owned(),
        0 => return Html::default(),
        lines => format!("{lines} unpriced"),
    };
    html! { <span class="word unknown">{ said }</span> }
}

impl Lines<'_> {
    fn table(&self, topology: Topology) -> Html {
        let session = self.session;
        let bill = &session.evaluation.of(topology).bill;
        let lines = bill.lines.iter().enumerate().map(|(index, line)| {
            let onclick = self.toggle.reform(move |_: MouseEvent| (topology, index));
            row(line, topology, session, self.open.contains(&(topology, index)), onclick)
        });
        let unknown = unpriced(&bill.lines);
        let table = html! {
            <table class="bill">
                <thead><tr><th scope="col">{ "Line" }</th><th scope="col" class="wide-only">{ "Quantity × unit price" }</th><th scope="col">{ "Price is" }</th><th scope="col" class="num">{ "A month" }</th></tr></thead>
                <tbody data-bill={words::slug(topology)}>
                    { for lines }
                    <tr class="total">
                        <td>{ "Total" }</td>
                        <td class="wide-only quiet">{ bill::words_of(bill) }</td>
                        <td>{ lacks(unknown, bill) }</td>
                        <td class="num">{ bill.total.cents(bill.currency) }</td>
                    </tr>
                    { for below_total(topology, bill, self.bands).map(|says| note_row(&says)) }
                </tbody>
            </table>
        };
        html! {
            <>
                <p class="links">{ files::focus_link(topology, session, self.act) }</p>
                { scroll(&format!("Bill of a steady month, {}", topology.name().to_ascii_lowercase()), table) }
            </>
        }
    }
}

/// P05, P50 and P95 of the month where an input is a range, as soon as they are worked out; what rounding leaves.
pub(super) fn below_total(
    topology: Topology,
    bill: &dr_core::model::cost::Bill,
    bands: Option<&[BillBands; 3]>,
) -> impl Iterator<Item = String> {
    let own = bands.and_then(|bands| Topology::ALL.iter().zip(bands).find(|(of, _)| **of == topology));
    let band = own.and_then(|(_, band)| band.quantiles(bill.currency));
    [band, bill_text::rounding(bill).map(str::to_owned)].into_iter().flatten()
}

pub(super) fn row(
    line: &BillLine,
    topology: Topology,
    session: &Session,
    open: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
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
                    { prices::offer(line) }
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
