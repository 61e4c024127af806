//! The table of plans.

use super::{FIRST_ROWS, Tagged};
use crate::document::{of_cell, scroll, section_around, text};
use crate::state::{Act, Action, Session, WorkspaceAct};
use dr_core::portfolio::{Order, Query, Rows, SortBy, view};
use dr_core::report::document::{Column, Row, Text};
use dr_core::report::tags::tag_pair;
use dr_core::report::views;
use dr_core::units::format;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

pub(super) fn table(
    session: &Session,
    act: &Act,
    rows: &Rc<Rows>,
    tags: &Rc<Tagged>,
    query: &UseStateHandle<Query>,
    shown: &UseStateHandle<usize>,
) -> Html {
    let found = view(&rows.rows, query);
    let currency = session.catalog.currency();
    let in_view = &found[..found.len().min(**shown)];
    let table = views::portfolio::plans_table(&rows.rows, in_view, &session.catalog);
    let more = found.len().saturating_sub(**shown);
    let show_more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + FIRST_ROWS))
    };
    let heads = table.columns.iter().zip(SortBy::COLUMNS).map(|(column, sort)| head(column, sort, query));
    let body = html! {
        <table aria-label={table.name.clone()}>
            <thead><tr>{ for heads }<th scope="col"><span class="visually-hidden">{ "Take out" }</span></th></tr></thead>
            <tbody>{ for in_view.iter().zip(&table.rows).map(|(at, cells)| row(*at, cells, &table.columns, act)) }</tbody>
        </table>
    };
    let content = html! {
        <>
            { filters(session, tags, query) }
            { scroll(&table.name, body) }
            if more > 0 { <p class="remark"><button type="button" class="btn" onclick={show_more}>{ format!("Show more: {} left", format::count(more as f64)) }</button></p> }
        </>
    };
    section_around(&views::portfolio::plans(&rows.rows, &found, currency), Html::default(), content)
}

/// A heading that sorts: rising, falling, then as in the file.
fn head(column: &Column, sort: SortBy, query: &UseStateHandle<Query>) -> Html {
    let (own, next) = turned(query, sort);
    let onclick = {
        let query = query.clone();
        Callback::from(move |_: MouseEvent| query.set(Query { sort: next.0, order: next.1, ..(*query).clone() }))
    };
    let (state, sign) = match own {
        None => ("none", ""),
        Some(Order::Rising) => ("ascending", " ▲"),
        Some(Order::Falling) => ("descending", " ▼"),
    };
    html! {
        <th scope="col" class={column.figures.then_some("num")} aria-sort={state}><button type="button" class="link" {onclick}>{ text(&column.head) }<span aria-hidden="true">{ sign }</span></button></th>
    }
}

/// How a column is sorted now, and what a press on its heading asks for.
pub(super) fn turned(query: &Query, sort: SortBy) -> (Option<Order>, (SortBy, Order)) {
    let own = (query.sort == sort).then_some(query.order);
    let next = match own {
        None => (sort, Order::Rising),
        Some(Order::Rising) => (sort, Order::Falling),
        Some(Order::Falling) => (SortBy::File, Order::Rising),
    };
    (own, next)
}

fn row(at: usize, row: &Row, columns: &[Column], act: &Act) -> Html {
    let name = row.cells.first().map(Text::words).unwrap_or_default();
    let open = act.reform(move |_: MouseEvent| Action::Workspace(WorkspaceAct::Plan(at)));
    let remove = act.reform(move |_: MouseEvent| Action::Workspace(WorkspaceAct::Remove(at)));
    let label = format!("Take {name} out of the portfolio");
    html! {
        <tr key={at}>
            <th scope="row"><button type="button" class="link" onclick={open}>{ name }</button></th>
            { for row.cells.iter().zip(columns).skip(1).map(|(cell, column)| of_cell(cell, column)) }
            <td><button type="button" class="link" aria-label={label} onclick={remove}>{ "✕" }</button></td>
        </tr>
    }
}

/// A field for words and, for each key, its values.
fn filters(session: &Session, tags: &Rc<Tagged>, query: &UseStateHandle<Query>) -> Html {
    let oninput = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            query.set(Query { text, ..(*query).clone() });
        })
    };
    let options: Html = tags
        .pairs
        .iter()
        .enumerate()
        .map(|(at, pair)| {
            let selected = query.tag.as_ref() == Some(pair);
            html! { <option value={at.to_string()} {selected}>{ tag_pair(&pair.0, &pair.1, &session.catalog) }</option> }
        })
        .collect();
    let onchange = {
        let (query, tags) = (query.clone(), Rc::clone(tags));
        Callback::from(move |event: Event| {
            let at: Option<usize> = event.target_unchecked_into::<HtmlSelectElement>().value().parse().ok();
            let tag = at.and_then(|at| tags.pairs.get(at).cloned());
            query.set(Query { tag, ..(*query).clone() });
        })
    };
    html! {
        <div class="knobs">
            <div class="field"><label for="portfolio-text">{ "Find" }</label>
                <input id="portfolio-text" class="picker" type="search" autocomplete="off" value={query.text.clone()} placeholder="name, tag or topology" {oninput} /></div>
            <div class="field"><label for="portfolio-tag">{ "Only with the tag" }</label>
                <select id="portfolio-tag" class="picker" {onchange}><option value="" selected={query.tag.is_none()}>{ "any" }</option>{ options }</select></div>
        </div>
    }
}
