//! Ranges of a plan at an end of which another design is the choice: every one is decided again with the range known.
//!
//! Most ends move nothing that a choice reads. So answers come first, of a step of recovery its times alone; rules and the months ahead
//! are asked where a design, its month or a verdict is another one.

use super::months::{begin, months_decide};
use super::{Evaluation, Terms, answer, costs, paid};
use crate::catalog::Catalog;
use crate::decide::{Reader, Turn, compare, verdicts};
use crate::model::cost::loss::expected_loss;
use crate::model::demand::{Demand, demand};
use crate::model::horizon::OverHorizon;
use crate::model::rto::rto;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::{Input, Objectives, Plan};
use crate::rules;
use std::cell::OnceCell;

/// Every end of a range at which the choice is another one; empty without a choice. Of a range both ends may.
pub(super) fn turns(plan: &Plan, catalog: &Catalog, terms: Terms, own: &Evaluation) -> Vec<Turn> {
    let comparison = &own.comparison;
    let (Some(choice), Some(over)) = (comparison.choice, &comparison.over) else { return Vec::new() };
    let asked = Asked { catalog, own, terms, choice, over, objectives: plan.objectives_in(catalog.currency()) };
    let inputs = Input::all(plan).into_iter().filter(|input| asked.is_read(input.path));
    let ends = inputs.flat_map(|input| [input.low, input.high].map(|at| (input.clone(), at)));
    ends.filter_map(|(input, at)| {
        let mut known = plan.clone();
        input.set(&mut known, at);
        let times = input.path.starts_with("recovery.");
        let (to, cheaper) =
            if times { asked.by_times(input.path, &known) } else { asked.by_answers(input.path, &known) };
        (to != Some(choice)).then_some(Turn { input, at, to, cheaper })
    })
    .collect()
}

struct Asked<'a> {
    catalog: &'a Catalog,
    own: &'a Evaluation,
    /// How each design is paid.
    terms: Terms,
    choice: Topology,
    over: &'a OverHorizon,
    objectives: Objectives,
}

impl Asked<'_> {
    /// Something that a choice is made by reads the range.
    fn is_read(&self, path: &str) -> bool {
        let (targets, loss) = (&self.objectives, self.over.counts_loss());
        match path.split('.').next() {
            Some("migration" | "outage") => false,
            Some("outages") => loss,
            Some("recovery") => targets.rto.is_some() || loss,
            Some("syncs") => targets.rpo.is_some() || loss,
            _ if path.starts_with("assumptions.kept_") => targets.runway.is_some(),
            _ => true,
        }
    }

    /// The choice where recovery alone is known better.
    fn by_times(&self, path: &str, known: &Plan) -> (Option<Topology>, bool) {
        let takes = |topology: Topology| {
            let mut ways = self.own.of(topology).rto.iter().filter(|way| way.unplanned);
            ways.any(|way| way.steps.iter().any(|step| step.field == path))
        };
        let timed = Topology::ALL.map(|topology| {
            let own = self.own.of(topology).clone();
            if !takes(topology) {
                return own;
            }
            let times = rto(&own.case(known, self.catalog, &self.own.demand));
            TopologyAnswer { rto: times, ..own }
        });
        self.chosen(known, &self.own.demand, timed)
    }

    fn by_answers(&self, path: &str, known: &Plan) -> (Option<Topology>, bool) {
        let demand = demand(known);
        // A group alone keeps memory, spends it on CRDTs, and shares a node's network.
        let of_group = path.starts_with("assumptions.kept_")
            || matches!(path, "assumptions.crdt_factor" | "assumptions.member_network");
        let answers = Topology::ALL.map(|topology| {
            if of_group && topology != Topology::Active {
                return self.own.of(topology).clone();
            }
            answer(topology, &paid(known, self.terms[topology as usize]), self.catalog, &demand)
        });
        self.chosen(known, &demand, answers)
    }

    /// The choice of these answers, and whether another one costs less than the plan's own: that one where they have its designs, months
    /// and verdicts.
    fn chosen(&self, known: &Plan, demand: &Demand, mut answers: [TopologyAnswer; 3]) -> (Option<Topology>, bool) {
        for answer in &mut answers {
            answer.verdicts = verdicts(known, answer);
        }
        let priced = self.over.counts_loss();
        let known_costs = OnceCell::new();
        let same = |it: &TopologyAnswer| same_costs(it, self.own.of(it.topology));
        if !answers.iter().all(same) && months_decide(known, &answers) {
            let losses = answers.each_ref().map(|it| expected_loss(known, self.catalog, demand.keys, it));
            let over = known_costs.get_or_init(|| costs(known, self.catalog, self.terms, losses));
            begin(known, self.catalog, self.terms, demand, over, &mut answers);
        }
        let same_costs = !priced && answers.iter().all(|it| same_costs(it, self.own.of(it.topology)));
        if same_costs && answers.iter().all(|it| same_verdicts(it, self.own.of(it.topology))) {
            return (Some(self.choice), false);
        }
        let [rebuild, passive, active] = &answers;
        let each = [rebuild, passive, active];
        let found = rules::findings(known, self.catalog, demand, each, None).findings;
        let losses = || each.map(|it| expected_loss(known, self.catalog, demand.keys, it));
        let worked_out = || {
            if same_costs { self.over.clone() } else { costs(known, self.catalog, self.terms, losses()) }
        };
        let over = || known_costs.get_or_init(worked_out).clone();
        let to = compare(known, self.catalog, each, (&found, &[]), &over, Reader::Nobody).choice;
        let cheaper = to.filter(|to| *to != self.choice).is_some_and(|to| {
            let rank = |over: &OverHorizon, of: Topology| over.of(of).rank();
            let (other, own) = (rank(known_costs.get_or_init(worked_out), to), rank(self.over, self.choice));
            other.is_some() && other < own
        });
        (to, cheaper)
    }
}

