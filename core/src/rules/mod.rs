//! Findings (M-11): a rule is data in the catalogue and one predicate over the plan and its answers.

pub mod act_by;
mod active_configuration;
mod active_memory;
mod active_operations;
mod data;
pub(crate) mod lifecycle;
mod passive_network;
mod passive_operations;
mod passive_pair;
#[cfg(test)]
mod tests;
mod traffic;
mod view;
mod whole_plan;

use crate::catalog::{Catalog, RuleInfo, Severity};
use crate::model::demand::Demand;
use crate::model::horizon::OverHorizon;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;
use crate::units::sorted;
use serde::{Deserialize, Serialize};
pub use view::IF_NOT_SO;
use view::{Breach, Outcome, Rule, View};

/// One thing to know about a plan; a value in the result, never a log line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Id of the rule: `ACT-ALERT60`.
    pub id: String,
    /// Which topology it concerns.
    pub topology: Topology,
    /// Block, warn or info.
    pub severity: Severity,
    /// What holds for this plan, in one sentence with its figures.
    pub sentence: String,
    /// What to do about it; empty where there is nothing to do.
    pub remedy: String,
    /// Source tags with dates where sources conflict.
    pub source: String,
    /// Path of the field that fixes it, `passive.secondary_sku`; empty where none does.
    pub field: String,
}

/// How a rule stands for a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Kept.
    Holds,
    /// Broken: there is a finding.
    Broken,
    /// An info rule that concerns this plan: there is a finding.
    Applies,
    /// Nobody has confirmed it yet: it is open work, no finding.
    Open,
    /// Does not concern this plan.
    NotApplicable,
    /// A plan cannot show it; only the caches themselves can.
    NotVisible,
}

/// One of the 70 rules with its status, for the list of all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleStatus {
    /// Id of the rule.
    pub id: String,
    /// Which topology it concerns.
    pub topology: Topology,
    /// Severity when broken; that of the finding where there is one.
    pub severity: Severity,
    /// What is checked, in a few words.
    pub check: String,
    /// Source tags.
    pub source: String,
    /// How it stands.
    pub status: Status,
    /// The finding's sentence, or why it does not apply or cannot be seen; empty where it holds.
    pub sentence: String,
}

/// What is wrong with a plan, and what nobody has confirmed of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Broken rules, info rules that apply, and what is wrong with the plan as a whole; blocks first.
    pub findings: Vec<Finding>,
    /// What a person has to confirm, or to say that it is not so, by how much hangs on it: where a rule would block first. No design
    /// is barred by it.
    pub open: Vec<Finding>,
}

/// Every finding for a plan, and every question that is open. `answers` are rebuild, passive, active; `over` is the months ahead, where they
/// are worked out: without them the month in which a size is outgrown is that of memory alone, which bars no design.
#[must_use]
pub fn findings(
    plan: &Plan,
    catalog: &Catalog,
    demand: &Demand,
    answers: [&TopologyAnswer; 3],
    over: Option<&OverHorizon>,
) -> Found {
    let view = view(plan, catalog, demand, answers, over);
    let mut found = Found { findings: whole_plan::findings(&view), open: whole_plan::open(&view) };
    found.findings.extend(data::findings(&view));
    found.findings.extend(traffic::findings(&view));
    for (rule, outcome) in outcomes(catalog, &view) {
        match outcome {
            Outcome::Broken(said) | Outcome::Applies(said) => found.findings.push(finding(rule, said)),
            Outcome::Open(said) => found.open.push(finding(rule, said)),
            Outcome::Holds | Outcome::NotApplicable(_) | Outcome::NotVisible(_) => {}
        }
    }
    for list in [&mut found.findings, &mut found.open] {
        sorted::sort_by_key(list, |it| (it.severity, it.topology));
    }
    found
}

/// The 70 rules in the catalogue's order, each with its status for this plan.
#[must_use]
pub fn audit(
    plan: &Plan,
    catalog: &Catalog,
    demand: &Demand,
    answers: [&TopologyAnswer; 3],
    over: Option<&OverHorizon>,
) -> Vec<RuleStatus> {
    let view = view(plan, catalog, demand, answers, over);
    outcomes(catalog, &view).map(|(rule, outcome)| status(rule, outcome)).collect()
}

/// Every predicate, by area. A rule of the catalogue without one is not judged; a test keeps both lists equal.
const TABLES: [&[Rule]; 7] = [
    passive_pair::RULES,
    passive_network::RULES,
    passive_operations::RULES,
    lifecycle::RULES,
    active_configuration::RULES,
    active_memory::RULES,
    active_operations::RULES,
];

/// The rules in the catalogue's order, each with what its predicate says.
fn outcomes<'a>(catalog: &'a Catalog, view: &View) -> impl Iterator<Item = (&'a RuleInfo, Outcome)> {
    // Catalogue and tables nearly share their order: each search begins behind the last find.
    let mut predicates = TABLES.iter().flat_map(|table| table.iter()).cycle();
    let count: usize = TABLES.iter().map(|table| table.len()).sum();
    catalog.rules().iter().filter_map(move |rule| {
        let (_, predicate) = predicates.by_ref().take(count).find(|(id, _)| *id == rule.id)?;
        Some((rule, predicate(view)))
    })
}

fn view<'a>(
    plan: &'a Plan,
    catalog: &'a Catalog,
    demand: &'a Demand,
    [rebuild, passive, active]: [&'a TopologyAnswer; 3],
    over: Option<&'a OverHorizon>,
) -> View<'a> {
    View { plan, catalog, demand, rebuild, passive, active, over }
}

fn topology(rule: &RuleInfo) -> Topology {
    if rule.id.starts_with("PAS") { Topology::Passive } else { Topology::Active }
}

fn finding(rule: &RuleInfo, said: Breach) -> Finding {
    Finding {
        id: rule.id.clone(),
        topology: topology(rule),
        severity: said.severity.unwrap_or(rule.severity),
        sentence: said.sentence,
        remedy: said.remedy,
        source: said.source.map_or_else(|| rule.source.clone(), str::to_owned),
        field: said.field.to_owned(),
    }
}

fn status(rule: &RuleInfo, outcome: Outcome) -> RuleStatus {
    let status = outcome.status();
    let (sentence, severity) = match outcome {
        Outcome::Holds => (String::new(), None),
        Outcome::NotApplicable(why) | Outcome::NotVisible(why) => (why.to_owned(), None),
        Outcome::Broken(said) | Outcome::Applies(said) | Outcome::Open(said) => (said.sentence, said.severity),
    };
    RuleStatus {
        id: rule.id.clone(),
        topology: topology(rule),
        severity: severity.unwrap_or(rule.severity),
        check: rule.check.clone(),
        source: rule.source.clone(),
        status,
        sentence,
    }
}
