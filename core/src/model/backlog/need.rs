//! The rate of a link that meets a target.

use super::LoadProfile;
use super::lag::share_within;
use crate::model::sync::KEEPS_UP_TO;
use crate::units::{BytesPerSec, Secs};

/// Shares of the time for which a rate is looked for.
pub const SHARES: [f64; 3] = [1.0, 0.99, 0.9];

/// Halvings between the mean and the peak rate: below a billionth of it.
const HALVINGS: u32 = 40;

/// The slowest link that meets the target for each of [`SHARES`] of the time, never above 95 % utilisation by the mean, up
/// to which smooth writes are not late (measured). `None` where the one-way delay alone misses the target.
///
/// A faster link is never later, so halving finds it; what is returned was tried and meets the share.
#[must_use]
pub fn rate_for(load: &LoadProfile, steady: Secs, target: Secs) -> Option<[BytesPerSec; 3]> {
    (target >= steady).then(|| SHARES.map(|share| slowest(load, steady, target, share)))
}

fn slowest(load: &LoadProfile, steady: Secs, target: Secs, share: f64) -> BytesPerSec {
    // Sums of many lengths miss the whole by a few units in the last place.
    let meets = |link: BytesPerSec| share_within(load, link, steady, target) >= share - 1e-12;
    let mut slow = load.mean() / KEEPS_UP_TO;
    if meets(slow) {
        return slow;
    }
    // At the highest rate there is never a backlog.
    let mut fast = load.peak().max(slow);
    for _ in 0..HALVINGS {
        let middle = (slow + fast) / 2.0;
        if meets(middle) { fast = middle } else { slow = middle }
    }
    fast
}
