//! The evaluation for a script in the page: what the bench times, and what a pipeline in a browser may call.

use crate::later::{self, DID_NOT_COME};
use dr_core::catalog::Catalog;
use dr_core::codec;
use dr_core::evaluate::evaluate;
use dr_core::report::json::evaluation_json;
use dr_core::report::views::Subject;
use wasm_bindgen::prelude::wasm_bindgen;

/// What [`evaluation_of`] says, when the second part of the program is there.
///
/// # Errors
/// The sentence that says why the text is no plan, or that the second part did not come.
#[wasm_bindgen(js_name = evaluatePlan)]
pub async fn evaluate_plan(text: String) -> Result<String, String> {
    let second = later::fetched().await.then(later::here).flatten().ok_or(DID_NOT_COME)?;
    (second.evaluation)(&text)
}

/// The evaluation of a plan file as JSON: the bytes that `dr-planner evaluate` prints.
///
/// # Errors
/// The sentence that says why the text is no plan.
pub fn evaluation_of(text: &str) -> Result<String, String> {
    let plan = codec::from_json(text).map_err(|error| error.to_string())?;
    let catalog = Catalog::bundled().map_err(|error| error.to_string())?;
    Ok(evaluation_json(Subject { plan: &plan, catalog: &catalog, evaluation: &evaluate(&plan, &catalog) }))
}
