//! After one visit the page opens without its server.

use crate::visit::{VERDICT, Visit, variable};
use xtask::page::Page;
use xtask::site::Site;

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn the_page_opens_again_when_its_server_is_gone() {
    let site = Site::start(&variable("DR_DIST"), "/dr", 0).unwrap();
    let page = Page::open().unwrap();
    page.goto(&site.url()).unwrap();
    let ready = "navigator.serviceWorker.ready.then(worker => done(worker.active?.state ?? 'none'))";
    page.eval_later(ready).unwrap();
    page.wait("navigator.serviceWorker.controller").unwrap();
    page.wait(VERDICT).unwrap();
    let (url, before) = (site.url(), page.eval(&format!("return {VERDICT}")).unwrap());
    drop(site);
    page.goto("about:blank").unwrap();
    page.goto(&url).unwrap();
    page.wait(VERDICT).unwrap();
    assert_eq!(page.eval(&format!("return {VERDICT}")).unwrap(), before);
}

/// A new build must not be hidden by the copy of an old one.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn only_the_copy_of_this_build_is_kept() {
    let visit = Visit::new();
    visit.page.eval_later("caches.open('redis-dr-planner-old').then(() => done(1))").unwrap();
    visit.page.eval_later("navigator.serviceWorker.ready.then(worker => worker.unregister()).then(done)").unwrap();
    visit.open("");
    visit.page.wait("navigator.serviceWorker.controller").unwrap();
    let kept = visit.page.eval_later("caches.keys().then(done)").unwrap();
    let kept = kept.as_array().unwrap();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_ne!(kept[0], "redis-dr-planner-old");
}
