//! `cargo xtask bench`: figures to read, none of them asserted.

use crate::page::Page;
use crate::shell::{cargo, root, say};
use crate::site::Site;
use crate::{Outcome, browser, budget, build, shell};
use serde_json::{Value, json};
use std::fs;

const VISITS: usize = 5;

/// Runs before the page: notes when the sentence with the answer is there.
const WATCH: &str = "\
    const watch = new MutationObserver(() => {\
      if (document.querySelector('[data-verdict]')?.textContent && window.firstResult === undefined) {\
        window.firstResult = performance.now(); watch.disconnect();\
      }\
    });\
    watch.observe(document, { childList: true, subtree: true, characterData: true });";

/// Prints evaluation native and in Chromium, time to the first result, and transfer size by file.
///
/// # Errors
/// A build or the browser fails.
pub fn run() -> Outcome {
    say("evaluation, native");
    shell::run(cargo().args(["bench", "--package", "dr-tests"]))?;
    build::run_if_changed()?;
    browser::ensure()?;
    in_chromium()?;
    say("transfer");
    budget::print().map(drop)
}

fn in_chromium() -> Outcome {
    say("the page in Chromium, from a server on this machine");
    let site = Site::start(&build::dist(), "", 0).map_err(|error| error.to_string())?;
    let mut starts = Vec::new();
    for _ in 0..VISITS {
        let page = Page::open()?;
        starts.push(first_result(&page, &site)?);
    }
    println!("{:<52} {:>10} {:>10} {:>10}", "in Chromium, milliseconds", "least", "median", "most");
    row("load to first result, empty cache", &mut starts);
    let page = Page::open()?;
    first_result(&page, &site)?;
    for plan in build::files(&root().join("public/plans")) {
        let text = fs::read_to_string(&plan).map_err(|error| format!("{}: {error}", plan.display()))?;
        let name = plan.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        row(&format!("{name}: catalogue, plan text, evaluation, JSON"), &mut evaluations(&page, &text)?);
    }
    Ok(())
}

fn first_result(page: &Page, site: &Site) -> Outcome<f64> {
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH }))?;
    page.goto(&site.url())?;
    page.wait("window.firstResult !== undefined")?;
    page.eval("return window.firstResult")?.as_f64().ok_or_else(|| "the page gave no time".to_owned())
}

/// Times of single evaluations, after some to warm up the engine.
fn evaluations(page: &Page, plan: &str) -> Outcome<Vec<f64>> {
    let script = format!(
        "const text = {}, run = () => wasmBindings.evaluatePlan(text);\
         for (let i = 0; i < 20; i++) run();\
         return Array.from({{ length: 50 }}, () => {{ const start = performance.now(); run(); return performance.now() - start; }});",
        Value::from(plan)
    );
    let times = page.eval(&script)?;
    Ok(times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect())
}

fn row(name: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    if let (Some(least), Some(most)) = (times.first(), times.last()) {
        println!("{name:<52} {least:>10.2} {:>10.2} {most:>10.2}", times[times.len() / 2]);
    }
}
