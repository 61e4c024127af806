//! What each view of an answer shows, as sections: the page draws them, the terminal and the reports print them.
//!
//! [`VIEWS`] is the one list: tab, view, sections. A view whose figures take long on the page has sections that take those figures;
//! here they are worked out at once.

pub mod cost;
pub mod glossary;
pub mod migrate;
pub mod outage;
pub mod overview;
pub mod portfolio;
pub mod recovery;
pub mod rules;
mod subject;

use super::document::Section;

pub(crate) use subject::NONE;
pub use subject::Subject;

/// A group of sections that is shown together and answers one question.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// The tab that it belongs to: "Recovery".
    pub tab: &'static str,
    /// Stable name in lower case, unique over all tabs: `recovery-copies`. Addresses and commands use it.
    pub id: &'static str,
    /// Its name on the page: "Full sync and RPO".
    pub name: &'static str,
    /// Its sections for a plan; empty where the plan has nothing to say about it.
    pub sections: fn(Subject) -> Vec<Section>,
}

/// Every view, in the order of the page.
pub const VIEWS: &[View] = &[
    View { tab: "Overview", id: "overview", name: "Overview", sections: overview::overview },
    View { tab: "Cost", id: "cost-months", name: "Months ahead", sections: cost::ahead },
    View { tab: "Cost", id: "cost-bill", name: "Bill of a month", sections: cost::bill_with_bands },
    View { tab: "Cost", id: "cost-states", name: "By state", sections: cost::by_state },
    View { tab: "Cost", id: "cost-bands", name: "Bands", sections: cost::band },
    View { tab: "Cost", id: "cost-break-even", name: "Break-even", sections: cost::break_even_and_regions },
    View { tab: "Cost", id: "cost-search", name: "Search", sections: cost::searched },
    View { tab: "Cost", id: "cost-prices", name: "Prices", sections: cost::prices },
    View { tab: "Recovery", id: "recovery-times", name: "Time to recover", sections: recovery::times },
    View { tab: "Recovery", id: "recovery-steps", name: "Step by step", sections: recovery::steps },
    View { tab: "Recovery", id: "recovery-drills", name: "Drills", sections: recovery::drilled },
    View { tab: "Recovery", id: "recovery-sync", name: "Full sync", sections: recovery::sync },
    View { tab: "Recovery", id: "recovery-point", name: "Recovery point", sections: recovery::point },
    View { tab: "Recovery", id: "recovery-backlog", name: "Backlog", sections: recovery::backlog },
    View { tab: "Recovery", id: "recovery-surge", name: "Surge", sections: recovery::surge },
    View { tab: "Recovery", id: "recovery-availability", name: "Availability", sections: recovery::availability },
    View { tab: "Recovery", id: "recovery-latency", name: "Latency", sections: recovery::latencies },
    View { tab: "Recovery", id: "recovery-regions", name: "Which regions", sections: recovery::regions },
    View { tab: "Recovery", id: "recovery-moves", name: "Sensitivity", sections: recovery::sensitivity },
    View { tab: "Outage", id: "outage-act-by", name: "Act by", sections: outage::act_by },
    View { tab: "Outage", id: "outage-happens", name: "Simulation", sections: outage::simulation },
    View { tab: "Outage", id: "outage-ways", name: "Act or wait", sections: outage::ways },
    View { tab: "Outage", id: "outage-decide", name: "How long to decide", sections: outage::decide },
    View { tab: "Outage", id: "outage-pair", name: "Passive pair", sections: outage::pair },
    View { tab: "Outage", id: "outage-events", name: "Other events", sections: outage::events },
    View { tab: "Outage", id: "outage-calibration", name: "Calibration", sections: outage::calibration },
    View { tab: "Rules", id: "rules", name: "Findings", sections: rules::rules },
    View { tab: "Rules", id: "rules-open", name: "Open work", sections: rules::open_work },
    View { tab: "Rules", id: "rules-all", name: "Everything checked", sections: rules::everything },
    View { tab: "Rules", id: "rules-glossary", name: "Glossary", sections: glossary::glossary },
    View { tab: "Migrate", id: "migrate", name: "Sizes", sections: migrate::sizes },
    View { tab: "Migrate", id: "migrate-paths", name: "Paths", sections: migrate::paths },
    View { tab: "Migrate", id: "migrate-dates", name: "Dates", sections: migrate::dates },
    View { tab: "Migrate", id: "migrate-runbook", name: "Runbook", sections: migrate::commands },
];

/// The view of a name.
#[must_use]
pub fn view(id: &str) -> Option<&'static View> {
    VIEWS.iter().find(|view| view.id == id)
}
