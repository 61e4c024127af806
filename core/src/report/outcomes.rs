//! What a published case printed, beside what the models say for its stated inputs.

use super::format;
use crate::evaluate::Evaluation;
use crate::explore::recovery_time::{FOLLOWS_TYPING, part_of};
use crate::model::TopologyAnswer;
use crate::model::latency::RegionLatency;
use crate::model::rto::{RtoChain, RtoPath};
use crate::plan::{Outcome, OutcomeFigure, Plan};
use crate::units::Secs;

/// One printed outcome beside the model's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeRow {
    /// What is compared: "drill by unlinking, without notice and decision".
    pub what: &'static str,
    /// As printed: "31 min".
    pub printed: String,
    /// The model's: "17 min – 38 min (P05–P95)", "41 ms".
    pub model: String,
    /// "inside", "below P05: the model is 4 min slower at best", "no figure".
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
    /// One figure; the printed one is a limit that it keeps or not.
    Limit(Secs),
    /// One figure, to be compared.
    Point(Secs),
    /// Nothing, because the design is not possible or a round trip is not published.
    Missing,
}

/// A point of the model within this share of the printed figure agrees with it: requests are more than their calls.
const NEAR: f64 = 0.25;

/// Every printed outcome of the plan's case that a model answers; empty for a plan without a case.
#[must_use]
pub fn outcomes(plan: &Plan, evaluation: &Evaluation) -> Vec<OutcomeRow> {
    plan.story.outcomes.iter().map(|outcome| row(outcome, &answer(outcome.figure, plan, evaluation))).collect()
}

fn answer(figure: OutcomeFigure, plan: &Plan, evaluation: &Evaluation) -> Answer {
    let unlink = || evaluation.passive.rto.iter().find(|chain| chain.path == RtoPath::Unlink);
    let band = |chain: Option<&RtoChain>, without: &[&str]| {
        chain.map_or(Answer::Missing, |chain| {
            let bands = part_of(plan, chain, |step| !without.contains(&step), FOLLOWS_TYPING);
            Answer::Band(Secs::secs(bands.p05.value), Secs::secs(bands.p95.value))
        })
    };
    match figure {
        OutcomeFigure::UnlinkDrill => band(unlink(), &["detect", "decide"]),
        OutcomeFigure::Activation => band(unlink(), &["detect"]),
        OutcomeFigure::WarmRecovery => band(unlink(), &[]),
        OutcomeFigure::ColdRecovery => band(evaluation.rebuild.rto.first(), &[]),
        OutcomeFigure::LagAtMost => evaluation.passive.rpo.max.map_or(Answer::Missing, Answer::Limit),
        OutcomeFigure::CentralWrite => worst_write(&evaluation.passive),
        OutcomeFigure::NearbyWrite => worst_write(&evaluation.active),
        OutcomeFigure::ReadRegionDown => worst_read(&evaluation.active.latency.primary_down),
    }
}

fn worst_write(answer: &TopologyAnswer) -> Answer {
    answer.latency.worst_write.as_ref().map_or(Answer::Missing, |(_, time)| Answer::Point(*time))
}

fn worst_read(rows: &[RegionLatency]) -> Answer {
    let reads: Option<Vec<Secs>> = rows.iter().map(|row| row.read).collect();
    reads.and_then(|reads| reads.into_iter().reduce(Secs::max)).map_or(Answer::Missing, Answer::Point)
}

fn row(outcome: &Outcome, answer: &Answer) -> OutcomeRow {
    let printed = outcome.printed;
    let (model, says, inside) = match *answer {
        Answer::Band(low, high) => {
            let (says, inside) = in_band(printed, low, high);
            (format!("{} – {} (P05–P95)", format::duration(low), format::duration(high)), says, Some(inside))
        }
        Answer::Limit(most) if most <= printed => {
            (format!("{} at worst", format::duration(most)), "inside".to_owned(), Some(true))
        }
        Answer::Limit(most) => {
            let over = format::duration(most - printed);
            (format!("{} at worst", format::duration(most)), format!("the model is {over} over it"), Some(false))
        }
        Answer::Point(time) => {
            let (says, inside) = near(printed, time);
            (format::duration(time), says, Some(inside))
        }
        Answer::Missing => ("–".to_owned(), "the model has no figure for this plan".to_owned(), None),
    };
    let printed = match answer {
        Answer::Limit(_) => format!("at most {}", format::duration(printed)),
        _ => format::duration(printed),
    };
    OutcomeRow { what: what(outcome.figure), printed, model, says, inside, source: outcome.source.clone() }
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

fn near(printed: Secs, model: Secs) -> (String, bool) {
    let off = model / printed.max(Secs::millis(0.001)) - 1.0;
    let share = format::percent(crate::units::Ratio::fraction(libm::fabs(off)));
    let inside = libm::fabs(off) <= NEAR;
    let side = if off < 0.0 { "below" } else { "above" };
    let says =
        if inside { format!("near: the model is {share} {side}") } else { format!("the model is {share} {side}") };
    (says, inside)
}

const fn what(figure: OutcomeFigure) -> &'static str {
    match figure {
        OutcomeFigure::UnlinkDrill => "drill by unlinking, without notice and decision",
        OutcomeFigure::Activation => "activation from the approval on, by unlinking",
        OutcomeFigure::WarmRecovery => "recovery with the warm copy, by unlinking",
        OutcomeFigure::ColdRecovery => "recovery without a copy",
        OutcomeFigure::LagAtMost => "age of the copy in bursts",
        OutcomeFigure::CentralWrite => "write request, one cache for all regions",
        OutcomeFigure::NearbyWrite => "write request, a member in every region",
        OutcomeFigure::ReadRegionDown => "read request with the first region down",
    }
}

#[cfg(test)]
mod tests {
    use super::OutcomeFigure::{LagAtMost, NearbyWrite, UnlinkDrill};
    use super::*;

    #[test]
    fn says_where_a_printed_figure_lies() {
        let at = |figure, printed: Secs, answer: Answer| {
            let outcome = Outcome { figure, printed, source: "S0".to_owned() };
            let row = row(&outcome, &answer);
            format!("{} | {} | {} | {:?}", row.printed, row.model, row.says, row.inside)
        };
        let band = || Answer::Band(Secs::mins(17.0), Secs::mins(38.0));
        let rows = [
            at(UnlinkDrill, Secs::mins(31.0), band()),
            at(UnlinkDrill, Secs::mins(12.0), band()),
            at(UnlinkDrill, Secs::mins(40.0), band()),
            at(LagAtMost, Secs::mins(5.0), Answer::Limit(Secs::secs(2.0))),
            at(LagAtMost, Secs::mins(5.0), Answer::Limit(Secs::mins(6.0))),
            at(NearbyWrite, Secs::millis(43.0), Answer::Point(Secs::millis(40.0))),
            at(NearbyWrite, Secs::millis(43.0), Answer::Point(Secs::millis(90.0))),
            at(NearbyWrite, Secs::millis(43.0), Answer::Missing),
        ];
        insta::assert_snapshot!(rows.join("\n").replace('\u{a0}', " "));
    }
}
