//! Work that other work takes the place of, or that waits for an answer: all of it comes back.

use super::*;

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
    assert_eq!(tab.rename("Theirs, changed")[0], Saved::Yes);
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
        assert_eq!(two.rename(name)[0], Saved::Theirs(true));
    }
    for _ in 0..2 {
        let again = Tab0::new(&memory);
        let [aside] = again.session.asks.aside.as_slice() else { panic!("the last of the three is offered") };
        assert_eq!(aside.read.as_deref(), Ok("“Two”. It differs from the plan in view in: the name alone"));
        assert_eq!(again.name(), "One");
    }
    // An answer ends it: mine stands in its place.
    two.shelf.chosen(Kind::Plan);
    assert_eq!(two.rename("Two, chosen")[0], Saved::Yes);
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
        assert_eq!(two.rename("Two")[0], Saved::Theirs(true));
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
    assert_eq!(kept, Saved::Theirs(false));
    let mut asks = Asks::default();
    asks.note(Kind::Plan, kept);
    assert!(asks.theirs.contains(&Kind::Plan) && asks.unsaved.contains(&Kind::Plan), "asked, and told");
    asks.note(Kind::Plan, Saved::Theirs(true));
    assert!(asks.theirs.contains(&Kind::Plan) && asks.unsaved.is_empty());
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
    let expected = "“New plan” was replaced on 2026-11-28 at 18:02 and is saved. It differs from the plan in view in: Writes 40/s, now 5,000/s.";
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
    let (_, room) = save_plan_after(&tab.shelf, &Plan::default(), Some(&plan), NOW);
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
            "It has version 2; this release reads version 1. Open it in",
        ),
        (Kind::Plan, plan[..plan.len() / 2].to_owned(), "It is cut off"),
        (Kind::Portfolio, "{\"portfolio\":9}".to_owned(), "It has version 9; this release reads version 1. Open it in"),
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
        tab.after(Action::Workspace(crate::state::WorkspaceAct::Open(Box::new(all), "all.json".to_owned())));
    }
    let again = Tab0::new(&memory);
    assert_eq!(again.session.workspace.portfolio.as_ref().map(|all| all.entries.len()), Some(3));
    assert_eq!(again.session.asks.portfolio.as_ref().map(|all| all.entries.len()), Some(2));
    let aside: Vec<_> = again.session.asks.aside.iter().map(|aside| aside.read.as_deref()).collect();
    assert_eq!(aside, [Ok("1 plan")]);
}

#[test]
fn a_replaced_portfolio_can_be_brought_back_at_the_next_visit_and_a_large_one_deletes_none() {
    let memory = Memory::new();
    let mut tab = Tab0::new(&memory);
    tab.after(Action::Workspace(crate::state::WorkspaceAct::Add(Tags::new(), None)));
    let own = tab.session.workspace.portfolio.clone().expect("a portfolio");
    let many = Portfolio { entries: vec![Rc::as_ref(&own).entries[0].clone(); 1_001], ..Portfolio::default() };
    tab.after(Action::Workspace(crate::state::WorkspaceAct::Open(Box::new(many), "many.json".to_owned())));
    assert_eq!(Tab0::new(&memory).session.workspace.portfolio.as_deref(), Some(&*own), "too large to be kept");
    let two = Portfolio { entries: vec![Rc::as_ref(&own).entries[0].clone(); 2], ..Portfolio::default() };
    let mut tab = Tab0::new(&memory);
    tab.after(Action::Workspace(crate::state::WorkspaceAct::Open(Box::new(two.clone()), "two.json".to_owned())));
    let again = Tab0::new(&memory);
    assert_eq!(again.session.workspace.portfolio.as_deref(), Some(&two));
    assert_eq!(again.session.asks.portfolio.as_deref(), Some(&*own));
}
