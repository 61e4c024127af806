//! The decision record (ADR) as Markdown: context, options, decision, consequences, assumptions, sources.

use super::explain::{Explanation, explain, figure_words};
use super::format;
use super::markdown::{inline, push, row};
use crate::catalog::{Catalog, Severity};
use crate::evaluate::Evaluation;
use crate::explore::break_even::write_flip;
use crate::model::comparison::{Figure, Objective, Verdict};
use crate::model::{Topology, TopologyAnswer};
use crate::plan::Plan;
use crate::units::Currency;

/// The decision record of a plan, ready to be filed beside other architecture decisions.
///
/// Consequences are the findings of the choice, or of the nearest topology where none meets every target; assumptions and
/// sources are those that its five figures and findings stand on.
#[must_use]
pub fn decision_record(plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) -> String {
    let mut text = String::new();
    push(&mut text, &format!("# Decision record: {}", inline(&plan.name)));
    push(
        &mut text,
        &format!(
            "Status: proposed. Plan of {} months from {}; prices and rules as of {}.",
            plan.horizon.months,
            plan.horizon.start,
            catalog.as_of()
        ),
    );
    context(&mut text, plan, catalog, evaluation);
    options(&mut text, catalog, evaluation);
    decision(&mut text, plan, catalog, evaluation);
    let comparison = &evaluation.comparison;
    if let Some(chosen) = comparison.choice.or(comparison.nearest) {
        consequences(&mut text, evaluation, chosen);
        let figures = Objective::ALL.map(|objective| explain(objective, chosen, plan, catalog, evaluation));
        assumptions(&mut text, plan, &figures);
        sources(&mut text, catalog, evaluation, chosen, &figures);
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn bullets(text: &mut String, items: impl IntoIterator<Item = String>) {
    let items: Vec<String> = items.into_iter().map(|item| format!("- {item}")).collect();
    push(text, &items.join("\n"));
}

fn context(text: &mut String, plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) {
    push(text, "## Context");
    push(text, &inline(&plan.story.summary));
    let demand = &evaluation.demand;
    let growth = format::percent(plan.workload.growth_per_year);
    let load = [
        format!("Data: {}, growing {growth} a year.", format::bytes(plan.workload.dataset)),
        format!(
            "Writes {}, reads {}, mean over the day; replication stream {}.",
            format::ops(demand.writes),
            format::ops(demand.reads),
            format::rate(demand.stream)
        ),
    ];
    let regions = plan.regions.iter().enumerate().map(|(at, share)| {
        format!(
            "{}: {} of the users, {} of the writes.",
            inline(&plan.place_name(at, catalog)),
            format::percent(share.users),
            format::percent(share.writes)
        )
    });
    let printed = plan.story.printed.iter().map(|fact| {
        format!("Published ({}), {}: {}.", inline(&fact.source), inline(&fact.what), inline(&fact.outcome))
    });
    bullets(text, load.into_iter().chain(regions).chain(printed));
}

fn options(text: &mut String, catalog: &Catalog, evaluation: &Evaluation) {
    push(text, "## Options");
    let answers = Topology::ALL.map(|topology| evaluation.of(topology));
    let mut rows = vec![
        cells("", answers.map(|answer| answer.topology.name().to_owned())),
        "|---|---|---|---|\n".to_owned(),
        cells("Design", answers.map(|answer| design_words(catalog, answer))),
    ];
    for (index, name) in ["Cost a month", "RPO P95", "RTO P95", "Runway", "Worst write"].into_iter().enumerate() {
        let figure = |answer: &TopologyAnswer| {
            answer.verdicts.get(index).map_or_else(String::new, |it| verdict_words(it, answer.bill.currency))
        };
        rows.push(cells(name, answers.map(figure)));
    }
    let count = |topology, severity| {
        evaluation.findings.iter().filter(|it| it.topology == topology && it.severity == severity).count()
    };
    let found =
        Topology::ALL.map(|it| format!("{} block, {} warn", count(it, Severity::Block), count(it, Severity::Warn)));
    rows.push(cells("Findings", found));
    push(text, rows.concat().trim_end());
}

fn cells(name: &str, values: [String; 3]) -> String {
    let [a, b, c] = values;
    row(&[name.to_owned(), a, b, c])
}

fn design_words(catalog: &Catalog, answer: &TopologyAnswer) -> String {
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

fn verdict_words(verdict: &Verdict, currency: Currency) -> String {
    let figure = figure_words(verdict.figure, currency);
    let target = verdict.target.map(|target| figure_words(target, currency)).unwrap_or_default();
    let said = match verdict.met {
        Some(true) => format!("{figure} ✓ meets {target}"),
        Some(false) => format!("{figure} ✕ misses {target}"),
        None if verdict.target.is_some() => format!("{figure}, not known against {target}"),
        None => figure,
    };
    with_why(said, verdict)
}

/// A sum that lacks a price, with what it lacks.
fn with_why(said: String, verdict: &Verdict) -> String {
    let lacking = matches!(verdict.figure, Figure::AtLeast(_));
    // The caveat is the sum with what it lacks: "≥ $2,663: M50 in West Europe has no price."
    match verdict.caveat.split_once(": ").filter(|_| lacking) {
        Some((_, why)) => format!("{said}: {}", why.trim_end_matches('.')),
        None => said,
    }
}

fn decision(text: &mut String, plan: &Plan, catalog: &Catalog, evaluation: &Evaluation) {
    push(text, "## Decision");
    let comparison = &evaluation.comparison;
    let sentence: String = comparison
        .sentence
        .iter()
        .map(|span| if span.strong { format!("**{}**", inline(&span.text)) } else { inline(&span.text) })
        .collect();
    push(text, &sentence);
    push(text, &comparison.flip.as_deref().map(inline).unwrap_or_default());
    push(text, &write_flip(plan, catalog).map(|edge| inline(&edge.words())).unwrap_or_default());
}

fn consequences(text: &mut String, evaluation: &Evaluation, chosen: Topology) {
    push(text, &format!("## Consequences of the {}", chosen.name().to_ascii_lowercase()));
    let word = |severity| match severity {
        Severity::Block => "**Block**",
        Severity::Warn => "Warn",
        Severity::Info => "Info",
    };
    let mine = evaluation.findings.iter().filter(|finding| finding.topology == chosen);
    bullets(
        text,
        mine.map(|finding| {
            let parts = [inline(&finding.sentence), inline(&finding.remedy)].join(" ");
            format!("{} {}: {} ({})", word(finding.severity), finding.id, parts.trim_end(), inline(&finding.source))
        }),
    );
}

fn assumptions(text: &mut String, plan: &Plan, figures: &[Explanation]) {
    push(text, "## Assumptions");
    let mut items: Vec<String> = plan.story.assumed.iter().map(|item| inline(item)).collect();
    let assumed = figures.iter().flat_map(|it| &it.inputs).filter(|(_, _, origin)| origin.starts_with("assumption"));
    for (name, value, origin) in assumed {
        let item = format!("{}: {} ({})", inline(name), inline(value), inline(origin));
        if !items.contains(&item) {
            items.push(item);
        }
    }
    bullets(text, items);
}

/// The tags of the catalogue's sources that stand in findings and inputs of the chosen topology.
fn sources(text: &mut String, catalog: &Catalog, evaluation: &Evaluation, chosen: Topology, figures: &[Explanation]) {
    push(text, "## Sources");
    let found = evaluation.findings.iter().filter(|finding| finding.topology == chosen).map(|it| it.source.as_str());
    let inputs = figures.iter().flat_map(|it| &it.inputs).map(|(_, _, origin)| origin.as_str());
    let cited: Vec<&str> =
        found.chain(inputs).flat_map(|tags| tags.split(|c: char| !c.is_ascii_alphanumeric())).collect();
    let known = catalog.sources().iter().filter(|source| cited.contains(&source.tag.as_str()));
    bullets(text, known.map(|source| format!("{}: {}", source.tag, inline(&source.text))));
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use crate::codec;
    use crate::evaluate::evaluate;

    fn record(plan: &Plan) -> String {
        let catalog = Catalog::bundled().expect("the bundled catalogue");
        decision_record(plan, &catalog, &evaluate(plan, &catalog))
    }

    #[test]
    fn enrolment_decided() {
        let text = include_str!("../../../public/plans/enrolment.json");
        let plan = codec::from_json(text).expect("a plan file");
        insta::assert_snapshot!(record(&plan).replace('\u{a0}', " "));
    }

    /// The figures of the options are those of the evaluation, and nothing in the record says otherwise.
    #[test]
    fn options_have_the_figures_of_the_verdicts() {
        let plan = Plan::default();
        let catalog = Catalog::bundled().expect("the bundled catalogue");
        let evaluation = evaluate(&plan, &catalog);
        let text = record(&plan);
        for topology in Topology::ALL {
            for verdict in &evaluation.of(topology).verdicts {
                assert!(text.contains(&verdict_words(verdict, Currency::USD)), "{verdict:?}");
            }
        }
        for finding in evaluation.findings.iter().filter(|it| Some(it.topology) == evaluation.comparison.choice) {
            assert!(text.contains(&inline(&finding.sentence)), "{}", finding.id);
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
}
