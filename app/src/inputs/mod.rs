//! The inputs: what a person decides, basic or advanced, in one column.

mod currency;
mod group;
mod regions;
mod section;
mod special;

pub(crate) use currency::amounts;

use crate::results::{Late, Panel};
use crate::state::{Act, Action, Mode, Session, use_act, use_session};
use dr_core::plan::Section;
use yew::prelude::*;

/// The column of inputs; on a phone it waits behind a button.
#[component]
pub fn Inputs() -> Html {
    let session = use_session();
    let act = use_act();
    let open = use_state(|| false);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let close_on_escape = {
        let open = open.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                open.set(false);
            }
        })
    };
    html! {
        <>
            <aside id="inputs" class={classes!("inputs", open.then_some("open"))} aria-label="Plan inputs" onkeydown={close_on_escape}>
                <div class="mode"><h2>{ "Plan" }</h2>{ mode_switch(&session, &act) }</div>
                { for Section::BASIC.map(|of| group::group(of, &session, &act)) }
                { amounts(&session, &act) }
                if session.mode == Mode::Basic { { group::derived(&session) } } else { <Late panel={Panel::Inputs} /> }
            </aside>
            <button type="button" class="inputs-open" aria-expanded={open.to_string()} aria-controls="inputs" onclick={toggle}>
                { if *open { "Show results" } else { "Edit plan" } }
            </button>
        </>
    }
}

/// The inputs behind “Advanced”; reached through [`crate::later`] alone.
#[component]
pub(crate) fn Advanced() -> Html {
    let (session, act) = (use_session(), use_act());
    Section::ADVANCED.map(|of| group::group(of, &session, &act)).into_iter().collect()
}

fn mode_switch(session: &Session, act: &Act) -> Html {
    let button = |mode: Mode, name: &'static str| {
        let onclick = act.reform(move |_: MouseEvent| Action::Switch(mode));
        html! { <button type="button" aria-pressed={(session.mode == mode).to_string()} {onclick}>{ name }</button> }
    };
    html! {
        <div class="seg" role="group" aria-label="How many inputs are shown">
            { button(Mode::Basic, "Basic") }{ button(Mode::Advanced, "Advanced") }
        </div>
    }
}
