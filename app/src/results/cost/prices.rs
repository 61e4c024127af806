//! The price sheet: opened, closed, and led to.

use crate::document::section_with;
use crate::inputs::amounts;
use crate::opening::pick_files;
use crate::state::{Act, Action, OpenedSheet, Session, View, use_act, use_session};
use dr_core::model::cost::BillLine;
use dr_core::report::views::cost::{Opened, price_sheet};
use yew::prelude::*;

/// The prices in use, and the way to one's own.
#[component]
pub(super) fn Prices() -> Html {
    let (session, act) = (use_session(), use_act());
    sheet(&session, &act)
}

fn sheet(session: &Session, act: &Act) -> Html {
    let pick = pick_files(act).reform(|_: MouseEvent| ());
    let links = html! {
        <>
            <button type="button" class="link" onclick={pick}>{ if session.sheet.is_some() { "Open another" } else { "Open a price sheet…" } }</button>
            if session.sheet.is_some() { <button type="button" class="link" onclick={act.reform(|_: MouseEvent| Action::CloseSheet)}>{ "Back to the bundled prices" }</button> }
        </>
    };
    let opened = session.sheet.as_deref().map(opened);
    section_with(&price_sheet(session.subject(), opened), links, amounts(session, act))
}

fn opened(sheet: &OpenedSheet) -> Opened<'_> {
    Opened { name: &sheet.name, report: &sheet.report, persisted: sheet.is_persisted() }
}

/// Where a line of the bill has no price: the way to the view.
pub(super) fn offer(line: &BillLine) -> Html {
    if line.amount.is_some() || !line.kind.is_on_price_list() {
        return Html::default();
    }
    html! { <Offer /> }
}

#[component]
fn Offer() -> Html {
    let lead = use_act().reform(|_: MouseEvent| Action::Look(View::Prices));
    html! { <button type="button" class="link" onclick={lead}>{ "Price sheet…" }</button> }
}
