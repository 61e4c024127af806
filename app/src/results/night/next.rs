//! The step that is next, large, and a note beside it.

use super::saved_log::Change;
use crate::document::blocks;
use crate::files;
use dr_core::report::night::{Mark, Night, NightLog, NightStep, Timestamp, all_done, place};
use std::rc::Rc;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct NextProps {
    pub(super) night: Rc<Night>,
    pub(super) log: Rc<NightLog>,
    /// What time it is.
    pub(super) time: Option<String>,
    pub(super) change: Change,
    /// The step that is shown first, in place of the next one.
    #[prop_or_default]
    pub(super) first: Option<usize>,
}

/// A step that follows another begins below the clock; the first stands where it is.
#[hook]
fn use_in_sight(card: &NodeRef, at: Option<usize>) {
    let (card, is_first) = (card.clone(), use_mut_ref(|| true));
    use_effect_with(at, move |_| {
        if !is_first.replace(false)
            && let Some(card) = card.cast::<Element>()
        {
            card.scroll_into_view();
        }
    });
}

/// One step at a time: the first without a mark, or the one that a person goes to.
#[component]
pub(super) fn Next(props: &NextProps) -> Html {
    let typed = use_node_ref();
    let first = props.first;
    let (shown, copied) = (use_state(|| first), use_state(|| None::<(usize, bool)>));
    let at = shown.or_else(|| props.log.next(&props.night));
    let card = use_node_ref();
    use_in_sight(&card, at);
    let Some((at, step)) = at.and_then(|at| Some((at, props.night.steps.get(at)?))) else {
        return html! { <section ref={card} class="step" aria-live="polite"><p class="words">{ all_done(&props.night) }</p><Note {typed} change={props.change.clone()} /></section> };
    };
    let go = |to: Option<usize>| {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(to))
    };
    let copy = {
        let (copied, commands) = (copied.clone(), step.commands.clone());
        Callback::from(move |_: MouseEvent| {
            let copied = copied.clone();
            files::copy_and_tell(&commands, move |well| copied.set(Some((at, well))));
        })
    };
    let last = props.night.steps.len().saturating_sub(1);
    let needless = props.log.needless(&props.night, step);
    html! {
        <section ref={card} class={classes!("step", needless.map(|_| "needless"))} aria-live="polite">
            <h2>{ place(&props.night, at) }</h2>
            if let Some(why) = needless { <p>{ why }</p> }
            <p class="words">{ &step.words }</p>
            if !step.commands.is_empty() {
                <pre tabindex="0"><code>{ &step.commands }</code></pre>
            }
            <div class="does">
                if !step.commands.is_empty() {
                    <button type="button" class="btn" onclick={copy}>{ copy_label(*copied, at) }</button>
                }
                { tick(step, props, &shown) }
                { leave_out(step, props, &shown, &typed) }
            </div>
            { blocks(&step.more) }
            <Note {typed} change={props.change.clone()} />
            <p class="ways">
                <button type="button" class="link" disabled={at == 0} onclick={go(at.checked_sub(1))}>{ "← Before" }</button>
                if shown.is_some() { <button type="button" class="link" onclick={go(None)}>{ "To the next one" }</button> }
                <button type="button" class="link" disabled={at == last} onclick={go(Some(at + 1))}>{ "Skip →" }</button>
            </p>
        </section>
    }
}

/// What the button says once the browser has answered.
fn copy_label(copied: Option<(usize, bool)>, at: usize) -> &'static str {
    match copied.filter(|(of, _)| *of == at) {
        Some((_, true)) => "Copied ✓",
        Some((_, false)) => "Refused: select it above",
        None => "Copy",
    }
}

/// Not needed, as another path was taken; what stands in the box for a note is the reason. Nothing where the step has a mark.
fn leave_out(step: &NightStep, props: &NextProps, shown: &UseStateHandle<Option<usize>>, typed: &NodeRef) -> Html {
    if props.log.mark(step).is_some() {
        return Html::default();
    }
    let (owned, change, shown, typed) = (step.clone(), props.change.clone(), shown.clone(), typed.clone());
    let left_out = Callback::from(move |_: MouseEvent| {
        let Some(now) = Timestamp::of_seconds(files::seconds_now()) else { return };
        let (step, why) = (owned.clone(), taken(&typed));
        change.emit(Box::new(move |log: &mut NightLog| log.leave_out(&step, &why, now)));
        shown.set(None);
    });
    html! { <button type="button" class="btn" title="With the note below as the reason" onclick={left_out}>{ "Not needed" }</button> }
}

/// What stands in the box, which is empty then.
fn taken(typed: &NodeRef) -> String {
    typed.cast::<HtmlInputElement>().map_or_else(String::new, |typed| {
        let text = typed.value();
        typed.set_value("");
        text
    })
}

/// Done, at this time; or the mark is taken back.
fn tick(step: &NightStep, props: &NextProps, shown: &UseStateHandle<Option<usize>>) -> Html {
    let (owned, change, shown) = (step.clone(), props.change.clone(), shown.clone());
    if let Some(mark) = props.log.mark(step) {
        let undo = Callback::from(move |_: MouseEvent| {
            let step = owned.clone();
            change.emit(Box::new(move |log: &mut NightLog| log.untick(&step)));
        });
        return html! { <button type="button" class="btn" onclick={undo}>{ undo_label(mark) }</button> };
    }
    let done = Callback::from(move |_: MouseEvent| {
        let Some(now) = Timestamp::of_seconds(files::seconds_now()) else { return };
        let step = owned.clone();
        change.emit(Box::new(move |log: &mut NightLog| log.tick(&step, now)));
        shown.set(None);
    });
    let label = props.time.as_ref().map_or_else(|| "Done".to_owned(), |time| format!("Done at {time}"));
    html! { <button type="button" class="btn primary" onclick={done}>{ label }</button> }
}

const fn undo_label(mark: Mark) -> &'static str {
    match mark {
        Mark::Done(_) => "Not done",
        Mark::Unneeded(_) => "Needed after all",
    }
}

#[derive(Properties, PartialEq)]
struct NoteProps {
    typed: NodeRef,
    change: Change,
}

/// A line for the log.
#[component]
fn Note(props: &NoteProps) -> Html {
    let typed = props.typed.clone();
    let onsubmit = {
        let (typed, change) = (typed.clone(), props.change.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(now) = Timestamp::of_seconds(files::seconds_now()) else { return };
            let text = taken(&typed);
            change.emit(Box::new(move |log: &mut NightLog| log.note(&text, now)));
        })
    };
    html! {
        <form class="note-line" {onsubmit}><input type="text" aria-label="Note" placeholder="Note" ref={typed} /><button type="submit" class="btn">{ "Note" }</button></form>
    }
}
