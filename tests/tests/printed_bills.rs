//! Whole bills as a person reads them.

use dr_core::model::Topology;
use dr_core::plan::{EgressBilling, Plan, ReservationTerm};
use dr_core::report::bill_text;
use dr_tests::on_paper::{billed, one_mb_per_s};
use dr_tests::once::Once;

/// Each without the lines of the one before.
#[test]
fn a_reserved_pair_and_a_group() {
    let mut once = Once::default();
    let mut plan = Plan::default();
    plan.pricing.reservation = Some(ReservationTerm::OneYear);
    one_mb_per_s(&mut plan);
    let bill = billed(Topology::Passive, &plan, "Premium_P3", 2, 4);
    let text = once.text(&bill_text::document("", &[(Topology::Passive, &bill, None)]).plain());
    insta::assert_snapshot!("reserved_pair", text);
    insta::assert_snapshot!("reserved_pair_csv", bill_text::csv((Topology::Active, &bill, None)));
    let mut plan = Plan::default();
    plan.pricing.active_egress = EgressBilling::Absorbed;
    one_mb_per_s(&mut plan);
    let bill = billed(Topology::Active, &plan, "Balanced_B10", 1, 2);
    let text = once.text(&bill_text::document("", &[(Topology::Active, &bill, None)]).plain());
    insta::assert_snapshot!("group", text);
}
