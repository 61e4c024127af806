//! How long it takes to be back: every way with its median and its bad case, and behind it the distribution.

use super::exact::Exact;
use crate::charts::figure;
use crate::results::fold::Fold;
use crate::state::{Session, use_session};
use dr_core::explore::recovery_time::{FOLLOWS_TYPING, RecoveryStudy};
use dr_core::report::chart::{recovery_times_chart, rto_chart};
use yew::prelude::*;

pub(super) fn times(session: &Session) -> Html {
    html! {
        <>
            { figure(rto_chart(&session.plan, &session.evaluation)) }
            <Fold title="Distribution of each way back"><Distribution /></Fold>
            <Fold title="A million trials"><Exact /></Fold>
        </>
    }
}

/// Drawn when its fold is opened.
#[component]
fn Distribution() -> Html {
    let session = use_session();
    let target = session.plan.objectives.rto;
    let times = RecoveryStudy::new(&session.plan, &session.evaluation).times(FOLLOWS_TYPING, target);
    figure(recovery_times_chart(&times, FOLLOWS_TYPING, target))
}
