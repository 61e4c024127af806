//! How long the decision may take, over many sampled outages (M-07).

use super::super::Subject;
use crate::explore::{OUTAGE_SAMPLING, OutageBands, OutageStudy};
use crate::report::chart::{chance_chart, memory_bands_chart};
use crate::report::document::{Block, Section};
use crate::units::format;

const ID: &str = "outage-decide";
const HEADING: &str = "How long to decide";

/// The chance that a force-unlink is too late over its start, and the bands of memory. `bands` are of the subject's plan.
#[must_use]
pub fn how_long_to_decide(subject: Subject, bands: &OutageBands) -> Section {
    let memory = memory_bands_chart(subject.plan, subject.catalog, bands);
    let memory = memory.map(|chart| Block::details(chart.title.clone(), vec![Block::Figure(Box::new(chart))]));
    let section = Section::new(ID, HEADING, "Nobody unlinks in this outage: there is no deadline.");
    memory.into_iter().fold(section.opened_by(chance_chart(subject.plan, bands)), Section::with)
}

/// How far the sampling is: "250 of 10,000 outages sampled."
#[must_use]
pub fn sampled_so_far(done: u32) -> String {
    let count = |outages: u32| format::count(f64::from(outages));
    format!("{} of {} outages sampled.", count(done), count(OUTAGE_SAMPLING.whole_trials()))
}

/// The section before the first outage is sampled: that it follows, or why there is none. `None` for a plan without a group.
#[must_use]
pub fn not_yet_decided(subject: Subject) -> Option<Section> {
    if subject.evaluation.active.design.caches.len() < 2 {
        return None;
    }
    let says = if OutageStudy::possible(subject.plan, subject.evaluation) {
        "Sampled as soon as you stop typing."
    } else {
        "This outage leaves no survivor, so there is no memory to sample."
    };
    Some(Section::new(ID, HEADING, says))
}
