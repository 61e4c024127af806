//! What the estate looks like, as HTML.

use super::EstateView;
use crate::state::{Action, Estate, Session, WorkspaceAct};
use crate::testing::{drawn, session};
use dr_core::jobs::Reply;
use dr_core::plan::Plan;
use dr_core::portfolio::{Rows, read};
use dr_core::report::estate::{COMMANDS, Given, Imported, import};
use std::rc::Rc;
use yew::prelude::*;

fn given() -> Given {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/estate");
    let all = std::fs::read_dir(folder).expect("fixtures").map(|it| it.expect("a file").path());
    all.map(|it| (it.display().to_string(), Ok(std::fs::read(&it).expect("bytes")))).collect()
}

fn estate() -> Estate {
    let mut found = String::new();
    import(given(), &mut |reply| {
        if let Reply::Found(text) = reply {
            found = text;
        }
    });
    let (listing, text) = Imported::from_text(&found).and_then(|it| it.estate).expect("an estate");
    let told = listing.told();
    Estate { listing, portfolio: Rc::new(read(&text).expect("a portfolio")), told }
}

fn after(session: Session, act: WorkspaceAct) -> Session {
    (*Rc::new(session).reduce(Action::Workspace(act))).clone()
}

#[test]
fn an_estate_that_is_not_read_names_the_commands() {
    let session = after(session(Plan::default()), WorkspaceAct::ShowEstate);
    let html = drawn(&session, html! { <EstateView /> });
    assert!(html.contains("href=\"collect.sh\"") && html.contains("Monitoring Reader"), "{html}");
    for (_, typed) in COMMANDS {
        let first = typed.lines().next().unwrap_or_default();
        assert!(html.contains(&first.replace('>', "&gt;")), "{first}: {html}");
    }
    assert_eq!(html.matches("class=\"btn copy\"").count(), COMMANDS.len());
}

#[test]
fn every_cache_has_a_row_and_every_deployment_opens_as_a_plan() {
    let estate = estate();
    let caches: usize = estate.listing.deployments.iter().map(|it| it.caches.len()).sum();
    let (plans, names) = (estate.listing.deployments.len(), estate.portfolio.entries[0].plan.name.clone());
    let session = after(session(Plan::default()), WorkspaceAct::OpenEstate(Box::new(estate)));
    let portfolio = session.workspace.portfolio.clone().expect("a portfolio");
    let ready = Rc::new(Rows::all(&portfolio, &session.catalog));
    let html = drawn(&session, html! { <EstateView {ready} /> });
    assert_eq!(html.matches("data-cache=").count(), caches, "{html}");
    assert_eq!(html.matches("as a plan\"").count(), plans, "{html}");
    assert_eq!(html.matches("aria-label=\"Findings and evidence of ").count(), plans, "{html}");
    assert!(html.contains("Chargeback by") && html.contains("azure-subscription"), "{html}");
    let opened = after(session, WorkspaceAct::Deployed(0));
    assert_eq!((opened.plan.name.clone(), opened.workspace.shown, opened.workspace.entry), (names, false, Some(0)));
}

/// The plan and the portfolio that were open can be brought back; a deployment whose entry was taken out still opens.
#[test]
fn an_import_loses_nothing() {
    let first = after(session(Plan::default()), WorkspaceAct::Add(Vec::new(), None));
    let (plan, kept) = (Rc::clone(&first.plan), first.workspace.portfolio.clone().expect("a portfolio"));
    let read = after(first, WorkspaceAct::OpenEstate(Box::new(estate())));
    assert!(Rc::ptr_eq(&read.plan, &plan));
    assert!(read.asks.portfolio.as_ref().is_some_and(|old| Rc::ptr_eq(old, &kept)));
    let opened = after(after(read, WorkspaceAct::Remove(0)), WorkspaceAct::Deployed(0));
    assert!(!opened.workspace.shown && opened.plan.name != plan.name);
}
