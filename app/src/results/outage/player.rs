//! The outage played and scrubbed: a chart with the moment on it, every member's state, the events.

use super::knobs;
use crate::charts::Figure;
use crate::results::panel::{panel, scroll};
use crate::state::{Session, use_act, use_session};
use dr_core::model::outage::{Log, WhatIf};
use dr_core::plan::Plan;
use dr_core::report::chart::{Chart, Plot, timeline_chart};
use dr_core::report::outage_log::{LogLine, Weight, outage_log};
use dr_core::report::outage_says::at_risk_now;
use dr_core::report::outage_state::{StateLine, outage_state};
use dr_core::units::Secs;
use dr_core::units::format;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Places of the scrubber.
const PLACES: f64 = 240.0;
/// Milliseconds for a place while it plays.
const FRAME: u32 = 50;
/// Milliseconds for an event where a person wants no motion.
const STEP: u32 = 1_500;

#[derive(Properties, PartialEq)]
pub(super) struct PlayerProps {
    /// The outage of the session's plan, both ways.
    pub(super) story: Rc<WhatIf>,
    /// The plan without what the sliders try.
    pub(super) own: Rc<Plan>,
}

/// What is drawn of one outage, the same at every moment.
struct Told {
    chart: Rc<Chart>,
    lines: Vec<LogLine>,
    /// Length of the time axis.
    end: f64,
}

impl Told {
    fn of(session: &Session, story: &WhatIf) -> Self {
        let chart = timeline_chart(&session.plan, &session.catalog, story);
        let lines = outage_log(&session.plan, &session.catalog, &story.own(&session.plan).log);
        let end = match &chart.plot {
            Plot::Lines(panes) => panes.first().map_or(1.0, |pane| pane.x.to),
            _ => 1.0,
        };
        Self { chart: Rc::new(chart), lines, end }
    }

    /// Place of the last event that has happened.
    fn last(&self, now: f64) -> Option<usize> {
        self.lines.iter().rposition(|line| line.at.as_secs() <= now)
    }

    /// The next moment and the time that it waits: a place further, or the next event where motion is unwanted.
    fn next(&self, now: f64, still: bool) -> (f64, u32) {
        if !still {
            return ((now + self.end / PLACES).min(self.end), FRAME);
        }
        let event = self.lines.iter().map(|line| line.at.as_secs()).find(|at| *at > now);
        (event.unwrap_or(self.end), STEP)
    }
}

/// Holds the moment and whether it plays; everything else is the plan's.
#[component]
pub(super) fn Player(props: &PlayerProps) -> Html {
    let session = use_session();
    let act = use_act();
    let (at, playing) = (use_state(|| 0.0_f64), use_state(|| false));
    let told = {
        let session = Rc::clone(&session);
        let key = (Rc::clone(&props.story), Rc::clone(&session.plan));
        use_memo(key, move |(story, _)| Told::of(&session, story))
    };
    let now = at.min(told.end);
    {
        let (at, playing, told) = (at.clone(), playing.clone(), Rc::clone(&told));
        use_effect_with((*playing, now), move |(plays, now)| {
            let timeout = plays.then(|| {
                let (next, pause) = told.next(*now, wants_no_motion());
                let done = next >= told.end;
                Timeout::new(pause, move || {
                    at.set(next);
                    if done {
                        playing.set(false);
                    }
                })
            });
            move || drop(timeout)
        });
    }
    let go = {
        let (at, playing) = (at.clone(), playing.clone());
        Callback::from(move |to: f64| {
            playing.set(false);
            at.set(to);
        })
    };
    let play = {
        let (at, playing, end) = (at.clone(), playing.clone(), told.end);
        Callback::from(move |_: MouseEvent| {
            if !*playing && now >= end {
                at.set(0.0);
            }
            playing.set(!*playing);
        })
    };
    let log = &props.story.own(&session.plan).log;
    let states = outage_state(&session.plan, &session.catalog, log, Secs::secs(now));
    let said = said(&told, log, now);
    html! {
        <>
            <Figure chart={Rc::clone(&told.chart)} marker={now}>
                { knobs::knobs(&session, &props.own, &act) }
                { transport(told.end, now, said, *playing, play, &go) }
                { members(&states, now) }
            </Figure>
            { panel("What happens", "", Html::default(), events(&told, now, &go)) }
        </>
    }
}

