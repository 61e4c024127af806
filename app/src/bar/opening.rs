//! What comes into the page: example plans, plan files by picker or drop.

use super::menu::Entry;
use crate::state::{Act, Action, use_act};
use dr_core::codec;
use dr_core::import::series::{MAX_SERIES_BYTES, looks_like_series, read_series};
use dr_core::plan::Plan;
use dr_core::report::format;
use dr_core::units::Bytes;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::file::{Blob, callbacks::read_as_text};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, File, HtmlInputElement, Response};
use yew::prelude::*;

/// File, name and topology of every example.
const EXAMPLES: [(&str, &str, &str); 6] = [
    ("tax-filing", "Tax filing", "passive pair, published case"),
    ("enrolment", "University enrolment", "passive pair, published case"),
    ("marine-logistics", "Marine logistics", "passive pair, published case"),
    ("gaming-leaderboard", "Gaming leaderboard", "active group of three, published case"),
    ("travel-booking", "Travel booking", "active group, published case"),
    ("energy-trading", "Energy trading", "active group, published case"),
];

/// The six published cases, and a new plan.
pub(super) fn examples(act: &Act) -> Vec<Entry> {
    let example = |(file, name, note): (&'static str, &'static str, &'static str)| {
        let act = act.clone();
        Entry::new(name, note, Callback::from(move |()| spawn_local(open_example(file, name, act.clone()))))
    };
    let new = act.reform(|()| Action::Open {
        plan: Box::default(),
        from: "A new plan. Undo brings the last one back.".to_owned(),
    });
    EXAMPLES
        .into_iter()
        .map(example)
        .chain([Entry::new("New plan", "10 GB, 5,000 writes/s, two regions", new)])
        .collect()
}

async fn open_example(file: &str, name: &str, act: Act) {
    act.emit(match fetch_text(&format!("plans/{file}.json")).await {
        Ok(text) => opened(&text, name),
        Err(reason) => Action::Refuse(format!(
            "The example “{name}” could not be read: {reason}. Is the folder plans/ beside the page?"
        )),
    });
}

async fn fetch_text(address: &str) -> Result<String, String> {
    let broken = |_: JsValue| "the network did not answer".to_owned();
    let response = JsFuture::from(gloo::utils::window().fetch_with_str(address)).await.map_err(broken)?;
    let response: Response = response.dyn_into().map_err(broken)?;
    if !response.ok() {
        return Err(format!("the server answers {}", response.status()));
    }
    let text = JsFuture::from(response.text().map_err(broken)?).await.map_err(broken)?;
    text.as_string().ok_or_else(|| "it is no text".to_owned())
}

fn opened(text: &str, name: &str) -> Action {
    if looks_like_series(text) {
        return match read_series(text) {
            Ok(series) => Action::Follow { series: Box::new(series), file: name.to_owned() },
            Err(error) => Action::Refuse(format!("{name}: {error}")),
        };
    }
    match codec::from_json(text) {
        Ok(plan) => Action::Open { from: told(&plan, name), plan: Box::new(plan) },
        Err(error) => Action::Refuse(format!("{name}: {error}")),
    }
}

fn told(plan: &Plan, name: &str) -> String {
    if plan.story.printed.is_empty() {
        format!("Opened {name}.")
    } else {
        format!("Opened {name}: a published case. What is printed and what is assumed stands under Compare.")
    }
}

/// Reads a file that a person chose or dropped; a large one is refused unread.
fn open_file(file: &File, act: &Act) {
    let name = file.name();
    if file.size() > MAX_SERIES_BYTES as f64 {
        let size = format::bytes(Bytes::bytes(file.size()));
        act.emit(Action::Refuse(format!(
            "{name} is no plan and no series: it has {size}, a plan at most 1 MB, a series 16 MB. It was not read."
        )));
        return;
    }
    let act = act.clone();
    let blob = Blob::from(web_sys::Blob::from(file.clone()));
    let reader = read_as_text(&blob, move |text| {
        act.emit(match text {
            Ok(text) => opened(&text, &name),
            Err(error) => Action::Refuse(format!("{name} could not be read: {error}.")),
        });
    });
    // The reader stops when it is dropped; the file is small and read once.
    std::mem::forget(reader);
}

