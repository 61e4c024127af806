//! What metrics show of a recovery point.

use crate::plan::{MeasuredLag, Plan};
use crate::units::{Bytes, OpsPerSec, Secs};
use serde::Serialize;

/// A lag that the service's metrics show.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// Half of the time it is at or below it.
    pub p50: Secs,
    /// 95 % of the time.
    pub p95: Secs,
    /// The greatest.
    pub max: Secs,
    /// Most bytes behind; `None` where no metric says it.
    pub behind: Option<Bytes>,
    /// Metric, aggregate, cache and window.
    pub source: String,
    /// Mean writes at which it was measured, and the plan's, where those are more: its lag is more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writes: Option<[OpsPerSec; 2]>,
}

impl Measured {
    pub(super) fn of(lag: &MeasuredLag, plan: &Plan) -> Self {
        let now = plan.workload.writes;
        let writes = lag.fewer(now).map(|then| [then, now]);
        Self { p50: lag.p50, p95: lag.p95, max: lag.peak, behind: lag.behind, source: lag.source.clone(), writes }
    }
}

/// What can be shown of a recovery point, beside what the model says of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// The figure stands for itself: no replica's lag is in it, or the lag is measured.
    Itself,
    /// Metrics show the lag, no finer than this grain (M1).
    ByMetrics(Secs),
    /// No metric shows it (M2): a heartbeat of one's own does.
    Nothing,
}

impl Shown {
    /// A figure that the model holds inside this target can be shown to be.
    #[must_use]
    pub fn reaches(self, target: Secs) -> bool {
        match self {
            Self::Itself => true,
            Self::ByMetrics(grain) => grain <= target,
            Self::Nothing => false,
        }
    }
}
