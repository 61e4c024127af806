//! What is there at the next visit: plan, price sheet, portfolio, theme, mode, tab. What cannot be read is left alone and told.

use super::provider::opened_link;
use super::{Mode, Notice, OpenedSheet, Session, Tab, Theme, book};
use dr_core::catalog::CatalogError;
use dr_core::codec;
use dr_core::plan::Plan;
use dr_core::portfolio::Portfolio;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::Reducible;

const PLAN: &str = "redis-dr-planner.plan";
const SHEET: &str = "redis-dr-planner.prices";
const BOOK: &str = "redis-dr-planner.portfolio";
const VIEW: &str = "redis-dr-planner.view";

/// Where the link at the top of the page leads: a place, not a plan.
pub const RESULTS: &str = "#results";

/// The fragment of the address, if there is one that should hold a plan.
#[must_use]
pub fn fragment() -> Option<String> {
    gloo::utils::window().location().hash().ok().filter(|hash| holds_plan(hash))
}

fn holds_plan(hash: &str) -> bool {
    hash.len() > 1 && hash != RESULTS
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
    if let Ok(Some(text)) = stored(SHEET) {
        session = session.with_kept_sheet(&text);
    }
    if let Ok(Some(text)) = stored(BOOK) {
        session = session.with_kept_book(&text);
    }
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

fn forget(name: &str) {
    if let Ok(Some(storage)) = gloo::utils::window().local_storage() {
        let _ = storage.remove_item(name);
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

/// Keeps the prices of a sheet, or forgets those that were kept: without a sheet, and when one is too large.
pub fn keep_sheet(sheet: Option<&OpenedSheet>) {
    match sheet.filter(|sheet| sheet.is_kept()) {
        Some(sheet) => keep(SHEET, &format!("{}\n{}", sheet.name, sheet.prices)),
        None => forget(SHEET),
    }
}

/// Keeps a portfolio, or forgets the one that was kept: without plans, and when one is too large.
pub fn keep_book(portfolio: Option<&Portfolio>) {
    let some = portfolio.filter(|all| !all.entries.is_empty() || !all.broken.is_empty());
    match some.and_then(book::kept) {
        Some(text) => keep(BOOK, &text),
        None => forget(BOOK),
    }
}

/// Keeps theme, mode and tab.
pub fn keep_view(theme: Theme, mode: Mode, tab: Tab) {
    let mode = if mode == Mode::Advanced { "advanced" } else { "basic" };
    keep(VIEW, &format!("{} {mode} {}", theme.attribute().unwrap_or("system"), tab.name()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_on_the_page_is_no_plan() {
        for (hash, plan) in [("", false), ("#", false), (RESULTS, false), ("#p1.e30", true), ("#p1", true)] {
            assert_eq!(holds_plan(hash), plan, "{hash}");
        }
    }

    #[test]
    fn a_kept_view_comes_back_and_strange_words_change_nothing() {
        let cases = [
            ("dark advanced Runbook", (Theme::Dark, Mode::Advanced, Tab::Runbook)),
            ("light basic Cost", (Theme::Light, Mode::Basic, Tab::Cost)),
            ("system basic Compare", (Theme::System, Mode::Basic, Tab::Compare)),
            ("", (Theme::System, Mode::Basic, Tab::Compare)),
            ("dark <b> Gone", (Theme::Dark, Mode::Basic, Tab::Compare)),
        ];
        for (view, expected) in cases {
            let mut session = Session::new(Plan::default()).expect("a catalogue");
            restore_view(&mut session, view);
            assert_eq!((session.theme, session.mode, session.tab), expected, "{view}");
        }
    }
}
