//! What a published case printed, beside what the models say for its stated inputs.

use crate::catalog::Catalog;
use crate::evaluate::{Evaluation, evaluate_unread};
use crate::explore::recovery_time::{FOLLOWS_TYPING, part_of};
use crate::model::latency::{requests, worst_read};
use crate::model::rto::{RtoChain, RtoPath, RtoStep};
use crate::plan::{Outcome, OutcomeFigure, Plan, Unmodelled, UnmodelledFigure};
use crate::stats::bands::{P05, P95};
use crate::stats::spread::Spread;
use crate::units::format;
use crate::units::{Range, Ratio, Secs};

/// One printed outcome beside the model's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeRow {
    /// What is compared: "drill by unlinking, without notice and decision".
    pub what: &'static str,
    /// As printed: "31 min".
    pub printed: String,
    /// The model's: "17 min – 38 min (P05–P95)"; "no model for this".
    pub model: String,
    /// "inside", "quicker than P05 by 4 min", or why no model answers.
    pub says: String,
    /// True where it lies inside; `None` without a figure of the model.
    pub inside: Option<bool>,
    /// The source's tag.
    pub source: String,
}

/// What the model answers to one printed figure.
enum Answer {
    /// P05 and P95 of a draw.
    Band(Secs, Secs),
    /// P05 and P95 of what the printed figure is a limit of.
    Limit(Secs, Secs),
    /// P05, median and P95 of single requests; the printed one is their median.
    Median(Range<Secs>),
    /// The same; the printed one is their P95.
    Tail(Range<Secs>),
    /// Nothing, because the design is not possible or a round trip is not published.
    Missing,
}

