//! Results follow the typing; what is no number is refused in place.

use crate::visit::Visit;

const WRITES: &str = "[data-field='workload.writes']";
const PASSIVE: &str = "[data-card=passive]";

/// The input itself, whether the mark is on it or around it.
fn field(visit: &Visit) -> String {
    let direct = format!("return document.querySelector({WRITES:?}).matches('input')");
    let is_input = visit.page.eval(&direct).unwrap() == serde_json::Value::Bool(true);
    if is_input { WRITES.to_owned() } else { format!("{WRITES} input") }
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn more_writes_change_the_answer_and_undo_brings_it_back() {
    let visit = Visit::new();
    let before = visit.text(PASSIVE);
    visit.page.fill(&field(&visit), "900k/s").unwrap();
    visit.page.wait(&format!("document.querySelector({PASSIVE:?}).textContent.trim() !== {before:?}")).unwrap();
    visit.page.eval("document.activeElement.blur()").unwrap();
    visit.page.chord("\u{e009}", "z").unwrap();
    visit.page.wait(&format!("document.querySelector({PASSIVE:?}).textContent.trim() === {before:?}")).unwrap();
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn what_is_no_number_is_refused_under_its_field_and_the_plan_stays() {
    let visit = Visit::new();
    let before = visit.text(PASSIVE);
    for text in ["", "many", "-5", "NaN", "1e300"] {
        visit.page.fill(&field(&visit), text).unwrap();
        visit
            .page
            .wait(&format!("document.querySelector({:?}).getAttribute('aria-invalid') === 'true'", field(&visit)))
            .unwrap_or_else(|error| panic!("typed {text:?}: {error}"));
        assert_eq!(visit.text(PASSIVE), before, "typed {text:?}");
    }
    assert_eq!(visit.complaints(), Vec::<String>::new());
}
