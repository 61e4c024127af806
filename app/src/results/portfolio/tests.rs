//! What the portfolio looks like, as HTML.

use super::form::asked;
use super::table::turned;
use super::{PortfolioView, switch};
use crate::state::{Act, Action, Session, WorkspaceAct};
use crate::testing::{drawn, element, parts, session};
use dr_core::model::Topology;
use dr_core::plan::Plan;
use dr_core::portfolio::{Order, Query, Rows, SortBy, read};
use insta::assert_snapshot;
use std::rc::Rc;
use yew::prelude::*;

const EXAMPLE: &str = include_str!("../../../../public/portfolios/twelve-plans.json");

fn opened(text: &str) -> Session {
    let portfolio = read(text).expect("a portfolio");
    let first = Rc::new(session(Plan::default()));
    (*first.reduce(Action::Workspace(WorkspaceAct::Open(Box::new(portfolio), "twelve-plans.json".to_owned())))).clone()
}

fn ready(session: &Session) -> Rc<Rows> {
    let portfolio = session.workspace.portfolio.as_ref().expect("a portfolio");
    Rc::new(Rows::all(portfolio, &session.catalog))
}

fn html(session: &Session) -> String {
    drawn(session, html! { <PortfolioView ready={ready(session)} /> })
}

#[test]
fn totals_share_and_plans() {
    let session = opened(EXAMPLE);
    let html = html(&session);
    assert_eq!(html.matches("<tr").count(), 13, "a heading and twelve plans");
    assert_eq!(html.matches("aria-sort=\"none\"").count(), 10, "every column sorts: {html}");
    assert_eq!(html.matches("aria-label=\"Take ").count(), 12, "every plan can be taken out: {html}");
    assert_snapshot!(parts(&[
        ("form", element(&html, "class=\"knobs\"")),
        ("plan or portfolio", drawn(&session, switch(&session, &Act::noop()))),
    ]));
    assert!(html.contains("The month by environment"), "{html}");
}

#[test]
fn every_example_plan_has_a_bill() {
    let session = opened(EXAMPLE);
    for row in &ready(&session).rows {
        assert!(row.monthly.is_some(), "{}", row.entry.plan.name);
    }
}

#[test]
fn it_says_how_far_it_is_and_what_was_not_read() {
    let session = opened(r#"{"portfolio":1,"plans":[{"plan":{"name":"A"}},{"plan":{"name":"<b>"},"tags":{"a":1}}]}"#);
    let before = drawn(&session, html! { <PortfolioView /> });
    assert!(before.contains("Evaluated 0 of 1 plan …"), "{before}");
    assert!(before.contains("Entry 2 (“&lt;b&gt;”): tags.a: 1 is no text"), "{before}");
    assert!(html(&session).contains("1 plan costs"));
}

#[test]
fn hundreds_of_plans_are_drawn_in_parts() {
    let plans: Vec<String> = (0..450).map(|at| format!(r#"{{"plan":{{"name":"Plan {at}"}}}}"#)).collect();
    let session = opened(&format!(r#"{{"portfolio":1,"plans":[{}]}}"#, plans.join(",")));
    let html = html(&session);
    assert_eq!(html.matches("<tr").count(), 201);
    assert!(html.contains("Show more: 250 left"), "{html}");
}

#[test]
fn one_choice_between_plan_and_portfolio_while_one_is_open() {
    let closed = session(Plan::default());
    assert_eq!(drawn(&closed, switch(&closed, &Act::noop())), "");
    let session = opened(EXAMPLE);
    assert!(drawn(&session, switch(&session, &Act::noop())).contains("aria-pressed=\"true\""));
    let results = drawn(&session, html! { <crate::results::Results /> });
    assert!(!results.contains("class=\"verdict\""), "the portfolio stands in the plan's place");
}

#[test]
fn a_heading_goes_up_down_and_back() {
    let by = |sort, order| Query { sort, order, ..Query::default() };
    let cases = [
        (Query::default(), None, (SortBy::Monthly, Order::Rising)),
        (by(SortBy::Monthly, Order::Rising), Some(Order::Rising), (SortBy::Monthly, Order::Falling)),
        (by(SortBy::Monthly, Order::Falling), Some(Order::Falling), (SortBy::File, Order::Rising)),
        (by(SortBy::Name, Order::Falling), None, (SortBy::Monthly, Order::Rising)),
    ];
    for (query, own, next) in cases {
        assert_eq!(turned(&query, SortBy::Monthly), (own, next), "{query:?}");
    }
}

#[test]
fn tags_are_read_or_refused() {
    let Action::Workspace(WorkspaceAct::Add(tags, topology)) = asked("team=a", "passive", WorkspaceAct::Add) else {
        panic!("added")
    };
    assert_eq!((tags, topology.map(Topology::slug)), (vec![("team".to_owned(), "a".to_owned())], Some("passive")));
    assert!(
        matches!(asked("team", "recommended", WorkspaceAct::Add), Action::Refuse(why) if why.contains("has no value"))
    );
}
