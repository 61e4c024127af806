//! The search (M-17): the cheapest design that meets every target, what targets cost, and where else caches could stand.

use super::super::Subject;
use super::search_table::{Of, span, span_of, table};
use super::search_targets::{steps, target_costs};
use crate::catalog::Severity;
use crate::decide::Relaxed;
use crate::explore::search::{Found, Relaxation, Search, WEIGHED, search};
use crate::model::Topology;
use crate::model::fit::SizeChoice;
use crate::model::horizon::HorizonCost;
use crate::model::thresholds::EVICTION;
use crate::model::verdict::{Figure, Objective};
use crate::report::chart::frontier_chart;
use crate::report::document::{Block, Section, Style, Text};
use crate::report::inputs::regions::amounts_do_not_count;
use crate::report::price_doubt::second_best;
use crate::report::search::{design, exchanged, paid};
use crate::report::verdict::{all_targets, cheapest, follows, from_month, moved, until};
use crate::report::why::{NONE_HERE, measure, rate_first};
use crate::report::words::size;
use crate::rules::Finding;
use crate::units::{Currency, Money, format};
use crate::words::load::open_load;
use crate::words::shown::unshown;
use crate::words::total::no_price;
use crate::words::waits::months;

/// The search of the plan's own regions, worked out at once.
#[must_use]
pub fn searched(subject: Subject) -> Vec<Section> {
    search_sections(subject, &search(subject.plan, subject.catalog))
}

/// What stands there until the search is made.
#[must_use]
pub fn search_on_its_way() -> Section {
    Section::new("search", "Cheapest design", "The search is made as soon as the typing pauses.")
}

/// What the search of the plan's own regions found; the first section is [`best_designs`].
#[must_use]
pub fn search_sections(subject: Subject, found: &Search) -> Vec<Section> {
    let currency = subject.catalog.currency();
    let rest = [target_costs(found, currency), steps(found, currency)];
    [best_designs(subject, found)].into_iter().chain(rest.into_iter().flatten()).collect()
}

/// The cheapest of each topology, or the nearest where none meets every target; its table has a row for each of [`Search::shown`].
#[must_use]
pub fn best_designs(subject: Subject, found: &Search) -> Section {
    let currency = subject.catalog.currency();
    let rows: Vec<&Found> = found.shown().collect();
    let mut chart = frontier_chart(found, currency);
    let front: Text = match &mut chart {
        Some(chart) => std::mem::take(&mut chart.says).as_slice().into(),
        None if found.winner().is_some() && found.steps.is_empty() => {
            "More money buys no better figure in these regions.".into()
        }
        None if rows.is_empty() => Text::default(),
        None => "No figure changes with the cost in a way that a chart could draw.".into(),
    };
    let front = (front != Text::default()).then_some(Block::Paragraph(front));
    let how = [Block::list(larger(subject)), Block::remark(how(found, currency))];
    let load = open_load(subject.plan).map_or_else(String::new, |load| format!(" Not known: {load}."));
    let amounts = subject.plan.amounts_do_not_count(currency).then(|| amounts_do_not_count(subject.plan, currency));
    let amounts = amounts.map_or_else(String::new, |it| format!(" {it}"));
    Section::new("search", "Cheapest design", says(subject, found).then(load).then(amounts))
        .opened_by(chart)
        .with(Block::Table(table("search", "Cheapest design of each topology", &rows, subject, Of::Plan(found))))
        .with(Block::details("How it is searched", front.into_iter().chain(how).collect::<Vec<_>>()))
}

/// "The active group has M20 where B5 would hold the load: for the runway." of each size that a target asks for.
fn larger(subject: Subject) -> Vec<String> {
    let said = |topology: Topology| {
        let made = &subject.evaluation.of(topology).design;
        let (own, least) = (SizeChoice::of(made)?, made.smallest.as_ref()?);
        let asked: Vec<&str> = made.sized_for.iter().map(|asked| asked.words()).collect();
        (!asked.is_empty()).then(|| {
            format!(
                "The {} of this plan has {} where {} would hold the load: for {}.",
                format::in_sentence(topology.name()),
                size(&own, topology),
                size(least, topology),
                format::listed(&asked)
            )
        })
    };
    Topology::ALL.into_iter().filter_map(said).collect()
}

