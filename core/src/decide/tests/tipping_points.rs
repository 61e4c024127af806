//! The smallest change of a target or budget that changes the choice.

use super::{active, compared, half_an_hour, passive, rebuild};
use crate::model::Topology;
use crate::model::cost::Total;
use crate::model::runway::Runway;
use crate::report::verdict;
use crate::units::{Money, Secs};

#[test]
fn the_flip_is_judged_again_and_names_every_target_that_moves() {
    let (comparison, _) = compared(&half_an_hour(), [&rebuild(), &passive(), &active()], &[]);
    assert_eq!(
        verdict::tipping_point(&comparison).unwrap().replace('\u{a0}', " "),
        "The passive pair becomes the choice at an RTO target of 46 min and a write latency target of 104 ms."
    );
}

#[test]
fn a_flip_may_tighten_a_target_until_the_choice_drops_out() {
    let mut plan = half_an_hour();
    plan.objectives.rto = Some(Secs::mins(50.0));
    plan.objectives.write_latency = None;
    let (comparison, _) = compared(&plan, [&rebuild(), &passive(), &active()], &[]);
    assert_eq!(comparison.choice, Some(Topology::Passive));
    let tipping = verdict::tipping_point(&comparison).unwrap().replace('\u{a0}', " ");
    assert_eq!(tipping, "The active group becomes the choice at an RTO target of 45 min.");
    plan.objectives.rto = Some(Secs::mins(45.0));
    let (comparison, _) = compared(&plan, [&rebuild(), &passive(), &active()], &[]);
    assert_eq!(comparison.choice, Some(Topology::Active), "the tipping point that was promised");
}

#[test]
fn a_budget_that_is_too_small_flips_at_the_next_dollar() {
    let mut plan = half_an_hour();
    plan.objectives.budget = Some(Money::whole(3_000));
    let mut active = active();
    active.bill.total = Total::exactly(Money::new("3412.16".parse().unwrap()));
    let (comparison, text) = compared(&plan, [&rebuild(), &passive(), &active], &[]);
    assert_eq!((comparison.choice, comparison.nearest), (None, Some(Topology::Active)));
    assert!(text.ends_with("it misses the budget by $412."), "{text}");
    assert_eq!(
        verdict::tipping_point(&comparison).unwrap(),
        "The active group becomes the choice at a budget of $3,413 a month."
    );
}

#[test]
fn no_flip_out_of_reach() {
    // The pair is three hours away from an RTO of a minute: that is another plan.
    let mut plan = half_an_hour();
    plan.objectives.rto = Some(Secs::mins(4.0));
    let mut passive = passive();
    passive.rto[0].p95 = Secs::hours(3.0);
    let mut active = active();
    active.runway = Runway::NotAtRisk;
    let (comparison, _) = compared(&plan, [&rebuild(), &passive, &active], &[]);
    assert_eq!((comparison.choice, comparison.tipping_point), (Some(Topology::Active), None));
}
