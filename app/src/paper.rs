//! What goes on paper: the report in place of the page, with its charts drawn.

use crate::files::today;
use crate::later;
use crate::state::{Session, use_session};
use dr_core::draw::html;
use dr_core::report::paper::{Letterhead, Paper, paper};
use gloo::events::EventListener;
use gloo::utils::{body, document, window};
use js_sys::Array;
use web_sys::{CssStyleSheet, ShadowRootInit, ShadowRootMode};
use yew::prelude::*;

/// Marks the report in the page; the style sheet shows nothing else while it is there.
const ON_PAPER: &str = "report-paper";
/// What the page says on paper while the report cannot be made.
const MISSING: &str = "on-paper";

/// Puts the report into the page while it is printed. A portfolio is printed as it is shown.
#[component]
pub(crate) fn OnPaper() -> Html {
    let session = use_session();
    let shown = use_mut_ref(|| session.clone());
    *shown.borrow_mut() = session;
    use_effect_with((), move |()| {
        let window = window();
        // At once: what a later turn draws would not be on the paper.
        let before = EventListener::new(&window, "beforeprint", move |_| {
            take_away();
            let session = shown.borrow().clone();
            if session.workspace.shown {
                return;
            }
            match later::here() {
                Some(second) => (second.paper)(&session),
                None => say_what_is_missing(),
            }
        });
        let after = EventListener::new(&window, "afterprint", |_| take_away());
        move || drop((before, after))
    });
    Html::default()
}

fn take_away() {
    for class in [ON_PAPER, MISSING] {
        if let Ok(Some(paper)) = document().query_selector(&format!("body > .{class}")) {
            paper.remove();
        }
    }
}

/// The page as it is goes on paper, with a sentence on what it lacks; the part that makes the report is asked for.
fn say_what_is_missing() {
    if let Ok(says) = document().create_element("p") {
        says.set_class_name(MISSING);
        says.set_text_content(Some(later::NOT_PRINTED));
        let _ = body().append_child(&says);
    }
    wasm_bindgen_futures::spawn_local(async {
        let _ = later::fetched().await;
    });
}

/// The report of a session, dated today, its link to this page.
pub(crate) fn report(session: &Session) -> Paper {
    paper(session.subject(), &letterhead())
}

/// Today, and the address of this page.
pub(crate) fn letterhead() -> Letterhead {
    let address = window().location();
    let page = address.origin().ok().zip(address.pathname().ok()).map(|(origin, path)| origin + &path);
    Letterhead { date: today(), page }
}

/// Puts the report at the end of the page; reached through [`crate::later`] alone, so that it is cut off.
pub(crate) fn put_on_paper(session: &Session) {
    // A browser too old for one of the steps prints what it shows.
    let _ = put(&html::element(&report(session)));
}

/// A tree of its own, so that neither the page's style sheet nor its ids meet those of the report.
fn put(report: &str) -> Option<()> {
    let style = CssStyleSheet::new().ok()?;
    style.replace_sync(html::STYLE).ok()?;
    let host = document().create_element("div").ok()?;
    host.set_class_name(ON_PAPER);
    let tree = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).ok()?;
    tree.set_adopted_style_sheets(&Array::of1(&style));
    tree.set_inner_html(report);
    body().append_child(&host).ok().map(drop)
}
