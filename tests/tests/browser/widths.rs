//! Nothing is wider than a narrow window, whatever a plan's values are, and a box shows its whole value.

use crate::visit::Visit;
use dr_core::catalog::{RegionId, SkuId};
use dr_core::codec;
use dr_core::plan::Plan;
use dr_core::units::{Money, OpsPerSec};
use serde_json::{Value, json};

/// Five regions of which some have no price: costs and round trips are unknown.
fn unpriced() -> Plan {
    let mut plan = Plan::default();
    plan.exchange_region(0, RegionId::new("westeurope"));
    for region in ["brazilsouth", "southafricanorth", "koreacentral"] {
        plan.add_region(RegionId::new(region));
    }
    plan.objectives.budget = Some(Money::whole(123_456_789));
    plan
}

/// A link that can never copy everything: more is written than a shard copies.
fn never_complete() -> Plan {
    let mut plan = Plan::default();
    plan.passive.sku = Some(SkuId::new("Premium_P4"));
    plan.passive.shards = Some(1);
    plan.workload.writes = OpsPerSec::per_s(900_000.0);
    plan.objectives.budget = Some(Money::whole(1_000_000_000));
    plan
}

/// What is beyond the window, and text that is broken inside a word.
const TOO_WIDE: &str = "\
    const wide = document.documentElement.scrollWidth > innerWidth ? [`page ${document.documentElement.scrollWidth}`] : []; \
    const inScroll = node => { for (let at = node.parentElement; at; at = at.parentElement) \
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(at).overflowX)) return true; return false; }; \
    for (const node of document.querySelectorAll('.results *, .bar *, .inputs-open')) { \
      const box = node.getBoundingClientRect(); \
      if (box.width > 0 && box.right > innerWidth + 0.5 && !inScroll(node)) wide.push(node.outerHTML.slice(0, 90)); } \
    for (const node of document.querySelectorAll('.matrix .figure, .matrix .tag')) { \
      const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT); \
      while (walk.nextNode()) for (const word of walk.currentNode.data.matchAll(/[A-Za-z]+/g)) { \
        const range = document.createRange(); range.setStart(walk.currentNode, word.index); \
        range.setEnd(walk.currentNode, word.index + word[0].length); \
        if (new Set([...range.getClientRects()].map(line => Math.round(line.top))).size > 1) wide.push(`broken: ${word[0]}`); } } \
    for (const bill of document.querySelectorAll('table.bill')) \
      if (bill.getBoundingClientRect().width > bill.parentElement.clientWidth + 0.5) wide.push('a bill cuts its amounts'); \
    return wide.slice(0, 6)";

