//! RTO as a distribution, what a minute saved is worth, and the surge of a rebuild on the database.

use crate::charts::figure;
use crate::results::panel::{panel, scroll};
use crate::results::view::words;
use crate::state::Session;
use dr_core::explore::recovery_time::{FOLLOWS_TYPING, RecoveryStudy, RecoveryTimes, Saving};
use dr_core::model::Topology;
use dr_core::model::surge::{Surge, surge};
use dr_core::report::chart::recovery_times_chart;
use dr_core::report::format;
use dr_core::units::Secs;
use yew::prelude::*;

/// The distribution of every way back, and the worth of a minute.
#[inline(never)] // a function of its own can come after the first paint
pub(super) fn times(session: &Session) -> Html {
    let study = RecoveryStudy::new(&session.plan, &session.evaluation);
    let target = session.plan.objectives.rto;
    let times = study.times(FOLLOWS_TYPING, target);
    html! {
        <>
            { figure(recovery_times_chart(&times, FOLLOWS_TYPING, target)) }
            { savings(&study, &times, target) }
        </>
    }
}

/// Of every topology the way that an unplanned outage takes, by its place among all chains.
fn taken(times: &RecoveryTimes) -> impl Iterator<Item = (Topology, usize)> {
    Topology::ALL.into_iter().filter_map(|topology| {
        let place = times.chains.iter().position(|chain| chain.topology == topology)?;
        Some((topology, place))
    })
}

fn savings(study: &RecoveryStudy, times: &RecoveryTimes, target: Option<Secs>) -> Html {
    let worth = taken(times).filter_map(|(topology, place)| {
        let saved = study.savings(place, FOLLOWS_TYPING, target)?;
        Some((topology, place, saved))
    });
    let tables = worth.map(|(topology, place, saved)| {
        let path = words::path(times.chains[place].path);
        html! {
            <div>
                <h3 class={words::class(topology)}>{ format!("{}: {path}", topology.name()) }</h3>
                { scroll(&format!("A minute saved on {path}"), html! { <table>
                    <thead><tr><th scope="col">{ "A minute saved on" }</th><th scope="col" class="num">{ "P95 earlier by" }</th><th scope="col" class="num">{ "More in time" }</th></tr></thead>
                    <tbody>{ for saved.iter().map(saving) }</tbody>
                </table> }) }
            </div>
        }
    });
    let says = "A step that took less than a minute is saved whole. Where P95 hardly moves, the step is rarely that long when the outage is.";
    panel("What a minute saved is worth", says, Html::default(), html! { <div class="row even">{ for tables }</div> })
}

fn saving(saving: &Saving) -> Html {
    let gained = saving.gained.map_or_else(|| "no target".to_owned(), format::percent);
    html! { <tr><th scope="row">{ saving.step }</th><td class="num">{ format::duration(saving.p95) }</td><td class="num">{ gained }</td></tr> }
}

/// What lands on the database while the rebuilt cache is cold.
#[inline(never)]
pub(super) fn surge_panel(session: &Session) -> Html {
    let surge = surge(&session.plan, &session.evaluation.demand);
    let rows = [
        ("Reads with a warm cache", format::ops(surge.usual)),
        ("Reads with an empty cache", format!("{}, {}", format::ops(surge.peak), format::rate(surge.peak_bytes))),
        ("Stood before users notice", format::ops(surge.stands)),
        ("Unanswered at the worst moment", format::percent(surge.unanswered)),
        ("Overloaded for", format::duration_or(surge.overload, "ever")),
        ("Hit rate back after", format::duration_or(surge.hit_rate_back, "never")),
    ];
    let table = html! { <table><tbody>{ for rows.into_iter().map(|(name, text)| html! {
        <tr><th scope="row">{ name }</th><td class="num">{ text }</td></tr>
    }) }</tbody></table> };
    let note = html! { <p class="remark">{ "Clients let in to the empty cache at once, the reload going on beside them; every key is taken as read equally often. The rebuild’s RTO above keeps them out until the reload is through." }</p> };
    panel(
        "Rebuild: the surge on the database",
        &says(&surge),
        Html::default(),
        html! { <>{ scroll("Surge on the database", table) }{ note }</> },
    )
}

fn says(surge: &Surge) -> String {
    match surge.overload {
        None => format!(
            "The database stands {} and gets {} even with a warm cache: it never recovers by itself.",
            format::ops(surge.stands),
            format::ops(surge.usual)
        ),
        Some(time) if time > Secs::ZERO => format!(
            "With an empty cache {} land on a database that stands {}: it is overloaded for {}, and the hit rate is back after {}.",
            format::ops(surge.peak),
            format::ops(surge.stands),
            format::duration(time),
            format::duration_or(surge.hit_rate_back, "an unknown time")
        ),
        Some(_) => format!("The database stands all {} of an empty cache.", format::ops(surge.peak)),
    }
}
