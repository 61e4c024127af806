//! What was done at night and when: kept for the drill record, read back after a reload.

use super::{Clock, Night, NightStep};
use crate::import::transcript::{NIGHT_STEP, NIGHT_TIME};
use crate::report::document::{Block, Column, Document, Row, Section, Table};
use crate::units::{Date, SECS_PER_DAY, SECS_PER_HOUR, Secs, format, quote};
use serde::{Deserialize, Serialize};

/// The version that a log is written with; version 1, without steps that were not needed, is read too.
pub const LOG_VERSION: u64 = 2;
/// More entries are refused: a night has no thousand steps.
const MOST: usize = 1_000;
/// The step of the plan that begins with the outage itself.
const DETECT: &str = "detect";
/// Letters of a note.
const LONGEST: usize = 2_000;

/// A moment: seconds since 1970-01-01 00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Timestamp(f64);

impl Timestamp {
    /// From seconds since 1970 (UTC); `None` for one outside 2000–2199 or one that is no number.
    #[must_use]
    pub fn of_seconds(seconds: f64) -> Option<Self> {
        Date::of_moment(seconds).map(|_| Self(seconds))
    }

    /// Seconds since 1970 (UTC).
    #[must_use]
    pub const fn seconds(self) -> f64 {
        self.0
    }

    /// So much later.
    #[must_use]
    pub fn after(self, time: Secs) -> Self {
        Self(self.0 + time.as_secs())
    }

    /// The time since an earlier moment; below 0 where the other is the later one.
    #[must_use]
    pub fn since(self, earlier: Self) -> Secs {
        Secs::secs(self.0 - earlier.0)
    }
}

impl Clock<'_> {
    /// "07:24", with its day where that is not today: "07:24 on 2026-11-30".
    #[must_use]
    pub fn time_of(&self, moment: Timestamp) -> String {
        let time = self.time(moment);
        match self.day(moment).filter(|day| self.day(self.now) != Some(*day)) {
            Some(day) => format!("{time} on {day}"),
            None => time,
        }
    }

    /// "2026-11-30 at 07:24".
    fn dated(&self, moment: Timestamp) -> String {
        let day = self.day(moment).map(|day| format!("{day} at ")).unwrap_or_default();
        day + &self.time(moment)
    }

    fn local(&self, moment: Timestamp) -> f64 {
        moment.0 + 60.0 * f64::from((self.ahead)(moment))
    }

    fn day(&self, moment: Timestamp) -> Option<Date> {
        Date::of_moment(self.local(moment))
    }

    fn time(&self, moment: Timestamp) -> String {
        let at = self.local(moment);
        let of_day = libm::floor(at - SECS_PER_DAY * libm::floor(at / SECS_PER_DAY));
        format!("{:02}:{:02}", libm::floor(of_day / SECS_PER_HOUR), libm::floor(of_day % SECS_PER_HOUR / 60.0))
    }
}

/// What an entry of the log is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// A step that was done, by its words.
    Done(String),
    /// A step that this night did not need, by its words: another path was taken. It times nothing.
    Unneeded(String),
    /// A note.
    Note(String),
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
    /// The step of the plan that it timed: `unlink`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// Why a step was not needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    /// Done at a moment.
    Done(Timestamp),
    /// Not needed, as was said at a moment.
    Unneeded(Timestamp),
}

impl Entry {
    /// The words of the step that it is about; `None` for a note.
    fn of(&self) -> Option<&str> {
        match &self.what {
            What::Done(words) | What::Unneeded(words) => Some(words),
            What::Note(_) => None,
        }
    }

    /// What it says in one line.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.what {
            What::Done(words) => words.clone(),
            What::Unneeded(words) => {
                let why = self.why.as_ref().map_or_else(String::new, |why| format!(" ({why})"));
                format!("Not needed{why}: {words}")
            }
            What::Note(note) => format!("Note: {note}"),
        }
    }
}

/// The log of one failover.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NightLog {
    v: u64,
    /// Whose failover: "Orders · active group".
    pub title: String,
    /// When the outage began; `None` until somebody says.
    pub began: Option<Timestamp>,
    entries: Vec<Entry>,
}

/// Why a kept log cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogError(String);

impl std::fmt::Display for LogError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for LogError {}

impl NightLog {
    /// An empty log of a failover.
    #[must_use]
    pub fn of(night: &Night) -> Self {
        Self { v: LOG_VERSION, title: night.title.clone(), began: None, entries: Vec::new() }
    }

