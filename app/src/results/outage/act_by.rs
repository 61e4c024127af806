//! Until when a person must act: the survivors' memory, and what the deadline stands on.

use super::no_group;
use crate::charts::figure;
use crate::results::fold::Fold;
use crate::state::Session;
use dr_core::model::active_outage::Runway;
use dr_core::model::outage::{GroupAnswers, WhatIf};
use dr_core::report::chart::outage_chart;
use dr_core::report::coefficients::stand_on;
use dr_core::report::outage_says::group_sentences;
use dr_core::rules::act_by::full;
use dr_core::units::format;
use yew::prelude::*;

/// The chart of the group's memory; `story` is the outage of the session's plan.
pub(super) fn act_by(session: &Session, story: Option<&WhatIf>) -> Html {
    let Some(story) = story else { return no_group() };
    let (plan, catalog, evaluation) = (&session.plan, &session.catalog, &session.evaluation);
    html! {
        <>
            { figure(outage_chart(plan, catalog, evaluation)) }
            <Fold title="What follows, and what it stands on">{ facts(session, &story.own(plan).answers) }</Fold>
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
