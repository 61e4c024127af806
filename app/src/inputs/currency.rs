//! Amounts of a plan in another currency than that of the prices.

use crate::state::{Act, Action, Session};
use dr_core::report::inputs::regions::amounts_do_not_count;
use dr_core::units::Currency;
use yew::prelude::*;

/// Asks what the plan's own amounts are in, where they are not in the currency of the prices; else nothing.
pub(crate) fn amounts(session: &Session, act: &Act) -> Html {
    let prices = session.catalog.currency();
    if session.plan.amounts_do_not_count(prices) { question(session, act, prices) } else { Html::default() }
}

fn question(session: &Session, act: &Act, prices: Currency) -> Html {
    let same =
        act.reform(move |_: MouseEvent| Action::edit("pricing.currency", move |plan| plan.amounts_are_in(prices)));
    let anew =
        act.reform(move |_: MouseEvent| Action::edit("pricing.currency", move |plan| plan.retype_amounts_in(prices)));
    html! {
        <div class="field" data-field="pricing.currency" role="group" aria-label="Currency of the plan’s own amounts">
            <p class="msg warn">{ amounts_do_not_count(&session.plan, prices) }</p>
            <p class="links">
                <button type="button" class="btn" onclick={same}>{ format!("They are in {prices}") }</button>
                <button type="button" class="btn" onclick={anew}>{ format!("Clear them, to type them in {prices}") }</button>
            </p>
        </div>
    }
}
