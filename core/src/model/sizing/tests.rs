use super::*;
use crate::evaluate::evaluate;
use crate::model::testing::CATALOG;
use crate::units::{Bytes, Secs};

/// At 2.1 GB the smallest member (B3, 3 GB) fills within the four hours that a new plan asks for, and B5 does not.
#[test]
fn a_larger_size_is_taken_where_the_smallest_misses_the_runway() {
    let mut plan = Plan::default();
    for gb in [1.0, 1.5, 2.0, 2.1, 3.0, 5.0, 8.0] {
        plan.workload.dataset = Bytes::gb(gb);
        let evaluation = evaluate(&plan, &CATALOG);
        let group = &evaluation.active;
        let lasts = match &group.runway {
            Runway::Fills(filling) => filling.full_p05,
            other => panic!("{other:?}"),
        };
        println!(
            "{gb} GB: {:?} for {:?}, lasts {lasts:?}; {:?}",
            group.design.caches[0].sku, group.design.sized_for, evaluation.comparison.choice
        );
        assert!(lasts.is_none_or(|lasts| lasts >= Secs::hours(4.0)), "{gb} GB");
    }
}
