//! The outage played and scrubbed: a chart with the moment on it, every member's state, the events.

use super::knobs;
use crate::charts::Figure;
use crate::document::{blocks, mark, of_table, section_around, text};
use crate::state::{Session, use_act, use_session};
use dr_core::model::outage_simulation::WhatIf;
use dr_core::plan::Plan;
use dr_core::report::chart::{Chart, Plot, timeline_chart};
use dr_core::report::document::{Block, LogEntry, Section};
use dr_core::report::views::outage::{at_moment, members_table, simulation_section};
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
struct Played {
    section: Section,
    chart: Rc<Chart>,
    /// Length of the time axis.
    end: f64,
}

impl Played {
    fn of(session: &Session, story: &WhatIf) -> Self {
        let section = simulation_section(session.subject(), story);
        let chart = section.blocks.iter().find_map(|block| match block {
            Block::Figure(chart) => Some((**chart).clone()),
            _ => None,
        });
        let chart = chart.unwrap_or_else(|| timeline_chart(&session.plan, &session.catalog, story));
        let end = match &chart.plot {
            Plot::Lines(panes) => panes.first().map_or(1.0, |pane| pane.x.to),
            _ => 1.0,
        };
        Self { section, chart: Rc::new(chart), end }
    }

    /// The events in the order of time.
    fn events(&self) -> &[LogEntry] {
        let inside = self.section.blocks.iter().filter_map(|block| match block {
            Block::Details { blocks, .. } => Some(blocks),
            _ => None,
        });
        let log = inside.flatten().find_map(|block| match block {
            Block::Log(events) => Some(&events[..]),
            _ => None,
        });
        log.unwrap_or_default()
    }

    /// Place of the last event that has happened.
    fn last(&self, now: f64) -> Option<usize> {
        self.events().iter().rposition(|event| event.at.as_secs() <= now)
    }

    /// The next moment and the time that it waits: a place further, or the next event where motion is unwanted.
    fn next(&self, now: f64, still: bool) -> (f64, u32) {
        if !still {
            return ((now + self.end / PLACES).min(self.end), FRAME);
        }
        let event = self.events().iter().map(|event| event.at.as_secs()).find(|at| *at > now);
        (event.unwrap_or(self.end), STEP)
    }
}

/// Holds the moment and whether it plays; everything else is the plan's.
#[component]
pub(super) fn Player(props: &PlayerProps) -> Html {
    let session = use_session();
    let act = use_act();
    let (at, playing) = (use_state(|| 0.0_f64), use_state(|| false));
    let played = {
        let session = Rc::clone(&session);
        let key = (Rc::clone(&props.story), Rc::clone(&session.plan));
        use_memo(key, move |(story, _)| Played::of(&session, story))
    };
    let now = at.min(played.end);
    use_clock(&at, &playing, &played, now);
    let go = {
        let (at, playing) = (at.clone(), playing.clone());
        Callback::from(move |to: f64| {
            playing.set(false);
            at.set(to);
        })
    };
    let play = {
        let (at, playing, end) = (at.clone(), playing.clone(), played.end);
        Callback::from(move |_: MouseEvent| {
            if !*playing && now >= end {
                at.set(0.0);
            }
            playing.set(!*playing);
        })
    };
    let log = &props.story.own(&session.plan).log;
    let members = members_table(session.subject(), log, Secs::secs(now));
    let said = at_moment(played.events(), log, Secs::secs(now));
    // The figure is drawn with the moment on it, the events with their buttons.
    let words = played.section.blocks.iter().filter(|block| matches!(block, Block::Paragraph(_)));
    let content = html! {
        <>
            <Figure chart={Rc::clone(&played.chart)} inside=true marker={now} />
            { transport(played.end, now, said, *playing, play, &go) }
            { knobs::knobs(&session, &props.own, &act) }
            { blocks(&words.cloned().collect::<Vec<_>>()) }
            { of_table(&members) }
            { for played.section.blocks.iter().filter_map(|block| match block {
                Block::Details { summary, .. } => Some(html! { <details class="fold"><summary>{ text(summary) }</summary>{ events(&played, now, &go) }</details> }),
                _ => None,
            }) }
        </>
    };
    section_around(&played.section, Html::default(), content)
}

/// Moves on while it plays, and stops at the end.
#[hook]
fn use_clock(at: &UseStateHandle<f64>, playing: &UseStateHandle<bool>, played: &Rc<Played>, now: f64) {
    let (at, playing, played) = (at.clone(), playing.clone(), Rc::clone(played));
    use_effect_with((*playing, now), move |(plays, now)| {
        let timeout = plays.then(|| {
            let (next, pause) = played.next(*now, wants_no_motion());
            let done = next >= played.end;
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

/// The system's wish for less motion.
fn wants_no_motion() -> bool {
    let query = gloo::utils::window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

fn words(now: f64) -> String {
    format::duration(Secs::secs(now))
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
                <label for="outage-moment">{ "Time" }<b>{ words(now) }</b></label>
                <input id="outage-moment" type="range" min="0" max={PLACES.to_string()} step="1"
                    value={format!("{:.0}", now / end * PLACES)} aria-valuetext={said.clone()} {oninput} />
            </div>
            <p class="moment">{ said }</p>
        </div>
    }
}

/// The events in the order of time, each with a button that goes to its moment.
fn events(played: &Played, now: f64, go: &Callback<f64>) -> Html {
    let last = played.last(now);
    let line = |(index, event): (usize, &LogEntry)| {
        let at = event.at.as_secs();
        let onclick = go.reform(move |_: MouseEvent| at);
        let time = format::clock(event.at);
        html! {
            <li aria-current={(last == Some(index)).then_some("step")}>
                <button type="button" class="link" aria-label={format!("Show the time after {time}")} {onclick}><time>{ &time }</time></button>
                { mark(event.weight) }<span>{ text(&event.text) }</span>
            </li>
        }
    };
    html! { <ol class="log">{ for played.events().iter().enumerate().map(line) }</ol> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::session_with;
    use dr_core::model::outage_simulation::what_if;

    fn played() -> Played {
        let session = session_with(|_| {});
        let story = what_if(&session.plan, &session.catalog, &session.evaluation).expect("a group");
        Played::of(&session, &story)
    }

    /// A place at a time to the end; who wants no motion sees the events, each long enough to be read.
    #[test]
    fn playing_ends_at_the_end_of_the_axis() {
        let played = played();
        for still in [false, true] {
            let (mut now, mut steps) = (0.0, 0);
            while now < played.end && steps < 1_000 {
                let (next, pause) = played.next(now, still);
                assert!(next > now && pause == if still { STEP } else { FRAME }, "{now}");
                (now, steps) = (next, steps + 1);
            }
            assert!(now >= played.end, "{now} of {}", played.end);
            assert!(if still { steps <= played.events().len() + 1 } else { (240..=241).contains(&steps) }, "{steps}");
        }
    }

    #[test]
    fn what_happened_last_is_never_ahead_of_the_moment() {
        let played = played();
        assert_eq!(played.last(-1.0), None);
        for (index, line) in played.events().iter().enumerate() {
            let last = played.last(line.at.as_secs()).expect("an event");
            assert!(last >= index && played.events()[last].at == line.at);
        }
    }
}
