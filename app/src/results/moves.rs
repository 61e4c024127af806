//! Which uncertain input moves the answers most, and which to measure first. Worked out in pieces after the typing pauses.

use super::panel::panel;
use crate::charts::figure;
use crate::state::{Session, use_session};
use dr_core::catalog::Catalog;
use dr_core::explore::sensitivity::{Outcome, RANK_SAMPLING, Sensitivity, Swing, measure_first};
use dr_core::model::Topology;
use dr_core::plan::Plan;
use dr_core::report::chart::sensitivity_chart;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// A pause in the typing, in milliseconds; the tab's other answers come first.
const PAUSE: u32 = 400;
/// Trials between two drawings.
const PIECE: u32 = 64;

/// What has been found out about a plan so far.
#[derive(Clone)]
struct Found {
    plan: Rc<Plan>,
    catalog: Rc<Catalog>,
    topology: Topology,
    base: [Outcome; 4],
    swings: Vec<Swing>,
    /// Answers of the trials so far.
    draws: Vec<Vec<f64>>,
    correlations: Vec<[Option<f64>; 4]>,
}

impl Found {
    fn begun(session: &Session) -> Self {
        let topology = topology(session);
        let sensitivity = Sensitivity::new(&session.plan, &session.catalog, topology);
        Self {
            topology,
            base: sensitivity.base(),
            swings: sensitivity.one_at_a_time(),
            draws: Vec::new(),
            correlations: Vec::new(),
            plan: Rc::clone(&session.plan),
            catalog: Rc::clone(&session.catalog),
        }
    }

    fn done(&self) -> u32 {
        self.draws.first().map_or(0, |draws| u32::try_from(draws.len()).unwrap_or(u32::MAX))
    }

    fn is_whole(&self) -> bool {
        self.swings.is_empty() || self.done() >= RANK_SAMPLING.whole_trials()
    }

    fn further(mut self) -> Self {
        let (plan, catalog) = (Rc::clone(&self.plan), Rc::clone(&self.catalog));
        let sensitivity = Sensitivity::new(&plan, &catalog, self.topology);
        let from = self.done();
        let next = sensitivity.draw(RANK_SAMPLING, from..(from + PIECE).min(RANK_SAMPLING.whole_trials()));
        if self.draws.is_empty() {
            self.draws = next;
        } else {
            self.draws.iter_mut().zip(next).for_each(|(draws, next)| draws.extend(next));
        }
        if self.is_whole() {
            self.correlations = sensitivity.correlations(RANK_SAMPLING, &self.draws);
        }
        self
    }

    fn is_of(&self, session: &Session) -> bool {
        Rc::ptr_eq(&self.plan, &session.plan) && Rc::ptr_eq(&self.catalog, &session.catalog)
    }
}

/// The design that is looked at: the choice, else the nearest to one.
fn topology(session: &Session) -> Topology {
    let comparison = &session.evaluation.comparison;
    comparison.choice.or(comparison.nearest).unwrap_or(Topology::Active)
}

#[derive(Properties, PartialEq)]
pub(super) struct MovesProps {
    /// Places of the answers that are drawn, in [`dr_core::explore::sensitivity::ANSWERS`].
    pub(super) answers: &'static [usize],
}

/// A sentence on what to measure first, and a chart for each answer.
#[component]
pub(super) fn Moves(props: &MovesProps) -> Html {
    let session = use_session();
    let state = use_state(|| None::<Rc<Found>>);
    let found = (*state).clone().filter(|found| found.is_of(&session));
    {
        let (found, session, done) = (found.clone(), session.clone(), found.as_ref().map(|found| found.done()));
        let key = (Rc::as_ptr(&session.plan) as usize, Rc::as_ptr(&session.catalog) as usize, done);
        use_effect_with(key, move |_| {
            let whole = found.as_ref().is_some_and(|found| found.is_whole());
            let pause = if found.is_some() { 0 } else { PAUSE };
            let next = move || {
                let next = match &found {
                    Some(found) => (**found).clone().further(),
                    None => Found::begun(&session),
                };
                state.set(Some(Rc::new(next)));
            };
            let timeout = (!whole).then(|| Timeout::new(pause, next));
            move || drop(timeout)
        });
    }
    found.map_or_else(Html::default, |found| shown(&session, &found, props.answers))
}

#[inline(never)]
fn shown(session: &Session, found: &Found, answers: &[usize]) -> Html {
    let currency = session.catalog.currency();
    let says = measure_first(&found.swings, &found.base, currency)
        .unwrap_or_else(|| "No range of the plan moves an answer of this design.".to_owned());
    let note = html! { <p class="quiet">{ format!("Of the {}, by one input at a time: first the one that decides most targets, then the one that moves an answer most.", found.topology.name().to_ascii_lowercase()) }</p> };
    let chart = |answer: &usize| {
        figure(sensitivity_chart(found.topology, *answer, &found.swings, &found.correlations, currency))
    };
    html! { <>{ panel("What to measure first", &says, Html::default(), note) }{ for answers.iter().map(chart) }</> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{drawn, session};
    use insta::assert_snapshot;

    #[component]
    fn Whole() -> Html {
        let session = use_session();
        let mut found = Found::begun(&session);
        while !found.is_whole() {
            found = found.further();
        }
        shown(&session, &found, &[0, 3])
    }

    #[test]
    fn what_moves_the_first_plan() {
        assert_snapshot!(drawn(&session(Plan::default()), html! { <Whole /> }));
    }
}