/// The same caches at the same month: the months ahead are taken to be the same.
fn same_costs(one: &TopologyAnswer, own: &TopologyAnswer) -> bool {
    one.design.caches == own.design.caches && one.bill.total == own.bill.total
}

/// Each target met or missed alike, and nothing else in the way but what was.
fn same_verdicts(one: &TopologyAnswer, own: &TopologyAnswer) -> bool {
    let met = |it: &TopologyAnswer| it.verdicts.iter().map(|verdict| verdict.met).collect::<Vec<_>>();
    met(one) == met(own)
        && one.design.misfits == own.design.misfits
        && one.capacity.enough == own.capacity.enough
        && one.sync.never_complete(one.topology) == own.sync.never_complete(own.topology)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::float_cmp)]
mod tests {
    use super::super::{evaluate, evaluate_unread};
    use super::*;
    use crate::decide::Reason;
    use crate::presets::PRESETS;

    fn plans() -> Vec<Plan> {
        PRESETS.iter().map(|text| crate::codec::from_json(text).unwrap()).chain([Plan::default()]).collect()
    }

    /// The short way is the long one: each end of each range, evaluated in full.
    #[test]
    fn the_choice_turns_where_the_whole_evaluation_says_so() {
        let catalog = Catalog::bundled().unwrap();
        for plan in plans() {
            let own = evaluate(&plan, &catalog);
            let said: Vec<(&str, f64, Option<Topology>)> =
                own.comparison.turns.iter().map(|turn| (turn.input.path, turn.at, turn.to)).collect();
            let Some(choice) = own.comparison.choice else {
                assert_eq!(said, []);
                continue;
            };
            let ends = Input::all(&plan).into_iter().flat_map(|it| [(it.clone(), it.low), (it.clone(), it.high)]);
            let whole: Vec<(&str, f64, Option<Topology>)> = ends
                .filter_map(|(input, at)| {
                    let mut known = plan.clone();
                    input.set(&mut known, at);
                    let to = evaluate_unread(&known, &catalog).comparison.choice;
                    (to != Some(choice)).then_some((input.path, at, to))
                })
                .collect();
            assert_eq!(said, whole, "{}", plan.name);
        }
    }

    /// The CRDT factor of enrolment is 1.1 to 2 (R1: up to 2): at 2 the group needs the next size, and the pair costs less. The size takes
    /// its most likely value alone, so that nothing else says how far that may be off.
    #[test]
    fn a_range_that_the_size_takes_as_a_point_is_too_close_to_call() {
        let catalog = Catalog::bundled().unwrap();
        let mut plan = plans().into_iter().find(|plan| plan.name == "Enrolment").unwrap();
        let told = evaluate(&plan, &catalog).comparison;
        assert_eq!((told.choice, told.too_close()), (Some(Topology::Active), true));
        let Some(Reason::Turns { to, next: Some((next, _)) }) = told.reason else { panic!("{:?}", told.reason) };
        assert_eq!((to, next), (Some(Topology::Passive), Topology::Passive));
        let turn = &told.turns[0];
        assert_eq!((turn.input.path, turn.at, turn.to), ("assumptions.crdt_factor", 2.0, Some(Topology::Passive)));
        plan.assumptions.crdt_factor = crate::units::Range::exactly(1.5);
        assert!(!evaluate(&plan, &catalog).comparison.too_close(), "measured, it decides");
        plan.assumptions.crdt_factor = crate::units::Range::exactly(2.0);
        assert_eq!(evaluate(&plan, &catalog).comparison.choice, Some(Topology::Passive));
    }

