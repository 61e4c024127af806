//! Visits over one storage: nothing that stands there is lost, whatever it is and whoever wrote it.

mod replaced;

use super::*;
use crate::state::store::Store;
use crate::state::store::memory::Memory;
use crate::state::{Action, Asks};
use dr_core::portfolio::Tags;

const NOW: &str = "2026-11-28T18:02";

/// A tab on the page at a path.
struct Tab0 {
    shelf: Shelf,
    session: Rc<Session>,
    pushed: Option<Rc<Plan>>,
}

impl Tab0 {
    fn at(memory: &Memory, path: &str, fragment: Option<&str>) -> Self {
        let shelf = Shelf::new(memory.clone(), path);
        let session = Rc::new(start(&shelf, fragment).expect("a catalogue"));
        Self { shelf, session, pushed: None }
    }

    fn new(memory: &Memory) -> Self {
        Self::at(memory, "/dr/index.html", None)
    }

    /// What the page does after an action: replaced work first, then the plan and the portfolio.
    fn after(&mut self, action: Action) -> [Saved; 2] {
        self.session = Rc::clone(&self.session).reduce(action);
        let replaced = self.session.replaced.clone().filter(|now| self.pushed.as_ref() != Some(now));
        if let Some(portfolio) = &self.session.asks.portfolio {
            save_previous_workspace(&self.shelf, portfolio);
        }
        let kept = save_workspace_after(&self.shelf, &self.session.workspace, self.session.asks.portfolio.as_deref());
        let plan = save_plan_after(&self.shelf, &self.session.plan, replaced.as_deref(), NOW).0;
        self.pushed = replaced.or(self.pushed.take());
        [plan, kept]
    }

    /// Names of the plans that others took the place of.
    fn previous(&self) -> Vec<&str> {
        self.session.asks.plans.iter().map(|previous| previous.plan.name.as_str()).collect()
    }

    fn rename(&mut self, name: &'static str) -> [Saved; 2] {
        self.after(Action::edit("name", move |plan| name.clone_into(&mut plan.name)))
    }

    fn name(&self) -> &str {
        &self.session.plan.name
    }
}

fn open(name: &str) -> Action {
    let plan = Plan { name: name.to_owned(), ..Plan::default() };
    Action::Open { plan: Box::new(plan), from: "Opened.".to_owned() }
}

#[test]
fn a_kept_view_comes_back_and_strange_words_change_nothing() {
    let cases = [
        ("dark advanced runbook", (Theme::Dark, Mode::Advanced, View::Runbook), true),
        ("light basic outage/pair", (Theme::Light, Mode::Basic, View::Pair), true),
        // As a release before wrote them.
        ("light basic Cost", (Theme::Light, Mode::Basic, View::Months), true),
        ("system basic Compare", (Theme::System, Mode::Basic, View::Overview), true),
        ("", (Theme::System, Mode::Basic, View::Overview), false),
        ("dark <b> Gone", (Theme::Dark, Mode::Basic, View::Overview), false),
    ];
    for (view, expected, known) in cases {
        let mut session = Session::new(Plan::default()).expect("a catalogue");
        assert_eq!(restore_view(&mut session, view).is_ok(), known, "{view}");
        assert_eq!((session.theme, session.mode, session.view()), expected, "{view}");
    }
}

/// A newer version, a field of the future, a cut text, garbage, and a plan that breaks a rule.
fn unreadable() -> [String; 5] {
    let plan = codec::to_json(&Plan::default());
    let mut unordered = Plan::default();
    unordered.recovery.decide.low = unordered.recovery.decide.high * 2.0;
    [
        plan.replace("\"v\": 1", "\"v\": 2"),
        plan.replace("\"name\"", "\"future\": 1, \"name\""),
        plan[..plan.len() / 2].to_owned(),
        "\u{0}%".to_owned(),
        codec::to_json(&unordered),
    ]
}

