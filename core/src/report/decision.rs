//! The decision record (ADR) as a document: context, options, decision, consequences, assumptions, sources.

use super::document::{Block, Column, Document, Row, Section, Style, Table, Text, sources};
use super::explain::{Explanation, explain, figure_words};
use super::explored::break_even::edge_words;
use super::inputs::regions::amounts_do_not_count;
use super::open_work::open_words;
use super::price_doubt;
use super::search::paid_by;
use super::verdict::{deadline, sentence, tipping_point};
use super::views::overview::searched;
use super::views::{NONE, Subject};
use super::words;
use crate::catalog::{Catalog, Severity};
use crate::evaluate::Evaluation;
use crate::explore::break_even::write_flip;
use crate::model::horizon::Waits;
use crate::model::rpo::Shown;
use crate::model::runway::Runway;
use crate::model::verdict::{Caveat, Figure, Objective, Verdict};
use crate::model::{Topology, TopologyAnswer};
use crate::plan::{LoadFigure, Plan};
use crate::rules::act_by::{act_by_inside, other_deadlines};
use crate::units::format;
use crate::words::shown::fewer;

/// The decision record of a plan as Markdown, ready to be filed beside other architecture decisions.
///
/// Consequences are the findings of the choice, or of the nearest topology where none meets every target; assumptions and
/// sources are those that its five figures and findings are based on.
///
/// # Examples
///
/// ```
/// use dr_core::catalog::Catalog;
/// use dr_core::evaluate::evaluate;
/// use dr_core::plan::Plan;
/// use dr_core::report::decision::decision_record;
///
/// let (plan, catalog) = (Plan { name: "Shop".to_owned(), ..Plan::default() }, Catalog::bundled()?);
/// let record = decision_record(&plan, &catalog, &evaluate(&plan, &catalog));
/// assert!(record.starts_with("# Decision record: Shop"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn decision_record(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> String {
    decision_document(Subject { plan, catalog, evaluation }).markdown()
}

/// The same as a document.
#[must_use]
pub fn decision_document(subject: Subject) -> Document {
    let Subject { plan, catalog, evaluation } = subject;
    let status = format!(
        "Status: proposed. Plan of {} months from {}; prices and rules as of {}.",
        plan.horizon.months,
        plan.horizon.start,
        catalog.as_of()
    );
    let comparison = &evaluation.comparison;
    let told = comparison.recommended().map_or_else(|| comparison.open.clone(), |chosen| vec![chosen]);
    let mut sections = vec![context(subject), options(subject), decision(subject)];
    sections.extend(told.iter().map(|topology| consequences(evaluation, *topology)));
    if !told.is_empty() {
        let of = |topology| Objective::ALL.map(|objective| explain(objective, topology, plan, catalog, evaluation));
        let figures: Vec<Explanation> = told.iter().flat_map(|topology| of(*topology)).collect();
        sections.push(assumptions(plan, &figures));
    }
    let sources = sources(&sections, catalog);
    if !sources.blocks.is_empty() {
        sections.push(sources);
    }
    Document { title: format!("Decision record: {}", plan.name), opening: vec![Block::paragraph(status)], sections }
}

fn context(subject: Subject) -> Section {
    let Subject { plan, catalog, evaluation } = subject;
    let demand = &evaluation.demand;
    let growth = format::percent(plan.workload.growth_per_year);
    let unknown = |figure, said: String| if plan.is_open(figure) { format!("not known; {said} taken") } else { said };
    let writes = format!("{}, reads {}", format::ops(demand.writes), format::ops(demand.reads));
    let connections = format::count(f64::from(plan.workload.connections));
    let connections = plan
        .is_open(LoadFigure::Connections)
        .then(|| format!("Connections: {}.", unknown(LoadFigure::Connections, connections)));
    let load = [
        format!("Data: {}, growing {growth} a year.", unknown(LoadFigure::Data, format::bytes(plan.workload.dataset))),
        format!(
            "Writes {}, mean over the day; replication stream {}.",
            unknown(LoadFigure::Operations, writes),
            format::rate(demand.stream)
        ),
    ];
    let regions = plan.regions.iter().enumerate().map(|(at, share)| {
        format!(
            "{}: {} of the users, {} of the writes.",
            plan.place_name(at, catalog),
            format::percent(share.users),
            format::percent(share.writes)
        )
    });
    let printed =
        plan.story.printed.iter().map(|fact| format!("Published ({}), {}: {}.", fact.source, fact.what, fact.outcome));
    let prices = catalog.currency();
    let other_currency = plan.amounts_do_not_count(prices).then(|| amounts_do_not_count(plan, prices));
    Section::new("context", "Context", plan.story.summary.as_str())
        .with(Block::paragraph(plan.story.changed.as_str()))
        .with(Block::list(load.into_iter().chain(connections).chain(regions).chain(printed).chain(other_currency)))
}

