//! What a path costs in time, in data and in money (M-18).

use super::path::PathKind;
use super::running::Running;
use crate::model::cost::{self, Total};
use crate::model::fit::skew;
use crate::model::sync::{FullSync, SyncOutcome};
use crate::model::{Case, Topology};
use crate::plan::Network;
use crate::units::{Date, HOURS_PER_MONTH, Money, Range, Secs};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// Hours that one person works in a week: assumption, with which 160 h are the four weeks of `horizon.migration_hours`.
pub const HOURS_PER_WEEK: f64 = 40.0;

/// Private endpoints of a cache, created or approved: assumption, calls of the control plane that answer at once.
pub const ENDPOINTS: Range<Secs> = Range::new(Secs::mins(1.0), Secs::mins(2.0), Secs::mins(10.0));

/// How long no second copy of the data is kept in another region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gap {
    /// For so long; 0 where the old copy stays until the new one is whole.
    Lasts(Range<Secs>),
    /// There is none today.
    NoneToday,
    /// The target has none: it is rebuilt from the database.
    ByDesign,
}

impl Gap {
    /// At worst; 0 where nothing is lost that there was.
    #[must_use]
    pub const fn worst(self) -> Secs {
        match self {
            Self::Lasts(range) => range.high,
            Self::NoneToday | Self::ByDesign => Secs::ZERO,
        }
    }
}

/// What data is lost on the way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Loss {
    /// Nothing.
    Nothing,
    /// Nothing while writes are stopped; the writes of so long where they go on.
    WritesOf(Range<Secs>),
    /// Everything that the database does not give back.
    NotReloaded,
    /// Sources differ on whether the data stays.
    Open,
}

impl Loss {
    /// The order of harm, the least first.
    const fn rank(self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::WritesOf(_) => 1,
            Self::NotReloaded => 2,
            Self::Open => 3,
        }
    }
}

/// When a path has to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// The day that it is judged on: the plan's first, or one that was passed in.
    pub from: Date,
    /// The service's last day.
    pub last_day: Date,
    /// Days of preparation: hours of people ÷ 40 h × 7 days, rounded up.
    pub prepare: u32,
    /// Days from the first new cache to the last old one where every step takes its longest, rounded up.
    pub beside: u32,
    /// The latest day to begin: `last day − prepare − beside`.
    pub latest: Date,
}

impl Schedule {
    /// Days that it is too late by; 0 where there is time.
    #[must_use]
    pub fn late_by(&self) -> u32 {
        self.latest.days_until(self.from)
    }
}

/// The figures of a path that applies.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Time without a second copy.
    pub gap: Gap,
    /// Time that a client cannot use the cache, or cannot write.
    pub downtime: Range<Secs>,
    /// What data is lost.
    pub loss: Loss,
    /// Export, or import, of the fullest shard.
    pub copy: Range<Secs>,
    /// The time that the steps take while old and new run beside each other, most likely.
    pub least: Secs,
    /// The time that is planned, of each cache: the months side by side where they are longer.
    pub beside: Secs,
    /// Nodes of the old caches for that time: what runs twice. Unknown where a price is missing.
    pub twice: Total,
    /// Copies and people's hours, once.
    pub once: Total,
    /// When it has to begin.
    pub schedule: Schedule,
}

impl Figures {
    /// What the path costs beside the bills of old and new.
    #[must_use]
    pub fn cost(&self) -> Total {
        self.twice.clone() + &self.once
    }

    /// How long the old caches are kept after the last step: what the planned time leaves of it.
    #[must_use]
    pub fn wait(&self) -> Secs {
        Secs::secs((self.beside.as_secs() - self.least.as_secs()).max(0.0))
    }

    /// The key that paths are ranked by: harm to data, time without a copy, downtime, cost. `None` where a price is missing: such a path
    /// is in no ranking.
    #[must_use]
    pub fn rank(&self) -> Option<(u8, u64, u64, Money)> {
        let millis =
            |time: Secs| Decimal::from_f64(time.as_secs() * 1e3).and_then(|it| it.try_into().ok()).unwrap_or(u64::MAX);
        Some((self.loss.rank(), millis(self.gap.worst()), millis(self.downtime.high), self.cost().complete()?))
    }
}

