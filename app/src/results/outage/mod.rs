//! A region is lost: what happens, how the survivors' memory grows, and until when a person must act.

mod calibration;
mod knobs;
mod player;
#[cfg(test)]
mod tests;
mod uncertainty;
mod what_if;

use super::panel::{panel, parts};
use crate::charts::{figure, table_view};
use crate::state::Session;
use dr_core::model::active_outage::Runway;
use dr_core::model::outage::{GroupAnswers, PairOutage, pair_outage, what_if};
use dr_core::plan::Plan;
use dr_core::report::chart::{outage_chart, pair_risk_chart};
use dr_core::report::coefficients::stand_on;
use dr_core::report::outage_log::{LogLine, outage_log};
use dr_core::report::outage_says::{group_sentences, pair_sentences};
use dr_core::report::outage_ways::two_ways;
use dr_core::report::scenario_says::{ScenarioText, scenario_texts};
use dr_core::rules::act_by::full;
use dr_core::units::format;
use player::{Player, ink};
use std::rc::Rc;
use yew::prelude::*;

pub(super) fn outage(session: &Session) -> Html {
    // Everything here shows what the sliders try, but for the calibration, which belongs to the plan.
    let varied = Rc::new(session.varied());
    let tried = |view: Html| html! { <ContextProvider<Rc<Session>> context={Rc::clone(&varied)}>{ view }</ContextProvider<Rc<Session>>> };
    html! {
        <>
            <what_if::WhatIfBar />
            { parts(
                "Outage",
                &[
                    ("Active group", tried(group(&varied, &session.plan))),
                    ("How long to decide", tried(html! { <uncertainty::Uncertainty /> })),
                    ("Passive pair", tried(pair(&varied))),
                    ("Flush, scaling, patching", tried(scenarios(&varied))),
                    ("Calibration", html! { <calibration::Calibration /> }),
                ],
            ) }
        </>
    }
}

/// The group in the tried plan of the session; `own` is the plan itself.
fn group(session: &Session, own: &Rc<Plan>) -> Html {
    let (plan, catalog, evaluation) = (&session.plan, &session.catalog, &session.evaluation);
    let Some(story) = what_if(plan, catalog, evaluation).map(Rc::new) else {
        let says = "This plan has no active group: it needs two to five regions, and a size that holds the data.";
        return panel("Active group", says, Html::default(), Html::default());
    };
    let (says, ways) = two_ways(plan, &story);
    let stands_on = facts(session, &story.own(plan).answers);
    html! {
        <>
            <Player {story} own={Rc::clone(own)} />
            <div class="row even">
                { panel("With and without the force-unlink", &says, Html::default(), table_view(&ways, "With and without the force-unlink")) }
                { panel("What follows, and what it stands on", "", Html::default(), stands_on) }
            </div>
            { figure(outage_chart(plan, catalog, evaluation)) }
        </>
    }
}

fn facts(session: &Session, answers: &GroupAnswers) -> Html {
    let Runway::Fills(filling) = &session.evaluation.active.runway else {
        return html! { <p class="quiet">{ "Nothing to show." }</p> };
    };
    let window = if answers.alert_too_late { "too late to decide and act" } else { "in time" };
    let rows = [
        ("Memory in use at the loss", format::percent(filling.fill)),
        ("Usable, on the fullest shard", format::bytes(filling.limit)),
        ("Growth a minute", {
            let minute = |rate: dr_core::units::BytesPerSec| format::bytes(rate * dr_core::units::Secs::mins(1.0));
            format!(
                "{} ({} – {})",
                minute(filling.growth.mode),
                minute(filling.growth.low),
                minute(filling.growth.high)
            )
        }),
        ("Memory of the survivors", full(filling)),
        ("Health alert", format!("{}, {window}", format::duration(session.plan.recovery.alert_window))),
        ("Backlog of a shard", format::bytes(filling.backlog_per_shard)),
        ("Partial resync on return within", format::duration_or(filling.partial_resync_within, "any time")),
    ];
    html! {
        <>
            <ul class="mind">{ for group_sentences(&session.plan, answers).into_iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            <dl class="facts">{ for rows.into_iter().map(|(name, text)| html! { <><dt>{ name }</dt><dd>{ text }</dd></> }) }</dl>
            <p class="remark">{ stand_on(&session.plan) }</p>
        </>
    }
}

fn pair(session: &Session) -> Html {
    let (plan, catalog) = (&session.plan, &session.catalog);
    let none = || {
        let says = "This plan has no passive pair, or the outage spares both its regions.";
        panel("Passive pair", says, Html::default(), Html::default())
    };
    pair_outage(plan, &session.evaluation).map_or_else(none, |outage| {
        let PairOutage { log, .. } = &outage;
        let line = |line: &LogLine| {
            html! { <li><time>{ format::duration(line.at) }</time><span class={classes!("mark", ink(line.weight))} aria-hidden="true"></span><span>{ &line.text }</span></li> }
        };
        let lines = outage_log(plan, catalog, log);
        let told = html! {
            <>
                <ol class="log">{ for lines.iter().map(line) }</ol>
                <p class="remark">{ "A pair does not fill up: the primary keeps at most its backlog. Until the pair is linked again and has copied everything, a second loss loses the cache." }</p>
            </>
        };
        let told = panel("Passive pair", &pair_sentences(plan, catalog, &outage).join(" "), Html::default(), told);
        html! { <>{ told }{ figure(pair_risk_chart(plan, catalog, &outage)) }</> }
    })
}

/// Flush, scaling and patching: what a plan meets without any outage.
fn scenarios(session: &Session) -> Html {
    let text =
        |it: &ScenarioText| panel(it.title, &it.says, Html::default(), html! { <p class="remark">{ it.remark }</p> });
    let texts = scenario_texts(&session.plan, &session.catalog, &session.evaluation);
    if texts.is_empty() {
        let says = "This plan has neither a group to flush or scale nor a pair whose link a patch drops.";
        return panel("Flush, scaling, patching", says, Html::default(), Html::default());
    }
    html! { <div class="row even">{ for texts.iter().map(text) }</div> }
}
