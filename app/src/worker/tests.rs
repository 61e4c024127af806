//! Runners that need no browser give one answer; `tests/browser` holds the worker to the same.

use super::{Runner, answer};
use dr_core::explore::recovery_time::FOLLOWS_TYPING;
use dr_core::jobs::{Job, Reply};
use dr_core::stats::sample::Sampling;
use std::cell::RefCell;
use std::rc::Rc;

fn heard(runner: Runner, job: &Job) -> Vec<Reply> {
    let all = Rc::new(RefCell::new(Vec::new()));
    let kept = Rc::clone(&all);
    let _running = runner.start(job, move |reply| kept.borrow_mut().push(reply));
    all.take()
}

#[test]
fn the_bytes_of_messages_change_nothing() {
    let sampling = Sampling { trials: 40_000, ..FOLLOWS_TYPING };
    let job = Job::RecoveryTimes { plan: Box::default(), prices: None, sampling };
    let inline = heard(Runner::Inline, &job);
    assert_eq!(inline, heard(Runner::Serialised, &job));
    assert!(matches!(inline.as_slice(), [Reply::Progress(_), Reply::Progress(_), Reply::Done(_)]), "{}", inline.len());
}

#[test]
fn a_text_that_is_no_job_is_refused() {
    let mut told = Vec::new();
    answer("{", &|| 0.0, &mut |text| told.push(text));
    assert!(told.len() == 1 && told[0].starts_with("{\"refused\":\"This is no job"), "{told:?}");
}
