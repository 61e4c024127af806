//! Until when a person must act: the survivors' memory over time, and what follows from the outage.

use super::super::Subject;
use super::consequences::consequences;
use crate::model::outage_simulation::{GroupAnswers, WhatIf};
use crate::model::runway::{Filling, Runway};
use crate::report::chart::outage_chart;
use crate::report::document::{Block, Section};
use crate::units::{BytesPerSec, Secs, format};

/// The memory of a survivor with the deadline, the consequences of the plan's outage, and the assumptions behind both (M-07).
#[must_use]
pub fn act_by_section(subject: Subject, story: &WhatIf) -> Section {
    let answers = &story.own(subject.plan).answers;
    let Subject { plan, catalog, evaluation } = subject;
    let mut all = consequences(plan, answers).into_iter();
    let deadline = all.next().unwrap_or_default();
    let mut inside = vec![Block::list(all)];
    if let Runway::Fills(filling) = &evaluation.active.runway {
        inside.push(Block::facts(facts(subject, filling, answers)));
    }
    Section::new("outage-act-by", "How long the survivors last", deadline)
        .opened_by(outage_chart(plan, catalog, evaluation))
        .with(Block::details("Consequences and assumptions", inside))
}

fn facts(subject: Subject, filling: &Filling, answers: &GroupAnswers) -> [(&'static str, String); 6] {
    let minute = |rate: BytesPerSec| format::bytes(rate * Secs::mins(1.0));
    let growth = filling.growth.map(minute);
    let alert = if answers.alert_too_late { "too late to decide and act" } else { "in time" };
    [
        ("Memory in use at the loss", format::percent(filling.fill)),
        ("Usable, on the fullest shard", format::bytes(filling.limit)),
        ("Growth a minute", format!("{} ({} – {})", growth.mode, growth.low, growth.high)),
        ("Health alert", format!("{}, {alert}", format::duration(subject.plan.recovery.alert_window))),
        ("Backlog of a shard", format::bytes(filling.backlog_per_shard)),
        ("Partial sync on return within", format::duration_or(filling.partial_resync_within, "any time")),
    ]
}
