//! Answers as JSON: the same bytes on the page and in the terminal.
//!
//! The models hold reasons as data; `worded` puts their sentences into the fields that readers of the files know.

mod worded;

use super::bill_text::Banded;
use super::search::waits_json;
use super::views::Subject;
use super::why::{Line, lines};
use crate::codec::pretty_line;
use crate::evaluate::Evaluation;
use crate::explore::BillBands;
use crate::model::Topology;
use crate::model::cost::Bill;
use serde_json::Value;

/// An object of these fields, in their order.
pub(super) fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// An evaluation as pretty JSON, ending in a line break: the same bytes on the page and in the terminal. `why` has the reasons of the
/// recommendation, a list of `kind` and `text`; empty where no design is recommended. `waits` has each design that waits for the end of what runs:
/// until when, in which month, from 1, it takes over, and what a month costs before and after.
#[must_use]
pub fn evaluation_json(subject: Subject) -> String {
    #[derive(serde::Serialize)]
    struct Whole<'a> {
        #[serde(flatten)]
        evaluation: &'a Evaluation,
        why: Vec<Line>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        waits: Vec<Value>,
    }
    let evaluation = subject.evaluation;
    let waits = |topology: Topology| Some(waits_json(topology, evaluation.comparison.waits(topology)?));
    let waits = Topology::ALL.into_iter().filter_map(waits).collect();
    pretty_line(&Whole { evaluation, why: lines(subject), waits })
}

/// Bills as pretty JSON, a list of topology, bill and bands, ending in a line break: every line as the evaluation has it; bands are
/// null where they are not worked out.
#[must_use]
pub fn bills_json(bills: &[Banded]) -> String {
    #[derive(serde::Serialize)]
    struct One<'a> {
        topology: Topology,
        bill: &'a Bill,
        bands: Option<&'a BillBands>,
    }
    let bills: Vec<One> = bills.iter().map(|&(topology, bill, bands)| One { topology, bill, bands }).collect();
    pretty_line(&bills)
}
