//! Latency by region and topology, with every region up and with each one down.

use crate::charts::figure;
use crate::results::cards::mark;
use crate::results::panel::{panel, scroll};
use crate::results::view::words;
use crate::state::Session;
use dr_core::catalog::RegionId;
use dr_core::model::Topology;
use dr_core::model::latency::{Age, Reach, RegionLatency, Scenario, p95, scenarios, unknown};
use dr_core::plan::Plan;
use dr_core::report::chart::latency_chart;
use dr_core::units::Secs;
use dr_core::units::format;
use yew::prelude::*;

/// What a table shows of each row, and what it is held against.
struct Kind {
    title: &'static str,
    target: Option<Secs>,
    time: fn(&RegionLatency) -> Option<Secs>,
    to: fn(&RegionLatency) -> Option<&RegionId>,
    reach: fn(&Scenario) -> &Reach,
    reads: bool,
}

/// A topology with the scenarios that make a difference to it.
type Group = (Topology, Vec<Scenario>);

/// The chart, then every region in every scenario.
pub(super) fn latency(session: &Session) -> Html {
    html! {
        <>
            { figure(latency_chart(&session.plan, &session.catalog, &session.evaluation)) }
            { matrix(session) }
        </>
    }
}

pub(super) fn matrix(session: &Session) -> Html {
    let groups: Vec<Group> = Topology::ALL.into_iter().filter_map(|topology| group(session, topology)).collect();
    if groups.is_empty() {
        return Html::default();
    }
    let objectives = &session.plan.objectives;
    let writes = Kind {
        title: "Write requests",
        target: objectives.write_latency,
        time: |row| row.write,
        to: |row| row.writes_to.as_ref(),
        reach: |scenario| &scenario.writes,
        reads: false,
    };
    let reads = Kind {
        title: "Read requests, with the age of what they may return",
        target: objectives.read_latency,
        time: |row| row.read,
        to: |row| row.reads_from.as_ref(),
        reach: |scenario| &scenario.reads,
        reads: true,
    };
    let why = reasons(session, &groups, &[&writes, &reads]);
    let content = html! {
        <>
            <details class="fold"><summary>{ writes.title }</summary>{ table(session, &groups, &writes) }</details>
            <details class="fold"><summary>{ reads.title }</summary>{ table(session, &groups, &reads) }</details>
            if !why.is_empty() { <p class="remark">{ format!("Unknown: {}.", why.join("; ")) }</p> }
            <p class="remark">{ format!("P95 of the requests: {} (an assumption) of the median {} × (round trip + {}) + {}. A region that is down still has its users; the nearest survivor serves them, after the failover. A region without a cache of a topology has no column there. Bursts make reads older than shown.",
                format::percent(session.plan.latency.spread.high), session.plan.latency.calls_in_sequence, format::duration(session.plan.latency.service), format::duration(session.plan.latency.rest_of_request)) }</p>
        </>
    };
    let says: Vec<String> = groups
        .iter()
        .filter(|(topology, _)| *topology != Topology::Rebuild)
        .map(|group| says(session, group, writes.target))
        .collect();
    panel("Latency with every region up, and with each one down", &says.join(" "), Html::default(), content)
}

/// Normal running and each cache's region down; `None` for a design without caches.
fn group(session: &Session, topology: Topology) -> Option<Group> {
    let answer = session.evaluation.of(topology);
    let design = &answer.design;
    let mut all = scenarios(&answer.case(&session.plan, &session.catalog, &session.evaluation.demand));
    all.retain(|it| it.down.as_ref().is_none_or(|down| design.caches.iter().any(|cache| cache.region == *down)));
    (!all.is_empty()).then_some((topology, all))
}

