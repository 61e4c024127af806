//! Long work runs beside the page: it is counted, can be stopped, and gives the core's own figures.

use crate::visit::{Visit, variable};
use dr_core::catalog::Catalog;
use dr_core::evaluate::evaluate;
use dr_core::explore::recovery_time::RecoveryStudy;
use dr_core::jobs::EXACT;
use dr_core::plan::Plan;
use dr_core::report::chart::recovery_times_chart;
use xtask::page::Page;
use xtask::site::Site;

const START: &str = "[data-exact=start]";
const CANCEL: &str = "[data-exact=cancel]";
/// The cells of the table with the quantiles, a row a line; empty without a table.
const ROWS: &str = "Array.from(document.querySelectorAll('[aria-label^=\"Recovery times of\"] tbody tr'), row => Array.from(row.cells, cell => cell.textContent).join(' | ')).join('\\n')";

/// Rows of the table as the core draws them here.
fn expected() -> String {
    let (plan, catalog) = (Plan::default(), Catalog::bundled().unwrap());
    let target = plan.objectives.rto;
    let times = RecoveryStudy::new(&plan, &evaluate(&plan, &catalog)).times(EXACT, target);
    let rows = recovery_times_chart(&times, EXACT, target).unwrap().table.rows;
    rows.iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n")
}

/// Waits up to a minute: a machine that runs every test at once draws a million trials slowly.
fn done(page: &Page) -> String {
    let shown = || page.eval(&format!("return {ROWS}")).unwrap().as_str().unwrap_or_default().to_owned();
    for _ in 0..600 {
        if page.eval(&format!("return !!document.querySelector('{START}')")).unwrap() == true && !shown().is_empty() {
            return shown();
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("no figures after a minute: {}", shown());
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_million_trials_give_the_figures_of_the_core_while_the_page_stays_alive() {
    let visit = Visit::below("/teams/dr");
    visit.look("recovery/times");
    visit.unfold();
    visit.page.click(START).unwrap();
    visit.page.wait(&format!("document.querySelector('{CANCEL}')")).unwrap();
    visit.page.wait("document.querySelector('progress')?.value > 0").unwrap();
    // First figures come while it runs, and the page answers.
    visit.page.wait(&format!("document.querySelector('progress') && {ROWS}")).unwrap();
    assert_eq!(done(&visit.page), expected());
    assert_eq!(visit.complaints(), Vec::<String>::new());
    assert_eq!(visit.foreign_requests(), Vec::<String>::new());
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_job_is_stopped_by_its_button_and_by_another_plan() {
    let visit = Visit::new();
    visit.look("recovery/times");
    visit.unfold();
    let stopped = format!("document.querySelector('{START}') && !document.querySelector('progress') && !{ROWS}");
    for stop in [format!("document.querySelector('{CANCEL}').click()"), String::new()] {
        visit.page.click(START).unwrap();
        visit.page.wait("document.querySelector('progress')?.value > 0").unwrap();
        if stop.is_empty() {
            visit.page.fill("#f-workload-writes", "7000").unwrap();
        } else {
            visit.page.eval(&stop).unwrap();
        }
        visit.page.wait(&stopped).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(500));
        assert_eq!(visit.page.eval(&format!("return !!({stopped})")).unwrap(), true, "nothing comes after the end");
    }
    assert_eq!(visit.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_worker_starts_without_the_server() {
    let site = Site::start(&variable("DR_DIST"), "/dr", 0).unwrap();
    let page = Page::open().unwrap();
    page.goto(&site.url()).unwrap();
    page.wait("navigator.serviceWorker.controller").unwrap();
    let url = site.url();
    drop(site);
    page.goto("about:blank").unwrap();
    page.goto(&url).unwrap();
    page.wait("document.querySelector('[data-tab=Recovery]')").unwrap();
    page.eval("document.querySelector('[data-tab=Recovery]').click()").unwrap();
    page.wait("document.querySelector('.view .panel.fold')").unwrap();
    page.eval("document.querySelectorAll('.view .panel.fold').forEach(fold => fold.open = true)").unwrap();
    page.wait(&format!("document.querySelector('{START}')")).unwrap();
    page.eval(&format!("document.querySelector('{START}').click()")).unwrap();
    page.wait("document.querySelector('progress')?.value > 0").unwrap();
}
