//! The table of plans.

use super::super::panel::{panel, scroll};
use super::{FIRST_ROWS, Tagged};
use crate::state::{Act, Action, BookAct, Session};
use dr_core::portfolio::{HEAD, Order, Query, Row, Rows, SortBy, cells, totals, view};
use dr_core::units::Currency;
use dr_core::units::format;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Columns of figures, at the right.
const NUMBERS: std::ops::RangeInclusive<usize> = 3..=6;

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
    let sum = totals(found.iter().map(|at| &rows.rows[*at]));
    let says = if found.len() == rows.rows.len() { String::new() } else { sum.says(currency) };
    let in_view = found.iter().take(**shown).map(|at| row(*at, &rows.rows[*at], currency, act));
    let more = found.len().saturating_sub(**shown);
    let show_more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + FIRST_ROWS))
    };
    let body = html! {
        <table aria-label="Plans of the portfolio">
            <thead><tr>{ for HEAD.iter().zip(SortBy::COLUMNS).enumerate().map(|(at, (name, sort))| head(at, name, sort, query)) }<th scope="col"><span class="visually-hidden">{ "Take out" }</span></th></tr></thead>
            <tbody>{ for in_view }</tbody>
        </table>
    };
    let content = html! {
        <>
            { filters(tags, query) }
            { scroll("Plans of the portfolio", body) }
            if more > 0 { <p class="remark"><button type="button" class="btn" onclick={show_more}>{ format!("Show more: {} left", format::count(more as f64)) }</button></p> }
        </>
    };
    panel("Plans", &says, Html::default(), content)
}

fn numeric(at: usize) -> Option<&'static str> {
    NUMBERS.contains(&at).then_some("num")
}

/// A heading that sorts: rising, falling, then as in the file.
fn head(at: usize, name: &'static str, sort: SortBy, query: &UseStateHandle<Query>) -> Html {
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
        <th scope="col" class={classes!(numeric(at))} aria-sort={state}><button type="button" class="link" {onclick}>{ name }<span aria-hidden="true">{ sign }</span></button></th>
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

fn row(at: usize, row: &Row, currency: Currency, act: &Act) -> Html {
    let [name, rest @ ..] = cells(row, currency);
    let open = act.reform(move |_: MouseEvent| Action::Book(BookAct::Plan(at)));
    let remove = act.reform(move |_: MouseEvent| Action::Book(BookAct::Remove(at)));
    let label = format!("Take {name} out of the portfolio");
    html! {
        <tr key={at}>
            <th scope="row"><button type="button" class="link" onclick={open}>{ name }</button></th>
            { for rest.iter().enumerate().map(|(column, text)| html! { <td class={classes!(numeric(column + 1))}>{ text }</td> }) }
            <td><button type="button" class="link" aria-label={label} onclick={remove}>{ "✕" }</button></td>
        </tr>
    }
}

/// A field for words and, for each key, its values.
fn filters(tags: &Rc<Tagged>, query: &UseStateHandle<Query>) -> Html {
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
            html! { <option value={at.to_string()} {selected}>{ format!("{}={}", pair.0, pair.1) }</option> }
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
