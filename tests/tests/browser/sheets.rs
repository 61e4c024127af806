//! A price sheet is dropped on the page, changes every price, stays for the next visit and goes on request.

use crate::visit::Visit;
use serde_json::Value;

/// Drops the fixtures of these names on the page, as a file manager does.
fn drop_sheet(visit: &Visit, names: &[&str]) {
    let folder = format!("{}/fixtures/sheets", env!("CARGO_MANIFEST_DIR"));
    for name in names {
        let text = Value::from(std::fs::read_to_string(format!("{folder}/{name}")).unwrap());
        let add = format!("(window.dropped ??= new DataTransfer()).items.add(new File([{text}], {name:?}))");
        visit.page.eval(&add).unwrap();
    }
    visit
        .page
        .eval("window.dispatchEvent(new DragEvent('drop', { dataTransfer: window.dropped, cancelable: true })); delete window.dropped")
        .unwrap();
}

/// Text of the view with the prices, after the bill was looked at.
const SHEET: &str = "document.querySelector('[data-view=\"cost/prices\"]')?.textContent";

fn bill(visit: &Visit, design: &str) -> String {
    visit.look("cost/bill");
    visit.unfold();
    visit.text(&format!("[data-bill={design}] .total .num"))
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_dropped_sheet_prices_the_plan_in_its_currency_until_it_is_taken_out() {
    let visit = Visit::new();
    let bundled = bill(&visit, "active");
    assert!(bundled.starts_with('$'), "{bundled}");
    visit.look("cost/prices");
    drop_sheet(&visit, &["euros.ndjson"]);
    visit.page.wait(&format!("{SHEET}.includes('5 prices in EUR')")).unwrap();
    let in_euros = bill(&visit, "active");
    // The sheet has nodes alone: the sum is a lower bound.
    assert!(in_euros.starts_with("≥\u{a0}€"), "{in_euros}");
    visit.open("");
    assert_eq!(bill(&visit, "active"), in_euros, "the sheet is there at the next visit");
    visit.look("cost/prices");
    let back = "Array.from(document.querySelectorAll('.panel button')).find(it => it.textContent === 'Back to the bundled prices').click()";
    visit.page.eval(back).unwrap();
    visit.page.wait(&format!("{SHEET}.includes('Bundled prices of')")).unwrap();
    assert_eq!(bill(&visit, "active"), bundled);
    assert_eq!(visit.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn several_files_are_one_sheet_and_a_wrong_one_changes_nothing() {
    let visit = Visit::new();
    visit.look("cost/prices");
    drop_sheet(&visit, &["east-page-2.json", "east-page-1.json"]);
    visit.page.wait(&format!("{SHEET}.includes('6 prices in USD from 8 rows')")).unwrap();
    let before = bill(&visit, "passive");
    drop_sheet(&visit, &["machines.json"]);
    visit
        .page
        .wait("document.querySelector('[data-notice][role=alert]')?.textContent.startsWith('machines.json: ')")
        .unwrap();
    assert_eq!(bill(&visit, "passive"), before);
    assert_eq!(visit.foreign_requests(), Vec::<String>::new());
}
