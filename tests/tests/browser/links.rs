//! A link holds the whole plan; a broken one changes nothing and says why.

use crate::visit::{VERDICT, Visit};
use dr_core::codec;

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_broken_link_leaves_the_plan_and_says_why() {
    let visit = Visit::new();
    let before = visit.text("[data-verdict]");
    for fragment in ["#p1.xxxx", "#p99.AAAA", "#p1."] {
        visit.open(fragment);
        visit.page.wait("document.querySelector('[role=alert]')?.textContent.trim()").unwrap();
        assert_eq!(visit.text("[data-verdict]"), before, "{fragment}");
    }
    assert_eq!(visit.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_link_opens_the_plan_that_it_holds() {
    let visit = Visit::new();
    let (name, plan) = dr_tests::presets().pop().expect("a preset");
    visit.open(&format!("#{}", codec::to_fragment(&plan)));
    let shown = visit.page.eval(&format!("return [document.body.innerText, ...Array.from(document.querySelectorAll('input'), field => field.value)].join(' ').includes({:?})", plan.name)).unwrap();
    assert_eq!(shown, serde_json::Value::Bool(true), "{name}: the page does not show its name, {}", plan.name);
    assert_ne!(visit.page.eval(&format!("return {VERDICT}")).unwrap(), "");
}
