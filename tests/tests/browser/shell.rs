//! The shell: what stays in view, one view at a time, the address, and the box that finds an input.

use crate::visit::Visit;
use dr_core::codec;
use dr_core::plan::Plan;
use serde_json::{Value, json};

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const DOWN: &str = "\u{e015}";

fn hash(visit: &Visit) -> String {
    visit.page.eval("return location.hash").unwrap().as_str().unwrap().to_owned()
}

fn shows(visit: &Visit, path: &str) {
    visit.page.wait(&format!("document.querySelector('.view').dataset.view === {path:?}")).unwrap();
}

/// Top of the head, bottom of the head, top and bottom of the inputs, in the window; its height; how far the page is scrolled.
fn edges(visit: &Visit) -> [f64; 6] {
    let script = "const box = selector => document.querySelector(selector).getBoundingClientRect(); \
        return [box('.head').top, box('.head').bottom, box('.inputs').top, box('.inputs').bottom, innerHeight, scrollY]";
    let edges: Vec<f64> =
        visit.page.eval(script).unwrap().as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    edges.try_into().unwrap()
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn verdict_tabs_and_inputs_stay_in_view_however_far_one_scrolls() {
    let visit = Visit::new();
    visit.page.look(1440, 900, "light").unwrap();
    visit.look("cost/bill");
    visit.unfold();
    visit.page.eval("document.querySelectorAll('.mode button')[1].click(); scrollTo(0, 600)").unwrap();
    visit.page.wait("scrollY > 500").unwrap();
    let [head, below, top, bottom, height, _] = edges(&visit);
    assert_eq!((head, top), (52.0, 52.0), "both stand below the plan bar");
    assert!(below <= 52.0 + 120.0, "two lines and the tabs: {below}");
    assert!(bottom >= height, "no white below the inputs: {bottom} of {height}");
    // The last field is reached within the inputs; the page stays where it is.
    let [.., before] = edges(&visit);
    visit.page.eval("[...document.querySelectorAll('#inputs summary')].pop().focus()").unwrap();
    visit.page.wait("document.querySelector('#inputs').scrollTop > 300").unwrap();
    let focused =
        "const at = document.activeElement.getBoundingClientRect(); return at.top >= 52 && at.bottom <= innerHeight";
    assert_eq!(visit.page.eval(focused).unwrap(), json!(true));
    assert!((edges(&visit)[5] - before).abs() < 0.01);
    for (width, height) in [(360, 740), (320, 568)] {
        visit.page.look(width, height, "light").unwrap();
        visit.open("");
        visit.look("cost/bill");
        visit.unfold();
        visit.page.eval("scrollTo(0, 400)").unwrap();
        visit.page.wait("scrollY > 300").unwrap();
        let [_, below, ..] = edges(&visit);
        assert!(below <= f64::from(height) / 3.0, "{width}: bar, verdict and tabs take {below} of {height}");
        let figure = "return document.querySelector('.view').getBoundingClientRect().top + scrollY < innerHeight * 0.5";
        assert_eq!(visit.page.eval(figure).unwrap(), json!(true), "{width}: the view begins early");
    }
}

/// Every tab can be brought into a narrow window, and the chosen one is in it.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn every_tab_and_view_is_reached_on_a_phone() {
    let visit = Visit::new();
    visit.page.look(320, 568, "light").unwrap();
    visit.open("");
    let inside = "[...document.querySelectorAll('[aria-selected=true], .views-of [aria-current]')] \
        .every(at => at.getBoundingClientRect().left >= 0 && at.getBoundingClientRect().right <= innerWidth)";
    for view in visit.views() {
        visit.look(&view);
        visit.page.wait(inside).unwrap_or_else(|error| panic!("{view}: {error}"));
    }
}

