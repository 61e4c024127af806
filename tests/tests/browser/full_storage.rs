//! A storage without room, and a portfolio, which is kept, told, asked about and offered like a plan.

use crate::visit::Visit;
use crate::work::{name, press, reload, rename, stored};

/// Leaves no room in the storage.
const FILL: &str = "for (let size = 1 << 22; size >= 1; size >>= 1) for (let at = 0; ; at++) { \
                    try { localStorage.setItem(`fill-${size}-${at}`, 'x'.repeat(size)) } catch { break } }";
/// Makes room again.
const EMPTY: &str =
    "Object.keys(localStorage).filter(it => it.startsWith('fill-')).forEach(it => localStorage.removeItem(it))";

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_full_storage_is_told_until_there_is_room() {
    let visit = Visit::new();
    rename(&visit, "Kept");
    visit.page.eval(FILL).unwrap();
    rename(&visit, "A much longer name for which there is no room any more");
    visit
        .page
        .wait("document.querySelector('[data-ask=unsaved]')?.textContent.includes('the plan is not saved')")
        .unwrap();
    assert!(stored(&visit, "plan").as_str().unwrap().contains("\"Kept\""), "what was kept before stays");
    visit.page.eval(EMPTY).unwrap();
    rename(&visit, "Room again");
    visit.page.wait("!document.querySelector('[data-ask=unsaved]')").unwrap();
    reload(&visit);
    assert_eq!(name(&visit), "Room again");
}

/// Presses what a menu of the bar holds.
fn choose(visit: &Visit, menu: &str, entry: &str) {
    let find = |text: &str| {
        format!(
            "[...document.querySelectorAll('.bar button, .bar summary')].find(it => it.textContent.includes({text:?}))"
        )
    };
    visit.page.eval(&format!("{}.click()", find(menu))).unwrap();
    visit.page.wait(&format!("{}?.checkVisibility()", find(entry))).unwrap();
    visit.page.eval(&format!("{}.click()", find(entry))).unwrap();
}

/// What holds for a plan: kept, told where there is no room, asked about when another tab writes, offered when another is opened.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_portfolio_is_kept_told_asked_about_and_offered_like_a_plan() {
    let visit = Visit::new();
    let plans =
        |count: usize| format!("document.querySelector('.views')?.textContent.includes('Portfolio: {count} plans')");
    let add = "[...document.querySelectorAll('.knobs button')].find(it => it.textContent.startsWith('Add ')).click()";
    choose(&visit, "Examples", "Twelve plans with tags");
    visit.page.wait(&plans(12)).unwrap();
    visit.page.eval(add).unwrap();
    visit.page.wait(&plans(13)).unwrap();
    reload(&visit);
    visit.page.wait(&plans(13)).unwrap();
    let shown = "document.querySelector('.knobs')";
    visit.page.eval(&format!("if (!{shown}) [...document.querySelectorAll('.views button')].find(it => it.textContent.startsWith('Portfolio')).click()")).unwrap();
    visit.page.wait(shown).unwrap();
    visit.page.eval(FILL).unwrap();
    for count in [14, 15, 16] {
        visit.page.eval(add).unwrap();
        visit.page.wait(&plans(count)).unwrap();
    }
    visit
        .page
        .wait("[...document.querySelectorAll('[data-ask=unsaved]')].some(it => it.textContent.includes('the portfolio is not saved'))")
        .unwrap();
    visit.page.eval(EMPTY).unwrap();
    visit.page.eval(add).unwrap();
    visit.page.wait("!document.querySelector('[data-ask=unsaved]')").unwrap();
    let other = "const key = `redis-dr-planner:${location.pathname}:portfolio`; const all = JSON.parse(localStorage.getItem(key)); \
                 all.plans.length = 2; localStorage.setItem(key, JSON.stringify(all)); dispatchEvent(new StorageEvent('storage', { key }))";
    visit.page.eval(other).unwrap();
    visit.page.wait("document.querySelector('[data-ask=theirs]')?.textContent.includes('portfolio')").unwrap();
    press(&visit, "Take theirs");
    visit.page.wait(&plans(2)).unwrap();
    choose(&visit, "Examples", "Twelve plans with tags");
    visit.page.wait(&plans(12)).unwrap();
    reload(&visit);
    visit.page.wait(&plans(12)).unwrap();
    visit.page.wait("document.querySelector('[data-ask=portfolio]')").unwrap();
    assert_eq!(visit.complaints(), Vec::<String>::new());
}
