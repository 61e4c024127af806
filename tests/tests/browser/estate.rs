//! What Azure prints, dropped on the page: read beside it, shown cache by cache, and nothing secret or named leaves it unasked.

use crate::access::RUN_AXE;
use crate::visit::{Visit, saved, scratch, variable};
use crate::work::{name, reload, rename, stored};
use dr_core::codec;
use dr_tests::estate::{PLANTED, SUBSCRIPTION, files_of_secrets, invented, with_secrets};
use serde_json::Value;

/// Caches in the table.
pub(crate) const ROWS: &str = "document.querySelectorAll('[data-cache]').length";
/// The sentence of the view has the month of all plans.
pub(crate) const PRICED: &str =
    "document.querySelector('[data-section=estate] .say')?.textContent.includes(' a month')";

/// Puts files at hand in the page; the last step drops them all at once, as a file manager does.
fn prepare(visit: &Visit, files: &[(String, Vec<u8>)]) {
    for (name, bytes) in files {
        let text = Value::from(String::from_utf8(bytes.clone()).unwrap());
        let add = format!("(window.dropped ??= new DataTransfer()).items.add(new File([{text}], {name:?}))");
        visit.page.eval(&add).unwrap();
    }
}

const DROP: &str = "window.dispatchEvent(new DragEvent('drop', { dataTransfer: window.dropped, cancelable: true })); delete window.dropped";

pub(crate) fn drop_files(visit: &Visit, files: &[(String, Vec<u8>)]) {
    prepare(visit, files);
    visit.page.eval(DROP).unwrap();
}

/// From the drop to the table, and to the month of every plan. Printed, never asserted: machines differ.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn two_hundred_caches_from_files_to_table() {
    let visit = Visit::new();
    let files = invented();
    prepare(&visit, &files);
    let watch = format!(
        "window.times = {{}}; const begun = performance.now(); \
         const look = () => {{ if (!times.table && {ROWS} === 200) times.table = performance.now() - begun; \
           if (!times.priced && {PRICED}) times.priced = performance.now() - begun; \
           if (!times.priced) requestAnimationFrame(look); }}; \
         let last = begun; window.longest = 0; \
         const tick = () => {{ const now = performance.now(); longest = Math.max(longest, now - last); last = now; if (!times.priced) setTimeout(tick); }}; \
         look(); tick(); {DROP}"
    );
    visit.page.eval(&watch).unwrap();
    visit.page.wait("window.times.priced").unwrap();
    let measured = visit.page.eval("return [times.table, times.priced, longest].map(Math.round)").unwrap();
    let size: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    println!("{} files, {} MB: table, priced, longest standstill in ms: {measured}", files.len(), size / 1_000_000);
    assert_eq!(visit.page.eval(&format!("return {ROWS}")).unwrap(), 200);
    let deployments = visit.page.eval("return document.querySelectorAll('[data-deployment]').length").unwrap();
    assert_eq!(deployments, 120);
    assert_eq!(visit.complaints(), Vec::<String>::new());
    assert_eq!(visit.foreign_requests(), Vec::<String>::new());
}

