//! The evaluation for a script in the page: what the bench times, and what a pipeline in a browser may call.

use dr_core::catalog::Catalog;
use dr_core::codec;
use dr_core::evaluate::evaluate;
use dr_core::report::views::Subject;
use wasm_bindgen::prelude::wasm_bindgen;

/// The evaluation of a plan file as JSON: the bytes that `dr-planner evaluate` prints.
///
/// # Errors
/// The sentence that says why the text is no plan.
#[wasm_bindgen(js_name = evaluatePlan)]
pub fn evaluate_plan(text: &str) -> Result<String, String> {
    let plan = codec::from_json(text).map_err(|error| error.to_string())?;
    let catalog = Catalog::bundled().map_err(|error| error.to_string())?;
    Ok(dr_core::report::json::evaluation_json(Subject {
        plan: &plan,
        catalog: &catalog,
        evaluation: &evaluate(&plan, &catalog),
    }))
}
