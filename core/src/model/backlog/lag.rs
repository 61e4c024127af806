//! Backlog and lag over one period, and what can be read off them exactly.

use super::LoadProfile;
use crate::units::{BytesPerSec, Ratio, SECS_PER_DAY, Secs};

/// A straight line over time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// When it begins, in seconds.
    pub at: f64,
    /// How long it lasts, in seconds.
    pub lasts: f64,
    /// Value at its begin.
    pub from: f64,
    /// Value at its end.
    pub to: f64,
}

/// The lag over one period that repeats: the age of the oldest change that is not applied yet.
///
/// A change that meets the backlog `B` is applied `B/R` later, and by then everything before it is: at `t + B(t)/R` the age
/// is `B(t)/R`, so a straight piece of `B` over `d` seconds is a straight piece of the age over `d·w/R` seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Lag {
    /// Lag without a backlog, which is part of every lag.
    steady: f64,
    period: f64,
    /// The age beyond the steady lag, in seconds; consecutive, one period altogether.
    ages: Vec<Segment>,
    /// The backlog in bytes over the period.
    backlog: Vec<Segment>,
}

/// The times at which a target is missed.
#[derive(Debug, Clone, PartialEq)]
pub struct Violations {
    /// How many a day.
    pub per_day: f64,
    /// The longest; `None` where the target is missed all the time.
    pub longest: Option<Secs>,
    /// Begin and length of each, within one period; one that runs over the end of the period is one.
    pub spans: Vec<(Secs, Secs)>,
}

/// Follows the backlog over one period from `start`: a straight piece at a time, split where it empties. Returns what is
/// left at the end.
fn follow(load: &LoadProfile, link: f64, start: f64, visit: &mut dyn FnMut(Segment)) -> f64 {
    let (mut at, mut backlog) = (0.0, start);
    for piece in load.pieces() {
        let (lasts, net) = (piece.lasts.as_secs(), piece.rate.as_bytes_per_s() - link);
        let end = backlog + net * lasts;
        if end > 0.0 {
            visit(Segment { at, lasts, from: backlog, to: end });
        } else {
            let empties = if backlog > 0.0 { (backlog / -net).min(lasts) } else { 0.0 };
            if empties > 0.0 {
                visit(Segment { at, lasts: empties, from: backlog, to: 0.0 });
            }
            if empties < lasts {
                visit(Segment { at: at + empties, lasts: lasts - empties, from: 0.0, to: 0.0 });
            }
        }
        at += lasts;
        backlog = end.max(0.0);
    }
    backlog
}

/// The backlog in bytes over one period that begins with `start` of them: what a link that never settles has before it.
#[must_use]
pub fn filling(load: &LoadProfile, link: BytesPerSec, start: f64) -> Vec<Segment> {
    let mut backlog = Vec::new();
    follow(load, link.as_bytes_per_s(), start.max(0.0), &mut |piece| backlog.push(piece));
    backlog
}

/// The backlog at the begin of a period in the steady state; a link that is faster than the mean empties once in every
/// period, so that one period from nothing ends with exactly that.
fn carried_over(load: &LoadProfile, link: f64) -> f64 {
    follow(load, link, 0.0, &mut |_| {})
}

/// A piece of the backlog as a piece of the age. No time where nothing is written: the age jumps to that of the next
/// change.
fn age(piece: Segment, link: f64) -> Segment {
    let (from, to) = (piece.from / link, piece.to / link);
    Segment { at: piece.at + from, lasts: (piece.lasts + to - from).max(0.0), from, to }
}

/// Whether a link settles: nothing is written, or the link is faster than the mean.
fn settles(load: &LoadProfile, link: BytesPerSec) -> bool {
    load.mean() <= BytesPerSec::ZERO || link > load.mean()
}

/// Share of the time with a lag of at most `target`, without keeping the pieces; 0 where the link never settles.
pub(super) fn share_within(load: &LoadProfile, link: BytesPerSec, steady: Secs, target: Secs) -> f64 {
    let slack = (target - steady).as_secs();
    if !settles(load, link) || slack.is_nan() || slack < 0.0 {
        return 0.0;
    }
    if load.mean() <= BytesPerSec::ZERO {
        return 1.0;
    }
    let link = link.as_bytes_per_s();
    let mut beyond = 0.0;
    follow(load, link, carried_over(load, link), &mut |piece| beyond += above(&age(piece, link), slack).1);
    (1.0 - beyond / load.period().as_secs()).clamp(0.0, 1.0)
}

/// The part of a straight piece that is above a level: when it begins and how long it lasts.
fn above(piece: &Segment, level: f64) -> (f64, f64) {
    let (low, high) = (piece.from.min(piece.to), piece.from.max(piece.to));
    if high <= level {
        return (piece.at, 0.0);
    }
    if low >= level {
        return (piece.at, piece.lasts);
    }
    let lasts = piece.lasts * ((high - level) / (high - low));
    (if piece.to > piece.from { piece.at + piece.lasts - lasts } else { piece.at }, lasts)
}

