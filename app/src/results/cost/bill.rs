//! The bill of a steady month with its controls: a line opens to where it comes from, and a node's price can be typed there.

use super::bands::{Banded, PAUSE};
use super::{files, prices};
use crate::document::{self, blocks, of_cell, of_head, of_row, scroll, section_around, text};
use crate::results::in_pieces::use_pieces;
use crate::results::own_price::OwnPrice;
use crate::state::{Act, Session, use_act, use_session};
use dr_core::model::Topology;
use dr_core::model::cost::{BillLine, LineKind};
use dr_core::report::document::{Block, Column, Row, RowKind, Table};
use dr_core::report::views::cost::{BILLS, ORIGINS, bill, line_facts};
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::prelude::*;

/// Lines that are open, by design and place in its bill.
type Open = UseStateHandle<BTreeSet<(Topology, usize)>>;

/// Chart and sentence, then the bill of each design: that of the recommended one is open. Each line opens.
#[component]
pub(super) fn Bill() -> Html {
    let (session, act) = (use_session(), use_act());
    let open = use_state(BTreeSet::new);
    let bands = use_pieces::<Banded>(&session, None, PAUSE);
    let bands = bands.borrow().as_ref().and_then(|known| known.all.clone());
    let section = bill(session.subject(), bands.as_deref());
    let content = section.blocks.iter().map(|block| fold(block, &session, &act, &open));
    section_around(&section, files::links(&session, bands.as_ref()), content.collect())
}

/// The bill of a design, which folds: its table, the lines of which open, and its FOCUS file. Another fold is drawn as it is.
fn fold(block: &Block, session: &Rc<Session>, act: &Act, open: &Open) -> Html {
    let as_it_is = || document::blocks(std::slice::from_ref(block));
    let Block::Details { summary, open: first, blocks } = block else { return as_it_is() };
    // A line opens to where it comes from.
    if blocks.is_empty() || summary.words() == ORIGINS {
        return Html::default();
    }
    let bill = blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some((table, of_table(table)?)),
        _ => None,
    });
    let Some((own, topology)) = bill else { return as_it_is() };
    html! {
        <details class="fold" open={*first}>
            <summary>{ text(summary) }</summary>
            <p class="links">{ files::focus_link(topology, session, act) }</p>
            { table(own, topology, session, open) }
        </details>
    }
}

/// Whose bill a table is.
fn of_table(table: &Table) -> Option<Topology> {
    Topology::ALL.into_iter().zip(BILLS).find(|(_, id)| *id == table.id).map(|(topology, _)| topology)
}

fn table(table: &Table, topology: Topology, session: &Rc<Session>, open: &Open) -> Html {
    let mut lines = session.evaluation.of(topology).bill.lines.iter().enumerate();
    let shown = table.rows.iter().map(|row| match row.kind {
        RowKind::Plain => lines.next().map_or_else(Html::default, |(at, line)| {
            let toggle = toggle(open, (topology, at));
            own_row(row, &table.columns, (topology, line), session, open.contains(&(topology, at)), toggle)
        }),
        _ => of_row(row, &table.columns),
    });
    let body = html! {
        <table class="bill" data-table={table.id}>
            { of_head(&table.columns) }
            <tbody data-bill={topology.slug()}>{ for shown }</tbody>
        </table>
    };
    scroll(&table.name, body)
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
                    { prices::offer(line) }
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
            html! { <OwnPrice sku={cache.sku.clone()} region={cache.region.clone()} label="Your price of a node-hour as used, discount taken off" /> }
        }
        None => Html::default(),
    }
}
