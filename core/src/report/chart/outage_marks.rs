//! The events of a simulated outage as labelled marks (M-07, M-08).

use super::{Ink, Mark};
use crate::model::outage_simulation::{Event, EventKind, Log};
use crate::model::thresholds::ALERT;
use crate::units::{Secs, format};

/// Marks nearer to each other than this share of the axis are one: no drawing can tell them apart.
const NEAR: f64 = 0.003;
/// Most names that such a mark carries; the table has them all.
const MOST_NAMES: usize = 3;

/// A mark for every event that the axis holds, in the order of time; events of one moment share one.
///
/// What happens to shard after shard is named the first time only: later marks of it alone have no label. A drawing may
/// leave out further ones that would lie on each other. `name` gives a member's region: it
/// is said where more than one is lost.
pub(super) fn events(log: &Log, end: Secs, name: &dyn Fn(usize) -> String) -> Vec<Mark> {
    let told = |event: &&Event| event.at.as_secs() <= end;
    let several = lost(log).nth(1).is_some();
    let mut marks: Vec<(Mark, Vec<String>)> = Vec::new();
    let mut of_shards: Vec<EventKind> = Vec::new();
    for event in log.events.iter().filter(told) {
        let at = event.at.as_secs();
        let (label, ink) = named(event.kind);
        let label = match event.member.filter(|_| several) {
            Some(member) if event.kind == EventKind::RegionLost => format!("{} lost", name(member)),
            Some(member) if event.kind == EventKind::RegionBack => format!("{} back", name(member)),
            _ if of_shards.contains(&event.kind) => String::new(),
            _ if event.kind == EventKind::MemoryAlert => format::percent(ALERT),
            _ => label.to_owned(),
        };
        if event.shards.is_some() {
            of_shards.push(event.kind);
        }
        match marks.last_mut().filter(|(mark, _)| at.as_secs() - mark.at <= end.as_secs() * NEAR) {
            Some((mark, labels)) => {
                if weight(ink) > weight(mark.ink) {
                    mark.ink = ink;
                }
                if !label.is_empty() && !labels.contains(&label) {
                    labels.push(label);
                }
            }
            None => marks.push((
                upright(at, "", ink, false),
                Some(label).filter(|label| !label.is_empty()).into_iter().collect(),
            )),
        }
    }
    let joined = |(mark, labels): (Mark, Vec<String>)| Mark { label: label_of(labels), ..mark };
    marks.into_iter().map(joined).collect()
}

/// A mark of a moment.
pub(super) fn upright(at: Secs, label: &str, ink: Ink, strong: bool) -> Mark {
    Mark { at: at.as_secs(), vertical: true, label: label.to_owned(), ink, strong }
}

/// The members that are lost, each once.
fn lost(log: &Log) -> impl Iterator<Item = usize> {
    let mut seen = Vec::new();
    log.events.iter().filter(|event| event.kind == EventKind::RegionLost).filter_map(move |event| {
        let member = event.member.filter(|member| !seen.contains(member))?;
        seen.push(member);
        Some(member)
    })
}

fn label_of(mut labels: Vec<String>) -> String {
    // The one implies the other.
    if labels.iter().any(|label| label == "all in sync") {
        labels.retain(|label| label != "in sync");
    }
    if labels.len() > MOST_NAMES {
        labels.truncate(MOST_NAMES);
        return [&labels.join(", "), " …"].concat();
    }
    labels.join(", ")
}

/// Which ink a shared mark has.
const fn weight(ink: Ink) -> u8 {
    match ink {
        Ink::Bad => 3,
        Ink::Warn => 2,
        Ink::Strong => 1,
        _ => 0,
    }
}

