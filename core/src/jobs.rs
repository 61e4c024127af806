//! Long work as data: a job is a text, its replies are texts. So the same code runs at once, in a test through its bytes, and in
//! a worker of the browser.

use crate::catalog::Catalog;
use crate::codec;
use crate::evaluate::evaluate;
use crate::explore::recovery_time::RecoveryStudy;
use crate::explore::search::RegionSearch;
use crate::import::retail::read_persisted;
use crate::plan::Plan;
use crate::stats::sample::{Progress, Run, Sampling};
use serde_json::{Map, Value, json};

/// What an exact answer takes: a million trials, with the seed of those that follow the typing.
pub const EXACT: Sampling = Sampling::of(1_000_000);
/// Time until the first figures are told, in milliseconds; then whenever the trials have doubled.
pub const FIRST_FIGURES: f64 = 100.0;
/// Trials between two looks at the clock: some milliseconds of work.
const CHUNK: u32 = 16_384;
/// Placements of caches between two reports of progress.
const PLACEMENTS: usize = 50;

/// Work to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Job {
    /// The recovery times of every recovery path of a plan.
    RecoveryTimes {
        /// The plan.
        plan: Box<Plan>,
        /// The prices of an opened sheet, as [`crate::import::retail::persisted`] writes them: sizes are chosen by price.
        prices: Option<String>,
        /// How much is sampled.
        sampling: Sampling,
    },
    /// The cheapest designs over every region that a plan allows (M-17).
    Regions {
        /// The plan.
        plan: Box<Plan>,
        /// The prices of an opened sheet, likewise.
        prices: Option<String>,
    },
}

/// What is told of a job. Figures are [`crate::explore::recovery_time::RecoveryTimes::figures`].
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// How far it is.
    Progress(Progress),
    /// Figures over the trials so far.
    Partial(Vec<f64>),
    /// The figures; nothing follows.
    Done(Vec<f64>),
    /// The answer as a text of its own: [`crate::explore::search::RegionsFound::to_text`]; nothing follows.
    Found(String),
    /// Why there is no answer; nothing follows.
    Refused(String),
}

impl Job {
    /// The job as text; its plan is the plan file.
    #[must_use]
    pub fn to_json(&self) -> String {
        match self {
            Self::RecoveryTimes { plan, prices, sampling } => json!({
                "job": "recovery-times", "plan": codec::to_json(plan), "prices": prices,
                "seed": sampling.seed, "trials": sampling.trials,
            }),
            Self::Regions { plan, prices } => {
                json!({ "job": "regions", "plan": codec::to_json(plan), "prices": prices })
            }
        }
        .to_string()
    }

    /// Reads a job; the error is a sentence.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let job: Map<String, Value> =
            serde_json::from_str(text).map_err(|error| format!("This is no job: {error}."))?;
        let word = |name: &str| job.get(name).and_then(Value::as_str);
        let number = |name: &str| job.get(name).and_then(Value::as_u64);
        let plan = |text: &str| codec::from_json(text).map(Box::new).map_err(|error| error.to_string());
        let prices = word("prices").map(str::to_owned);
        let trials = number("trials").and_then(|trials| u32::try_from(trials).ok());
        match (word("job"), word("plan"), number("seed"), trials) {
            (Some("recovery-times"), Some(text), Some(seed), Some(trials)) => {
                Ok(Self::RecoveryTimes { plan: plan(text)?, prices, sampling: Sampling { seed, trials } })
            }
            (Some("regions"), Some(text), ..) => Ok(Self::Regions { plan: plan(text)?, prices }),
            _ => Err("This is no job that is known here: reload the page.".to_owned()),
        }
    }

    /// Does the work. `now` is a clock in milliseconds, which decides when figures are told and never which.
    pub fn run(&self, now: &dyn Fn() -> f64, tell: &mut dyn FnMut(Reply)) {
        let (Self::RecoveryTimes { prices, .. } | Self::Regions { prices, .. }) = self;
        let catalog = match catalog(prices.as_deref()) {
            Ok(catalog) => catalog,
            Err(sentence) => return tell(Reply::Refused(sentence)),
        };
        match self {
            Self::RecoveryTimes { plan, sampling, .. } => recovery_times(plan, &catalog, *sampling, now, tell),
            Self::Regions { plan, .. } => regions(plan, &catalog, tell),
        }
    }
}

