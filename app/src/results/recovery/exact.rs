//! A million trials on request: in a worker, with progress, first figures on the way, and the error of every quantile.

use crate::document::{blocks, text};
use crate::results::on_request::{Asked, OnRequest, use_on_request};
use crate::state::{Session, use_session};
use dr_core::jobs::{EXACT, Job};
use dr_core::report::views::recovery::many_trials;
use dr_core::units::format;
use yew::prelude::*;

/// The button, the bar, the figures.
#[component]
pub(super) fn Exact() -> Html {
    let session = use_session();
    let OnRequest { asked, start, cancel } = use_on_request(&session, job, EXACT.trials);
    let asked = asked.borrow();
    drawn(&session, &asked, &start, &cancel)
}

fn job(session: &Session) -> Job {
    let prices = session.sheet.as_ref().map(|sheet| sheet.prices.clone());
    Job::RecoveryTimes { plan: Box::new((*session.plan).clone()), prices, sampling: EXACT }
}

/// The panel of a job as far as it is.
pub(super) fn drawn(
    session: &Session,
    asked: &Asked,
    start: &Callback<MouseEvent>,
    cancel: &Callback<MouseEvent>,
) -> Html {
    let figures = asked.figures.as_deref();
    let section = many_trials(session.subject(), asked.progress, figures, asked.whole);
    let says = asked.refused.clone().map_or_else(|| section.says.clone(), Into::into);
    let control = match asked.progress {
        Some(progress) => html! {
            <p class="links">
                <progress aria-label="Trials sampled" max={progress.trials.to_string()} value={progress.done.to_string()}></progress>
                <button type="button" class="btn" data-exact="cancel" onclick={cancel.clone()}>{ "Cancel" }</button>
            </p>
        },
        None => {
            html! { <p><button type="button" class="btn" data-exact="start" onclick={start.clone()}>{ format!("Draw {} trials", format::count(f64::from(EXACT.trials))) }</button></p> }
        }
    };
    html! { <><p class="say">{ text(&says) }</p>{ control }{ blocks(&section.blocks) }</> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{drawn as html_of, parts, session_with};
    use crate::worker::Runner;
    use dr_core::jobs::Reply;
    use dr_core::stats::sample::{Progress, Sampling};
    use insta::assert_snapshot;
    use std::cell::RefCell;
    use std::rc::Rc;

    /// Of a job with so many trials: what is shown after each of its replies.
    #[test]
    fn a_job_from_the_button_to_the_figures() {
        let session = session_with(|_| {});
        let view = |asked: &Asked| html_of(&session, drawn(&session, asked, &Callback::noop(), &Callback::noop()));
        let mut asked = Asked::default();
        let start = view(&asked);
        asked.listen(Reply::Progress(Progress { done: 327_680, trials: 1_000_000 }));
        let progress = view(&asked);
        let sampling = Sampling { trials: 20_000, ..EXACT };
        let job = Job::RecoveryTimes { plan: Box::new((*session.plan).clone()), prices: None, sampling };
        let heard = Rc::new(RefCell::new(asked));
        let hears = Rc::clone(&heard);
        let _running = Runner::Serialised.start(&job, move |reply| hears.borrow_mut().listen(reply));
        let done = view(&heard.borrow());
        assert_snapshot!(parts(&[("before", start), ("under way", progress), ("done", done)]));
        heard.borrow_mut().listen(Reply::Refused("No memory.".to_owned()));
        assert!(view(&heard.borrow()).contains("No memory."));
    }
}
