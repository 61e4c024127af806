//! What a figure leaves out, in words.

use super::{at_start, months_of, next_size};
use crate::decide::Comparison;
use crate::model::Topology;
use crate::model::cost::Total;
use crate::model::verdict::{Caveat, Verdict};
use crate::rules::act_by::{act_by, full};
use crate::units::format;
use crate::words::misfit::sizes;
use crate::words::shown::fewer;

/// What a figure leaves out, or why it cannot be known; may be empty.
#[must_use]
pub fn caveat(verdict: &Verdict) -> String {
    verdict.caveats.iter().map(caveat_words).collect::<Vec<_>>().join(" ")
}

/// "The rebuild waits: C5 at $1,240 a month until 2028-09-30, then $1,931 (M50). Its bill here is by today’s load."; `None` of a design that does
/// not.
pub(crate) fn waiting(comparison: &Comparison, topology: Topology) -> Option<String> {
    comparison.waits(topology)?;
    let paid = months_of(comparison, topology, &Total::default()).concat();
    Some(format!("{} waits: {paid}. Its bill here is by today’s load.", at_start(topology)))
}

/// The same of each design that waits.
pub(crate) fn all_waiting(comparison: &Comparison) -> impl Iterator<Item = String> {
    Topology::ALL.into_iter().filter_map(|it| waiting(comparison, it))
}

fn caveat_words(caveat: &Caveat) -> String {
    let said = match caveat {
        Caveat::NotPossible => "Not possible.",
        Caveat::Misfit(why) => return why.words(),
        Caveat::OtherCurrency { budget, prices } => {
            return format!("The budget is in {budget} and the prices are in {prices}: enter it in {prices}.");
        }
        Caveat::Incomplete(total, currency) => return format!("{}.", total.words(*currency)),
        Caveat::WithoutHours(kinds) => {
            let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
            return format!("Without {}: no price.", format::listed(&kinds));
        }
        Caveat::OverLater { over, of, dearest, next, currency } => {
            let next = next.as_ref().map_or_else(
                || format!("its dearest month is {}", format::money(*dearest, *currency)),
                |(month, to, bill)| next_size(*month, &sizes(to), *bill, *currency),
            );
            return format!("Over the budget in {over} of {of} months: {next}.");
        }
        Caveat::SourceOfTruth => "The database holds everything: the cache starts cold.",
        Caveat::Expendable => "All data is expendable: no target applies.",
        Caveat::LastExport => "What no database holds is lost back to the last export.",
        Caveat::NeverExported => "A part held only here is never exported: it is lost.",
        Caveat::DataNotSaid => "Which data the database holds is open: name the parts.",
        Caveat::Measured => {
            "The lag is measured, and so is the past alone: the service promises no recovery point (S1)."
        }
        Caveat::MeasuredAtFewer(writes) => {
            return format!("The lag was measured {}; the service promises no recovery point (S1).", fewer(*writes));
        }
        Caveat::NoPromise => "Metrics show no lag below 60 s (M1); the service promises no recovery point (S1).",
        Caveat::NoMetric => "No metric shows a group's lag, and none is promised (M2, D1).",
        Caveat::NeverDrains => "The backlog never drains.",
        Caveat::NoCopy => "The full sync never ends: no copy is ever complete.",
        Caveat::NoSecondRegion => "One region: nothing is left to rebuild in when it is lost; add a second.",
        Caveat::OneRegion => "Both caches are in one region: its loss takes both.",
        Caveat::NoPath => "There is no recovery path.",
        Caveat::EndlessPath => "Recovery never ends.",
        Caveat::NoReplica => "No replica: users wait for the reload.",
        Caveat::NoSecondCopy => "Nothing fills up, but there is no replica until the relink.",
        Caveat::Fills(filling) => {
            return format!("Memory is {}. {}.", full(filling), act_by(&filling.deadline));
        }
        Caveat::NeverFull => "Never full.",
        Caveat::NoRoundTrip => "A region has no round trip: enter one.",
        Caveat::NoWriter => "Nothing takes the writes of a region.",
    };
    said.to_owned()
}
