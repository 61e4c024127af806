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
    let bytes = event.bytes.filter(|bytes| *bytes > Bytes::ZERO).map(format::bytes);
    let words = EventWords { who, plural, place: shards(event, several), bytes };
    (weight(event.kind), words.text(event.kind))
}

const fn weight(kind: EventKind) -> Weight {
    use EventKind as Kind;
    match kind {
        Kind::RegionLost
        | Kind::Partitioned
        | Kind::NobodyLeft
        | Kind::EvictionBegins
        | Kind::NothingToEvict
        | Kind::Full
        | Kind::UnlinkFailed
        | Kind::SyncInterrupted
        | Kind::CopyWaits
        | Kind::NeverInSync
        | Kind::NoCapacity
        | Kind::PromotionOff => Weight::Bad,
        Kind::HealthAlert | Kind::MemoryAlert | Kind::FullSync | Kind::CarriesOn => Weight::Warn,
        Kind::Decision
        | Kind::UnlinkStarted
        | Kind::Unlinked
        | Kind::DeleteStarted
        | Kind::CreateStarted
        | Kind::NewLink
        | Kind::FailoverStarted
        | Kind::PairUnlinkStarted
        | Kind::FailbackStarted => Weight::Act,
        Kind::ClientsMoved | Kind::PartialResync | Kind::Promoted => Weight::Quiet,
        Kind::WritesTaken
        | Kind::Drained
        | Kind::RegionBack
        | Kind::InSync
        | Kind::Redundant
        | Kind::Served
        | Kind::FailbackDone => Weight::Good,
    }
}

/// What the sentence of an event is made from.
struct EventWords<'a> {
    /// The regions that it happens in.
    who: &'a str,
    plural: bool,
    /// " on the fullest shard"; empty for the whole member.
    place: &'static str,
    bytes: Option<String>,
}

