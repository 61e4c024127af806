//! The log of a simulated outage as sentences with times.

use crate::catalog::Catalog;
use crate::model::outage_simulation::{Event, EventKind, Log, ShardClass};
use crate::model::thresholds::{ALERT, EVICTION, FULL};
use crate::plan::Plan;
use crate::units::format;
use crate::units::{Bytes, Secs};
use std::borrow::Cow;

/// How much an event matters; never shown by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// It just happens.
    Quiet,
    /// Somebody acts.
    Act,
    /// A warning.
    Warn,
    /// Something is lost or refused.
    Bad,
    /// Something is in order again.
    Good,
}

/// One line: a moment and a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct LogLine {
    /// Time since the first loss.
    pub at: Secs,
    /// The same as hours, minutes and seconds: "00:52:10", "26:00:00".
    pub clock: String,
    /// A sentence.
    pub text: String,
    /// How much it matters.
    pub weight: Weight,
}

/// The events of a group or a pair in the order of time, one line for those that several regions have in common.
#[must_use]
pub fn outage_log(plan: &Plan, catalog: &Catalog, log: &Log) -> Vec<LogLine> {
    let mut lines: Vec<(Event, Vec<usize>)> = Vec::new();
    for event in &log.events {
        let alike = |(other, _): &&mut (Event, Vec<usize>)| {
            (other.at, other.kind, other.shards, other.bytes) == (event.at, event.kind, event.shards, event.bytes)
        };
        // Not across a line that says something else of the same member: it would come before what it follows from.
        let free = lines.iter().rev().take_while(|(_, members)| event.member.is_some_and(|it| !members.contains(&it)));
        let free = free.count();
        match lines.iter_mut().rev().take(free).find(alike) {
            Some((_, members)) => members.extend(event.member),
            None => lines.push((*event, event.member.into_iter().collect())),
        }
    }
    let several = log.limits[1].shards > 0.0;
    let line = |(event, members): &(Event, Vec<usize>)| {
        let names: Vec<Cow<str>> = members.iter().map(|member| region_of(plan, catalog, *member)).collect();
        let (weight, text) = sentence(event, &format::listed(&names), members.len() > 1, several);
        LogLine { at: event.at.as_secs(), clock: format::clock(event.at.as_secs()), text, weight }
    };
    lines.iter().map(line).collect()
}

/// The name of a member's region; empty where the plan has no such member.
pub(in crate::report) fn region_of<'a>(plan: &'a Plan, catalog: &'a Catalog, member: usize) -> Cow<'a, str> {
    plan.place_name(member, catalog)
}

/// " on its fullest shard", where there are others.
fn shards(event: &Event, several: bool) -> &'static str {
    match event.shards {
        Some(ShardClass::Fullest) if several => " on the fullest shard",
        Some(ShardClass::Others) if several => " on all other shards",
        _ => "",
    }
}

fn sentence(event: &Event, who: &str, plural: bool, several: bool) -> (Weight, String) {
    use EventKind as Kind;
    let place = shards(event, several);
    let verb = |one: &'static str, more: &'static str| if plural { more } else { one };
    let (is, has, reaches) = (verb("is", "are"), verb("has", "have"), verb("reaches", "reach"));
    let bytes = event.bytes.filter(|bytes| *bytes > Bytes::ZERO).map(format::bytes);
    let about = |before: &str, after: &str| {
        bytes.as_ref().map_or_else(String::new, |bytes| [before, bytes.as_str(), after].concat())
    };
    match event.kind {
        Kind::RegionLost => (Weight::Bad, format!("{who} {is} lost{}.", about("; ", " of changes exist nowhere else"))),
        Kind::Partitioned => (Weight::Bad, format!("{who} {is} cut off; reachable members keep taking writes.")),
        Kind::ClientsMoved => (Weight::Quiet, format!("Clients of {who} reach the survivors.")),
        Kind::NobodyLeft => (Weight::Bad, "No region is left to write to.".to_owned()),
        Kind::HealthAlert => (Weight::Warn, format!("Health alert: {who} {has} been out of sync for the window.")),
        Kind::MemoryAlert => {
            (Weight::Warn, format!("{who} {reaches} {}{place}: memory alert.", format::percent(ALERT)))
        }
        Kind::EvictionBegins => (
            Weight::Bad,
            format!("{who} {reaches} {}{place}: eviction begins; memory does not shrink.", format::percent(EVICTION)),
        ),
        Kind::NothingToEvict => (Weight::Bad, format!("{who} {has} evicted everything that the policy allows{place}.")),
        Kind::Full => {
            (Weight::Bad, format!("{who} {reaches} {}{place}: writes are refused, sync stops.", format::percent(FULL)))
        }
        Kind::WritesTaken => (Weight::Good, format!("{who} {} writes again{place}.", verb("takes", "take"))),
        Kind::Decision => (Weight::Act, "Decision to act.".to_owned()),
        Kind::UnlinkStarted => (Weight::Act, format!("Force-unlink of {who} starts.")),
        Kind::Unlinked => (Weight::Act, format!("{who} {is} unlinked{}.", about("; ", " of its own changes are lost"))),
        Kind::UnlinkFailed => (Weight::Bad, format!("Force-unlink of {who} fails: no other member is left.")),
        Kind::Drained => (Weight::Good, format!("{who} freed the retained memory{place}.")),
        Kind::RegionBack => (Weight::Good, format!("{who} {is} back.")),
        Kind::PartialResync => (
            Weight::Quiet,
            format!("{who} {} up by partial sync{}.", verb("catches", "catch"), about(" (", " missed)")),
        ),
        Kind::FullSync => (
            Weight::Warn,
            format!("{who} {} a full sync{}.", verb("starts", "start"), about(" (", " missed per shard)")),
        ),
        Kind::SyncInterrupted => (Weight::Bad, format!("The copy to {who} stops: its source is lost.")),
        Kind::CopyWaits => (Weight::Bad, format!("The copy to {who} waits: a shard is full, and sync with it stops.")),
        Kind::CarriesOn => (
            Weight::Warn,
            format!(
                "{who} {} with what {}{}.",
                verb("carries on", "carry on"),
                verb("it has", "they have"),
                about("; ", " of changes are missing")
            ),
        ),
        Kind::NeverInSync => (Weight::Bad, format!("The copy to {who} never ends: changes outrun it.")),
        Kind::InSync => (Weight::Good, format!("{who} {is} in sync.")),
        Kind::DeleteStarted => (Weight::Act, format!("The unlinked cache in {who} is deleted.")),
        Kind::NoCapacity => (Weight::Bad, format!("No capacity in {who}: the creation waits.")),
        Kind::CreateStarted => (Weight::Act, format!("A new cache is created in {who}.")),
        Kind::NewLink => (Weight::Act, format!("{who} {is} linked; a full sync starts.")),
        Kind::Redundant => (Weight::Good, "All members are in sync.".to_owned()),
        Kind::FailoverStarted => (Weight::Act, format!("Geo-failover to {who} starts.")),
        Kind::PairUnlinkStarted => (Weight::Act, format!("The link is removed, so that {who} takes writes.")),
        Kind::PromotionOff => (Weight::Bad, format!("{who} {is} not promoted: it is lost first.")),
        Kind::Promoted => (Weight::Quiet, format!("{who} {is} the primary, without a replica.")),
        Kind::Served => (Weight::Good, format!("Users are served from {who}.")),
        Kind::FailbackStarted => (Weight::Act, format!("Planned failback to {who} starts; clients pause.")),
        Kind::FailbackDone => (Weight::Good, format!("{who} {is} the primary again.")),
    }
}
