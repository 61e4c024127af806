//! Cost: the months ahead, the bill of one of them, and what it hangs on. A file a view.

mod bands;
mod bill;
mod break_even;
mod files;
mod months;
mod prices;
mod search;
mod states;
#[cfg(test)]
mod tests;

pub(crate) use files::save_focus;
pub(super) use search::Beyond;

use super::sensitivity::CostSensitivity;
use crate::state::View;
use yew::prelude::*;

/// A view of the tab.
pub(super) fn view(view: View) -> Html {
    match view {
        View::Bill => html! { <bill::Bill /> },
        View::States => html! { <states::StatesView /> },
        View::Bands => html! { <><bands::BandsView /><CostSensitivity /></> },
        View::BreakEven => html! { <break_even::BreakEven /> },
        View::Search => html! { <search::SearchView /> },
        View::Prices => html! { <prices::Prices /> },
        _ => html! { <months::Months /> },
    }
}
