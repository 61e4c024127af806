//! What goes on paper, and the report as a file: one document, on few pages, and the terminal's bytes.

use crate::visit::{Visit, downloaded, scratch, terminal};
use dr_core::codec;
use serde_json::{Value, json};
use std::path::Path;

/// Most pages of a plan with two regions.
const PAGES: usize = 10;

fn print(visit: &Visit, pages: &str) -> Result<String, String> {
    let how = json!({"preferCSSPageSize": true, "printBackground": true, "pageRanges": pages});
    visit.page.cdp("Page.printToPDF", how).map(|answer| answer["data"].as_str().unwrap_or_default().to_owned())
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn two_regions_are_printed_on_at_most_ten_pages() {
    let visit = Visit::new();
    let two = dr_tests::presets().into_iter().filter(|(_, plan)| plan.regions.len() == 2);
    for (name, plan) in two.take(2).chain([("new plan".to_owned(), dr_core::plan::Plan::default())]) {
        visit.open(&format!("#{}", codec::to_fragment(&plan)));
        visit.show("Cost");
        assert!(print(&visit, "1").unwrap().len() > 10_000, "{name}");
        // Chromium refuses a page that is not there.
        assert!(print(&visit, &(PAGES + 1).to_string()).is_err(), "{name} takes more than {PAGES} pages");
    }
    assert_eq!(visit.complaints(), Vec::<String>::new());
}

/// Before printing: the report stands in the page with its charts, alone on paper, unseen on the screen; afterwards it is gone.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn the_report_with_its_charts_is_what_goes_on_paper() {
    let visit = Visit::new();
    visit.show("Cost");
    let count = "const paper = document.querySelector('body > .report-paper'); return paper && \
        [paper.shadowRoot.querySelectorAll('figure > svg').length, paper.shadowRoot.querySelectorAll('section').length]";
    assert_eq!(visit.page.eval(count).unwrap(), Value::Null);
    visit.page.eval("dispatchEvent(new Event('beforeprint'))").unwrap();
    let drawn = visit.page.eval(count).unwrap();
    assert!(drawn[0].as_u64() >= Some(4) && drawn[1].as_u64() >= Some(8), "{drawn}");
    let seen = "return ['.shell', '.report-paper'].map(one => document.querySelector(one).checkVisibility())";
    assert_eq!(visit.page.eval(seen).unwrap(), json!([true, false]));
    visit.page.cdp("Emulation.setEmulatedMedia", json!({"media": "print"})).unwrap();
    assert_eq!(visit.page.eval(seen).unwrap(), json!([false, true]));
    visit.page.cdp("Emulation.setEmulatedMedia", json!({"media": ""})).unwrap();
    visit.page.eval("dispatchEvent(new Event('afterprint'))").unwrap();
    assert_eq!(visit.page.eval(count).unwrap(), Value::Null);
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn the_report_as_a_file_is_the_terminals_and_asks_for_nothing() {
    let visit = Visit::new();
    for (name, plan) in dr_tests::presets().into_iter().take(2) {
        let folder = scratch(&format!("report-{name}"));
        visit.page.download_to(&folder).unwrap();
        visit.open(&format!("#{}", codec::to_fragment(&plan)));
        visit.export("Report (HTML)");
        let page = downloaded(&folder, "html");
        let date = visit.page.eval("return new Date().toISOString().slice(0, 10)").unwrap();
        let address = visit.page.eval("return location.origin + location.pathname").unwrap();
        let words = ["--format", "html", "--date", date.as_str().unwrap(), "--page", address.as_str().unwrap()];
        let terminal = terminal("report", &codec::to_json(&plan), &words);
        let differs = page.lines().zip(terminal.lines()).find(|(page, terminal)| page != terminal);
        assert_eq!(differs, None, "{name}: first line that differs, page and terminal");
        assert!(page == terminal, "{name}: one of the two is longer");
        opens_alone(&visit, &folder.join("alone.html"), &page);
    }
}

/// From the disk, as it arrives by mail: charts drawn, and no other address asked for.
fn opens_alone(visit: &Visit, file: &Path, text: &str) {
    std::fs::write(file, text).unwrap();
    visit.requests();
    visit.page.goto(&format!("file://{}", file.display())).unwrap();
    let drawn = visit.page.eval("return [...document.querySelectorAll('svg')].every(it => it.getBBox().width > 0)");
    assert_eq!(drawn.unwrap(), Value::Bool(true));
    let asked: Vec<String> = visit.requests().into_iter().filter(|url| !url.ends_with("/alone.html")).collect();
    assert_eq!(asked, Vec::<String>::new());
    assert_eq!(visit.complaints(), Vec::<String>::new());
}
