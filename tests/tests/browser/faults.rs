//! What hosts do wrong: the page works from its copy, or says what does not come and what to do.

use crate::builds::{next_build, open, part, same_build, shown, text, version, visit};
use crate::visit::{VERDICT, Visit, variable};
use std::fs;
use xtask::page::Page;
use xtask::site::{Fault, Site};

const WORDS: &str = "document.querySelector('.loading-words')?.innerText ?? ''";

/// The words on the loading screen, when they hold this.
fn said(page: &Page, what: &str) -> String {
    page.wait(&format!("({WORDS}).includes({what:?})"))
        .unwrap_or_else(|error| panic!("{error}: {what}: {}", text(page, WORDS)));
    text(page, WORDS)
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_part_that_does_not_come_is_named_and_comes_at_another_try() {
    let dist = variable("DR_DIST");
    let [wasm, script, sheet] = ["_bg.wasm", ".js", ".css"].map(|ending| part(&dist, ending));
    let changed = |name: &str| [&fs::read(dist.join(name)).unwrap()[..], b"\n// more\n"].concat();
    let other = "another file, or a part of it";
    let cases = [
        (&wasm, Fault::Status(404), "program did not come: the server answers 404 Not Found"),
        (&wasm, Fault::Status(503), "program did not come: the server answers 503"),
        (&wasm, Fault::Half, "program did not come: the connection to the server fails"),
        (&wasm, Fault::Instead("text/html", b"<!doctype html>".to_vec()), other),
        (&wasm, Fault::Instead("application/wasm", b"\0asm\x01\0\0\0".to_vec()), other),
        (&script, Fault::Status(404), "script did not come: the server answers 404 Not Found"),
        (&script, Fault::Instead("text/javascript", changed(&script)), other),
        (&sheet, Fault::Status(404), "style sheet did not come: the server answers 404 Not Found"),
    ];
    let page = Page::open().unwrap();
    for (name, fault, what) in cases {
        // A site of its own: nothing of it is in the browser's cache, and no copy.
        let site = Site::start(&dist, "", 0).unwrap();
        site.fail(name, fault.clone());
        page.goto(&site.url()).unwrap();
        let words = said(&page, what);
        assert!(words.contains(name.as_str()) && words.contains(&version(&dist)), "{fault:?}: {words}");
        assert!(words.contains("What you entered is kept"), "{fault:?}: {words}");
        assert!(!words.contains("Open the copy"), "there is none: {words}");
        site.heal();
        page.click(".loading-ways button").unwrap();
        page.wait(VERDICT).unwrap_or_else(|error| panic!("{fault:?}: {error}"));
    }
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_program_that_takes_long_is_said_and_can_be_tried_again() {
    let site = Site::start(&variable("DR_DIST"), "", 0).unwrap();
    site.fail("_bg.wasm", Fault::Silence);
    let page = Page::open().unwrap();
    page.goto(&site.url()).unwrap();
    said(&page, "still loading: the line is slow, or the server does not answer");
    site.heal();
    // In one step: the silent connection ends now, and the words change.
    page.eval("document.querySelector('.loading-ways button').click()").unwrap();
    page.wait(VERDICT).unwrap();
}

/// The tabs behind the first, opened files and exports need a part of their own, which comes after the first result.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_second_part_that_does_not_come_is_said_in_its_place_and_comes_at_another_try() {
    let dist = variable("DR_DIST");
    let names = xtask::build::files(&dist).into_iter().filter_map(|file| file.file_name()?.to_str().map(str::to_owned));
    let second = names.into_iter().find(|name| name.contains("-later-")).expect("a second part");
    let page = Page::open().unwrap();
    for fault in [Fault::Status(404), Fault::Half, Fault::Instead("text/html", b"<!doctype html>".to_vec())] {
        let site = Site::start(&dist, "", 0).unwrap();
        site.fail(&second, fault.clone());
        page.goto(&site.url()).unwrap();
        page.wait(VERDICT).unwrap();
        page.click("[data-tab=Cost]").unwrap();
        page.wait("document.querySelector('#tab-panel [role=alert]')?.innerText.includes('did not load')")
            .unwrap_or_else(|error| panic!("{fault:?}: {error}"));
        site.heal();
        page.click("#tab-panel [role=alert] button").unwrap();
        page.wait("document.querySelector('#tab-panel canvas')").unwrap_or_else(|error| panic!("{fault:?}: {error}"));
    }
}

/// A browser does not wait when it prints: paper says what is not on it, and never “Loading…”.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn what_has_not_come_when_the_page_is_printed_is_said_on_paper_and_is_asked_for() {
    let dist = variable("DR_DIST");
    let names = xtask::build::files(&dist).into_iter().filter_map(|file| file.file_name()?.to_str().map(str::to_owned));
    let second = names.into_iter().find(|name| name.contains("-later-")).expect("a second part");
    let site = Site::start(&dist, "", 0).unwrap();
    site.fail(&second, Fault::Silence);
    let page = Page::open().unwrap();
    page.goto(&site.url()).unwrap();
    page.wait(VERDICT).unwrap();
    // As the browser does: the rules for paper, then the event.
    page.cdp("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" })).unwrap();
    page.eval("dispatchEvent(new Event('beforeprint'))").unwrap();
    page.wait("document.querySelector('body > .on-paper')?.checkVisibility()").unwrap();
    let paper = text(&page, "document.body.innerText");
    assert_eq!(paper.matches("The report is not printed: the page was still loading it").count(), 1, "{paper}");
    assert!(!paper.contains("Loading…"), "{paper}");
    site.heal();
    // The silent connection has ended: the view says what a person can do, or has what it asked for.
    page.cdp("Emulation.setEmulatedMedia", serde_json::json!({ "media": "" })).unwrap();
    page.eval("dispatchEvent(new Event('afterprint'))").unwrap();
    page.eval("document.querySelector('[data-tab=Cost]').click()").unwrap();
    page.wait(
        "document.querySelector('#tab-panel [data-section]') || document.querySelector('#tab-panel [role=alert]')",
    )
    .unwrap();
}