fn recovery_times(
    plan: &Plan,
    catalog: &Catalog,
    sampling: Sampling,
    now: &dyn Fn() -> f64,
    tell: &mut dyn FnMut(Reply),
) {
    let study = RecoveryStudy::new(plan, &evaluate(plan, catalog));
    let figures = |run: &Run<'_, RecoveryStudy>| study.summary(run.columns(), plan.objectives.rto).figures();
    let mut run = Run::new(&study, sampling);
    let (start, mut told) = (now(), 0);
    loop {
        let progress = run.advance(CHUNK);
        if progress.done >= progress.trials {
            return tell(Reply::Done(figures(&run)));
        }
        tell(Reply::Progress(progress));
        if progress.done >= 2 * told && now() - start >= FIRST_FIGURES {
            told = progress.done;
            tell(Reply::Partial(figures(&run)));
        }
    }
}

fn regions(plan: &Plan, catalog: &Catalog, tell: &mut dyn FnMut(Reply)) {
    let mut search = RegionSearch::new(plan, catalog);
    while !search.is_whole() {
        tell(Reply::Progress(search.advance(catalog, PLACEMENTS)));
    }
    tell(Reply::Found(search.found(catalog).to_text()));
}

fn catalog(prices: Option<&str>) -> Result<Catalog, String> {
    let bundled = Catalog::bundled().map_err(|error| error.to_string())?;
    let Some(text) = prices else { return Ok(bundled) };
    let sheet = read_persisted(text, &bundled).ok_or("The price sheet of this job cannot be read: open it again.")?;
    Ok(sheet.over(&bundled).0)
}

impl Reply {
    /// The reply as text. A figure that is no number, or infinite, becomes null.
    #[must_use]
    pub fn to_json(&self) -> String {
        match self {
            Self::Progress(progress) => json!({ "done": progress.done, "trials": progress.trials }),
            Self::Partial(figures) => json!({ "partial": figures }),
            Self::Done(figures) => json!({ "figures": figures }),
            Self::Found(text) => json!({ "found": text }),
            Self::Refused(sentence) => json!({ "refused": sentence }),
        }
        .to_string()
    }

