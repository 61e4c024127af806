//! What the search finds beyond the plan's own designs.

use super::super::Subject;
use super::search::{ahead, months_of, nothing, relaxed};
use crate::explore::search::{Found, Search};
use crate::model::fit::SizeChoice;
use crate::report::document::{Style, Text};
use crate::report::search::{design, paid};
use crate::report::verdict::{follows, tipping_point, until};
use crate::units::{Currency, format};
use crate::words::shown::unshown;

/// What the search finds beyond the plan's own designs, for the verdict: a cheaper topology, size or term than its choice; where none of
/// them meets every target, a size or term that does, else the smallest change of the targets: over the plan's own designs where the search
/// waits for a price. `None` where the search has the plan's own choice, and where the plan's verdict waits for a price.
#[must_use]
pub fn beyond(subject: Subject, found: &Search) -> Option<Text> {
    let comparison = &subject.evaluation.comparison;
    if !comparison.open.is_empty() {
        return None;
    }
    if !found.missing.is_empty() {
        let smallest = if comparison.choice.is_none() { tipping_point(comparison) } else { None };
        return smallest.map(Text::from);
    }
    let currency = subject.catalog.currency();
    if comparison.choice.is_some() {
        return other_than_the_choice(subject, found);
    }
    Some(match (found.winner(), &found.relaxation) {
        (Some(winner), _) => {
            let does = if comparison.targets == 0 { "is free of blockers" } else { "meets all" };
            let does = format!("{does}{}{}", unshown(&winner.unshown), until(found.follows()));
            let [month, then] = months_of(found, winner, currency);
            Text::from(format!("The search finds a design that {does}: "))
                .and(format::in_sentence(&design(&winner.choice)), Style::Strong)
                .then(format!(", {}, for ", paid(&winner.choice)))
                .and(month, Style::Strong)
                .then(format!("{then}{}.{}", months_ahead(found, winner, currency), followed(subject, found)))
        }
        (None, Some(relaxation)) => {
            let months = (found.months, currency);
            relaxed("No other size or term in these regions meets every target.", relaxation, None, months)
        }
        (None, None) => nothing(subject, found).into(),
    })
}

/// In what a design is another than the plan's choice: "topology", "size", "term"; `None` without a choice.
fn differs(subject: Subject, found: &Found, search: &Search) -> Option<Vec<&'static str>> {
    let own = subject.evaluation.comparison.choice?;
    // Of two that wait for the same end the size that takes over counts.
    let waits = subject.evaluation.comparison.waits(own);
    let searched = search.over[own as usize].as_ref().and_then(|it| it.waits.as_ref());
    let same_way = waits.zip(searched).is_some_and(|(own, found)| (own.month, &own.to) == (found.month, &found.to));
    let size = SizeChoice::of(&subject.evaluation.of(own).design);
    // A cache that is not clustered has 0 shards where it is given, and 1 where it is searched.
    let same = |it: &SizeChoice| it.sku == found.choice.size.sku && it.shards.max(1) == found.choice.size.shards.max(1);
    let others = [
        (found.choice.topology != own, "topology"),
        (found.choice.topology == own && !same_way && !size.as_ref().is_some_and(same), "size"),
        (found.choice.reservation != subject.plan.pricing.reservation, "term"),
    ];
    Some(others.into_iter().filter_map(|(differs, name)| differs.then_some(name)).collect())
}

/// "The search finds another term: **passive pair of P2**, reserved for 1 year, for **$1,604 a month**, $28,863 over 18 months."
fn other_than_the_choice(subject: Subject, found: &Search) -> Option<Text> {
    let (winner, currency) = (found.winner()?, subject.catalog.currency());
    let other = differs(subject, winner, found).filter(|it| !it.is_empty())?;
    let close = if found.too_close() { ", too close to call" } else { "" };
    let [month, then] = months_of(found, winner, currency);
    Some(
        Text::from(format!("The search finds another {}{close}: ", format::listed(&other)))
            .and(format::in_sentence(&design(&winner.choice)), Style::Strong)
            .then(format!(", {}, for ", paid(&winner.choice)))
            .and(month, Style::Strong)
            .then(format!(
                "{then}{}{}{}.{}",
                unshown(&winner.unshown),
                until(found.follows()),
                months_ahead(found, winner, currency),
                followed(subject, found)
            )),
    )
}

/// What becomes of a design's months, and their sum ([`ahead`]).
fn months_ahead(found: &Search, of: &Found, currency: Currency) -> String {
    let over = found.over[of.choice.topology as usize].as_ref();
    over.map_or_else(String::new, |it| ahead(it, found, currency))
}

/// What the group lacks that follows the search's pair; "" where the verdict says it of its own.
fn followed(subject: Subject, found: &Search) -> String {
    let said = subject.evaluation.comparison.follows().is_some();
    follows(found.follows().filter(|_| !said), subject.catalog.currency()).unwrap_or_default()
}
