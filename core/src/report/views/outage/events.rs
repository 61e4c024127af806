//! Flush, scaling and patching: what a plan meets without an outage.

use super::super::Subject;
use crate::catalog::Price;
use crate::model::cost::{NoPrice, Refill};
use crate::model::scenarios::{Gap, Patch, flush, patch, scaling};
use crate::report::document::{Block, Section};
use crate::units::format;
use crate::units::{Bytes, Currency, Money, Ratio, Secs};

/// An event: what it does in the opening sentence, and its details.
type Event = (String, Block);

/// What the plan meets without an outage: flush and scaling of a group, the monthly patch of a pair; a sentence where it meets none.
#[must_use]
pub fn event_sections(subject: Subject) -> Vec<Section> {
    let found: Vec<Event> = [flushed(subject), scaled(subject), patched(subject)].into_iter().flatten().collect();
    let says = if found.is_empty() {
        "This plan has no group to flush or scale and no pair to patch.".to_owned()
    } else {
        let parts: Vec<&str> = found.iter().map(|(says, _)| says.as_str()).collect();
        format!("Without an outage: {}.", parts.join("; "))
    };
    let section = Section::new("outage-events", "Flush, scaling, patching", says);
    vec![found.into_iter().map(|(_, details)| details).fold(section, Section::with)]
}

fn flushed(subject: Subject) -> Option<Event> {
    let Subject { plan, catalog, evaluation } = subject;
    let flush = flush(plan, catalog, evaluation)?;
    let back = match flush.hit_rate_back {
        Some(time) => format!("the hit rate is back after {}", format::duration(time)),
        None => "the hit rate never recovers: ordinary misses overload the database".to_owned(),
    };
    let unanswered = if flush.unanswered > Ratio::ZERO {
        format!("; at first {} of the reads exceed what the database sustains", format::percent(flush.unanswered))
    } else {
        String::new()
    };
    let says = format!(
        "A flush empties {}; reloading {} keys takes {}. With clients admitted at once {back}{unanswered}. {}",
        members(flush.members),
        format::large(flush.keys),
        format::duration(flush.reload),
        refill_says(&flush.refill, flush.members, catalog.currency()),
    );
    let remark = "Reload time = keys ÷ min(reload rate, database limit). Assumptions: one read per key, one full copy to each other member.";
    let brief = format!("a flush reloads for {}", format::duration(flush.reload));
    Some((brief, Block::details("Management flush", vec![Block::paragraph(says), Block::remark(remark)])))
}

fn scaled(subject: Subject) -> Option<Event> {
    let scaling = scaling(subject.plan, subject.evaluation)?;
    let full = match scaling.full_after {
        Some(time) => format!("enough for {} of the plan's growth", format::duration(time)),
        None => "and the data does not grow".to_owned(),
    };
    let says = format!(
        "Scaling locks the group until {} have the new size: at least {}. Until then {} caps memory: {} left per member, {full}.",
        members(scaling.members),
        format::duration(scaling.locked),
        scaling.from.short(),
        format::bytes(scaling.left),
    );
    let remark = "Preview, upwards only (D3). Published: ten minutes per empty member; assumption: one by one.";
    let brief = format!("scaling locks the group for at least {}", format::duration(scaling.locked));
    Some((brief, Block::details("Scaling a member", vec![Block::paragraph(says), Block::remark(remark)])))
}

fn patched(subject: Subject) -> Option<Event> {
    let patch = patch(subject.plan, subject.evaluation)?;
    let remark = "The link drops for minutes to an hour; longer is a support case (D8). Azure publishes no backlog: open-source default.";
    let worst = patch.gaps.iter().map(|gap| gap.at_risk).fold(Bytes::ZERO, Bytes::max);
    let brief = format!("a patch leaves up to {} in one region only", format::bytes(worst));
    let blocks = vec![Block::paragraph(patch_says(&patch)), Block::remark(remark)];
    Some((brief, Block::details("Monthly patch of the pair", blocks)))
}

/// "The reads cost $4.17 at your price. Sending 10 GB to the other member costs $0.20."; what has no price says so.
fn refill_says(refill: &Refill, members: usize, currency: Currency) -> String {
    let money = |amount| format::money(amount, currency);
    let reads = match (&refill.reads.price, refill.reads.amount) {
        (_, Some(amount)) => format!("The reads cost {} at your price.", money(amount)),
        (Price::Unknown { reason }, None) => format!(
            "Azure Redis does not meter reads; database reads have no price: {}.",
            // "not priced: no price" would say it twice.
            match reason {
                NoPrice::NotEntered(own) => own.to_enter(),
                other => other.words(),
            }
        ),
        (Price::Known(_), None) => String::new(),
    };
    let others = match members.saturating_sub(1) {
        0 => return reads,
        1 => "the other member".to_owned(),
        count => format!("the {count} other members"),
    };
    let costs = match (refill.paid, refill.at_list) {
        (None, _) => "has no price here".to_owned(),
        (Some(paid), _) if paid > Money::ZERO => format!("costs {}", money(paid)),
        (_, Some(list)) if list > Money::ZERO => {
            format!("is not billed today, {} at the list rate", money(list))
        }
        (_, Some(_)) => "costs nothing within a region".to_owned(),
        (_, None) => "is not billed today, without a price at the list rate".to_owned(),
    };
    format!("{reads} Sending {} to {others} {costs}.", format::bytes(refill.sent))
}

/// "both members", "all 3 members".
fn members(count: usize) -> String {
    if count == 2 { "both members".to_owned() } else { format!("all {count} members") }
}

fn patch_says(patch: &Patch) -> String {
    let covered = match patch.covered {
        None => return "Without writes the pair misses nothing.".to_owned(),
        Some(time) => format::duration(time),
    };
    let backlog = format::bytes(patch.backlog);
    let gaps: Vec<String> = patch.gaps.iter().map(gap_says).collect();
    let full = patch.gaps.iter().any(|gap| gap.full);
    let copy = if full && patch.copy > Bytes::ZERO {
        format!(" A full copy moves {}.", format::bytes(patch.copy))
    } else {
        String::new()
    };
    format!("The backlog of {backlog} a shard covers a gap of {covered}: {}.{copy}", gaps.join("; "))
}

/// "after 15 min 4.5 GB exist in one region only, the full sync takes 40 s".
fn gap_says(gap: &Gap) -> String {
    let kind = if gap.full { "full sync" } else { "partial sync" };
    let ends = match gap.catch_up {
        Some(time) if time < Secs::secs(1.0) => "takes less than a second".to_owned(),
        Some(time) => format!("takes {}", format::duration(time)),
        None => "does not end".to_owned(),
    };
    format!(
        "after {} {} exist in one region only, the {kind} {ends}",
        format::duration(gap.lasts),
        format::bytes(gap.at_risk)
    )
}
