//! What the estate looks like, as HTML.

use super::{EstateView, restored};
use crate::results::fold::unfolded;
use crate::state::{Action, Estate, Kind, Memory, Saved, Session, Shelf, WorkspaceAct, storage, words};
use crate::testing::{drawn, session};
use dr_core::jobs::Reply;
use dr_core::plan::Plan;
use dr_core::portfolio::{Rows, read};
use dr_core::report::estate::{COMMANDS, Given, ImportOptions, Imported, import};
use std::rc::Rc;
use yew::prelude::*;

fn given() -> Given {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/estate");
    let all = std::fs::read_dir(folder).expect("fixtures").map(|it| it.expect("a file").path());
    all.map(|it| (it.display().to_string(), Ok(std::fs::read(&it).expect("bytes")))).collect()
}

fn estate() -> Estate {
    estate_of(given(), &ImportOptions::default())
}

fn estate_of(given: Given, options: &ImportOptions) -> Estate {
    let mut found = String::new();
    import(given, options, &mut |reply| {
        if let Reply::Found(text) = reply {
            found = text;
        }
    });
    let (listing, text) = Imported::from_text(&found).and_then(|it| it.estate).expect("an estate");
    let (told, kept) = (listing.told(false), Rc::from(listing.to_text()));
    let portfolio = Rc::new(read(&text).expect("a portfolio"));
    Estate { listing, portfolio, told, file: Rc::from(text), kept, is_added: false }
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

/// Half of the files take the place of all of them: the table that was open comes back with its plans, now and at the next visit.
#[test]
fn an_estate_that_another_replaced_comes_back_whole() {
    let first = after(session(Plan::default()), WorkspaceAct::OpenEstate(Box::new(estate())));
    let (kept, plans) = (first.workspace.kept.clone().expect("a text"), first.workspace.portfolio.clone());
    let links: Given = given().into_iter().filter(|(name, _)| name.contains("server-link")).collect();
    let half = after(first, WorkspaceAct::OpenEstate(Box::new(estate_of(links.clone(), &ImportOptions::default()))));
    assert!(half.asks.estate.as_ref().is_some_and(|old| Rc::ptr_eq(old, &kept)));
    let memory = Memory::new();
    assert!(Shelf::new(memory.clone(), "/dr/").keep_previous_estate(half.asks.estate.as_deref()));
    let own = half.asks.portfolio.clone().expect("a portfolio");
    assert!(storage::save_previous_workspace(&Shelf::new(memory.clone(), "/dr/"), &own));
    let later = storage::start(&Shelf::new(memory, "/dr/"), None).expect("a catalogue");
    assert_eq!(later.asks.estate.as_deref(), Some(&*kept));
    let back = after(half, WorkspaceAct::BringBack);
    let place = &back.workspace;
    assert!(place.on_estate && place.estate.is_none() && place.kept.as_ref().is_some_and(|it| Rc::ptr_eq(it, &kept)));
    assert!(plans.zip(place.portfolio.clone()).is_some_and(|(one, other)| Rc::ptr_eq(&one, &other)));
    assert!(back.asks.portfolio.is_some() && back.asks.estate.is_some(), "the half can come back in its turn");
    // What is added to is in the new one whole: nothing is to be brought back.
    let added = Estate { is_added: true, ..estate() };
    let first = after(session(Plan::default()), WorkspaceAct::OpenEstate(Box::new(estate())));
    assert!(after(first, WorkspaceAct::OpenEstate(Box::new(added))).asks.portfolio.is_none());
}

fn fixture(name: &str) -> (String, Result<Vec<u8>, String>) {
    let path = format!("{}/../tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    (name.to_owned(), Ok(std::fs::read(path).expect("bytes")))
}

/// What the page keeps of a workspace, and what the next visit begins with.
fn next_visit(memory: &Memory, session: &Session) -> Session {
    let shelf = Shelf::new(memory.clone(), "/dr/");
    let _ = storage::start(&shelf, None);
    assert_eq!(storage::save_workspace_after(&shelf, &session.workspace, None), Saved::Yes);
    assert_eq!(storage::save_estate(&shelf, session.workspace.kept.as_deref()), Saved::Yes);
    storage::start(&Shelf::new(memory.clone(), "/dr/"), None).expect("a catalogue")
}

/// The table survives a reload: rows, findings and the plans that it opens.
#[test]
fn the_estate_is_there_at_the_next_visit() {
    let memory = Memory::new();
    let read = after(session(Plan::default()), WorkspaceAct::OpenEstate(Box::new(estate())));
    let listing = read.workspace.estate.as_ref().expect("an estate").listing.clone();
    let later = next_visit(&memory, &read);
    let kept = later.workspace.kept.clone().expect("a kept estate");
    assert!(later.workspace.estate.is_none(), "the second part of the program reads it");
    let portfolio = later.workspace.portfolio.clone().expect("a portfolio");
    let again = restored(&kept, Rc::clone(&portfolio)).expect("it is read");
    assert_eq!(again.listing, listing);
    let shown = after(after(later, WorkspaceAct::RestoreEstate(Box::new(again))), WorkspaceAct::ShowEstate);
    let ready = Rc::new(Rows::all(&portfolio, &shown.catalog));
    let html = drawn(&shown, html! { <EstateView {ready} /> });
    let caches: usize = listing.deployments.iter().map(|it| it.caches.len()).sum();
    assert_eq!(html.matches("data-cache=").count(), caches, "{html}");
    let opened = after(shown.clone(), WorkspaceAct::Deployed(0));
    assert_eq!((opened.workspace.shown, opened.workspace.entry), (false, Some(0)));
    // What is put away is kept no longer; a portfolio that is opened beside it leaves it.
    assert!(after(shown.clone(), WorkspaceAct::Open(Box::default(), "a.json".to_owned())).workspace.kept.is_some());
    assert!(next_visit(&memory, &after(shown, WorkspaceAct::Close)).workspace.kept.is_none());
}

#[test]
fn a_storage_without_room_is_told_and_leaves_what_was_kept() {
    let (memory, first) =
        (Memory::new(), after(session(Plan::default()), WorkspaceAct::OpenEstate(Box::new(estate()))));
    let before = next_visit(&memory, &first).workspace.kept;
    let shelf = Shelf::new(memory.clone(), "/dr/");
    let mut session = storage::start(&shelf, None).expect("a catalogue");
    memory.limit(memory.used());
    let larger = format!("{} ", first.workspace.kept.as_deref().unwrap_or_default());
    let kept = storage::save_estate(&shelf, Some(&larger));
    assert_eq!(kept, Saved::Refused);
    session.asks.note(Kind::Estate, kept);
    assert!(words::unsaved(&session.asks.unsaved).contains("the estate is not saved"));
    assert_eq!(storage::start(&Shelf::new(memory, "/dr/"), None).expect("a catalogue").workspace.kept, before);
}

/// A text of a newer release is set aside, and one that is damaged says so where the estate would be.
#[test]
fn a_kept_estate_that_cannot_be_read_loses_nothing() {
    let (memory, newer) = (Memory::new(), "{\"estate\":2}");
    let shelf = Shelf::new(memory.clone(), "/dr/");
    assert_eq!(storage::save_estate(&shelf, Some(newer)), Saved::Yes);
    let session = storage::start(&Shelf::new(memory, "/dr/"), None).expect("a catalogue");
    assert!(session.workspace.kept.is_none());
    assert_eq!(session.asks.aside.iter().filter(|it| it.kind == Kind::Estate && it.read.is_err()).count(), 1);
    let damaged: Rc<str> = Rc::from("{\"estate\":1,\"listing\":{");
    assert!(restored(&damaged, Rc::default()).is_err_and(|why| why.contains("open its files again")));
}

#[test]
fn what_was_paid_measured_and_changed_stands_in_the_view() {
    let before = estate().file.to_string();
    let mut given = given();
    given
        .extend(["costs/focus-november.csv", "metrics/full-sync-pair.json", "files/cost-details-mca.csv"].map(fixture));
    let estate = estate_of(given, &ImportOptions { before: Some(before), ..ImportOptions::default() });
    let session = after(session(Plan::default()), WorkspaceAct::OpenEstate(Box::new(estate)));
    let html = drawn(&session, unfolded(html! { <EstateView /> }));
    for section in ["estate-since", "estate-costs", "estate-calibration", "estate-not-read"] {
        assert!(html.contains(&format!("data-section=\"{section}\"")), "{section}: {html}");
    }
    for words in ["Paid beside the plan’s month", "Replication lag", "Since the plan", "no line settles which"] {
        assert!(html.contains(words), "{words}");
    }
}
