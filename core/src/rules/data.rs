//! Findings about what the data is: what a rebuild loses, and what writes in two regions at once do to it.

use super::Finding;
use super::view::View;
use super::whole_plan::ours;
use crate::catalog::Severity;
use crate::model::Topology;
use crate::plan::{Conflicts, DataClass, DataPart};
use crate::units::Ratio;
use crate::units::format;

const FIELD: &str = "data.parts";
/// Where the conflict rules of an active group are described.
const CONFLICTS: &str = "S2 (2026-05-21): eventual consistency, conflict behaviour; redis.io, Active-Active data types";

/// What is not said, what is held only here, and what an active group does to parts that two regions write.
pub(super) fn findings(view: &View) -> Vec<Finding> {
    let parts = view.plan.data.whole();
    let mut found = Vec::new();
    found.extend(not_said(&parts));
    found.extend(held_only_here(view, &parts));
    if view.plan.regions.len() > 1 {
        found.push(eventual());
        found.extend(not_safe(view, &parts));
        found.extend(last_write_wins(&parts));
        found.extend(conflicts_not_said(&parts));
    }
    found
}

/// "sessions (40 % of the data) and carts (5 %)"; empty without any.
fn named(parts: &[DataPart], which: impl Fn(&DataPart) -> bool) -> Option<String> {
    let mut of = " of the data";
    if let [whole] = parts
        && whole.share == Ratio::ONE
        && which(whole)
    {
        return Some(if whole.class == DataClass::Unknown && whole.name == "All data" {
            "the data".to_owned()
        } else {
            whole.name.clone()
        });
    }
    let each = parts.iter().filter(|part| which(part)).map(|part| {
        let text = format!("{} ({}{of})", part.name, format::percent(part.share));
        of = "";
        text
    });
    let each: Vec<String> = each.collect();
    (!each.is_empty()).then(|| format::listed(&each))
}

fn not_said(parts: &[DataPart]) -> Option<Finding> {
    let names = named(parts, |part| part.class == DataClass::Unknown)?;
    let sentence = format!("Whether the database holds {names} is open: a rebuild has no RPO.");
    let remedy = "Class the data: rebuildable, held only here, or expendable.";
    Some(ours("DATA-CLASS", Topology::Rebuild, Severity::Warn, sentence, remedy, FIELD))
}

fn held_only_here(view: &View, parts: &[DataPart]) -> Option<Finding> {
    let names = named(parts, |part| part.class == DataClass::HeldOnlyHere)?;
    let (sentence, remedy) = match view.plan.data.export_interval {
        None => (
            format!("Held only here, never exported: {names}; a rebuild loses it."),
            "Replicate, export, or record it in a database.",
        ),
        Some(interval) => (
            format!("Held only here: {names}; a rebuild loses up to {} of its changes.", format::duration(interval)),
            "Export more often, or replicate it.",
        ),
    };
    let field = if view.plan.data.export_interval.is_none() { "data.export_interval" } else { FIELD };
    Some(ours("DATA-HELD", Topology::Rebuild, Severity::Warn, sentence, remedy, field))
}

/// S2's first common mistake.
fn eventual() -> Finding {
    let sentence = "Members are eventually consistent: a read may miss a write confirmed in another region.".to_owned();
    let remedy = "Read your own writes from one member; keep what needs one truth in a database.";
    with_source(ours("DATA-EVENTUAL", Topology::Active, Severity::Info, sentence, remedy, ""))
}

/// Two regions that write can do so at the same time: that blocks. With one they meet only while clients move or links are cut.
fn not_safe(view: &View, parts: &[DataPart]) -> Option<Finding> {
    let names = named(parts, |part| part.conflicts == Conflicts::NotSafe && part.class != DataClass::Expendable)?;
    let writers = view.plan.regions.iter().filter(|region| region.writes > Ratio::ZERO).count();
    let (severity, sentence) = if writers > 1 {
        let sentence = format!("Unsafe under concurrent writes of {writers} regions: {names}.");
        (Severity::Block, sentence)
    } else {
        let sentence =
            format!("Unsafe under concurrent writes: {names}; two regions write while clients move or a link is cut.");
        (Severity::Warn, sentence)
    };
    let remedy = "Write it in one region, outside the group, or as counters and sets, which merge.";
    Some(with_source(ours("DATA-UNSAFE", Topology::Active, severity, sentence, remedy, FIELD)))
}

