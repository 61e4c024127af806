//! What is tried on the Outage tab: the plan, its verdict, what is kept and the link stay, until it is applied.

use super::Session;
use dr_core::evaluate::{Evaluation, evaluate};
use dr_core::plan::{Plan, Variation};
use std::rc::Rc;

/// The plan with the tried figures, and its evaluation; of exactly one plan and one catalogue.
#[derive(Clone)]
pub(super) struct Varied {
    from: Rc<Evaluation>,
    plan: Rc<Plan>,
    evaluation: Rc<Evaluation>,
}

impl Session {
    pub(super) fn vary(&mut self, change: impl FnOnce(&mut Variation)) {
        change(&mut self.variation);
        self.varied = self.tried();
    }

    /// What the Outage tab shows: the session itself, or one whose plan has the tried figures.
    #[must_use]
    pub fn varied(&self) -> Self {
        let known = self.varied.clone().filter(|varied| Rc::ptr_eq(&varied.from, &self.evaluation));
        match known.or_else(|| self.tried()) {
            Some(Varied { plan, evaluation, .. }) => Self { plan, evaluation, ..self.clone() },
            None => self.clone(),
        }
    }

    fn tried(&self) -> Option<Varied> {
        let plan = self.variation.over(&self.plan);
        (plan != *self.plan).then(|| Varied {
            from: Rc::clone(&self.evaluation),
            evaluation: Rc::new(evaluate(&plan, &self.catalog)),
            plan: Rc::new(plan),
        })
    }

    /// One step to take back; a plan that already has the figures stays as it is.
    pub(super) fn with_variation_applied(self: Rc<Self>) -> Rc<Self> {
        let variation = self.variation.clone();
        let applied = self.edited("outage", Box::new(move |plan| *plan = variation.over(plan)));
        applied.with(|next| next.vary(|variation| *variation = Variation::default()))
    }
}

#[cfg(test)]
mod tests {
    use crate::state::{Action, Session};
    use crate::testing::session_with;
    use dr_core::codec;
    use dr_core::plan::Variation;
    use dr_core::units::OpsPerSec;
    use std::rc::Rc;
    use yew::Reducible;

    fn slid(session: Rc<Session>) -> Rc<Session> {
        session
            .reduce(Action::vary(|variation| variation.try_figure("workload.writes", 7_900.0)))
            .reduce(Action::vary(|variation| variation.try_figure("workload.dataset", 27e9)))
    }

    /// What is kept and shared are functions of the plan, and the verdict is of its evaluation: neither is another one.
    #[test]
    fn a_slider_leaves_plan_verdict_storage_and_link_as_they_are() {
        let first = Rc::new(session_with(|_| {}));
        let tried = slid(Rc::clone(&first));
        assert!(Rc::ptr_eq(&tried.plan, &first.plan) && Rc::ptr_eq(&tried.evaluation, &first.evaluation));
        assert_eq!(codec::to_fragment(&tried.plan), codec::to_fragment(&first.plan));
        assert!(!tried.can_undo());
        let shown = tried.varied();
        assert_eq!(shown.plan.workload.writes, OpsPerSec::per_s(7_900.0));
        assert_ne!(shown.evaluation, first.evaluation);
        assert!(shown == tried.varied(), "evaluated once");
        let back = tried.reduce(Action::DropVariation);
        assert!(*back == *first && Rc::ptr_eq(&back.varied().plan, &first.plan));
    }

    #[test]
    fn what_is_applied_is_one_step_to_take_back() {
        let first = Rc::new(session_with(|_| {}));
        let applied = slid(Rc::clone(&first)).reduce(Action::ApplyVariation);
        assert_eq!(applied.plan.workload.writes, OpsPerSec::per_s(7_900.0));
        assert_eq!(applied.variation, Variation::default());
        let back = applied.reduce(Action::Undo);
        assert_eq!((&back.plan, back.can_undo()), (&first.plan, false));
    }

    /// An edit of the inputs goes on below what is tried; another plan takes it away.
    #[test]
    fn what_is_tried_stands_over_an_edited_plan_and_goes_with_it() {
        let edit = Action::edit("workload.writes", |plan| plan.workload.writes = OpsPerSec::per_s(1.0));
        let edited = slid(Rc::new(session_with(|_| {}))).reduce(edit);
        let shown = edited.varied();
        assert_eq!(shown.plan.workload.writes, OpsPerSec::per_s(7_900.0));
        assert_eq!(edited.plan.workload.writes, OpsPerSec::per_s(1.0));
        let open = Action::Open { plan: Box::default(), from: String::new() };
        assert_eq!(edited.reduce(open).variation, Variation::default());
    }
}