fn options(subject: Subject) -> Section {
    let Subject { catalog, evaluation, .. } = subject;
    let answers = Topology::ALL.map(|topology| evaluation.of(topology));
    let names = Topology::ALL.map(|topology| Column::text(Text::styled(topology.name(), Style::Of(topology))));
    let mut rows =
        vec![row("Design", answers.map(|it| design_words(catalog, it) + words::by_load(evaluation, it.topology)))];
    for (index, objective) in Objective::ALL.into_iter().enumerate() {
        let figure = |answer: &TopologyAnswer| {
            let waits = evaluation.comparison.waits(answer.topology).filter(|_| objective == Objective::Cost);
            answer.verdicts.get(index).map_or_else(String::new, |it| verdict_words(it, answer, waits))
        };
        let paid = if objective == Objective::Cost {
            format!(", {}", paid_by(subject.plan.pricing.reservation))
        } else {
            String::new()
        };
        rows.push(row(&format!("{}{paid}", objective.heading()), answers.map(figure)));
    }
    rows.push(row("Force-unlink", answers.map(deadline_words)));
    let count = |topology, severity: Severity| {
        let found = evaluation.findings.iter().filter(|it| it.topology == topology && it.severity == severity);
        severity.counted(found.count())
    };
    let found = Topology::ALL.map(|it| [count(it, Severity::Block), count(it, Severity::Warn)].join(", "));
    rows.push(row("Findings", found));
    Section::new("options", "Options", "").with(Block::Table(Table {
        id: "options",
        name: "The three topologies".to_owned(),
        columns: std::iter::once(Column::names("")).chain(names).collect(),
        rows,
    }))
}

/// Only a group has a member to force-unlink.
pub(super) fn deadline_words(answer: &TopologyAnswer) -> String {
    match &answer.runway {
        Runway::Fills(filling) => [act_by_inside(&filling.deadline), other_deadlines(&filling.deadline)].concat(),
        _ => format::NONE.to_owned(),
    }
}

fn row(name: &str, values: [String; 3]) -> Row {
    Row::of([name.to_owned()].into_iter().chain(values))
}

pub(super) fn design_words(catalog: &Catalog, answer: &TopologyAnswer) -> String {
    if !answer.design.possible {
        return "not possible".to_owned();
    }
    let cache = |cache: &crate::model::fit::Cache| {
        let premium = catalog.sku(&cache.sku).is_some_and(|sku| !sku.family.is_managed_redis());
        let shards = if premium && cache.shards > 1 { format!(" × {} shards", cache.shards) } else { String::new() };
        format!("{}{shards} in {}", cache.sku.short(), catalog.region_name(&cache.region))
    };
    answer.design.caches.iter().map(cache).collect::<Vec<_>>().join(", ")
}

/// A figure against its target. Of a recovery point what can be shown leads, and the model's figure follows: "≤ 60 s by metrics ✓ meets
/// 5 min; modelled 27 ms, at most 1 h 2 min".
/// Of the cost of a design that waits "$1,240 (C5) until 2028-09-30, then $1,931 (M50) ✓ meets $2,500".
fn verdict_words(verdict: &Verdict, answer: &TopologyAnswer, waits: Option<&Waits>) -> String {
    if !answer.design.possible {
        return NONE.to_owned();
    }
    let words = |figure| figure_words(figure, answer.bill.currency);
    let figure = waits.map_or_else(|| words(verdict.figure), |it| it.short(answer.bill.currency));
    let target = verdict.target.map(words).unwrap_or_default();
    let leads =
        verdict.objective == Objective::Rpo && verdict.figure != Figure::None && answer.rpo.shown() != Shown::Itself;
    if leads {
        let most = answer.rpo.max.map_or_else(String::new, |most| format!(", at most {}", format::duration(most)));
        let (shown, modelled) = (words::shown(&answer.rpo), format!("modelled {figure}{most}"));
        return match verdict.met {
            Some(true) if verdict.shown => format!("{shown} ✓ meets {target}; {modelled}"),
            Some(true) => format!("{shown}; {modelled}, inside {target} in the model alone"),
            Some(false) => format!("{shown}; {modelled} ✕ misses {target}"),
            None => format!("{shown}; {modelled}"),
        };
    }
    let said = match verdict.met {
        Some(true) => format!("{figure} ✓ meets {target}"),
        Some(false) => format!("{figure} ✕ misses {target}"),
        None if verdict.target.is_some() => format!("{figure}, not known against {target}"),
        None => figure,
    };
    with_why(said, verdict)
}