/// The system's wish for less motion.
fn wants_no_motion() -> bool {
    let query = gloo::utils::window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

fn words(now: f64) -> String {
    format::duration(Secs::secs(now))
}

/// What happened last before a moment, and what exists in one region only by then.
fn said(told: &Told, log: &Log, now: f64) -> String {
    let last = told.last(now).and_then(|last| told.lines.get(last));
    let said = last.map_or_else(|| words(now), |line| format!("After {}: {}", words(now), line.text));
    match at_risk_now(log, Secs::secs(now)) {
        Some(at_risk) => format!("{said} {at_risk}"),
        None => said,
    }
}

/// Play, the scrubber, and the sentence of the moment: the scrubber's own text, so that the line below it need not be read
/// again.
fn transport(end: f64, now: f64, said: String, playing: bool, play: Callback<MouseEvent>, go: &Callback<f64>) -> Html {
    let oninput = go.reform(move |event: InputEvent| {
        event.target_unchecked_into::<HtmlInputElement>().value_as_number() / PLACES * end
    });
    html! {
        <div class="transport">
            <button type="button" class="btn" onclick={play}>{ if playing { "Pause" } else { "Play" } }</button>
            <div class="knob">
                <label for="outage-moment">{ "Moment" }<b>{ words(now) }</b></label>
                <input id="outage-moment" type="range" min="0" max={PLACES.to_string()} step="1"
                    value={format!("{:.0}", now / end * PLACES)} aria-valuetext={said.clone()} {oninput} />
            </div>
            <p class="moment">{ said }</p>
        </div>
    }
}

/// Every member at the moment.
fn members(states: &[StateLine], now: f64) -> Html {
    let row = |line: &StateLine| {
        html! {
            <tr>
                <th scope="row">{ &line.region }</th><td>{ line.state }</td><td class="num">{ &line.used }</td>
                <td class="num">{ &line.live }</td><td class={ink(line.weight)}>{ line.writes }</td>
            </tr>
        }
    };
    let name = format!("Every member after {}", words(now));
    let table = html! {
        <table class="members">
            <thead><tr><th scope="col">{ "Region" }</th><th scope="col">{ "State" }</th><th scope="col" class="num">{ "Used" }</th>
                <th scope="col" class="num">{ "Live data" }</th><th scope="col">{ "Writes" }</th></tr></thead>
            <tbody>{ for states.iter().map(row) }</tbody>
        </table>
    };
    scroll(&name, table)
}

/// The events in the order of time, each with a button that goes to its moment.
fn events(told: &Told, now: f64, go: &Callback<f64>) -> Html {
    let last = told.last(now);
    let line = |(index, line): (usize, &LogLine)| {
        let at = line.at.as_secs();
        let onclick = go.reform(move |_: MouseEvent| at);
        let time = format::duration(line.at);
        html! {
            <li aria-current={(last == Some(index)).then_some("step")}>
                <button type="button" class="link" aria-label={format!("Show the moment after {time}")} {onclick}><time>{ &time }</time></button>
                <span class={classes!("mark", ink(line.weight))} aria-hidden="true"></span><span>{ &line.text }</span>
            </li>
        }
    };
    html! { <ol class="log">{ for told.lines.iter().enumerate().map(line) }</ol> }
}

/// The class of a weight; the words say the same.
pub(super) const fn ink(weight: Weight) -> &'static str {
    match weight {
        Weight::Quiet => "quiet",
        Weight::Act => "accent",
        Weight::Warn => "warn",
        Weight::Bad => "bad",
        Weight::Good => "good",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::session_with;
    use dr_core::model::outage::what_if;

    fn told() -> Told {
        let session = session_with(|_| {});
        let story = what_if(&session.plan, &session.catalog, &session.evaluation).expect("a group");
        Told::of(&session, &story)
    }

    /// A place at a time to the end; who wants no motion sees the events, each long enough to be read.
    #[test]
    fn playing_ends_at_the_end_of_the_axis() {
        let told = told();
        for still in [false, true] {
            let (mut now, mut steps) = (0.0, 0);
            while now < told.end && steps < 1_000 {
                let (next, pause) = told.next(now, still);
                assert!(next > now && pause == if still { STEP } else { FRAME }, "{now}");
                (now, steps) = (next, steps + 1);
            }
            assert!(now >= told.end, "{now} of {}", told.end);
            assert!(if still { steps <= told.lines.len() + 1 } else { (240..=241).contains(&steps) }, "{steps}");
        }
    }

    /// The last event, and the bytes that the log has at the moment: nothing at the loss, something an hour later.
    #[test]
    fn the_sentence_of_a_moment_says_what_is_at_risk() {
        let session = session_with(|_| {});
        let story = what_if(&session.plan, &session.catalog, &session.evaluation).expect("a group");
        let told = Told::of(&session, &story);
        let says = |at| said(&told, &story.own(&session.plan).log, at).replace('\u{a0}', " ");
        assert!(!says(0.0).contains("one region only"), "{}", says(0.0));
        insta::assert_snapshot!(says(3_600.0));
    }

    #[test]
    fn what_happened_last_is_never_ahead_of_the_moment() {
        let told = told();
        assert_eq!(told.last(-1.0), None);
        for (index, line) in told.lines.iter().enumerate() {
            let last = told.last(line.at.as_secs()).expect("an event");
            assert!(last >= index && told.lines[last].at == line.at);
        }
    }
}
