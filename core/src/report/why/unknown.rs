//! What nobody has said, and what is known in a range, where that can change the recommendation.

use super::super::horizon::name;
use super::super::views::Subject;
use super::{MOST_NAMED, hours};
use crate::catalog::Severity;
use crate::decide::Turn;
use crate::evaluate::{Evaluation, evaluate_unread};
use crate::model::horizon::Origin;
use crate::model::lifecycle::PremiumDates;
use crate::model::rpo::RpoBasis;
use crate::model::verdict::Objective;
use crate::model::{Topology, TopologyAnswer};
use crate::plan::{Confirmation, Plan};
use crate::rules::Finding;
use crate::units::format;

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
    let unknown = (!found.is_empty()).then(|| format!("Unknown, and able to change this: {}.", format::listed(&found)));
    let hours = comparison.hours.as_ref().map(|it| hours(it, comparison.currency));
    let said: Vec<String> = [unknown, hours, better_known(&comparison.turns)].into_iter().flatten().collect();
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

/// "Measured at the end of its range, each of these changes the choice: decide at 5 min and unlink at 2 min (to the passive pair)."
fn better_known(turns: &[Turn]) -> Option<String> {
    let counted: Vec<&Turn> = turns.iter().filter(|turn| !turn.leaves_open()).collect();
    let mut groups: Vec<(Option<Topology>, Vec<String>)> = Vec::new();
    for turn in counted.iter().take(MOST_NAMED) {
        let text = format!("{} at {}", format::in_sentence(turn.input.label), turn.input.text(turn.at));
        match groups.iter_mut().find(|(to, _)| *to == turn.to) {
            Some((_, texts)) => texts.push(text),
            None => groups.push((turn.to, vec![text])),
        }
    }
    let group = |(to, texts): &(Option<Topology>, Vec<String>)| {
        let to = to.map_or_else(|| "none of the plan's designs".to_owned(), |to| format!("the {}", name(to)));
        format!("{} (to {to})", format::listed(texts))
    };
    let mut named: Vec<String> = groups.iter().map(group).collect();
    if named.is_empty() {
        return None;
    }
    let more = counted.len().saturating_sub(MOST_NAMED);
    named.extend((more > 0).then(|| format!("{more} more")));
    Some(format!("Measured at the end of its range, each of these changes the choice: {}.", named.join("; ")))
}
