//! Every view opens with one sentence and one chart, and folds the rest.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use dr_core::evaluate::evaluate;
use dr_core::plan::Plan;
use dr_core::report::document::{Block, Section, is_one_sentence};
use dr_core::report::views::{Subject, VIEWS, view};
use dr_tests::{CATALOG, presets};

/// Views without a chart, each with the reason. A view that is its sentence alone, as the prices without a sheet, needs none.
const WITHOUT_CHART: [(&str, &str); 4] = [
    ("outage-ways", "eight consequences in eight units"),
    ("rules", "findings are sentences"),
    ("rules-open", "a list of questions"),
    ("rules-all", "a list of rules"),
];
/// The verdict of the overview stands above all views: its sentences may be several.
const SEVERAL_SENTENCES: &str = "overview";
/// Views that take seconds for a plan: looked at for the first preset and the new plan.
const SLOW: [&str; 4] = ["cost-break-even", "cost-bands", "recovery-moves", "outage-decide"];
/// Words outside folds, beside the opening sentence, charts and tables.
const MOST_WORDS: usize = 60;

/// What stands open in a section: charts; tables, logs and entries; other words.
#[derive(Debug, Default, PartialEq)]
struct Open {
    charts: usize,
    tables: usize,
    words: usize,
}

fn open(blocks: &[Block], found: &mut Open) {
    for block in blocks {
        let words = |text: String| text.split_whitespace().count();
        match block {
            Block::Figure(_) => found.charts += 1,
            Block::Table(_) | Block::Log(_) | Block::Entries(_) | Block::Facts(_) | Block::Steps(_) => {
                found.tables += 1;
            }
            Block::Details { open: true, blocks, .. } => open(blocks, found),
            Block::Details { .. } | Block::Commands(_) | Block::PowerShell(_) => {}
            Block::Heading(text) | Block::Paragraph(text) | Block::Remark(text) => found.words += words(text.words()),
            Block::List(lines) => found.words += lines.iter().map(|line| words(line.words())).sum::<usize>(),
        }
    }
}

/// A table, a list of entries or facts stands open, and no chart before it.
fn lacks_chart(sections: &[Section]) -> bool {
    let Some(first) = sections.first() else { return false };
    let mut found = Open::default();
    open(&first.blocks, &mut found);
    let chart = first.blocks.first().is_some_and(|block| matches!(block, Block::Figure(_)));
    !chart && found.tables + found.charts > 0
}

fn held(name: &str, id: &str, sections: &[Section]) -> Vec<String> {
    let Some(first) = sections.first() else { return Vec::new() };
    let mut faults = Vec::new();
    let mut fault = |holds: bool, what: String| {
        if !holds {
            faults.push(format!("{id} of {name}: {what}"));
        }
    };
    let one = if id == SEVERAL_SENTENCES { !first.says.is_blank() } else { is_one_sentence(&first.says) };
    fault(one, format!("opens with “{}”", first.says.words()));
    let mut found = Open::default();
    open(&first.blocks, &mut found);
    let chart = first.blocks.first().is_some_and(|block| matches!(block, Block::Figure(_)));
    fault(found.charts <= 1 && (found.charts == 0 || chart), format!("{} charts open", found.charts));
    fault(!lacks_chart(sections) || WITHOUT_CHART.iter().any(|(known, _)| *known == id), "no chart first".to_owned());
    fault(found.tables <= 1, format!("{} tables open", found.tables));
    fault(found.words <= MOST_WORDS, format!("{} words beside the opening", found.words));
    faults
}

/// The opening of every view of every preset and of a new plan. A view without a chart, table or list is its sentence. Further sections of a view are folded by the page
/// (`app/src/document`: `the_rest_of_a_view_is_folded`).
#[test]
fn every_view_opens_with_one_sentence_and_one_chart() {
    let plans: Vec<(String, Plan)> =
        presets().into_iter().chain([("a new plan".to_owned(), Plan::default())]).collect();
    let faults: Vec<String> = std::thread::scope(|scope| {
        let runs: Vec<_> = plans
            .iter()
            .enumerate()
            .map(|(at, (name, plan))| {
                let whole = at == 0 || at == plans.len() - 1;
                scope.spawn(move || {
                    let evaluation = evaluate(plan, &CATALOG);
                    let subject = Subject { plan, catalog: &CATALOG, evaluation: &evaluation };
                    let views = VIEWS.iter().filter(|view| whole || !SLOW.contains(&view.id));
                    views.flat_map(|view| held(name, view.id, &(view.sections)(subject))).collect::<Vec<_>>()
                })
            })
            .collect();
        runs.into_iter().flat_map(|run| run.join().expect("a view")).collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// An exception that no plan needs any more would hide a chart that is lost.
#[test]
fn every_exception_is_needed() {
    let plans: Vec<Plan> = presets().into_iter().map(|(_, plan)| plan).chain([Plan::default()]).collect();
    let is_needed = |id: &str| {
        let view = view(id).unwrap_or_else(|| panic!("no view {id}"));
        plans.iter().any(|plan| {
            let evaluation = evaluate(plan, &CATALOG);
            lacks_chart(&(view.sections)(Subject { plan, catalog: &CATALOG, evaluation: &evaluation }))
        })
    };
    let idle: Vec<&str> = WITHOUT_CHART.iter().map(|(id, _)| *id).filter(|id| !is_needed(id)).collect();
    assert!(idle.is_empty(), "these open with a chart, or with their sentence alone: {idle:?}");
}