/// A sum that lacks a price, with what it lacks; a month inside the budget, with those that are not.
fn with_why(said: String, verdict: &Verdict) -> String {
    let why = verdict.caveats.iter().find_map(|caveat| match caveat {
        Caveat::Incomplete(total, _) => total.why(),
        Caveat::OverLater { over, of, dearest, currency, .. } => {
            Some(format!("in {over} of {of} months, at most {}", format::money(*dearest, *currency)))
        }
        Caveat::MeasuredAtFewer(writes) => Some(format!("measured {}", fewer(*writes))),
        _ => None,
    });
    match why {
        Some(why) => format!("{said}: {why}"),
        None => said,
    }
}

fn decision(subject: Subject) -> Section {
    let comparison = &subject.evaluation.comparison;
    let edge = write_flip(subject.plan, subject.catalog).map(|edge| edge_words(&edge));
    let open = open_words(subject.evaluation, comparison.recommended());
    let searched = searched(subject);
    let tipping = comparison.choice.and_then(|_| tipping_point(comparison));
    let more = [deadline(comparison), tipping, edge, open];
    let section = Section::new("decision", "Decision", sentence(comparison));
    let term = format!(
        "Costs of the plan's designs here are {}, as the plan pays; the search tries every term.",
        paid_by(subject.plan.pricing.reservation)
    );
    let section = section.with(Block::paragraph(term));
    let section = searched.map(Block::Paragraph).into_iter().fold(section, Section::with);
    let doubts = price_doubt::sentences(comparison);
    let why = super::why::texts(subject);
    let section = more.into_iter().flatten().chain(doubts).map(Block::paragraph).fold(section, Section::with);
    if why.is_empty() { section } else { section.with(Block::list(why)) }
}

fn consequences(evaluation: &Evaluation, chosen: Topology) -> Section {
    let word = |severity| match severity {
        Severity::Block => Text::styled("Blocker", Style::Strong),
        Severity::Warn => "Warning".into(),
        Severity::Info => "Note".into(),
    };
    let mine = evaluation.findings.iter().filter(|finding| finding.topology == chosen);
    let items = mine.map(|finding| {
        let parts = [finding.sentence.as_str(), &finding.remedy].join(" ");
        word(finding.severity).then(format!(" {}: {} ({})", finding.id, parts.trim_end(), finding.source))
    });
    let id = match chosen {
        Topology::Rebuild => "consequences-rebuild",
        Topology::Passive => "consequences-passive",
        Topology::Active => "consequences-active",
    };
    Section::new(id, format!("Consequences of the {}", chosen.name().to_ascii_lowercase()), "").with(Block::list(items))
}

