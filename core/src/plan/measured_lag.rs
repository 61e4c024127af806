//! The replication lag of the pair that runs, as the service measured it.

use super::error::FieldError;
use super::rows::entry;
use super::{LoadFigure, Plan};
use crate::catalog::RegionId;
use crate::units::{Bytes, Date, OpsPerSec, Secs};

entry! {
    /// What metrics say of the lag of a pair; it stands in place of the modelled lag while the plan is of the same pair, and is the least
    /// that its lag is with more writes.
    MeasuredLag {
        /// Metric, aggregate, cache and window.
        source: String;
        /// The last day of the window.
        date: Date;
        /// Intervals with a value.
        points: u32;
        /// Half of the intervals lie at or below it.
        p50: Secs;
        /// 95 % of them do.
        p95: Secs;
        /// The greatest.
        peak: Secs;
        /// Most bytes that the secondary was behind; none where no metric says it.
        behind: Option<Bytes> = None;
        /// The plan's writes at that time; none where they were not measured.
        writes: Option<OpsPerSec> = None;
        /// Region of the primary.
        primary: RegionId;
        /// Region of the secondary.
        secondary: RegionId;
    }
}

impl Plan {
    /// The measured lag of the pair; `None` where none was measured, and where the plan says of no such pair that it exists.
    #[must_use]
    pub fn measured_lag(&self) -> Option<&MeasuredLag> {
        let known = self.passive.lag.as_ref()?;
        let [primary, secondary] = [self.primary()?, self.secondary()?].map(|it| &it.region);
        let same = *primary == known.primary && *secondary == known.secondary && self.pair_runs();
        same.then_some(known)
    }

    /// True for a figure of the load that nobody has given or measured.
    #[must_use]
    pub fn is_open(&self, figure: LoadFigure) -> bool {
        self.workload.open.contains(&figure)
    }

    /// Says that a field has a value that somebody gave: a figure of the load is open no longer.
    pub fn take_as_given(&mut self, path: &str) {
        self.workload.open.retain(|it| it.path() != path);
    }
}

impl LoadFigure {
    /// The field that holds it, `workload.dataset`.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Data => "workload.dataset",
            Self::Operations => "workload.writes",
            Self::Connections => "workload.connections",
        }
    }
}

impl MeasuredLag {
    /// The writes at which it was measured, where these are more.
    #[must_use]
    pub fn fewer(&self, writes: OpsPerSec) -> Option<OpsPerSec> {
        self.writes.filter(|known| writes.as_per_s() > known.as_per_s() * (1.0 + 1e-9))
    }

    /// What is wrong with it, if anything.
    pub(super) fn error(&self) -> Option<FieldError> {
        let times = [self.p50, self.p95, self.peak].map(Secs::as_secs);
        let bounded = times.iter().all(|time| (0.0..=1e9).contains(time));
        let behind = self.behind.is_none_or(|it| (0.0..=1e18).contains(&it.as_bytes()));
        let writes = self.writes.is_none_or(|it| (0.0..=1e8).contains(&it.as_per_s()));
        let sound = bounded && times.is_sorted() && behind && writes && self.points > 0;
        let says = "Measured lag: a figure is outside the range, or P50, P95 and peak are not in order; import the metrics again.";
        (!sound).then(|| FieldError::new("passive.lag", says.to_owned()))
    }
}