fn says(subject: Subject, found: &Search) -> Text {
    let currency = subject.catalog.currency();
    let Some(winner) = found.winner() else { return no_winner(subject, found, currency) };
    let number = WEIGHED.into_iter().chain([Objective::Cost]);
    let number = number.filter(|it| crate::decide::target_of(&found.objectives, *it).is_some()).count();
    let least = cheapest(found.counts_loss());
    let meets = match number {
        0 => format!("is {least}"),
        _ => format!("meets {}{}{}", all_targets(number), unshown(&winner.unshown), until(found.follows())),
    };
    let close = if found.too_close() { "Too close to call: " } else { "" };
    let [month, then] = months_of(found, winner, currency);
    let mut text = Text::from(close)
        .and(design(&winner.choice), Style::Strong)
        .then(format!(", {}, {meets} for ", paid(&winner.choice)))
        .and(month, Style::Strong)
        .then(format!(
            "{then}{}.",
            found.over[winner.choice.topology as usize]
                .as_ref()
                .map_or_else(String::new, |it| ahead(it, found, currency))
        ));
    if winner.choice.scales(subject.plan, subject.catalog) {
        text = text.then(" The pair that runs is unlinked, scaled and linked again, which is in it.");
    }
    if let Some(follows) = follows(found.follows(), currency) {
        text = text.then(follows);
    }
    text = text.then(rests(found, winner, currency));
    if let Some(own) = found.cheapest_as_paid().filter(|own| own.choice != winner.choice) {
        let over = found.as_paid_over.as_ref();
        let waiting = over.and_then(|it| it.waiting(currency));
        let (name, how) = (design(&own.choice), paid(&own.choice));
        let cost = months(&own.month, waiting.as_ref(), currency).concat();
        let total = over.filter(|it| it.whole).and_then(|it| it.total().complete());
        let whole = total.map_or_else(String::new, |it| format!(", {} overall", format::money(it, currency)));
        text = text.then(format!(" As planned, {how}, {least} is the {}: {cost}{whole}.", format::in_sentence(&name)));
    }
    if let Some(rate) = found.hours.as_ref().filter(|hours| hours.open).and_then(|hours| rate_first(hours, currency)) {
        text = text.then(format!(" {rate}"));
    }
    let first = found.hours.as_ref().is_none_or(|hours| !hours.open);
    if let Some(turns) = measure(&found.turns, first, NONE_HERE) {
        text = text.then(format!(" {turns}"));
    }
    if let Some((topology, apart)) = &found.doubt {
        text = text.then(" ").then(second_best(
            &format!("the {}", format::in_sentence(topology.name())),
            apart,
            found.months,
            currency,
        ));
    }
    text
}

/// What the months of the design cost that is shown of its topology: "$785 a month" and "", "C5 at $1,240 a month" and " until 2028-09-30, then
/// $1,931 (M50)".
pub(super) fn months_of(found: &Search, of: &Found, currency: Currency) -> [String; 2] {
    let cost = found.over[of.choice.topology as usize].as_ref();
    months(&of.month, cost.and_then(|it| it.waiting(currency)).as_ref(), currency)
}

/// " Its prepaid term is exchanged …" of each rest of a term that a design leaves; "" without any.
fn rests(found: &Search, of: &Found, currency: Currency) -> String {
    found.over[of.choice.topology as usize].as_ref().map_or_else(String::new, |cost| rest(cost, currency))
}

/// The same of one cost.
fn rest(cost: &HorizonCost, currency: Currency) -> String {
    exchanged(cost, currency).map_or_else(String::new, |rests| format!(" {rests}"))
}

/// ", from month 4 on $3,191 (M50), $47,213 over 18 months"; "" where a price is missing, and where the path ends before the horizon does.
pub(super) fn ahead(cost: &HorizonCost, found: &Search, currency: Currency) -> String {
    later(cost, currency) + &overall(cost, &span(found), currency)
}

/// ", from month 4 on $3,191 (M50)"; "" where its size stands.
fn later(cost: &HorizonCost, currency: Currency) -> String {
    from_month(cost, currency).map_or_else(String::new, |later| format!(", {later}"))
}

/// ", $47,213 over 18 months".
fn overall(cost: &HorizonCost, span: &str, currency: Currency) -> String {
    let total = cost.total().complete().filter(|_| cost.whole);
    total.map_or_else(String::new, |it| format!(", {} over {span}", format::money(it, currency)))
}

/// Why no design meets every target and no moved target helps: what is missing.
pub(super) fn nothing(subject: Subject, found: &Search) -> String {
    if subject.plan.elsewhere().is_none() {
        return "This plan has one region, and nothing is left to recover in when it is lost. Add a second region; the search over all \
                regions tries each."
            .to_owned();
    }
    let blocked = blocked(subject).map_or_else(String::new, |it| format!(" {it}"));
    if found.lacking.is_empty() {
        return format!("Every design in these regions is blocked.{blocked}");
    }
    let name = |it: &Objective| if *it == Objective::Cost { "its cost, as a price is missing" } else { it.name() };
    let lacks: Vec<&str> = found.lacking.iter().map(name).collect();
    format!(
        "No moved target helps: no design in these regions that is free of blockers has a figure for {}.{blocked}",
        format::listed(&lacks)
    )
}

