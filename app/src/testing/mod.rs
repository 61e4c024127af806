//! Draws components natively, as a server would: a view inside a fixed session, as HTML that a person can read.

mod pretty;
pub(crate) mod words;

use crate::state::{Act, Session};
use dr_core::plan::Plan;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use yew::LocalServerRenderer;
use yew::prelude::*;

pub(crate) use pretty::element;

/// Holds the page's two contexts; effects do not run and nobody acts.
#[component]
fn Stand(props: &StandProps) -> Html {
    html! {
        <ContextProvider<Rc<Session>> context={Rc::new(props.session.clone())}>
            <ContextProvider<Act> context={Act::noop()}>{ props.view.clone() }</ContextProvider<Act>>
        </ContextProvider<Rc<Session>>>
    }
}

#[derive(Properties, PartialEq)]
struct StandProps {
    session: Session,
    view: Html,
}

/// The session of a plan.
pub(crate) fn session(plan: Plan) -> Session {
    Session::new(plan).expect("a catalogue")
}

/// The session of the first plan after a change.
pub(crate) fn session_with(change: impl FnOnce(&mut Plan)) -> Session {
    let mut plan = Plan::default();
    change(&mut plan);
    session(plan)
}

/// The same where no node of a region has a price.
pub(crate) fn without_prices_in(region: &str, change: impl FnOnce(&mut Plan)) -> Session {
    let mut plan = Plan::default();
    change(&mut plan);
    let mut session = session(plan);
    let catalog = session.catalog.without_node_prices(&dr_core::catalog::RegionId::new(region));
    session.evaluation = std::rc::Rc::new(dr_core::evaluate::evaluate(&session.plan, &catalog));
    session.catalog = std::rc::Rc::new(catalog);
    session
}

/// The HTML of a view in a session, an element a line.
pub(crate) fn drawn(session: &Session, view: Html) -> String {
    pretty::pretty(&html_of(session, view))
}

/// The HTML of a view in a session as it is sent.
pub(crate) fn html_of(session: &Session, view: Html) -> String {
    let props = StandProps { session: session.clone(), view };
    finished(LocalServerRenderer::<Stand>::with_props(props).hydratable(false).render())
}

/// Polls to the end: drawing waits for nothing.
fn finished<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

/// Pieces of HTML under their names: one golden of what belongs together.
pub(crate) fn parts(parts: &[(&str, String)]) -> String {
    parts.iter().map(|(name, html)| format!("## {name}\n{html}")).collect::<Vec<_>>().join("\n\n")
}
