//! The tab Outage: a region is lost; what happens, how the survivors' memory grows, and until when a person must act.
//!
//! The group's sections take the outage that [`what_if()`] simulates, and [`how_long_to_decide`] takes the bands of many outages: the
//! page works both out when they are needed.

mod act_by;
mod calibration;
mod consequences;
mod decide;
mod events;
mod members;
mod pair;
mod simulation;
#[cfg(test)]
mod tests;
mod ways;

use super::Subject;
use crate::explore::{OUTAGE_SAMPLING, outage_bands};
use crate::model::outage_simulation::{WhatIf, what_if};
use crate::report::document::{Document, Section};

pub use act_by::act_by_section;
pub use calibration::{calibration_section, read_drill};
pub use consequences::consequences;
pub use decide::{how_long_to_decide, not_yet_decided, sampled_so_far};
pub use events::event_sections;
pub use members::{at_moment, decision_words, filled, members_table};
pub use pair::pair_section;
pub use simulation::simulation_section;
pub use ways::ways_section;

/// Until when a person must act.
#[must_use]
pub fn act_by(subject: Subject) -> Vec<Section> {
    of_group(subject, "outage-act-by", act_by_section)
}

/// The outage event by event.
#[must_use]
pub fn simulation(subject: Subject) -> Vec<Section> {
    of_group(subject, "outage-happens", simulation_section)
}

/// With and without the force-unlink.
#[must_use]
pub fn ways(subject: Subject) -> Vec<Section> {
    of_group(subject, "outage-ways", ways_section)
}

/// How long to decide, over all trials.
#[must_use]
pub fn decide(subject: Subject) -> Vec<Section> {
    let section = match outage_bands(subject.plan, subject.evaluation, OUTAGE_SAMPLING) {
        Some(bands) => Some(how_long_to_decide(subject, &bands)),
        None => not_yet_decided(subject),
    };
    section.into_iter().collect()
}

/// The outage of the passive pair.
#[must_use]
pub fn pair(subject: Subject) -> Vec<Section> {
    vec![pair_section(subject)]
}

/// Flush, scaling and patching.
#[must_use]
pub fn events(subject: Subject) -> Vec<Section> {
    event_sections(subject)
}

/// What the coefficients are based on.
#[must_use]
pub fn calibration(subject: Subject) -> Vec<Section> {
    vec![calibration_section(subject)]
}

/// The outage of group and pair: events, consequences, with and without the force-unlink; then flush, scaling and patching.
#[must_use]
pub fn document(subject: Subject) -> Document {
    let outage = [simulation(subject), act_by(subject), ways(subject), pair(subject), events(subject)].concat();
    let mut sections: Vec<Section> = Vec::new();
    for section in outage {
        // A plan without a group has one sentence for all that is about the group.
        if sections.last().is_none_or(|last| last.says != section.says || section.says.is_blank()) {
            sections.push(section);
        }
    }
    Document { title: subject.plan.name.clone(), opening: Vec::new(), sections }
}

/// The section of the plan's group, or that there is none.
fn of_group(subject: Subject, id: &'static str, section: fn(Subject, &WhatIf) -> Section) -> Vec<Section> {
    let story = what_if(subject.plan, subject.catalog, subject.evaluation);
    vec![story.map_or_else(|| no_group(id), |story| section(subject, &story))]
}

/// What a section about a group says where the plan has none; `id` is that section's.
#[must_use]
pub fn no_group(id: &'static str) -> Section {
    let says = "This plan has no active group, which needs two to five regions and a size that holds the data.";
    Section::new(id, "Active group", says)
}
