//! Which primary for the pair, which region to add to the group: the best of all, each with a button.

use crate::results::cards::mark;
use crate::results::in_pieces::{Basis, use_after};
use crate::results::panel::{panel, scroll};
use crate::state::{Act, Action, Session, use_act, use_session};
use dr_core::explore::latency_candidates;
use dr_core::explore::latency_candidates::{Candidate, Candidates as Tried, Outcome, is_full};
use dr_core::model::Topology;
use dr_core::model::latency::{Reach, shortest_request};
use dr_core::units::Ratio;
use dr_core::units::format;
use std::rc::Rc;
use yew::prelude::*;

/// Candidates that are listed.
const LISTED: usize = 10;

/// A pause in the typing, in milliseconds: every region of the catalogue is tried after it.
const PAUSE: u32 = 250;

/// Candidates for the pair and for the group. At first as the plan is; later they follow when the typing pauses.
#[component]
pub(super) fn Candidates() -> Html {
    let (session, act) = (use_session(), use_act());
    let both =
        |session: &Session, act: &Act| [Topology::Passive, Topology::Active].map(|it| candidates(session, act, it));
    let shown = use_state(|| both(&session, &act));
    let basis = Basis::of(&session);
    let of = use_mut_ref(|| basis.clone());
    let follow = {
        let (shown, basis, session) = (shown.clone(), basis.clone(), Rc::clone(&session));
        move || {
            if of.replace(basis.clone()) != basis {
                shown.set(both(&session, &act));
            }
        }
    };
    use_after((basis, 0), Some(PAUSE), Box::new(follow));
    shown.iter().cloned().collect()
}

/// The ten best regions, and a button for each.
fn candidates(session: &Session, act: &Act, topology: Topology) -> Html {
    let candidates = latency_candidates(topology, &session.plan, &session.catalog);
    let title =
        if topology == Topology::Active { "Which region to add to the group" } else { "Which primary for the pair" };
    let says = candidates_say(session, &candidates, topology);
    if candidates.found.is_empty() {
        return panel(title, &says, Html::default(), Html::default());
    }
    let found = candidates.found.iter().take(LISTED).map(|it| {
        let name = session.catalog.region_name(&it.region);
        html! { <tr>
            <th scope="row">{ name }if it.restricted { <span class="quiet">{ " restricted" }</span> }</th>
            { figures(session, &it.outcome, topology) }
            <td>{ button(act, it, name, topology) }</td>
        </tr> }
    });
    let content = html! {
        <>
            { scroll(title, html! {
                <table>
                    <caption class="visually-hidden">{ title }</caption>
                    <thead><tr>
                        <th scope="col">{ "Region" }</th><th scope="col" class="num">{ "Worst write, P95" }</th><th scope="col" class="num">{ "One region down" }</th>
                        <th scope="col" class="num">{ "Users inside at P95" }</th><th scope="col" class="num">{ "A month" }</th><td></td>
                    </tr></thead>
                    <tbody>
                        <tr class="strong"><th scope="row">{ "As it stands" }</th>{ figures(session, &candidates.now, topology) }<td></td></tr>
                        { for found }
                    </tbody>
                </table>
            }) }
            <p class="remark">{ how(session, &candidates, topology) }</p>
        </>
    };
    panel(title, &says, Html::default(), content)
}

fn figures(session: &Session, outcome: &Outcome, topology: Topology) -> Html {
    let worst = |reach: &Reach| html! { <td class="num">{ format::duration_or(reach.worst.as_ref().map(|(_, time)| *time), "unknown") }</td> };
    let within = outcome.judged(topology).within.map_or_else(|| "–".to_owned(), format::percent);
    html! {
        <>
            { worst(&outcome.normal) }{ worst(&outcome.down) }
            <td class="num">{ within }{ " " }{ mark(outcome.meets, "") }</td>
            if let Some(cost) = outcome.cost {
                <td class="num">{ format::money(cost, session.catalog.currency()) }</td>
            } else {
                <td class="quiet">{ &outcome.lacks }</td>
            }
        </>
    }
}

fn button(act: &Act, candidate: &Candidate, name: &str, topology: Topology) -> Html {
    let region = candidate.region.clone();
    let (text, label) = match topology {
        Topology::Active => ("Add", format!("Add {name}")),
        Topology::Rebuild | Topology::Passive => ("Make primary", format!("Make primary: {name}")),
    };
    let onclick = act.reform(move |_: MouseEvent| {
        let region = region.clone();
        Action::edit("regions", move |plan| {
            match topology {
                Topology::Active => plan.add_member(region),
                Topology::Rebuild | Topology::Passive => plan.lead_from(&region),
            };
        })
    });
    html! { <button type="button" class="btn" aria-label={label} {onclick}>{ text }</button> }
}

fn candidates_say(session: &Session, candidates: &Tried, topology: Topology) -> String {
    let scene = if topology == Topology::Active { "with any one region down" } else { "in normal running" };
    let Some(best) = candidates.found.first() else {
        let full = is_full(&session.plan);
        let why = if full {
            "The plan has five regions, the most that a group may have."
        } else {
            "No round trip to the users is known."
        };
        return why.to_owned();
    };
    let Some(target) = session.plan.objectives.write_latency else {
        return format!("No target for write latency is set: the shortest worst write {scene} comes first.");
    };
    let (aim, shortest) = (format::duration(target), shortest_request(&session.plan));
    if shortest > target {
        return format!(
            "No region meets {aim}: a cache in the users' own region takes {} at P95. Fewer calls in sequence, or less around them, would.",
            format::duration(shortest)
        );
    }
    if candidates.now.meets == Some(true) {
        return format!("The target of {aim} is met at P95 {scene} as it stands.");
    }
    let name = session.catalog.region_name(&best.region);
    if best.outcome.meets == Some(true) {
        let cost = best.outcome.cost.map_or_else(
            || format!("Its cost: {}", best.outcome.lacks),
            |cost| format!("It costs {} a month", format::money(cost, session.catalog.currency())),
        );
        return format!("{name} meets the target of {aim} at P95 {scene}. {cost}.");
    }
    let share = |outcome: &Outcome| outcome.judged(topology).within;
    match (share(&candidates.now), share(&best.outcome)) {
        (Some(now), Some(then)) if then > now => gain(name, &aim, scene, now, then),
        (None, Some(then)) => format!(
            "No single region meets {aim}. {name} brings {} of the users inside {scene}.",
            format::percent(then)
        ),
        (_, None) => "The round trips of some users are unknown: nothing can be said of any region.".to_owned(),
        _ => format!("No single region meets {aim} {scene}, and none brings more users inside."),
    }
}

fn gain(name: &str, aim: &str, scene: &str, now: Ratio, then: Ratio) -> String {
    format!(
        "No single region meets {aim}. {name} brings {} of the users inside {scene}, from {}.",
        format::percent(then),
        format::percent(now)
    )
}

fn how(session: &Session, candidates: &Tried, topology: Topology) -> String {
    let tried = format::counted(candidates.found.len(), "region");
    let untried: Vec<&str> = candidates.untried.iter().map(|id| session.catalog.region_name(id)).collect();
    let left = if untried.is_empty() {
        String::new()
    } else {
        format!(" Without a published round trip, so not tried: {}.", untried.join(", "))
    };
    let own = match topology {
        Topology::Active => {
            "The group has a member wherever the plan has users, so a region more helps while one is down."
        }
        _ if is_full(&session.plan) => "The plan has five regions, so only they were tried.",
        _ => "A region that is new to the plan joins the group too; the old primary becomes the secondary.",
    };
    format!("{tried} tried, users and writes staying where they are. {own}{left}")
}
