//! A group's outage with uncertain coefficients, length and people (M-07): bands of memory, and the chance that memory is
//! full before anybody acts.

use crate::evaluate::Evaluation;
use crate::model::outage_simulation::{EventKind, Scene, Simulation, Timestamp};
use crate::model::runway::{COEFFICIENTS, Deadline, INPUTS, Memory, Runway, Spreads, retained_of, unlink_takes};
use crate::plan::Plan;
use crate::stats::bands::{P05, P50, P95};
use crate::stats::order::quantile;
use crate::stats::sample::{FOLLOWS_TYPING, Sampling, Study, run_all};
use crate::stats::spread::Spread;
use crate::units::SECS_PER_HOUR;
use crate::units::{Bytes, OpsPerSec, Range, Ratio, Secs};
use serde::Serialize;

/// Moments of the bands, from the loss on.
pub const MOMENTS: usize = 64;
/// Delays of the curve, from 0 on.
pub const DELAYS: usize = 48;
/// What follows the typing: ten thousand outages, always with the same seed.
pub const OUTAGE_SAMPLING: Sampling = FOLLOWS_TYPING;

/// The plan's outage with its uncertain inputs: one trial plays one outage through.
///
/// Drawn, independent of each other: κ, the bytes kept for a delete, an element and an overwrite, what a shard frees, the
/// length of the outage, detection, decision and the force-unlink. A length or decision that the scenario sets is not drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct OutageStudy {
    scene: Scene,
    /// Removals, element removals and overwrites a second, all members.
    rates: [OpsPerSec; 3],
    key: Bytes,
    coefficients: Spreads,
    /// The inputs after the coefficients: drain, length, detection, decision, force-unlink.
    others: [Spread; OTHERS],
    /// The closed form that the deadline is based on, and what the force-unlink takes.
    memory: Memory,
    takes: Secs,
    deadline: Deadline,
    acts: bool,
    moments: Vec<Timestamp>,
    /// The member whose memory is drawn.
    member: usize,
}

/// Inputs of a trial that are no coefficients of memory.
const OTHERS: usize = INPUTS - COEFFICIENTS;

/// Used memory at one moment, as a share of what the fullest shard can use.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LevelBand {
    /// Time since the loss.
    pub at: Secs,
    /// 5 % of the outages stay below.
    pub p05: Ratio,
    /// Median.
    pub p50: Ratio,
    /// 95 % of the outages stay below.
    pub p95: Ratio,
}

/// Chance that a force-unlink that starts at this delay is too late, while the region stays away: memory would be full before
/// the force-unlink at its longest and the margin are over (M-07, closed form).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Chance {
    /// Time from the loss to the start of the force-unlink.
    pub delay: Secs,
    /// Share of the trials.
    pub late: Ratio,
}

/// What the trials say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutageBands {
    /// How many trials stand behind it.
    pub trials: u32,
    /// Place of the survivor whose memory is drawn: the first that fills.
    pub member: usize,
    /// Memory over time with the scenario's own act; at most 100 %.
    pub levels: Vec<LevelBand>,
    /// Rises with the delay.
    pub curve: Vec<Chance>,
    /// Chance of running out before the scenario's act; with nobody acting, [`OutageBands::anyway`].
    pub full_before_act: Ratio,
    /// Chance of running out if nobody acts before the region is in sync again.
    pub anyway: Ratio,
    /// The deadline of the evaluation: the curve is at 5 % there, but for the difference between its trials and these.
    pub deadline: Deadline,
}

/// Members that the first moment leaves, in the order of the plan's regions.
fn survivors(scene: &Scene, members: usize) -> impl Iterator<Item = usize> {
    (0..members).filter(|member| scene.survives(*member))
}

impl OutageStudy {
    /// True where [`OutageStudy::new`] gives a study: the plan has a group, and its outage leaves a survivor.
    #[must_use]
    pub fn possible(plan: &Plan, evaluation: &Evaluation) -> bool {
        Scene::of(plan, evaluation).is_some_and(|scene| survivors(&scene, plan.regions.len()).next().is_some())
    }

