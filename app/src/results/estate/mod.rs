//! The estate as Azure prints it: what runs, costs and was found, cache by cache; the commands to run while nothing is read.

mod filters;
mod table;
#[cfg(test)]
mod tests;

use super::fold::{folded, folded_with};
use super::portfolio::{chargeback, use_rows};
use crate::document::{blocks, section, section_with};
use crate::files::download;
use crate::opening::{DateOrders, is_remembered, pick_files};
use crate::state::{Act, Action, Estate, Session, WorkspaceAct, use_act, use_session};
use dr_core::import::dates::asks_for_order;
use dr_core::portfolio::{Portfolio, Rows, tag_keys, write};
use dr_core::report::estate::{EstateQuery, Listing, SCRIPT, commands};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct EstateViewProps {
    /// What was reckoned before, for the first drawing.
    #[prop_or_default]
    pub(super) ready: Rc<Rows>,
}

/// The estate, or how to read one.
#[component]
pub(super) fn EstateView(props: &EstateViewProps) -> Html {
    let (session, act) = (use_session(), use_act());
    match session.workspace.estate.clone() {
        None => html! {
            <div class="portfolio">
                if let Some(kept) = session.workspace.kept.clone() { <Kept text={kept} /> }
                { section_with(&commands(), ways(&act), Html::default()) }
            </div>
        },
        Some(estate) => html! { <Imported estate={Shown(estate)} ready={Rc::clone(&props.ready)} /> },
    }
}

#[derive(Properties, PartialEq)]
struct KeptProps {
    text: Rc<str>,
}

/// Reads what an earlier visit kept; a text that cannot be read stays where it is, and says so.
#[component]
fn Kept(props: &KeptProps) -> Html {
    let (session, act) = (use_session(), use_act());
    let failed = use_state(|| None::<String>);
    {
        let (failed, kept) = (failed.clone(), Rc::clone(&props.text));
        use_effect_with(props.text.as_ptr(), move |_| {
            let portfolio = session.workspace.portfolio.clone().unwrap_or_default();
            match restored(&kept, portfolio) {
                Ok(estate) => act.emit(Action::Workspace(WorkspaceAct::RestoreEstate(Box::new(estate)))),
                Err(why) => failed.set(Some(why)),
            }
        });
    }
    failed.as_ref().map_or_else(Html::default, |why| html! { <p class="remark" role="alert">{ why }</p> })
}

/// The estate of a kept text, with the plans of the portfolio that is open.
pub(super) fn restored(kept: &Rc<str>, portfolio: Rc<Portfolio>) -> Result<Estate, String> {
    let listing = Listing::from_text(kept, &portfolio)?;
    Ok(Estate { listing, portfolio, told: String::new(), file: Rc::from(""), kept: Rc::clone(kept), is_added: false })
}

/// An estate, compared by identity.
#[derive(Clone)]
pub(super) struct Shown(pub(super) Rc<Estate>);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Properties, PartialEq)]
struct ImportedProps {
    estate: Shown,
    ready: Rc<Rows>,
}

/// What was read.
#[component]
fn Imported(props: &ImportedProps) -> Html {
    let (session, act) = (use_session(), use_act());
    let estate = &props.estate.0;
    let rows = use_rows(&session, &estate.portfolio, &props.ready);
    let query = use_state(EstateQuery::default);
    let keys = use_memo(Rc::as_ptr(estate), |_| tag_keys(&estate.portfolio.entries).keys);
    let chosen = keys.iter().find(|own| **own == session.workspace.chargeback);
    let region = keys.iter().find(|own| *own == "azure-region");
    let chosen = chosen.or(region).or(keys.first()).map_or("", String::as_str);
    let opening = estate.listing.opening(&rows.rows, chosen, &session.catalog);
    let found = estate.listing.fitting(&query);
    let by = if keys.is_empty() { Html::default() } else { chargeback("Chargeback by", chosen, &keys, &act) };
    let how = commands();
    html! {
        <div class="portfolio">
            { section_with(&opening, links(&session, estate, &rows, &found), by) }
            { for estate.listing.changes().iter().map(section) }
            { for estate.listing.of_the_files().iter().map(section) }
            <table::Caches estate={props.estate.clone()} rows={Rc::clone(&rows)} {found} {query} />
            { for estate.listing.measured_and_paid().iter().map(folded) }
            { for estate.listing.left_out().iter().map(|it| section_with(it, dates(&estate.listing), Html::default())) }
            { folded_with(&how, html! { <><p class="links">{ ways(&act) }</p>{ blocks(&how.blocks) }</> }) }
        </div>
    }
}

/// The files of what is in view; what was changed since in the portfolio is in its file.
fn links(session: &Session, estate: &Rc<Estate>, rows: &Rc<Rows>, found: &[usize]) -> Html {
    let portfolio = session.workspace.portfolio.clone().unwrap_or_else(|| Rc::clone(&estate.portfolio));
    let file = move |_: MouseEvent| download("portfolio.json", "application/json", write(&portfolio).as_bytes());
    let table = {
        let (estate, rows, found, currency) =
            (Rc::clone(estate), Rc::clone(rows), found.to_vec(), session.catalog.currency());
        move |_: MouseEvent| {
            let text = estate.listing.document(&found, &rows.rows, currency).csv();
            download("estate.csv", "text/csv", text.as_bytes());
        }
    };
    let waits = rows.rows.len() < estate.portfolio.entries.len();
    html! {
        <>
            <button type="button" class="link" aria-label="Save the portfolio as a file" onclick={Callback::from(file)}>{ "Portfolio (JSON)" }</button>
            <button type="button" class="link" aria-label="Save the table of the estate as CSV" disabled={waits} onclick={Callback::from(table)}>{ "CSV" }</button>
        </>
    }
}

/// The choice that a file leaves to the person, while the files are at hand.
fn dates(listing: &Listing) -> Html {
    let asks = listing.not_read.iter().any(|it| asks_for_order(it));
    if asks && is_remembered() {
        html! { <DateOrders /> }
    } else {
        Html::default()
    }
}

/// The script that runs all commands, and the way to open what it saves.
fn ways(act: &Act) -> Html {
    let pick = pick_files(act).reform(|_: MouseEvent| ());
    html! {
        <>
            <a class="link" href={SCRIPT} download={SCRIPT}>{ SCRIPT }</a>
            <button type="button" class="link" onclick={pick}>{ "Open files…" }</button>
        </>
    }
}
