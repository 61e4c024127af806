//! A person's work is there after a reload, a link, another tab, a full storage, another release and a fault of the page.

use crate::visit::{VERDICT, Visit, saved, scratch, variable};
use dr_core::codec;
use dr_core::plan::Plan;
use serde_json::Value;
use std::path::Path;
use xtask::page::Page;
use xtask::site::Site;

const NAME: &str = "[data-field=name]";

pub(crate) fn rename(visit: &Visit, name: &str) {
    visit.page.fill(NAME, name).unwrap();
    visit.page.eval("document.activeElement.blur()").unwrap();
    visit.page.wait(&format!("document.querySelector('{NAME}').value === {name:?}")).unwrap();
}

pub(crate) fn name(visit: &Visit) -> String {
    visit.page.eval(&format!("return document.querySelector('{NAME}').value")).unwrap().as_str().unwrap().to_owned()
}

pub(crate) fn reload(visit: &Visit) {
    visit.page.eval("location.reload()").unwrap();
    visit.page.wait(&format!("performance.timing.loadEventEnd > 0 && {VERDICT}")).unwrap();
}

pub(crate) fn press(visit: &Visit, button: &str) {
    let click = format!(
        "Array.from(document.querySelectorAll('[data-ask] button, [data-rescue] button, .bar button')).find(it => it.textContent === {button:?}).click()"
    );
    visit.page.eval(&click).unwrap();
}

fn asked(visit: &Visit, ask: &str) -> bool {
    visit.page.eval(&format!("return !!document.querySelector('[data-ask={ask}]')")).unwrap() == Value::Bool(true)
}

pub(crate) fn stored(visit: &Visit, key: &str) -> Value {
    visit.page.eval(&format!("return localStorage.getItem(`redis-dr-planner:${{location.pathname}}:{key}`)")).unwrap()
}

