//! The page starts, alone, wherever it lies.

use crate::visit::{TABS, Visit};

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn every_tab_opens_without_complaint_and_asks_no_other_server() {
    let visit = Visit::new();
    for tab in TABS {
        visit.show(tab);
    }
    assert_eq!(visit.complaints(), Vec::<String>::new());
    assert_eq!(visit.foreign_requests(), Vec::<String>::new());
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn the_page_works_below_a_path() {
    let visit = Visit::below("/teams/platform/dr");
    visit.show("Cost");
    assert_eq!(visit.complaints(), Vec::<String>::new());
    let outside: Vec<_> = visit
        .requests()
        .into_iter()
        .filter(|url| url.starts_with("http"))
        .filter(|url| !url.starts_with(&visit.site.url()))
        .collect();
    assert_eq!(outside, Vec::<String>::new());
}

/// What the policy forbids stays undone: a script from elsewhere, an inline script that is not the page's own.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn the_policy_stops_foreign_and_inline_scripts() {
    let visit = Visit::new();
    visit
        .page
        .eval("const own = document.createElement('script'); own.textContent = 'window.slipped = 1'; document.head.append(own)")
        .unwrap();
    assert_eq!(visit.page.eval("return window.slipped ?? null").unwrap(), serde_json::Value::Null);
    let fetched =
        visit.page.eval_later("fetch('http://127.0.0.1:9/').then(() => done('sent'), error => done(String(error)))");
    assert!(fetched.unwrap().as_str().unwrap().contains("Failed to fetch"));
    let said = visit.complaints().join("\n");
    assert!(said.contains("script-src") && said.contains("connect-src"), "{said}");
}
