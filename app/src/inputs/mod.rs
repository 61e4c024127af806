//! The inputs: what a person decides, basic or advanced, in one column.

mod currency;
mod find;
mod group;
mod parts;
mod regions;
mod section;
mod share;
mod special;

pub(crate) use currency::amounts;

use crate::later::{Late, Panel};
use crate::state::{Act, Action, Mode, Session, use_act, use_session};
use dr_core::plan::Section;
use find::Find;
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;
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
    use_close_on_escape(&open);
    let column = use_node_ref();
    let (words, left, find) = use_find(&session, &column);
    let enter = {
        let column = column.clone();
        // Enter may be quicker than the drawing of what was typed before it.
        Callback::from(move |words: String| {
            if let Some(column) = column.cast::<Element>() {
                find::show(&words, &column);
                find::focus_first(&column);
            }
        })
    };
    // Looked for among all of them.
    let looks = !words.trim().is_empty();
    let shown = Rc::clone(&session).reduce(Action::Switch(if looks { Mode::Advanced } else { session.mode }));
    html! {
        <>
            <aside id="inputs" class={classes!("inputs", open.then_some("open"))} aria-label="Plan inputs">
                <Find {words} {left} onfind={find} onenter={enter} />
                <div class="mode"><h2>{ "Plan" }</h2>{ mode_switch(&session, &act) }</div>
                <div ref={column}>
                    <ContextProvider<Rc<Session>> context={Rc::clone(&shown)}>
                        { for Section::BASIC.map(|of| group::group(of, &shown, &act)) }
                        { amounts(&shown, &act) }
                        if shown.mode == Mode::Basic { { group::derived(&shown) } } else { <Late panel={Panel::Inputs} /> }
                    </ContextProvider<Rc<Session>>>
                </div>
            </aside>
            <button type="button" class="inputs-open" aria-expanded={open.to_string()} aria-controls="inputs" onclick={toggle}>
                { if *open { "Show results" } else { "Edit plan" } }
            </button>
        </>
    }
}

/// Escape closes the opened inputs, wherever the focus is: the button that opens them stands outside the column. What a box or a menu
/// needs the key for is its own.
#[hook]
fn use_close_on_escape(open: &UseStateHandle<bool>) {
    let close = open.clone();
    use_effect_with(**open, move |open| {
        let listener = open.then(|| {
            EventListener::new(&gloo::utils::window(), "keydown", move |event| {
                let event = event.unchecked_ref::<web_sys::KeyboardEvent>();
                if event.key() == "Escape" && !event.default_prevented() {
                    close.set(false);
                }
            })
        });
        move || drop(listener)
    });
}

/// The words that are looked for, how many inputs they leave, and how to look for others.
#[hook]
fn use_find(session: &Rc<Session>, column: &NodeRef) -> (String, Option<usize>, Callback<String>) {
    let (words, left) = (use_state(String::new), use_state(|| None::<usize>));
    {
        let (column, left) = (column.clone(), left.clone());
        use_effect_with(((*words).clone(), Rc::as_ptr(&session.plan)), move |(words, _)| {
            let looks = !words.trim().is_empty();
            let again = column.cast::<Element>().map(|column| {
                let shows = {
                    let (words, column) = (words.clone(), column.clone());
                    move || left.set(Some(find::show(&words, &column)).filter(|_| looks))
                };
                shows();
                looks.then(|| find::watch(&column, shows))
            });
            move || {
                if let Some(stop) = again.flatten() {
                    stop();
                }
            }
        });
    }
    let find = Callback::from({
        let words = words.clone();
        move |next: String| words.set(next)
    });
    ((*words).clone(), *left, find)
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
