//! The price sheet: what it replaced, what it lacks, what it contradicts, and how to get one.

use super::super::panel::{panel, scroll};
use crate::bar::pick_files;
use crate::files;
use crate::inputs::amounts;
use crate::state::{Act, Action, OpenedSheet, Session, View, use_act, use_session};
use dr_core::import::retail::{SheetReport, price_list_address};
use dr_core::model::cost::BillLine;
use dr_core::units::format;
use yew::prelude::*;

/// Prices that are listed at most; the rest is counted.
const MOST: usize = 200;

/// The prices in use, and the way to one's own.
#[component]
pub(super) fn Prices() -> Html {
    let (session, act) = (use_session(), use_act());
    sheet(&session, &act)
}

fn sheet(session: &Session, act: &Act) -> Html {
    let pick = pick_files(act).reform(|_: MouseEvent| ());
    let links = html! {
        <>
            <button type="button" class="link" onclick={pick}>{ if session.sheet.is_some() { "Open another" } else { "Open a price sheet…" } }</button>
            if session.sheet.is_some() { <button type="button" class="link" onclick={act.reform(|_: MouseEvent| Action::CloseSheet)}>{ "Back to the bundled prices" }</button> }
        </>
    };
    let (says, content) = match &session.sheet {
        Some(sheet) => opened(session, sheet),
        None => (
            format!(
                "Prices are the bundled ones of {}. A file of the Azure Retail Prices API takes their place, row by row, in its own currency; it stays in this browser.",
                session.catalog.as_of()
            ),
            Html::default(),
        ),
    };
    let content = html! { <>{ amounts(session, act) }{ content }{ how_to(session) }</> };
    panel("Price sheet", &says, links, content)
}

/// Where a line of the bill has no price: the way to the view.
pub(super) fn offer(line: &BillLine) -> Html {
    if line.amount.is_some() || !line.kind.is_on_price_list() {
        return Html::default();
    }
    html! { <Offer /> }
}

#[component]
fn Offer() -> Html {
    let lead = use_act().reform(|_: MouseEvent| Action::Look(View::Prices));
    html! { <button type="button" class="link" onclick={lead}>{ "Price sheet…" }</button> }
}

fn opened(session: &Session, sheet: &OpenedSheet) -> (String, Html) {
    let report = &sheet.report;
    let lacks = dr_core::report::sheet::missing(&session.evaluation, &session.catalog);
    let says = format!("{}: {} {}", sheet.name, report.headline(), report.answer(lacks.len()));
    let lacks: Vec<String> = lacks.into_iter().map(|lack| format!("{}: {}", lack.what, lack.instead)).collect();
    let mut mind = report.notes.clone();
    mind.extend(report.reread(session.plan.horizon.start));
    let left_out: Vec<String> = report
        .left_out
        .iter()
        .map(|(reason, rows)| format!("{} {}", format::count(f64::from(*rows)), reason.as_str()))
        .collect();
    let kept = if sheet.is_kept() {
        "Its prices are kept in this browser for the next visit."
    } else {
        "It is too large to be kept in this browser: open it again at the next visit."
    };
    let content = html! {
        <>
            { prices(session, report) }
            { list("What the sheet lacks", &lacks) }
            { list("What the sheet gives and the scheme of traffic does not take", &dr_core::report::sheet::unused(&session.evaluation, &session.catalog)) }
            { list("Rows that contradict each other", &report.contradictions) }
            { list("Rows that were left out", &left_out) }
            { list("Mind", &mind) }
            <p class="remark">{ kept }</p>
        </>
    };
    (says, content)
}

fn list(title: &str, entries: &[String]) -> Html {
    if entries.is_empty() {
        return Html::default();
    }
    html! { <><h3>{ title }</h3><ul class="mind">{ for entries.iter().map(|entry| html! { <li>{ entry }</li> }) }</ul></> }
}

/// The prices in the plan's regions, those first that differ from the bundled ones.
fn prices(session: &Session, report: &SheetReport) -> Html {
    let regions: Vec<_> = session.plan.regions.iter().map(|region| region.region.clone()).collect();
    let rows = report.rows_in(&regions);
    let shown = rows.len().min(MOST);
    let rest = report.prices.len() - shown;
    let row = |row: &&dr_core::catalog::SheetRow| {
        let effective = row.effective.map_or_else(|| "no date".to_owned(), |day| day.to_string());
        html! {
            <tr>
                <th scope="row">{ &row.what }</th>
                <td class="quiet">{ row.unit }</td>
                <td>{ row.words(report.currency) }if row.is_far() { {" "}<span class="word unknown">{ "far off" }</span> }</td>
                <td class="num">{ effective }</td>
            </tr>
        }
    };
    let table = html! {
        <table>
            <caption class="quiet">{ "Prices of the sheet in the plan’s regions: bundled → sheet" }</caption>
            <thead><tr><th scope="col">{ "Price" }</th><th scope="col">{ "For one" }</th><th scope="col">{ "Bundled → sheet" }</th><th scope="col" class="num">{ "Effective" }</th></tr></thead>
            <tbody>{ for rows.iter().take(MOST).map(row) }</tbody>
        </table>
    };
    html! {
        <>
            if shown > 0 { { scroll("Prices of the sheet", table) } }
            if rest > 0 { <p class="remark">{ format!("Not listed: {} in other regions or further down.", format::counted(rest, "price")) }</p> }
        </>
    }
}

fn how_to(session: &Session) -> Html {
    let address = price_list_address(&session.plan, session.catalog.currency());
    let copy = {
        let address = address.clone();
        Callback::from(move |_: MouseEvent| files::copy(&address))
    };
    html! {
        <details class="fold">
            <summary>{ "How to get one" }</summary>
            <p>{ "Open this address in another tab, save the answer, follow its NextPageLink until there is none, and open all files together. This page asks for nothing. For another currency change currencyCode." }</p>
            <div class="code"><pre tabindex="0"><code>{ address }</code></pre><button type="button" class="btn copy" onclick={copy}>{ "Copy" }</button></div>
        </details>
    }
}
