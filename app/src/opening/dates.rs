//! The order of day and month in dates that a file leaves open: a person says it, and the files are read again.

use crate::later;
use crate::state::{Action, use_act};
use dr_core::import::dates::DateOrder;
use yew::prelude::*;

/// Both orders; each reads the files of before once more.
#[component]
pub(crate) fn DateOrders() -> Html {
    let act = use_act();
    let button = |order: DateOrder, label: &'static str, name: &'static str| {
        let act = act.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            act.emit(Action::Dismiss);
            let to = act.clone();
            later::with(&act, move |second| (second.again)(order, &to));
        });
        html! { <button type="button" class="link" aria-label={name} {onclick}>{ label }</button> }
    };
    html! {
        <span class="group" data-dates="">
            { button(DateOrder::DayFirst, "Day first", "Read dates with the day first") }
            { button(DateOrder::MonthFirst, "Month first", "Read dates with the month first") }
        </span>
    }
}
