//! A saved plan and a link hold every figure to its last bit.
#![allow(missing_docs, clippy::unwrap_used)]

use dr_core::codec;
use dr_core::plan::Plan;
use dr_core::units::OpsPerSec;
use proptest::prelude::*;

proptest! {
    /// Typed figures are scaled by their unit and may need all 17 digits, where a hasty reader is off by one bit.
    #[test]
    fn any_figure_reads_back_from_file_and_link(writes in 0.0..1e6_f64) {
        let mut plan = Plan::default();
        plan.workload.writes = OpsPerSec::per_s(writes);
        prop_assert_eq!(&codec::from_json(&codec::to_json(&plan)).unwrap(), &plan);
        prop_assert_eq!(&codec::from_fragment(&codec::to_fragment(&plan)).unwrap(), &plan);
    }
}
