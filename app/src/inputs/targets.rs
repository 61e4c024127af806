//! The targets.

use super::Section;
use crate::fields::NumberField;
use crate::state::{Mode, use_session};
use yew::prelude::*;

#[component]
pub(super) fn TargetsSection() -> Html {
    let session = use_session();
    html! {
        <Section title="Targets">
            <NumberField path="objectives.rpo" label="RPO" derived="none" />
            <NumberField path="objectives.rto" label="RTO" derived="none" />
            <NumberField path="objectives.write_latency" label="Write latency" derived="none" />
            <NumberField path="objectives.runway" derived="none" />
            <NumberField path="objectives.budget" derived="none" />
            if session.mode == Mode::Advanced { <NumberField path="horizon.months" /> }
        </Section>
    }
}