#[test]
fn what_cannot_be_read_is_set_aside_told_and_never_overwritten() {
    let memory = Memory::new();
    for (at, text) in unreadable().into_iter().enumerate() {
        memory.set("redis-dr-planner:/dr/:plan", &text);
        let mut tab = Tab0::new(&memory);
        assert_eq!(tab.name(), "New plan");
        assert_eq!(tab.session.asks.aside.len(), at + 1, "each is told: {text}");
        assert!(tab.session.asks.aside.iter().all(|aside| aside.read.is_err()));
        tab.rename("Mine");
        let kept = memory.get(&format!("redis-dr-planner:/dr/:plan.unread-{}", at + 1));
        assert_eq!(kept.as_deref(), Some(text.as_str()), "byte by byte");
    }
    assert_eq!(Tab0::new(&memory).name(), "Mine");
}

/// Everything at once: all are told, and adding to a portfolio leaves the unread one.
#[test]
fn several_unreadable_things_are_all_told() {
    let memory = Memory::new();
    for (key, text) in [
        ("plan", "{"),
        ("prices", "a.json\n{}"),
        ("portfolio", "{\"portfolio\":2}"),
        ("estate", "{\"estate\":2}"),
        ("view", "dark Map"),
    ] {
        memory.set(&format!("redis-dr-planner:/dr/:{key}"), text);
    }
    let mut tab = Tab0::new(&memory);
    let told: Vec<Kind> = tab.session.asks.aside.iter().map(|aside| aside.kind).collect();
    // A log is read where it is shown.
    assert_eq!(told, Kind::ALL[..5]);
    tab.after(Action::Workspace(crate::state::WorkspaceAct::Show(true)));
    tab.after(Action::Workspace(crate::state::WorkspaceAct::Add(Tags::new(), None)));
    save_sheet(&tab.shelf, None);
    save_view(&tab.shelf, Theme::Light, Mode::Basic, View::Bill);
    let again = Tab0::new(&memory);
    assert_eq!(again.session.asks, tab.session.asks);
    let unread = again.shelf.aside().into_iter().map(|(_, _, text)| text).collect::<Vec<_>>();
    assert_eq!(unread, ["{", "a.json\n{}", "{\"portfolio\":2}", "{\"estate\":2}", "dark Map"]);
    assert_eq!(again.session.workspace.portfolio.as_ref().map(|all| all.entries.len()), Some(1));
}

/// A copy of what is open is not offered: “Bring it back” and a reload left one.
#[test]
fn a_copy_of_what_is_open_is_nothing_to_come_back_to() {
    let memory = Memory::new();
    let orders = codec::to_json(&Plan { name: "Orders".to_owned(), ..Plan::default() });
    memory.set("redis-dr-planner:/dr/:plan.unread-1", &orders);
    assert_eq!(Tab0::new(&memory).session.asks.aside.len(), 1);
    memory.set("redis-dr-planner:/dr/:plan", &orders);
    assert!(Tab0::new(&memory).session.asks.aside.is_empty());
}

/// A newer release opens what an older one set aside: here a text that this release reads.
#[test]
fn what_was_set_aside_is_offered_once_it_can_be_read() {
    let memory = Memory::new();
    let orders = codec::to_json(&Plan { name: "Orders".to_owned(), ..Plan::default() });
    memory.set("redis-dr-planner:/dr/:plan.unread-1", &orders);
    let mut tab = Tab0::new(&memory);
    let [aside] = tab.session.asks.aside.as_slice() else { panic!("one") };
    assert_eq!(aside.read.as_deref(), Ok("“Orders”. It differs from the plan in view in: the name alone"));
    let (name, text) = (aside.name.clone(), tab.shelf.text(&aside.name).expect("it stands there"));
    tab.after(Action::Reopen(Kind::Plan, text));
    tab.shelf.discard(&name);
    let again = Tab0::new(&memory);
    assert_eq!((again.name(), again.session.asks.aside.len()), ("Orders", 0));
}

#[test]
fn a_full_storage_is_told_and_leaves_what_was_kept() {
    let memory = Memory::new();
    let mut tab = Tab0::new(&memory);
    assert_eq!(tab.rename("Saved")[0], Saved::Yes);
    memory.limit(memory.used());
    assert_eq!(tab.rename("A name that has no room")[0], Saved::Refused);
    let mut asks = Asks::default();
    asks.note(Kind::Plan, Saved::Refused);
    assert!(words::unsaved(&asks.unsaved).contains("the plan is not saved"), "{}", words::unsaved(&asks.unsaved));
    assert_eq!(Tab0::new(&memory).name(), "Saved");
    memory.limit(5_000_000);
    assert_eq!(tab.rename("Room again")[0], Saved::Yes);
    asks.note(Kind::Plan, Saved::Yes);
    assert_eq!(asks, Asks::default());
}

