//! What is due at known moments, in the order in which it was planned.

use super::Moment;
use super::scene::Loss;

/// A due event; void once its member has failed again or gone another way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<Due> {
    at: Moment,
    pub(super) member: usize,
    pub(super) episode: u32,
    pub(super) due: Due,
}

#[derive(Debug, Clone)]
pub(super) struct Queue<Due>(Vec<Entry<Due>>);

impl<Due: Copy> Queue<Due> {
    /// The losses of an outage, each at its own moment.
    pub(super) fn of<'a>(losses: impl Iterator<Item = &'a Loss>, lost: fn(Loss) -> Due) -> Self {
        Self(losses.map(|loss| Entry { at: loss.at, member: loss.member, episode: 0, due: lost(*loss) }).collect())
    }

    pub(super) fn push(&mut self, at: Moment, member: usize, episode: u32, due: Due) {
        self.0.push(Entry { at, member, episode, due });
    }

    /// The moment of the first; `None` where nothing is due any more.
    pub(super) fn first(&self) -> Option<Moment> {
        self.0.iter().map(|entry| entry.at).min()
    }

    /// Takes out what is due by now.
    pub(super) fn take(&mut self, now: Moment) -> Vec<Entry<Due>> {
        let due = self.0.iter().filter(|entry| entry.at <= now).copied().collect();
        self.0.retain(|entry| entry.at > now);
        due
    }
}
