//! RTO as density and distribution function (M-06).

use super::bars::{recovery_path, time_mark};
use super::{Axis, Chart, Ink, Line, LinePlot, Plot, Table, Unit, says};
use crate::explore::recovery_time::{ChainTimes, RecoveryTimes};
use crate::model::Topology;
use crate::stats::sample::Sampling;
use crate::units::format;
use crate::units::{Ratio, Secs};

/// When users are served again: share of the outages a minute, and share that is over by each time.
///
/// Drawn are the ways that an unplanned outage takes; the table holds them all. `None` where no topology has a recovery path.
#[must_use]
pub fn recovery_times_chart(times: &RecoveryTimes, sampling: Sampling, target: Option<Secs>) -> Option<Chart> {
    let taken: Vec<&ChainTimes> = Topology::ALL
        .into_iter()
        .filter_map(|topology| times.chains.iter().find(|chain| chain.topology == topology))
        .collect();
    let end = times.times.last()?.as_secs();
    let line = |chain: &&ChainTimes, points: Vec<(f64, f64)>| Line {
        label: chain.topology.name().to_owned(),
        ink: Ink::Topology(chain.topology),
        points,
    };
    let density = taken.iter().map(|chain| line(chain, hill(&chain.density(&times.times))));
    let within = taken.iter().map(|chain| {
        line(
            chain,
            times.times.iter().zip(&chain.cumulative).map(|(time, share)| (time.as_secs(), share * 100.0)).collect(),
        )
    });
    let density: Vec<Line> = density.collect();
    let highest = density.iter().flat_map(|line| &line.points).map(|point| point.1).fold(0.0, f64::max);
    let plot = |y: Axis, lines: Vec<Line>| LinePlot {
        x: Axis::covering("time since the loss", Unit::Time, end, 8),
        y,
        lines,
        bands: Vec::new(),
        marks: target.map(time_mark).into_iter().collect(),
    };
    Some(Chart {
        id: "recovery-distribution",
        title: "Probability of recovery over time".to_owned(),
        says: says_of(&taken, target),
        caption: format!(
            "{} trials, seed {}, the same outages for each path. Above: share that ends each minute; below: share that is over.",
            format::count(f64::from(sampling.whole_trials())),
            sampling.seed
        ),
        plot: Plot::Lines(vec![
            plot(Axis::covering("of the outages, each minute", Unit::Percent, highest * 1.05, 3), density),
            plot(Axis::covering("of the outages are over", Unit::Percent, 100.0, 4), within.collect()),
        ]),
        table: table(times),
    })
}

/// The density where it is above 0, with the foot on either side.
fn hill(density: &[(Secs, f64)]) -> Vec<(f64, f64)> {
    let above = |point: &(Secs, f64)| point.1 > 0.0;
    let (Some(first), Some(last)) = (density.iter().position(above), density.iter().rposition(above)) else {
        return Vec::new();
    };
    let drawn = &density[first.saturating_sub(1)..=(last + 1).min(density.len() - 1)];
    drawn.iter().map(|(time, share)| (time.as_secs(), share * 100.0)).collect()
}

fn says_of(taken: &[&ChainTimes], target: Option<Secs>) -> Vec<crate::report::Span> {
    let name = |chain: &ChainTimes| chain.topology.name().to_ascii_lowercase();
    let shares: Vec<(String, String)> = taken
        .iter()
        .filter(|chain| chain.topology != Topology::Rebuild || taken.len() == 1)
        .map(|chain| match chain.within_target {
            Some(share) => (format!("The {} is back in time in ", name(chain)), format::percent(share)),
            None => {
                (format!("The {} is back after ", name(chain)), format::duration(Secs::secs(chain.bands.p50.value)))
            }
        })
        .collect();
    let tail = if target.is_some() { " of the outages. " } else { " in half of the outages. " };
    match shares.as_slice() {
        [] => Vec::new(),
        [one] => says([&one.0, &one.1, tail.trim_end()]),
        [one, other, ..] => says([&one.0, &one.1, &[tail, &other.0].concat(), &other.1, tail.trim_end()]),
    }
}

/// Quantiles of every recovery path with their errors.
fn table(times: &RecoveryTimes) -> Table {
    let time = |quantile: crate::stats::bands::Quantile| {
        let (value, error) = (Secs::secs(quantile.value), Secs::secs(quantile.error));
        format!("{} ± {}", format::duration(value), format::duration(error))
    };
    let share = |share: Option<Ratio>| share.map_or_else(|| "no target".to_owned(), format::percent);
    let row = |chain: &ChainTimes| {
        let bands = &chain.bands;
        let [p05, p50, p95] = [bands.p05, bands.p50, bands.p95].map(time);
        vec![recovery_path(chain.topology, chain.path), p05, p50, p95, share(chain.within_target)]
    };
    Table {
        head: ["Recovery path", "P05", "P50", "P95", "In time"].map(str::to_owned).into(),
        rows: times.chains.iter().map(row).collect(),
    }
}