/// There is no room to move what cannot be read: it stays under its name, and nothing is written over it.
#[test]
fn what_cannot_be_moved_is_not_written_over() {
    let memory = Memory::new();
    memory.set("redis-dr-planner:/dr/:taken-over", "1");
    memory.set("redis-dr-planner:/dr/:plan", "{");
    memory.limit(memory.used());
    let mut tab = Tab0::new(&memory);
    assert_eq!(tab.session.asks.aside.len(), 1);
    assert_eq!(tab.rename("Mine")[0], Saved::Refused);
    assert_eq!(memory.get("redis-dr-planner:/dr/:plan").as_deref(), Some("{"));
    tab.shelf.discard(&tab.session.asks.aside[0].name);
    memory.limit(5_000_000);
    assert_eq!(tab.rename("Mine now")[0], Saved::Yes);
}

#[test]
fn two_tabs_ask_before_one_overwrites_the_other() {
    let memory = Memory::new();
    let (mut one, mut two) = (Tab0::new(&memory), Tab0::new(&memory));
    assert_eq!(one.rename("One")[0], Saved::Yes);
    assert!(two.shelf.heard(Kind::Plan), "an event came");
    assert_eq!(two.rename("Two")[0], Saved::Theirs(true));
    assert_eq!(Tab0::new(&memory).name(), "One");
    two.shelf.chosen(Kind::Plan);
    assert_eq!(save_plan(&two.shelf, &two.session.plan), Saved::Yes);
    // No event came to the first, which slept: what stands there decides.
    assert_eq!(one.rename("One again")[0], Saved::Theirs(true));
    assert_eq!(Tab0::new(&memory).name(), "Two");
    let taken = one.shelf.chosen(Kind::Plan).expect("theirs");
    assert_eq!(codec::from_json(&taken).expect("a plan").name, "Two");
}

#[test]
fn two_tabs_ask_about_the_portfolio_too() {
    let memory = Memory::new();
    let (mut one, mut two) = (Tab0::new(&memory), Tab0::new(&memory));
    let add = || Action::Workspace(crate::state::WorkspaceAct::Add(Tags::new(), None));
    assert_eq!(one.after(add())[1], Saved::Yes);
    assert_eq!(one.after(add())[1], Saved::Yes);
    assert!(!two.shelf.heard(Kind::Portfolio), "the second has none that could be lost");
    assert_eq!(
        two.after(Action::Workspace(crate::state::WorkspaceAct::Show(true)))[1],
        Saved::Yes,
        "nor does it take theirs out"
    );
    assert_eq!(two.after(add())[1], Saved::Theirs(true));
    let again = Tab0::new(&memory);
    assert_eq!(again.session.workspace.portfolio.as_ref().map(|all| all.entries.len()), Some(2));
    let [aside] = again.session.asks.aside.as_slice() else { panic!("the second tab’s is offered") };
    assert_eq!((aside.kind, aside.read.as_deref()), (Kind::Portfolio, Ok("1 plan")));
}

#[test]
fn two_deployments_of_one_origin_keep_their_own_and_both_take_over_what_an_earlier_release_kept() {
    let memory = Memory::new();
    let old = codec::to_json(&Plan { name: "Old".to_owned(), ..Plan::default() });
    memory.set("redis-dr-planner.plan", &old);
    let mut a = Tab0::at(&memory, "/a/", None);
    let mut b = Tab0::at(&memory, "/b/index.html", None);
    assert_eq!((a.name(), b.name()), ("Old", "Old"));
    a.rename("A");
    b.rename("B");
    assert_eq!(Tab0::at(&memory, "/a/", None).name(), "A");
    assert_eq!(Tab0::at(&memory, "/b/", None).name(), "B");
    assert_eq!(memory.get("redis-dr-planner.plan"), Some(old), "an earlier release still finds it");
    // Once only: what was put away does not come back from the old name.
    memory.remove("redis-dr-planner:/a/:plan");
    assert_eq!(Tab0::at(&memory, "/a/", None).name(), "New plan");
}
