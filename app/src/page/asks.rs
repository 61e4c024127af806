//! What is to be told about the browser's storage, each with its buttons.

use crate::files::{download, file_stem, now};
use crate::state::{
    Act, Action, Aside, Asks, Keeper, Kind, Previous, Saved, Session, Shelf, WorkspaceAct, storage, use_act,
    use_session, words,
};
use dr_core::plan::Plan;
use dr_core::report::saved::differences;
use dr_core::{codec, portfolio};
use std::rc::Rc;
use yew::prelude::*;

/// One line a question; nothing while there is none.
#[component]
pub(super) fn AskLines() -> Html {
    let session = use_session();
    let act = use_act();
    let Some(Keeper(shelf)) = use_context::<Keeper>() else { return Html::default() };
    if session.asks == Asks::default() {
        return Html::default();
    }
    let asker = Asker { session, shelf, act };
    asker.lines()
}

/// A button of a line.
type Button = (&'static str, Callback<MouseEvent>);

struct Asker {
    session: Rc<Session>,
    shelf: Rc<Shelf>,
    act: Act,
}

impl Asker {
    fn lines(&self) -> Html {
        let asks = &self.session.asks;
        html! {
            <>
                if !asks.unsaved.is_empty() { { line("unsaved", true, words::unsaved(&asks.unsaved), &[]) } }
                { for asks.theirs.iter().map(|kind| line("theirs", true, words::theirs(*kind), &self.theirs(*kind))) }
                { for asks.aside.iter().map(|aside| line("aside", aside.read.is_err(), words::aside(aside), &self.aside(aside))) }
                { self.replaced() }
                { for asks.portfolio.iter().map(|all| line("portfolio", false, words::previous_portfolio(&storage::plans(all), asks.estate.is_some()), &self.portfolio())) }
            </>
        }
    }

    /// A button that does something with session, shelf and dispatcher.
    fn button(&self, does: impl Fn(&Session, &Shelf, &Act) + 'static) -> Callback<MouseEvent> {
        let (session, shelf, act) = (Rc::clone(&self.session), Rc::clone(&self.shelf), self.act.clone());
        Callback::from(move |_: MouseEvent| does(&session, &shelf, &act))
    }

    fn theirs(&self, kind: Kind) -> Vec<Button> {
        vec![
            ("Take theirs", self.button(move |_, shelf, act| take_theirs(kind, shelf, act))),
            ("Keep mine", self.button(move |session, shelf, act| keep_mine(kind, session, shelf, act))),
        ]
    }

    fn aside(&self, aside: &Aside) -> Vec<Button> {
        let (kind, name) = (aside.kind, aside.name.clone());
        let save = self.button({
            let name = name.clone();
            move |_, shelf, _| save_aside(kind, &name, shelf)
        });
        let open = self.button({
            let name = name.clone();
            move |_, shelf, act| {
                if let Some(text) = shelf.text(&name) {
                    act.emit(Action::Reopen(kind, text));
                    done(&name, shelf, act);
                }
            }
        });
        let drop = self.button(move |_, shelf, act| done(&name, shelf, act));
        let readable = aside.read.is_ok().then_some(("Open it", open));
        readable.into_iter().chain([("Download it", save), ("Discard it", drop)]).collect()
    }

    /// The plans that others took the place of: the last one, and the others behind a fold.
    fn replaced(&self) -> Html {
        let current = &self.session.plan;
        let told = |previous: &Previous| {
            let differs = differences(&previous.plan, current, &self.session.catalog);
            line(
                "previous",
                false,
                words::previous(&previous.plan.name, &previous.at, &differs),
                &self.previous(&previous.plan),
            )
        };
        let mut lines = self.session.asks.plans.iter().filter(|previous| previous.plan != *current).map(told);
        let Some(last) = lines.next() else { return Html::default() };
        let others: Vec<Html> = lines.collect();
        html! {
            <>
                { last }
                if !others.is_empty() { <details class="notice"><summary>{ words::more_previous(others.len()) }</summary>{ others }</details> }
            </>
        }
    }

    fn previous(&self, plan: &Rc<Plan>) -> Vec<Button> {
        let answer = |back: bool| {
            let plan = Rc::clone(plan);
            self.button(move |_, shelf, act| {
                shelf.forget_previous(&plan);
                let gone = Rc::clone(&plan);
                act.emit(Action::ask(move |asks| asks.plans.retain(|previous| previous.plan != gone)));
                if back {
                    act.emit(Action::Open { plan: Box::new((*plan).clone()), from: words::back(&plan.name) });
                }
            })
        };
        let own = Rc::clone(plan);
        let save = self.button(move |_, _, _| {
            let name = format!("{}.json", file_stem(&own.name));
            download(&name, "application/json", codec::to_json(&own).as_bytes());
        });
        vec![("Bring it back", answer(true)), ("Download it", save), ("Let it go", answer(false))]
    }

    fn portfolio(&self) -> Vec<Button> {
        let back = self.button(|_, _, act| act.emit(Action::Workspace(WorkspaceAct::BringBack)));
        let drop = self.button(|_, _, act| act.emit(Action::ask(|asks| (asks.portfolio, asks.estate) = (None, None))));
        vec![("Bring it back", back), ("Let it go", drop)]
    }
}

fn line(ask: &'static str, refused: bool, text: String, buttons: &[Button]) -> Html {
    let (role, class) = if refused { ("alert", "notice refused") } else { ("status", "notice") };
    let button = |(name, onclick): &Button| {
        html! { <button type="button" class="link" onclick={onclick.clone()}>{ *name }</button> }
    };
    html! {
        <div {role} {class} data-ask={ask}><p>{ text }</p><span class="group">{ for buttons.iter().map(button) }</span></div>
    }
}

/// Hands what was set aside over as it stands there.
fn save_aside(kind: Kind, name: &str, shelf: &Shelf) {
    if let Some(text) = shelf.text(name) {
        download(&format!("kept-{}.{}", kind.key(), ending(kind)), "application/octet-stream", text.as_bytes());
    }
}

const fn ending(kind: Kind) -> &'static str {
    match kind {
        Kind::Plan | Kind::Portfolio | Kind::Estate | Kind::Night => "json",
        Kind::Prices | Kind::View => "txt",
    }
}

