//! Night mode: the failover for one person with one hand. Nothing else is on the page.

mod began;
mod next;
mod saved_log;
#[cfg(test)]
mod tests;

use super::panel::designs;
use crate::document::mark;
use crate::files;
use crate::state::{Action, Kind, View, use_act, use_session, words};
use began::Began;
use dr_core::model::Topology;
use dr_core::report::night::{
    Clock, Countdown, Loss, Night, NightLog, Timestamp, What, countdown, losses, night_of, of_another,
};
use dr_core::report::outage_log::Weight;
use dr_core::report::runbook::shown_first;
use gloo::timers::callback::Interval;
use next::Next;
use saved_log::use_log;
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::prelude::*;

/// Minutes that the browser's time of a moment is ahead of UTC.
fn ahead(moment: Timestamp) -> i32 {
    files::minutes_ahead(moment.seconds())
}

/// What time it is, told every second; nothing where there is no browser.
#[hook]
fn use_now() -> Option<Timestamp> {
    let now = use_state(|| None);
    let set = now.setter();
    use_effect_with((), move |()| {
        let look = move || set.set(Timestamp::of_seconds(files::seconds_now()));
        look();
        let ticking = Interval::new(1_000, look);
        move || drop(ticking)
    });
    *now
}

/// Clock, next step, log.
#[component]
pub(super) fn NightPanel() -> Html {
    let (session, now) = (use_session(), use_now());
    let chosen = use_state(|| None::<Topology>);
    let topology = chosen.unwrap_or_else(|| shown_first(&session.plan, &session.evaluation.comparison));
    let lost = use_state(Loss::default);
    let loss = *lost;
    let night = {
        let session = Rc::clone(&session);
        use_memo((Rc::as_ptr(&session.evaluation), topology, loss), move |_| {
            night_of(topology, loss, session.subject())
        })
    };
    let (log, change) = use_log(&night);
    let choose = Callback::from(move |topology| chosen.set(Some(topology)));
    let clock = now.map(|now| Clock { now, ahead: &ahead });
    html! {
        <div class="night" data-night="">
            <header><h1>{ &night.title }</h1><Began at={log.began} change={change.clone()} /></header>
            if session.asks.unsaved.contains(&Kind::Night) {
                <p class="notice refused" role="alert">{ words::unsaved(&BTreeSet::from([Kind::Night])) }</p>
            }
            if let Some(said) = of_another(&night, &log) { <p class="notice" role="status">{ said }</p> }
            { for clock.and_then(|clock| countdown(&night, &log, &clock)).iter().map(counting) }
            <Next night={Rc::clone(&night)} log={Rc::clone(&log)} time={clock.map(|clock| clock.time_of(clock.now))} change={change.clone()} />
            { for clock.iter().map(|clock| entries(&log, clock)) }
            <Foot night={Rc::clone(&night)} log={Rc::clone(&log)} {change} />
            { designs(&Topology::ALL, topology, &choose) }
            { which_is_lost(topology, loss, &Callback::from(move |loss| lost.set(loss))) }
        </div>
    }
}

/// The region that is lost, where that leads to other steps.
fn which_is_lost(topology: Topology, shown: Loss, choose: &Callback<Loss>) -> Html {
    let button = |of: &Loss| {
        let (of, choose) = (*of, choose.clone());
        html! { <button type="button" aria-pressed={(of == shown).to_string()} onclick={Callback::from(move |_: MouseEvent| choose.emit(of))}>{ of.label() }</button> }
    };
    let among = losses(topology);
    if among.is_empty() {
        return Html::default();
    }
    html! { <span class="seg" role="group" aria-label="Which region is lost?">{ for among.iter().map(button) }</span> }
}

/// The large figure; no reader of screens is told every second.
fn counting(shown: &Countdown) -> Html {
    let class = match shown.weight {
        Weight::Bad => "count bad",
        Weight::Warn => "count warn",
        _ => "count",
    };
    html! {
        <div {class} role="timer"><p>{ &shown.head }</p><p class="figure">{ &shown.left }</p><p>{ &shown.rest }</p></div>
    }
}

/// What was done, and notes.
fn entries(log: &NightLog, clock: &Clock) -> Html {
    let line = |(entry, took): (&dr_core::report::night::Entry, Option<dr_core::units::Secs>)| {
        let took = took.map(NightLog::lasted).unwrap_or_default();
        let weight = if matches!(entry.what, What::Done(_)) { Weight::Good } else { Weight::Quiet };
        let text = entry.words();
        html! { <li><time>{ clock.time_of(entry.at) }</time>{ mark(weight) }<span>{ text }</span><span class="quiet">{ took }</span></li> }
    };
    let lines: Vec<Html> = log.timed().map(line).collect();
    if lines.is_empty() {
        Html::default()
    } else {
        html! { <ol class="log done">{ lines }</ol> }
    }
}

#[derive(Properties, PartialEq)]
struct FootProps {
    night: Rc<Night>,
    log: Rc<NightLog>,
    change: saved_log::Change,
}

/// The log as a file, and the way back.
#[component]
fn Foot(props: &FootProps) -> Html {
    let act = use_act();
    let log = Rc::clone(&props.log);
    let save = Callback::from(move |_: MouseEvent| save_log(&log));
    let anew = {
        let (log, night, change) = (Rc::clone(&props.log), Rc::clone(&props.night), props.change.clone());
        Callback::from(move |_: MouseEvent| {
            // What was noted is handed over first.
            save_log(&log);
            let night = Rc::clone(&night);
            change.emit(Box::new(move |log: &mut NightLog| *log = NightLog::of(&night)));
        })
    };
    let leave = act.reform(|_: MouseEvent| Action::Look(View::FailOver));
    html! {
        <footer>
            <button type="button" class="btn" disabled={props.log.is_empty()} onclick={save}>{ "Save the log" }</button>
            <button type="button" class="btn" disabled={props.log.is_empty()} onclick={anew}>{ "Save, start again" }</button>
            <button type="button" class="btn" onclick={leave}>{ "Back to the plan" }</button>
        </footer>
    }
}

fn save_log(log: &NightLog) {
    let Some(now) = Timestamp::of_seconds(files::seconds_now()) else { return };
    let text = log.document(&Clock { now, ahead: &ahead }).markdown();
    files::download(&format!("{}.md", files::file_stem(&log.title)), "text/markdown", text.as_bytes());
}