const fn named(kind: EventKind) -> (&'static str, Ink) {
    use EventKind as Kind;
    match kind {
        Kind::RegionLost => ("lost", Ink::Quiet),
        Kind::Partitioned => ("cut off", Ink::Quiet),
        Kind::ClientsMoved => ("clients moved", Ink::Quiet),
        Kind::NobodyLeft => ("nobody left", Ink::Bad),
        Kind::HealthAlert => ("health alert", Ink::Quiet),
        // Its threshold is its name.
        Kind::MemoryAlert => ("", Ink::Quiet),
        Kind::EvictionBegins => ("eviction", Ink::Warn),
        Kind::NothingToEvict => ("nothing to evict", Ink::Bad),
        Kind::Full => ("full", Ink::Bad),
        Kind::WritesTaken => ("writes taken", Ink::Quiet),
        Kind::Decision => ("decision", Ink::Strong),
        Kind::UnlinkStarted => ("force-unlink", Ink::Strong),
        Kind::Unlinked => ("unlinked", Ink::Quiet),
        Kind::UnlinkFailed => ("unlink fails", Ink::Bad),
        Kind::Drained => ("drained", Ink::Quiet),
        Kind::RegionBack => ("region back", Ink::Quiet),
        Kind::PartialResync => ("partial resync", Ink::Quiet),
        Kind::FullSync => ("full sync", Ink::Quiet),
        Kind::SyncInterrupted => ("copy broken off", Ink::Bad),
        Kind::CopyWaits => ("copy waits", Ink::Bad),
        Kind::CarriesOn => ("goes on alone", Ink::Bad),
        Kind::NeverInSync => ("never in sync", Ink::Bad),
        Kind::InSync => ("in sync", Ink::Quiet),
        Kind::DeleteStarted => ("deleted", Ink::Quiet),
        Kind::NoCapacity => ("no capacity", Ink::Bad),
        Kind::CreateStarted => ("recreated", Ink::Quiet),
        Kind::NewLink => ("linked", Ink::Quiet),
        Kind::Redundant => ("all in sync", Ink::Quiet),
        Kind::FailoverStarted => ("geo-failover", Ink::Strong),
        Kind::PairUnlinkStarted => ("link broken", Ink::Strong),
        Kind::PromotionOff => ("not promoted", Ink::Bad),
        Kind::Promoted => ("promoted", Ink::Strong),
        Kind::Served => ("served", Ink::Quiet),
        Kind::FailbackStarted => ("failback", Ink::Strong),
        Kind::FailbackDone => ("failback done", Ink::Quiet),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::evaluate::evaluate;
    use crate::model::outage_simulation::outage;
    use crate::plan::Plan;

    fn logs(change: fn(&mut Plan)) -> [Log; 2] {
        let gaming = include_str!("../../../../public/plans/gaming-leaderboard.json");
        let mut plan = crate::codec::from_json(gaming).unwrap();
        change(&mut plan);
        let catalog = Catalog::bundled().unwrap();
        let played = outage(&plan, &catalog, &evaluate(&plan, &catalog));
        [played.group.unwrap().log, played.pair.unwrap().log]
    }

    /// Every event has a mark at its place, and no two marks lie on each other.
    #[test]
    fn every_event_is_marked() {
        let cases: [fn(&mut Plan); 3] = [
            |_| {},
            |plan| plan.outage.acts = false,
            |plan| {
                (plan.outage.second, plan.outage.second_after) = (Some(1), Secs::hours(4.2));
                plan.outage.capacity_wait = Secs::hours(2.0);
            },
        ];
        for change in cases {
            for log in logs(change) {
                let end = log.end().as_secs();
                let marks = events(&log, end, &|_| "Region".to_owned());
                for event in &log.events {
                    let at = event.at.as_secs().as_secs();
                    let near = |mark: &Mark| (0.0..=end.as_secs() * NEAR + 1e-9).contains(&(at - mark.at));
                    assert!(marks.iter().any(near), "{event:?}");
                }
                assert!(marks.windows(2).all(|pair| pair[1].at - pair[0].at > end.as_secs() * NEAR));
                let named = |event: &Event| event.shards.is_some() || event.kind == EventKind::Drained;
                let whole = log.events.iter().filter(|event| !named(event)).map(|event| event.at.as_secs().as_secs());
                for at in whole {
                    assert!(marks.iter().rev().find(|mark| mark.at <= at).is_some_and(|mark| !mark.label.is_empty()));
                }
            }
        }
    }

    /// The second region's loss and return have names of their own.
    #[test]
    fn two_losses_are_told_apart() {
        let [group, _] = logs(|plan| (plan.outage.second, plan.outage.second_after) = (Some(1), Secs::hours(1.5)));
        let names = ["First", "Second", "Third"];
        let labels: Vec<String> = events(&group, group.end().as_secs(), &|at| names[at].to_owned())
            .into_iter()
            .map(|mark| mark.label)
            .collect();
        for name in ["First lost", "Second lost", "First back", "Second back"] {
            assert!(labels.iter().any(|label| label.contains(name)), "{name}: {labels:?}");
        }
    }
}
