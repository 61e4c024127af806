//! Where a figure comes from: formula, inputs, source and date, made on demand.
//!
//! Everything is read from the evaluation, so that an explanation never says another figure than the card beside it.

mod cost;
mod latency;
mod rpo;
mod rto;
mod runway;

pub use rto::step_origin;
#[cfg(test)]
mod tests;

use super::document::{Block, Column, Row, Section, Style, Table, Text};
use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::model::verdict::{Figure, Objective};
use crate::model::{Topology, TopologyAnswer};
use crate::plan::{Plan, field, range_field};
use crate::units::Currency;
use crate::units::format;

/// How one figure was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The figure in words: "RPO P95 of the passive pair is 38 s".
    pub title: String,
    /// Number of the model formula: "M-04".
    pub model: &'static str,
    /// The formula in symbols or words, with this plan's figures filled in.
    pub formula: Vec<String>,
    /// Inputs: name, value, where it comes from ("your input", "assumption", "S1, 2024-11-15").
    pub inputs: Vec<(String, String, String)>,
    /// What the figure leaves out or must not be read as.
    pub caveats: Vec<String>,
}

impl Explanation {
    /// The explanation as a section: what the figure is, how it is made from which inputs, what it leaves out.
    #[must_use]
    pub fn section(&self) -> Section {
        let formula = self.formula.iter().map(|line| Text::styled(line.as_str(), Style::Code));
        let row = |(name, value, origin): &(String, String, String)| {
            Row::of([Text::from(name.as_str()), value.as_str().into(), Text::styled(origin.as_str(), Style::Quiet)])
        };
        let inputs = Table {
            id: "explanation",
            name: self.title.clone(),
            columns: vec![Column::text("Input"), Column::figures("Value"), Column::text("From")],
            rows: self.inputs.iter().map(row).collect(),
        };
        let limits = if self.caveats.is_empty() { Text::default() } else { "Limits of the figure".into() };
        Section::new("explanation", self.title.as_str(), format!("Formula {}.", self.model))
            .with(Block::list(formula))
            .with(Block::Table(inputs))
            .with(Block::Heading(limits))
            .with(Block::list(self.caveats.iter().map(String::as_str)))
    }
}

/// What an explanation is written from and into.
struct Draft<'a> {
    plan: &'a Plan,
    /// A plan as nobody has touched it: what differs from it is the user's.
    untouched: Plan,
    catalog: &'a Catalog,
    evaluation: &'a Evaluation,
    answer: &'a TopologyAnswer,
    formula: Vec<String>,
    inputs: Vec<(String, String, String)>,
    caveats: Vec<String>,
}

impl Draft<'_> {
    fn line(&mut self, line: String) {
        self.formula.push(line);
    }

    fn input(&mut self, name: impl Into<String>, value: String, origin: impl Into<String>) {
        self.inputs.push((name.into(), value, origin.into()));
    }

    /// A field of the plan, by the label of its input; `origin` names where a value comes from that nobody has changed.
    fn setting<T: PartialEq>(
        &mut self,
        path: &str,
        show: impl Fn(&T) -> String,
        of: impl Fn(&Plan) -> T,
        origin: &str,
    ) {
        self.setting_named(label(path), show, of, origin);
    }

    /// The same of a figure that has no label of its own: an end of a range.
    fn setting_named<T: PartialEq>(
        &mut self,
        name: &str,
        show: impl Fn(&T) -> String,
        of: impl Fn(&Plan) -> T,
        origin: &str,
    ) {
        let (value, untouched) = (of(self.plan), of(&self.untouched));
        let origin = if value == untouched { origin } else { "your input" };
        self.inputs.push((name.to_owned(), show(&value), origin.to_owned()));
    }

    fn caveat(&mut self, caveat: impl Into<String>) {
        let caveat = caveat.into();
        if !caveat.is_empty() && !self.caveats.contains(&caveat) {
            self.caveats.push(caveat);
        }
    }
}

/// What the input of a field is called.
fn label(path: &str) -> &str {
    field(path).map(|it| it.label).or_else(|| range_field(path).map(|it| it.label)).unwrap_or(path)
}

/// Explains the headline figure of one objective for one topology.
///
/// A topology that is not possible has no formula: the caveats say why.
///
/// # Examples
///
/// ```
/// use dr_core::catalog::Catalog;
/// use dr_core::evaluate::evaluate;
/// use dr_core::model::Topology;
/// use dr_core::model::verdict::Objective;
/// use dr_core::plan::Plan;
/// use dr_core::report::document::markdown;
/// use dr_core::report::explain::explain;
///
/// let (plan, catalog) = (Plan::default(), Catalog::bundled()?);
/// let evaluation = evaluate(&plan, &catalog);
/// let why = explain(Objective::Rto, Topology::Passive, &plan, &catalog, &evaluation);
/// assert!(markdown("", &[why.section()]).contains("P95"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn explain(
    objective: Objective,
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    evaluation: &Evaluation,
) -> Explanation {
    let answer = evaluation.of(topology);
    let mut draft = Draft {
        plan,
        untouched: Plan::default(),
        catalog,
        evaluation,
        answer,
        formula: Vec::new(),
        inputs: Vec::new(),
        caveats: Vec::new(),
    };
    if answer.design.possible {
        match objective {
            Objective::Cost => cost::explain(&mut draft),
            Objective::Rpo => rpo::explain(&mut draft),
            Objective::Rto => rto::explain(&mut draft),
            Objective::Runway => runway::explain(&mut draft),
            Objective::Latency => latency::explain(&mut draft),
        }
    }
    for misfit in &answer.design.misfits {
        draft.caveat(misfit.words());
    }
    let verdict = answer.verdicts.iter().find(|verdict| verdict.objective == objective);
    let figure = verdict.map_or(Figure::None, |verdict| verdict.figure);
    draft.caveat(verdict.map_or_else(String::new, super::verdict::caveat));
    Explanation {
        title: title(objective, topology, &in_title(figure, answer)),
        model: model(objective),
        formula: draft.formula,
        inputs: draft.inputs,
        caveats: draft.caveats,
    }
}

/// The figure; of a sum that lacks a price with what it lacks.
fn in_title(figure: Figure, answer: &TopologyAnswer) -> String {
    match figure {
        Figure::AtLeast(_) => answer.bill.total.words(answer.bill.currency),
        other => figure_words(other, answer.bill.currency),
    }
}

const fn model(objective: Objective) -> &'static str {
    match objective {
        Objective::Cost => "M-10",
        Objective::Rpo => "M-04",
        Objective::Rto => "M-06",
        Objective::Runway => "M-07",
        Objective::Latency => "M-13",
    }
}

fn title(objective: Objective, topology: Topology, figure: &str) -> String {
    let what = match objective {
        Objective::Cost => "Cost of a steady month, as planned",
        Objective::Rpo => "RPO P95",
        Objective::Rto => "RTO P95",
        Objective::Runway => "Runway P05",
        Objective::Latency => "Worst write latency P95",
    };
    format!("{what}, {}: {figure}", topology.name().to_ascii_lowercase())
}

/// The figure as the cards print it.
pub(crate) fn figure_words(figure: Figure, currency: Currency) -> String {
    match figure {
        Figure::Money(amount) => format::money(amount, currency),
        Figure::AtLeast(amount) => format!("≥\u{a0}{}", format::money(amount, currency)),
        Figure::Time(time) => format::duration(time),
        Figure::Unlimited => "not at risk".to_owned(),
        Figure::None => "none".to_owned(),
    }
}
