//! Many plans: totals, shares by tag, a table that sorts and filters, files.

mod files;
mod form;
mod table;
#[cfg(test)]
mod tests;

use super::fold::folded;
use crate::document::{section, section_with};
use crate::slices;
use crate::state::{Act, Action, Session, WorkspaceAct, use_act, use_session};
use dr_core::portfolio::{Portfolio, Query, Rows, TagKeys, tag_keys, tag_pairs};
use dr_core::report::tags::tag_name;
use dr_core::report::views;
use dr_core::units::format;
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The choice between the plan, the open portfolio and the estate; nothing while the plan is all there is.
pub(super) fn switch(session: &Session, act: &Act) -> Html {
    let place = &session.workspace;
    if place.portfolio.is_none() && place.kept.is_none() && !place.shown {
        return Html::default();
    }
    let button = |pressed: bool, name: String, to: fn() -> WorkspaceAct| {
        let onclick = act.reform(move |_: MouseEvent| Action::Workspace(to()));
        html! { <button type="button" aria-pressed={pressed.to_string()} {onclick}>{ name }</button> }
    };
    let plans = place.portfolio.as_ref().map_or(0, |all| all.entries.len());
    let portfolio = format!("Portfolio: {}", format::counted(plans, "plan"));
    html! {
        <div class="seg views" role="group" aria-label="What is shown">
            { button(!place.shown, "This plan".to_owned(), || WorkspaceAct::Show(false)) }
            { button(place.shown && !place.on_estate, portfolio, || WorkspaceAct::Show(true)) }
            { button(place.shown && place.on_estate, "Estate".to_owned(), || WorkspaceAct::ShowEstate) }
        </div>
    }
}

/// Rows of the table before a person asks for more.
pub(super) const FIRST_ROWS: usize = 200;

#[derive(Properties, PartialEq)]
pub(super) struct PortfolioViewProps {
    /// What was reckoned before, for the first drawing.
    #[prop_or_default]
    pub(super) ready: Rc<Rows>,
}

/// The open portfolio.
#[component]
pub(super) fn PortfolioView(props: &PortfolioViewProps) -> Html {
    let (session, act) = (use_session(), use_act());
    let portfolio = session.workspace.portfolio.clone().unwrap_or_default();
    let rows = use_rows(&session, &portfolio, &props.ready);
    let query = use_state(Query::default);
    let shown = use_state(|| FIRST_ROWS);
    let tags = use_memo(Rc::as_ptr(&portfolio), |_| Tagged::of(&portfolio));
    let keys = &tags.keys.keys;
    let chosen = keys.iter().find(|own| **own == session.workspace.chargeback).or(keys.first()).cloned();
    let done = rows.rows.len() >= portfolio.entries.len();
    let currency = session.catalog.currency();
    let links = files::links(&session, &act, &portfolio, &rows, done);
    let key = chosen.as_deref().filter(|_| done);
    let shares = key.and_then(|key| views::portfolio::share(&rows.rows, key, &tags.keys, &session.catalog));
    let choice = key.filter(|_| shares.is_some()).map(|key| chargeback("Share by tag", key, keys, &act));
    let summary = views::portfolio::summary(&rows.rows, portfolio.entries.len(), shares, currency);
    html! {
        <div class="portfolio">
            { section_with(&summary, links, choice.unwrap_or_default()) }
            { for views::portfolio::not_read(&portfolio).iter().map(section) }
            <details class="panel fold" open={portfolio.entries.is_empty()}>
                <summary><h2>{ "Add the plan in view" }</h2></summary>
                { form::form(&session, &act, &portfolio) }
            </details>
            if done {
                if !rows.rows.is_empty() { { table::table(&session, &act, &rows, &tags, &query, &shown) } }
                { for views::portfolio::waves(&rows.rows, None, None, currency).iter().map(folded) }
            }
        </div>
    }
}

/// Most tags that can be chosen from a list.
const MOST_CHOICES: usize = 1_000;

/// The tags of a portfolio: found once for each, for a file may hold half a million.
struct Tagged {
    keys: TagKeys,
    pairs: Vec<(String, String)>,
}

impl Tagged {
    fn of(portfolio: &Portfolio) -> Self {
        let keys = tag_keys(&portfolio.entries);
        Self { pairs: tag_pairs(&portfolio.entries, &keys.keys, MOST_CHOICES), keys }
    }
}

/// The choice of the tag by which the month is shared out.
pub(super) fn chargeback(label: &'static str, chosen: &str, keys: &[String], act: &Act) -> Html {
    let onchange = act.reform(|event: Event| {
        let key = event.target_unchecked_into::<HtmlSelectElement>().value();
        Action::Workspace(WorkspaceAct::Chargeback(key))
    });
    let options = keys
        .iter()
        .map(|own| html! { <option value={own.clone()} selected={own == chosen}>{ tag_name(own) }</option> });
    html! { <label class="own-price">{ label }<select class="picker" {onchange}>{ for options }</select></label> }
}

/// The rows, reckoned in slices that leave the page free; rows that still hold are kept.
#[hook]
pub(super) fn use_rows(session: &Session, portfolio: &Rc<Portfolio>, ready: &Rc<Rows>) -> Rc<Rows> {
    let catalog = Rc::as_ptr(&session.catalog);
    let rows = {
        let ready = Rc::clone(ready);
        use_state(move || (catalog, ready))
    };
    let places = (Rc::as_ptr(portfolio), catalog, Rc::as_ptr(&rows.1));
    let kept = use_memo(places, |_| if rows.0 == catalog { rows.1.unchanged(portfolio) } else { Rows::default() });
    {
        let (rows, kept) = (rows.clone(), Rc::clone(&kept));
        use_effect_with((places.0, places.1), {
            let (portfolio, catalog) = (Rc::clone(portfolio), Rc::clone(&session.catalog));
            move |_| {
                let mut next = (*kept).clone();
                slices::run(move |slice| {
                    let mut done = next.rows.len() >= portfolio.entries.len();
                    while !done && slice.goes_on() {
                        done = next.advance(&portfolio, &catalog, 4);
                    }
                    if done || slice.is_time_to_tell() {
                        rows.set((Rc::as_ptr(&catalog), Rc::new(next.clone())));
                    }
                    done
                })
            }
        });
    }
    kept
}
