//! Published service levels, and the downtime that outages of regions leave.

use super::super::panel::{panel, scroll};
use crate::state::Session;
use dr_core::catalog::SlaConfiguration;
use dr_core::explore::downtime;
use dr_core::model::Topology;
use dr_core::model::availability::{Availability, Downtime, availability};
use dr_core::units::Range;
use dr_core::units::format;
use yew::prelude::*;

/// A possible topology, what is published for it, and what lost regions take.
type Found = (Topology, Availability, Downtime);

pub(super) fn availability_panel(session: &Session) -> Html {
    let found = Topology::ALL.into_iter().filter_map(|it| {
        let answer = session.evaluation.of(it);
        Some((it, availability(&session.plan, &session.catalog, answer)?, downtime(&session.plan, answer)?))
    });
    let found: Vec<Found> = found.collect();
    let row = |(topology, it, lost): &Found| {
        html! {
            <tr>
                <th scope="row">{ topology.name() }</th>
                <td>{ configuration(it.configuration) }</td>
                <td class="num">{ it.level() }</td>
                <td class="num">{ format::duration_or(it.allowed, "–") }</td>
                <td class="num">{ format::duration(lost.mean) }</td>
                <td class="num">{ band(lost) }</td>
                <td class="quiet">{ &it.source }</td>
            </tr>
        }
    };
    let table = html! {
        <table>
            <thead><tr>
                <th scope="col">{ "Topology" }</th><th scope="col">{ "Configuration" }</th><th scope="col" class="num">{ "Published" }</th>
                <th scope="col" class="num">{ "Allows a year" }</th><th scope="col" class="num">{ "Lost regions cost, expected" }</th>
                <th scope="col" class="num">{ "P05 – P95" }</th><th scope="col">{ "Level from" }</th>
            </tr></thead>
            <tbody>{ for found.iter().map(row) }</tbody>
        </table>
    };
    let notes = found.iter().filter(|(_, it, _)| remarkable(it.configuration) && !it.note.is_empty()).map(
        |(topology, it, _)| {
            html! { <p class="remark">{ format!("{}: {}", topology.name(), it.note) }</p> }
        },
    );
    let content = html! {
        <>
            { scroll("Availability", table) }
            { for notes }
            <p class="remark">{ format!(
                "The published level covers connecting to the endpoint; data loss, RPO, RTO and lag are outside it (D7, D16). The levels of two regions are not multiplied: control plane, names, identity and deployments are shared, and {} of the outages are taken to have a cause that takes every region (assumption). Outages of a region and their length are assumptions as well; each costs the way back, or its own length where that is shorter. Expected: the mean over these ranges; P05 – P95: the ranges drawn together, 10,000 times.",
                format::percent(session.plan.outages.common_cause)
            ) }</p>
        </>
    };
    panel("Availability", &says(&found), Html::default(), content)
}

/// Levels whose remark says more than the configuration's name.
const fn remarkable(configuration: SlaConfiguration) -> bool {
    !matches!(configuration, SlaConfiguration::Managed | SlaConfiguration::ManagedZones)
}

const fn configuration(configuration: SlaConfiguration) -> &'static str {
    match configuration {
        SlaConfiguration::Premium => "Premium",
        SlaConfiguration::PremiumZones => "Premium across zones",
        SlaConfiguration::Managed => "AMR with high availability",
        SlaConfiguration::ManagedZones => "AMR across zones",
        SlaConfiguration::ActiveThreeRegions => "AMR across zones, three regions or more",
        SlaConfiguration::ManagedWithoutHa => "AMR without high availability",
    }
}

fn band(lost: &Downtime) -> String {
    format::duration_range(Range::new(lost.p05, lost.mean, lost.p95))
}

fn says(found: &[Found]) -> String {
    let least = found.iter().reduce(|best, next| if next.2.mean < best.2.mean { next } else { best });
    let best = least.map_or_else(String::new, |(topology, _, lost)| {
        format!(
            "Lost regions are expected to cost the {} the least: {} a year, P05 – P95 {}.",
            topology.name().to_ascii_lowercase(),
            format::duration(lost.mean),
            band(lost)
        )
    });
    let lacking = found
        .iter()
        .find(|(_, it, _)| !it.lacking.is_empty())
        .map_or_else(String::new, |(_, it, _)| format!(" 99.999 % needs {}.", it.lacking.join(", ")));
    best + &lacking
}
