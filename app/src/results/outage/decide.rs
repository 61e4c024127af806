//! The outage with uncertain coefficients: sampled in pieces after the typing pauses, so that no key waits for it.

use crate::document::section_with;
use crate::results::in_pieces::{Pieces, use_pieces};
use crate::state::{Session, use_session};
use dr_core::explore::{OUTAGE_SAMPLING, OutageBands, OutageStudy};
use dr_core::model::Topology;
use dr_core::report::views::outage::{how_long_to_decide, not_yet_decided, sampled_so_far};
use dr_core::stats::lattice::Lattice;
use dr_core::stats::sample::{Study, run_trials};
use yew::prelude::*;

/// A pause in the typing, in milliseconds.
const PAUSE: u32 = 300;
/// Outages between two looks at the keys.
const PIECE: u32 = 250;

/// The outages of a plan so far.
struct Drawn {
    study: OutageStudy,
    lattice: Lattice,
    columns: Vec<Vec<f64>>,
    done: u32,
    /// Of the first piece, then of all.
    bands: Option<OutageBands>,
}

impl Pieces for Drawn {
    fn begun(session: &Session, _: Option<Topology>) -> Option<Self> {
        let study = OutageStudy::new(&session.plan, &session.evaluation)?;
        Some(Self {
            lattice: Lattice::new(OUTAGE_SAMPLING.seed, study.inputs()),
            columns: vec![Vec::new(); study.outputs()],
            study,
            done: 0,
            bands: None,
        })
    }

    fn further(&mut self, _: &Session) {
        let end = (self.done + PIECE).min(OUTAGE_SAMPLING.whole_trials());
        for (column, results) in self.columns.iter_mut().zip(run_trials(&self.study, &self.lattice, self.done..end)) {
            column.extend(results);
        }
        self.done = end;
        if self.bands.is_none() || self.is_whole() {
            self.bands = Some(self.study.fold(&self.columns));
        }
    }

    fn is_whole(&self) -> bool {
        self.done >= OUTAGE_SAMPLING.whole_trials()
    }
}

/// Bands of memory, and the chance of running out over the delay.
#[component]
pub(super) fn Decide() -> Html {
    let session = use_session();
    let drawn = use_pieces::<Drawn>(&session, None, PAUSE);
    let drawn = drawn.borrow();
    shown(&session, drawn.as_ref().map_or(0, |drawn| drawn.done), drawn.as_ref().and_then(|drawn| drawn.bands.as_ref()))
}

/// The section of what is sampled so far, with how far that is; nothing where the plan has no group.
fn shown(session: &Session, done: u32, bands: Option<&OutageBands>) -> Html {
    let all = OUTAGE_SAMPLING.whole_trials();
    let subject = session.subject();
    let found = match bands {
        Some(bands) => Some(how_long_to_decide(subject, bands)),
        None => not_yet_decided(subject),
    };
    let comes = OutageStudy::possible(&session.plan, &session.evaluation) && done < all;
    let progress = html! {
        <p class="quiet" role="status">
            { sampled_so_far(done) }{ " " }
            <progress aria-label="Outages sampled" max={all.to_string()} value={done.to_string()}></progress>
        </p>
    };
    let progress = if comes { progress } else { Html::default() };
    found.map_or_else(Html::default, |found| section_with(&found, Html::default(), progress))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{drawn as html_of, session_with};

    #[test]
    fn nothing_is_promised_where_nobody_is_left() {
        let all = |session: &Session| {
            assert!(Drawn::begun(session, None).is_none());
            html_of(session, shown(session, 0, None))
        };
        let none = session_with(|plan| {
            plan.regions.truncate(2);
            (plan.outage.lost, plan.outage.second) = (0, Some(1));
        });
        let html = all(&none);
        assert!(html.contains("leaves no survivor") && !html.contains("<progress"), "{html}");
        let alone = session_with(|plan| plan.regions.truncate(1));
        assert!(!all(&alone).contains("<progress"));
    }

    #[test]
    fn what_is_drawn_is_what_the_core_draws_at_once() {
        let session = session_with(|_| {});
        let mut drawn = Drawn::begun(&session, None).expect("a group");
        drawn.further(&session);
        let first = html_of(&session, shown(&session, drawn.done, drawn.bands.as_ref()));
        assert!(first.contains("250 of 10,000 outages sampled"), "{first}");
        drawn.done = OUTAGE_SAMPLING.whole_trials() - 1;
        drawn.columns.iter_mut().for_each(Vec::clear);
        drawn.further(&session);
        assert!(drawn.is_whole() && drawn.bands.as_ref().is_some_and(|bands| bands.trials == 1));
        let last = html_of(&session, shown(&session, drawn.done, drawn.bands.as_ref()));
        assert!(!last.contains("<progress") && last.contains("How long the decision may take"), "{last}");
    }
}
