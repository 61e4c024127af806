//! The same plan gives the same bytes in WebAssembly as in the terminal program. Runs in Node: `cargo xtask test wasm`.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use dr_core::codec;
use dr_core::plan::Plan;
use js_sys::{Array, Function, JsString};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// A function of Node, which reads files and starts programs for the test.
fn node(parameters: &str, body: &str, arguments: &[&str]) -> String {
    let array: Array = arguments.iter().map(|text| JsValue::from_str(text)).collect();
    let given = Function::new_with_args(parameters, body).apply(&JsValue::NULL, &array);
    given.expect("run through `cargo xtask test wasm`").unchecked_into::<JsString>().into()
}

/// What the terminal program prints for a plan on its standard input.
fn terminal(plan: &str) -> String {
    let body = "return process.getBuiltinModule('child_process').execFileSync(process.env.DR_CLI, ['evaluate', '-'], \
                { input: plan, encoding: 'utf8', maxBuffer: 1 << 26 })";
    node("plan", body, &[plan])
}

fn presets() -> Vec<String> {
    let names = node(
        "",
        "return process.getBuiltinModule('fs').readdirSync(process.env.DR_ROOT + '/public/plans').join()",
        &[],
    );
    let read =
        "return process.getBuiltinModule('fs').readFileSync(process.env.DR_ROOT + '/public/plans/' + name, 'utf8')";
    names
        .split(',')
        .filter(|name| name.strip_suffix(".json").is_some_and(|stem| stem != "index"))
        .map(|name| node("name", read, &[name]))
        .collect()
}

#[wasm_bindgen_test]
fn the_first_plan_evaluates_to_the_terminals_bytes() {
    let plan = codec::to_json(&Plan::default());
    assert_eq!(dr_app::js_api::evaluation_of(&plan).unwrap(), terminal(&plan));
}

#[wasm_bindgen_test]
fn every_preset_evaluates_to_the_terminals_bytes() {
    let presets = presets();
    assert!(presets.len() >= 6, "the six cases of the field are presets");
    for plan in presets {
        assert_eq!(dr_app::js_api::evaluation_of(&plan).unwrap(), terminal(&plan));
    }
}

#[wasm_bindgen_test]
fn a_plan_that_is_not_read_gets_the_same_sentence() {
    let said = dr_app::js_api::evaluation_of(r#"{"v":9}"#).unwrap_err();
    let body = "return process.getBuiltinModule('child_process').spawnSync(process.env.DR_CLI, ['evaluate', '-'], \
                { input: '{\"v\":9}', encoding: 'utf8' }).stderr.trim()";
    assert_eq!(said, node("", body, &[]));
}