fn last_write_wins(parts: &[DataPart]) -> Option<Finding> {
    let names = named(parts, |part| part.conflicts == Conflicts::LastWriteWins)?;
    let sentence = format!(
        "Of two concurrent writes of a string one is dropped without an error, by the members’ clocks: {names}."
    );
    let remedy = "Test it: write one key in two regions at once.";
    Some(with_source(ours("DATA-LAST-WRITE", Topology::Active, Severity::Info, sentence, remedy, FIELD)))
}

fn conflicts_not_said(parts: &[DataPart]) -> Option<Finding> {
    let names = named(parts, |part| part.conflicts == Conflicts::Unknown && part.class != DataClass::Expendable)?;
    let sentence = format!(
        "Conflicts of {names} are open: strings take the last write; counters, sets and scores of sorted sets merge."
    );
    let remedy = "State each part's conflict tolerance.";
    Some(with_source(ours("DATA-CONFLICTS", Topology::Active, Severity::Warn, sentence, remedy, FIELD)))
}

fn with_source(mut finding: Finding) -> Finding {
    CONFLICTS.clone_into(&mut finding.source);
    finding
}

#[cfg(test)]
mod tests {
    use crate::catalog::{Catalog, Severity};
    use crate::evaluate::evaluate;
    use crate::plan::{Conflicts, DataClass, DataPart, Plan};
    use crate::units::{Ratio, Secs};
    use std::sync::LazyLock;

    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::bundled().unwrap());

    fn found(plan: &Plan) -> Vec<(String, Severity)> {
        let findings = evaluate(plan, &CATALOG).findings.into_iter().filter(|it| it.id.starts_with("DATA-"));
        let mut found: Vec<_> = findings.map(|it| (it.id, it.severity)).collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found
    }

    fn with(class: DataClass, conflicts: Conflicts) -> Plan {
        let mut plan = Plan::default();
        plan.data.parts = vec![DataPart::new("sessions", 1.0, 1.0, class, conflicts)];
        plan
    }

    /// S2: "which Redis data structures are safe", and its first common mistake; review, row 78.
    #[test]
    fn conflict_rules_of_the_seeds_are_findings() {
        let eventual = ("DATA-EVENTUAL".to_owned(), Severity::Info);
        let mut plan = with(DataClass::Rebuildable, Conflicts::NotSafe);
        assert_eq!(found(&plan), [eventual.clone(), ("DATA-UNSAFE".to_owned(), Severity::Block)]);
        plan.regions[0].writes = Ratio::ONE;
        plan.regions[1].writes = Ratio::ZERO;
        assert_eq!(found(&plan), [eventual.clone(), ("DATA-UNSAFE".to_owned(), Severity::Warn)], "one region writes");
        let last = with(DataClass::Rebuildable, Conflicts::LastWriteWins);
        assert_eq!(found(&last), [eventual.clone(), ("DATA-LAST-WRITE".to_owned(), Severity::Info)]);
        assert_eq!(found(&with(DataClass::Rebuildable, Conflicts::Merges)), std::slice::from_ref(&eventual));
        assert_eq!(found(&with(DataClass::Expendable, Conflicts::NotSafe)), [eventual]);
        plan.regions.truncate(1);
        assert_eq!(found(&plan), [], "one region has no conflicts");
    }

    #[test]
    fn a_part_that_is_not_safe_keeps_the_group_from_being_chosen() {
        let mut plan = with(DataClass::Rebuildable, Conflicts::NotSafe);
        let choice = evaluate(&plan, &CATALOG).comparison.choice;
        assert_ne!(choice, Some(crate::model::Topology::Active));
        plan.data.parts[0].class = DataClass::HeldOnlyHere;
        plan.objectives.budget = None;
        assert_ne!(evaluate(&plan, &CATALOG).comparison.choice, Some(crate::model::Topology::Rebuild));
    }

    #[test]
    fn what_is_not_said_is_asked() {
        let ids = |plan: &Plan| found(plan).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        assert_eq!(ids(&Plan::default()), ["DATA-CLASS", "DATA-CONFLICTS", "DATA-EVENTUAL"]);
        let mut held = with(DataClass::HeldOnlyHere, Conflicts::Merges);
        assert_eq!(ids(&held), ["DATA-EVENTUAL", "DATA-HELD"]);
        let say = |plan: &Plan| {
            let findings = evaluate(plan, &CATALOG).findings.into_iter();
            findings.filter(|it| it.id == "DATA-HELD").map(|it| it.sentence.replace('\u{a0}', " ")).collect::<String>()
        };
        assert!(say(&held).ends_with("never exported: sessions; a rebuild loses it."));
        held.data.export_interval = Some(Secs::hours(6.0));
        assert!(say(&held).ends_with("a rebuild loses up to 6 h of its changes."), "{}", say(&held));
    }
}
