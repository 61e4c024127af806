//! What counts down: the start of the force-unlink while it is ahead, then the time until users are back.

use super::{Clock, Moment, Night, NightLog};
use crate::report::outage_log::Weight;
use crate::rules::act_by::BASIS;
use crate::units::{Secs, format};

/// What counts down, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Countdown {
    /// What must happen, and until when: "Start the force-unlink before 07:24".
    pub head: String,
    /// The large figure: "4 h 02 min", "12 min late"; empty where nothing counts.
    pub left: String,
    /// What stands behind the figure.
    pub rest: String,
    /// How much it presses: quiet, a warning in the last quarter of the time, bad once it is over.
    pub weight: Weight,
}

/// What counts down at a moment; `None` until the log says when the outage began, and where the model has neither a deadline nor a way
/// back for users.
///
/// A group's deadline is M-07's: the last start of the force-unlink that is in time in 95 of 100 cases. It goes once that step is done.
/// Users are back by M-05's P95 of the unplanned path; the target stands beside.
#[must_use]
pub fn countdown(night: &Night, log: &NightLog, clock: &Clock) -> Option<Countdown> {
    let began = log.began?;
    let unlinked = night.steps.iter().filter(|step| step.is_force_unlink()).any(|step| log.done(step).is_some());
    let deadline = night.deadline.filter(|_| !unlinked);
    match deadline.and_then(|deadline| Some((deadline.act_by?, deadline.typical))) {
        Some((act_by, typical)) => Some(force_unlink(began, act_by, typical, clock)),
        None => users(night, began, clock),
    }
}

fn force_unlink(began: Moment, act_by: Secs, typical: Option<Secs>, clock: &Clock) -> Countdown {
    let due = began.after(act_by);
    let typically = match typical {
        Some(time) => format!("typically until {}", clock.time_of(began.after(time))),
        None => "typically memory never fills".to_owned(),
    };
    let ahead =
        || (format!("Start the force-unlink before {}", clock.time_of(due)), format!("left ({BASIS}; {typically})"));
    let over = || {
        let head = format!("Start the force-unlink now: it was due at {}", clock.time_of(due));
        (head, "late", format!("It was {BASIS} until then; {typically}."))
    };
    counted(due.since(clock.now), act_by, ahead, over)
}

/// While time is left what is ahead, then by how much it is over: head, a word behind the figure, and the rest.
fn counted(
    left: Secs,
    of: Secs,
    ahead: impl Fn() -> (String, String),
    over: impl Fn() -> (String, &'static str, String),
) -> Countdown {
    if left > Secs::ZERO {
        let (head, rest) = ahead();
        let weight = if left < of * LAST { Weight::Warn } else { Weight::Quiet };
        Countdown { head, left: figure(left), rest, weight }
    } else {
        let (head, word, rest) = over();
        Countdown { head, left: format!("{} {word}", figure(Secs::ZERO - left)), rest, weight: Weight::Bad }
    }
}

/// The last part of a time, in which it presses.
const LAST: f64 = 0.25;

fn users(night: &Night, began: Moment, clock: &Clock) -> Option<Countdown> {
    let takes = night.users_back?;
    let due = began.after(takes);
    let target = night
        .target
        .map_or_else(String::new, |target| format!("; the target is {}", clock.time_of(began.after(target))));
    let time = clock.time_of(due);
    let ahead = || (format!("Users are back before {time}"), format!("left (in 95 of 100 cases{target})"));
    let over = || {
        let head = format!("Users are back before {time} in 95 of 100 cases");
        (head, "over", format!("Note when they are back{target}."))
    };
    Some(counted(due.since(clock.now), takes, ahead, over))
}

/// "4 h 02 min", below an hour "12 min 05 s": cut, so that more is never left than is said.
fn figure(time: Secs) -> String {
    let secs = libm::floor(time.as_secs());
    let (hours, minutes) = (libm::floor(secs / 3_600.0), libm::floor(secs % 3_600.0 / 60.0));
    if hours >= 48.0 {
        format::duration(time)
    } else if hours > 0.0 {
        format!("{hours:.0} h {minutes:02.0} min")
    } else {
        format!("{minutes:.0} min {:02.0} s", secs % 60.0)
    }
}
