//! Night mode: the failover for one hand, on a phone, without a server.

use crate::access::RUN_AXE;
use crate::builds;
use crate::visit::variable;
use serde_json::Value;
use std::fs;
use xtask::page::Page;
use xtask::site::Site;

const NEXT: &str = "document.querySelector('.night .words')?.textContent";

fn click(page: &Page, selector: &str, label: &str) {
    let button =
        format!("[...document.querySelectorAll({selector:?})].find(it => it.textContent.startsWith({label:?}))");
    page.wait(&button).unwrap();
    page.eval(&format!("{button}.click()")).unwrap();
}

/// What is wider than the window widens the window of a phone itself.
fn fits(page: &Page, width: u32) {
    for wide in ["document.documentElement.scrollWidth", "innerWidth", "document.querySelector('.night').scrollWidth"] {
        assert!(number(page, wide) <= u64::from(width), "{wide} at {width}");
    }
}

fn number(page: &Page, expression: &str) -> u64 {
    page.eval(&format!("return {expression}")).unwrap().as_u64().unwrap()
}

/// One tap from the front; the clock, a step ticked off and a note are there after a reload that no server answers; nothing else is on the
/// page, nothing is wider than it, and axe finds nothing.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn the_failover_is_worked_through_on_a_phone_without_a_server() {
    let axe = fs::read_to_string(variable("DR_AXE")).unwrap();
    let site = Site::start(&variable("DR_DIST"), "/dr", 0).unwrap();
    let (page, url) = (Page::open().unwrap(), site.url());
    page.look(360, 740, "dark").unwrap();
    builds::visit(&page, &url);
    page.click("button[aria-label^='Night mode']").unwrap();
    page.wait(NEXT).unwrap();
    assert_eq!(number(&page, "document.querySelectorAll('#inputs, .bar, [data-tab], .matrix').length"), 0);
    assert_eq!(number(&page, "document.querySelectorAll('[role=timer]').length"), 0, "nobody said when it began");
    for width in [320, 360] {
        page.look(width, 740, "dark").unwrap();
        fits(&page, width);
    }
    click(&page, ".began .btn", "Now");
    page.wait("document.querySelector('[role=timer] .figure')?.textContent").unwrap();
    let first = page.eval(&format!("return {NEXT}")).unwrap();
    page.fill(".note-line input", "the bridge is open").unwrap();
    click(&page, ".note-line .btn", "Note");
    click(&page, ".does .btn", "Done at ");
    page.wait(&format!("{NEXT} !== {first}")).unwrap();
    let left_out = page.eval(&format!("return {NEXT}")).unwrap();
    // Typed and left there: Enter would make a note of it.
    page.eval("document.querySelector('.note-line input').value = 'another path'").unwrap();
    click(&page, ".does .btn", "Not needed");
    page.wait(&format!("{NEXT} !== {left_out}")).unwrap();
    let second = page.eval(&format!("return {NEXT}")).unwrap();
    drop(site);
    page.goto("about:blank").unwrap();
    page.goto(&format!("{url}#/runbook/night")).unwrap();
    page.wait(NEXT).unwrap();
    page.wait("document.querySelector('[role=timer] .figure')?.textContent").unwrap();
    assert_eq!(page.eval(&format!("return {NEXT}")).unwrap(), second);
    let log = page.eval("return document.querySelector('.night .done').textContent").unwrap();
    let log = log.as_str().unwrap();
    assert!(log.contains("the bridge is open") && log.contains(first.as_str().unwrap()), "{log}");
    assert!(log.contains("Not needed (another path): "), "{log}");
    page.eval(&axe).unwrap();
    for (width, scheme) in [(320, "dark"), (360, "dark"), (360, "light"), (1440, "dark"), (1440, "light")] {
        page.look(width, 740, scheme).unwrap();
        fits(&page, width);
        let found = page.eval_later(RUN_AXE).unwrap();
        assert_eq!(found, Value::Array(Vec::new()), "{width} {scheme}");
        fs::create_dir_all(variable("DR_PICTURES")).unwrap();
        let file = variable("DR_PICTURES").join(format!("night-{width}-{scheme}.png"));
        fs::write(file, page.picture(true).unwrap()).unwrap();
    }
    click(&page, ".night footer .btn", "Back to the plan");
    page.wait("document.querySelector('[data-verdict]')?.textContent").unwrap();
}
