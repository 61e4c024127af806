//! What every member of a group does at one moment of a simulated outage, in words.

use super::outage_log::{Weight, region_of};
use crate::catalog::Catalog;
use crate::model::outage::{Log, MemberState, Moment, Phase};
use crate::plan::Plan;
use crate::units::format;
use crate::units::{Bytes, BytesPerSec, Ratio, Secs};

/// One member at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct StateLine {
    /// Its region.
    pub region: String,
    /// Whether it is linked, and what it does.
    pub state: &'static str,
    /// Used memory of its fullest shard, in percent of what that can use.
    pub used: String,
    /// Plain live data of all its shards, with the share that was evicted.
    pub live: String,
    /// Whether it takes writes.
    pub writes: &'static str,
    /// How much that matters.
    pub weight: Weight,
}

/// The members of a group in the order of the plan's regions, `at` so long after the first loss; empty for a pair.
#[must_use]
pub fn outage_state(plan: &Plan, catalog: &Catalog, log: &Log, at: Secs) -> Vec<StateLine> {
    let Some(snapshot) = log.at(Moment::START.after(at)) else { return Vec::new() };
    let limit = log.limits[0].usable.max(Bytes::bytes(1.0));
    let line = |(member, state): (usize, &MemberState)| {
        let [fullest, _] = state.classes;
        let (writes, weight) = writes(state, log.limits[1].shards > 0.0);
        StateLine {
            region: region_of(plan, catalog, member).into_owned(),
            state: phase(state.phase),
            used: format::percent(Ratio::fraction(fullest.used.now / limit)),
            live: live(state),
            writes,
            weight,
        }
    };
    snapshot.members.iter().enumerate().map(line).collect()
}

const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Up => "linked, in sync",
        Phase::Away => "lost, still linked",
        Phase::Cut => "cut off, still linked",
        Phase::Unlinked => "lost, not linked",
        Phase::Rebuilding => "being made anew, not linked",
        Phase::Syncing => "linked, copying",
        Phase::Waiting => "linked, nobody to copy from",
        Phase::Held => "linked, its copy waits: a shard is full",
    }
}

/// Refused where writes arrive and are turned away; no writes go to a member that cannot serve.
fn writes(state: &MemberState, several: bool) -> (&'static str, Weight) {
    let refuses = state.classes.map(|class| class.refused.rate > BytesPerSec::ZERO);
    match (state.phase.serves(), refuses) {
        (false, _) => ("none", Weight::Quiet),
        (true, [false, false]) => ("taken", Weight::Good),
        (true, [true, false]) if several => ("refused on the fullest shard", Weight::Bad),
        (true, [false, true]) => ("refused on all but the fullest shard", Weight::Bad),
        _ => ("refused", Weight::Bad),
    }
}

fn live(state: &MemberState) -> String {
    let [fullest, others] = state.classes;
    let live = format::bytes(fullest.live.now + others.live.now);
    let evicted = fullest.evicted.now + others.evicted.now;
    if evicted > Bytes::ZERO { format!("{live}, {} evicted", format::bytes(evicted)) } else { live }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::evaluate;
    use crate::model::outage::group_outage;
    use std::fmt::Write;

    const GAMING: &str = include_str!("../../../public/plans/gaming-leaderboard.json");

    /// The moments of the plan's own log, a state each: on the way, lost, unlinked, made anew, copying, in sync.
    #[test]
    fn members_at_moments() {
        let (mut plan, catalog) = (crate::codec::from_json(GAMING).unwrap(), Catalog::bundled().unwrap());
        let mut text = String::new();
        for (acts, moments) in [(true, &[0.0, 20.0, 245.0, 262.0, 300.0][..]), (false, &[90.0, 230.0])] {
            plan.outage.acts = acts;
            let log = group_outage(&plan, &catalog, &evaluate(&plan, &catalog)).unwrap().log;
            for minutes in moments {
                let at = Secs::mins(*minutes);
                writeln!(text, "{}", format::duration(at)).unwrap();
                for line in outage_state(&plan, &catalog, &log, at) {
                    let StateLine { region, state, used, live, writes, .. } = line;
                    writeln!(text, "  {region}: {state}; used {used}; live {live}; writes {writes}").unwrap();
                }
            }
        }
        insta::assert_snapshot!(text.replace('\u{a0}', " "));
    }
}
