//! Memory of the survivors (M-07).

use super::{Draft, label};
use crate::model::demand::key_memory;
use crate::model::runway::{Filling, Runway, TRIALS};
use crate::model::sync::SyncOutcome;
use crate::model::thresholds::{ALERT, EVICTION, FULL};
use crate::plan::Plan;
use crate::report::coefficients::fitted;
use crate::stats::sample::SEED;
use crate::units::format;
use crate::units::{Bytes, OpsPerSec, Range, Ratio};

pub(super) fn explain(draft: &mut Draft) {
    let answer = draft.answer;
    match &answer.runway {
        Runway::Fills(filling) => fills(draft, filling),
        Runway::NotAtRisk => {
            draft.line("A single cache retains no changes: its memory does not grow.".to_owned());
            if let SyncOutcome::Converges { new_link, .. } = &answer.sync.outcome {
                let time = format::duration_range(*new_link);
                draft.caveat(format!("Until {time} after the relink there is no second copy."));
            }
        }
        Runway::ColdStart => {
            // All but what the database does not have, and what nobody waits for.
            let sync = &answer.sync;
            draft.line(format!(
                "{} of data ÷ reload rate {} = {} until the cache is warm",
                format::bytes(sync.total_bytes),
                format::ops(draft.plan.rebuild.reload_rate),
                format::duration_range(sync.copy)
            ));
        }
        Runway::NotApplicable => {}
    }
}

fn fills(draft: &mut Draft, filling: &Filling) {
    let assumed = &draft.plan.assumptions;
    draft.line(format!(
        "limit = U/φ = {} ÷ {} = {}",
        format::bytes(draft.answer.design.usable),
        format::number(draft.answer.design.usable / filling.limit),
        format::bytes(filling.limit)
    ));
    draft.line(format!(
        "used₀ = {} × κ {} + backlogs = {}",
        format::bytes(draft.plan.workload.dataset),
        format::number(assumed.crdt_factor.mode),
        format::bytes(filling.used.mode)
    ));
    draft.line(growth(draft, filling));
    times(draft, filling);
    inputs(draft, filling);
    caveats(draft, filling);
}

/// When memory is alerted at, evicted from and full, and until when to act.
fn times(draft: &mut Draft, filling: &Filling) {
    let full = format::duration_or(filling.to_full.mode, "never");
    let safe = format::duration_or(filling.full_p05, "never");
    draft.line(format!(
        "typical t({}) = ({} − {}) ÷ {} = {full}",
        format::percent(FULL),
        format::bytes(filling.limit),
        format::bytes(filling.used.mode),
        format::rate(filling.growth.mode)
    ));
    draft.line(format!(
        "typical: {} after {}, {} after {}",
        format::percent(ALERT),
        format::duration_or(filling.to_alert.mode, "never"),
        format::percent(EVICTION),
        format::duration_or(filling.to_eviction.mode, "never")
    ));
    draft.line(format!(
        "runway = t({}) that 95 of 100 cases exceed = {safe} ({} trials, seed {SEED})",
        format::percent(FULL),
        format::count(f64::from(TRIALS))
    ));
    draft.line(format!(
        "latest start of the force-unlink = t({}) − {} − {}",
        format::percent(FULL),
        format::duration(draft.plan.recovery.force_unlink.high),
        format::duration(draft.plan.assumptions.unlink_margin)
    ));
}

/// The growth with its parts; the share of the writes that goes on where not all of it does.
fn growth(draft: &Draft, filling: &Filling) -> String {
    let (demand, assumed) = (&draft.evaluation.demand, &draft.plan.assumptions);
    let kept = format!(
        "{} × ({} + {}) + {} × {} + {} × {}",
        format::ops(demand.removals),
        format::bytes(draft.plan.workload.key_size),
        format::bytes(assumed.kept_per_delete.mode),
        format::ops(demand.element_removals),
        format::bytes(assumed.kept_per_element.mode),
        format::ops(demand.overwrites),
        format::bytes(assumed.kept_per_overwrite.mode)
    );
    let more = demand.creates - demand.removals;
    let live = if more > OpsPerSec::ZERO {
        let each = format::bytes(key_memory(draft.plan));
        format!("κ {} × {} more keys × {each} + ", format::number(assumed.crdt_factor.mode), format::ops(more))
    } else {
        String::new()
    };
    let going_on = if assumed.rehome_share < Ratio::ONE { ", of the writes that go on" } else { "" };
    format!("growth = κ·dlive/dt + g = {live}{kept}{going_on} = {}", format::rate(filling.growth.mode))
}

fn inputs(draft: &mut Draft, filling: &Filling) {
    let demand = draft.evaluation.demand.clone();
    draft.setting("workload.dataset", |size| format::bytes(*size), |plan| plan.workload.dataset, "starting value");
    let kappa = |range: &Range<f64>| [range.low, range.mode, range.high].map(format::number).join(" / ");
    let drilled = |path: &str| fitted(draft.plan, path);
    let [factor, delete] = ["assumptions.crdt_factor", "assumptions.kept_per_delete"].map(drilled);
    let assumed = &draft.plan.assumptions;
    match factor {
        Some(drill) => draft.input(label("assumptions.crdt_factor"), kappa(&assumed.crdt_factor), drill),
        None => draft.setting(
            "assumptions.crdt_factor",
            kappa,
            |plan| plan.assumptions.crdt_factor,
            "assumption; R1: up to 2",
        ),
    }
    draft.input("Keys removed", format::ops(demand.removals), "derived (M-01)");
    draft.input("Overwrites", format::ops(demand.overwrites), "derived (M-01)");
    draft.input("Elements removed", format::ops(demand.element_removals), "derived (M-01)");
    let kept = |range: &Range<Bytes>| [range.low, range.mode, range.high].map(format::bytes).join(" / ");
    let none = "assumption: not published";
    match delete {
        Some(drill) => {
            draft.input(label("assumptions.kept_per_delete"), kept(&draft.plan.assumptions.kept_per_delete), drill);
        }
        None => {
            draft.setting("assumptions.kept_per_delete", kept, |plan: &Plan| plan.assumptions.kept_per_delete, none);
        }
    }
    draft.setting("assumptions.kept_per_overwrite", kept, |plan: &Plan| plan.assumptions.kept_per_overwrite, none);
    draft.setting("assumptions.kept_per_element", kept, |plan: &Plan| plan.assumptions.kept_per_element, none);
    draft.setting(
        "assumptions.hottest_shard",
        |skew| format::number(*skew),
        |plan| plan.assumptions.hottest_shard,
        "assumption",
    );
    draft.setting(
        "assumptions.rehome_share",
        |share| format::percent(*share),
        |plan| plan.assumptions.rehome_share,
        "assumption",
    );
    draft.input("CRDT backlog of a shard", format::bytes(filling.backlog_per_shard), "derived (M-05), R2");
}

fn caveats(draft: &mut Draft, filling: &Filling) {
    draft.caveat("Retained memory is an assumption; a drill measures it: growth of used memory ÷ removals.");
    draft.caveat(format!(
        "From {} on live keys are evicted, and used memory does not fall (R4).",
        format::percent(EVICTION)
    ));
    if filling.alert_too_late {
        let window = format::duration(draft.plan.recovery.alert_window);
        let decide = format::duration(draft.plan.recovery.decide.mode);
        draft.caveat(format!("The health alert ({window}) and deciding ({decide}) are too late."));
    }
}
