//! Puts the session and its dispatcher into two contexts: a view that only acts is not drawn when the session changes.

use super::{Action, Session, storage};
use dr_core::codec;
use gloo::events::EventListener;
use std::rc::Rc;
use yew::prelude::*;

/// How views act.
pub type Act = Callback<Action>;

/// Properties of [`SessionProvider`].
#[derive(Properties, PartialEq)]
pub struct SessionProviderProps {
    /// The session at the start.
    pub start: Session,
    /// The page.
    pub children: Children,
}

/// Holds the session; keeps it in local storage, follows the address bar and the theme.
#[component]
pub fn SessionProvider(props: &SessionProviderProps) -> Html {
    let start = props.start.clone();
    let session = use_reducer(move || start);
    let dispatcher = session.dispatcher();
    let act = use_memo((), move |()| Callback::from(move |action: Action| dispatcher.dispatch(action)));
    use_kept(&session);
    use_address((*act).clone());
    let current: Rc<Session> = use_memo((*session).clone(), Clone::clone);
    html! {
        <ContextProvider<Rc<Session>> context={current}>
            <ContextProvider<Act> context={(*act).clone()}>{ props.children.clone() }</ContextProvider<Act>>
        </ContextProvider<Rc<Session>>>
    }
}

/// Keeps what should be there at the next visit, and shows the theme.
#[hook]
fn use_kept(session: &Session) {
    use_effect_with(Rc::clone(&session.plan), |plan| storage::keep_plan(plan));
    use_effect_with(session.sheet.clone(), |sheet| storage::keep_sheet(sheet.as_deref()));
    // By identity: every change of a portfolio makes a new one. One of the last visit that could not be read stays there.
    let (portfolio, unread) = (session.book.portfolio.clone(), use_mut_ref(|| true));
    use_effect_with(portfolio.as_ref().map(Rc::as_ptr), move |_| {
        if portfolio.is_some() || !*unread.borrow() {
            storage::keep_book(portfolio.as_deref());
        }
        *unread.borrow_mut() = false;
    });
    use_effect_with((session.theme, session.mode, session.tab), |(theme, mode, tab)| {
        storage::keep_view(*theme, *mode, *tab);
        if let Some(root) = gloo::utils::document().document_element() {
            let _ = match theme.attribute() {
                Some(name) => root.set_attribute("data-theme", name),
                None => root.remove_attribute("data-theme"),
            };
        }
    });
}

/// A link that is opened in the same tab changes the address without loading the page.
#[hook]
fn use_address(act: Act) {
    use_effect_with((), move |()| {
        let listener = EventListener::new(&gloo::utils::window(), "hashchange", move |_| {
            if let Some(fragment) = storage::fragment() {
                act.emit(opened_link(&fragment));
            }
        });
        move || drop(listener)
    });
}

/// The plan of a link, or the sentence that says why there is none.
#[must_use]
pub(super) fn opened_link(fragment: &str) -> Action {
    match codec::from_fragment(fragment) {
        Ok(plan) => {
            let from = format!("Opened “{}” from a link.", plan.name);
            Action::Open { plan: Box::new(plan), from }
        }
        Err(error) => Action::Refuse(error.to_string()),
    }
}

/// The session of the page; only inside [`SessionProvider`].
#[hook]
#[expect(clippy::expect_used, reason = "a view outside the provider is a mistake of the program, not of the input")]
pub fn use_session() -> Rc<Session> {
    use_context::<Rc<Session>>().expect("views stand inside the session's provider")
}

/// How to act on the session; never draws a view again.
#[hook]
#[expect(clippy::expect_used, reason = "a view outside the provider is a mistake of the program, not of the input")]
pub fn use_act() -> Act {
    use_context::<Act>().expect("views stand inside the session's provider")
}

#[cfg(test)]
mod tests {
    use super::*;
    use dr_core::plan::Plan;

    #[test]
    fn a_link_opens_its_plan_or_says_why_not() {
        let plan = Plan { name: "Orders".to_owned(), ..Plan::default() };
        let link = format!("#{}", codec::to_fragment(&plan));
        let Action::Open { plan: opened, from } = opened_link(&link) else { panic!("{link} opens") };
        assert_eq!(*opened, plan);
        assert_eq!(from, "Opened “Orders” from a link.");
        for damaged in ["#", "#p1", "#p1.", "#p9.e30", &link[..link.len() - 3]] {
            assert!(matches!(opened_link(damaged), Action::Refuse(said) if !said.is_empty()), "{damaged}");
        }
    }
}