/// Every printed outcome of the plan's case: beside a model's P05–P95, or with the reason why no model answers it; empty
/// for a plan without a case.
#[must_use]
pub fn outcomes(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> Vec<OutcomeRow> {
    let answered =
        plan.story.outcomes.iter().map(|outcome| row(outcome, &answer(outcome.figure, plan, catalog, evaluation)));
    answered.chain(plan.story.unmodelled.iter().map(without_model)).collect()
}

/// How many printed figures the model's P05–P95 covers, and which it does not: "1 of 2 printed figures lie inside P05–P95. Outside:
/// recovery without a copy."; `None` where no model answers any.
#[must_use]
pub fn outside(rows: &[OutcomeRow]) -> Option<String> {
    let judged: Vec<&OutcomeRow> = rows.iter().filter(|row| row.inside.is_some()).collect();
    let out: Vec<&str> = judged.iter().filter(|row| row.inside == Some(false)).map(|row| row.what).collect();
    let names = if out.is_empty() { String::new() } else { format!(" Outside: {}.", out.join("; ")) };
    let inside = judged.len() - out.len();
    (!judged.is_empty()).then(|| format!("{inside} of {} printed figures lie inside P05–P95.{names}", judged.len()))
}

fn answer(figure: OutcomeFigure, plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> Answer {
    let unlink = || evaluation.passive.rto.iter().find(|chain| chain.path == RtoPath::Unlink);
    let (central, group) = (&evaluation.rebuild.latency, &evaluation.active.latency);
    let tail = |median: Option<Secs>| median.map_or(Answer::Missing, |median| Answer::Tail(requests(plan, median)));
    let median = |write: Option<Secs>| write.map_or(Answer::Missing, |write| Answer::Median(requests(plan, write)));
    match figure {
        OutcomeFigure::UnlinkDrill | OutcomeFigure::Activation => band(plan, unlink(), &["detect", "decide"]),
        OutcomeFigure::WarmRecovery => band(plan, unlink(), &[]),
        OutcomeFigure::ColdRecovery => band(plan, evaluation.rebuild.rto.first(), &[]),
        OutcomeFigure::GroupRunbook => {
            band(plan, evaluation.active.rto.first().map(|chain| runbook(plan, chain)).as_ref(), &["detect", "decide"])
        }
        OutcomeFigure::LagAtMost => worst_lag(plan, catalog),
        OutcomeFigure::CentralWrite => median(central.worst_write_median),
        OutcomeFigure::NearbyWrite => median(group.worst_write_median),
        OutcomeFigure::CentralRead => tail(worst_read(plan, &central.normal)),
        OutcomeFigure::NearbyRead => tail(worst_read(plan, &group.normal)),
        OutcomeFigure::ReadRegionDown => tail(worst_read(plan, &group.primary_down)),
        OutcomeFigure::CentralReadRegionDown => tail(worst_read(plan, &central.primary_down)),
    }
}

/// A recovery path without some of its steps, drawn.
fn band(plan: &Plan, chain: Option<&RtoChain>, without: &[&str]) -> Answer {
    chain.map_or(Answer::Missing, |chain| {
        let bands = part_of(plan, chain, |step| !without.contains(&step), FOLLOWS_TYPING);
        Answer::Band(Secs::secs(bands.p05.value), Secs::secs(bands.p95.value))
    })
}

/// What operators of a group do beside the clients' recovery path: the member is unlinked.
fn runbook(plan: &Plan, redirect: &RtoChain) -> RtoChain {
    let step = |name, field, time, source| {
        let (_, time, basis) = plan.step_spread(field, time);
        RtoStep { name, time, field, source, basis, cause: name }
    };
    let mut all = redirect.clone();
    all.steps.push(step("force-unlink", "recovery.force_unlink", plan.recovery.force_unlink, "recorded"));
    all
}

/// The pair's worst lag of the day over the range of the copy rate. It only falls with the rate, so its P05 is the lag at
/// the rate's P95, exactly; the high end never drains where that rate does not settle.
fn worst_lag(plan: &Plan, catalog: &Catalog) -> Answer {
    let range = plan.assumptions.sync_rate.map(crate::units::BytesPerSec::as_bytes_per_s);
    let rate = Spread::triangular(range.low, range.mode, range.high);
    let worst = |share: f64| {
        let mut known = plan.clone();
        known.assumptions.sync_rate = Range::exactly(crate::units::BytesPerSec::bytes_per_s(rate.at(share)));
        evaluate_unread(&known, catalog).passive.rpo.worst_of_day
    };
    match (worst(P95), worst(P05)) {
        (Some(low), Some(high)) if !plan.regions.is_empty() => Answer::Limit(low, high),
        _ => Answer::Missing,
    }
}

fn row(outcome: &Outcome, answer: &Answer) -> OutcomeRow {
    let printed = outcome.printed;
    let band = |low, high| match [low, high].map(format::duration) {
        [low, high] if low == high => format!("{low} over the whole range"),
        [low, high] => format!("{low} – {high} (P05–P95)"),
    };
    let (model, says, inside) = match answer {
        Answer::Band(low, high) => {
            let (says, inside) = in_band(printed, *low, *high);
            (band(*low, *high), says, Some(inside))
        }
        Answer::Limit(low, high) if *high <= printed => (band(*low, *high), "inside".to_owned(), Some(true)),
        Answer::Limit(low, high) => {
            let over = format::duration(*high - printed);
            (band(*low, *high), format!("passed by the model’s P95, by {over}"), Some(false))
        }
        Answer::Median(times) => request(printed, times, ("median", times.mode)),
        Answer::Tail(times) => request(printed, times, ("P95", times.high)),
        Answer::Missing => (format::NONE.to_owned(), "no figure for this plan".to_owned(), None),
    };
    let printed = match answer {
        Answer::Limit(..) => format!("at most {}", format::duration(printed)),
        _ => format::duration(printed),
    };
    OutcomeRow { what: what(outcome.figure), printed, model, says, inside, source: outcome.source.clone() }
}

/// Where a printed time lies among single requests, and how far from the same figure of theirs.
fn request(printed: Secs, times: &Range<Secs>, (name, same): (&str, Secs)) -> (String, String, Option<bool>) {
    let (says, inside) = in_band(printed, times.low, times.high);
    let off = printed / same.max(Secs::millis(0.001)) - 1.0;
    let side = if off < 0.0 { "below" } else { "above" };
    let share = format::percent(Ratio::fraction(libm::fabs(off)));
    let model = format!(
        "{} – {} (P05–P95), {name} {}",
        format::duration(times.low),
        format::duration(times.high),
        format::duration(same)
    );
    (model, format!("{says}, {share} {side} the model’s {name}"), Some(inside))
}

fn in_band(printed: Secs, low: Secs, high: Secs) -> (String, bool) {
    if printed < low {
        (format!("quicker than P05 by {}", format::duration(low - printed)), false)
    } else if printed > high {
        (format!("slower than P95 by {}", format::duration(printed - high)), false)
    } else {
        ("inside".to_owned(), true)
    }
}

fn without_model(printed: &Unmodelled) -> OutcomeRow {
    let (what, why) = why(printed.figure);
    OutcomeRow {
        what,
        printed: printed.printed.clone(),
        model: "no model for this".to_owned(),
        says: why.to_owned(),
        inside: None,
        source: printed.source.clone(),
    }
}

/// What was printed, and why no model answers it.
const fn why(figure: UnmodelledFigure) -> (&'static str, &'static str) {
    match figure {
        UnmodelledFigure::DatabaseCpu => {
            ("load of the database’s processors after a loss", "the models count reads, not processor time")
        }
        UnmodelledFigure::DrillAvailability => {
            ("share of dashboards that answered in a drill", "the drill's length and questions are not printed")
        }
        UnmodelledFigure::IncidentVolume => {
            ("incidents expected in filing week", "outages are modelled, a season's incidents are not")
        }
        UnmodelledFigure::EvidenceEffort => {
            ("work to document an exercise", "drill hours are an input, papers are not modelled")
        }
    }
}

const fn what(figure: OutcomeFigure) -> &'static str {
    match figure {
        OutcomeFigure::UnlinkDrill => "drill by unlinking, without notice and decision",
        OutcomeFigure::Activation => "activation from the approval on, by unlinking",
        OutcomeFigure::WarmRecovery => "recovery with the warm copy, by unlinking",
        OutcomeFigure::ColdRecovery => "recovery without a copy",
        OutcomeFigure::GroupRunbook => "rehearsal of the runbook, without notice and decision",
        OutcomeFigure::LagAtMost => "age of the copy in bursts, worst of a day",
        OutcomeFigure::CentralWrite => "write request (median), one cache for all regions",
        OutcomeFigure::NearbyWrite => "write request (median), a member in every region",
        OutcomeFigure::CentralRead => "read request (P95), one cache for all regions",
        OutcomeFigure::NearbyRead => "read request (P95), a member in every region",
        OutcomeFigure::ReadRegionDown => "read request (P95) with the first region down, a member in every region",
        OutcomeFigure::CentralReadRegionDown => "read request (P95) with the first region down, one cache elsewhere",
    }
}

#[cfg(test)]
mod tests {
    use super::OutcomeFigure::{LagAtMost, NearbyRead, NearbyWrite, UnlinkDrill};
    use super::*;
    use crate::codec;
    use crate::evaluate::evaluate;
    use crate::presets::PRESETS;
    use crate::units::BytesPerSec;

    fn line(row: &OutcomeRow) -> String {
        let mark = row.inside.map_or("", |inside| if inside { "✓ " } else { "✕ " });
        let OutcomeRow { what, printed, model, says, source, .. } = row;
        format!("{what} | {printed} | {model} | {mark}{says} | {source}").replace('\u{a0}', " ")
    }

    fn read(plan: &Plan) -> String {
        let catalog = Catalog::bundled().unwrap();
        let rows = outcomes(plan, &catalog, &evaluate(plan, &catalog));
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn says_where_a_printed_figure_lies() {
        let at = |figure, printed: Secs, answer: Answer| {
            line(&row(&Outcome { figure, printed, source: "S0".to_owned() }, &answer))
        };
        let band = || Answer::Band(Secs::mins(17.0), Secs::mins(38.0));
        let times = || Range::new(Secs::millis(32.0), Secs::millis(40.0), Secs::millis(80.0));
        let rows = [
            at(UnlinkDrill, Secs::mins(31.0), band()),
            at(UnlinkDrill, Secs::mins(12.0), band()),
            at(UnlinkDrill, Secs::mins(40.0), band()),
            at(LagAtMost, Secs::mins(5.0), Answer::Limit(Secs::secs(2.0), Secs::secs(3.0))),
            at(LagAtMost, Secs::mins(5.0), Answer::Limit(Secs::secs(2.0), Secs::secs(2.0))),
            at(LagAtMost, Secs::mins(5.0), Answer::Limit(Secs::secs(2.0), Secs::mins(6.0))),
            at(NearbyWrite, Secs::millis(43.0), Answer::Median(times())),
            at(NearbyRead, Secs::millis(90.0), Answer::Tail(times())),
            at(NearbyWrite, Secs::millis(43.0), Answer::Missing),
        ];
        insta::assert_snapshot!(rows.join("\n"));
    }

    /// Every figure that is printed of the six cases (facts, cases): a row each, with a band or the reason for none.
    #[test]
    fn every_printed_figure_of_the_presets_has_a_row() {
        let cases = PRESETS.map(|text| {
            let plan = codec::from_json(text).unwrap();
            format!("{}\n{}", plan.name, read(&plan))
        });
        insta::assert_snapshot!(cases.join("\n\n"));
    }

    /// With the presets' stated situations the five published recovery times lie inside P05–P95; each page names those that do not.
    #[test]
    fn the_five_published_recovery_times_lie_inside() {
        use OutcomeFigure::{Activation, ColdRecovery, GroupRunbook, UnlinkDrill, WarmRecovery};
        let catalog = Catalog::bundled().unwrap();
        let times = [UnlinkDrill, ColdRecovery, WarmRecovery, Activation, GroupRunbook].map(what);
        let mut found = Vec::new();
        for preset in PRESETS {
            let plan: Plan = codec::from_json(preset).unwrap();
            let rows = outcomes(&plan, &catalog, &evaluate(&plan, &catalog));
            let said = outside(&rows).unwrap_or_default();
            for row in rows.iter().filter(|row| times.contains(&row.what)) {
                assert_eq!(said.contains(row.what), row.inside == Some(false), "{said}");
                found.push((row.printed.replace('\u{a0}', " "), row.inside));
            }
        }
        let expected = ["31 min", "2 h", "37 min", "24 min", "18 min"];
        assert_eq!(found, expected.map(|printed| (printed.to_owned(), Some(true))));
    }

    /// Bursts above the link: the worst lag of the day is a band over the range of the rate, by hand `(w_peak − R)·T ÷ R`.
    #[test]
    fn a_lag_is_a_band_over_the_rate() {
        let mut plan: Plan = codec::from_json(PRESETS[0]).unwrap();
        let mb = |rate: f64| BytesPerSec::mb_per_s(rate);
        plan.assumptions.sync_rate = Range::new(mb(2.5), mb(3.0), mb(3.5));
        plan.assumptions.apply_commands = Range::exactly(crate::units::OpsPerSec::per_s(1e15));
        let catalog = Catalog::bundled().unwrap();
        let Answer::Limit(low, high) = worst_lag(&plan, &catalog) else { panic!("a pair") };
        let evaluation = evaluate(&plan, &catalog);
        let peak = evaluation.demand.stream_peak.as_mb_per_s();
        let rate = Spread::triangular(2.5, 3.0, 3.5);
        for (share, found) in [(P95, low), (P05, high)] {
            let late = (peak - rate.at(share)) * plan.workload.peak.burst.as_secs() / rate.at(share);
            assert!(((found - evaluation.passive.rpo.steady).as_secs() - late).abs() < 1e-3, "{found:?} {late}");
        }
        assert!(Secs::ZERO < low && low < high);
    }
}
