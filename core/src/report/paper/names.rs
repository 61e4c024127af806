//! Names of sections without a plan: which view holds which, so that only what is asked for is worked out.

use crate::report::views::{VIEWS, View};

/// Sections whose id is not that of their view, by view.
const HELD: &[(&str, &[&str])] = &[
    ("overview", &["verdict", "targets", "why", "side-by-side", "published-case"]),
    ("cost-months", &["months-ahead"]),
    ("cost-bill", &["bill"]),
    ("cost-states", &["cost-by-state", "off-bill"]),
    ("cost-bands", &["bill-bands", "cost-moves"]),
    ("cost-break-even", &["break-even", "cost-by-regions"]),
    ("cost-search", &["search", "search-targets", "search-steps", "search-regions"]),
    ("cost-prices", &["price-sheet"]),
    ("recovery-times", &["recovery-distribution"]),
    ("recovery-steps", &["recovery-paths"]),
    ("recovery-drills", &["drill-record", "drill-rebuild", "drill-passive", "drill-active"]),
    ("recovery-sync", &["full-sync"]),
    ("recovery-point", &["data-parts"]),
    ("recovery-backlog", &["backlog-passive", "backlog-active"]),
    ("recovery-surge", &["surge"]),
    ("recovery-availability", &["availability"]),
    ("recovery-latency", &["latency"]),
    ("recovery-regions", &["primary-to-choose", "region-to-add"]),
    ("recovery-moves", &["sensitivity"]),
    ("rules", &["findings"]),
    ("rules-open", &["open-work"]),
    ("rules-all", &["all-rules"]),
    ("rules-glossary", &["glossary"]),
    ("migrate", &["migrate-sizes", "migrate-nothing"]),
    ("migrate-paths", &["migrate-nothing"]),
    ("migrate-dates", &["migrate-nothing"]),
    (
        "migrate-runbook",
        &[
            "migrate-before",
            "migrate-roles",
            "migrate-prepare",
            "migrate-move",
            "migrate-clients-switch",
            "migrate-clean-up",
            "migrate-rollback",
            "migrate-nothing",
        ],
    ),
];

/// Sections that are in no view of the page.
const BASIS: [&str; 4] = ["figures", "inputs", "assumptions", "sources"];

/// Whether a view is or may hold this section.
pub(super) fn holds(view: &View, id: &str) -> bool {
    view.id == id || HELD.iter().any(|(held_by, ids)| *held_by == view.id && ids.contains(&id))
}

/// Every name that may be asked for, in the order of the page, the view before its sections.
pub(super) fn names() -> Vec<&'static str> {
    let of = |view: &'static View| {
        let held = HELD.iter().filter(|(held_by, _)| *held_by == view.id).flat_map(|(_, ids)| *ids);
        std::iter::once(view.id).chain(held.copied())
    };
    VIEWS.iter().flat_map(of).chain(BASIS).collect()
}
