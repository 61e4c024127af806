//! Puts the session and its dispatcher into two contexts: a view that only acts is not drawn when the session changes.

use super::{Action, Asks, Kind, Saved, Session, Shelf, address, latest, storage, words};
use crate::files::now;
use dr_core::codec;
use dr_core::plan::Plan;
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// How views act.
pub type Act = Callback<Action>;

/// Properties of [`SessionProvider`].
#[derive(Properties)]
pub struct SessionProviderProps {
    /// The session at the start.
    pub start: Session,
    /// Where it is kept.
    pub shelf: Rc<Shelf>,
    /// The page.
    pub children: Children,
}

impl PartialEq for SessionProviderProps {
    /// A page has one shelf.
    fn eq(&self, other: &Self) -> bool {
        self.start == other.start && Rc::ptr_eq(&self.shelf, &other.shelf) && self.children == other.children
    }
}

/// Holds the session; keeps it in local storage, follows the address bar, other tabs and the theme.
#[component]
pub fn SessionProvider(props: &SessionProviderProps) -> Html {
    let start = props.start.clone();
    let session = use_reducer(move || start);
    let dispatcher = session.dispatcher();
    let act = use_memo((), move |()| Callback::from(move |action: Action| dispatcher.dispatch(action)));
    use_saved(&session, &props.shelf, &act);
    use_address(&session, (*act).clone());
    use_other_tabs(&props.shelf, &act);
    let current: Rc<Session> = use_memo((*session).clone(), Clone::clone);
    latest::note(&current);
    html! {
        <ContextProvider<Rc<Session>> context={current}>
            <ContextProvider<Act> context={(*act).clone()}>{ props.children.clone() }</ContextProvider<Act>>
        </ContextProvider<Rc<Session>>>
    }
}

/// Tells what became of a text that was to be kept, unless it simply stands there and always did.
fn announce(act: &Act, asks: &Asks, kind: Kind, kept: Saved) {
    if kept != Saved::Yes || asks.unsaved.contains(&kind) {
        act.emit(Action::ask(move |asks| asks.note(kind, kept)));
    }
}

/// Keeps what should be there at the next visit, and shows the theme.
#[hook]
fn use_saved(session: &Session, shelf: &Rc<Shelf>, act: &Act) {
    let tell = {
        let (asks, act) = (session.asks.clone(), act.clone());
        move |kind: Kind, kept: Saved| announce(&act, &asks, kind, kept)
    };
    use_replaced_portfolio(session, shelf, act);
    use_saved_plan(session, shelf, act, tell.clone());
    {
        let (shelf, tell) = (Rc::clone(shelf), tell.clone());
        use_effect_with(session.sheet.clone(), move |sheet| {
            tell(Kind::Prices, storage::save_sheet(&shelf, sheet.as_deref()));
        });
    }
    {
        // By identity: every change of a portfolio makes a new one.
        let (shelf, tell, workspace) = (Rc::clone(shelf), tell.clone(), session.workspace.clone());
        let before = session.asks.portfolio.clone();
        use_effect_with(workspace.portfolio.as_ref().map(Rc::as_ptr), move |_| {
            tell(Kind::Portfolio, storage::save_workspace_after(&shelf, &workspace, before.as_deref()));
        });
    }
    {
        let (shelf, tell, kept) = (Rc::clone(shelf), tell.clone(), session.workspace.kept.clone());
        use_effect_with(kept.as_ref().map(|it| it.as_ptr()), move |_| {
            tell(Kind::Estate, storage::save_estate(&shelf, kept.as_deref()));
        });
    }
    let shelf = Rc::clone(shelf);
    use_effect_with((session.theme, session.mode, session.view()), move |(theme, mode, view)| {
        tell(Kind::View, storage::save_view(&shelf, *theme, *mode, *view));
        if let Some(root) = gloo::utils::document().document_element() {
            let _ = match theme.attribute() {
                Some(name) => root.set_attribute("data-theme", name),
                None => root.remove_attribute("data-theme"),
            };
        }
    });
}

