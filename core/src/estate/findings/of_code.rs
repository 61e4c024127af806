//! Findings on code: what it leaves open, where it differs from what Azure says, what nothing shows to be deployed.

use crate::catalog::Severity;
use crate::estate::deployments::Deployment;
use crate::estate::facts::Facts;
use crate::estate::findings::finding::{Finding, finding};
use crate::estate::planned::DESCRIPTIONS;
use crate::units::format;

/// What is found about the code of a deployment; nothing where no code was imported.
pub(in crate::estate) fn findings(deployment: &Deployment, facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for member in &deployment.members {
        let open: Vec<String> = facts.open(&member.key).map(|(name, needs)| format!("{name} ({needs})")).collect();
        if !open.is_empty() {
            found.push(finding(
                "EST-ASKED",
                Severity::Info,
                format!("Code leaves open for {}: {}.", member.name, format::listed(&open)),
                "Enter the values in the plan, or add the answer of Azure for the deployed cache.",
            ));
        }
    }
    for (member, cache) in deployment.caches(facts) {
        let databases = facts.databases_of(&member.key).flat_map(|(_, it)| &it.unlike);
        let unlike: Vec<&str> = cache.unlike.iter().chain(databases).copied().collect();
        if !unlike.is_empty() {
            found.push(finding(
                "EST-CODE",
                Severity::Warn,
                format!("Code and Azure differ on {}: {}.", member.name, format::listed(&unlike)),
                "Azure’s values count here. Bring the code up to date: its next deployment changes the cache.",
            ));
        }
        if cache.deployed.is_none() {
            found.push(finding(
                "EST-PLANNED",
                Severity::Info,
                format!("Code alone describes {}: no file shows that it runs.", member.name),
                DESCRIPTIONS,
            ));
        }
    }
    found
}
