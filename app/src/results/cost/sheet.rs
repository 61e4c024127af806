//! The price sheet: opened, closed, and led to.

use super::super::panel::lead_to;
use crate::bar::pick_files;
use crate::document::section_with;
use crate::inputs::amounts;
use crate::state::{Act, Action, OpenedSheet, Session};
use dr_core::model::cost::BillLine;
use dr_core::report::views::cost::{Opened, price_sheet};
use yew::prelude::*;

const ID: &str = "price-sheet";

/// The panel below the bill.
pub(super) fn sheet(session: &Session, act: &Act) -> Html {
    let pick = pick_files(act).reform(|_: MouseEvent| ());
    let links = html! {
        <>
            <button type="button" class="link" onclick={pick}>{ if session.sheet.is_some() { "Open another" } else { "Open a price sheet…" } }</button>
            if session.sheet.is_some() { <button type="button" class="link" onclick={act.reform(|_: MouseEvent| Action::CloseSheet)}>{ "Back to the bundled prices" }</button> }
        </>
    };
    let opened = session.sheet.as_deref().map(opened);
    let inside = html! { <div id={ID} tabindex="-1">{ amounts(session, act) }</div> };
    section_with(&price_sheet(session.subject(), opened), links, inside)
}

fn opened(sheet: &OpenedSheet) -> Opened<'_> {
    Opened { name: &sheet.name, report: &sheet.report, persisted: sheet.is_kept() }
}

/// Where a line of the bill has no price: the way to the panel.
pub(super) fn offer(line: &BillLine) -> Html {
    if line.amount.is_some() || !line.kind.is_on_price_list() {
        return Html::default();
    }
    let lead = Callback::from(|_: MouseEvent| lead_to(ID));
    html! { <button type="button" class="link" onclick={lead}>{ "Price sheet…" }</button> }
}