pub(crate) fn click(visit: &Visit, label: &str) {
    let script = format!(
        "[...document.querySelectorAll('button')].find(it => (it.ariaLabel ?? it.textContent).trim() === {label:?}).click()"
    );
    visit.page.eval(&script).unwrap();
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn planted_secrets_and_names_stay_out_of_storage_exports_and_links() {
    let visit = Visit::new();
    let folder = scratch("estate-secrets");
    visit.page.download_to(&folder).unwrap();
    visit
        .page
        .eval("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }")
        .unwrap();
    let mut files = files_of_secrets();
    files.push(with_secrets());
    drop_files(&visit, &files);
    visit.page.wait(&format!("{ROWS} === 3 && {PRICED}")).unwrap();
    click(&visit, "Save the portfolio as a file");
    click(&visit, "Save the table of the estate as CSV");
    let page = visit.page.eval("return document.documentElement.outerHTML").unwrap().to_string();
    let kept = || visit.page.eval("return JSON.stringify(localStorage)").unwrap().to_string();
    let mut out = vec![page, kept(), saved(&folder.join("portfolio.json")), saved(&folder.join("estate.csv"))];
    assert!(out[1].contains("redis-900"), "the portfolio is kept: {}", out[1]);
    visit.page.eval("document.querySelector('[data-deployment] th button').click()").unwrap();
    visit.page.wait("document.querySelector('[data-verdict]')").unwrap();
    let imported = name(&visit);
    click(&visit, "Share");
    visit.page.wait("window.copied?.includes('#p1.')").unwrap();
    let link = visit.page.eval("return window.copied").unwrap().as_str().unwrap().to_owned();
    let held = codec::to_json(&codec::from_fragment(link.split_once('#').unwrap().1).unwrap());
    for name in ["redis-900", "redis-901", SUBSCRIPTION, &imported] {
        assert!(!held.contains(name), "{name} in {held}");
    }
    assert_eq!(name(&visit), imported, "the plan of the page stays");
    visit.export("Link with names");
    visit.page.wait("location.hash.startsWith('#p1.')").unwrap();
    visit.export("Plan (JSON)");
    out.extend([kept(), held, visit.page.eval("return location.href + window.copied").unwrap().to_string()]);
    for text in out {
        assert!(!text.contains(PLANTED), "{}", &text[text.find(PLANTED).unwrap_or_default().saturating_sub(100)..]);
    }
    assert_eq!(visit.complaints(), Vec::<String>::new());
}

/// A plan that is dropped with them opens as ever, what is bad is named, and the work before can be brought back.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_mixture_opens_whole_and_loses_nothing() {
    let visit = Visit::new();
    rename(&visit, "My work");
    let plan = codec::to_json(&dr_core::plan::Plan { name: "Dropped".to_owned(), ..Default::default() });
    let mut files = vec![("plan.json".to_owned(), plan.into_bytes()), ("note.txt".to_owned(), b"hello".to_vec())];
    files.push(with_secrets());
    drop_files(&visit, &files);
    visit.page.wait(&format!("{ROWS} === 3")).unwrap();
    assert!(visit.text("[data-section=estate-not-read]").contains("note.txt: This is text of no known kind"));
    click(&visit, "This plan");
    visit.page.wait("document.querySelector('[data-field=name]').value === 'Dropped'").unwrap();
    reload(&visit);
    assert!(visit.text("[data-ask=previous]").contains("“My work”"), "{}", visit.text("[data-ask=previous]"));
    assert!(stored(&visit, "portfolio").as_str().is_some_and(|it| it.contains("redis-900")));
}

/// The table stands at the next visit, and an import of the same caches says what changed since.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn the_estate_survives_a_reload_and_shows_what_changed() {
    let visit = Visit::new();
    drop_files(&visit, &[with_secrets()]);
    visit.page.wait(&format!("{ROWS} === 3 && {PRICED}")).unwrap();
    reload(&visit);
    assert!(!stored(&visit, "estate").to_string().contains(PLANTED));
    click(&visit, "Estate");
    visit.page.wait(&format!("{ROWS} === 3 && {PRICED}")).unwrap();
    assert_eq!(visit.page.eval("return document.querySelector('[data-section=estate-since]')").unwrap(), Value::Null);
    drop_files(&visit, &[with_secrets()]);
    visit.page.wait("document.querySelector('[data-section=estate-since]')").unwrap();
    assert!(
        visit.text("[data-section=estate-since]").contains("0 of "),
        "{}",
        visit.text("[data-section=estate-since]")
    );
    assert_eq!(visit.complaints(), Vec::<String>::new());
}

/// Dates that both orders read are read again as the person says.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn dates_that_no_file_settles_are_asked_for() {
    let visit = Visit::new();
    let text = "time,writes/s\n2/3/2026 9:00,100\n2/3/2026 10:00,300\n";
    drop_files(&visit, &[("day.csv".to_owned(), text.as_bytes().to_vec())]);
    visit.page.wait("document.querySelector('[data-dates]')").unwrap();
    click(&visit, "Read dates with the day first");
    visit.page.wait("document.querySelector('[data-notice]')?.textContent.includes('Opened day.csv')").unwrap();
    assert_eq!(visit.complaints(), Vec::<String>::new());
}

