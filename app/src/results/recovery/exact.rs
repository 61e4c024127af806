//! A million trials on request: in a worker, with progress, first figures on the way, and the error of every quantile.

use crate::document::{blocks, text};
use crate::results::in_pieces::Basis;
use crate::state::{Session, use_session};
use crate::worker::{Runner, Running};
use dr_core::jobs::{EXACT, Job, Reply};
use dr_core::report::views::recovery::many_trials;
use dr_core::stats::sample::Progress;
use dr_core::units::format;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// What is known of the job.
#[derive(Default)]
pub(super) struct Asked {
    running: Option<Running>,
    progress: Option<Progress>,
    /// Figures so far, and of how many trials.
    pub(super) figures: Option<Vec<f64>>,
    whole: bool,
    refused: Option<String>,
}

impl Asked {
    fn listen(&mut self, reply: Reply) {
        if reply.is_last() {
            self.progress = None;
        }
        match reply {
            Reply::Progress(progress) => self.progress = Some(progress),
            Reply::Partial(figures) => self.figures = Some(figures),
            Reply::Done(figures) => (self.figures, self.whole) = (Some(figures), true),
            Reply::Refused(sentence) => self.refused = Some(sentence),
            Reply::Found(_) => {}
        }
    }
}

/// The button, the bar, the figures.
#[component]
pub(super) fn Exact() -> Html {
    let session = use_session();
    // With another plan the figures go; dropped, a job under way ends.
    let asked = use_memo(Basis::of(&session), |_| RefCell::new(Asked::default()));
    let redraw = use_force_update();
    let start = {
        let (session, asked, redraw) = (Rc::clone(&session), Rc::clone(&asked), redraw.clone());
        Callback::from(move |_: MouseEvent| begin(&session, &asked, &redraw))
    };
    let cancel = {
        let (asked, redraw) = (Rc::clone(&asked), redraw);
        Callback::from(move |_: MouseEvent| {
            let _ = asked.replace(Asked::default());
            redraw.force_update();
        })
    };
    let asked = asked.borrow();
    drawn(&session, &asked, &start, &cancel)
}

fn begin(session: &Session, asked: &Rc<RefCell<Asked>>, redraw: &UseForceUpdateHandle) {
    let prices = session.sheet.as_ref().map(|sheet| sheet.prices.clone());
    let job = Job::RecoveryTimes { plan: Box::new((*session.plan).clone()), prices, sampling: EXACT };
    let progress = Some(Progress { done: 0, trials: EXACT.trials });
    let _ = asked.replace(Asked { progress, ..Asked::default() });
    let listen = {
        let (asked, redraw) = (Rc::downgrade(asked), redraw.clone());
        move |reply| {
            if let Some(asked) = asked.upgrade() {
                asked.borrow_mut().listen(reply);
                redraw.force_update();
            }
        }
    };
    let running = Runner::Worker.start(&job, listen);
    asked.borrow_mut().running = Some(running);
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
    use crate::testing::{drawn as html_of, session_with};
    use dr_core::stats::sample::Sampling;
    use insta::assert_snapshot;

    /// Of a job with so many trials: what is shown after each of its replies.
    #[test]
    fn a_job_from_the_button_to_the_figures() {
        let session = session_with(|_| {});
        let view = |asked: &Asked| html_of(&session, drawn(&session, asked, &Callback::noop(), &Callback::noop()));
        let mut asked = Asked::default();
        assert_snapshot!("exact_start", view(&asked));
        asked.listen(Reply::Progress(Progress { done: 327_680, trials: 1_000_000 }));
        assert_snapshot!("exact_progress", view(&asked));
        let sampling = Sampling { trials: 20_000, ..EXACT };
        let job = Job::RecoveryTimes { plan: Box::new((*session.plan).clone()), prices: None, sampling };
        let heard = Rc::new(RefCell::new(asked));
        let hears = Rc::clone(&heard);
        let _running = Runner::Serialised.start(&job, move |reply| hears.borrow_mut().listen(reply));
        assert_snapshot!("exact_done", view(&heard.borrow()));
        heard.borrow_mut().listen(Reply::Refused("No memory.".to_owned()));
        assert!(view(&heard.borrow()).contains("No memory."));
    }
}
