//! Data and operations.

use super::passive::{stringify_path, switch};
use super::section::{folded, section};
use crate::fields::{NumberField, SwitchField, numbers};
use crate::state::{Mode, Session};
use dr_core::units::format;
use yew::prelude::*;

pub(super) fn workload(session: &Session) -> Html {
    let (plan, demand) = (&session.plan, &session.evaluation.demand);
    let advanced = session.mode == Mode::Advanced;
    let note = format!("{} keys", format::large(demand.keys));
    let reads = format!(
        "{}: {} × the writes, derived",
        format::ops(demand.reads),
        format::number(dr_core::model::demand::READS_PER_WRITE)
    );
    let load_growth = format!("{}: as the data", format::percent(plan.workload.load_growth()));
    let inputs = html! {
        <>
            <NumberField path="workload.dataset" />
            <NumberField path="workload.writes" from={if advanced { String::new() } else { peak_in_words(plan) }} />
            <NumberField path="workload.value_size" />
            if advanced {
                <NumberField path="workload.key_size" />
                <NumberField path="workload.reads" derived={reads} />
                <NumberField path="workload.growth_per_year" />
                <NumberField path="workload.load_growth_per_year" derived={load_growth} />
                { numbers(&["workload.connections", "workload.largest_key"]) }
                { switch!("Keys have hash tags of their own", workload.custom_hash_tags) }
                { folded("Peaks", &peak_in_words(plan), numbers(&["workload.peak.ratio", "workload.peak.burst", "workload.peak.per_day"])) }
                { folded("How sure the volumes are", "the bill's band follows", numbers(&SPREAD)) }
                { folded("Kinds of writes", &format!("adds up to {}", format::percent(plan.workload.split.total())), numbers(&KINDS)) }
            }
        </>
    };
    section("Workload", &note, inputs)
}

/// Each end as a share of the figure above.
const SPREAD: [&str; 4] = [
    "workload.spread.rates.low",
    "workload.spread.rates.high",
    "workload.spread.data.low",
    "workload.spread.data.high",
];

const KINDS: [&str; 5] = [
    "workload.split.creates",
    "workload.split.overwrites",
    "workload.split.deletes",
    "workload.split.expiries",
    "workload.split.element_removals",
];

fn peak_in_words(plan: &dr_core::plan::Plan) -> String {
    if let Some(profile) = &plan.workload.profile {
        let highest = format::number(dr_core::model::demand::peak_ratio(plan));
        return format!("by the series “{}”, highest {highest} × the mean", profile.name);
    }
    let peak = plan.workload.peak;
    format!(
        "peak {} × for {}, {} a day",
        format::number(peak.ratio),
        format::duration(peak.burst),
        format::number(peak.per_day)
    )
}