    /// P95 of a recovery counts the range of each step. The pair of the tax filing misses 45 min by 5 min of assumed steps of people, and costs
    /// less: a step known to be quick brings it in, so that the choice is too close to call and the steps are what to measure first.
    #[test]
    fn a_counted_range_that_brings_in_a_cheaper_design_is_too_close_to_call() {
        let catalog = Catalog::bundled().unwrap();
        let mut plan = plans().into_iter().find(|plan| plan.name == "Tax filing").unwrap();
        let told = evaluate(&plan, &catalog).comparison;
        let over = told.over.clone().unwrap();
        assert!(over.of(Topology::Passive).rank() < over.of(Topology::Active).rank());
        assert_eq!(told.reason, Some(Reason::Turns { to: Some(Topology::Passive), next: None }));
        let decide = told.turns.iter().find(|turn| turn.input.path == "recovery.decide").unwrap();
        assert!(decide.to == Some(Topology::Passive) && decide.cheaper && decide.leaves_open(), "{decide:?}");
        // Drilled and quick, it is the pair; drilled and slow, it is the group for certain.
        let chosen = |minutes: f64| {
            let mut plan = plan.clone();
            decide.input.set(&mut plan, 60.0 * minutes);
            evaluate(&plan, &catalog).comparison
        };
        assert_eq!(chosen(2.0).choice, Some(Topology::Passive));
        // An hour more and no quick step brings the pair in.
        plan.objectives.rto = plan.objectives.rto.map(|it| it - crate::units::Secs::mins(8.0));
        let far = evaluate(&plan, &catalog).comparison;
        assert_eq!((far.choice, far.too_close()), (Some(Topology::Active), false), "{:?}", far.turns);
    }

    /// The pair of Marine logistics misses its hour where a step of people is at its slowest, and the dearer group follows: that is what P95
    /// counts. It is named among what is unknown, and leaves nothing open.
    #[test]
    fn a_counted_range_that_brings_in_a_dearer_design_leaves_nothing_open() {
        let catalog = Catalog::bundled().unwrap();
        let plan = plans().into_iter().find(|plan| plan.name == "Marine logistics").unwrap();
        let told = evaluate(&plan, &catalog).comparison;
        let slow = told.turns.iter().find(|turn| turn.input.path == "recovery.decide").unwrap();
        assert_eq!((slow.to, slow.cheaper, slow.leaves_open()), (Some(Topology::Active), false, false));
    }

    /// Marine logistics without a rate: the group's 160 hours have no price, and at some rate below the example's $90 the pair costs
    /// less.
    #[test]
    fn a_move_whose_hours_have_no_rate_is_too_close_to_call() {
        let catalog = Catalog::bundled().unwrap();
        let mut plan = plans().into_iter().find(|plan| plan.name == "Marine logistics").unwrap();
        plan.pricing.engineer_hour = None;
        plan.pricing.overrides.clear();
        let told = evaluate(&plan, &catalog).comparison;
        let hours = told.hours.clone().unwrap();
        assert_eq!(
            (told.choice, hours.more_of, hours.than),
            (Some(Topology::Active), Topology::Active, Topology::Passive)
        );
        // 160 of the move, and in the month side by side the drills of both: hours a year ÷ 12.
        let drills = plan.pricing.hours_per_drill * rust_decimal::Decimal::from(plan.pricing.drills_per_year);
        let more = hours.hours - rust_decimal::Decimal::from(160);
        assert_eq!(more.round_dp(3), (drills / rust_decimal::Decimal::from(12)).round_dp(3));
        assert!(told.too_close(), "{:?}", told.reason);
        // The rate that is named is the rate at which it turns: a cent below it the group is chosen, at it the pair.
        let rate = hours.turns_at.unwrap().as_decimal();
        let chosen = |rate| {
            let mut plan = plan.clone();
            plan.pricing.engineer_hour = Some(crate::units::UnitPrice::new(rate));
            evaluate(&plan, &catalog).comparison.choice
        };
        assert_eq!(chosen(rate), Some(Topology::Passive), "{rate}");
        assert_eq!(chosen(rate - rust_decimal::Decimal::new(2, 2)), Some(Topology::Active), "{rate}");
    }
}
