//! The plan bar: name, examples, undo, theme, files, link.

mod exports;
mod menu;
mod name;
mod notice;
mod opens;
mod share;
#[cfg(test)]
mod tests;

pub(crate) use exports::export_text;
pub use notice::NoticeLine;
pub(crate) use share::without_names;

use crate::state::{Act, Action, Session, Theme, View, address, use_act, use_session};
use gloo::events::{EventListener, EventListenerOptions};
use menu::{Entry, Menu};
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// One tap from everywhere.
const NIGHT: &str = "Night mode: fail over, step by step";

/// The bar at the top of the page.
#[component]
pub fn PlanBar() -> Html {
    let session = use_session();
    let act = use_act();
    use_undo_keys(act.clone());
    let emit = |action: fn() -> Action| act.reform(move |_: MouseEvent| action());
    let share = {
        let (session, act) = (session.clone(), act.clone());
        Callback::from(move |_: MouseEvent| share::share(&session, &act))
    };
    let examples = opens::examples(&act);
    let exports = exports::entries(&session, &act);
    let open = opens::open_entries(&session, &act);
    let changes = undo_entries(&session, &act);
    let more: Vec<Entry> = [theme_entry(&session, &act)]
        .into_iter()
        .chain(open.clone())
        .chain(changes)
        .chain(examples.clone())
        .chain(exports.clone())
        .collect();
    html! {
        <header class="bar">
            <a class="skip" href={address::RESULTS}>{ "Skip to the results" }</a>
            <div class="mark">{ mark() }<h1>{ "Redis DR Planner" }</h1></div>
            <name::PlanName />
            <Menu name="Examples" entries={examples.clone()} wide=true />
            <span class="spacer"></span>
            <span class="group wide">
                <button type="button" class="btn icon" aria-label="Undo" title="Undo (Ctrl+Z)" disabled={!session.can_undo()} onclick={emit(|| Action::Undo)}>{ "↶" }</button>
                <button type="button" class="btn icon" aria-label="Redo" title="Redo (Ctrl+Shift+Z)" disabled={!session.can_redo()} onclick={emit(|| Action::Redo)}>{ "↷" }</button>
            </span>
            { theme_button(&session, &theme_entry(&session, &act)) }
            <Menu name="Open" entries={open} wide=true />
            <Menu name="Export" entries={exports} wide=true />
            <Menu name="More" entries={more} narrow=true />
            <button type="button" class="btn icon" aria-label={NIGHT} title={NIGHT} onclick={emit(|| Action::Look(View::Night))}>{ "☾" }</button>
            <button type="button" class="btn primary" title={share::SAYS} onclick={share}>{ "Share" }</button>
        </header>
    }
}

/// Three stacked layers: active, passive, rebuild.
fn mark() -> Html {
    html! {
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
            <path class="layer-active" d="M12 3 3.5 7.2 12 11.4l8.5-4.2Z" />
            <path class="layer-passive" d="m3.5 11.8 8.5 4.2 8.5-4.2" />
            <path class="layer-rebuild" d="m3.5 16.2 8.5 4.2 8.5-4.2" />
        </svg>
    }
}

fn next_theme(theme: Theme) -> (Theme, &'static str) {
    match theme {
        Theme::System => (Theme::Light, "Theme: as the system. Switch to light"),
        Theme::Light => (Theme::Dark, "Theme: light. Switch to dark"),
        Theme::Dark => (Theme::System, "Theme: dark. Follow the system"),
    }
}

fn theme_entry(session: &Session, act: &Act) -> Entry {
    let (next, label) = next_theme(session.theme);
    Entry::new(label, "", act.reform(move |()| Action::Paint(next)))
}

fn theme_button(session: &Session, entry: &Entry) -> Html {
    let sign = match session.theme {
        Theme::System => "◐",
        Theme::Light => "○",
        Theme::Dark => "●",
    };
    let choose = entry.choose.reform(|_: MouseEvent| ());
    html! { <button type="button" class="btn icon wide" aria-label={entry.label.clone()} title={entry.label.clone()} onclick={choose}>{ sign }</button> }
}

fn undo_entries(session: &Session, act: &Act) -> Vec<Entry> {
    let undo = session.can_undo().then(|| Entry::new("Undo", "", act.reform(|()| Action::Undo)));
    let redo = session.can_redo().then(|| Entry::new("Redo", "", act.reform(|()| Action::Redo)));
    undo.into_iter().chain(redo).collect()
}

/// Ctrl+Z and Ctrl+Shift+Z, unless a text is being typed: there they are the browser's.
#[hook]
fn use_undo_keys(act: Act) {
    use_effect_with((), move |()| {
        let stops = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&gloo::utils::window(), "keydown", stops, move |event| {
            let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else { return };
            let typing = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok())
                .is_some_and(|input| input.type_() == "text");
            if typing || !(event.ctrl_key() || event.meta_key()) {
                return;
            }
            let action = match (event.key().as_str(), event.shift_key()) {
                ("z", false) => Action::Undo,
                ("z" | "Z", true) | ("y", false) => Action::Redo,
                _ => return,
            };
            event.prevent_default();
            act.emit(action);
        });
        move || drop(listener)
    });
}
