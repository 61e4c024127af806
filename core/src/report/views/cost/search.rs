//! The search (M-17): the cheapest design that meets every target, what targets cost, and where else caches could stand.

use super::super::{NONE, Subject};
use super::search_table::{Of, table};
use crate::catalog::Severity;
use crate::explore::search::{
    FillCost, Found, MonthApart, Relaxation, Saved, Search, StepUp, TargetCost, WEIGHED, search,
};
use crate::model::Topology;
use crate::model::fit::SizeChoice;
use crate::model::horizon::HorizonCost;
use crate::model::thresholds::EVICTION;
use crate::model::verdict::{Figure, Objective};
use crate::report::chart::frontier_chart;
use crate::report::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::report::inputs::regions::amounts_do_not_count;
use crate::report::price_doubt::second_best;
use crate::report::search::{design, exchanged, figure, modelled, paid, target};
use crate::report::verdict::{all_targets, cheapest, follows, from_month, moved, until};
use crate::report::why::{NONE_HERE, measure, rate_first};
use crate::report::words::size;
use crate::rules::Finding;
use crate::units::{Currency, Money, format};
use crate::words::load::open_load;
use crate::words::shown::unshown;
use crate::words::total::no_price;
use crate::words::waits::{months, of_months};

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
    let cost = found.over[of.choice.topology as usize].as_ref();
    cost.and_then(|cost| exchanged(cost, currency)).map_or_else(String::new, |rests| format!(" {rests}"))
}

/// ", from month 4 on $3,191 (M50), $47,213 over 18 months"; "" where a price is missing, and where the path ends before the horizon does.
pub(super) fn ahead(cost: &HorizonCost, found: &Search, currency: Currency) -> String {
    let later = from_month(cost, currency).map_or_else(String::new, |later| format!(", {later}"));
    let total = cost.total().complete().filter(|_| cost.whole);
    let over = total.map_or_else(String::new, |it| format!(", {} over {}", format::money(it, currency), span(found)));
    later + &over
}

/// "18 months", "18 months with the expected loss" where the plan prices that.
pub(super) fn span(found: &Search) -> String {
    span_of(found.months, found.counts_loss())
}

/// The same of a number of months.
pub(super) fn span_of(months: u32, with_loss: bool) -> String {
    let loss = if with_loss { " with the expected loss" } else { "" };
    format!("{}{loss}", format::counted(months as usize, "month"))
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
    let lacks: Vec<&str> = found.lacking.iter().map(|it| it.name()).collect();
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
        Some(relaxation) => relaxed("No design in these regions meets every target.", relaxation, found, currency)
            .then(rests(found, &relaxation.design, currency)),
        None => nothing(subject, found).into(),
    }
}

/// "No design … The smallest change that makes one feasible is an RTO target of 2 h 10 min; then the active group of B10 costs $981 a month."
pub(super) fn relaxed(first: &str, relaxation: &Relaxation, found: &Search, currency: Currency) -> Text {
    relaxed_in(first, relaxation, None, (months_of(found, &relaxation.design, currency), currency))
}

/// The same with where the design stands: "then the active group of B10 in East US, East US 2 costs …".
pub(super) fn relaxed_in(
    first: &str,
    relaxation: &Relaxation,
    places: Option<&str>,
    (month, currency): ([String; 2], Currency),
) -> Text {
    let each: Vec<String> = relaxation.targets.iter().map(|(it, to)| moved(*it, *to, currency)).collect();
    let Relaxation { design: found, .. } = relaxation;
    let (month, most) = (month.concat(), dearest(found, currency));
    // Of a design that waits it may be a month that is named already.
    let most = most.filter(|most| !month.contains(most.as_str()));
    Text::from(format!("{first} The smallest change that makes one feasible is "))
        .and(format::listed(&each), Style::Strong)
        .then(format!(
            "; then the {}{}, {}, costs {}{}.",
            format::in_sentence(&design(&found.choice)),
            places.map_or_else(String::new, |places| format!(" in {places}")),
            paid(&found.choice),
            month,
            most.map_or_else(String::new, |most| format!(", up to {most} as the load grows"))
        ))
}

