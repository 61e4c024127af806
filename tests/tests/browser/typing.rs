//! Numbers edited in place, with real clicks and keys: what is typed is what is meant, or it is refused under its field.

use crate::visit::Visit;
use serde_json::{Value, json};

const WRITES: &str = "#f-workload-writes";
const END: &str = "\u{e010}";
const BACKSPACE: &str = "\u{e003}";
const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const RIGHT: &str = "\u{e014}";

fn value(visit: &Visit, selector: &str) -> String {
    let value = visit.page.eval(&format!("return document.querySelector({selector:?}).value")).unwrap();
    value.as_str().unwrap_or_default().to_owned()
}

fn selected(visit: &Visit, selector: &str) -> Value {
    let script = format!(
        "const box = document.querySelector({selector:?}); return [box.selectionStart, box.selectionEnd, box.value.length]"
    );
    visit.page.eval(&script).unwrap()
}

/// Away from the field, so that the next click is a first one.
fn leave(visit: &Visit) {
    visit.page.eval("document.activeElement.blur()").unwrap();
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_digit_more_or_less_is_a_digit_more_or_less() {
    let visit = Visit::new();
    assert_eq!(value(&visit, WRITES), "5,000");
    visit.page.click(WRITES).unwrap();
    visit.page.press(&format!("{END}0{TAB}")).unwrap();
    visit.page.wait(&format!("document.querySelector({WRITES:?}).value === '50,000'")).unwrap();
    visit.page.click(WRITES).unwrap();
    visit.page.press(&format!("{END}{BACKSPACE}{BACKSPACE}{TAB}")).unwrap();
    visit.page.wait(&format!("document.querySelector({WRITES:?}).value === '500'")).unwrap();
    visit.page.click(WRITES).unwrap();
    visit.page.press(&format!("12000{ENTER}")).unwrap();
    assert_eq!(value(&visit, WRITES), "12000", "without commas while it is edited");
    leave(&visit);
    visit.page.wait(&format!("document.querySelector({WRITES:?}).value === '12,000'")).unwrap();
    assert_eq!(visit.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_click_selects_the_value_a_second_one_places_the_caret() {
    let visit = Visit::new();
    for selector in [WRITES, "#f-share-0-users"] {
        visit.page.click(selector).unwrap();
        let first = selected(&visit, selector);
        assert_eq!((&first[0], &first[1]), (&json!(0), &first[2]), "{selector}: {first}");
        visit.page.click(selector).unwrap();
        let second = selected(&visit, selector);
        assert_eq!(second[0], second[1], "{selector}: {second}");
    }
    leave(&visit);
    visit.page.click(WRITES).unwrap();
    visit.page.press(&format!("7{ENTER}")).unwrap();
    assert_eq!(value(&visit, WRITES), "7", "what is typed after a click takes the place of the value");
    visit.page.press(TAB).unwrap();
    let here = visit.page.eval("const at = document.activeElement; return [at.matches('input'), at.selectionEnd - at.selectionStart === at.value.length]");
    assert_eq!(here.unwrap(), json!([true, true]), "the tab key selects as well");
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn what_is_not_applied_says_so_under_its_field() {
    let visit = Visit::new();
    visit.page.eval("document.querySelectorAll('.mode button')[1].click()").unwrap();
    visit.page.wait("document.querySelector('#f-horizon-start')").unwrap();
    visit.page.eval("document.querySelectorAll('#inputs details').forEach(fold => fold.open = true)").unwrap();
    let cases = [
        ("f-workload-writes", "5,0000", "can mean 50000 or 5.0", "the plan keeps 5,000/s."),
        ("f-workload-writes", "many", "is no number", "the plan keeps 5,000/s."),
        ("f-share-0-users", "120", "is outside the range", "the plan keeps"),
        ("f-share-0-writes", "half", "is no number", "the plan keeps"),
        ("f-round-trip", "far", "is no number", "the plan leaves it empty."),
    ];
    for (id, text, why, kept) in cases {
        visit.page.fill(&format!("#{id}"), text).unwrap();
        let says = format!("document.getElementById('{id}-says')?.textContent.includes({why:?})");
        visit.page.wait(&says).unwrap_or_else(|error| panic!("{id} {text}: {error}"));
        let said = visit.text(&format!("#{id}-says"));
        assert!(said.contains("Not applied: ") && said.contains(kept), "{said}");
        assert_eq!(value(&visit, &format!("#{id}")), text, "the text stays");
    }
    let empty = "const day = document.querySelector('#f-horizon-start'); day.value = ''; \
                 day.dispatchEvent(new Event('change', { bubbles: true }))";
    visit.page.eval(empty).unwrap();
    visit.page.wait("document.getElementById('f-horizon-start-says')").unwrap();
    let said = visit.text("#f-horizon-start-says");
    assert!(said.starts_with("First day: enter a date such as "), "{said}");
    assert_eq!(visit.page.eval("return document.querySelector('.notice') === null").unwrap(), json!(true));
    assert_eq!(visit.complaints(), Vec::<String>::new());
}

/// Value and unit: the derived value beside an empty box has its unit once.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_derived_value_has_its_unit_once() {
    let visit = Visit::new();
    visit.page.eval("document.querySelectorAll('.mode button')[1].click()").unwrap();
    visit.page.wait("document.querySelector('#f-workload-reads')").unwrap();
    let script = "return [...document.querySelectorAll('.q')].filter(box => box.querySelector('input').placeholder) \
                  .map(box => `${box.querySelector('input').placeholder} ${box.querySelector('.unit')?.textContent ?? ''}`)";
    let shown = visit.page.eval(script).unwrap();
    let shown: Vec<&str> = shown.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(shown.contains(&"20,000 /s"), "{shown:?}");
    for text in shown {
        let twice = |unit: &str| text.matches(unit).count() > 1;
        assert!(!twice("/s") && !twice("%"), "{text}");
    }
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_slider_tries_and_the_plan_stays_until_it_is_applied() {
    let visit = Visit::new();
    let kept = "return JSON.stringify([location.hash, ...Object.entries(localStorage).filter(([key]) => !key.includes('view'))])";
    visit.look("outage/happens");
    visit.page.wait("document.querySelector('#knob-f-workload-writes')").unwrap();
    let (before, verdict) = (visit.page.eval(kept).unwrap(), visit.text("[data-verdict]"));
    let says = "document.querySelector('#knob-f-workload-writes').getAttribute('aria-valuetext')";
    let first = visit.page.eval(&format!("return {says}")).unwrap();
    visit.page.eval("document.querySelector('#knob-f-workload-writes').focus()").unwrap();
    visit.page.press(RIGHT).unwrap();
    visit.page.wait(&format!("{says} !== {first}")).unwrap();
    for _ in 0..15 {
        visit.page.press(RIGHT).unwrap();
    }
    visit.page.wait("document.querySelector('.what-if')?.textContent.includes('instead of 5,000/s')").unwrap();
    assert_eq!(visit.page.eval(kept).unwrap(), before);
    assert_eq!(visit.text("[data-verdict]"), verdict);
    assert_eq!(value(&visit, WRITES), "5,000");
    visit.page.click(".what-if button:last-of-type").unwrap();
    visit.page.wait(&format!("{says} === {first} && !document.querySelector('.what-if button')")).unwrap();
    visit.page.eval("document.querySelector('#knob-f-workload-writes').focus()").unwrap();
    visit.page.press(RIGHT).unwrap();
    visit.page.wait("document.querySelector('.what-if button')").unwrap();
    visit.page.click(".what-if button").unwrap();
    visit.page.wait(&format!("document.querySelector({WRITES:?}).value === '5,100'")).unwrap();
    assert_eq!(visit.complaints(), Vec::<String>::new());
}
