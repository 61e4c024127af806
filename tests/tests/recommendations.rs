//! The recommendation of every plan that ships, as a person reads it.
#![allow(clippy::unwrap_used)]

use dr_core::catalog::Catalog;
use dr_core::evaluate::{Evaluation, evaluate};
use dr_core::model::Topology;
use dr_core::plan::Plan;
use std::fmt::Write as _;

fn told(name: &str, evaluation: &Evaluation) -> String {
    let comparison = &evaluation.comparison;
    let mark = |span: &dr_core::model::comparison::Span| {
        if span.strong { format!("**{}**", span.text) } else { span.text.clone() }
    };
    let mut text = format!("{name}\n  {}\n", comparison.sentence.iter().map(mark).collect::<String>());
    if let Some(flip) = &comparison.flip {
        let _ = writeln!(text, "  {flip}");
    }
    for topology in Topology::ALL {
        let verdicts = evaluation.of(topology).verdicts.iter().map(|verdict| match verdict.met {
            Some(true) => format!("{} ✓", verdict.objective.name()),
            Some(false) => format!("{} ✕", verdict.objective.name()),
            None => format!("{} –", verdict.objective.name()),
        });
        let _ = writeln!(text, "  {:<13}{}", topology.name(), verdicts.collect::<Vec<_>>().join("  "));
    }
    text.replace('\u{a0}', " ")
}

#[test]
fn of_the_new_plan_the_presets_and_the_worked_examples() {
    let catalog = Catalog::bundled().unwrap();
    let plans = [("new plan".to_owned(), Plan::default())].into_iter();
    let plans = plans.chain(dr_tests::presets()).chain(dr_tests::fixtures());
    let told: Vec<String> = plans.map(|(name, plan)| told(&name, &evaluate(&plan, &catalog))).collect();
    insta::assert_snapshot!(told.join("\n"));
}
