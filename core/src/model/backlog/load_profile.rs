//! The write rate over time: piece by piece constant, repeated for ever.

use crate::model::demand::Demand;
use crate::plan::Plan;
use crate::units::{BytesPerSec, SECS_PER_DAY, Secs};

/// A time of one rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// How long.
    pub lasts: Secs,
    /// Bytes per second that enter the link.
    pub rate: BytesPerSec,
}

/// The rates of one period, which repeats for ever; never empty, and no piece is longer than the period.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadProfile {
    pieces: Vec<Piece>,
    /// The rates were measured: a series in the plan.
    measured: bool,
}

impl LoadProfile {
    /// What enters a link, from the plan; `arriving` is the share of all changes that enters it.
    ///
    /// - With a series (`workload.profile`) each sample is a piece, scaled so that the mean stays the plan's.
    /// - Else the bursts are spread evenly: one period holds one burst in its middle, and the quiet time around it. A day
    ///   without bursts, or all burst, is one piece.
    #[must_use]
    pub fn of(plan: &Plan, demand: &Demand, arriving: f64) -> Self {
        if let Some(profile) = &plan.workload.profile {
            let unit = demand.stream * arriving;
            let pieces: Vec<Piece> =
                profile.factors().map(|factor| Piece { lasts: profile.step, rate: unit * factor }).collect();
            return Self::new(&pieces);
        }
        let (share, burst) = (demand.burst_share, plan.workload.peak.burst);
        let [peak, quiet] = [demand.stream_peak, demand.stream_quiet].map(|rate| rate * arriving);
        let pieces = if share >= 1.0 {
            vec![Piece { lasts: Secs::secs(SECS_PER_DAY), rate: peak }]
        } else if share <= 0.0 {
            vec![Piece { lasts: Secs::secs(SECS_PER_DAY), rate: quiet }]
        } else {
            let around = Piece { lasts: (burst / share - burst) / 2.0, rate: quiet };
            vec![around, Piece { lasts: burst, rate: peak }, around]
        };
        Self { pieces, measured: false }
    }

    /// From pieces; those without a length are left out, and rates that are no positive number count as 0. Without any
    /// piece a day of nothing.
    #[must_use]
    pub fn new(pieces: &[Piece]) -> Self {
        let usable = |piece: &&Piece| piece.lasts > Secs::ZERO && piece.lasts.is_finite();
        let clean = |piece: &Piece| {
            let rate = if piece.rate.is_finite() { piece.rate.max(BytesPerSec::ZERO) } else { BytesPerSec::ZERO };
            Piece { rate, ..*piece }
        };
        let mut pieces: Vec<Piece> = pieces.iter().filter(usable).map(clean).collect();
        if pieces.is_empty() {
            pieces.push(Piece { lasts: Secs::secs(SECS_PER_DAY), rate: BytesPerSec::ZERO });
        }
        Self { pieces, measured: true }
    }

    /// The pieces of one period.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// True for a series that somebody measured, false for the plan's evenly spread bursts.
    #[must_use]
    pub fn is_measured(&self) -> bool {
        self.measured
    }

    /// Length of one period.
    #[must_use]
    pub fn period(&self) -> Secs {
        self.pieces.iter().map(|piece| piece.lasts).sum()
    }

    /// The mean rate over the period.
    #[must_use]
    pub fn mean(&self) -> BytesPerSec {
        let bytes: f64 = self.pieces.iter().map(|piece| (piece.rate * piece.lasts).as_bytes()).sum();
        BytesPerSec::bytes_per_s(bytes / self.period().as_secs())
    }

    /// The highest rate.
    #[must_use]
    pub fn peak(&self) -> BytesPerSec {
        self.pieces.iter().map(|piece| piece.rate).fold(BytesPerSec::ZERO, BytesPerSec::max)
    }
}