/// Keeps the plan, before it what it took the place of, and takes it out of the address once it is another than there.
#[hook]
fn use_saved_plan(session: &Session, shelf: &Rc<Shelf>, act: &Act, tell: impl Fn(Kind, Saved) + 'static) {
    let (shelf, act, replaced, view) = (Rc::clone(shelf), act.clone(), session.replaced.clone(), session.view());
    let (first, pushed) = (use_mut_ref(|| true), use_mut_ref(|| None::<Rc<Plan>>));
    use_effect_with(Rc::clone(&session.plan), move |plan| {
        let first = first.replace(false);
        storage::save_for_rescue(&shelf, plan);
        let held = address::address_holds(plan);
        // A link that could not be read stays in the address until something is changed: a newer release may read it.
        if !first && !held && address::fragment().is_some() {
            address::clear_address(view);
        }
        // A link that nothing was changed in is kept by the address; what was kept before stays.
        shelf.guest.set(held && !storage::keeps_plan(&shelf, plan));
        if shelf.guest.get() {
            return;
        }
        let known = |old: &Rc<Plan>| pushed.borrow().as_ref().is_some_and(|before| Rc::ptr_eq(before, old));
        let old = replaced.filter(|old| !known(old));
        let (kept, room) = storage::save_plan_after(&shelf, plan, old.as_deref(), &now());
        if !room {
            act.emit(Action::Refuse(words::NO_ROOM_FOR_PLAN.to_owned()));
        }
        if old.is_some() {
            *pushed.borrow_mut() = old;
        }
        tell(Kind::Plan, kept);
    });
}

/// Keeps the portfolio that another took the place of, before that one is written.
#[hook]
fn use_replaced_portfolio(session: &Session, shelf: &Rc<Shelf>, act: &Act) {
    let (portfolio, estate, act) = (session.asks.portfolio.clone(), session.asks.estate.clone(), act.clone());
    let (kept, first) = (Rc::clone(shelf), use_mut_ref(|| true));
    use_effect_with(portfolio.as_ref().map(Rc::as_ptr), move |_| {
        // That of the start stands there already.
        if first.replace(false) {
            return;
        }
        let is_kept = kept.keep_previous_estate(estate.as_deref());
        match portfolio {
            Some(_) if !is_kept => act.emit(Action::Refuse(words::NO_ROOM_FOR_PORTFOLIO.to_owned())),
            Some(portfolio) if storage::save_previous_workspace(&kept, &portfolio) => {}
            Some(_) => act.emit(Action::Refuse(words::NO_ROOM_FOR_PORTFOLIO.to_owned())),
            None => kept.forget_previous_portfolio(),
        }
    });
}

/// A view that is chosen is an entry of the browser's history; “Back”, and an address that is typed or followed, lead to
/// theirs.
#[hook]
fn use_address(session: &Session, act: Act) {
    let latest = use_mut_ref(|| (session.view(), Rc::clone(&session.plan)));
    *latest.borrow_mut() = (session.view(), Rc::clone(&session.plan));
    let first = use_mut_ref(|| true);
    use_effect_with(session.view(), move |view| match (first.replace(false), address::visited()) {
        (false, Some(shown)) if shown != *view => {
            address::push(*view);
            begin_at_the_top();
        }
        _ => address::mark(*view),
    });
    use_effect_with((), move |()| {
        let arrived = move || {
            let (view, plan) = latest.borrow().clone();
            if let Some(left) = address::visited() {
                // The plan stays: an entry that holds another is brought up to date.
                if address::fragment().is_some() && !address::address_holds(&plan) {
                    address::clear_address(left);
                }
                act.emit(Action::Look(left));
                return;
            }
            let there = address::view();
            address::mark(there.unwrap_or(view));
            if let Some(fragment) = address::fragment() {
                act.emit(opened_link(&fragment));
            }
            if let Some(view) = there {
                act.emit(Action::Look(view));
            }
        };
        // Of one step both may come, in either order; the second finds nothing to do.
        let listeners = ["popstate", "hashchange"].map(|kind| {
            let arrived = arrived.clone();
            EventListener::new(&gloo::utils::window(), kind, move |_| arrived())
        });
        move || drop(listeners)
    });
}

/// A view that is chosen far down another one is seen from its beginning.
fn begin_at_the_top() {
    let results = gloo::utils::document().get_element_by_id(&address::RESULTS[1..]);
    if let Some(results) = results.filter(|results| results.get_bounding_client_rect().top() < 0.0) {
        results.scroll_into_view();
    }
}

/// Asks when another tab has changed the plan or the portfolio that this browser keeps.
#[hook]
fn use_other_tabs(shelf: &Rc<Shelf>, act: &Act) {
    let (shelf, act) = (Rc::clone(shelf), act.clone());
    use_effect_with((), move |()| {
        let listener = EventListener::new(&gloo::utils::window(), "storage", move |event| {
            let key = event.dyn_ref::<web_sys::StorageEvent>().and_then(web_sys::StorageEvent::key);
            let own = |kind: &Kind| key.as_ref().is_none_or(|key| *key == shelf.name(*kind));
            for kind in [Kind::Plan, Kind::Portfolio].into_iter().filter(own) {
                let other = shelf.heard(kind);
                act.emit(Action::ask(move |asks| {
                    if other {
                        asks.theirs.insert(kind)
                    } else {
                        asks.theirs.remove(&kind)
                    };
                }));
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
