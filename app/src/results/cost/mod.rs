//! The tab Cost: sections of the core with what can be pressed in them.

mod around;
mod bill;
mod files;
mod horizon;
mod sheet;
#[cfg(test)]
mod tests;

pub(crate) use files::save_focus;

use super::in_pieces::use_pieces;
use super::panel::parts;
use crate::document::{self, section_around, sections};
use crate::state::{Act, Session, use_act, use_session};
use dr_core::explore::BillBands;
use dr_core::model::Topology;
use dr_core::report::document::Block;
use dr_core::report::views;
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub(super) fn Cost() -> Html {
    let (session, act) = (use_session(), use_act());
    let open = use_state(BTreeSet::<(Topology, usize)>::new);
    let bands = use_pieces::<around::Banded>(&session, None, around::PAUSE);
    let bands = bands.borrow().as_ref().and_then(|known| known.all.clone());
    parts(
        "Cost",
        &[
            ("Bill", month(&session, &act, bands.as_ref(), &open)),
            ("Months ahead", horizon::months(&session)),
            ("States", sections(&views::cost::by_state(session.subject()))),
            ("Band and break-even", html! { <around::Around bands={bands.clone()} /> }),
            ("What moves it", html! { <super::moves::Moves answers={&[3][..]} /> }),
            ("Price sheet", sheet::sheet(&session, &act)),
        ],
    )
}

/// The bill; its tables have lines that open, in place of the details on paper.
fn month(session: &Rc<Session>, act: &Act, bands: Option<&Rc<[BillBands; 3]>>, open: &bill::Open) -> Html {
    let section = views::cost::bill(session.subject(), bands.map(|bands| &**bands));
    let content = section.blocks.iter().map(|block| match block {
        Block::Details { summary, open: first, blocks } => bill::fold(summary, *first, blocks, session, act, open),
        other => document::blocks(std::slice::from_ref(other)),
    });
    section_around(&section, files::links(session, bands), content.collect())
}
