//! The answer at one look: prices that are missing, three cards, the comparison.

use super::cards::Cards;
use super::compare::compare;
use super::verdict::missing;
use crate::state::Session;
use yew::prelude::*;

pub(super) fn overview(session: &Session) -> Html {
    html! { <>{ missing(session) }<Cards />{ compare(session) }</> }
}
