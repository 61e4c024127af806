//! Which uncertain input moves the answers most, and which to measure first. Worked out in pieces after the typing pauses.

use super::fold::folded;
use super::in_pieces::{Pieces, use_pieces};
use super::panel::designs;
use crate::document::section_with;
use crate::state::{Session, use_session};
use dr_core::explore::sensitivity::{Outcome, RANK_SAMPLING, Sensitivity, Swing};
use dr_core::model::Topology;
use dr_core::report::views::recovery::{self as views, sensitivity_awaited};
use yew::prelude::*;

/// A pause in the typing, in milliseconds; the tab's other answers come first.
const PAUSE: u32 = 400;
/// Trials between two drawings.
const PIECE: u32 = 64;

/// What has been found out about a plan so far.
struct Found {
    topology: Topology,
    base: [Outcome; 4],
    swings: Vec<Swing>,
    /// Answers of the trials so far.
    samples: Vec<Vec<f64>>,
    correlations: Vec<[Option<f64>; 4]>,
}

impl Found {
    fn known(&self) -> views::Found<'_> {
        views::Found { base: &self.base, swings: &self.swings, correlations: &self.correlations }
    }

    fn done(&self) -> u32 {
        self.samples.first().map_or(0, |samples| u32::try_from(samples.len()).unwrap_or(u32::MAX))
    }
}

impl Pieces for Found {
    fn begun(session: &Session, design: Option<Topology>) -> Option<Self> {
        let topology = looked_at(session, design);
        let sensitivity = Sensitivity::new(&session.plan, &session.catalog, topology);
        Some(Self {
            topology,
            base: sensitivity.base(),
            swings: sensitivity.one_at_a_time(),
            samples: Vec::new(),
            correlations: Vec::new(),
        })
    }

    fn further(&mut self, session: &Session) {
        let sensitivity = Sensitivity::new(&session.plan, &session.catalog, self.topology);
        let from = self.done();
        let next = sensitivity.sample(RANK_SAMPLING, from..(from + PIECE).min(RANK_SAMPLING.whole_trials()));
        if self.samples.is_empty() {
            self.samples = next;
        } else {
            self.samples.iter_mut().zip(next).for_each(|(samples, next)| samples.extend(next));
        }
        if self.is_whole() {
            self.correlations = sensitivity.correlations(RANK_SAMPLING, &self.samples);
        }
    }

    fn is_whole(&self) -> bool {
        self.swings.is_empty() || self.done() >= RANK_SAMPLING.whole_trials()
    }
}

/// The designs that are possible.
fn possible(session: &Session) -> Vec<Topology> {
    Topology::ALL.into_iter().filter(|it| session.evaluation.of(*it).design.possible).collect()
}

/// The design that is looked at: what the reader asked for, else the comparison's choice, else the nearest to one.
fn looked_at(session: &Session, asked: Option<Topology>) -> Topology {
    let comparison = &session.evaluation.comparison;
    let asked = asked.filter(|asked| possible(session).contains(asked));
    asked.or(comparison.choice).or(comparison.nearest).unwrap_or(Topology::Active)
}

#[derive(Properties, PartialEq)]
pub(super) struct SensitivityViewProps {
    /// Places of the answers that are drawn, in [`dr_core::explore::sensitivity::ANSWERS`].
    pub(super) answers: &'static [usize],
}

/// A sentence on what to measure first, and a chart for each answer.
#[component]
pub(super) fn SensitivityView(props: &SensitivityViewProps) -> Html {
    let session = use_session();
    let asked = use_state(|| None::<Topology>);
    let found = use_pieces::<Found>(&session, *asked, PAUSE);
    let topology = looked_at(&session, *asked);
    let choose = Callback::from(move |topology| asked.set(Some(topology)));
    shown(&session, (topology, found.borrow().as_ref()), &choose, props.answers)
}

/// What moves the cost of the recommended design, folded below its bands; nothing where no range does.
#[component]
pub(super) fn CostSensitivity() -> Html {
    let session = use_session();
    let found = use_pieces::<Found>(&session, None, PAUSE);
    let found = found.borrow();
    let currency = session.catalog.currency();
    let section = found.as_ref().and_then(|found| views::cost_sensitivity(found.topology, &found.known(), currency));
    section.map_or_else(Html::default, |section| folded(&section))
}

/// The panel stays while another design is worked out, so that the buttons keep the focus.
fn shown(
    session: &Session,
    (topology, found): (Topology, Option<&Found>),
    choose: &Callback<Topology>,
    answers: &[usize],
) -> Html {
    let links = designs(&possible(session), topology, choose);
    let Some(found) = found else {
        return section_with(&sensitivity_awaited(), links, Html::default());
    };
    let section = views::sensitivity_section(topology, answers, &found.known(), session.catalog.currency());
    section_with(&section, links, Html::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::in_pieces::whole;
    use crate::testing::{drawn, session};
    use dr_core::plan::Plan;
    #[component]
    fn Whole() -> Html {
        let session = use_session();
        let found: Found = whole(&session).expect("swings of every plan");
        shown(&session, (found.topology, Some(&found)), &Callback::noop(), &[0, 3])
    }

    #[test]
    fn what_moves_the_first_plan() {
        let html = drawn(&session(Plan::default()), html! { <Whole /> });
        assert!(html.contains("aria-label=\"Topology\"") && html.contains("<canvas"), "{html}");
    }
}