fn link(name: &str) -> String {
    format!("#{}", codec::to_fragment(&Plan { name: name.to_owned(), ..Plan::default() }))
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn an_edit_after_sharing_wins_over_the_address() {
    let visit = Visit::new();
    rename(&visit, "Shared");
    press(&visit, "Share");
    visit.page.wait("location.hash.startsWith('#p1.')").unwrap();
    rename(&visit, "Edited since");
    visit.page.wait("location.hash === ''").unwrap();
    for _ in 0..2 {
        reload(&visit);
        assert_eq!(name(&visit), "Edited since");
    }
    assert_eq!(visit.complaints(), Vec::<String>::new());
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_link_leaves_the_kept_plan_until_it_is_edited_and_then_brings_it_back() {
    let visit = Visit::new();
    rename(&visit, "My work");
    visit.open(&link("A colleague's"));
    assert_eq!(name(&visit), "A colleague's");
    assert!(asked(&visit, "previous"));
    visit.open("");
    assert_eq!(name(&visit), "My work", "showing a link keeps nothing");
    visit.open(&link("A colleague's"));
    rename(&visit, "Changed");
    for _ in 0..2 {
        reload(&visit);
        assert_eq!(name(&visit), "Changed");
    }
    press(&visit, "Bring it back");
    visit.page.wait(&format!("document.querySelector('{NAME}').value === 'My work'")).unwrap();
    reload(&visit);
    assert_eq!(name(&visit), "My work");
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_fragment_that_is_no_link_is_not_called_a_broken_one() {
    let visit = Visit::new();
    visit.open("#runbook");
    assert_eq!(visit.page.eval("return document.querySelector('[role=alert]')").unwrap(), Value::Null);
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn what_another_release_wrote_is_told_kept_saved_and_discarded() {
    let visit = Visit::new();
    let folder = scratch("kept-by-another-release");
    visit.page.download_to(&folder).unwrap();
    let write = "for (const [key, text] of [['plan', '{\"v\":2}'], ['portfolio', '{\"portfolio\":9}']]) localStorage.setItem(`redis-dr-planner:${location.pathname}:${key}`, text)";
    visit.page.eval(write).unwrap();
    reload(&visit);
    let lines = visit.page.eval("return document.querySelectorAll('[data-ask=aside]').length").unwrap();
    assert_eq!(lines, 2, "both are told");
    rename(&visit, "Mine");
    visit.page.eval("Array.from(document.querySelectorAll('.bar button')).find(it => it.textContent.startsWith('Add to a portfolio'))?.click()").unwrap();
    reload(&visit);
    assert_eq!(name(&visit), "Mine");
    assert_eq!(
        (stored(&visit, "plan.unread-1"), stored(&visit, "portfolio.unread-1")),
        ("{\"v\":2}".into(), "{\"portfolio\":9}".into())
    );
    press(&visit, "Download it");
    assert_eq!(saved(&folder.join("kept-plan.json")), "{\"v\":2}");
    press(&visit, "Discard it");
    visit.page.wait("document.querySelectorAll('[data-ask=aside]').length === 1").unwrap();
    assert_eq!(stored(&visit, "plan.unread-1"), Value::Null);
}

/// A second window of the same browser, reached through the first.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn two_tabs_notice_each_other_and_ask() {
    let visit = Visit::new();
    rename(&visit, "Start");
    visit.page.eval("window.other = window.open(location.href)").unwrap();
    let in_other = |script: &str| format!("window.other?.document.{script}");
    visit.page.wait(&in_other("querySelector('[data-verdict]')?.textContent.trim()")).unwrap();
    let rename_other = |name: &str| {
        let script = format!(
            "const field = other.document.querySelector('{NAME}'); field.focus(); field.value = {name:?}; \
             for (const kind of ['input', 'change']) field.dispatchEvent(new other.Event(kind, {{ bubbles: true }}))"
        );
        visit.page.eval(&script).unwrap();
        visit.page.wait(&in_other(&format!("querySelector('{NAME}').value === {name:?}"))).unwrap();
    };
    rename_other("Theirs");
    visit.page.wait("document.querySelector('[data-ask=theirs]')").unwrap();
    rename(&visit, "Mine");
    assert!(stored(&visit, "plan").as_str().unwrap().contains("\"Theirs\""), "not overwritten before the answer");
    press(&visit, "Keep mine");
    visit.page.wait("!document.querySelector('[data-ask=theirs]')").unwrap();
    assert!(stored(&visit, "plan").as_str().unwrap().contains("\"Mine\""));
    visit.page.wait(&in_other("querySelector('[data-ask=theirs]')")).unwrap();
    let take = "Array.from(other.document.querySelectorAll('[data-ask=theirs] button')).find(it => it.textContent === 'Take theirs').click()";
    visit.page.eval(take).unwrap();
    visit.page.wait(&in_other(&format!("querySelector('{NAME}').value === 'Mine'"))).unwrap();
    assert!(!asked(&visit, "theirs"), "both agree");
    assert_eq!(visit.complaints(), Vec::<String>::new());
}

/// Writes a plan of this name as another tab would: this tab is told of it.
fn other_tab_writes(visit: &Visit, name: &str) {
    let plan = codec::to_json(&Plan { name: name.to_owned(), ..Plan::default() });
    let write = format!(
        "const key = `redis-dr-planner:${{location.pathname}}:plan`; localStorage.setItem(key, {}); \
         dispatchEvent(new StorageEvent('storage', {{ key }}))",
        Value::from(plan)
    );
    visit.page.eval(&write).unwrap();
    visit.page.wait("document.querySelector('[data-ask=theirs]')").unwrap();
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn what_is_edited_while_the_question_waits_is_offered_after_a_reload() {
    let visit = Visit::new();
    rename(&visit, "Start");
    other_tab_writes(&visit, "Theirs");
    rename(&visit, "Mine, unanswered");
    reload(&visit);
    assert_eq!(name(&visit), "Theirs");
    visit.page.wait("document.querySelector('[data-ask=aside]')?.textContent.includes('“Mine, unanswered”')").unwrap();
    press(&visit, "Open it");
    visit.page.wait(&format!("document.querySelector('{NAME}').value === 'Mine, unanswered'")).unwrap();
    reload(&visit);
    assert_eq!(name(&visit), "Mine, unanswered");
    assert!(visit.text("[data-ask=previous]").contains("“Theirs”"), "{}", visit.text("[data-ask=previous]"));
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn every_replaced_plan_is_offered_with_its_day_and_what_differs() {
    let visit = Visit::new();
    for at in 0..5 {
        rename(&visit, &format!("Number {at}"));
        visit.open(&link(&format!("From a link, {at}")));
        rename(&visit, &format!("Changed {at}"));
    }
    reload(&visit);
    let lines =
        visit.page.eval("return [...document.querySelectorAll('[data-ask=previous] p')].map(it => it.textContent)");
    let lines = lines.unwrap();
    let lines: Vec<&str> = lines.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for at in 0..5 {
        let own = lines.iter().find(|line| line.contains(&format!("“Number {at}”")));
        let own = own.unwrap_or_else(|| panic!("number {at} of {lines:?}"));
        assert!(own.contains("was replaced on 20") && own.contains("differs from the plan in view in: "), "{own}");
    }
    visit.page.eval("document.querySelector('details.notice').open = true").unwrap();
    let count = "document.querySelectorAll('[data-ask=previous]').length";
    visit.page.eval("[...document.querySelectorAll('details.notice button')].find(it => it.textContent === 'Let it go').click()").unwrap();
    visit.page.wait(&format!("{count} === {}", lines.len() - 1)).unwrap();
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { assert!(std::fs::copy(&path, target).is_ok()) }
    }
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn two_deployments_of_one_origin_keep_separate_plans_and_both_find_the_old_one() {
    let folder = scratch("two-deployments");
    for part in ["a", "b"] {
        copy(&variable("DR_DIST"), &folder.join(part));
    }
    let visit = Visit { site: Site::start(&folder, "", 0).unwrap(), page: Page::open().unwrap() };
    let go = |part: &str| {
        visit.page.goto("about:blank").unwrap();
        visit.page.goto(&format!("{}{part}/", visit.site.url())).unwrap();
        visit.page.wait(VERDICT).unwrap();
    };
    go("a");
    let old = codec::to_json(&Plan { name: "Old".to_owned(), ..Plan::default() });
    visit
        .page
        .eval(&format!("localStorage.clear(); localStorage.setItem('redis-dr-planner.plan', {})", Value::from(old)))
        .unwrap();
    for part in ["a", "b"] {
        go(part);
        assert_eq!(name(&visit), "Old", "{part}");
        rename(&visit, part);
    }
    for part in ["a", "b"] {
        go(part);
        assert_eq!(name(&visit), part);
    }
}

/// A method of the document that throws, as a fault of the page or an extension would: the program traps.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_fault_of_the_page_leaves_the_plan_to_save_and_a_way_to_start_clean() {
    let visit = Visit::new();
    let folder = scratch("stopped");
    visit.page.download_to(&folder).unwrap();
    rename(&visit, "Before the fault");
    let break_page = "for (const name of ['insertBefore', 'appendChild', 'removeChild']) Node.prototype[name] = () => { throw new Error('broken') }";
    visit.page.eval(break_page).unwrap();
    visit.page.eval("document.querySelector('[data-tab=Rules]').click()").unwrap();
    visit.page.wait("document.querySelector('[data-rescue]')").unwrap();
    assert!(visit.text("[data-rescue]").contains("A fault of this page stopped it"));
    press(&visit, "Download my plan");
    let saved = codec::from_json(&saved(&folder.join("plan.json"))).unwrap();
    assert_eq!(saved.name, "Before the fault");
    assert!(
        visit.text("[data-rescue]").contains("The plan of this tab can be saved"),
        "{}",
        visit.text("[data-rescue]")
    );
    press(&visit, "Start clean");
    visit.page.wait(&format!("!document.querySelector('[data-rescue]') && {VERDICT}")).unwrap();
    assert_eq!(name(&visit), "New plan");
    visit.page.wait("document.querySelector('[data-ask=aside]')?.textContent.includes('“Before the fault”')").unwrap();
    press(&visit, "Open it");
    visit.page.wait(&format!("document.querySelector('{NAME}').value === 'Before the fault'")).unwrap();
    assert_eq!(stored(&visit, "plan.unread-1"), Value::Null);
}

/// The storage of the origin holds another tab's plan: what is saved and set aside after a fault is this tab's.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_fault_of_the_page_offers_this_tabs_plan_and_not_the_other_tabs() {
    let visit = Visit::new();
    let folder = scratch("stopped-beside-another-tab");
    visit.page.download_to(&folder).unwrap();
    rename(&visit, "Mine before the fault");
    other_tab_writes(&visit, "Theirs");
    visit.page.eval("dispatchEvent(new Event('planner-panic'))").unwrap();
    visit.page.wait("document.querySelector('[data-rescue]')").unwrap();
    press(&visit, "Download my plan");
    let saved = codec::from_json(&saved(&folder.join("plan.json"))).unwrap();
    assert_eq!(saved.name, "Mine before the fault");
    press(&visit, "Start clean");
    visit.page.wait(&format!("!document.querySelector('[data-rescue]') && {VERDICT}")).unwrap();
    let told = visit
        .page
        .eval("return [...document.querySelectorAll('[data-ask=aside] p')].map(it => it.textContent).join(' ')");
    let told = told.unwrap().to_string();
    assert!(told.contains("“Mine before the fault”") && told.contains("“Theirs”"), "{told}");
}

/// Decide is raised figure by figure: each stays in its box until the three are a range; a reload never loses the plan.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_range_is_edited_one_figure_at_a_time_and_a_bad_one_stays_in_its_box() {
    let visit = Visit::new();
    rename(&visit, "Ranges");
    visit.page.eval("document.querySelectorAll('.mode button')[1].click()").unwrap();
    visit.page.wait("document.querySelector(\"[data-field='recovery.decide.low']\")").unwrap();
    visit.page.eval("document.querySelectorAll('#inputs details').forEach(fold => fold.open = true)").unwrap();
    let part = |part: &str| format!("[data-field='recovery.decide.{part}']");
    let invalid = |part: &str| {
        format!(
            "document.querySelector(\"[data-field='recovery.decide.{part}']\").getAttribute('aria-invalid') === 'true'"
        )
    };
    visit.page.fill(&part("low"), "3 h").unwrap();
    visit.page.wait(&invalid("low")).unwrap();
    visit.page.wait("document.body.textContent.includes('Decide: the three figures are not in order')").unwrap();
    visit.page.fill(&part("high"), "5 h").unwrap();
    visit.page.wait(&invalid("high")).unwrap();
    visit.page.fill(&part("mode"), "4 h").unwrap();
    visit.page.wait(&format!("!({}) && !({})", invalid("low"), invalid("high"))).unwrap();
    let three = || {
        let values = visit.page.eval("return ['low', 'mode', 'high'].map(part => document.querySelector(`[data-field='recovery.decide.${part}']`).value)");
        values.unwrap()
    };
    let shown = three();
    visit.page.fill("[data-field='recovery.decide.drills']", "20000").unwrap();
    visit.page.eval("document.activeElement.blur()").unwrap();
    visit
        .page
        .wait(
            "document.querySelector(\"[data-field='recovery.decide.drills']\").getAttribute('aria-invalid') === 'true'",
        )
        .unwrap();
    reload(&visit);
    assert_eq!((name(&visit), three()), ("Ranges".to_owned(), shown));
    assert!(!asked(&visit, "aside"));
}
