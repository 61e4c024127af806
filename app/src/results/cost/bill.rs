//! The table of the bill with its controls: a line opens to where it comes from, and a node's price can be typed there.

use super::super::own_price::OwnPrice;
use super::super::view::words;
use super::{files, sheet};
use crate::document::{blocks, of_cell, of_head, of_row, scroll, text};
use crate::state::{Act, Session};
use dr_core::model::Topology;
use dr_core::model::cost::{BillLine, LineKind};
use dr_core::report::document::{Column, Row, RowKind, Table};
use dr_core::report::views::cost::line_facts;
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::prelude::*;

/// Lines that are open, by design and place in its bill.
pub(super) type Open = UseStateHandle<BTreeSet<(Topology, usize)>>;

/// The table of the core; each group of its rows is a design's bill, the plain ones of which are its lines.
pub(super) fn table(table: &Table, session: &Rc<Session>, act: &Act, open: &Open) -> Html {
    let groups = table.rows.chunk_by(|_, next| next.kind != RowKind::Group).zip(Topology::ALL);
    let body = html! {
        <table class="bill" data-table={table.id}>
            { of_head(&table.columns) }
            { for groups.map(|(rows, topology)| group(rows, topology, &table.columns, session, act, open)) }
        </table>
    };
    scroll(&table.name, body)
}

fn group(rows: &[Row], topology: Topology, columns: &[Column], session: &Rc<Session>, act: &Act, open: &Open) -> Html {
    let mut lines = session.evaluation.of(topology).bill.lines.iter().enumerate();
    let shown = rows.iter().map(|row| match row.kind {
        RowKind::Group => head(row, topology, columns.len(), session, act),
        RowKind::Plain => lines.next().map_or_else(Html::default, |(at, line)| {
            let toggle = toggle(open, (topology, at));
            own_row(row, columns, (topology, line), session, open.contains(&(topology, at)), toggle)
        }),
        RowKind::Total | RowKind::Note => of_row(row, columns),
    });
    html! { <tbody data-bill={words::slug(topology)}>{ for shown }</tbody> }
}

fn head(row: &Row, topology: Topology, columns: usize, session: &Rc<Session>, act: &Act) -> Html {
    html! { <tr class="head"><th scope="rowgroup" colspan={columns.to_string()}>{ for row.cells.iter().map(text) }{ files::focus_link(topology, session, act) }</th></tr> }
}

fn toggle(open: &Open, line: (Topology, usize)) -> Callback<MouseEvent> {
    let open = open.clone();
    Callback::from(move |_: MouseEvent| {
        let mut next = (*open).clone();
        if !next.remove(&line) {
            next.insert(line);
        }
        open.set(next);
    })
}

/// A line with its button; below it, when it is open, where it comes from.
pub(super) fn own_row(
    row: &Row,
    columns: &[Column],
    (topology, line): (Topology, &BillLine),
    session: &Session,
    open: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    let name = row.cells.first().map_or_else(Html::default, text);
    let facts = || line_facts(line, &session.evaluation.of(topology).bill, &session.catalog);
    html! {
        <>
            <tr>
                <td><button type="button" class="opens" aria-expanded={open.to_string()} {onclick}>{ name }</button></td>
                { for row.cells.iter().zip(columns).skip(1).map(|(cell, column)| of_cell(cell, column)) }
            </tr>
            if open {
                <tr class="details"><td colspan={columns.len().to_string()}>
                    { blocks(&[facts()]) }
                    { own_price(line, topology, session) }
                    { sheet::offer(line) }
                </td></tr>
            }
        </>
    }
}

/// A node's price can be typed: it wins over the catalogue.
fn own_price(line: &BillLine, topology: Topology, session: &Session) -> Html {
    let caches = &session.evaluation.of(topology).design.caches;
    match line.cache.and_then(|at| caches.get(at)).filter(|_| line.kind == LineKind::Nodes) {
        Some(cache) => {
            html! { <OwnPrice sku={cache.sku.clone()} region={cache.region.clone()} label="Your price of a node-hour" /> }
        }
        None => Html::default(),
    }
}
