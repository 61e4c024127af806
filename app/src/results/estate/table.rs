//! The table of caches: a deployment a group of rows, which opens as a plan and unfolds its findings.

use super::Shown;
use super::filters::filters;
use crate::document::{blocks, of_cell, of_head, scroll, section_around};
use crate::results::portfolio::FIRST_ROWS;
use crate::state::{Act, Action, Estate, WorkspaceAct, use_act, use_session};
use dr_core::portfolio::{Row as PlanRow, Rows};
use dr_core::report::document::{Column, Row, Section, Text};
use dr_core::report::estate::{EstateQuery, Listing};
use dr_core::units::{Currency, format};
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct CachesProps {
    pub(super) estate: Shown,
    pub(super) rows: Rc<Rows>,
    /// The deployments that fit.
    pub(super) found: Vec<usize>,
    pub(super) query: UseStateHandle<EstateQuery>,
}

/// Filters and table.
#[component]
pub(super) fn Caches(props: &CachesProps) -> Html {
    let (session, act) = (use_session(), use_act());
    let shown = use_state(|| FIRST_ROWS);
    let open = use_state(BTreeSet::<usize>::new);
    let listing = &props.estate.0.listing;
    let columns = Listing::columns();
    let currency = session.catalog.currency();
    let view =
        Groups { estate: &props.estate.0, rows: &props.rows, columns: &columns, currency, open: &open, act: &act };
    let in_view = &props.found[..props.found.len().min(*shown)];
    let more = props.found.len().saturating_sub(*shown);
    let show_more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + FIRST_ROWS))
    };
    let table = html! {
        <table data-table="estate" aria-label="Caches of the estate">
            { of_head(&columns) }
            { for in_view.iter().map(|at| view.group(*at)) }
        </table>
    };
    let content = html! {
        <>
            { filters(listing, &props.query) }
            { scroll("Caches of the estate", table) }
            if more > 0 { <p class="remark"><button type="button" class="btn" onclick={show_more}>{ format!("Show more: {} left", format::count(more as f64)) }</button></p> }
        </>
    };
    section_around(&Section::new("estate-caches", "Caches", ""), Html::default(), content)
}

/// What a group of rows needs.
struct Groups<'a> {
    estate: &'a Estate,
    rows: &'a Rows,
    columns: &'a [Column],
    currency: Currency,
    open: &'a UseStateHandle<BTreeSet<usize>>,
    act: &'a Act,
}

impl Groups<'_> {
    /// The caches of a deployment, and what was found about it where that is unfolded.
    fn group(&self, at: usize) -> Html {
        let listing = &self.estate.listing;
        let entry = listing.deployments.get(at).and_then(|it| it.entry);
        let plan: Option<&PlanRow> = entry.and_then(|entry| self.rows.rows.get(entry));
        let rows = listing.rows(at, plan, self.currency);
        let is_open = self.open.contains(&at);
        let details = || html! { <tr class="note"><td colspan={self.columns.len().to_string()}><div class="unfolded">{ blocks(&listing.details(at)) }</div></td></tr> };
        html! {
            <tbody key={at} data-deployment={at.to_string()}>
                { for rows.iter().enumerate().map(|(place, row)| self.row(at, row, place == 0, entry.is_some())) }
                if is_open { { details() } }
            </tbody>
        }
    }

    fn row(&self, at: usize, row: &Row, first: bool, opens: bool) -> Html {
        let found = Listing::found_column();
        let cell = |(place, (words, column)): (usize, (&Text, &Column))| match (first, place) {
            (true, 0) if opens => self.name(at, words),
            (true, 0) => html! { <th scope="row">{ words.words() }</th> },
            (true, place) if Some(place) == found => self.findings(at, words),
            _ => of_cell(words, column),
        };
        html! { <tr data-cache="">{ for row.cells.iter().zip(self.columns).enumerate().map(cell) }</tr> }
    }

    fn name(&self, at: usize, words: &Text) -> Html {
        let open = self.act.reform(move |_: MouseEvent| Action::Workspace(WorkspaceAct::Deployed(at)));
        let name = words.words();
        let label = format!("Open {name} as a plan");
        html! { <th scope="row"><button type="button" class="link" aria-label={label} onclick={open}>{ name }</button></th> }
    }

    /// Count and worst, which unfolds them; evidence stands there too where nothing was found.
    fn findings(&self, at: usize, words: &Text) -> Html {
        let is_open = self.open.contains(&at);
        let toggle = {
            let open = self.open.clone();
            Callback::from(move |_: MouseEvent| {
                let mut next = (*open).clone();
                if !next.remove(&at) {
                    next.insert(at);
                }
                open.set(next);
            })
        };
        let name = self.estate.listing.deployments.get(at).map_or("", |it| it.name.as_str());
        let label = format!("Findings and evidence of {name}: {}", words.words());
        html! { <td><button type="button" class="link" aria-label={label} aria-expanded={is_open.to_string()} onclick={toggle}>{ words.words() }<span aria-hidden="true">{ if is_open { " ▴" } else { " ▾" } }</span></button></td> }
    }
}
