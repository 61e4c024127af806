//! The age of what may be lost over all the time (M-04): smooth running, backlogs, interruptions of the link.

use crate::units::{Range, Ratio, Secs};

/// Ages that [`super::Rpo::older`] is told for: 1 s, 10 s, 1 min, 10 min, 1 h.
pub const AGES: [Secs; 5] = [Secs::secs(1.0), Secs::secs(10.0), Secs::mins(1.0), Secs::mins(10.0), Secs::hours(1.0)];

/// A share of the time in which the age is spread evenly between two ends.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    share: f64,
    from: f64,
    to: f64,
}

/// A distribution of ages in straight pieces; the shares add up to 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ages(Vec<Piece>);

impl Piece {
    /// Its time with an age of at most `age`; `strictly`: below it.
    fn within(&self, age: f64, strictly: bool) -> f64 {
        let (low, high) = (self.from.min(self.to), self.from.max(self.to));
        if age > high || (age >= high && !(strictly && high - low <= 0.0)) {
            return self.share;
        }
        if age <= low { 0.0 } else { self.share * ((age - low) / (high - low)) }
    }
}

impl Ages {
    /// A share of the time between two ages; nothing for a share of 0.
    pub(super) fn add(&mut self, share: f64, from: Secs, to: Secs) {
        let (from, to) = (from.as_secs(), to.as_secs());
        if share > 0.0 && from.is_finite() && to.is_finite() {
            self.0.push(Piece { share, from, to });
        }
    }

    /// A share of the time without a backlog: the way of a change is spread from its P05 over the median to its P95, and is the end's
    /// beyond them.
    pub(super) fn add_smooth(&mut self, share: f64, way: Range<Secs>) {
        self.add(share * 0.05, way.low, way.low);
        self.add(share * 0.45, way.low, way.mode);
        self.add(share * 0.45, way.mode, way.high);
        self.add(share * 0.05, way.high, way.high);
    }

    /// Makes room for interruptions: everything so far takes this share of the time.
    pub(super) fn shrink_to(&mut self, share: f64) {
        for piece in &mut self.0 {
            piece.share *= share;
        }
    }

    fn share(&self, age: f64, strictly: bool) -> f64 {
        self.0.iter().map(|piece| piece.within(age, strictly)).sum()
    }

    /// The mean age: each piece counts with its middle.
    pub(super) fn mean(&self) -> Secs {
        Secs::secs(self.0.iter().map(|piece| piece.share * (piece.from + piece.to) / 2.0).sum())
    }

    /// Share of the time with an age of at most the target.
    pub(super) fn within(&self, target: Secs) -> f64 {
        // From the other end: what lies beyond no age is nothing, and the rest is all of the time.
        let beyond: f64 = self.0.iter().map(|piece| piece.share - piece.within(target.as_secs(), false)).sum();
        (1.0 - beyond).clamp(0.0, 1.0)
    }

    /// Share of the time with an age above each of [`AGES`]. Below a millionth of a millionth is the noise of sums.
    pub(super) fn older(&self) -> Vec<(Secs, Ratio)> {
        let beyond = |age| Some(1.0 - self.within(age)).filter(|share| *share > 1e-12).unwrap_or_default();
        AGES.map(|age| (age, Ratio::fraction(beyond(age)))).into()
    }

    /// The age that the share `q` of the time stays at or below: exact, since the distribution is straight between the ends of the
    /// pieces and jumps only at a piece without a length.
    pub(super) fn quantile(&self, q: f64) -> Secs {
        self.quantile_among(&self.ends(), q)
    }

    /// Whether the quantile is at most an age. The share at that age tells, unless it is the quantile's own to the last digits.
    pub(super) fn is_within(&self, q: f64, age: Secs) -> bool {
        const CLOSE: f64 = 1e-9;
        let off = self.share(age.as_secs(), false) - q;
        if off.abs() > CLOSE { off > 0.0 } else { self.quantile(q) <= age }
    }