/// What a command has printed is pasted.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_pasted_text_is_a_file_unless_a_box_takes_it() {
    let visit = Visit::new();
    let text = Value::from(String::from_utf8(with_secrets().1).unwrap());
    let paste = format!(
        "const data = new DataTransfer(); data.setData('text/plain', {text}); const event = () => new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true }});"
    );
    visit.page.eval(&format!("{paste} document.querySelector('[data-field=name]').dispatchEvent(event())")).unwrap();
    visit.page.eval(&format!("{paste} document.body.dispatchEvent(event())")).unwrap();
    visit.page.wait(&format!("{ROWS} === 3")).unwrap();
}

/// Sixty megabytes are read by a worker: the page says how far it is, answers, and ends it on request; nothing is changed then.
#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn a_long_reading_is_shown_and_ended() {
    let visit = Visit::new();
    rename(&visit, "Stays");
    let metrics = invented().pop().unwrap();
    prepare(&visit, &[with_secrets(), metrics]);
    let many = "const [first, second] = window.dropped.files; const all = new DataTransfer(); all.items.add(first); \
                const text = await second.text(); for (let at = 0; at < 60; at++) all.items.add(new File([(text + '\\n').repeat(20 + at)], `metrics-${at}.json`)); \
                window.dropped = all; done([...all.files].reduce((sum, file) => sum + file.size, 0))";
    let size = visit.page.eval_later(&format!("(async () => {{ {many} }})()")).unwrap();
    assert!(size.as_u64() > Some(60_000_000), "{size}");
    visit.page.eval(DROP).unwrap();
    visit.page.wait("document.querySelector('[data-reading] progress')?.value > 0").unwrap();
    rename(&visit, "Answers");
    click(&visit, "Cancel");
    visit.page.wait("!document.querySelector('[data-reading]')").unwrap();
    assert_eq!(visit.page.eval(&format!("return {ROWS}")).unwrap(), 0);
    assert_eq!(name(&visit), "Answers");
}

#[test]
#[ignore = "needs dist/ and a browser: cargo xtask test browser"]
fn axe_finds_nothing_in_the_estate() {
    let axe = std::fs::read_to_string(variable("DR_AXE")).unwrap();
    let visit = Visit::new();
    let mut found = Vec::new();
    for (width, height, scheme) in [(1440, 900, "light"), (360, 740, "dark"), (1440, 900, "dark"), (360, 740, "light")]
    {
        visit.page.look(width, height, scheme).unwrap();
        visit.open("");
        visit.page.eval(&axe).unwrap();
        let mut look = |part: &str| {
            visit.page.eval("document.querySelectorAll('main details').forEach(fold => fold.open = true)").unwrap();
            let findings = visit.page.eval_later(RUN_AXE).unwrap();
            let lines = findings.as_array().into_iter().flatten().filter_map(Value::as_str);
            found.extend(lines.map(|line| format!("{width} {scheme} {part}: {line}")));
            let needs = visit.page.eval("return document.documentElement.scrollWidth").unwrap();
            if needs.as_u64() > Some(u64::from(width)) {
                found.push(format!("{width} {scheme} {part} needs {needs}"));
            }
        };
        let entry = "[...document.querySelectorAll('[role=menuitem]')].find(it => it.textContent.startsWith('Estate from Azure'))";
        let menu = "[...document.querySelectorAll('.menu > button')].find(it => it.checkVisibility() && /^(Open|More)/.test(it.textContent)).click()";
        visit.page.eval(menu).unwrap();
        visit.page.wait(entry).unwrap();
        visit.page.eval(&format!("{entry}.click()")).unwrap();
        visit.page.wait("document.querySelector('[data-section=estate-commands]')").unwrap();
        look("commands");
        drop_files(&visit, &[with_secrets(), ("note.txt".to_owned(), b"hello".to_vec())]);
        visit.page.wait(&format!("{ROWS} === 3 && {PRICED}")).unwrap();
        visit
            .page
            .eval("document.querySelectorAll('[data-deployment] [aria-expanded=false]').forEach(it => it.click())")
            .unwrap();
        look("table");
        visit.page.eval("localStorage.clear()").unwrap();
    }
    assert!(found.is_empty(), "{} findings\n{}", found.len(), found.join("\n"));
}