    /// Nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.began.is_none() && self.entries.is_empty()
    }

    /// The entries, in the order of time.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Marks a step as done at a moment; one that has a mark keeps it.
    pub fn tick(&mut self, step: &NightStep, at: Timestamp) {
        if self.mark(step).is_none() {
            let of_plan = Some(step.field).filter(|field| !field.is_empty()).map(str::to_owned);
            self.add(Entry { at, what: What::Done(step.words.clone()), step: of_plan, why: None });
        }
    }

    /// Marks a step as not needed, with the reason, which may be empty; one that has a mark keeps it.
    pub fn leave_out(&mut self, step: &NightStep, why: &str, at: Timestamp) {
        if self.mark(step).is_none() {
            let why = Some(quote::as_line(why.trim(), LONGEST)).filter(|why| !why.is_empty());
            self.add(Entry { at, what: What::Unneeded(step.words.clone()), step: None, why });
        }
    }

    /// Takes either mark back.
    pub fn untick(&mut self, step: &NightStep) {
        self.entries.retain(|entry| entry.of() != Some(step.words.as_str()));
    }

    /// Adds a note in one line, cut at 2,000 letters; an empty one is none.
    pub fn note(&mut self, text: &str, at: Timestamp) {
        let line = quote::as_line(text.trim(), LONGEST);
        if !line.is_empty() {
            self.add(Entry { at, what: What::Note(line), step: None, why: None });
        }
    }

    fn add(&mut self, entry: Entry) {
        if self.entries.len() < MOST {
            let place = self.entries.partition_point(|before| before.at <= entry.at);
            self.entries.insert(place, entry);
        }
    }

    /// How a step stands; `None` while nobody has said.
    #[must_use]
    pub fn mark(&self, step: &NightStep) -> Option<Mark> {
        let entry = self.entries.iter().find(|entry| entry.of() == Some(step.words.as_str()))?;
        Some(if matches!(entry.what, What::Done(_)) { Mark::Done(entry.at) } else { Mark::Unneeded(entry.at) })
    }

    /// When a step was done.
    #[must_use]
    pub fn done(&self, step: &NightStep) -> Option<Timestamp> {
        match self.mark(step)? {
            Mark::Done(at) => Some(at),
            Mark::Unneeded(_) => None,
        }
    }

    /// The step is not needed.
    #[must_use]
    pub fn is_left_out(&self, step: &NightStep) -> bool {
        matches!(self.mark(step), Some(Mark::Unneeded(_)))
    }

    /// Why a step without a mark is not needed: one of the other way on is done, and none of its own. `None` while it may be.
    #[must_use]
    pub fn needless(&self, night: &Night, step: &NightStep) -> Option<&'static str> {
        let other = step.case.other().filter(|_| self.mark(step).is_none())?;
        let taken = |case| night.steps.iter().any(|it| it.case == case && self.done(it).is_some());
        (taken(other) && !taken(step.case)).then(|| step.case.needless())
    }

    /// The first step without a mark that is needed; `None` when none is left.
    #[must_use]
    pub fn next(&self, night: &Night) -> Option<usize> {
        night.steps.iter().position(|step| self.mark(step).is_none() && self.needless(night, step).is_none())
    }

    /// Every entry; with one that was done the time since the step done before it, of the first since the outage began. So is the step that ends
    /// [`DETECT`]: a person who sets up a shell has noticed nothing yet that counts. Notes and steps that were not needed take nothing from the
    /// step that is under way.
    pub fn timed(&self) -> impl Iterator<Item = (&Entry, Option<Secs>)> {
        let mut before = self.began;
        self.entries.iter().map(move |entry| {
            let done = matches!(entry.what, What::Done(_));
            let noticed = entry.step.as_deref() == Some(DETECT);
            let from = if noticed { self.began } else { before };
            let took = from.filter(|_| done).map(|from| entry.at.since(from).max(Secs::ZERO));
            before = if done { Some(entry.at) } else { before };
            (entry, took)
        })
    }

    /// "00:14:30".
    #[must_use]
    pub fn lasted(time: Secs) -> String {
        format::clock(time)
    }

    /// As JSON.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads [`NightLog::to_text`].
    ///
    /// # Errors
    /// No log of this version, a time that is none, or more entries than a log has; the sentence says which.
    pub fn from_text(text: &str) -> Result<Self, LogError> {
        let mut log: Self =
            serde_json::from_str(text).map_err(|error| LogError(format!("No log of a failover: {error}.")))?;
        if !(1..=LOG_VERSION).contains(&log.v) {
            let (v, known) = (log.v, LOG_VERSION);
            return Err(LogError(format!("The log has version {v}; this release reads {known}.")));
        }
        log.v = LOG_VERSION;
        if log.entries.len() > MOST {
            return Err(LogError(format!("The log has {} entries; at most {MOST} are read.", log.entries.len())));
        }
        let times = log.began.iter().chain(log.entries.iter().map(|entry| &entry.at));
        match times.into_iter().find(|at| Timestamp::of_seconds(at.0).is_none()) {
            Some(wrong) => Err(LogError(format!("{} is no time in seconds since 1970.", wrong.0))),
            None => Ok(log),
        }
    }

    /// The log as a document: what was done when, how long after the one before, and which step of the plan that was; the log of a drill
    /// reads it ([`crate::import::drill_log`]). Its day is said, here and in UTC; a row has one where it is another.
    #[must_use]
    pub fn document(&self, clock: &Clock) -> Document {
        let first = self.began.or_else(|| self.entries.first().map(|entry| entry.at)).unwrap_or(clock.now);
        let began = if self.began.is_some() { "The outage began" } else { "The log begins" };
        let counted = if self.began.is_some() { " “detect” is counted from there." } else { "" };
        let (there, utc) = (clock.dated(first), Clock { now: first, ahead: &|_| 0 }.dated(first));
        let began = format!("{began} on {there} ({utc} UTC).{counted}");
        let clock = &Clock { now: first, ..*clock };
        let row = |(entry, took): (&Entry, Option<Secs>)| {
            let took = took.map_or_else(String::new, Self::lasted);
            Row::of([clock.time_of(entry.at), took, entry.step.clone().unwrap_or_default(), entry.words()])
        };
        let table = Table {
            id: "night-log",
            name: "Log of the failover".to_owned(),
            columns: vec![
                Column::figures("Time"),
                Column::figures(NIGHT_TIME),
                Column::text(NIGHT_STEP),
                Column::text("What"),
            ],
            rows: self.timed().map(row).collect(),
        };
        Document {
            title: format!("Failover: {}", self.title),
            opening: vec![Block::paragraph(began)],
            sections: vec![Section::new("night-log", "Log", "").with(Block::Table(table))],
        }
    }
}
