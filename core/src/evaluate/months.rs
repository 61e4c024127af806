//! Sizes that the months ahead ask for (M-17).

use super::{Terms, answer_of, paid};
use crate::catalog::Catalog;
use crate::model::TopologyAnswer;
use crate::model::demand::Demand;
use crate::model::horizon::OverHorizon;
use crate::plan::Plan;

/// A budget is set, and a design meets every target in its first month: then the months ahead decide.
pub(super) fn months_decide(plan: &Plan, answers: &[TopologyAnswer; 3]) -> bool {
    let meets =
        |it: &TopologyAnswer| it.design.possible && it.verdicts.iter().all(|verdict| verdict.met != Some(false));
    plan.objectives.budget.is_some() && answers.iter().any(meets)
}

/// Takes the sizes that the months ahead ask for ([`first_design`]); true where one is another than before.
pub(super) fn begin(
    plan: &Plan,
    catalog: &Catalog,
    terms: Terms,
    demand: &Demand,
    over: &OverHorizon,
    answers: &mut [TopologyAnswer; 3],
) -> bool {
    let mut changed = false;
    for answer in answers {
        let topology = answer.topology;
        if let Some(design) = &over.of(topology).own.begins {
            *answer = answer_of(topology, &paid(plan, terms[topology as usize]), catalog, demand, design);
            changed = true;
        }
    }
    changed
}
