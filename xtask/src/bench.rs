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
    row("the same over 10 Mbit/s and 40 ms", &mut over_a_line(&site)?);
    let page = Page::open()?;
    first_result(&page, &site)?;
    for plan in build::files(&root().join("public/plans")) {
        let text = fs::read_to_string(&plan).map_err(|error| format!("{}: {error}", plan.display()))?;
        let name = plan.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        row(&format!("{name}: catalogue, plan text, evaluation, JSON"), &mut evaluations(&page, &text)?);
        row(&format!("{name}: a million trials of every recovery path"), &mut draws(&page, &text)?);
    }
    row("ten thousand outages, from the tab to their bands", &mut [outages(&page)?]);
    for tab in ["Overview", "Cost", "Recovery", "Outage"] {
        row(&format!("{tab}: from an edit to the next frame"), &mut edits(&page, tab)?);
    }
    Ok(())
}

/// As first results, over a line as many have it; the emulation counts what is sent, packed as the site sends it.
fn over_a_line(site: &Site) -> Outcome<Vec<f64>> {
    let line = json!({"offline": false, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000});
    let visits = (0..VISITS).map(|_| {
        let page = Page::open()?;
        page.cdp("Network.enable", json!({}))?;
        page.cdp("Network.emulateNetworkConditions", line.clone())?;
        first_result(&page, site)
    });
    visits.collect()
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
         const timed = async () => {{ const start = performance.now(); await run(); return performance.now() - start; }};\
         (async () => {{\
           for (let i = 0; i < 20; i++) await run();\
           const times = [];\
           for (let i = 0; i < 50; i++) times.push(await timed());\
           done(times);\
         }})();",
        Value::from(plan)
    );
    let times = page.eval_later(&script)?;
    Ok(times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect())
}

/// Times of the job that the page sends to its worker, from the worker's first word to its figures.
fn draws(page: &Page, plan: &str) -> Outcome<Vec<f64>> {
    let job = json!({ "job": "recovery-times", "plan": plan, "prices": null, "seed": 1, "trials": 1_000_000 });
    let script = format!(
        "const name = document.querySelector('link[rel=modulepreload]').href.split('/').pop(), job = {};\
         const worker = new Worker('worker.js', {{ type: 'module', name }});\
         let start;\
         worker.onmessage = ({{ data }}) => {{\
           if (data === '') {{ start = performance.now(); worker.postMessage(job); }}\
           else if (data.includes('\"figures\"')) {{ worker.terminate(); done(performance.now() - start); }}\
         }};",
        Value::from(job.to_string())
    );
    let times = (0..3).map(|_| page.eval_later(&script));
    times.map(|time| time?.as_f64().ok_or_else(|| "the worker gave no time".to_owned())).collect()
}

/// The time from the click on the tab to the bands, the pause before the drawing included.
fn outages(page: &Page) -> Outcome<f64> {
    let script = "const start = performance.now();\
        const drawn = () => !document.querySelector('progress') && [...document.querySelectorAll('h2')].some((title) => title.textContent.startsWith('How long the decision'));\
        const look = () => drawn() ? done(performance.now() - start) : requestAnimationFrame(look);\
        document.querySelector('[data-tab=Outage]').click();\
        requestAnimationFrame(() => { document.querySelector('[data-to=\"outage/decide\"]').click(); look(); });";
    page.eval_later(script)?.as_f64().ok_or_else(|| "the bands gave no time".to_owned())
}

/// Times from a change of the write rate to the frame that shows what follows.
fn edits(page: &Page, tab: &str) -> Outcome<Vec<f64>> {
    page.click(&format!("[data-tab={tab}]"))?;
    std::thread::sleep(std::time::Duration::from_secs(3));
    let script = "const field = document.getElementById('f-workload-writes'), times = [];\
        const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;\
        const edit = (left) => {\
          if (left === 0) return done(times);\
          set.call(field, String(5000 + 10 * left));\
          field.dispatchEvent(new InputEvent('input', { bubbles: true }));\
          setTimeout(() => {\
            const before = document.body.innerText, start = performance.now();\
            field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));\
            requestAnimationFrame(() => setTimeout(() => {\
              times.push(performance.now() - start);\
              if (document.body.innerText === before) throw new Error('an edit changed nothing');\
              setTimeout(() => edit(left - 1), 50);\
            }, 0));\
          }, 50);\
        };\
        edit(10);";
    let times = page.eval_later(script)?;
    Ok(times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect())
}

fn row(name: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    if let (Some(least), Some(most)) = (times.first(), times.last()) {
        println!("{name:<52} {least:>10.2} {:>10.2} {most:>10.2}", times[times.len() / 2]);
    }
}