/// The button that opens the picker.
pub(super) fn open_button(act: &Act) -> Html {
    let pick = pick_file(act);
    html! { <button type="button" class="btn" onclick={pick.reform(|_: MouseEvent| ())}>{ "Open" }</button> }
}

/// The same in a menu.
pub(super) fn open_entry(act: &Act) -> Entry {
    Entry::new("Open a plan…", "", pick_file(act))
}

/// Opens the picker: a plan, or a series of measurements.
pub(crate) fn pick_file(act: &Act) -> Callback<()> {
    let act = act.clone();
    Callback::from(move |()| {
        let made = gloo::utils::document()
            .create_element("input")
            .ok()
            .and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = made else { return };
        input.set_type("file");
        input.set_accept("application/json,.json,text/csv,.csv,.tsv,.txt");
        let (act, chosen) = (act.clone(), input.clone());
        EventListener::once(&input, "change", move |_| {
            if let Some(file) = chosen.files().and_then(|files| files.get(0)) {
                open_file(&file, &act);
            }
        })
        .forget();
        input.click();
    })
}

/// A file dropped anywhere on the page is opened; while one hovers, the page says so.
#[component]
pub fn DropZone() -> Html {
    let act = use_act();
    let over = use_state(|| false);
    {
        let over = over.clone();
        use_effect_with((), move |()| {
            let window = gloo::utils::window();
            let options = EventListenerOptions::enable_prevent_default();
            let (enter, leave) = (over.clone(), over.clone());
            let listeners = [
                EventListener::new_with_options(&window, "dragover", options, move |event| {
                    event.prevent_default();
                    enter.set(true);
                }),
                EventListener::new(&window, "dragleave", move |event| {
                    let outside = event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none());
                    if outside {
                        leave.set(false);
                    }
                }),
                EventListener::new_with_options(&window, "drop", options, move |event| {
                    event.prevent_default();
                    over.set(false);
                    let files =
                        event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer).and_then(|data| data.files());
                    if let Some(file) = files.and_then(|files| files.get(0)) {
                        open_file(&file, &act);
                    }
                }),
            ];
            move || drop(listeners)
        });
    }
    if *over {
        html! { <div class="drop" aria-hidden="true"><p>{ "Drop a plan or a series of measurements to open it" }</p></div> }
    } else {
        Html::default()
    }
}

#[cfg(test)]
mod tests {
    use super::{opened, told};
    use crate::state::Action;
    use dr_core::codec;
    use dr_core::plan::{Plan, Printed};

    fn published() -> Plan {
        let mut plan = Plan::default();
        let [what, outcome, source] = ["activation", "24 min", "S2"].map(str::to_owned);
        plan.story.printed.push(Printed { what, outcome, source });
        plan
    }

    #[test]
    fn a_published_case_says_where_its_figures_stand() {
        let published_case = "Opened Tax: a published case. What is printed and what is assumed stands under Compare.";
        for (plan, said) in [(Plan::default(), "Opened Tax."), (published(), published_case)] {
            assert_eq!(told(&plan, "Tax"), said);
        }
    }

    #[test]
    fn a_file_opens_or_is_refused_with_its_name() {
        let Action::Open { plan, from } = opened(&codec::to_json(&published()), "tax.json") else {
            panic!("a plan that was written here opens")
        };
        assert_eq!(*plan, published());
        assert!(from.starts_with("Opened tax.json: "), "{from}");
        let Action::Follow { file, .. } = opened("time,writes/s\n0,1\n60,2\n", "day.csv") else {
            panic!("a series is followed")
        };
        assert_eq!(file, "day.csv");
        let Action::Refuse(said) = opened("time,writes/s\n0,many\n", "day.csv") else { panic!("many is no number") };
        assert!(said.starts_with("day.csv: Line 2"), "{said}");
        for text in ["", "[]", "{\"format\": 1", "<b>"] {
            let Action::Refuse(said) = opened(text, "a<b>.txt") else { panic!("{text} is no plan") };
            assert!(said.starts_with("a<b>.txt: "), "{said}");
        }
    }
}
