//! The answer at one look: prices that are missing, three cards, the comparison.

use super::cards::Cards;
use super::compare::compare;
use super::verdict::missing;
use crate::later::{Late, Panel};
use crate::state::Session;
use yew::prelude::*;

pub(super) fn overview(session: &Session) -> Html {
    let chosen = session.evaluation.comparison.choice.is_some();
    html! {
        <>
            { missing(session) }
            if !chosen { <Late panel={Panel::Beyond} /> }
            <Cards />
            { compare(session) }
        </>
    }
}
