//! The inputs: what a person decides, basic or advanced, in one column.

mod active;
mod choices;
mod passive;
mod prices;
mod recovery;
mod regions;
mod section;
mod targets;
mod workload;

use crate::state::{Action, Mode, use_act, use_session};
use section::Section;
use yew::prelude::*;

/// The column of inputs; on a phone it waits behind a button.
#[component]
pub fn Inputs() -> Html {
    let session = use_session();
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
                <div class="mode"><h2>{ "Plan" }</h2><ModeSwitch /></div>
                <workload::WorkloadSection />
                <regions::RegionsSection />
                <targets::TargetsSection />
                if session.mode == Mode::Basic { <choices::DerivedSection /> } else { <Advanced /> }
            </aside>
            <button type="button" class="inputs-open" aria-expanded={open.to_string()} aria-controls="inputs" onclick={toggle}>
                { if *open { "Show results" } else { "Edit plan" } }
            </button>
        </>
    }
}

#[component]
fn Advanced() -> Html {
    html! {
        <>
            <passive::PassiveSection />
            <active::ActiveSection />
            <prices::PricesSection />
            <recovery::RebuildSection />
            <recovery::LatencySection />
            <recovery::StepsSection />
            <recovery::AssumptionsSection />
        </>
    }
}

#[component]
fn ModeSwitch() -> Html {
    let session = use_session();
    let act = use_act();
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
