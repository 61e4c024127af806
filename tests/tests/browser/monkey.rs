//! Random figures into random fields, and a reload after every few: the plan is the same before and after.
//!
//! `DR_MONKEY_RELOADS=1000 cargo xtask test browser` makes a night of it; `DR_MONKEY_FIRST=500` begins at another seed, so that
//! several browsers share the work.

use crate::visit::{VERDICT, Visit};

/// Does so many random things; a generator of its own, so that a seed gives the same visit.
const MONKEY: &str = r"
  let state = SEED >>> 0;
  const random = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 4294967296; };
  const any = (list) => list[Math.floor(random() * list.length)];
  const texts = ['0', '1', '5', '12', '70', '5,000', '-5', '20000', '300', '3 h', '90 s', '2 d', '1e300', 'NaN', '', ' ', 'many', '10 GB',
    '1,5', '0.5', '99 %', '101', '18k/s', '$5,000', '7; 9; 11', '7; -1', Array(300).fill('7').join('; '), '0.000001', '1 PB', '2027-02-30', 'é'.repeat(130)];
  const fire = (at, kind) => at.dispatchEvent(new (kind === 'input' ? InputEvent : Event)(kind, { bubbles: true }));
  const seen = (selector) => Array.from(document.querySelectorAll(selector)).filter((at) => !at.disabled && at.isConnected);
  const drawn = () => new Promise((next) => setTimeout(next, 0));
  // As a person does: the page draws between the typing and the leaving.
  const write = async (at, value) => { at.focus(); at.value = value; fire(at, 'input'); await drawn(); fire(at, 'change'); at.blur(); };
  const kinds = [
    () => write(any(seen('#inputs input[type=text], .bar input[type=text]')), any(texts)),
    () => write(any(seen(`#inputs [data-field^='recovery.'] input[type=text]`)), any(texts)),
    () => { const at = any(seen('#inputs select')); at.value = any(Array.from(at.options)).value; fire(at, 'change'); },
    () => { const at = any(seen('main input[type=range]')); at.value = Number(at.min) + random() * (at.max - at.min); fire(at, 'input'); },
    () => any(seen('#inputs input[type=checkbox], main input[type=checkbox]')).click(),
    () => any(seen('#inputs .region button, #inputs .derive')).click(),
    () => any(seen(`[aria-label=Undo], [aria-label=Redo]`)).click(),
    () => any(seen('[data-tab]')).click(),
  ];
  for (let at = 0; at < ACTIONS; at++) {
    try { await any(kinds)(); } catch (error) { if (!(error instanceof TypeError)) throw error; }
    await drawn();
  }
  done(1);";

/// The plan of the session itself, as Export would save it.
const EXPORTED: &str = r"
  const [make, click] = [URL.createObjectURL, HTMLAnchorElement.prototype.click];
  let blob;
  URL.createObjectURL = (given) => { blob = given; return 'about:blank'; };
  HTMLAnchorElement.prototype.click = () => {};
  const named = (text) => Array.from(document.querySelectorAll('.bar button')).find((at) => at.textContent.startsWith(text));
  if (!named('Plan (JSON)')) { named('Export').click(); await new Promise((next) => setTimeout(next, 0)); }
  named('Plan (JSON)').click();
  URL.createObjectURL = make;
  HTMLAnchorElement.prototype.click = click;
  done(await blob.text());";

fn later(visit: &Visit, script: &str) -> serde_json::Value {
    visit
        .page
        .eval_later(&format!("(async () => {{ {script} }})().catch((error) => done('failed: ' + error))"))
        .unwrap()
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn no_plan_is_lost_whatever_is_typed_before_a_reload() {
    let given = |name: &str| std::env::var(name).ok().and_then(|count| count.parse::<u32>().ok());
    let (first, reloads) = (given("DR_MONKEY_FIRST").unwrap_or(0), given("DR_MONKEY_RELOADS").unwrap_or(25));
    let visit = Visit::new();
    visit.page.eval("document.querySelectorAll('.mode button')[1].click()").unwrap();
    let (mut lost, mut changed, mut before) = (Vec::new(), 0, String::new());
    for seed in first..first + reloads {
        let script = MONKEY.replace("SEED", &(seed * 7_919 + 1).to_string()).replace("ACTIONS", "3");
        assert_eq!(later(&visit, &script), 1, "seed {seed}");
        let plan = later(&visit, EXPORTED).as_str().unwrap().to_owned();
        changed += u32::from(plan != before);
        visit.page.eval("document.documentElement.dataset.old = ''; location.reload()").unwrap();
        visit.page.wait(&format!("!('old' in document.documentElement.dataset) && {VERDICT}")).unwrap();
        before = later(&visit, EXPORTED).as_str().unwrap().to_owned();
        let told = visit.page.eval(
            "return document.querySelector('[data-ask=aside], [data-ask=unsaved], [data-rescue]')?.textContent ?? ''",
        );
        if plan != before || told.as_ref().unwrap() != "" {
            lost.push(format!("seed {seed}: {told:?}"));
        }
    }
    println!("{reloads} reloads from seed {first}, {changed} of them after a change, {} plans lost", lost.len());
    assert_eq!(lost, Vec::<String>::new());
    assert!(changed > reloads / 2, "the monkey changes the plan: {changed} of {reloads}");
}
