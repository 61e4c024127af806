//! The outage of a passive pair.

use super::player::ink;
use crate::charts::figure;
use crate::results::fold::Fold;
use crate::results::panel::panel;
use crate::state::Session;
use dr_core::model::outage::{PairOutage, pair_outage};
use dr_core::report::chart::pair_risk_chart;
use dr_core::report::outage_log::{LogLine, outage_log};
use dr_core::report::outage_says::pair_sentences;
use dr_core::units::format;
use yew::prelude::*;

/// What happens to the pair, and what is at risk on the way.
pub(super) fn pair(session: &Session) -> Html {
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
        let says = pair_sentences(plan, catalog, &outage).join(" ");
        html! {
            <>
                { panel("Passive pair", &says, Html::default(), Html::default()) }
                { figure(pair_risk_chart(plan, catalog, &outage)) }
                <Fold title="What happens">{ told }</Fold>
            </>
        }
    })
}