/// "Blocked by PLAN-PLACEMENT: passive pair and active group. Choose a region …" of each rule that no other size gets round.
fn blocked(subject: Subject) -> Option<String> {
    let findings = subject.evaluation.findings.iter();
    let of_size = |it: &Finding| it.id.starts_with("FIT-") || it.id == "PLAN-SKU";
    let blocks: Vec<&Finding> = findings.filter(|it| it.severity == Severity::Block && !of_size(it)).collect();
    let mut rules: Vec<&Finding> = Vec::new();
    for it in &blocks {
        if rules.iter().all(|rule| rule.id != it.id) {
            rules.push(it);
        }
    }
    let said = rules.iter().map(|rule| {
        let bars = |topology: &Topology| blocks.iter().any(|it| it.id == rule.id && it.topology == *topology);
        let names: Vec<String> =
            Topology::ALL.into_iter().filter(bars).map(|it| format::in_sentence(it.name())).collect();
        let names = format::listed(&names.iter().map(String::as_str).collect::<Vec<_>>());
        format!("Blocked by {}: {names}. {}", rule.id, rule.remedy)
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn no_winner(subject: Subject, found: &Search, currency: Currency) -> Text {
    if let Some(missing) = no_price(&found.missing) {
        return Text::from(format!("Which design is the cheapest is open: {missing}."));
    }
    match &found.relaxation {
        Some(it) => relaxed("No design in these regions meets every target.", it, None, (found.months, currency))
            .then(rest(&it.over, currency)),
        None => nothing(subject, found).into(),
    }
}

/// "No design … The smallest change that makes one feasible is an RTO target of 2 h 10 min; then the active group of B10, paid as used, costs $981
/// a month, from month 4 on $1,650 (M50), $35,100 over 36 months." With where it stands, as another placement may be cheaper then: ", for the active
/// group of B10 in East US, East US 2, paid as used, which then costs …".
pub(super) fn relaxed(
    first: &str,
    Relaxation { moved: by, design: found, over, successor }: &Relaxation,
    places: Option<&str>,
    (horizon, currency): (u32, Currency),
) -> Text {
    let each: Vec<String> = by.targets.iter().map(|(it, to)| moved(*it, *to, currency)).collect();
    let month = months(&found.month, over.waiting(currency).as_ref(), currency).concat() + &later(over, currency);
    let most = up_to(by, found, &month, currency);
    Text::from(format!("{first} The smallest change that makes one feasible{} is ", until(successor.as_ref())))
        .and(format::listed(&each), Style::Strong)
        .then(format!(
            "{} the {}{}, {}, {} {month}{most}{}.",
            if places.is_some() { ", for" } else { "; then" },
            format::in_sentence(&design(&found.choice)),
            places.map_or_else(String::new, |places| format!(" in {places}")),
            paid(&found.choice),
            if places.is_some() { "which then costs" } else { "costs" },
            overall(over, &span_of(horizon, over.loss.is_some()), currency),
        ))
        .then(follows(successor.as_ref(), currency).unwrap_or_default())
}

/// ", up to that budget as the load grows": why a budget moves, where no month that is said costs as much; "" where it stays.
fn up_to(by: &Relaxed, found: &Found, said: &str, currency: Currency) -> String {
    let budget = by.objectives.budget.filter(|_| by.targets.iter().any(|it| it.0 == Objective::Cost));
    let Some((budget, Figure::Money(dearest))) = budget.zip(Some(found.figure(Objective::Cost))) else {
        return String::new();
    };
    let amount = format::money(dearest, currency);
    if said.contains(&amount) || found.month.complete().is_none_or(|month| month >= dearest) {
        return String::new();
    }
    let that = if budget - dearest < Money::whole(1) { "that budget" } else { &amount };
    format!(", up to {that} as the load grows")
}

fn how(found: &Search, currency: Currency) -> String {
    let budget = found
        .objectives
        .budget
        .map_or_else(String::new, |budget| format!(" The budget is {}.", format::money(budget, currency)));
    let left = found.designs.saturating_sub(found.worked_out);
    let worked_out = match left {
        0 => "figures of all were worked out".to_owned(),
        _ => format!(
            "figures of {} were worked out, {} {} dearer and no better",
            found.worked_out,
            format::others(left),
            if left == 1 { "is" } else { "are" }
        ),
    };
    format!(
        "{} fit in the plan's regions; {worked_out}. The order is that of the \
         verdict: inside a topology the month, between topologies the cost over the horizon, the way from what runs today in it. \
         Sizes that the plan gives do not bind the search. Reservations are no longer than the horizon; what a size or a service leaves of one is exchanged or refunded (D6, Z10), and one that begins at a later move runs on beyond it. \
         A size is at most as full as the plan’s largest fill; a fuller one is tried up to {}, where eviction begins. Not \
         searched, and as the plan has them: high availability, replicas, zones and a second size of the pair; no target asks for an \
         availability.{budget}",
        format::counted(found.designs, "design"),
        format::percent(EVICTION)
    )
}
