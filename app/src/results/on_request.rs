//! Long work that a button asks for: a job in a worker with its progress, its replies, and a way to end it.

use super::in_pieces::Basis;
use crate::state::Session;
use crate::worker::{Runner, Running};
use dr_core::jobs::{Job, Reply};
use dr_core::stats::sample::Progress;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// What is known of a job.
#[derive(Default)]
pub(super) struct Asked {
    running: Option<Running>,
    pub(super) progress: Option<Progress>,
    /// Figures so far, and whether they are of all trials.
    pub(super) figures: Option<Vec<f64>>,
    pub(super) whole: bool,
    /// What a job finds that answers in words.
    pub(super) found: Option<String>,
    pub(super) refused: Option<String>,
}

impl Asked {
    pub(super) fn listen(&mut self, reply: Reply) {
        if reply.is_last() {
            self.progress = None;
        }
        match reply {
            Reply::Progress(progress) => self.progress = Some(progress),
            Reply::Partial(figures) => self.figures = Some(figures),
            Reply::Done(figures) => (self.figures, self.whole) = (Some(figures), true),
            Reply::Found(text) => self.found = Some(text),
            Reply::Refused(sentence) => self.refused = Some(sentence),
        }
    }
}

/// A job, what starts it, and what ends it.
pub(super) struct OnRequest {
    pub(super) asked: Rc<RefCell<Asked>>,
    pub(super) start: Callback<MouseEvent>,
    pub(super) cancel: Callback<MouseEvent>,
}

/// The job that `job` makes of the session, of so many trials at first. With another plan the answer goes; dropped, a job under way
/// ends.
#[hook]
pub(super) fn use_on_request(session: &Rc<Session>, job: fn(&Session) -> Job, trials: u32) -> OnRequest {
    let asked = use_memo(Basis::of(session), |_| RefCell::new(Asked::default()));
    let redraw = use_force_update();
    let start = {
        let (session, asked, redraw) = (Rc::clone(session), Rc::clone(&asked), redraw.clone());
        Callback::from(move |_: MouseEvent| {
            let progress = Some(Progress { done: 0, trials });
            let _ = asked.replace(Asked { progress, ..Asked::default() });
            redraw.force_update();
            begin(&job(&session), &asked, &redraw);
        })
    };
    let cancel = {
        let (asked, redraw) = (Rc::clone(&asked), redraw);
        Callback::from(move |_: MouseEvent| {
            let _ = asked.replace(Asked::default());
            redraw.force_update();
        })
    };
    OnRequest { asked, start, cancel }
}

fn begin(job: &Job, asked: &Rc<RefCell<Asked>>, redraw: &UseForceUpdateHandle) {
    let listen = {
        let (asked, redraw) = (Rc::downgrade(asked), redraw.clone());
        move |reply| {
            if let Some(asked) = asked.upgrade() {
                asked.borrow_mut().listen(reply);
                redraw.force_update();
            }
        }
    };
    let running = Runner::Worker.start(job, listen);
    asked.borrow_mut().running = Some(running);
}