/// What the figures of every path are made of.
pub(super) struct Scene<'a> {
    pub(super) running: &'a Running,
    /// The target's own case.
    pub(super) case: Case<'a>,
    pub(super) from: Date,
}

impl Scene<'_> {
    pub(super) fn figures(&self, path: PathKind) -> Figures {
        let (each, whole) = self.side_by_side(path);
        Figures {
            gap: self.gap(path),
            downtime: self.downtime(path),
            loss: self.loss(path),
            copy: self.copy(),
            least: self.span(path).mode,
            beside: each,
            twice: self.twice(each),
            once: self.once(path),
            schedule: self.schedule(whole),
        }
    }

    fn gap(&self, path: PathKind) -> Gap {
        if !self.running.kind.has_second_copy() {
            return Gap::NoneToday;
        }
        if self.case.topology != Topology::Active {
            return Gap::ByDesign;
        }
        let (steps, moves) = (&self.case.plan.recovery, &self.case.plan.migration);
        Gap::Lasts(match path {
            // The steps of the runbook: unlink, endpoints, tool, and only then the next member, which is created and filled.
            PathKind::UnlinkFirst => {
                sum(&[steps.unlink, self.endpoints_cut(), moves.tool_run, steps.create, linked(&self.case.sync)])
            }
            _ => Range::exactly(Secs::ZERO),
        })
    }

    fn downtime(&self, path: PathKind) -> Range<Secs> {
        let (steps, moves) = (&self.case.plan.recovery, &self.case.plan.migration);
        match path {
            // Clients move one by one while both serve.
            PathKind::DualWrite | PathKind::Rolling => {
                Range::new(Secs::ZERO, steps.reconnect.low, steps.reconnect.high)
            }
            // No write is taken from the export until every client is on the new caches.
            PathKind::ExportImport => sum(&[self.copy(), self.copy(), steps.repoint, steps.reconnect]),
            PathKind::Rewarm => steps.reconnect,
            // Private clients are off while their endpoints go and while the tool runs.
            PathKind::UnlinkFirst if self.case.plan.passive.network == Network::PrivateEndpoint => {
                sum(&[self.endpoints_cut(), moves.tool_run, moves.name_switch])
            }
            PathKind::Tool | PathKind::UnlinkFirst => moves.name_switch,
            PathKind::InPlace => {
                let most = moves.in_place.high.max(moves.name_switch.mode);
                let changes = Range::new(moves.name_switch.low, moves.name_switch.mode, most);
                // The new zone needs new endpoints before private clients come back.
                if self.case.plan.active.network == Network::PrivateEndpoint {
                    sum(&[changes, ENDPOINTS])
                } else {
                    changes
                }
            }
        }
    }

    fn loss(&self, path: PathKind) -> Loss {
        match path {
            PathKind::DualWrite | PathKind::Rolling => Loss::Nothing,
            PathKind::ExportImport => Loss::WritesOf(sum(&[self.copy(), self.copy(), self.case.plan.recovery.repoint])),
            PathKind::Rewarm | PathKind::Tool | PathKind::UnlinkFirst => Loss::NotReloaded,
            PathKind::InPlace => Loss::Open,
        }
    }

    /// Export or import of the fullest shard at the full-sync rate of a shard (M-03): assumption, no rate is published.
    fn copy(&self) -> Range<Secs> {
        let plan = self.case.plan;
        let shards = self.running.caches.first().map_or(1, |cache| cache.shards.max(1));
        let data = plan.workload.dataset * (skew(plan, shards) / f64::from(shards));
        let data = data * plan.assumptions.snapshot_ratio.as_fraction();
        plan.assumptions.sync_rate.map_falling(|rate| data / rate)
    }

    /// The deletion of the old caches' private endpoints: as long as an unlink (assumption).
    fn endpoints_cut(&self) -> Range<Secs> {
        let private = self.case.plan.passive.network == Network::PrivateEndpoint;
        if private { self.case.plan.recovery.unlink } else { Range::exactly(Secs::ZERO) }
    }

    /// The steps while old and new run beside each other: of a member where they are replaced one after the other.
    fn span(&self, path: PathKind) -> Range<Secs> {
        let (steps, moves) = (&self.case.plan.recovery, &self.case.plan.migration);
        let mut all = match path {
            PathKind::DualWrite => vec![Range::exactly(moves.longest_ttl)],
            PathKind::Rolling => return sum(&[linked(&self.case.sync), moves.client_switch]),
            PathKind::ExportImport => return sum(&[self.copy(), self.copy(), steps.repoint]),
            PathKind::Rewarm => vec![steps.warm_up],
            PathKind::Tool => vec![moves.tool_run],
            PathKind::UnlinkFirst => {
                vec![self.endpoints_cut(), moves.tool_run, steps.create, linked(&self.case.sync)]
            }
            PathKind::InPlace => return Range::exactly(Secs::ZERO),
        };
        // Clients move one region after the other.
        all.extend(vec![moves.client_switch; self.case.design.caches.len().max(1)]);
        sum(&all)
    }

    /// How long each old cache runs beside its successor, planned; and the whole move where every step takes its longest.
    fn side_by_side(&self, path: PathKind) -> (Secs, Secs) {
        let span = self.span(path);
        match path {
            PathKind::InPlace => (Secs::ZERO, self.case.plan.migration.in_place.high + ENDPOINTS.high),
            PathKind::Rolling => (span.mode, span.high * self.running.caches.len() as f64),
            _ => {
                let months = Secs::hours(f64::from(self.case.plan.horizon.parallel_months * HOURS_PER_MONTH));
                let planned = span.mode.max(months);
                (planned, planned + Secs::secs((span.high.as_secs() - span.mode.as_secs()).max(0.0)))
            }
        }
    }

    /// Nodes of the old caches, pay as you go less the discount, or the month that the plan states, by the hour.
    fn twice(&self, beside: Secs) -> Total {
        self.old_month().part(share_of_month(beside))
    }

    /// The same for a month.
    pub(super) fn old_month(&self) -> Total {
        let plan = self.case.plan;
        let stated = plan.today.month.filter(|_| !plan.pair_runs());
        if let Some(own) = stated.filter(|_| plan.pricing.currency == self.case.catalog.currency()) {
            return Total::exactly(own);
        }
        Total::of(&cost::running(&self.case, &self.running.caches), |line| line.amount)
    }

    fn once(&self, path: PathKind) -> Total {
        let lines = cost::migration_once(&self.case);
        // What changes in place copies nothing.
        let counts = |line: &&cost::BillLine| path != PathKind::InPlace || line.kind.is_staff();
        Total::of(lines.iter().filter(counts), |line| line.amount)
    }

    fn schedule(&self, beside: Secs) -> Schedule {
        let prepare = days(f64::from(self.case.plan.horizon.migration_hours) / HOURS_PER_WEEK * 7.0);
        let beside = days(beside.as_hours() / 24.0);
        let last_day = self.running.last_day;
        let latest = last_day.minus_days(prepare.saturating_add(beside));
        Schedule { from: self.from, last_day, prepare, beside, latest }
    }
}

/// Whole days, rounded up; a century and a half at most.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn days(days: f64) -> u32 {
    libm::ceil(days - 1e-9).clamp(0.0, 55_000.0) as u32
}

/// The share of a month of 730 h, as a decimal.
fn share_of_month(time: Secs) -> Decimal {
    let hours = Decimal::from_f64(time.as_hours()).unwrap_or_default();
    hours / Decimal::from(HOURS_PER_MONTH)
}

/// A new link until its copy is whole; without catch-up where that never ends.
fn linked(sync: &FullSync) -> Range<Secs> {
    match sync.outcome {
        SyncOutcome::Converges { new_link, .. } => new_link,
        SyncOutcome::NeverConverges { .. } | SyncOutcome::NotApplicable => sum(&[sync.start, sync.copy]),
    }
}

fn sum(ranges: &[Range<Secs>]) -> Range<Secs> {
    let of = |end: fn(&Range<Secs>) -> Secs| ranges.iter().map(end).fold(Secs::ZERO, |sum, time| sum + time);
    Range::new(of(|it| it.low), of(|it| it.mode), of(|it| it.high))
}
