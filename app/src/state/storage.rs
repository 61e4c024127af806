//! What is there at the next visit: plan, price sheet, portfolio, theme, mode, view.

use super::asks::Aside;
use super::provider::opened_link;
use super::shelf::{Kind, Previous, Saved, Shelf};
use super::{Mode, OpenedSheet, Session, Theme, View, Workspace, words, workspace};
use dr_core::catalog::{Catalog, CatalogError};
use dr_core::codec;
use dr_core::import::retail::read_persisted;
use dr_core::plan::Plan;
use dr_core::portfolio::{self, PORTFOLIO_VERSION, Portfolio};
use dr_core::report::estate::Listing;
use dr_core::report::night::LOG_VERSION;
use dr_core::report::saved::{differences, why_unread};
use dr_core::units::format;
use std::rc::Rc;
use yew::Reducible;

/// The session to start with: a link's plan, else the last one, else a new one; with what is to be told.
///
/// # Errors
/// The bundled catalogue is damaged.
pub fn start(shelf: &Shelf, fragment: Option<&str>) -> Result<Session, CatalogError> {
    shelf.take_over();
    let kept = shelf.read(Kind::Plan, |text| codec::from_json(text).map_err(|error| error.to_string()));
    let mut session = Session::new(kept.unwrap_or_default())?;
    session.worked = *session.plan != Plan::default();
    if let Some(next) = shelf.read(Kind::Prices, |text| session.clone().with_persisted_sheet(text)) {
        session = next;
    }
    let kept = shelf.read(Kind::Portfolio, |text| portfolio::read(text).map_err(|error| error.to_string()));
    session.workspace.portfolio = kept.map(Rc::new);
    session.workspace.kept = shelf.read(Kind::Estate, |text| {
        // The second part of the program reads it.
        if Listing::is_kept(text) { Ok(Rc::from(text)) } else { Err(words::NO_ESTATE.to_owned()) }
    });
    shelf.read(Kind::View, |view| restore_view(&mut session, view));
    session.asks.aside = aside(shelf, &session.plan, &session.catalog);
    session.asks.plans = shelf.previous();
    session.asks.portfolio = shelf.previous_portfolio().and_then(|text| portfolio::read(&text).ok()).map(Rc::new);
    let estate = shelf.previous_estate().filter(|text| Listing::is_kept(text));
    session.asks.estate = estate.filter(|_| session.asks.portfolio.is_some()).map(Rc::from);
    let Some(fragment) = fragment else { return Ok(session) };
    let mut session = (*Rc::new(session).reduce(opened_link(fragment))).clone();
    if let Some(plan) = session.replaced.clone() {
        session.asks.plans.retain(|previous| previous.plan != plan);
        session.asks.plans.insert(0, Previous { at: String::new(), plan });
    }
    Ok(session)
}

/// What was set aside, each with its name or the reason why it cannot be read.
fn aside(shelf: &Shelf, plan: &Plan, catalog: &Catalog) -> Vec<Aside> {
    let named = |kept: Plan| words::told_apart(&kept.name, &differences(&kept, plan, catalog));
    let read = |kind: Kind, text: &str| match kind {
        Kind::Plan => codec::from_json(text)
            .map(named)
            .map_err(|error| why_unread(text, Some(("v", codec::PLAN_VERSION)), &error.to_string())),
        Kind::Prices => match text.split_once('\n').filter(|(_, rest)| read_persisted(rest, catalog).is_some()) {
            Some((name, _)) => Ok(name.to_owned()),
            None => Err(why_unread(text, None, words::NO_SHEET)),
        },
        Kind::Portfolio => portfolio::read(text)
            .map(|all| plans(&all))
            .map_err(|error| why_unread(text, Some(("portfolio", PORTFOLIO_VERSION)), &error.to_string())),
        Kind::Estate if Listing::is_kept(text) => Ok(words::EARLIER_ESTATE.to_owned()),
        Kind::Estate => Err(why_unread(text, None, words::NO_ESTATE)),
        Kind::View => Err(why_unread(text, None, words::NO_VIEW)),
        // Read where it is shown; one that is set aside is one that was not read there.
        Kind::Night => Err(why_unread(text, Some(("v", LOG_VERSION)), words::NO_LOG)),
    };
    shelf.aside().into_iter().map(|(kind, name, text)| Aside { kind, name, read: read(kind, &text) }).collect()
}

/// "12 plans", those that cannot be read among them.
#[must_use]
pub fn plans(portfolio: &Portfolio) -> String {
    format::counted(portfolio.entries.len() + portfolio.broken.len(), "plan")
}