/// Every example opens with its designs in sight, whether one meets every target or none does.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn the_designs_of_every_example_are_in_the_first_window() {
    let visit = Visit::new();
    for file in ["enrolment", "gaming-leaderboard", "energy-trading"] {
        let text =
            std::fs::read_to_string(format!("{}/../public/plans/{file}.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let plan = codec::from_json(&text).unwrap();
        for (width, design) in [(1440, ".cards .card"), (360, ".matrix")] {
            visit.page.look(width, 740, "light").unwrap();
            visit.open(&format!("#{}", codec::to_fragment(&plan)));
            visit.look("overview");
            let sentence = ".view > p[role=status]:not(.on-screen)";
            let no_design = plan.name != "Enrolment";
            if no_design {
                visit.page.wait(&format!("document.querySelector('{sentence}')?.textContent")).unwrap();
            }
            let top = visit
                .page
                .eval(&format!("return document.querySelector('{design}').getBoundingClientRect().top"))
                .unwrap();
            assert!(top.as_f64().unwrap() < 600.0, "{file} at {width}: {top}");
        }
    }
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn nothing_is_wider_than_a_phone_with_any_value() {
    let visit = Visit::new();
    let mut found = Vec::new();
    for (name, plan, word) in [("unpriced", unpriced(), "≥"), ("never", never_complete(), "never complete")] {
        for width in [360, 320] {
            visit.page.look(width, 740, "light").unwrap();
            visit.open(&format!("#{}", codec::to_fragment(&plan)));
            visit.look("overview");
            let table = visit.text(".matrix");
            assert!(table.contains(word), "{name} shows no “{word}”: {table}");
            for view in visit.views() {
                visit.look(&view);
                visit.unfold();
                let wide = visit.page.eval(TOO_WIDE).unwrap();
                let wide = wide.as_array().into_iter().flatten().filter_map(Value::as_str);
                found.extend(wide.map(|what| format!("{name} {width} {view}: {what}")));
            }
        }
    }
    assert!(found.is_empty(), "{} findings\n{}", found.len(), found.join("\n"));
}

/// A list that is as narrow as what is chosen allows is no wider than it is drawn: nothing of the choice is cut off.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn whatever_is_chosen_is_readable_whole() {
    const CUT: &str = "\
        const needs = (list, text) => { const alone = document.createElement('select'); alone.className = list.className; \
          alone.style.cssText = 'position:absolute;width:auto;min-width:0;max-width:none;field-sizing:content'; \
          alone.append(new Option(text)); list.after(alone); const wide = alone.offsetWidth; alone.remove(); return wide; }; \
        const cut = []; \
        document.querySelectorAll('#inputs details').forEach(fold => fold.open = true); \
        for (const list of document.querySelectorAll('#inputs select')) { \
          const chosen = list.selectedOptions[0].text; \
          if (needs(list, chosen) > list.offsetWidth + 1) cut.push(`${chosen}: ${needs(list, chosen)} in ${list.offsetWidth}`); \
          for (const { text } of list.options) { \
            const name = list.closest('.region') ? text.replace(/ .no .*price.$/, '') : text; \
            const room = list.parentElement.clientWidth; \
            if (needs(list, name) > room) cut.push(`${name}: ${needs(list, name)} in a line of ${room}`); } } \
        return cut";
    let visit = Visit::new();
    let mut found = Vec::new();
    for width in [1440, 1000, 320] {
        visit.page.look(width, 900, "light").unwrap();
        visit.open(&format!("#{}", codec::to_fragment(&unpriced())));
        visit.page.eval("document.querySelectorAll('.mode button')[1].click()").unwrap();
        visit.page.wait("document.querySelector(\"[data-field='recovery.decide.low']\")").unwrap();
        let cut = visit.page.eval(CUT).unwrap();
        found.extend(cut.as_array().into_iter().flatten().map(|what| format!("{width}: {what}")));
    }
    assert!(found.is_empty(), "{} cut off\n{}", found.len(), found.join("\n"));
}

/// With the text spacing of WCAG 1.4.12 as well.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_box_shows_its_whole_value() {
    let visit = Visit::new();
    let mut plan = never_complete();
    for (width, budget) in [(1440, 1_000_000_000), (1000, 123_456_789), (320, 123_456_789)] {
        plan.objectives.budget = Some(Money::whole(budget));
        visit.page.look(width, 900, "light").unwrap();
        visit.open(&format!("#{}", codec::to_fragment(&plan)));
        for spacing in ["0", "0.12em"] {
            let script = format!(
                "document.querySelectorAll('#inputs input').forEach(box => box.style.letterSpacing = {spacing:?}); \
                 return [...document.querySelectorAll('#inputs input[type=text]')] \
                   .filter(box => box.scrollWidth > box.clientWidth).map(box => `${{box.id}} ${{box.value}}`)"
            );
            assert_eq!(visit.page.eval(&script).unwrap(), json!([]), "{width} {spacing}");
        }
        let wide =
            "return document.querySelector('#inputs').scrollWidth <= document.querySelector('#inputs').clientWidth";
        assert_eq!(visit.page.eval(wide).unwrap(), json!(true), "{width}");
    }
}
