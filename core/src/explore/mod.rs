//! Many evaluations of changed plans: bands of the bill, break-even, sensitivity. Nothing is modelled here.

pub mod bill_bands;
pub mod break_even;
pub mod downtime;
pub mod drills;
pub mod latency_candidates;
pub mod outage_bands;
pub mod recovery_time;
pub mod search;
pub mod sensitivity;

pub use bill_bands::{BILL_SAMPLING, BillBands, bill_bands};
pub use downtime::downtime;
pub use drills::{Coverage, StepCoverage, coverage};
pub use latency_candidates::latency_candidates;
pub use outage_bands::{OUTAGE_SAMPLING, OutageBands, OutageStudy, outage_bands};