/// Restores what it knows; an error where a word is not known.
fn restore_view(session: &mut Session, view: &str) -> Result<(), String> {
    let mut strange = false;
    for word in view.split(' ') {
        match word {
            "light" => session.theme = Theme::Light,
            "dark" => session.theme = Theme::Dark,
            "advanced" => session.mode = Mode::Advanced,
            "system" | "basic" => {}
            _ => match View::of_path(word) {
                Some(view) => session.place = session.place.at(view),
                None => strange = true,
            },
        }
    }
    if strange { Err(words::NO_VIEW.to_owned()) } else { Ok(()) }
}

/// Keeps a plan, before it the one that it took the place of; false beside what became of it where there was no room for that one.
pub fn save_plan_after(shelf: &Shelf, plan: &Plan, replaced: Option<&Plan>, at: &str) -> (Saved, bool) {
    let room = replaced.filter(|old| *old != plan).is_none_or(|old| shelf.push_previous(old, at));
    let kept = save_plan(shelf, plan);
    if room && kept == Saved::Yes {
        shelf.drop_beside(Kind::Plan);
    }
    (kept, room)
}

/// Keeps the plan.
pub fn save_plan(shelf: &Shelf, plan: &Plan) -> Saved {
    shelf.keep(Kind::Plan, Some(&codec::to_json(plan)))
}

/// Keeps the plan of this tab, and of no other, for `public/rescue.js`: it stands there whatever becomes of the browser's own copy.
pub(super) fn save_for_rescue(shelf: &Shelf, plan: &Plan) {
    if let Ok(Some(tab)) = gloo::utils::window().session_storage() {
        let _ = tab.set_item(&shelf.name(Kind::Plan), &codec::to_json(plan));
    }
}

/// True where exactly this plan was read or kept last.
pub(super) fn keeps_plan(shelf: &Shelf, plan: &Plan) -> bool {
    shelf.knows(Kind::Plan, &codec::to_json(plan))
}

/// Keeps the prices of a sheet, or forgets those that were kept: without a sheet, and when one is too large.
pub fn save_sheet(shelf: &Shelf, sheet: Option<&OpenedSheet>) -> Saved {
    let text = sheet.filter(|sheet| sheet.is_persisted()).map(|sheet| format!("{}\n{}", sheet.name, sheet.prices));
    shelf.keep(Kind::Prices, text.as_deref())
}

/// Keeps a portfolio, or forgets the one that was kept when there are no plans. One that is too large leaves the one that is
/// kept where it is.
pub fn save_workspace(shelf: &Shelf, portfolio: Option<&Portfolio>) -> Saved {
    save_workspace_as(shelf, portfolio, None)
}

/// The same where the portfolio's file is known.
fn save_workspace_as(shelf: &Shelf, portfolio: Option<&Portfolio>, file: Option<&str>) -> Saved {
    let Some(all) = portfolio.filter(|all| workspace::holds_any(all)) else { return shelf.keep(Kind::Portfolio, None) };
    match file {
        Some(file) if workspace::is_saved(all, file) => shelf.keep(Kind::Portfolio, Some(file)),
        Some(_) => Saved::Waits,
        None => workspace::saved(all).map_or(Saved::Waits, |text| shelf.keep(Kind::Portfolio, Some(&text))),
    }
}

/// Keeps what was read of Azure, or forgets what was kept when none is open. A refused write leaves what was kept.
pub fn save_estate(shelf: &Shelf, kept: Option<&str>) -> Saved {
    shelf.keep(Kind::Estate, kept)
}

/// Keeps a portfolio; one that was put away before it has to be kept by then.
pub fn save_workspace_after(shelf: &Shelf, workspace: &Workspace, before: Option<&Portfolio>) -> Saved {
    let kept = save_workspace_as(shelf, workspace.portfolio.as_deref(), workspace.file().as_deref());
    let stands = |old: &Portfolio| workspace::saved(old).is_some_and(|old| shelf.previous_portfolio() == Some(old));
    if kept == Saved::Yes && before.is_none_or(stands) {
        shelf.drop_beside(Kind::Portfolio);
    }
    kept
}

/// Keeps the portfolio that another took the place of; false where it is too large, or the browser refuses.
pub fn save_previous_workspace(shelf: &Shelf, portfolio: &Portfolio) -> bool {
    workspace::saved(portfolio).is_some_and(|text| shelf.push_previous_portfolio(&text))
}

/// Keeps theme, mode and view.
pub fn save_view(shelf: &Shelf, theme: Theme, mode: Mode, view: View) -> Saved {
    let mode = if mode == Mode::Advanced { "advanced" } else { "basic" };
    let text = format!("{} {mode} {}", theme.attribute().unwrap_or("system"), view.path());
    shelf.keep(Kind::View, Some(&text))
}

#[cfg(test)]
mod tests;
