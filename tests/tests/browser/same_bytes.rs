//! The page, its worker and the terminal give the same bytes for the same plan and the same seed.

use crate::visit::{Visit, scratch, variable};
use dr_core::codec;
use dr_tests::draw;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn the_exported_evaluation_of_every_preset_is_the_terminals() {
    let visit = Visit::new();
    let presets = dr_tests::presets();
    assert!(presets.len() >= 6, "the six cases of the field are presets");
    for (name, plan) in presets {
        let folder = scratch(&format!("export-{name}"));
        visit.page.download_to(&folder).unwrap();
        visit.open(&format!("#{}", codec::to_fragment(&plan)));
        export(&visit);
        let (page, terminal) = (downloaded(&folder), terminal(&codec::to_json(&plan)));
        let differs = page.lines().zip(terminal.lines()).find(|(page, terminal)| page != terminal);
        assert_eq!(differs, None, "{name}: first line that differs, page and terminal");
        assert!(page == terminal, "{name}: one of the two is longer");
    }
}

/// A job in the page's own worker, whose last reply holds every figure of the draw.
const DRAW: &str = "\
    const name = document.querySelector('link[rel=modulepreload]').href.split('/').pop();\
    const worker = new Worker('worker.js', { type: 'module', name });\
    worker.onerror = event => done('worker: ' + event.message);\
    worker.onmessage = ({ data }) => {\
      if (data === '') worker.postMessage(JOB);\
      else if (!data.includes('\"done\"') && !data.includes('\"partial\"')) { worker.terminate(); done(data); }\
    };";

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_draw_in_the_worker_has_the_native_bits() {
    let visit = Visit::new();
    let job = serde_json::Value::from(draw::job().to_json()).to_string();
    let reply = visit.page.eval_later(&DRAW.replace("JOB", &job)).unwrap();
    let reply = reply.as_str().unwrap();
    assert!(reply.contains("\"figures\""), "{reply}");
    assert_eq!(draw::hash(reply), draw::HASH, "{:#018x}", draw::hash(reply));
}

fn export(visit: &Visit) {
    let item = "Array.from(document.querySelectorAll('button, a, [role=menuitem]')).find(one => one.textContent.includes('Evaluation (JSON)'))";
    let hidden = visit.page.eval(&format!("const item = {item}; return !item?.checkVisibility()")).unwrap();
    if hidden == serde_json::Value::Bool(true) {
        let menu = "Array.from(document.querySelectorAll('button, summary')).find(one => one.textContent.trim().startsWith('Export'))";
        visit.page.eval(&format!("{menu}.click()")).unwrap();
    }
    visit.page.wait(&format!("{item}?.checkVisibility()")).unwrap();
    visit.page.eval(&format!("{item}.click()")).unwrap();
}

/// The one file of the folder, once Chromium has given it its name.
fn downloaded(folder: &Path) -> String {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(20) {
        let files = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
        let finished = files.filter(|file| file.extension().is_some_and(|ending| ending == "json")).last();
        if let Some(file) = finished {
            return std::fs::read_to_string(file).unwrap();
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("Export → Evaluation (JSON) left no file within 20 s");
}

fn terminal(plan: &str) -> String {
    let file = scratch("terminal").join("plan.json");
    std::fs::write(&file, plan).unwrap();
    let output = Command::new(variable("DR_CLI")).arg("evaluate").arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
