//! The targets.

use super::section::section;
use crate::fields::NumberField;
use yew::prelude::*;

/// Path and short name of every target; an empty one is not judged.
const TARGETS: [(&str, Option<&str>); 5] = [
    ("objectives.rpo", Some("RPO")),
    ("objectives.rto", Some("RTO")),
    ("objectives.write_latency", Some("Write latency")),
    ("objectives.runway", None),
    ("objectives.budget", None),
];

pub(super) fn targets() -> Html {
    let target =
        |(path, label): (&'static str, Option<&'static str>)| html! { <NumberField {path} {label} derived="none" /> };
    section("Targets", "", html! { <>{ for TARGETS.map(target) }</> })
}
