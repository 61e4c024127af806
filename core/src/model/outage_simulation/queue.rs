//! What is due at known moments, in the order in which it was planned.

use super::Timestamp;
use super::scene::Loss;

/// What can be due, in a group and in a pair.
#[derive(Debug, Clone, Copy)]
pub(super) enum Due {
    /// A region fails.
    Lost(Loss),
    /// A region is there again.
    Back,
    /// Clients of a lost region arrive elsewhere.
    ClientsMoved,
    /// The window of the health alert has passed.
    HealthAlert,
    /// Somebody decides.
    Decided,
    /// A force-unlink ends.
    Unlinked,
    /// A copy ends.
    Synced,
    /// A member is deleted.
    Deleted,
    /// There is capacity to create a member.
    CapacityThere,
    /// A member is created.
    Created,
    /// A pair's secondary takes writes.
    Promoted,
    /// Users of a pair are served again.
    Served,
    /// A planned failover back is done.
    FailbackDone,
}

/// Something due; nothing once it was called off. Its moment stays one of the log.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    at: Timestamp,
    pub(super) member: usize,
    pub(super) due: Option<Due>,
}

#[derive(Debug, Clone)]
pub(super) struct Queue(Vec<Entry>);

impl Queue {
    /// The losses of an outage, each at its own moment.
    pub(super) fn of<'a>(losses: impl Iterator<Item = &'a Loss>) -> Self {
        Self(losses.map(|loss| Entry { at: loss.at, member: loss.member, due: Some(Due::Lost(*loss)) }).collect())
    }

    pub(super) fn push(&mut self, at: Timestamp, member: usize, due: Due) {
        self.0.push(Entry { at, member, due: Some(due) });
    }

    /// Calls off what `void` names.
    pub(super) fn call_off(&mut self, void: impl Fn(usize, Due) -> bool) {
        for entry in &mut self.0 {
            entry.due = entry.due.filter(|due| !void(entry.member, *due));
        }
    }

    /// True where such a thing is due for a member.
    pub(super) fn holds(&self, member: usize, such: fn(Due) -> bool) -> bool {
        self.0.iter().any(|entry| entry.member == member && entry.due.is_some_and(such))
    }

    /// The moment of the first; `None` where nothing is due any more.
    pub(super) fn first(&self) -> Option<Timestamp> {
        self.0.iter().map(|entry| entry.at).min()
    }

    /// How many are due by now.
    pub(super) fn count(&self, now: Timestamp) -> usize {
        self.0.iter().filter(|entry| entry.at <= now).count()
    }

    /// Takes out the one that was planned first of those due by now.
    pub(super) fn pop(&mut self, now: Timestamp) -> Option<Entry> {
        let place = self.0.iter().position(|entry| entry.at <= now)?;
        Some(self.0.remove(place))
    }
}
