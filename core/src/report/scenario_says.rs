//! Flush, scaling and patching of a plan, in sentences.

use crate::catalog::{Catalog, Price};
use crate::evaluate::Evaluation;
use crate::model::cost::Refill;
use crate::model::scenarios::{Gap, Patch, flush, patch, scaling};
use crate::plan::Plan;
use crate::units::format;
use crate::units::{Bytes, Currency, Money, Ratio, Secs};

/// One scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioText {
    /// Its name.
    pub title: &'static str,
    /// What it does to this plan.
    pub says: String,
    /// What it stands on.
    pub remark: &'static str,
}

/// The scenarios that the plan can meet: flush and scaling of a group, the monthly patch of a pair.
#[must_use]
pub fn scenario_texts(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> Vec<ScenarioText> {
    let flushed = flush(plan, catalog, evaluation).map(|flush| {
        let back = match flush.hit_rate_back {
            Some(time) => format!("the hit rate is back after {}", format::duration(time)),
            None => "the hit rate does not come back: the usual misses alone are too many".to_owned(),
        };
        let unanswered = if flush.unanswered > Ratio::ZERO {
            format!(", and at first {} of the reads are more than the database stands", format::percent(flush.unanswered))
        } else {
            String::new()
        };
        ScenarioText {
            title: "Management flush",
            says: format!(
                "It empties {}. {} keys have to be read from the database again: {} for the reload alone. With \
                 clients let in at once {back}{unanswered}. {}",
                members(flush.members),
                format::large(flush.keys),
                format::duration(flush.reload),
                refill_says(&flush.refill, flush.members, catalog.currency()),
            ),
            remark: "The commands FLUSHALL and FLUSHDB are blocked in a group (S3). Time to reload = keys ÷ min(reload rate, what \
                     the database stands). Each key is read once; that the other members get as much as a full copy from the \
                     first is an assumption. The nodes cost what they cost anyway.",
        }
    });
    let scaled = scaling(plan, evaluation).map(|scaling| {
        let full = match scaling.full_after {
            Some(time) => format!("at the plan's growth that lasts {}", format::duration(time)),
            None => "the data does not grow".to_owned(),
        };
        ScenarioText {
            title: "Scaling a member",
            says: format!(
                "One member scaled locks the group until {} have the same size, at least {} one after the other. Until then \
                 memory is capped at {}: {} left on each member, and {full}.",
                members(scaling.members),
                format::duration(scaling.locked),
                scaling.from.short(),
                format::bytes(scaling.left),
            ),
            remark: "Scaling of a group is in preview, and never goes down (D3). Ten minutes a member are published for an empty \
                     one; one after the other is an assumption.",
        }
    });
    let patched = patch(plan, evaluation).map(|patch| ScenarioText {
        title: "Monthly patch of the pair",
        says: patch_says(&patch),
        remark: "A patch drops the link for a few minutes to an hour; longer is a case for support (D8). The backlog is the \
                 open-source default: Azure's is unpublished.",
    });
    flushed.into_iter().chain(scaled).chain(patched).collect()
}

/// The same as plain text under a title; empty where the plan can meet none.
#[must_use]
pub fn scenarios_text(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> String {
    let texts = scenario_texts(plan, catalog, evaluation);
    if texts.is_empty() {
        return String::new();
    }
    let lines: Vec<String> =
        texts.iter().map(|it| [it.title, ": ", &it.says, "\n", it.remark, "\n"].concat()).collect();
    ["Flush, scaling, patching\n\n", &lines.join("\n")].concat()
}

/// "The reads cost $4.17 at your price. Sending 10 GB to the other member costs $0.20."; what has no price says so.
fn refill_says(refill: &Refill, members: usize, currency: Currency) -> String {
    let money = |amount| format::money(amount, currency);
    let reads = match (&refill.reads.price, refill.reads.amount) {
        (_, Some(amount)) => format!("The reads cost {} at your price.", money(amount)),
        (Price::Unknown { reason }, None) => format!(
            "No Azure meter of Redis counts the reads, and the database’s own are not priced here: {}.",
            // "not priced: no price" would say it twice.
            reason.strip_prefix("no price: ").unwrap_or(reason)
        ),
        (Price::Known(_), None) => String::new(),
    };
    let others = match members.saturating_sub(1) {
        0 => return reads,
        1 => "the other member".to_owned(),
        count => format!("the {count} other members"),
    };
    let costs = match (refill.paid, refill.at_list) {
        (None, _) => "has no price here".to_owned(),
        (Some(paid), _) if paid > Money::ZERO => format!("costs {}", money(paid)),
        (_, Some(list)) if list > Money::ZERO => {
            format!("is absorbed by the service today; at the list rate it costs {}", money(list))
        }
        (_, Some(_)) => "costs nothing within a region".to_owned(),
        (_, None) => "is absorbed by the service today; at the list rate it has no price here".to_owned(),
    };
    format!("{reads} Sending {} to {others} {costs}.", format::bytes(refill.sent))
}

/// "both members", "all 3 members".
fn members(count: usize) -> String {
    if count == 2 { "both members".to_owned() } else { format!("all {count} members") }
}

fn patch_says(patch: &Patch) -> String {
    let covered = match patch.covered {
        None => return "Without writes nothing is missed while the link is away.".to_owned(),
        Some(time) => format::duration(time),
    };
    let backlog = format::bytes(patch.backlog);
    let gaps: Vec<String> = patch.gaps.iter().map(gap_says).collect();
    let full = patch.gaps.iter().any(|gap| gap.full);
    let copy = if full && patch.copy > Bytes::ZERO {
        format!(" A full copy moves {}.", format::bytes(patch.copy))
    } else {
        String::new()
    };
    format!("The backlog of {backlog} a shard covers {covered} without the link: {}.{copy}", gaps.join("; "))
}

/// "after 15 min 4.5 GB exist in one region only, and the full sync takes 40 s".
fn gap_says(gap: &Gap) -> String {
    let kind = if gap.full { "full sync" } else { "partial resync" };
    let ends = match gap.catch_up {
        Some(time) if time < Secs::secs(1.0) => "takes less than a second".to_owned(),
        Some(time) => format!("takes {}", format::duration(time)),
        None => "does not end".to_owned(),
    };
    format!(
        "after {} {} exist in one region only, and the {kind} {ends}",
        format::duration(gap.lasts),
        format::bytes(gap.at_risk)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::RegionId;
    use crate::evaluate::evaluate;
    use crate::plan::EgressBilling;
    use crate::units::{OpsPerSec, UnitPrice};
    use std::fmt::Write;

    type Change = fn(&mut Plan);

    #[test]
    fn scenarios_in_words() {
        let catalog = Catalog::bundled().unwrap();
        let cases: [(&str, Change); 6] = [
            ("first plan", |_| {}),
            ("reads priced, egress at list", |plan| {
                plan.outages.million_reads = Some(UnitPrice::new("0.25".parse().unwrap()));
                plan.pricing.active_egress = EgressBilling::ListRate;
            }),
            ("three members, another currency", |plan| {
                plan.outages.million_reads = Some(UnitPrice::new("0.25".parse().unwrap()));
                plan.pricing.currency = Currency::new("EUR").unwrap();
                plan.add_region(RegionId::new("southeastasia"));
            }),
            ("little to miss", |plan| {
                plan.workload.writes = OpsPerSec::per_s(1.0);
                plan.syncs.patch_gap.low = Secs::secs(30.0);
            }),
            ("no writes", |plan| plan.workload.writes = OpsPerSec::ZERO),
            ("one region", |plan| plan.regions.truncate(1)),
        ];
        let mut text = String::new();
        for (name, change) in cases {
            let mut plan = Plan::default();
            change(&mut plan);
            writeln!(text, "{name}").unwrap();
            for it in scenario_texts(&plan, &catalog, &evaluate(&plan, &catalog)) {
                writeln!(text, "  {}: {}", it.title, it.says).unwrap();
            }
        }
        insta::assert_snapshot!(text.replace('\u{a0}', " "));
    }
}
