//! A simulated outage of the group in sentences: with and without a force-unlink.

use super::chart::Table;
use super::outage_says::{for_long, share_of_all};
use crate::model::outage::{EventKind, GroupOutage, WhatIf, decision};
use crate::plan::Plan;
use crate::units::format;
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
        row("Most changed data in one region only", &|way| {
            let answers = &way.answers;
            if answers.at_risk <= Bytes::ZERO {
                return "none".to_owned();
            }
            format!("{}, {}", format::bytes(answers.at_risk), for_long(answers.at_risk_for))
        }),
        row("Users without a member to write to", &unserved),
        row("Every member in sync", &|way| back(way.answers.redundant_after)),
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
    let share = share_of_all(answers.refused_share);
    match answers.refused_for_ever {
        None => format!("{}, {share} of all", format::large(answers.refused)),
        Some(since) => format!("for ever from {} on", format::duration(since)),
    }
}

fn unserved(way: &GroupOutage) -> String {
    match way.answers.unserved {
        Some(time) if time <= Secs::ZERO => "never".to_owned(),
        time => for_long(time),
    }
}

/// "evicts 35 % of the live data and refuses 285 M writes"; empty where it does neither.
fn harm(way: &GroupOutage) -> String {
    let answers = &way.answers;
    let evicts = (answers.evicted > Ratio::ZERO)
        .then(|| format!("evicts {} of the live data", format::percent(answers.evicted)));
    let refuses = (answers.refused >= 0.5).then(|| match answers.refused_for_ever {
        None => format!("refuses {} writes", format::large(answers.refused)),
        Some(since) => format!("refuses writes for ever from {} on", format::duration(since)),
    });
    let nobody = (answers.unserved != Some(Secs::ZERO))
        .then(|| format!("leaves users without a member to write to {}", unserved(way)));
    format::listed(&evicts.iter().chain(&refuses).chain(&nobody).map(String::as_str).collect::<Vec<_>>())
}

/// What waiting costs, and what acting costs.
fn difference(acts: &GroupOutage, never: &GroupOutage) -> String {
    let sync = match (acts.answers.redundant_after, never.answers.redundant_after) {
        (Some(acts), Some(never)) if acts > never => format!(
            "With acting every member is in sync {} later, because the member has to be made anew.",
            format::duration(acts - never)
        ),
        (Some(acts), Some(never)) if acts < never => {
            format!("With acting every member is in sync {} earlier.", format::duration(never - acts))
        }
        (Some(_), None) => "Every member is in sync again only when somebody acts.".to_owned(),
        (None, Some(_)) => "Every member is in sync again only when nobody acts.".to_owned(),
        (None, None) => "Either way not every member is ever in sync again.".to_owned(),
        _ => "Either way every member is in sync at the same time.".to_owned(),
    };
    let (acting, waiting) = (harm(acts), harm(never));
    match (acting.as_str(), waiting.as_str()) {
        ("", "") => format!("Nothing is evicted or refused in this outage, even when nobody acts. {sync}"),
        ("", _) => format!("Waiting {waiting}; acting avoids that. {sync}"),
        (_, "") => format!("Acting {acting}; waiting avoids that. {sync}"),
        (acting, waiting) if acting == waiting => format!("Acting changes nothing: either way it {waiting}. {sync}"),
        _ => format!("Waiting {waiting}; acting {acting}. {sync}"),
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
