//! The page, its worker and the terminal give the same bytes for the same plan and the same seed.

use crate::visit::{Visit, downloaded, scratch, terminal};
use dr_core::codec;
use dr_tests::draw;

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
        visit.export("Evaluation (JSON)");
        let (page, terminal) = (downloaded(&folder, "json"), terminal("evaluate", &codec::to_json(&plan), &[]));
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
