//! The surge of a rebuild on the database.

use crate::results::panel::{panel, scroll};
use crate::state::Session;
use dr_core::model::surge::{Surge, surge};
use dr_core::units::Secs;
use dr_core::units::format;
use yew::prelude::*;

/// What lands on the database while the rebuilt cache is cold.
pub(super) fn surge_panel(session: &Session) -> Html {
    let plan = &session.plan;
    let surge = surge(plan, &session.evaluation.demand);
    let chain = session.evaluation.rebuild.rto.first();
    let band = |[p50, p95]: [Secs; 2]| format!("P50 {} · P95 {}", format::duration(p50), format::duration(p95));
    let first = chain.map_or_else(dash, |chain| band([chain.p50, chain.p95]));
    let at_once = |more: Option<Secs>| match (chain, more) {
        (Some(chain), Some(more)) => band(chain.without(plan, "load").map(|time| time + more)),
        (Some(_), None) => "never".to_owned(),
        (None, _) => dash(),
    };
    let stands = format!(
        "{}, {}",
        format::ops(surge.stands),
        surge.stands_bytes.map_or_else(|| "no limit in bytes entered".to_owned(), format::rate)
    );
    let rows = [
        ("Reads at the peak with a warm cache", format::ops(surge.usual)),
        (
            "Reads at the peak with an empty cache",
            format!("{}, {}", format::ops(surge.peak), format::rate(surge.peak_bytes)),
        ),
        ("Stood before users notice", stands),
        ("Unanswered at the worst moment", format::percent(surge.unanswered)),
        ("Overloaded for", format::duration_or(surge.overload, "ever")),
        ("Hit rate back after", format::duration_or(surge.hit_rate_back, "never")),
        ("RTO, clients kept out until the reload is through", first),
        ("RTO, clients let in at once, until nothing is overloaded", at_once(surge.overload)),
        ("RTO, clients let in at once, until the hit rate is back", at_once(surge.hit_rate_back)),
    ];
    let table = html! { <table><tbody>{ for rows.into_iter().map(|(name, text)| html! {
        <tr><th scope="row">{ name }</th><td class="num wraps">{ text }</td></tr>
    }) }</tbody></table> };
    let note = html! { <p class="remark">{ "Let in at once, clients meet an empty cache at the peak of the day, and the reload goes on beside them; every key is taken as read equally often. The RTO of the rebuild above keeps them out until the reload is through." }</p> };
    panel(
        "Rebuild: the surge on the database",
        &says(&surge),
        Html::default(),
        html! { <>{ scroll("Surge on the database", table) }{ note }</> },
    )
}

fn dash() -> String {
    "–".to_owned()
}

fn says(surge: &Surge) -> String {
    match surge.overload {
        None => format!(
            "The database stands {} and gets {} at the peak even with a warm cache: it never recovers by itself.",
            format::ops(surge.stands),
            format::ops(surge.usual)
        ),
        Some(time) if time > Secs::ZERO => format!(
            "At the peak an empty cache lets {} land on a database that stands {}: it is overloaded for {}, and the hit rate is back after {}.",
            format::ops(surge.peak),
            format::ops(surge.stands),
            format::duration(time),
            format::duration_or(surge.hit_rate_back, "an unknown time")
        ),
        Some(_) => format!("The database stands all {} of an empty cache at the peak.", format::ops(surge.peak)),
    }
}
