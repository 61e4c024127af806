//! Visits over one storage: nothing that stands there is lost, whatever it is and whoever wrote it.

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
    fn after(&mut self, action: Action) -> [Kept; 2] {
        self.session = Rc::clone(&self.session).reduce(action);
        let replaced = self.session.replaced.clone().filter(|now| self.pushed.as_ref() != Some(now));
        if let Some(portfolio) = &self.session.asks.portfolio {
            keep_previous_book(&self.shelf, portfolio);
        }
        let book = self.session.book.portfolio.as_deref();
        let kept = keep_book_after(&self.shelf, book, self.session.asks.portfolio.as_deref());
        let plan = keep_plan_after(&self.shelf, &self.session.plan, replaced.as_deref(), NOW).0;
        self.pushed = replaced.or(self.pushed.take());
        [plan, kept]
    }

    /// Names of the plans that others took the place of.
    fn previous(&self) -> Vec<&str> {
        self.session.asks.plans.iter().map(|previous| previous.plan.name.as_str()).collect()
    }

    fn rename(&mut self, name: &'static str) -> [Kept; 2] {
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
    for (key, text) in
        [("plan", "{"), ("prices", "a.json\n{}"), ("portfolio", "{\"portfolio\":2}"), ("view", "dark Map")]
    {
        memory.set(&format!("redis-dr-planner:/dr/:{key}"), text);
    }
    let mut tab = Tab0::new(&memory);
    let told: Vec<Kind> = tab.session.asks.aside.iter().map(|aside| aside.kind).collect();
    assert_eq!(told, Kind::ALL);
    tab.after(Action::Book(crate::state::BookAct::Show(true)));
    tab.after(Action::Book(crate::state::BookAct::Add(Tags::new(), None)));
    keep_sheet(&tab.shelf, None);
    keep_view(&tab.shelf, Theme::Light, Mode::Basic, View::Bill);
    let again = Tab0::new(&memory);
    assert_eq!(again.session.asks, tab.session.asks);
    let unread = again.shelf.aside().into_iter().map(|(_, _, text)| text).collect::<Vec<_>>();
    assert_eq!(unread, ["{", "a.json\n{}", "{\"portfolio\":2}", "dark Map"]);
    assert_eq!(again.session.book.portfolio.as_ref().map(|all| all.entries.len()), Some(1));
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
    assert_eq!(tab.rename("Kept")[0], Kept::Yes);
    memory.limit(memory.used());
    assert_eq!(tab.rename("A name that has no room")[0], Kept::Refused);
    let mut asks = Asks::default();
    asks.note(Kind::Plan, Kept::Refused);
    assert!(words::unkept(&asks.unkept).contains("the plan is not kept"), "{}", words::unkept(&asks.unkept));
    assert_eq!(Tab0::new(&memory).name(), "Kept");
    memory.limit(5_000_000);
    assert_eq!(tab.rename("Room again")[0], Kept::Yes);
    asks.note(Kind::Plan, Kept::Yes);
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
    assert_eq!(tab.rename("Mine")[0], Kept::Refused);
    assert_eq!(memory.get("redis-dr-planner:/dr/:plan").as_deref(), Some("{"));
    tab.shelf.discard(&tab.session.asks.aside[0].name);
    memory.limit(5_000_000);
    assert_eq!(tab.rename("Mine now")[0], Kept::Yes);
}

#[test]
fn two_tabs_ask_before_one_overwrites_the_other() {
    let memory = Memory::new();
    let (mut one, mut two) = (Tab0::new(&memory), Tab0::new(&memory));
    assert_eq!(one.rename("One")[0], Kept::Yes);
    assert!(two.shelf.heard(Kind::Plan), "an event came");
    assert_eq!(two.rename("Two")[0], Kept::Theirs(true));
    assert_eq!(Tab0::new(&memory).name(), "One");
    two.shelf.chosen(Kind::Plan);
    assert_eq!(keep_plan(&two.shelf, &two.session.plan), Kept::Yes);
    // No event came to the first, which slept: what stands there decides.
    assert_eq!(one.rename("One again")[0], Kept::Theirs(true));
    assert_eq!(Tab0::new(&memory).name(), "Two");
    let taken = one.shelf.chosen(Kind::Plan).expect("theirs");
    assert_eq!(codec::from_json(&taken).expect("a plan").name, "Two");
}