    /// The study of a plan's scenario; `None` without a group, or where the outage leaves no survivor.
    #[must_use]
    pub fn new(plan: &Plan, evaluation: &Evaluation) -> Option<Self> {
        let scene = Scene::of(plan, evaluation)?;
        let Runway::Fills(filling) = &evaluation.active.runway else { return None };
        let log = Simulation::new(&scene).run();
        let survivors = || survivors(&scene, plan.regions.len());
        let full = |member: &usize| log.first(EventKind::Full, Some(*member));
        let first = survivors().filter(|member| full(member).is_some()).min_by_key(|member| full(member));
        let member = first.or_else(|| survivors().next())?;
        let shown = (log.end().as_secs() * 1.1).max(plan.recovery.alert_window * 2.0).max(Secs::mins(1.0));
        let at = |point: usize| Timestamp::START.after(shown * (point as f64 / (MOMENTS - 1) as f64));
        let demand = &evaluation.demand;
        Some(Self {
            rates: [demand.removals, demand.element_removals, demand.overwrites],
            key: plan.workload.key_size,
            coefficients: Spreads::of(plan),
            others: others(plan),
            memory: Memory::of(plan, &evaluation.demand, filling.limit, filling.backlogs),
            takes: unlink_takes(plan),
            deadline: filling.deadline,
            acts: plan.outage.acts,
            moments: (0..MOMENTS).map(at).collect(),
            member,
            scene,
        })
    }

    /// The scene of one trial, and the delay of its act.
    fn scene(&self, point: &[f64]) -> (Scene, Secs) {
        let mut sampled = [0.0; OTHERS];
        for ((value, spread), uniform) in sampled.iter_mut().zip(&self.others).zip(&point[COEFFICIENTS..]) {
            *value = spread.at(*uniform);
        }
        let [drain, length, detect, decide, unlink] = sampled;
        let coefficients = self.coefficients.at(point);
        let mut scene = self.scene.clone();
        scene.factor = coefficients.factor;
        scene.retained = retained_of(self.rates, self.key, &coefficients);
        scene.drain = crate::units::BytesPerSec::bytes_per_s(drain.max(1.0));
        for loss in &mut scene.losses {
            loss.length = Some(Secs::secs(length.max(1.0)));
        }
        let delay = Secs::secs(detect + decide);
        scene.steps.decision = self.acts.then_some(delay);
        scene.steps.unlink = Secs::secs(unlink);
        scene.until = Timestamp::LAST;
        (scene, delay)
    }

    /// What the columns of a run say; `columns` as [`Run::columns`] gives them.
    #[must_use]
    pub fn fold(&self, columns: &[Vec<f64>]) -> OutageBands {
        let levels = self.moments.iter().zip(columns).map(|(at, column)| {
            let sorted = sorted(column);
            let share = |share: f64| Ratio::fraction(quantile(&sorted, share));
            LevelBand { at: at.as_secs(), p05: share(P05), p50: share(P50), p95: share(P95) }
        });
        let [.., deadlines, starts, slack] = columns else { return self.nothing() };
        let trials = deadlines.len().max(1) as f64;
        let anyway = Ratio::fraction(starts.iter().filter(|start| start.is_finite()).count() as f64 / trials);
        let sorted = sorted(deadlines);
        let finite = sorted.partition_point(|deadline| deadline.is_finite());
        let late = |delay: f64| sorted.partition_point(|deadline| *deadline < delay) as f64 / trials;
        // The long tail of little growth would press everything else to the edge.
        let end = quantile(&sorted[..finite], 0.9).max(SECS_PER_HOUR);
        let delays = (0..DELAYS).map(|point| end * point as f64 / (DELAYS - 1) as f64);
        let curve = delays.map(|delay| Chance { delay: Secs::secs(delay), late: Ratio::fraction(late(delay)) });
        let before_act = slack.iter().filter(|slack| **slack < 0.0).count() as f64 / trials;
        OutageBands {
            trials: u32::try_from(deadlines.len()).unwrap_or(u32::MAX),
            member: self.member,
            levels: levels.collect(),
            curve: curve.collect(),
            full_before_act: if self.acts { Ratio::fraction(before_act) } else { anyway },
            anyway,
            deadline: self.deadline,
        }
    }

