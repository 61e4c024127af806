//! What stands beside the bill: expected downtime, and reads while a cache is cold.

use super::super::panel::{panel, scroll};
use super::super::view::words;
use crate::state::Session;
use dr_core::catalog::Price;
use dr_core::explore::downtime;
use dr_core::model::Topology;
use dr_core::model::cost::beside::{Yearly, beside};
use dr_core::units::format;
use yew::prelude::*;

pub(super) fn beside_the_bill(session: &Session) -> Html {
    let rows: Vec<(Topology, &'static str, Yearly)> =
        Topology::ALL.into_iter().flat_map(|topology| rows(topology, session)).collect();
    let name = "Beside the bill";
    let table = html! {
        <table class="bill">
            <thead><tr><th scope="col">{ "Expected in a year" }</th><th scope="col">{ "How much (P05 – P95)" }</th><th scope="col" class="num">{ "A year" }</th></tr></thead>
            <tbody>{ for rows.iter().map(|row| drawn(row, session)) }</tbody>
        </table>
    };
    panel(name, &says(&rows, session), Html::default(), scroll(name, table))
}

fn rows(topology: Topology, session: &Session) -> impl Iterator<Item = (Topology, &'static str, Yearly)> {
    let answer = session.evaluation.of(topology);
    let lost = downtime(&session.plan, answer);
    let beside = beside(&session.plan, &session.catalog, &session.evaluation.demand, answer, lost);
    let named = [("downtime", beside.downtime), ("reads while the cache is cold", beside.cold_reads)];
    named.into_iter().filter_map(move |(what, yearly)| Some((topology, what, yearly?)))
}

fn says(rows: &[(Topology, &'static str, Yearly)], session: &Session) -> String {
    let hours = rows.iter().filter(|(_, _, yearly)| yearly.unit == "h").map(|(topology, _, yearly)| {
        let cost = yearly
            .cost
            .map_or_else(String::new, |cost| format!(" ({})", format::money(cost.mode, session.catalog.currency())));
        format!("{} h{cost} for the {}", format::quantity(yearly.quantity.mode), topology.name().to_ascii_lowercase())
    });
    let hours = hours.collect::<Vec<_>>().join(", ");
    format!(
        "Expected downtime a year: {hours}. It stands on how often a region goes down and for how long, which are your assumptions; nothing here is part of the bill."
    )
}

fn drawn((topology, what, yearly): &(Topology, &'static str, Yearly), session: &Session) -> Html {
    let currency = session.catalog.currency();
    let amount = match (yearly.cost, &yearly.price) {
        (Some(cost), _) => format::money_cents(cost.mode, currency),
        (None, _) => "no price".to_owned(),
    };
    let detail = match (&yearly.price, yearly.cost) {
        (Price::Unknown { reason }, None) => reason.clone(),
        (Price::Known(known), Some(cost)) => format!(
            "{} for one {}; {} – {}",
            format::price(known.amount, currency),
            yearly.unit,
            format::money(cost.low, currency),
            format::money(cost.high, currency)
        ),
        _ => String::new(),
    };
    let [low, mode, high] = [yearly.quantity.low, yearly.quantity.mode, yearly.quantity.high].map(format::quantity);
    html! {
        <tr>
            <th scope="row" class={words::class(*topology)}>{ format!("{}: {what}", topology.name()) }<div class="quiet">{ &yearly.formula }</div></th>
            <td>{ format!("{mode} {} ({low} – {high})", yearly.unit) }<div class="quiet">{ detail }</div></td>
            <td class="num">{ amount }</td>
        </tr>
    }
}
