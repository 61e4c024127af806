//! Usable by keyboard and by assistive technology, in both themes and on a phone.

use crate::visit::{TABS, Visit, variable};
use serde_json::Value;

const TAB: &str = "\u{e004}";
const RIGHT: &str = "\u{e014}";

/// One line a finding, short enough to read in a failed test.
pub(crate) const RUN_AXE: &str = "\
    axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then(result => \
      done(result.violations.flatMap(found => found.nodes.map(node => \
        `${found.id}: ${node.target.join(' ')}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? found.help}`))), \
      error => done([String(error)]))";

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn axe_finds_nothing_in_light_and_dark_on_screen_and_phone() {
    let axe = std::fs::read_to_string(variable("DR_AXE")).unwrap();
    let visit = Visit::new();
    let mut found = Vec::new();
    for (width, height) in [(1440, 900), (360, 740)] {
        for scheme in ["light", "dark"] {
            visit.page.look(width, height, scheme).unwrap();
            visit.open("");
            visit.page.eval(&axe).unwrap();
            let mut look = |part: &str| {
                let findings = visit.page.eval_later(RUN_AXE).unwrap();
                let lines = findings.as_array().into_iter().flatten().filter_map(Value::as_str);
                found.extend(lines.map(|line| format!("{width} {scheme} {part}: {line}")));
            };
            // Every view in one theme on each screen, the first of every tab in the other.
            let all = (width == 1440) == (scheme == "light");
            for view in visit.views() {
                if all || TABS.iter().any(|tab| view.eq_ignore_ascii_case(tab)) {
                    visit.look(&view);
                    visit.unfold();
                    look(&view);
                }
            }
            visit.show("Overview");
            visit.page.eval("document.querySelector('.figure').click()").unwrap();
            look("explanation");
            visit.page.eval("document.querySelector('dialog[open]').close()").unwrap();
            visit.page.eval("document.querySelectorAll('.mode button')[1].click()").unwrap();
            visit.page.wait("document.querySelectorAll('#inputs details').length > 5").unwrap();
            visit.page.eval("document.querySelectorAll('#inputs details').forEach(fold => fold.open = true)").unwrap();
            visit.page.eval("document.querySelector('.inputs-open').click()").unwrap();
            look("advanced inputs");
            visit.page.fill("#find-input", "write").unwrap();
            look("found inputs");
            visit.page.eval("localStorage.clear()").unwrap();
        }
    }
    assert!(found.is_empty(), "{} findings\n{}", found.len(), found.join("\n"));
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn the_tab_key_reaches_inputs_and_tabs_and_arrows_move_between_tabs() {
    let visit = Visit::new();
    visit.page.look(1440, 900, "light").unwrap();
    let (mut field, mut tab) = (false, false);
    for _ in 0..250 {
        visit.page.press(TAB).unwrap();
        let here = visit
            .page
            .eval("const at = document.activeElement; return [!!at.closest('[data-field]'), at.matches('[data-tab]')]");
        let here = here.unwrap();
        field |= here[0] == Value::Bool(true);
        tab = here[1] == Value::Bool(true);
        if tab {
            break;
        }
    }
    assert!(field, "no input was reached before the tabs");
    assert!(tab, "250 presses of the tab key did not reach the tabs");
    visit.page.press(RIGHT).unwrap();
    visit.page.wait("document.querySelector('[data-tab=Cost]').getAttribute('aria-selected') === 'true'").unwrap();
}

/// The ring must be seen: an outline, or a shadow drawn instead of it.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn the_focus_is_always_visible() {
    let visit = Visit::new();
    let mut unseen = Vec::new();
    for _ in 0..60 {
        visit.page.press(TAB).unwrap();
        let script = "const at = document.activeElement; if (at === document.body) return ''; \
                      const own = [at, at.parentElement].map(node => getComputedStyle(node)); \
                      return own.some(style => style.outlineStyle !== 'none' && style.outlineWidth !== '0px' || style.boxShadow !== 'none') \
                        ? '' : at.outerHTML.slice(0, 120)";
        let html = visit.page.eval(script).unwrap();
        unseen.extend(html.as_str().filter(|html| !html.is_empty()).map(str::to_owned));
    }
    unseen.sort();
    unseen.dedup();
    assert_eq!(unseen, Vec::<String>::new());
}
