//! Interruptions that the replication backlog covers (M-05).

use super::LoadProfile;
use crate::units::{Bytes, Secs};

/// The longest interruption that ends with a partial resync; a longer one ends with a full sync.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Covered {
    /// Changes that the backlog holds, all shards together.
    pub held: Bytes,
    /// An interruption that begins at the worst moment of the period.
    pub worst: Secs,
    /// At the mean rate: held ÷ mean.
    pub mean: Secs,
    /// An interruption that begins at the best moment.
    pub best: Secs,
}

/// How long the link may be away before more than `held` is missed; `None` where nothing is ever written.
///
/// The length depends on the begin in straight lines, so that worst and best lie where an interruption begins or ends with
/// a change of the rate.
#[must_use]
pub fn covered(load: &LoadProfile, held: Bytes) -> Option<Covered> {
    let written: f64 = (load.mean() * load.period()).as_bytes();
    if written <= 0.0 || !written.is_finite() || held < Bytes::ZERO {
        return None;
    }
    // Whole periods are the same from wherever they are counted.
    let whole = libm::floor(held.as_bytes() / written);
    let rest = held.as_bytes() - whole * written;
    let pieces: Vec<(f64, f64)> =
        load.pieces().iter().map(|piece| (piece.lasts.as_secs(), piece.rate.as_bytes_per_s())).collect();
    let count = pieces.len();
    let forward = (0..count).map(|first| until(pieces[first..].iter().chain(&pieces[..first]), rest));
    let backward = (0..count).map(|last| until(pieces[..last].iter().rev().chain(pieces[last..].iter().rev()), rest));
    let (mut worst, mut best) = (f64::INFINITY, 0.0_f64);
    for length in forward.chain(backward) {
        (worst, best) = (worst.min(length), best.max(length));
    }
    let [worst, best] = [worst, best].map(|length| Secs::secs(length + whole * load.period().as_secs()));
    Some(Covered { held, worst, mean: held / load.mean(), best })
}

/// Time over which these pieces write so much.
fn until<'a>(pieces: impl Iterator<Item = &'a (f64, f64)>, bytes: f64) -> f64 {
    let (mut time, mut left) = (0.0, bytes);
    for (lasts, rate) in pieces {
        if rate * lasts > left {
            return time + left / rate;
        }
        time += lasts;
        left -= rate * lasts;
    }
    time
}