    fn nothing(&self) -> OutageBands {
        let (levels, curve, none) = (Vec::new(), Vec::new(), Ratio::ZERO);
        OutageBands {
            trials: 0,
            member: self.member,
            levels,
            curve,
            full_before_act: none,
            anyway: none,
            deadline: self.deadline,
        }
    }
}

/// In the order in which a trial takes them.
fn others(plan: &Plan) -> [Spread; OTHERS] {
    let (recovery, wanted) = (&plan.recovery, &plan.outage);
    let drain = wanted.drain_rate.map(crate::units::BytesPerSec::as_bytes_per_s);
    let step = |name: &str, range| plan.step_spread(name, range).0;
    let length = wanted.length.map_or(plan.outages.duration, Range::exactly);
    let (detect, decide) = match wanted.decision {
        Some(delay) => (Spread::Exactly(0.0), Spread::Exactly(delay.as_secs())),
        None => (step("detect", recovery.detect), step("decide", recovery.decide)),
    };
    [
        Spread::triangular(drain.low, drain.mode, drain.high),
        Spread::from(length),
        detect,
        decide,
        step("force_unlink", recovery.force_unlink),
    ]
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

impl Study for OutageStudy {
    fn inputs(&self) -> usize {
        INPUTS
    }

    /// A level for each moment; the latest safe start while the region stays away, in closed form; the latest start that
    /// still ends in time in this outage (both infinite where memory is never full); and how much earlier than that the act
    /// of this trial is.
    fn outputs(&self) -> usize {
        MOMENTS + 3
    }

    fn trial(&self, point: &[f64], results: &mut [f64]) {
        let (mut scene, delay) = self.scene(point);
        let log = Simulation::new(&scene).run();
        for (result, at) in results.iter_mut().zip(&self.moments) {
            *result = log.level(self.member, *at).map_or(0.0, Ratio::as_fraction).min(1.0);
        }
        scene.steps.decision = None;
        let mut waits = Simulation::new(&scene);
        let full = loop {
            let more = waits.step(Timestamp::LAST);
            let last = waits.log().events.iter().rev().take_while(|event| event.at == waits.log().end());
            let full = last.filter(|event| event.kind == EventKind::Full).map(|event| event.at).next();
            if full.is_some() || !more {
                break full;
            }
        };
        let start = full.map_or(f64::INFINITY, |full| full.as_secs().as_secs() - scene.steps.unlink.as_secs());
        let stays = self.memory.to_full(&self.coefficients.at(point));
        results[MOMENTS] = stays.map_or(f64::INFINITY, |full| (full - self.takes).as_secs());
        results[MOMENTS + 1] = start;
        // Infinity less anything is infinity: such an outage leaves all the time there is.
        results[MOMENTS + 2] = start - delay.as_secs();
    }
}

/// Draws a plan's outage: bands of memory over time, and the chance of running out over the delay. `None` without a group.
///
/// The trials of a seed are the same whatever the chunks: a worker may run them with [`OutageStudy`] and
/// [`OutageStudy::fold`].
#[must_use]
pub fn outage_bands(plan: &Plan, evaluation: &Evaluation, sampling: Sampling) -> Option<OutageBands> {
    let study = OutageStudy::new(plan, evaluation)?;
    Some(study.fold(&run_all(&study, sampling)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Catalog, SkuId};
    use crate::evaluate::evaluate;
    use crate::model::runway::Runway;
    use crate::stats::sample::Run;

    const SAMPLING: Sampling = Sampling { seed: 3, trials: 320 };

    /// B10 that fills within hours: 5,000 deletes/s.
    fn plan() -> Plan {
        let mut plan = Plan::default();
        plan.workload.dataset = Bytes::gb(4.0);
        plan.workload.writes = OpsPerSec::per_s(10_000.0);
        let split = &mut plan.workload.split;
        (split.creates, split.deletes) = (Ratio::percent(50.0), Ratio::percent(50.0));
        (split.overwrites, split.expiries) = (Ratio::ZERO, Ratio::ZERO);
        plan.active.sku = Some(SkuId::new("Balanced_B10"));
        plan.outage.rehome_delay = Some(Secs::ZERO);
        plan
    }

    fn bands(plan: &Plan) -> OutageBands {
        outage_bands(plan, &evaluate(plan, &Catalog::bundled().unwrap()), SAMPLING).unwrap()
    }

    #[test]
    fn bands_stand_in_order_and_the_chance_rises() {
        let bands = bands(&plan());
        assert_eq!((bands.trials, bands.levels.len(), bands.curve.len()), (320, MOMENTS, DELAYS));
        for level in &bands.levels {
            assert!(Ratio::ZERO < level.p05 && level.p05 <= level.p50 && level.p50 <= level.p95, "{level:?}");
            assert!(level.p95 <= Ratio::ONE);
        }
        assert!(bands.curve.is_sorted_by(|a, b| a.late <= b.late && a.delay < b.delay));
        assert!(bands.anyway > Ratio::ZERO && bands.full_before_act < bands.anyway);
        let mut roomy = plan();
        roomy.workload.dataset = Bytes::gb(3.0);
        let bands = super::tests::bands(&roomy);
        let safe = bands.deadline.act_by.unwrap().as_secs();
        assert!(safe > 0.0);
        let chance = |delay: f64| bands.curve.iter().rev().find(|point| point.delay.as_secs() <= delay).unwrap().late;
        assert!(chance(safe).as_fraction() <= 0.06, "{safe}");
    }

    /// Without spread every trial is the closed form's: 0 before the deadline, 1 after it.
    #[test]
    fn without_spread_the_curve_is_a_step_at_the_closed_form() {
        let mut plan = plan();
        let assumed = &mut plan.assumptions;
        assumed.crdt_factor = Range::exactly(1.5);
        assumed.kept_per_delete = Range::exactly(Bytes::bytes(120.0));
        (plan.outage.length, plan.recovery.force_unlink) = (Some(Secs::days(20.0)), Range::exactly(Secs::secs(14.0)));
        // The region whose loss leaves the most, as in the closed form.
        plan.outage.lost = 1;
        let evaluation = evaluate(&plan, &Catalog::bundled().unwrap());
        let Runway::Fills(filling) = &evaluation.active.runway else { panic!("no group") };
        let deadline = filling.to_full.mode.unwrap() - Secs::secs(14.0) - plan.assumptions.unlink_margin;
        let bands = outage_bands(&plan, &evaluation, SAMPLING).unwrap();
        assert!((bands.deadline.act_by.unwrap() - deadline).as_secs().abs() < 1e-3);
        assert!(
            bands.curve.iter().all(|point| point.late == if point.delay > deadline { Ratio::ONE } else { Ratio::ZERO })
        );
    }

    #[test]
    fn chunks_do_not_matter() {
        let plan = plan();
        let evaluation = evaluate(&plan, &Catalog::bundled().unwrap());
        let study = OutageStudy::new(&plan, &evaluation).unwrap();
        let mut run = Run::new(&study, SAMPLING);
        while run.advance(37).done < 320 {}
        assert_eq!(study.fold(run.columns()), bands(&plan));
    }

    /// A survivor that is lost later is one until then; where the first moment takes both, there is none.
    #[test]
    fn a_survivor_counts_until_its_own_loss() {
        let mut plan = plan();
        plan.regions.truncate(2);
        (plan.outage.acts, plan.outage.second) = (false, Some(1));
        (plan.outage.second_after, plan.outage.length) = (Secs::hours(20.0), Some(Secs::hours(30.0)));
        let bands = bands(&plan);
        assert_eq!(bands.member, 1);
        assert!(bands.anyway > Ratio::percent(90.0), "{:?}", bands.anyway);
        plan.outage.second_after = Secs::ZERO;
        assert_eq!(outage_bands(&plan, &evaluate(&plan, &Catalog::bundled().unwrap()), SAMPLING), None);
    }

    #[test]
    fn nobody_acts_or_there_is_no_group() {
        let mut plan = plan();
        plan.outage.acts = false;
        let bands = bands(&plan);
        assert_eq!(bands.full_before_act, bands.anyway);
        plan.regions.truncate(1);
        assert_eq!(outage_bands(&plan, &evaluate(&plan, &Catalog::bundled().unwrap()), SAMPLING), None);
    }
}
