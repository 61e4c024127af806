//! Every view opens with one sentence and one chart, and folds the rest.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use dr_core::evaluate::evaluate;
use dr_core::plan::Plan;
use dr_core::report::document::{Block, Section, is_one_sentence};
use dr_core::report::views::{Subject, VIEWS};
use dr_tests::{CATALOG, presets};

/// Views without a chart, each with the reason.
const WITHOUT_CHART: [(&str, &str); 7] = [
    ("overview", "cards and a comparison are its picture"),
    ("cost-prices", "a list of prices, most of them unchanged"),
    ("outage-ways", "eight consequences in eight units"),
    ("outage-events", "three unlike events"),
    ("outage-calibration", "a form until a drill is fitted"),
    ("rules", "findings are sentences"),
    ("rules-", "lists and the glossary"),
];
/// The verdict of the overview stands above all views: its sentences may be several.
const SEVERAL_SENTENCES: &str = "overview";
/// Views that take seconds for a plan: looked at for the first preset and the new plan.
const SLOW: [&str; 4] = ["cost-break-even", "cost-moves", "recovery-moves", "outage-decide"];
/// Words outside folds, beside the opening sentence, charts and tables.
const MOST_WORDS: usize = 60;

fn without_chart(id: &str) -> bool {
    WITHOUT_CHART.iter().any(|(known, _)| id == *known || known.ends_with('-') && id.starts_with(known))
}

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
    let nothing_to_draw = without_chart(id) || found.tables == 0 && found.charts == 0;
    fault(found.charts <= 1 && (found.charts == 0 || chart), format!("{} charts open", found.charts));
    fault(chart || nothing_to_draw, "no chart first".to_owned());
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

/// A view that no longer stands needs no exception.
#[test]
fn every_exception_is_a_view() {
    for (id, why) in WITHOUT_CHART {
        assert!(!why.is_empty() && VIEWS.iter().any(|view| view.id == id || view.id.starts_with(id)), "{id}");
    }
}
