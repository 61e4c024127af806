//! Data and operations.

use super::Section;
use super::passive::{stringify_path, switch};
use crate::fields::{NumberField, SwitchField};
use crate::state::{Mode, use_session};
use dr_core::report::format;
use yew::prelude::*;

#[component]
pub(super) fn WorkloadSection() -> Html {
    let session = use_session();
    let (plan, demand) = (&session.plan, &session.evaluation.demand);
    let advanced = session.mode == Mode::Advanced;
    let note = format!("{} keys", format::large(demand.keys));
    let reads = format!(
        "{}: {} × the writes, derived",
        format::ops(demand.reads),
        format::number(dr_core::model::demand::READS_PER_WRITE)
    );
    html! {
        <Section title="Workload" {note}>
            <NumberField path="workload.dataset" />
            <NumberField path="workload.writes" from={if advanced { String::new() } else { peak_in_words(plan) }} />
            <NumberField path="workload.value_size" />
            if advanced {
                <NumberField path="workload.key_size" />
                <NumberField path="workload.reads" derived={reads} />
                <NumberField path="workload.growth_per_year" />
                <NumberField path="workload.connections" />
                <NumberField path="workload.largest_key" />
                { switch!("Keys have hash tags of their own", workload.custom_hash_tags) }
                <Section title="Peaks" folded=true note={peak_in_words(plan)}>
                    <NumberField path="workload.peak.ratio" />
                    <NumberField path="workload.peak.burst" />
                    <NumberField path="workload.peak.per_day" />
                </Section>
                <Section title="Kinds of writes" folded=true note={format!("adds up to {}", format::percent(plan.workload.split.total()))}>
                    <NumberField path="workload.split.creates" />
                    <NumberField path="workload.split.overwrites" />
                    <NumberField path="workload.split.deletes" />
                    <NumberField path="workload.split.expiries" />
                    <NumberField path="workload.split.element_removals" />
                </Section>
            }
        </Section>
    }
}

fn peak_in_words(plan: &dr_core::plan::Plan) -> String {
    let peak = plan.workload.peak;
    format!(
        "peak {} × for {}, {} a day",
        format::number(peak.ratio),
        format::duration(peak.burst),
        format::number(peak.per_day)
    )
}
