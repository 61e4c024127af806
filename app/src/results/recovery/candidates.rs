//! Which primary for the pair, which region to add to the group: the best of all, each with a button.

use crate::document::{blocks, section_around, table_with};
use crate::results::fold::folded_with;
use crate::results::in_pieces::{Basis, use_after};
use crate::state::{Act, Action, Session, use_act, use_session};
use dr_core::explore::latency_candidates;
use dr_core::explore::latency_candidates::Candidate;
use dr_core::model::Topology;
use dr_core::report::document::Block;
use dr_core::report::views::recovery as views;
use std::rc::Rc;
use yew::prelude::*;

/// A pause in the typing, in milliseconds: every region of the catalogue is tried after it.
const PAUSE: u32 = 250;

/// Candidates for the pair and for the group. At first as the plan is; later they follow when the typing pauses.
#[component]
pub(super) fn Candidates() -> Html {
    let (session, act) = (use_session(), use_act());
    let both =
        |session: &Session, act: &Act| [Topology::Passive, Topology::Active].map(|it| candidates(session, act, it));
    let shown = use_state(|| both(&session, &act));
    let basis = Basis::of(&session);
    let of = use_mut_ref(|| basis.clone());
    let follow = {
        let (shown, basis, session) = (shown.clone(), basis.clone(), Rc::clone(&session));
        move || {
            if of.replace(basis.clone()) != basis {
                shown.set(both(&session, &act));
            }
        }
    };
    use_after((basis, 0), Some(PAUSE), Box::new(follow));
    shown.iter().cloned().collect()
}

/// The ten best regions, and a button for each.
fn candidates(session: &Session, act: &Act, topology: Topology) -> Html {
    let found = latency_candidates(topology, &session.plan, &session.catalog);
    let section = views::candidates(session.subject(), topology, &found);
    let button = |row: usize| {
        // The first row is the plan as it is.
        let candidate = row.checked_sub(1).and_then(|at| found.found.get(at));
        candidate.map_or_else(Html::default, |it| button(act, it, session.catalog.region_name(&it.region), topology))
    };
    let block = |block: &Block| match block {
        Block::Table(table) => table_with(table, &button),
        other => blocks(std::slice::from_ref(other)),
    };
    let content: Html = section.blocks.iter().map(block).collect();
    // The pair's opens the view.
    if topology == Topology::Active {
        folded_with(&section, content)
    } else {
        section_around(&section, Html::default(), content)
    }
}

fn button(act: &Act, candidate: &Candidate, name: &str, topology: Topology) -> Html {
    let region = candidate.region.clone();
    let (text, label) = match topology {
        Topology::Active => ("Add", format!("Add {name}")),
        Topology::Rebuild | Topology::Passive => ("Make primary", format!("Make primary: {name}")),
    };
    let onclick = act.reform(move |_: MouseEvent| {
        let region = region.clone();
        Action::edit("regions", move |plan| {
            match topology {
                Topology::Active => plan.add_member(region),
                Topology::Rebuild | Topology::Passive => plan.lead_from(&region),
            };
        })
    });
    html! { <button type="button" class="btn" aria-label={label} {onclick}>{ text }</button> }
}
