//! Which uncertain input moves the answers most, and which to measure first (M-14).

use super::super::Subject;
use crate::explore::sensitivity::{ANSWERS, Outcome, RANK_SAMPLING, Sensitivity, Swing, moved_most};
use crate::model::Topology;
use crate::report::chart::{Chart, sensitivity_chart};
use crate::report::document::{Block, Section};
use crate::report::explored::sensitivity::{measure_first, name};
use crate::units::{Currency, format};

/// What one-at-a-time trials found out about a design.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The answers of the plan as it is.
    pub base: &'a [Outcome; 4],
    /// Each input with the answers at its ends.
    pub swings: &'a [Swing],
    /// Rank correlation of each input with each answer; empty while trials are still missing.
    pub correlations: &'a [[Option<f64>; 4]],
}

/// One input at a time for one design; `answers` are places in [`crate::explore::sensitivity::ANSWERS`].
#[must_use]
pub fn sensitivity_section(topology: Topology, answers: &[usize], found: &Found, currency: Currency) -> Section {
    let says = measure_first(found.swings, found.base, answers, currency).unwrap_or_else(|| moves_none(answers));
    let remark =
        format!("For the {}: targets that change first, then by effect.", topology.name().to_ascii_lowercase());
    let own = |at: &usize| found.base.get(*at).and_then(|outcome| outcome.value);
    let charts =
        answers.iter().map(|at| sensitivity_chart(topology, *at, own(at), found.swings, found.correlations, currency));
    let mut charts = charts.flatten();
    let section = Section::new("sensitivity", "What to measure first", says);
    let Some(first) = charts.next() else { return section.opened_by(None) };
    let section = section.opened_by(Some(Chart { says: Vec::new(), ..first }));
    let folded = |chart: Chart| Block::details(chart.title.clone(), vec![Block::Figure(Box::new(chart))]);
    charts.map(folded).fold(section, Section::with).with(Block::remark(remark))
}

/// "No range of the plan moves the planned monthly cost of this design."
fn moves_none(answers: &[usize]) -> String {
    let names: Vec<&str> = answers.iter().filter_map(|at| ANSWERS.get(*at)).map(|it| name(*it)).collect();
    format!("No range of the plan moves {} of this design.", format::listed(&names))
}

/// The same for the monthly cost; `None` where no range moves it.
#[must_use]
pub fn cost_sensitivity(topology: Topology, found: &Found, currency: Currency) -> Option<Section> {
    if moved_most(found.swings, COST).is_empty() {
        return None;
    }
    let section = sensitivity_section(topology, &[COST], found, currency);
    Some(Section { id: "cost-moves", heading: "What moves the cost".to_owned(), ..section })
}

/// Place of the monthly cost in [`ANSWERS`].
const COST: usize = 3;

/// The same with all trials, for the recommended design, else the nearest to it; `None` where none is possible.
#[must_use]
pub fn sensitivity_whole(subject: Subject, answers: &[usize]) -> Option<Section> {
    whole(subject, |topology, found| sensitivity_section(topology, answers, found, subject.catalog.currency()))
}

/// [`cost_sensitivity`] likewise.
pub(in super::super) fn cost_sensitivity_whole(subject: Subject) -> Option<Section> {
    whole(subject, |topology, found| cost_sensitivity(topology, found, subject.catalog.currency()))?
}

fn whole<T>(subject: Subject, section: impl FnOnce(Topology, &Found) -> T) -> Option<T> {
    let comparison = &subject.evaluation.comparison;
    let topology = comparison.choice.or(comparison.nearest)?;
    let sensitivity = Sensitivity::new(subject.plan, subject.catalog, topology);
    let (base, swings) = (sensitivity.base(), sensitivity.one_at_a_time());
    let samples = sensitivity.sample(RANK_SAMPLING, 0..RANK_SAMPLING.whole_trials());
    let correlations = sensitivity.correlations(RANK_SAMPLING, &samples);
    let found = Found { base: &base, swings: &swings, correlations: &correlations };
    Some(section(topology, &found))
}

/// What stands in its place until the typing pauses.
#[must_use]
pub fn sensitivity_awaited() -> Section {
    Section::new("sensitivity", "What to measure first", "Worked out as soon as the typing pauses.")
}
