//! How ready people are, and what their steps take then (M-06): assumptions about people, thought of as a whole.

use super::recovery::RecoverySteps;
use crate::units::names::names;
use crate::units::{Range, Secs};

names! {
    /// When the recovery was last tried. It gives the steps of people and clients that a person has not set their ranges.
    #[derive(Default)]
    Readiness {
        /// Never, or longer ago than a quarter: people look for names, rights and commands while it counts.
        #[default]
        FirstTime = "first-time", "first time",
        /// A drill within the last quarter: rights, commands and clients' time-outs were tried.
        Rehearsed = "rehearsed", "rehearsed in the last quarter",
    }
}

/// The range of one step at each level.
pub(super) struct Levels {
    pub(super) first_time: Range<Secs>,
    rehearsed: Range<Secs>,
}

const fn mins(low: f64, mode: f64, high: f64) -> Range<Secs> {
    Range::new(Secs::mins(low), Secs::mins(mode), Secs::mins(high))
}

const fn levels(first_time: Range<Secs>, rehearsed: Range<Secs>) -> Levels {
    Levels { first_time, rehearsed }
}

/// Rehearsed: a metric a minute late, a rule that is evaluated every minute, a person who is paged (M1).
pub(super) const DETECT: Levels = levels(mins(2.0, 10.0, 30.0), mins(1.0, 3.0, 10.0));
/// Rehearsed: trigger and approver are named.
pub(super) const DECIDE: Levels = levels(mins(5.0, 15.0, 45.0), mins(2.0, 5.0, 15.0));
/// Rehearsed: the other configuration is prepared and its roll-out was timed.
pub(super) const REPOINT: Levels = levels(mins(5.0, 15.0, 40.0), mins(1.0, 5.0, 15.0));
/// First time: default TCP settings on Linux give up after 15 minutes (D12); a drill finds that and shortens it.
pub(super) const RECONNECT: Levels = levels(
    Range::new(Secs::secs(1.0), Secs::secs(30.0), Secs::mins(15.0)),
    Range::new(Secs::secs(1.0), Secs::secs(15.0), Secs::mins(5.0)),
);
/// Rehearsed: the keys of both caches are where the clients look.
pub(super) const KEYS: Levels = levels(mins(2.0, 5.0, 15.0), mins(1.0, 2.0, 5.0));
/// Rehearsed: it is known which keys have to be there first.
pub(super) const WARM_UP: Levels = levels(mins(0.0, 5.0, 20.0), mins(0.0, 2.0, 10.0));
/// Rehearsed: the users' paths to try are written down.
pub(super) const VALIDATE: Levels = levels(mins(5.0, 10.0, 30.0), mins(2.0, 5.0, 10.0));

impl Levels {
    const fn of(&self, readiness: Readiness) -> Range<Secs> {
        match readiness {
            Readiness::FirstTime => self.first_time,
            Readiness::Rehearsed => self.rehearsed,
        }
    }

    /// Gives a range that no person has set the one of this level.
    fn put(&self, range: &mut Range<Secs>, readiness: Readiness) {
        if *range == self.first_time || *range == self.rehearsed {
            *range = self.of(readiness);
        }
    }
}

impl RecoverySteps {
    /// At this level: ranges of people and clients that are the defaults of a level become those of this one; a range that a person
    /// has set stays. What the service takes (create, unlink, geo-failover, name resolution) does not depend on it.
    #[must_use]
    pub fn at(mut self, readiness: Readiness) -> Self {
        self.readiness = readiness;
        self.follow();
        self
    }

    /// Gives the ranges that no person has set those of the level that is chosen.
    pub(super) fn follow(&mut self) {
        let steps = [
            (&DETECT, &mut self.detect),
            (&DECIDE, &mut self.decide),
            (&REPOINT, &mut self.repoint),
            (&RECONNECT, &mut self.reconnect),
            (&KEYS, &mut self.keys),
            (&WARM_UP, &mut self.warm_up),
            (&VALIDATE, &mut self.validate),
        ];
        for (levels, range) in steps {
            levels.put(range, self.readiness);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Kind, Plan, each_row};

    /// The level gives the defaults, and a range that a person has set stays.
    #[test]
    fn the_level_moves_the_defaults_and_leaves_what_a_person_set() {
        let mut plan = Plan::default();
        assert_eq!(plan.recovery.readiness, Readiness::FirstTime);
        plan.recovery.validate = mins(1.0, 2.0, 4.0);
        let before = plan.recovery.clone();
        each_row(&mut |row| {
            if let (Kind::Choice(choice), "recovery.readiness") = (&row.kind, row.path) {
                (choice.set)(&mut plan, "rehearsed");
            }
        });
        assert_eq!((plan.recovery.detect, plan.recovery.keys), (mins(1.0, 3.0, 10.0), mins(1.0, 2.0, 5.0)));
        assert_eq!(plan.recovery.validate, mins(1.0, 2.0, 4.0));
        assert_eq!((plan.recovery.unlink, plan.recovery.create), (before.unlink, before.create));
        assert_eq!(plan.recovery.clone().at(Readiness::FirstTime), before);
    }

    /// A drill makes no step longer.
    #[test]
    fn who_has_rehearsed_is_never_slower() {
        for levels in [DETECT, DECIDE, REPOINT, RECONNECT, KEYS, WARM_UP, VALIDATE] {
            let (first, then) = (levels.first_time, levels.rehearsed);
            assert!(then.low <= first.low && then.mode <= first.mode && then.high < first.high, "{first:?} {then:?}");
        }
    }
}
