//! A simulated outage of the group in sentences: with and without a force-unlink.

use super::chart::Table;
use super::format;
use crate::model::outage::{EventKind, GroupOutage, WhatIf, decision};
use crate::plan::Plan;
use crate::units::{Bytes, Ratio, Secs};

/// The two ways side by side, and a sentence that says what the difference is.
#[must_use]
pub fn two_ways(plan: &Plan, what_if: &WhatIf) -> (String, Table) {
    let WhatIf { acts, never, .. } = what_if;
    let acting = format!("Force-unlink after {}", format::duration(decision(plan)));
    let head = vec!["What follows".to_owned(), acting, "Never unlinked".to_owned()];
    let row = |what: &str, text: &dyn Fn(&GroupOutage) -> String| vec![what.to_owned(), text(acts), text(never)];
    let rows = vec![
        row("Memory full", &|way| first(way, EventKind::Full)),
        row("Eviction begins", &|way| first(way, EventKind::EvictionBegins)),
        row("Live data evicted, worst member", &|way| format::percent(way.answers.evicted)),
        row("Writes refused", &refused),
        row("Changes lost for good", &|way| none_or(way.answers.lost)),
        row("Most data in one region only", &|way| {
            let answers = &way.answers;
            if answers.at_risk <= Bytes::ZERO {
                return "none".to_owned();
            }
            format!("{}, for {}", format::bytes(answers.at_risk), format::duration(answers.at_risk_for))
        }),
        row("Redundancy back", &|way| back(way.answers.redundant_after)),
    ];
    (difference(acts, never), Table { head, rows })
}

fn first(way: &GroupOutage, kind: EventKind) -> String {
    way.log.first(kind, None).map_or_else(|| "not in this outage".to_owned(), |at| after(at.as_secs()))
}

fn after(time: Secs) -> String {
    format!("after {}", format::duration(time))
}

fn back(time: Option<Secs>) -> String {
    time.map_or_else(|| "never".to_owned(), after)
}

fn none_or(bytes: Bytes) -> String {
    if bytes > Bytes::ZERO { format::bytes(bytes) } else { "none".to_owned() }
}

fn refused(way: &GroupOutage) -> String {
    let answers = &way.answers;
    if answers.refused < 0.5 {
        return "none".to_owned();
    }
    format!("{}, {} of all", format::large(answers.refused), format::percent(answers.refused_share))
}

/// "evicts 35 % of the live data and refuses 285 M writes"; empty where it does neither.
fn harm(way: &GroupOutage) -> String {
    let answers = &way.answers;
    let evicts = (answers.evicted > Ratio::ZERO)
        .then(|| format!("evicts {} of the live data", format::percent(answers.evicted)));
    let refuses = (answers.refused >= 0.5).then(|| format!("refuses {} writes", format::large(answers.refused)));
    evicts.into_iter().chain(refuses).collect::<Vec<_>>().join(" and ")
}

/// What waiting costs, and what acting costs.
fn difference(acts: &GroupOutage, never: &GroupOutage) -> String {
    let redundancy = match (acts.answers.redundant_after, never.answers.redundant_after) {
        (Some(acts), Some(never)) if acts > never => format!(
            "Acting brings redundancy back {} later, because the member has to be made anew.",
            format::duration(acts - never)
        ),
        (Some(acts), Some(never)) if acts < never => {
            format!("Acting brings redundancy back {} earlier.", format::duration(never - acts))
        }
        (Some(_), None) => "Redundancy comes back only when somebody acts.".to_owned(),
        (None, Some(_)) => "Redundancy comes back only when nobody acts.".to_owned(),
        (None, None) => "Redundancy does not come back either way.".to_owned(),
        _ => "Redundancy comes back at the same time.".to_owned(),
    };
    let (acting, waiting) = (harm(acts), harm(never));
    match (acting.as_str(), waiting.as_str()) {
        ("", "") => format!("Nothing is evicted or refused in this outage, even when nobody acts. {redundancy}"),
        ("", _) => format!("Waiting {waiting}; acting avoids that. {redundancy}"),
        (_, "") => format!("Acting {acting}; waiting avoids that. {redundancy}"),
        _ => format!("Waiting {waiting}; acting {acting}. {redundancy}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::evaluate::evaluate;
    use crate::model::outage::what_if;
    use std::fmt::Write;

    fn preset(text: &str) -> (Plan, Catalog) {
        (crate::codec::from_json(text).unwrap(), Catalog::bundled().unwrap())
    }

    /// Figures as in the log of the same preset (`tests/tests/snapshots/outages__gaming-leaderboard.snap`).
    #[test]
    fn the_two_ways_of_a_group() {
        let (mut plan, catalog) = preset(include_str!("../../../public/plans/gaming-leaderboard.json"));
        let mut text = String::new();
        for hours in [0.5, 4.0, 12.0] {
            plan.outage.length = Some(Secs::hours(hours));
            let (says, table) = two_ways(&plan, &what_if(&plan, &catalog, &evaluate(&plan, &catalog)).unwrap());
            writeln!(text, "{hours} h: {says}").unwrap();
            for row in std::iter::once(&table.head).chain(&table.rows) {
                writeln!(text, "  {}", row.join(" | ")).unwrap();
            }
        }
        insta::assert_snapshot!(text.replace('\u{a0}', " "));
    }
}