impl EventWords<'_> {
    fn text(&self, kind: EventKind) -> String {
        use EventKind as Kind;
        match kind {
            Kind::RegionLost
            | Kind::Partitioned
            | Kind::ClientsMoved
            | Kind::NobodyLeft
            | Kind::RegionBack
            | Kind::Served
            | Kind::Redundant => self.region(kind),
            Kind::HealthAlert
            | Kind::MemoryAlert
            | Kind::EvictionBegins
            | Kind::NothingToEvict
            | Kind::Full
            | Kind::WritesTaken
            | Kind::Drained => self.memory(kind),
            Kind::PartialResync
            | Kind::FullSync
            | Kind::SyncInterrupted
            | Kind::CopyWaits
            | Kind::CarriesOn
            | Kind::NeverInSync
            | Kind::InSync => self.copy(kind),
            Kind::Decision
            | Kind::UnlinkStarted
            | Kind::Unlinked
            | Kind::UnlinkFailed
            | Kind::DeleteStarted
            | Kind::NoCapacity
            | Kind::CreateStarted
            | Kind::NewLink => self.member(kind),
            Kind::FailoverStarted
            | Kind::PairUnlinkStarted
            | Kind::PromotionOff
            | Kind::Promoted
            | Kind::FailbackStarted
            | Kind::FailbackDone => self.pair(kind),
        }
    }

    /// Regions that go and come back, and their users.
    fn region(&self, kind: EventKind) -> String {
        let (who, is) = (self.who, self.verb("is", "are"));
        match kind {
            EventKind::RegionLost => format!("{who} {is} lost{}.", self.about("; ", " of changes exist nowhere else")),
            EventKind::Partitioned => format!("{who} {is} cut off; reachable members keep taking writes."),
            EventKind::ClientsMoved => format!("Clients of {who} reach the survivors."),
            EventKind::NobodyLeft => "No region is left to write to.".to_owned(),
            EventKind::RegionBack => format!("{who} {is} back."),
            EventKind::Served => format!("Users are served from {who}."),
            _ => "All members are in sync.".to_owned(),
        }
    }

    /// Memory that fills and empties, and who is alerted.
    fn memory(&self, kind: EventKind) -> String {
        let (who, place) = (self.who, self.place);
        let (has, reaches) = (self.verb("has", "have"), self.verb("reaches", "reach"));
        match kind {
            EventKind::HealthAlert => format!("Health alert: {who} {has} been out of sync for the window."),
            EventKind::MemoryAlert => format!("{who} {reaches} {}{place}: memory alert.", format::percent(ALERT)),
            EventKind::EvictionBegins => {
                let share = format::percent(EVICTION);
                format!("{who} {reaches} {share}{place}: eviction begins; memory does not shrink.")
            }
            EventKind::NothingToEvict => format!("{who} {has} evicted everything that the policy allows{place}."),
            EventKind::Full => {
                format!("{who} {reaches} {}{place}: writes are refused, sync stops.", format::percent(FULL))
            }
            EventKind::WritesTaken => format!("{who} {} writes again{place}.", self.verb("takes", "take")),
            _ => format!("{who} freed the retained memory{place}."),
        }
    }

    /// Copies from one cache to another.
    fn copy(&self, kind: EventKind) -> String {
        let who = self.who;
        match kind {
            EventKind::PartialResync => {
                let catches = self.verb("catches", "catch");
                format!("{who} {catches} up by partial sync{}.", self.about(" (", " missed)"))
            }
            EventKind::FullSync => {
                let starts = self.verb("starts", "start");
                format!("{who} {starts} a full sync{}.", self.about(" (", " missed per shard)"))
            }
            EventKind::SyncInterrupted => format!("The copy to {who} stops: its source is lost."),
            EventKind::CopyWaits => format!("The copy to {who} waits: a shard is full, and sync with it stops."),
            EventKind::CarriesOn => {
                let (carries_on, it_has) = (self.verb("carries on", "carry on"), self.verb("it has", "they have"));
                format!("{who} {carries_on} with what {it_has}{}.", self.about("; ", " of changes are missing"))
            }
            EventKind::NeverInSync => format!("The copy to {who} never ends: changes outrun it."),
            _ => format!("{who} {} in sync.", self.verb("is", "are")),
        }
    }

    /// A member that is given up, and its successor.
    fn member(&self, kind: EventKind) -> String {
        let (who, is) = (self.who, self.verb("is", "are"));
        match kind {
            EventKind::Decision => "Decision to act.".to_owned(),
            EventKind::UnlinkStarted => format!("Force-unlink of {who} starts."),
            EventKind::Unlinked => format!("{who} {is} unlinked{}.", self.about("; ", " of its own changes are lost")),
            EventKind::UnlinkFailed => format!("Force-unlink of {who} fails: no other member is left."),
            EventKind::DeleteStarted => format!("The unlinked cache in {who} is deleted."),
            EventKind::NoCapacity => format!("No capacity in {who}: the creation waits."),
            EventKind::CreateStarted => format!("A new cache is created in {who}."),
            _ => format!("{who} {is} linked; a full sync starts."),
        }
    }

    /// The roles of a pair.
    fn pair(&self, kind: EventKind) -> String {
        let (who, is) = (self.who, self.verb("is", "are"));
        match kind {
            EventKind::FailoverStarted => format!("Geo-failover to {who} starts."),
            EventKind::PairUnlinkStarted => format!("The link is removed, so that {who} takes writes."),
            EventKind::PromotionOff => format!("{who} {is} not promoted: it is lost first."),
            EventKind::Promoted => format!("{who} {is} the primary, without a replica."),
            EventKind::FailbackStarted => format!("Planned failback to {who} starts; clients pause."),
            _ => format!("{who} {is} the primary again."),
        }
    }

    const fn verb<'v>(&self, one: &'v str, more: &'v str) -> &'v str {
        if self.plural { more } else { one }
    }

    /// The bytes that the event is about between two texts; nothing without any.
    fn about(&self, before: &str, after: &str) -> String {
        self.bytes.as_ref().map_or_else(String::new, |bytes| [before, bytes, after].concat())
    }
}
