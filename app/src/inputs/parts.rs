//! Parts of the data: what each is, how large, and what writes in two regions at once may do to it.

use super::share::{ShareBox, ShareOf};
use crate::fields::{Asked, input_id, onfocus, onmousedown, use_checked_text};
use crate::state::{Act, Action, Mode, Session, use_act, use_session};
use dr_core::plan::{Conflicts, DataClass, DataPart, MAX_PARTS, PartShare, Plan};
use dr_core::units::names::Named;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

pub(super) const PATH: &str = "data.parts";

/// Every part, and a way to add one.
pub(super) fn rows(session: &Session, act: &Act) -> Html {
    let parts = &session.plan.data.parts;
    let add = act.reform(|_: MouseEvent| Action::edit(PATH, Plan::add_part));
    html! {
        <>
            { for parts.iter().enumerate().map(|(index, part)| row(index, part, session, act)) }
            <div class="region">
                <button type="button" class="link" data-field={PATH} onclick={add} disabled={parts.len() >= MAX_PARTS}>
                    { "+ add a part of the data" }
                </button>
            </div>
        </>
    }
}

fn row(index: usize, part: &DataPart, session: &Session, act: &Act) -> Html {
    let remove = act.reform(move |_: MouseEvent| Action::edit(PATH, move |plan| plan.remove_part(index)));
    let class = {
        let set = act.reform(move |name: String| {
            change(index, move |part| {
                part.class = DataClass::named(&name).unwrap_or(part.class);
            })
        });
        choice(format!("Class of {}", part.name), part.class, &set)
    };
    let conflicts = {
        let set = act.reform(move |name: String| {
            change(index, move |part| {
                part.conflicts = Conflicts::named(&name).unwrap_or(part.conflicts);
            })
        });
        choice(format!("Concurrent writes to {}", part.name), part.conflicts, &set)
    };
    html! {
        <div class="region part">
            <NameBox {index} name={part.name.clone()} />
            <ShareBox of={ShareOf::Part(index, PartShare::Data)} label={format!("Share of the data in {}", part.name)} value={part.share} />
            <button type="button" aria-label={format!("Remove {}", part.name)} onclick={remove}>{ "×" }</button>
            { class }
            { conflicts }
            if session.mode == Mode::Advanced {
                <div class="field writes">
                    <span class="label">{ "Writes to it" }</span>
                    <ShareBox of={ShareOf::Part(index, PartShare::Writes)} label={format!("Share of the writes to {}", part.name)} value={part.writes} />
                </div>
            }
        </div>
    }
}

fn change(index: usize, edit: impl FnOnce(&mut DataPart) + 'static) -> Action {
    Action::edit(PATH, move |plan| plan.edit_part(index, edit))
}

/// A list of the names of an enum; the label is read aloud.
fn choice<T: Named>(label: String, chosen: T, onchoose: &Callback<String>) -> Html {
    let onchange = onchoose.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    let options = T::NAMES.iter().map(|(variant, name, label)| {
        html! { <option value={*name} selected={*variant == chosen}>{ *label }</option> }
    });
    html! { <select class="picker" aria-label={label} {onchange}>{ for options }</select> }
}

#[derive(Properties, PartialEq)]
struct NameBoxProps {
    index: usize,
    name: String,
}

/// The name of a part.
#[component]
fn NameBox(props: &NameBoxProps) -> Html {
    let session = use_session();
    let act = use_act();
    let typed = use_checked_text();
    let index = props.index;
    let id = input_id(&format!("{PATH}.{index}.name"));
    let onchange = typed.onasked(&session, &act, format!("“{}”", props.name), move |text| {
        Asked::new(move || {
            let name = text.trim().to_owned();
            change(index, move |part| part.name = name)
        })
    });
    let bad = typed.is_refused();
    html! {
        <>
            <div class={classes!("q", "name", bad.then_some("bad"))}>
                <input id={id.clone()} type="text" autocomplete="off" aria-label={format!("Name of part {}", index + 1)}
                    aria-invalid={bad.then_some("true")} aria-describedby={typed.described_by(&id)}
                    value={typed.shown(props.name.clone())} oninput={typed.oninput()} onkeydown={typed.onkeydown()} {onchange}
                    onfocus={onfocus()} onmousedown={onmousedown()} />
            </div>
            { typed.says(&id) }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{drawn, session_with};

    /// Each part has its name, its shares, its class and its tolerance; the writes only in advanced mode.
    #[test]
    fn a_part_is_drawn_with_all_of_it() {
        let mut session = session_with(|plan| {
            plan.data.parts =
                vec![DataPart::new("sessions", 0.4, 0.25, DataClass::HeldOnlyHere, Conflicts::LastWriteWins)];
        });
        let html = drawn(&session, rows(&session, &Act::noop()));
        for part in ["value=\"sessions\"", "value=\"40\"", "Class of sessions", "Concurrent writes to sessions"] {
            assert!(html.contains(part), "{part} in {html}");
        }
        let class = html.lines().find(|line| line.contains("held-only-here")).expect("a class");
        assert!(class.contains(" selected") && html.contains("held only here"), "{html}");
        assert!(!html.contains("Writes to it"));
        session.mode = Mode::Advanced;
        let html = drawn(&session, rows(&session, &Act::noop()));
        assert!(html.contains("Writes to it") && html.contains("value=\"25\""));
    }
}
