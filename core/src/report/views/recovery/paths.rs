//! Every recovery path: its distribution, its steps, and what a minute saved in each is worth (M-06).

use super::super::Subject;
use crate::explore::recovery_time::{FOLLOWS_TYPING, FOR_SAVINGS, RecoveryStudy, Saving};
use crate::jobs::EXACT;
use crate::model::Topology;
use crate::model::rto::{RtoChain, RtoPath, RtoStep};
use crate::plan::Plan;
use crate::report::chart::{Chart, recovery_times_chart, rto_chart, steps_chart};
use crate::report::document::{Block, Column, Row, RowKind, Section, Style, Table, Text};
use crate::report::explain::step_origin;
use crate::report::words;
use crate::stats::sample::{Progress, Sampling};
use crate::units::format;

/// What is said where no design fits.
const NO_PATH: &str = "No design fits, so there is no recovery path.";

/// P50 and P95 of every path with its steps.
#[must_use]
pub fn recovery_times(subject: Subject) -> Section {
    Section::new("recovery-times", "Time to recover", NO_PATH).opened_by(rto_chart(subject.plan, subject.evaluation))
}

/// How likely users are served again by when.
#[must_use]
pub fn recovery_distribution(subject: Subject) -> Section {
    let (study, target) = (RecoveryStudy::new(subject.plan, subject.evaluation), subject.plan.objectives.rto);
    let chart = recovery_times_chart(&study.times(FOLLOWS_TYPING, target), FOLLOWS_TYPING, target);
    Section::new("recovery-distribution", "Distribution of every recovery path", "").opened_by(chart)
}

/// A run of many trials as far as it is; `figures` are those so far.
#[must_use]
pub fn many_trials(subject: Subject, progress: Option<Progress>, figures: Option<&[f64]>, whole: bool) -> Section {
    let target = subject.plan.objectives.rto;
    let times =
        figures.and_then(|figures| RecoveryStudy::new(subject.plan, subject.evaluation).times_from(figures, target));
    let trials = times.as_ref().and_then(|times| times.chains.first()).map_or(0, |chain| chain.bands.trials);
    let count = |trials: u32| format::count(f64::from(trials));
    let says = match (progress, whole) {
        (Some(progress), _) => format!("{} of {} trials done.", count(progress.done), count(progress.trials)),
        (None, true) => format!("{} trials, with the same seed as above.", count(trials)),
        (None, false) => format!(
            "The curves above are from {} trials. {} make the error (±) of every quantile much smaller.",
            count(FOLLOWS_TYPING.trials),
            count(EXACT.trials)
        ),
    };
    let chart = times.and_then(|times| recovery_times_chart(&times, Sampling { trials, ..EXACT }, target));
    let section = Section::new("recovery-many-trials", "A million trials", says);
    match chart {
        Some(chart) => {
            let name = format!("Recovery times of {} trials", count(trials));
            section.with(Block::Table(Table { name, ..Table::of_chart(&chart) }))
        }
        None => section,
    }
}

/// Each recovery path with its steps, and what a minute less of each step is worth.
#[must_use]
pub fn recovery_paths(subject: Subject) -> Section {
    let study = RecoveryStudy::new(subject.plan, subject.evaluation);
    let chains = Topology::ALL
        .into_iter()
        .flat_map(|topology| subject.evaluation.of(topology).rto.iter().map(move |chain| (topology, chain)));
    let remark = format!(
        "A minute saved: {} trials of each path with one step a minute shorter.",
        format::number(f64::from(FOR_SAVINGS.trials))
    );
    chains
        .enumerate()
        .map(|(place, (topology, chain))| {
            let saved = study.savings(place, FOR_SAVINGS, subject.plan.objectives.rto);
            path(subject.plan, topology, chain, saved.as_deref())
        })
        .fold(
            Section::new("recovery-paths", "Recovery paths, step by step", NO_PATH).opened_by(first_path(subject)),
            Section::with,
        )
        .with(Block::remark(remark))
}

/// The steps of the path that an outage takes with the recommended design, else with the nearest to it, else with any.
pub(super) fn first_path(subject: Subject) -> Option<Chart> {
    let comparison = &subject.evaluation.comparison;
    let first = comparison.choice.or(comparison.nearest);
    let mut among = first.into_iter().chain(Topology::ALL);
    among.find_map(|topology| {
        let chain = subject.evaluation.of(topology).rto.first()?;
        Some(steps_chart(topology, chain))
    })
}

/// One recovery path; `saved` is what a minute less of each step is worth.
fn path(plan: &Plan, topology: Topology, chain: &RtoChain, saved: Option<&[Saving]>) -> Block {
    let kind = if chain.unplanned { "unplanned outage" } else { "planned" };
    let summary = Text::styled(format!("{}: {}", topology.name(), words::path(chain.path)), Style::Of(topology))
        .and(format!(" {kind} "), Style::Quiet)
        .then(format!("P50 {} · P95 {}", format::duration(chain.p50), format::duration(chain.p95)));
    let pause = (chain.path == RtoPath::PlannedFailover).then(|| Block::paragraph(pause(plan, chain)));
    let reason = Block::Paragraph(Text::styled(chain.why(), Style::Quiet));
    let blocks = [Some(reason), pause, Some(Block::Table(steps(plan, chain, saved)))];
    Block::Details {
        summary,
        open: false,
        blocks: blocks.into_iter().flatten().filter(|block| !block.is_blank()).collect(),
    }
}

/// What users of a planned failover go through.
fn pause(plan: &Plan, chain: &RtoChain) -> String {
    let wait = chain.users_wait(plan);
    format!(
        "Users wait {} (P50) or {} (P95), at least the pause of {}.",
        format::duration(wait.mode),
        format::duration(wait.high),
        format::duration(chain.pause(plan))
    )
}

fn steps(plan: &Plan, chain: &RtoChain, saved: Option<&[Saving]>) -> Table {
    let mut columns =
        vec![Column::text("Step"), Column::figures("Low"), Column::figures("Likely"), Column::figures("High")];
    if saved.is_some() {
        columns.extend([Column::figures("A minute saved: P95"), Column::figures("In time")]);
    }
    columns.push(Column::text("Source"));
    let untouched = Plan::default();
    let row = |(index, step): (usize, &RtoStep)| {
        let most = index == chain.dominant;
        let name = Text::from(step.name).and(if most { " takes the most" } else { "" }, Style::Quiet);
        let times = [step.time.low, step.time.mode, step.time.high].map(|time| Text::from(format::duration(time)));
        let worth = saved.map(|all| all.get(index).map_or_else(Default::default, worth));
        let origin = Text::styled(step_origin(plan, &untouched, step), Style::Quiet);
        let cells = [name].into_iter().chain(times).chain(worth.into_iter().flatten()).chain([origin]);
        Row::of(cells).kind(if most { RowKind::Total } else { RowKind::Plain })
    };
    Table {
        id: "recovery-steps",
        name: format!("Steps of {}", words::path(chain.path)),
        columns,
        rows: chain.steps.iter().enumerate().map(row).collect(),
    }
}

fn worth(saved: &Saving) -> [Text; 2] {
    let gained =
        saved.gained.map_or_else(|| super::super::NONE.to_owned(), |share| format!("+{}", format::percent(share)));
    [format!("−{}", format::duration(saved.p95)).into(), gained.into()]
}
