//! The estate as Azure prints it: what runs, costs and was found, cache by cache; the commands to run while nothing is read.

mod filters;
mod table;
#[cfg(test)]
mod tests;

use super::fold::folded_with;
use super::portfolio::{chargeback, use_rows};
use crate::document::{blocks, section, section_with};
use crate::files::download;
use crate::opening::pick_files;
use crate::state::{Act, Estate, Session, use_act, use_session};
use dr_core::portfolio::{Rows, tag_keys, write};
use dr_core::report::estate::{EstateQuery, SCRIPT, commands};
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
        None => html! { <div class="portfolio">{ section_with(&commands(), ways(&act), Html::default()) }</div> },
        Some(estate) => html! { <Imported estate={Shown(estate)} ready={Rc::clone(&props.ready)} /> },
    }
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
    let currency = session.catalog.currency();
    let opening = estate.listing.opening(&rows.rows, chosen, currency);
    let found = estate.listing.fitting(&query);
    let by = if keys.is_empty() { Html::default() } else { chargeback("Chargeback by", chosen, &keys, &act) };
    let how = commands();
    html! {
        <div class="portfolio">
            { section_with(&opening, links(&session, estate, &rows, &found), by) }
            { for estate.listing.of_the_files().iter().map(section) }
            <table::Caches estate={props.estate.clone()} rows={Rc::clone(&rows)} {found} {query} />
            { for estate.listing.left_out().iter().map(section) }
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