/// "$1,672", the dearest month; `None` where the budget is judged by the first one.
fn dearest(found: &Found, currency: Currency) -> Option<String> {
    match found.figure(Objective::Cost) {
        Figure::Money(dearest) => {
            found.month.complete().filter(|month| *month < dearest).map(|_| format::money(dearest, currency))
        }
        _ => None,
    }
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

/// What each target costs; `None` without a winner.
fn target_costs(found: &Search, currency: Currency) -> Option<Section> {
    found.winner()?;
    let dear: Vec<&TargetCost> = found.costs.iter().filter(|cost| cost.without.is_some()).collect();
    let free: Vec<&str> = found.costs.iter().filter(|it| it.without.is_none()).map(|it| it.objective.name()).collect();
    let mut says = Vec::new();
    if let Some(cost) =
        dear.iter().filter_map(|cost| cost.without.as_ref().map(|it| (cost, it))).max_by_key(|it| it.1.saves)
    {
        let (which, saved) = cost;
        let (all, month) = (format::money(saved.saves, currency), by_the_month(saved, currency));
        says.push(format!(
            "The {} target costs the most: without it {} are {all} cheaper{month}.",
            which.objective.name(),
            span(found)
        ));
    }
    if !free.is_empty() {
        let (verb, it) = if free.len() == 1 { ("target costs", "it") } else { ("targets cost", "one of them") };
        says.push(format!(
            "The {} {verb} nothing: without {it} {} is the same design.",
            format::listed(&free),
            cheapest(found.counts_loss())
        ));
    }
    let section = Section::new("search-targets", "What each target costs", says.join(" "));
    let saved = |saved: &Option<Saved>| match saved {
        Some(it) => [
            format!("{}, {}", design(&it.design.choice), paid(&it.design.choice)),
            it.to.map_or_else(|| NONE.to_owned(), |to| target(to, currency)),
            month_apart(it.month, currency),
            format::money(it.saves, currency),
        ],
        None => [NONE, NONE, NONE, NONE].map(str::to_owned),
    };
    let row = |cost: &&TargetCost| {
        let [design, to, month, saves] = saved(&cost.step);
        let without = cost.without.as_ref().map_or_else(|| NONE.to_owned(), |it| format::money(it.saves, currency));
        Row::of([modelled(cost.objective).to_owned(), design, to, month, saves, without])
    };
    let table = Table {
        id: "search-targets",
        name: "What each target costs".to_owned(),
        columns: vec![
            Column::names("Target"),
            Column::text("Cheaper design"),
            Column::figures("One step looser"),
            Column::figures("Saves a month"),
            Column::figures(format!("Over {}", span(found))),
            Column::figures("Without it, saves"),
        ],
        rows: dear.iter().map(row).chain(found.fuller.as_ref().map(|it| fuller(it, currency))).collect(),
    };
    Some(section.with(Block::Table(table)))
}

/// The row of the largest fill, which is the plan's and no target.
fn fuller(cost: &FillCost, currency: Currency) -> Row {
    Row::of([
        "Largest fill".to_owned(),
        format!("{}, {}", design(&cost.design.choice), paid(&cost.design.choice)),
        format::percent(cost.to),
        month_apart(cost.month, currency),
        format::money(cost.saves, currency),
        NONE.to_owned(),
    ])
}

/// ", $946 of it a month"; "" where the month is not the cheaper one.
fn by_the_month(saved: &Saved, currency: Currency) -> String {
    if saved.month.by > Money::ZERO {
        format!(", {} a month{}", format::money(saved.month.by, currency), of_months(saved.month.months))
    } else {
        String::new()
    }
}

/// "$946"; "$946 after 2028-09-30" where both keep what runs up to that day.
fn month_apart(apart: MonthApart, currency: Currency) -> String {
    format::money(apart.by, currency) + &of_months(apart.months)
}

/// What the next step up buys; `None` without a winner.
fn steps(found: &Search, currency: Currency) -> Option<Section> {
    let winner = found.winner()?;
    let says =
        if found.steps.is_empty() { "No dearer design that meets every target does better in any figure." } else { "" };
    let row = |step: &StepUp| {
        Row::of([
            modelled(step.objective).to_owned(),
            format!("{}, {}", design(&step.design.choice), paid(&step.design.choice)),
            figure(winner.figure(step.objective), currency),
            figure(step.design.figure(step.objective), currency),
            month_apart(step.month, currency),
            format::money(step.more, currency),
        ])
    };
    let table = Table {
        id: "search-steps",
        name: "What the next step up buys".to_owned(),
        columns: vec![
            Column::names("Better"),
            Column::text("Design"),
            Column::figures("Now"),
            Column::figures("Then"),
            Column::figures("More a month"),
            Column::figures(format!("Over {}", span(found))),
        ],
        rows: found.steps.iter().map(row).collect(),
    };
    Some(Section::new("search-steps", "What the next step up buys", says).with(Block::Table(table)))
}
