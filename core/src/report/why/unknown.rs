//! What nobody has said, and what is known in a range, where that can change the recommendation.

use super::super::horizon::name;
use super::super::views::Subject;
use super::hours;
use super::measure::{MOST_NAMED, becomes, by_outcome, input_name, one_of};
use crate::catalog::Severity;
use crate::decide::{Reason, Turn};
use crate::evaluate::{Evaluation, evaluate_unread};
use crate::model::horizon::Origin;
use crate::model::lifecycle::PremiumDates;
use crate::model::rpo::RpoBasis;
use crate::model::verdict::Objective;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::{Confirmation, Plan};
use crate::rules::Finding;
use crate::units::format;
use crate::words::load::open_load;

/// What nobody has said and could change the recommendation, and what would follow.
pub(super) fn unknown(subject: Subject, answer: &TopologyAnswer) -> Option<String> {
    let comparison = &subject.evaluation.comparison;
    let found = [
        tenant(subject, answer.topology),
        runs_today(subject, answer.topology).then(|| "what runs today, so that no move is counted".to_owned()),
        data_open(subject.evaluation).then(|| "which data the database holds, which may let a rebuild do".to_owned()),
        answer.capacity.enough.is_none().then(|| "what throughput its size has".to_owned()),
    ];
    let found: Vec<String> = found.into_iter().flatten().collect();
    let load = open_load(subject.plan).map(|load| format!("Unknown, and able to change this: {load}."));
    let too = if load.is_some() { "Unknown too" } else { "Unknown, and able to change this" };
    let unknown = (!found.is_empty()).then(|| format!("{too}: {}.", format::listed(&found)));
    // The reason has them where they decide.
    let decided = matches!(comparison.reason, Some(Reason::WithoutHours { .. }));
    let hours = comparison.hours.as_ref().filter(|_| !decided).map(|it| hours(it, comparison.currency));
    let said: Vec<String> = [load, unknown, hours, better_known(&comparison.turns)].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// What is recommended once the plan says more.
fn then(subject: Subject, say: impl FnOnce(&mut Plan)) -> Option<Topology> {
    let mut plan = subject.plan.clone();
    say(&mut plan);
    evaluate_unread(&plan, subject.catalog).comparison.recommended()
}

/// A pair that is yet to be created is refused to a tenant that had no cache before the date (D6): named first, with what follows.
fn tenant(subject: Subject, own: Topology) -> Option<String> {
    let pair = &subject.plan.passive;
    if own != Topology::Passive || pair.exists.is_confirmed() || pair.tenant_had_cache != Confirmation::Unknown {
        return None;
    }
    let before = PremiumDates::of(subject.catalog)?.refused_without_history;
    let to = then(subject, |plan| {
        (plan.passive.exists, plan.passive.tenant_had_cache) = (Confirmation::NotSo, Confirmation::NotSo);
    });
    if to == Some(own) {
        return None;
    }
    let stands = if subject.evaluation.comparison.choice.is_some() { "the choice" } else { "the nearest" };
    let to = to.map_or_else(|| "no design".to_owned(), |to| format!("the {}", name(to)));
    Some(format!(
        "whether the tenant had a cache before {before} (without one the pair is refused and {to} is {stands})"
    ))
}

/// Nobody has said what runs, and a pair that does, or does not, makes another design the recommended one.
fn runs_today(subject: Subject, own: Topology) -> bool {
    let over = subject.evaluation.comparison.over.as_ref();
    let unsaid = over.is_some_and(|over| over.of(own).way == Origin::Unsaid);
    let turns = |exists| then(subject, |plan| plan.passive.exists = exists) != Some(own);
    unsaid && (turns(Confirmation::Confirmed) || turns(Confirmation::NotSo))
}

/// Nobody has said which data the database holds, and nothing else stands in a rebuild's way.
fn data_open(evaluation: &Evaluation) -> bool {
    let rebuild = &evaluation.rebuild;
    let blocks = |it: &Finding| it.topology == Topology::Rebuild && it.severity == Severity::Block;
    rebuild.rpo.basis == RpoBasis::NotSaid
        && rebuild.design.possible
        && rebuild.design.misfits.is_empty()
        && !evaluation.findings.iter().any(blocks)
        && rebuild
            .verdicts
            .iter()
            .all(|it| it.objective == Objective::Rpo || it.target.is_none() || it.met == Some(true))
}

/// "With “decide” at 5 min or “unlink” at 2 min the passive pair becomes the choice. 1 more range changes it." of ranges at an end, one at a
/// time.
fn better_known(turns: &[Turn]) -> Option<String> {
    let counted: Vec<&Turn> = turns.iter().filter(|turn| !turn.leaves_open()).collect();
    let named = &counted[..counted.len().min(MOST_NAMED)];
    let group = |(to, turns): (Option<Topology>, Vec<&Turn>)| {
        let each = |turn: &&Turn| format!("{} at {}", input_name(turn), turn.input.text(turn.at));
        format!("with {} {}", one_of(&turns.iter().map(each).collect::<Vec<_>>()), becomes(to))
    };
    let said: Vec<String> = by_outcome(named).into_iter().map(group).collect();
    let said = said.join("; ").strip_prefix("with ").map(|rest| format!("With {rest}."))?;
    let more = match counted.len() - named.len() {
        0 => String::new(),
        1 => " 1 more range changes the choice.".to_owned(),
        more => format!(" {more} more ranges change the choice."),
    };
    Some(said + &more)
}