/// A browser paints nothing while it waits for a sheet.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_style_sheet_that_hangs_does_not_leave_the_window_white() {
    let site = Site::start(&variable("DR_DIST"), "", 0).unwrap();
    site.fail(".css", Fault::Silence);
    let page = Page::open().unwrap();
    page.goto(&site.url()).unwrap();
    said(&page, "style sheet did not come: the server does not answer");
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_server_that_is_unwell_or_silent_is_answered_from_the_copy() {
    let site = Site::start(&variable("DR_DIST"), "/dr", 0).unwrap();
    let page = Page::open().unwrap();
    visit(&page, &site.url());
    for fault in [Fault::Status(503), Fault::Status(500), Fault::Status(404), Fault::Half, Fault::Silence] {
        site.heal();
        site.fail("", fault);
        // There is no other answer than the copy's: a silent server stays silent.
        open(&page, &site.url());
    }
    let plan = "fetch('plans/tax-filing.json').then(answer => answer.json()).then(plan => done(plan.name))";
    assert!(page.eval_later(plan).unwrap().as_str().is_some_and(|name| !name.is_empty()));
    // What is not of the page is none of its worker's business.
    site.heal();
    let strange = page.eval_later("fetch('no-such-file').then(answer => done(answer.status))").unwrap();
    assert_eq!(strange, 404);
}

/// The page of a new release is up, its files are not.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_release_with_a_part_missing_offers_the_copy_before() {
    let (old, new) = (same_build("half-released"), next_build("half-release"));
    let site = Site::start(&old, "", 0).unwrap();
    let page = Page::open().unwrap();
    visit(&page, &site.url());
    let was = version(&old);
    for file in ["index.html", "sw.js"] {
        fs::copy(new.join(file), old.join(file)).unwrap();
    }
    page.goto("about:blank").unwrap();
    page.goto(&format!("{}#results", site.url())).unwrap();
    said(&page, "style sheet did not come: the server answers 404");
    page.click(".loading-ways a").unwrap();
    page.wait(VERDICT).unwrap();
    assert_eq!(shown(&page), was);
    assert_eq!(text(&page, "location.href"), format!("{}#results", site.url()), "the next visit asks the server again");
}

/// A browser says in its console what of the page it does not take: an unused preload, a digest that it does not check.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_first_visit_gives_the_browser_nothing_to_warn_of() {
    let visit = Visit::new();
    let entries = visit.page.log("browser").unwrap();
    assert!(entries.is_empty(), "{entries:?}");
}