fn assumptions(plan: &Plan, figures: &[Explanation]) -> Section {
    let mut items: Vec<String> = plan.story.assumed.clone();
    let assumed = figures.iter().flat_map(|it| &it.inputs).filter(|(_, _, origin)| origin.starts_with("assumption"));
    for (name, value, origin) in assumed {
        let item = format!("{name}: {value} ({origin})");
        if !items.contains(&item) {
            items.push(item);
        }
    }
    Section::new("assumptions", "Assumptions", "").with(Block::list(items))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use crate::evaluate::evaluate;
    use crate::report::markdown::tests::{HOSTILE, assert_reads};

    /// Everything that the record says, as a reader of its Markdown sees it.
    fn told(plan: &Plan) -> String {
        let catalog = Catalog::bundled().expect("the bundled catalogue");
        let evaluation = evaluate(plan, &catalog);
        format!("{:?}", decision_document(Subject { plan, catalog: &catalog, evaluation: &evaluation }).blocks())
    }

    fn record(plan: &Plan) -> String {
        let catalog = Catalog::bundled().expect("the bundled catalogue");
        decision_record(plan, &catalog, &evaluate(plan, &catalog))
    }

    /// The figures of the options are those of the evaluation, and nothing in the record says otherwise.
    #[test]
    fn options_have_the_figures_of_the_verdicts() {
        let plan = Plan::default();
        let catalog = Catalog::bundled().expect("the bundled catalogue");
        let evaluation = evaluate(&plan, &catalog);
        let text = told(&plan);
        for topology in Topology::ALL {
            for verdict in &evaluation.of(topology).verdicts {
                let words = format!("{:?}", verdict_words(verdict, evaluation.of(topology), None));
                assert!(text.contains(&words), "{verdict:?}");
            }
        }
        for finding in evaluation.findings.iter().filter(|it| Some(it.topology) == evaluation.comparison.choice) {
            let sentence = format!("{:?}", finding.sentence);
            assert!(text.contains(sentence.trim_matches('"')), "{}", finding.id);
        }
    }

    /// F19: the record leads with what can be shown, 60 s for a pair (M1) and nothing for a group (M2), as the cards and the search do; the
    /// modelled lag stands beside it, and a target finer than what is shown has no tick.
    #[test]
    fn what_can_be_shown_of_a_recovery_point_leads() {
        let catalog = Catalog::bundled().expect("the bundled catalogue");
        let cell = |target: f64, topology: Topology| {
            let mut plan = Plan::default();
            plan.objectives.rpo = Some(crate::units::Secs::secs(target));
            let answer = evaluate(&plan, &catalog).of(topology).clone();
            verdict_words(&answer.verdicts[1], &answer, None).replace('\u{a0}', " ")
        };
        let pair = cell(300.0, Topology::Passive);
        assert!(pair.starts_with("≤ 60 s by metrics ✓ meets 5 min; modelled "), "{pair}");
        let finer = cell(30.0, Topology::Passive);
        assert!(finer.starts_with("≤ 60 s by metrics; modelled ") && !finer.contains('✓'), "{finer}");
        let group = cell(300.0, Topology::Active);
        assert!(group.starts_with("not observable without a heartbeat; modelled "), "{group}");
        assert!(group.contains(", at most ") && !group.contains('✓'), "{group}");
        assert!(
            cell(300.0, Topology::Rebuild).starts_with("none") || !cell(300.0, Topology::Rebuild).contains("modelled")
        );
    }

    /// Amounts in another currency than the prices are left out of the targets and the bills: the record, the search and the horizon say so.
    #[test]
    fn amounts_that_do_not_count_are_named() {
        let catalog = Catalog::bundled().expect("the bundled catalogue");
        let mut plan = Plan::default();
        plan.objectives.budget = Some(crate::units::Money::whole(5_000));
        let said = |plan: &Plan| {
            let evaluation = evaluate(plan, &catalog);
            let subject = Subject { plan, catalog: &catalog, evaluation: &evaluation };
            let sections = super::super::views::cost::searched(subject);
            let search = Document { title: String::new(), opening: Vec::new(), sections }.plain();
            let months = super::super::document::plain("", &[super::super::views::cost::months(subject)]);
            [record(plan), search, months].map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        assert!(said(&plan).iter().all(|it| !it.contains("do not count")));
        plan.pricing.currency = crate::units::Currency::new("EUR").expect("a currency");
        for text in said(&plan) {
            let says = "Prices are in USD; this plan’s own amounts (budget) are in EUR and do not count. Nothing is converted.";
            assert!(text.contains(says), "{text}");
        }
    }

    /// A design that is not possible has no figure, and misses nothing by it.
    #[test]
    fn a_design_that_is_not_possible_has_dashes() {
        let mut plan = Plan::default();
        plan.regions.truncate(1);
        let catalog = Catalog::bundled().expect("the bundled catalogue");
        let pair = &evaluate(&plan, &catalog).passive;
        assert!(!pair.design.possible);
        assert!(pair.verdicts.iter().all(|it| verdict_words(it, pair, None) == "–"));
    }

    /// The search tries every term and the record has the plan's: both say which, beside the figures.
    #[test]
    fn the_term_stands_beside_the_costs() {
        let mut plan = Plan::default();
        assert!(record(&plan).contains("Cost a month, as planned, paid as used"), "{}", record(&plan));
        plan.pricing.reservation = Some(crate::plan::ReservationTerm::ThreeYears);
        let text = record(&plan);
        for said in
            ["Cost a month, as planned, reserved for 3 years", "here are reserved for 3 years, as the plan pays"]
        {
            assert!(text.replace('\u{a0}', " ").contains(said), "{text}");
        }
    }

    #[test]
    fn a_plan_without_any_way_still_has_a_record() {
        let mut plan = Plan { name: "<b>#|*".to_owned(), ..Plan::default() };
        plan.regions.clear();
        let text = record(&plan);
        assert!(text.starts_with("# Decision record: &lt;b>\\#\\|\\*\n"), "{text}");
        assert!(text.contains("not possible"));
    }

    /// B2: whatever a person wrote, the record has exactly its own blocks.
    #[test]
    fn hostile_texts_stay_texts() {
        let catalog = Catalog::bundled().expect("the bundled catalogue");
        let tilde = include_str!("../../../tests/fixtures/hostile/tilde-summary.json");
        let tilde = serde_json::from_str::<serde_json::Value>(tilde).expect("JSON")["story"]["summary"].to_string();
        for text in HOSTILE.iter().copied().chain([tilde.trim_matches('"')]) {
            let mut plan = Plan { name: text.to_owned(), ..Plan::default() };
            plan.regions[0].region = crate::catalog::RegionId::new(text);
            plan.active.sku = Some(crate::catalog::SkuId::new(text));
            plan.story.summary = text.to_owned();
            plan.story.assumed = vec![text.to_owned(), text.to_owned()];
            let evaluation = evaluate(&plan, &catalog);
            let document = decision_document(Subject { plan: &plan, catalog: &catalog, evaluation: &evaluation });
            assert_reads(&record(&plan), &document.blocks());
        }
    }
}
