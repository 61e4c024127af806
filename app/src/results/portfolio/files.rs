//! The portfolio as files.

use super::slices;
use crate::files::{NO_DATE, download, today};
use crate::state::{Act, Action, Session, WorkspaceAct};
use dr_core::catalog::Catalog;
use dr_core::portfolio::{self, Portfolio, Rows};
use dr_core::report::portfolio::FocusText;
use dr_core::units::format;
use std::rc::Rc;
use yew::prelude::*;

/// Links to the files; those of figures wait until every plan is reckoned.
pub(super) fn links(session: &Session, act: &Act, portfolio: &Rc<Portfolio>, rows: &Rc<Rows>, done: bool) -> Html {
    let file = {
        let portfolio = Rc::clone(portfolio);
        move |_: MouseEvent| download("portfolio.json", "application/json", portfolio::write(&portfolio).as_bytes())
    };
    let table = {
        let (rows, currency) = (Rc::clone(rows), session.catalog.currency());
        move |_: MouseEvent| {
            download("portfolio.csv", "text/csv", dr_core::report::portfolio::csv(&rows.rows, currency).as_bytes());
        }
    };
    let focus = {
        let (portfolio, catalog, act) = (Rc::clone(portfolio), Rc::clone(&session.catalog), act.clone());
        move |_: MouseEvent| save_focus(Rc::clone(&portfolio), Rc::clone(&catalog), act.clone())
    };
    let link = |name: &'static str, label: &'static str, disabled: bool, onclick: Callback<MouseEvent>| {
        html! { <button type="button" class="link" aria-label={label} {disabled} {onclick}>{ name }</button> }
    };
    let empty = !done || rows.rows.is_empty();
    let close = act.reform(|_: MouseEvent| Action::Workspace(WorkspaceAct::Close));
    html! {
        <>
            { link("Save", "Save the portfolio as a file", false, Callback::from(file)) }
            { link("CSV", "CSV of the table", empty, Callback::from(table)) }
            { link("FOCUS", "FOCUS file of all plans", empty, Callback::from(focus)) }
            { link("Close", "Close the portfolio", false, close) }
        </>
    }
}

/// Makes the FOCUS file in slices, saves it, and says what is not in it.
fn save_focus(portfolio: Rc<Portfolio>, catalog: Rc<Catalog>, act: Act) {
    let Some(date) = today() else {
        return act.emit(Action::Refuse(NO_DATE.to_owned()));
    };
    let mut file = FocusText::new(&catalog, date);
    let plans = portfolio.entries.len();
    // Goes on to its end, also when the view is left.
    let _stop = slices::run(move |slice| {
        let mut done = false;
        while !done && slice.goes_on() {
            done = file.advance(&portfolio, &catalog, 1);
        }
        if done {
            download("portfolio-focus.csv", "text/csv", file.text.as_bytes());
            act.emit(Action::Tell(file.says(plans)));
        } else if slice.is_time_to_tell() {
            act.emit(Action::Tell(format!(
                "FOCUS file: {} of {} …",
                format::count(file.done() as f64),
                format::counted(plans, "plan")
            )));
        }
        done
    });
}