    /// The same of several shares.
    pub(super) fn quantiles<const N: usize>(&self, shares: [f64; N]) -> [Secs; N] {
        let ends = self.ends();
        shares.map(|q| self.quantile_among(&ends, q))
    }

    /// The ends of all pieces in rising order, each once.
    fn ends(&self) -> Vec<f64> {
        let mut ends: Vec<f64> = self.0.iter().flat_map(|piece| [piece.from, piece.to]).collect();
        ends.sort_by(f64::total_cmp);
        ends.dedup();
        ends
    }

    fn quantile_among(&self, ends: &[f64], q: f64) -> Secs {
        // A sum of many shares misses the whole by a few units in the last place.
        let q = q.clamp(0.0, 1.0) - 1e-12;
        let first = ends.partition_point(|end| self.share(*end, false) < q);
        let Some(high) = ends.get(first).or(ends.last()).copied() else { return Secs::ZERO };
        let Some(low) = first.checked_sub(1).and_then(|before| ends.get(before)).copied() else {
            return Secs::secs(high);
        };
        let (least, below) = (self.share(low, false), self.share(high, true));
        if q >= below || below <= least {
            return Secs::secs(high);
        }
        Secs::secs(low + (high - low) * ((q - least) / (below - least)).clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ages(pieces: &[(f64, f64, f64)]) -> Ages {
        let mut ages = Ages::default();
        for (share, from, to) in pieces {
            ages.add(*share, Secs::secs(*from), Secs::secs(*to));
        }
        ages
    }

    /// By hand: 40 to 80 ms around 50, so 65 ms at 72.5 % of the time; P95 and the worst are the end.
    #[test]
    fn a_smooth_way_is_spread_around_its_median() {
        let mut smooth = Ages::default();
        smooth.add_smooth(1.0, Range::new(Secs::millis(40.0), Secs::millis(50.0), Secs::millis(80.0)));
        for (q, expected) in [(0.03, 40.0), (0.5, 50.0), (0.725, 65.0), (0.95, 80.0), (1.0, 80.0)] {
            assert!((smooth.quantile(q).as_millis() - expected).abs() < 1e-6, "{q}: {:?}", smooth.quantile(q));
        }
    }

    /// By hand: a tenth of the time up to 100 s beside 1 s; P95 lies in the middle of it.
    #[test]
    fn pieces_join_to_one_distribution() {
        let both = ages(&[(0.9, 1.0, 1.0), (0.1, 0.0, 100.0)]);
        assert!((both.quantile(0.95).as_secs() - 50.0).abs() < 1e-6);
        assert_eq!(both.quantile(0.5), Secs::secs(1.0));
        assert!((both.within(Secs::secs(50.0)) - 0.95).abs() < 1e-12);
        let mut less = both;
        less.shrink_to(0.5);
        less.add(0.5, Secs::secs(200.0), Secs::secs(300.0));
        assert!((less.quantile(0.75).as_secs() - 250.0).abs() < 1e-6);
        assert!((less.quantile(1.0).as_secs() - 300.0).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn a_quantile_is_met_for_its_share_and_no_less(
            pieces in prop::collection::vec((0.01..1.0_f64, 0.0..100.0_f64, prop_oneof![Just(0.0), 0.0..100.0_f64]), 1..8),
            q in 0.0..1.0_f64,
        ) {
            let sum: f64 = pieces.iter().map(|piece| piece.0).sum();
            let pieces: Vec<_> = pieces.iter().map(|(share, from, more)| (share / sum, *from, from + more)).collect();
            let all = ages(&pieces);
            let found = all.quantile(q);
            for near in [found, found * 0.9, found * 1.1, found * (1.0 + 1e-12), found * (1.0 - 1e-12)] {
                prop_assert_eq!(all.is_within(q, near), found <= near, "{:?} of {:?}", near, found);
            }
            prop_assert!(all.within(found) >= q - 1e-9, "{found:?}");
            prop_assert!(all.share(found.as_secs() - 1e-6, false) <= q + 1e-9, "{found:?}");
        }
    }
}