/// Takes out what was set aside, and its line.
fn done(name: &str, shelf: &Shelf, act: &Act) {
    shelf.discard(name);
    let name = name.to_owned();
    act.emit(Action::ask(move |asks| asks.aside.retain(|aside| aside.name != name)));
}

/// Opens what the other tab wrote; what this release cannot read stays theirs.
fn take_theirs(kind: Kind, shelf: &Shelf, act: &Act) {
    let Some(text) = shelf.text(&shelf.name(kind)) else { return };
    let taken = match kind {
        Kind::Portfolio => portfolio::read(&text)
            .map_err(|error| error.to_string())
            .map(|all| Action::Workspace(WorkspaceAct::Open(Box::new(all), words::THEIR_PORTFOLIO.to_owned()))),
        _ => codec::from_json(&text).map_err(|error| error.to_string()).map(|plan| {
            let from = words::taken(&plan.name);
            Action::Open { plan: Box::new(plan), from }
        }),
    };
    if taken.is_ok() {
        shelf.chosen(kind);
        act.emit(Action::ask(move |asks| asks.theirs.retain(|other| *other != kind)));
    }
    act.emit(taken.unwrap_or_else(Action::Refuse));
}

/// Writes what this tab has; the other tab's can be brought back at the next visit.
fn keep_mine(kind: Kind, session: &Session, shelf: &Shelf, act: &Act) {
    shelf.chosen(kind);
    shelf.read(kind, |text| keep_previous(kind, text, shelf));
    let kept = match kind {
        Kind::Portfolio => storage::save_workspace(shelf, session.workspace.portfolio.as_deref()),
        _ => storage::save_plan(shelf, &session.plan),
    };
    if kept == Saved::Yes {
        shelf.drop_beside(kind);
    }
    act.emit(Action::ask(move |asks| {
        asks.theirs.remove(&kind);
        asks.note(kind, kept);
    }));
}

/// Keeps the other tab's work as what was there before; what this release cannot read, or what has no room there, is set aside by
/// the shelf.
fn keep_previous(kind: Kind, text: &str, shelf: &Shelf) -> Result<(), String> {
    let kept = if kind == Kind::Portfolio {
        portfolio::read(text).map_err(|error| error.to_string())?;
        shelf.push_previous_portfolio(text)
    } else {
        let plan = codec::from_json(text).map_err(|error| error.to_string())?;
        shelf.push_previous(&plan, &now())
    };
    if kept { Ok(()) } else { Err(String::new()) }
}