fn says(session: &Session, (topology, scenarios): &Group, target: Option<Secs>) -> String {
    let name = topology.name();
    let Some((normal, downs)) = scenarios.split_first() else { return String::new() };
    let down_name = |it: &Scenario| it.down.as_ref().map_or("", |down| session.catalog.region_name(down)).to_owned();
    if let (Some(target), Some(within)) = (target, normal.writes.within) {
        let known = downs.iter().filter_map(|it| Some((it.writes.within?, it)));
        let least = known.reduce(|least, next| if next.0 < least.0 { next } else { least });
        let tail = least.map_or_else(String::new, |(share, it)| {
            format!(", {} with {} down", format::percent(share), down_name(it))
        });
        let share = format::percent(within);
        return format!("{name}: {share} of the users write within {} at P95{tail}.", format::duration(target));
    }
    match &normal.writes.worst {
        None => format!("{name}: the worst write is unknown."),
        Some((region, time)) => {
            format!(
                "{name}: users in {} wait longest, {} at P95.",
                session.catalog.region_name(region),
                format::duration(*time)
            )
        }
    }
}

fn table(session: &Session, groups: &[Group], kind: &Kind) -> Html {
    let name = |id: &RegionId| session.catalog.region_name(id).to_owned();
    let head = |it: &Scenario| {
        let text = it.down.as_ref().map_or_else(|| "normal".to_owned(), |down| format!("{} down", name(down)));
        html! { <th scope="col" class="num">{ text }</th> }
    };
    let all = || groups.iter().flat_map(|(_, scenarios)| scenarios);
    let rows = session.plan.regions.iter().enumerate().map(|(index, share)| {
        html! { <tr>
            <th scope="row">{ session.plan.place_name(index, &session.catalog).into_owned() }</th>
            <td class="num">{ format::percent(share.users) }</td>
            { for all().map(|it| cell(&session.plan, it, index, kind)) }
        </tr> }
    });
    let inside = |it: &Scenario| {
        let reach = (kind.reach)(it);
        let share = reach.within.map_or_else(|| "–".to_owned(), format::percent);
        html! { <td class="num">{ share }{ " " }{ mark(reach.meets(kind.target), "") }</td> }
    };
    let aim = kind
        .target
        .map_or_else(|| "No target".to_owned(), |target| format!("Inside {} at P95", format::duration(target)));
    scroll(
        kind.title,
        html! {
            <table>
                <caption class="visually-hidden">{ kind.title }</caption>
                <thead>
                    <tr><td colspan="2"></td>{ for groups.iter().map(|(topology, scenarios)| html! {
                        <th scope="colgroup" colspan={scenarios.len().to_string()} class={classes!("num", words::class(*topology))}>{ topology.name() }</th>
                    }) }</tr>
                    <tr><th scope="col">{ "Users in" }</th><th scope="col" class="num">{ "Share" }</th>{ for all().map(head) }</tr>
                </thead>
                <tbody>
                    { for rows }
                    if kind.target.is_some() { <tr class="strong"><th scope="row">{ aim }</th><td></td>{ for all().map(inside) }</tr> }
                </tbody>
            </table>
        },
    )
}

/// The time with its mark; below a read the age of what it may return.
fn cell(plan: &Plan, scenario: &Scenario, index: usize, kind: &Kind) -> Html {
    let Some(row) = scenario.rows.get(index) else { return html! { <td></td> } };
    let time = (kind.time)(row).map(|median| p95(plan, median));
    let met = time.zip(kind.target).map(|(time, target)| time <= target);
    let age = match scenario.ages.get(index) {
        Some(Age::Behind(age)) if kind.reads => format!("{} old", format::duration(*age)),
        Some(Age::Current) if kind.reads && time.is_some() => "current".to_owned(),
        Some(Age::Unknown) if kind.reads => "age unknown".to_owned(),
        _ => String::new(),
    };
    html! {
        <td class="num">{ format::duration_or(time, "unknown") }if met.is_some() { { " " }{ mark(met, "") } }if !age.is_empty() { <div class="quiet">{ age }</div> }</td>
    }
}

/// Why cells are unknown, each reason once.
fn reasons(session: &Session, groups: &[Group], kinds: &[&Kind]) -> Vec<String> {
    let mut reasons: Vec<String> = Vec::new();
    for row in groups.iter().flat_map(|(_, scenarios)| scenarios).flat_map(|it| &it.rows) {
        for kind in kinds.iter().filter(|kind| (kind.time)(row).is_none()) {
            let why = unknown(&session.catalog, &row.users_in, (kind.to)(row));
            if !reasons.contains(&why) {
                reasons.push(why);
            }
        }
    }
    reasons
}
