//! What happens in an outage, moment by moment.

use dr_core::catalog::Catalog;
use dr_core::evaluate::Evaluation;
use dr_core::model::active_outage::{Filling, Runway};
use dr_core::order::sort_few;
use dr_core::plan::Plan;
use dr_core::report::format;
use dr_core::units::Secs;

/// One event of the timeline.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::results) struct Event {
    pub(in crate::results) at: Secs,
    pub(in crate::results) text: String,
    /// quiet, warn, bad or accent.
    pub(in crate::results) ink: &'static str,
}

/// The events of an active group that loses its first region, in the order of time; none without a group.
pub(in crate::results) fn active(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> Vec<Event> {
    let (Runway::Fills(filling), Some(lost)) = (&evaluation.active.runway, plan.primary()) else { return Vec::new() };
    let name = catalog.region_name(&lost.region);
    let mut events = vec![Event {
        at: Secs::ZERO,
        text: format!(
            "{name} is lost; its clients go to the other members, and the survivors keep what they cannot send ({} a second).",
            format::bytes(filling.growth.mode * Secs::secs(1.0))
        ),
        ink: "quiet",
    }];
    events.push(Event {
        at: plan.recovery.alert_window,
        text: "Health alert is raised, at the end of its window.".to_owned(),
        ink: "warn",
    });
    events.extend(levels(filling));
    sort_few(&mut events, |a, b| a.at.as_secs().total_cmp(&b.at.as_secs()));
    events
}

fn levels(filling: &Filling) -> Vec<Event> {
    let event = |at: Option<Secs>, text: &str, ink| at.map(|at| Event { at, text: text.to_owned(), ink });
    let all = [
        event(filling.to_alert.mode, "75 % of the memory is used: memory alert.", "warn"),
        event(filling.to_eviction.mode, "80 %: eviction begins. Live data shrinks, used memory does not.", "bad"),
        event(filling.latest_unlink, "Last safe start of the force-unlink.", "accent"),
        event(filling.to_full.mode, "100 %: writes are refused, synchronisation stops.", "bad"),
    ];
    all.into_iter().flatten().collect()
}

/// The sentence above the chart.
pub(in crate::results) fn says(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> String {
    let Some(lost) = plan.primary() else { return String::new() };
    let survivors: Vec<&str> = plan.regions.iter().skip(1).map(|share| catalog.region_name(&share.region)).collect();
    let (Runway::Fills(filling), Some(first)) = (&evaluation.active.runway, survivors.first()) else {
        return "This plan has no active group: it needs two to five regions.".to_owned();
    };
    let who = if survivors.len() == 1 { format!("{first} reaches") } else { "Every survivor reaches".to_owned() };
    match (filling.to_full.mode, filling.latest_unlink) {
        (Some(full), Some(latest)) => format!(
            "{} is lost. {who} 100 % of its memory after {} ({}). Start the force-unlink before {}.",
            catalog.region_name(&lost.region),
            format::duration(full),
            super::words::open_range(filling.to_full),
            format::duration(latest),
        ),
        _ => format!(
            "{} is lost. Memory of the survivors does not fill at this rate of deletes.",
            catalog.region_name(&lost.region)
        ),
    }
}