impl Lag {
    /// The lag on a link of that rate; `None` where the mean reaches the rate: the backlog then never drains.
    #[must_use]
    pub fn of(load: &LoadProfile, link: BytesPerSec, steady: Secs) -> Option<Self> {
        if !settles(load, link) {
            return None;
        }
        let period = load.period().as_secs();
        let (mut ages, mut backlog) = (Vec::new(), Vec::new());
        if load.mean() <= BytesPerSec::ZERO {
            let flat = Segment { at: 0.0, lasts: period, from: 0.0, to: 0.0 };
            (ages, backlog) = (vec![flat], vec![flat]);
        } else {
            let link = link.as_bytes_per_s();
            follow(load, link, carried_over(load, link), &mut |piece| {
                backlog.push(piece);
                ages.push(age(piece, link));
            });
        }
        Some(Self { steady: steady.as_secs(), period, ages, backlog })
    }

    /// The age beyond the steady lag over one period: consecutive lines in seconds, some without a length.
    #[must_use]
    pub fn ages(&self) -> &[Segment] {
        &self.ages
    }

    /// The backlog in bytes over one period.
    #[must_use]
    pub fn backlog(&self) -> &[Segment] {
        &self.backlog
    }

    /// The largest backlog, in bytes.
    #[must_use]
    pub fn most(&self) -> f64 {
        self.backlog.iter().map(|piece| piece.from.max(piece.to)).fold(0.0, f64::max)
    }

    /// The worst lag.
    #[must_use]
    pub fn max(&self) -> Secs {
        let ages = self.ages.iter().filter(|piece| piece.lasts > 0.0);
        Secs::secs(self.steady + ages.map(|piece| piece.from.max(piece.to)).fold(0.0, f64::max))
    }

    /// Share of the time with an age of at most `age`; strictly: below it.
    fn share(&self, age: f64, strictly: bool) -> f64 {
        let beyond = |piece: &Segment| {
            let on_it = strictly && piece.from.min(piece.to) >= age;
            if on_it { piece.lasts } else { above(piece, age).1 }
        };
        (1.0 - self.ages.iter().map(beyond).sum::<f64>() / self.period).clamp(0.0, 1.0)
    }

    /// Share of the time in which the lag is at most the target.
    #[must_use]
    pub fn within(&self, target: Secs) -> Ratio {
        let slack = target.as_secs() - self.steady;
        if slack < 0.0 || slack.is_nan() { Ratio::ZERO } else { Ratio::fraction(self.share(slack, false)) }
    }

    /// The lag that the share `q` of the time stays at or below: exact, since the distribution is straight between the
    /// ends of the pieces and jumps only where a piece is flat.
    #[must_use]
    pub fn quantile(&self, q: f64) -> Secs {
        let mut ends: Vec<f64> = self.ages.iter().flat_map(|piece| [piece.from, piece.to]).collect();
        ends.sort_by(f64::total_cmp);
        ends.dedup();
        // A sum of many lengths misses the whole by a few units in the last place.
        let q = q.clamp(0.0, 1.0) - 1e-12;
        let first = ends.partition_point(|end| self.share(*end, false) < q);
        let Some(high) = ends.get(first).or(ends.last()).copied() else { return Secs::secs(self.steady) };
        let low = first.checked_sub(1).and_then(|before| ends.get(before)).copied();
        let below = self.share(high, true);
        let beyond = match low {
            Some(low) if q < below => {
                let least = self.share(low, false);
                low + (high - low) * ((q - least) / (below - least)).clamp(0.0, 1.0)
            }
            _ => high,
        };
        Secs::secs(self.steady + beyond)
    }

    /// When the lag is above the target, how often a day and how long at most.
    #[must_use]
    pub fn violations(&self, target: Secs) -> Violations {
        let slack = target.as_secs() - self.steady;
        let mut spans: Vec<(f64, f64)> = Vec::new();
        for piece in &self.ages {
            let (at, lasts) = above(piece, slack);
            match spans.last_mut() {
                _ if lasts <= 0.0 => {}
                Some((begin, length)) if at <= *begin + *length + 1e-6 => *length = at + lasts - *begin,
                _ => spans.push((at, lasts)),
            }
        }
        let start = self.ages.first().map_or(0.0, |first| first.at);
        if let ([first, .., last], true) = (spans.as_slice(), spans.len() > 1)
            && first.0 <= start + 1e-6
            && last.0 + last.1 >= start + self.period - 1e-6
        {
            let joined = (last.0, last.1 + first.1);
            spans.remove(0);
            spans.pop();
            spans.push(joined);
        }
        let all_the_time = spans.iter().any(|span| span.1 >= self.period - 1e-6);
        let longest = spans.iter().map(|span| span.1).fold(0.0, f64::max);
        Violations {
            per_day: spans.len() as f64 * SECS_PER_DAY / self.period,
            longest: (!all_the_time).then_some(Secs::secs(longest)),
            spans: spans.into_iter().map(|(at, lasts)| (Secs::secs(at), Secs::secs(lasts))).collect(),
        }
    }
}