#[test]
fn two_tabs_ask_about_the_portfolio_too() {
    let memory = Memory::new();
    let (mut one, mut two) = (Tab0::new(&memory), Tab0::new(&memory));
    let add = || Action::Book(crate::state::BookAct::Add(Tags::new(), None));
    assert_eq!(one.after(add())[1], Kept::Yes);
    assert_eq!(one.after(add())[1], Kept::Yes);
    assert!(!two.shelf.heard(Kind::Portfolio), "the second has none that could be lost");
    assert_eq!(two.after(Action::Book(crate::state::BookAct::Show(true)))[1], Kept::Yes, "nor does it take theirs out");
    assert_eq!(two.after(add())[1], Kept::Theirs(true));
    let again = Tab0::new(&memory);
    assert_eq!(again.session.book.portfolio.as_ref().map(|all| all.entries.len()), Some(2));
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

#[test]
fn a_link_replaces_no_work_for_good_at_the_first_reload_or_the_second() {
    let memory = Memory::new();
    let mut own = Tab0::new(&memory);
    own.rename("My work");
    let link = format!("#{}", codec::to_fragment(&Plan { name: "Theirs".to_owned(), ..Plan::default() }));
    for _ in 0..3 {
        let tab = Tab0::at(&memory, "/dr/", Some(&link));
        assert_eq!(tab.name(), "Theirs");
        assert_eq!(tab.previous(), ["My work"]);
        assert_eq!(Tab0::new(&memory).name(), "My work", "showing a link keeps nothing");
    }
    let mut tab = Tab0::at(&memory, "/dr/", Some(&link));
    assert_eq!(tab.rename("Theirs, changed")[0], Kept::Yes);
    for _ in 0..2 {
        let again = Tab0::new(&memory);
        assert_eq!(again.name(), "Theirs, changed");
        assert_eq!(again.previous(), ["My work"]);
    }
}

#[test]
fn an_opened_plan_replaces_work_that_can_be_brought_back_at_the_next_visit() {
    let memory = Memory::new();
    let mut tab = Tab0::new(&memory);
    tab.after(open("An example"));
    assert_eq!(Tab0::new(&memory).previous(), [""; 0], "there was no work in a new plan");
    tab.rename("My work");
    tab.after(open("Another"));
    let again = Tab0::new(&memory);
    assert_eq!((again.name(), again.previous()), ("Another", vec!["My work"]));
    again.shelf.forget_previous(&again.session.asks.plans[0].plan);
    assert_eq!(Tab0::new(&memory).previous(), [""; 0]);
}

/// What is edited while “another tab has changed the plan” waits was in no storage: a reload lost it.
#[test]
fn what_is_edited_while_the_question_waits_is_there_after_a_reload() {
    let memory = Memory::new();
    let (mut one, mut two) = (Tab0::new(&memory), Tab0::new(&memory));
    one.rename("One");
    assert!(two.shelf.heard(Kind::Plan));
    for name in ["T", "Tw", "Two"] {
        assert_eq!(two.rename(name)[0], Kept::Theirs(true));
    }
    for _ in 0..2 {
        let again = Tab0::new(&memory);
        let [aside] = again.session.asks.aside.as_slice() else { panic!("the last of the three is offered") };
        assert_eq!(aside.read.as_deref(), Ok("“Two”. It differs from the plan in view in: the name alone"));
        assert_eq!(again.name(), "One");
    }
    // An answer ends it: mine stands in its place.
    two.shelf.chosen(Kind::Plan);
    assert_eq!(two.rename("Two, chosen")[0], Kept::Yes);
    let again = Tab0::new(&memory);
    assert_eq!((again.name(), again.session.asks.aside.len()), ("Two, chosen", 0));
}

/// Theirs is taken: mine is among those before, and where there is no room for it there, it stays beside.
#[test]
fn taking_the_other_tabs_plan_loses_none_of_mine() {
    for room in [true, false] {
        let memory = Memory::new();
        let (mut one, mut two) = (Tab0::new(&memory), Tab0::new(&memory));
        one.rename("One");
        assert_eq!(two.rename("Two")[0], Kept::Theirs(true));
        let theirs = two.shelf.chosen(Kind::Plan).expect("theirs");
        if !room {
            memory.limit(memory.used());
        }
        two.after(Action::Reopen(Kind::Plan, theirs));
        let again = Tab0::new(&memory);
        let offered = (again.previous(), again.session.asks.aside.len());
        assert_eq!(offered, if room { (vec!["Two"], 0) } else { (vec![], 1) });
        assert_eq!(again.name(), "One");
    }
}

#[test]
fn a_full_storage_is_told_while_the_question_waits_too() {
    let memory = Memory::new();
    let (mut one, mut two) = (Tab0::new(&memory), Tab0::new(&memory));
    one.rename("One");
    memory.limit(memory.used());
    let kept = two.rename("Two")[0];
    assert_eq!(kept, Kept::Theirs(false));
    let mut asks = Asks::default();
    asks.note(Kind::Plan, kept);
    assert!(asks.theirs.contains(&Kind::Plan) && asks.unkept.contains(&Kind::Plan), "asked, and told");
    asks.note(Kind::Plan, Kept::Theirs(true));
    assert!(asks.theirs.contains(&Kind::Plan) && asks.unkept.is_empty());
}

/// Three were kept, and the fourth took out the first without a word.
#[test]
fn no_replaced_plan_is_dropped_and_each_says_when_and_what_differs() {
    let memory = Memory::new();
    let mut tab = Tab0::new(&memory);
    for writes in 1..=40_u32 {
        tab.after(Action::edit("workload.writes", move |plan| {
            plan.workload.writes = dr_core::units::OpsPerSec::per_s(f64::from(writes));
        }));
        tab.after(open("New plan"));
    }
    let again = Tab0::new(&memory);
    assert_eq!(again.previous(), vec!["New plan"; 40], "all of them");
    let told = |previous: &Previous| {
        let differs = differences(&previous.plan, &again.session.plan, &again.session.catalog);
        words::previous(&previous.plan.name, &previous.at, &differs).replace('\u{a0}', " ")
    };
    let [last, first] = [0, 39].map(|at| told(&again.session.asks.plans[at]));
    let expected = "“New plan” was replaced on 2026-11-28 at 18:02 and is kept. It differs from the plan in view in: Writes 40/s, now 5,000/s.";
    assert_eq!(last, expected);
    assert_eq!(first, expected.replace("40/s", "1/s"));
}

/// Where there is no room for one more, that is said, and those before stay.
#[test]
fn a_replaced_plan_without_room_drops_no_other() {
    let memory = Memory::new();
    let mut tab = Tab0::new(&memory);
    tab.rename("First");
    tab.after(open("Second"));
    memory.limit(memory.used() + 20);
    let plan = Plan { name: "Third, for which there is no room any more".to_owned(), ..Plan::default() };
    let (_, room) = keep_plan_after(&tab.shelf, &Plan::default(), Some(&plan), NOW);
    assert!(!room);
    assert_eq!(Tab0::new(&memory).previous(), ["First"]);
}

/// Lines of the release before have no time.
#[test]
fn a_replaced_plan_of_an_earlier_release_is_still_offered() {
    let memory = Memory::new();
    let line = codec::to_fragment(&Plan { name: "Older".to_owned(), ..Plan::default() });
    memory.set("redis-dr-planner:/dr/:previous", &line);
    let tab = Tab0::new(&memory);
    assert_eq!((tab.previous(), tab.session.asks.plans[0].at.as_str()), (vec!["Older"], ""));
    tab.shelf.push_previous(&tab.session.asks.plans[0].plan, NOW);
    assert_eq!(tab.shelf.previous().len(), 1, "the same plan once");
}

/// “Reload” and “a newer release may open it” were said of every unread text.
#[test]
fn each_unread_text_is_told_in_words_that_are_true_of_it() {
    let plan = codec::to_json(&Plan::default());
    let cases = [
        (Kind::Plan, String::new(), "It is empty: there is nothing to open."),
        (
            Kind::Plan,
            plan.replace("\"v\": 1", "\"v\": 2"),
            "It has version 2, and this release reads version 1: open it in",
        ),
        (Kind::Plan, plan[..plan.len() / 2].to_owned(), "It ends in the middle"),
        (
            Kind::Portfolio,
            "{\"portfolio\":9}".to_owned(),
            "It has version 9, and this release reads version 1: open it in",
        ),
        (Kind::Portfolio, "<html>".to_owned(), "It was not written by this page"),
        (Kind::Prices, String::new(), "It is empty"),
        (Kind::Prices, "a.json\n{}".to_owned(), "It is no list of prices of this release"),
    ];
    for (kind, text, expected) in cases {
        let memory = Memory::new();
        memory.set(&format!("redis-dr-planner:/dr/:{}", kind.key()), &text);
        let tab = Tab0::new(&memory);
        let [aside] = tab.session.asks.aside.as_slice() else { panic!("one: {text}") };
        let said = words::aside(aside);
        assert!(said.contains(&format!("unchanged. {expected}")), "{said}");
        assert!(!said.contains("eload") && !said.contains("may open it."), "{said}");
    }
}

/// A second portfolio that was replaced took the first one's place.
#[test]
fn every_replaced_portfolio_is_offered() {
    let memory = Memory::new();
    let mut tab = Tab0::new(&memory);
    for plans in 1..=3 {
        let entry = dr_core::portfolio::Entry { tags: Tags::new(), topology: None, plan: Plan::default() };
        let all = Portfolio { entries: vec![entry.into(); plans], ..Portfolio::default() };
        tab.after(Action::Book(crate::state::BookAct::Open(Box::new(all), "all.json".to_owned())));
    }
    let again = Tab0::new(&memory);
    assert_eq!(again.session.book.portfolio.as_ref().map(|all| all.entries.len()), Some(3));
    assert_eq!(again.session.asks.portfolio.as_ref().map(|all| all.entries.len()), Some(2));
    let aside: Vec<_> = again.session.asks.aside.iter().map(|aside| aside.read.as_deref()).collect();
    assert_eq!(aside, [Ok("1 plan")]);
}

#[test]
fn a_replaced_portfolio_can_be_brought_back_at_the_next_visit_and_a_large_one_deletes_none() {
    let memory = Memory::new();
    let mut tab = Tab0::new(&memory);
    tab.after(Action::Book(crate::state::BookAct::Add(Tags::new(), None)));
    let own = tab.session.book.portfolio.clone().expect("a portfolio");
    let many = Portfolio { entries: vec![Rc::as_ref(&own).entries[0].clone(); 1_001], ..Portfolio::default() };
    tab.after(Action::Book(crate::state::BookAct::Open(Box::new(many), "many.json".to_owned())));
    assert_eq!(Tab0::new(&memory).session.book.portfolio.as_deref(), Some(&*own), "too large to be kept");
    let two = Portfolio { entries: vec![Rc::as_ref(&own).entries[0].clone(); 2], ..Portfolio::default() };
    let mut tab = Tab0::new(&memory);
    tab.after(Action::Book(crate::state::BookAct::Open(Box::new(two.clone()), "two.json".to_owned())));
    let again = Tab0::new(&memory);
    assert_eq!(again.session.book.portfolio.as_deref(), Some(&two));
    assert_eq!(again.session.asks.portfolio.as_deref(), Some(&*own));
}