    /// Reads a reply; `None` for anything else. Null becomes not-a-number.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Self> {
        let reply: Map<String, Value> = serde_json::from_str(text).ok()?;
        let figures = |name: &str| {
            let list = reply.get(name)?.as_array()?;
            Some(list.iter().map(|figure| figure.as_f64().unwrap_or(f64::NAN)).collect())
        };
        let count = |name: &str| reply.get(name)?.as_u64()?.try_into().ok();
        if let Some(done) = count("done") {
            return Some(Self::Progress(Progress { done, trials: count("trials")? }));
        }
        let text = |name: &str| Some(reply.get(name)?.as_str()?.to_owned());
        let worded = || text("found").map(Self::Found).or_else(|| text("refused").map(Self::Refused));
        figures("partial").map(Self::Partial).or_else(|| figures("figures").map(Self::Done)).or_else(worded)
    }

    /// True when nothing follows.
    #[must_use]
    pub fn is_last(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Found(_) | Self::Refused(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::recovery_time::FOLLOWS_TYPING;
    use std::cell::Cell;

    fn job(sampling: Sampling) -> Job {
        Job::RecoveryTimes { plan: Box::default(), prices: None, sampling }
    }

    fn replies(job: &Job, now: &dyn Fn() -> f64) -> Vec<Reply> {
        let mut all = Vec::new();
        job.run(now, &mut |reply| all.push(reply));
        all
    }

    #[test]
    fn a_job_gives_the_figures_of_the_study_whatever_the_clock_says() {
        let sampling = Sampling { seed: 1, trials: 100_000 };
        let plan = Plan::default();
        let study = RecoveryStudy::new(&plan, &evaluate(&plan, &Catalog::bundled().unwrap()));
        let expected = study.times(sampling, plan.objectives.rto);
        let ticks = Cell::new(0.0);
        let slow = || {
            ticks.set(ticks.get() + 60.0);
            ticks.get()
        };
        let (stopped, running) = (replies(&job(sampling), &|| 0.0), replies(&job(sampling), &slow));
        for all in [&stopped, &running] {
            let Some(Reply::Done(figures)) = all.last() else { panic!("the last is the answer") };
            assert_eq!(study.times_from(figures, plan.objectives.rto).unwrap(), expected);
            assert_eq!(all.iter().filter(|reply| reply.is_last()).count(), 1);
        }
        let partial = |all: &[Reply]| all.iter().filter(|reply| matches!(reply, Reply::Partial(_))).count();
        assert_eq!((partial(&stopped), partial(&running)), (0, 2), "after 2 and 4 of 7 chunks");
    }

    #[test]
    fn messages_come_back_as_they_were_sent() {
        let with_prices =
            Job::RecoveryTimes { plan: Box::default(), prices: Some("a\n\"b\"".to_owned()), sampling: EXACT };
        let regions = Job::Regions { plan: Box::default(), prices: None };
        for job in [job(FOLLOWS_TYPING), with_prices, regions] {
            assert_eq!(Job::from_json(&job.to_json()), Ok(job));
        }
        let figures = vec![0.1 + 0.2, 1e-300, -0.0, 12.0];
        let sent = [
            Reply::Progress(Progress { done: 16_384, trials: 1_000_000 }),
            Reply::Partial(figures.clone()),
            Reply::Done(figures),
            Reply::Found("{\"best\":[]}".to_owned()),
            Reply::Refused("“No.”".to_owned()),
        ];
        for reply in sent {
            assert_eq!(Reply::from_json(&reply.to_json()), Some(reply));
        }
    }

    /// The job of a search over regions tells how far it is, and its text reads back as what the search finds at once.
    #[test]
    fn a_search_of_regions_is_a_job() {
        let (mut plan, catalog) = (Plan::default(), Catalog::bundled().unwrap());
        plan.placement.residency = crate::plan::Residency::OneGeography;
        let job = Job::Regions { plan: Box::new(plan.clone()), prices: None };
        let all = replies(&job, &|| 0.0);
        let Some(Reply::Found(text)) = all.last() else { panic!("the last is the answer") };
        let read = crate::explore::search::RegionsFound::from_text(text, &plan, &catalog);
        assert_eq!(read, Some(RegionSearch::whole(&plan, &catalog)));
        assert!(all.len() > 1 && all[..all.len() - 1].iter().all(|it| matches!(it, Reply::Progress(_))));
    }

    #[test]
    fn what_is_no_message_is_refused() {
        for text in
            ["", "{}", "[]", "{\"job\":\"recovery-times\",\"plan\":\"{}\",\"seed\":1,\"trials\":1}", "{\"job\":\"x\"}"]
        {
            assert!(Job::from_json(text).is_err(), "{text}");
            assert_eq!(Reply::from_json(text), None, "{text}");
        }
        let unread = Job::RecoveryTimes { plan: Box::default(), prices: Some("x".to_owned()), sampling: EXACT };
        let all = replies(&unread, &|| 0.0);
        assert!(matches!(all.as_slice(), [Reply::Refused(sentence)] if sentence.contains("price sheet")));
    }

    #[test]
    fn an_empty_plan_has_an_answer() {
        let plan = Plan { regions: Vec::new(), ..Plan::default() };
        let job = Job::RecoveryTimes { plan: Box::new(plan), prices: None, sampling: FOLLOWS_TYPING };
        assert!(matches!(replies(&job, &|| 0.0).as_slice(), [Reply::Done(_)]));
    }
}
