//! What the load means in bytes, keys and rates (M-01).

use crate::plan::Plan;
use crate::units::{Bytes, BytesPerSec, OpsPerSec};
use serde::Serialize;

/// The load in the units of the models: rates of each kind of change, stream bytes, peak.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Demand {
    /// Reads per second, given or four times the writes.
    pub reads: OpsPerSec,
    /// Changes per second.
    pub writes: OpsPerSec,
    /// New keys per second.
    pub creates: OpsPerSec,
    /// New values of existing keys per second.
    pub overwrites: OpsPerSec,
    /// Keys removed by the application or their time to live, per second.
    pub removals: OpsPerSec,
    /// Elements removed per second.
    pub element_removals: OpsPerSec,
    /// Keys in the data set: data ÷ (key + value + per-key overhead).
    pub keys: f64,
    /// Mean stream bytes of one change, before the wire's overhead.
    pub bytes_per_write: Bytes,
    /// Replication stream, mean over the day, all regions together, with the wire's overhead.
    pub stream: BytesPerSec,
    /// The stream in a burst.
    pub stream_peak: BytesPerSec,
    /// The stream outside the bursts, so that the day's mean is `stream`; never negative.
    pub stream_quiet: BytesPerSec,
    /// Share of the day in bursts, 0 to 1.
    pub burst_share: f64,
}

/// Works out the demand of a plan.
#[must_use]
pub fn demand(plan: &Plan) -> Demand {
    let _ = plan;
    todo!("model")
}
