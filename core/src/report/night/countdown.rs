//! What counts down: the start of the force-unlink while it is ahead, then the time until users are back.

use super::{Clock, Mark, Night, NightLog, NightStep, RecoveryPath, Timestamp};
use crate::report::outage_log::Weight;
use crate::rules::act_by::BASIS;
use crate::units::{SECS_PER_HOUR, Secs, format};

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
/// A group's deadline is M-07's: the last start of the force-unlink that is in time in 95 of 100 cases. It goes once that step is done; once
/// it was said that it is not needed, the group waits for the member, and the deadline is that of a change of mind, until the member is back.
/// Users are back by M-05's P95 of the way that the log shows was taken; the target stands beside. A night without a failover counts nothing,
/// and an outage that is still ahead was typed wrong.
#[must_use]
pub fn countdown(night: &Night, log: &NightLog, clock: &Clock) -> Option<Countdown> {
    let began = log.began?;
    if began > clock.now {
        return Some(ahead(began, clock));
    }
    let deadline = night.deadline.and_then(|deadline| Some((deadline.act_by?, deadline.typical)));
    let mut given_up = night.steps.iter().filter(|step| step.is_force_unlink());
    let needless = given_up.clone().any(|step| log.needless(night, step).is_some());
    match (deadline, given_up.find_map(|step| log.mark(step))) {
        (Some((act_by, typical)), None) if !needless => Some(force_unlink(began, act_by, typical, clock)),
        (Some((act_by, _)), Some(Mark::Unneeded(_))) if !is_back(night, log) && served(night, log).is_some() => {
            Some(waiting(began.after(act_by), act_by, clock))
        }
        _ => users(night, log, began, clock),
    }
}

fn ahead(began: Timestamp, clock: &Clock) -> Countdown {
    Countdown {
        head: format!("The outage begins in the future, at {}: put it right above", clock.time_of(began)),
        left: String::new(),
        rest: String::new(),
        weight: Weight::Bad,
    }
}

/// Somebody works on the way home: the region that was lost is back.
fn is_back(night: &Night, log: &NightLog) -> bool {
    let home = ["Afterwards", "Failback"];
    night.steps.iter().any(|step| home.contains(&step.part.as_str()) && log.done(step).is_some())
}

/// The steps of the failover that time this step of the plan.
fn timing<'a>(night: &'a Night, field: &'static str) -> impl Iterator<Item = &'a NightStep> {
    night.steps.iter().filter(move |step| step.part == night.main && step.field == field)
}

/// The way that was taken: one whose own step is done, else the first whose own step is not left out. `None` where all are.
fn taken<'a>(night: &'a Night, log: &NightLog) -> Option<&'a RecoveryPath> {
    let done = |way: &&RecoveryPath| timing(night, way.own).any(|step| log.done(step).is_some());
    let open = |way: &&RecoveryPath| !timing(night, way.own).any(|step| log.is_left_out(step));
    night.paths.iter().rfind(done).or_else(|| night.paths.iter().find(open))
}

/// When the last step of the way was done: clients that are pointed elsewhere in parts are served with the last part.
fn served(night: &Night, log: &NightLog) -> Option<Timestamp> {
    let way = taken(night, log)?;
    let needed = |step: &&NightStep| !log.is_left_out(step) && log.needless(night, step).is_none();
    let done: Option<Vec<Timestamp>> = timing(night, way.last).filter(needed).map(|step| log.done(step)).collect();
    done?.into_iter().max_by(|one, other| one.seconds().total_cmp(&other.seconds()))
}

/// Nobody gave the member up: a change of mind has the same deadline.
fn waiting(due: Timestamp, of: Secs, clock: &Clock) -> Countdown {
    let time = clock.time_of(due);
    let ahead = || {
        let rest = format!("left for a force-unlink ({BASIS}), if the member does not come back");
        ("Waiting for the member".to_owned(), rest)
    };
    let over = || {
        let head = "Waiting for the member: a force-unlink may come too late".to_owned();
        (head, "late", format!("It was {BASIS} until {time}. Watch the survivors' memory."))
    };
    counted(due.since(clock.now), of, ahead, over)
}

fn force_unlink(began: Timestamp, act_by: Secs, typical: Option<Secs>, clock: &Clock) -> Countdown {
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

fn users(night: &Night, log: &NightLog, began: Timestamp, clock: &Clock) -> Option<Countdown> {
    let target = night
        .target
        .map_or_else(String::new, |target| format!("; the target is {}", clock.time_of(began.after(target))));
    let still = |head: String, rest: String| Some(Countdown { head, left: String::new(), rest, weight: Weight::Quiet });
    if night.paths.is_empty() {
        return None;
    }
    let Some(way) = taken(night, log) else {
        return still("No failover".to_owned(), format!("Users are served when the region is. Note the time{target}."));
    };
    if let Some(at) = served(night, log) {
        let took = format::duration(at.since(began).max(Secs::ZERO));
        let p95 = format::duration(way.p95);
        return still(
            format!("Users are back since {}", clock.time_of(at)),
            format!("It took {took}; in 95 of 100 cases at most {p95}{target}."),
        );
    }
    let due = began.after(way.p95);
    let time = clock.time_of(due);
    let ahead = || (format!("Users are back before {time}"), format!("left (in 95 of 100 cases{target})"));
    let over = || {
        let head = format!("Users are back before {time} in 95 of 100 cases");
        (head, "over", format!("Note when they are back{target}."))
    };
    Some(counted(due.since(clock.now), way.p95, ahead, over))
}

/// "4 h 02 min", below an hour "12 min 05 s": cut, so that more is never left than is said.
fn figure(time: Secs) -> String {
    let secs = libm::floor(time.as_secs());
    let (hours, minutes) = (libm::floor(secs / SECS_PER_HOUR), libm::floor(secs % SECS_PER_HOUR / 60.0));
    if hours >= 48.0 {
        format::duration(time)
    } else if hours > 0.0 {
        format!("{hours:.0} h {minutes:02.0} min")
    } else {
        format!("{minutes:.0} min {:02.0} s", secs % 60.0)
    }
}
