//! What is there at the next visit: plan, theme, mode, tab. What cannot be read is left alone and told.

use super::provider::opened_link;
use super::{Mode, Notice, Session, Tab, Theme};
use dr_core::catalog::CatalogError;
use dr_core::codec;
use dr_core::plan::Plan;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::Reducible;

const PLAN: &str = "redis-dr-planner.plan";
const VIEW: &str = "redis-dr-planner.view";

/// The fragment of the address, if there is one.
#[must_use]
pub fn fragment() -> Option<String> {
    let hash = gloo::utils::window().location().hash().ok()?;
    (hash.len() > 1).then_some(hash)
}

/// The session to start with: a link's plan, else the last one, else a new one; with a message where something was
/// not readable.
///
/// # Errors
/// The bundled catalogue is damaged.
pub fn start() -> Result<Session, CatalogError> {
    let (kept, refusal) = kept_plan();
    let mut session = Session::new(kept.unwrap_or_default())?;
    session.notice = refusal.map(|text| Notice { text, refused: true });
    if let Ok(Some(view)) = stored(VIEW) {
        restore_view(&mut session, &view);
    }
    match fragment() {
        Some(fragment) => Ok((*Rc::new(session).reduce(opened_link(&fragment))).clone()),
        None => Ok(session),
    }
}

fn kept_plan() -> (Option<Plan>, Option<String>) {
    let told =
        |reason: &str| Some(format!("The plan of your last visit could not be read; a new one is shown. {reason}"));
    match stored(PLAN).map(|text| text.map(|text| codec::from_json(&text))) {
        Ok(Some(Ok(plan))) => (Some(plan), None),
        Ok(Some(Err(error))) => (None, told(&error.to_string())),
        Ok(None) => (None, None),
        Err(_) => (None, told("")),
    }
}

/// What stands under a name, if anything does; an error where the browser lets nobody look.
fn stored(name: &str) -> Result<Option<String>, JsValue> {
    gloo::utils::window().local_storage()?.map_or(Ok(None), |storage| storage.get_item(name))
}

/// A browser that refuses (private mode, full) keeps nothing: the link and the file still do.
fn keep(name: &str, text: &str) {
    if let Ok(Some(storage)) = gloo::utils::window().local_storage() {
        let _ = storage.set_item(name, text);
    }
}

fn restore_view(session: &mut Session, view: &str) {
    for word in view.split(' ') {
        match word {
            "light" => session.theme = Theme::Light,
            "dark" => session.theme = Theme::Dark,
            "advanced" => session.mode = Mode::Advanced,
            _ => session.tab = Tab::ALL.into_iter().find(|tab| tab.name() == word).unwrap_or(session.tab),
        }
    }
}

/// Keeps the plan.
pub fn keep_plan(plan: &Plan) {
    keep(PLAN, &codec::to_json(plan));
}

/// Keeps theme, mode and tab.
pub fn keep_view(theme: Theme, mode: Mode, tab: Tab) {
    let mode = if mode == Mode::Advanced { "advanced" } else { "basic" };
    keep(VIEW, &format!("{} {mode} {}", theme.attribute().unwrap_or("system"), tab.name()));
}
