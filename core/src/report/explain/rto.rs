//! The chain of steps (M-06).

use super::Draft;
use crate::model::rto::{CLIENTS, RtoPath, RtoStep};
use crate::plan::{Basis, Plan, field, range_field, step_label};
use crate::units::format;

pub(super) fn explain(draft: &mut Draft) {
    let Some((chain, others)) = draft.answer.rto.split_first() else { return };
    for step in &chain.steps {
        draft.line(format!("{}: {}", step.name, range_words(step)));
    }
    draft.line(format!(
        "sum: {}; most likely values: {}",
        format::duration_range(chain.total),
        format::duration(chain.total.mode)
    ));
    let together = chain.steps.iter().filter(|step| step.cause == CLIENTS).count() > 1;
    draft.line(format!(
        "P50 {}, P95 {} of the sum; {}",
        format::duration(chain.p50),
        format::duration(chain.p95),
        if together { "DNS and reconnect together, all else independent" } else { "steps independent" }
    ));
    for step in &chain.steps {
        let origin = step_origin(draft.plan, &draft.untouched, step);
        let label = step_label(step.field).filter(|label| !label.eq_ignore_ascii_case(step.name));
        let label = label.map_or_else(String::new, |label| format!(" ({label})"));
        draft.input(format!("Step “{}”{label}", step.name), range_words(step), origin);
    }
    draft.caveat(chain.why());
    if let Some(longest) = chain.steps.get(chain.dominant) {
        draft.caveat(format!("“{}” takes the largest part.", longest.name));
    }
    for other in others {
        draft.caveat(format!("By {}: P95 {}. {}", path_words(other.path), format::duration(other.p95), other.why()));
    }
}

fn range_words(step: &RtoStep) -> String {
    let ends = format::duration_range(step.time);
    let mode = format::duration(step.time.mode);
    if ends == mode { ends } else { format!("{ends} (most likely {mode})") }
}

/// What a step's duration is based on: "your 3 drills", "your 90 % interval", "your input" where it was changed; else the
/// source of the default, or "derived" with the model's number.
#[must_use]
pub fn step_origin(plan: &Plan, untouched: &Plan, step: &RtoStep) -> String {
    match step.basis {
        Basis::Measured(times) => return format!("your {}", format::counted(times, "drill")),
        Basis::Interval => return "your 90 % interval".to_owned(),
        Basis::Range => {}
    }
    let Some(range) = range_field(step.field) else { return format!("derived ({})", step.source) };
    let changed = |part: &&str| field(part).is_some_and(|part| (part.get)(plan) != (part.get)(untouched));
    if range.parts.iter().any(changed) { "your input".to_owned() } else { step.source.to_owned() }
}

/// "geo-failover", "a planned failover".
const fn path_words(path: RtoPath) -> &'static str {
    match path {
        RtoPath::Rebuild => "a rebuild",
        RtoPath::GeoFailover => "geo-failover",
        RtoPath::PlannedFailover => "a planned failover",
        RtoPath::Unlink => "unlinking",
        RtoPath::Redirect => "redirecting the clients",
    }
}