/// The button that opens the inputs stands outside them: the focus is there when Escape is pressed.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn escape_closes_the_inputs_of_a_phone() {
    let visit = Visit::new();
    visit.page.look(360, 740, "light").unwrap();
    visit.open("");
    for from in ["document.querySelector('.inputs-open')", "document.querySelector('#inputs .q input')"] {
        visit.page.click(".inputs-open").unwrap();
        visit.page.wait("document.querySelector('.inputs.open')").unwrap();
        let press = format!(
            "{from}.focus(); document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Escape', bubbles: true, cancelable: true }}))"
        );
        visit.page.eval(&press).unwrap();
        visit.page.wait("!document.querySelector('.inputs.open')").unwrap();
    }
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn one_view_stands_at_a_time_and_what_is_folded_is_not_drawn() {
    let visit = Visit::new();
    for view in visit.views() {
        visit.look(&view);
        let script = "return [document.querySelectorAll('.view').length, \
            [...document.querySelectorAll('.view .panel.fold:not([open])')].filter(fold => fold.childElementCount > 1).length, \
            [...document.querySelectorAll('.view > .panel, .view > section')].length > 0]";
        let found = visit.page.eval(script).unwrap();
        assert_eq!((&found[0], &found[1]), (&json!(1), &json!(0)), "{view}");
        let high = visit.page.eval("return document.querySelector('.view').scrollHeight").unwrap().as_f64().unwrap();
        // A table of every rule is long; the others were 6,000 to 8,700 px.
        assert!(high < 3_500.0 || view == "rules/all", "{view} is {high} px high");
    }
    assert_eq!(visit.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn the_address_holds_the_view_back_leads_to_the_one_before_and_a_reload_keeps_it() {
    let visit = Visit::new();
    visit.look("cost/bill");
    visit.look("outage/pair");
    assert_eq!(hash(&visit), "#/outage/pair");
    visit.page.eval("history.back()").unwrap();
    shows(&visit, "outage/act-by");
    visit.page.eval("history.back()").unwrap();
    shows(&visit, "cost/bill");
    visit.page.eval("location.reload()").unwrap();
    visit.page.wait("document.querySelector('.view')?.dataset.view === 'cost/bill'").unwrap();
    visit.page.eval("history.forward()").unwrap();
    shows(&visit, "outage/act-by");
    // Typed into the address of the open page, and at a visit.
    visit.page.eval("location.hash = '#/recovery/latency'").unwrap();
    shows(&visit, "recovery/latency");
    for (fragment, path) in
        [("#compare", "overview"), ("#/compare", "overview"), ("#runbook", "runbook"), ("#/cost/gone", "cost/months")]
    {
        visit.open(fragment);
        shows(&visit, path);
    }
    assert_eq!(visit.complaints(), Vec::<String>::new());
}

/// A link keeps plan and view; “Back” leads through views and never takes a change back.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_link_holds_plan_and_view_and_back_keeps_what_was_changed() {
    let visit = Visit::new();
    let link = codec::to_fragment(&Plan { name: "Theirs".to_owned(), ..Plan::default() });
    visit.open(&format!("#{link}/recovery/sync"));
    shows(&visit, "recovery/sync");
    visit.look("cost/bill");
    assert_eq!(hash(&visit), format!("#{link}/cost/bill"));
    visit.page.fill("#f-workload-writes", "7000").unwrap();
    visit.page.press(ENTER).unwrap();
    visit.page.wait("location.hash === '#/cost/bill'").unwrap();
    for path in ["cost/months", "recovery/sync"] {
        visit.page.eval("history.back()").unwrap();
        shows(&visit, path);
    }
    // While the box has the focus, its figure stands without commas.
    let writes = visit.page.eval("return document.querySelector('#f-workload-writes').value.replace(',', '')").unwrap();
    assert_eq!(writes, "7000");
    assert_eq!(hash(&visit), "#/recovery/sync", "a reload opens the changed plan");
    visit
        .page
        .eval("[...document.querySelectorAll('.bar button')].find(at => at.textContent === 'Share').click()")
        .unwrap();
    visit.page.wait("location.hash.startsWith('#p1.') && location.hash.endsWith('/recovery/sync')").unwrap();
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn an_input_is_found_by_its_label_with_the_keyboard_alone() {
    let visit = Visit::new();
    let labels = "[...document.querySelectorAll('#inputs label')].filter(label => label.checkVisibility()).map(label => label.textContent)";
    let all = visit.page.eval(&format!("return {labels}.length")).unwrap();
    visit.page.fill("#find-input", "largest fill").unwrap();
    visit
        .page
        .wait(&format!("{labels}.length > 0 && {labels}.every(label => label.toLowerCase().includes('largest fill'))"))
        .unwrap();
    visit.page.press(DOWN).unwrap();
    visit.page.wait("document.activeElement.dataset.field?.endsWith('max_fill')").unwrap();
    visit.page.fill("#find-input", "no such thing").unwrap();
    visit.page.wait("document.querySelector('.find [role=status]').textContent.startsWith('No input')").unwrap();
    visit.page.press(ESCAPE).unwrap();
    visit
        .page
        .wait(&format!("document.querySelector('#find-input').value === '' && {labels}.length === {all}"))
        .unwrap();
    assert_eq!(visit.page.eval("return document.activeElement.id").unwrap(), "find-input");
    // Advanced stays what it was, and its folds are closed again.
    visit.page.eval("document.querySelectorAll('.mode button')[1].click()").unwrap();
    visit.page.wait("document.querySelectorAll('#inputs details').length > 5").unwrap();
    visit.page.fill("#find-input", "discount").unwrap();
    visit.page.wait("document.querySelector(\"[data-field='pricing.discount']\").checkVisibility()").unwrap();
    // Enter, with which a box is filled here, has led to the input that was found.
    visit.page.eval("document.querySelector('#find-input').focus()").unwrap();
    visit.page.press(ESCAPE).unwrap();
    visit.page.wait("document.querySelectorAll('#inputs details[open]').length === 0").unwrap();
    assert_eq!(visit.complaints(), Vec::<String>::new());
}
