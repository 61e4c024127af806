//! Files that are dropped or pasted on the page.

use super::{open_all, open_files};
use crate::later;
use crate::state::{Act, use_act};
use gloo::events::{EventListener, EventListenerOptions};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Element, Event, File, FileSystemEntry};
use yew::prelude::*;

/// What is pasted is a file, unless a box takes it: files of a file manager, or a text, such as what a command has printed.
fn pasted(event: &Event, act: &Act) {
    let into_box = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if into_box.is_some_and(|it| it.closest("input, textarea, select, [contenteditable]").ok().flatten().is_some()) {
        return;
    }
    let Some(data) = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data) else { return };
    if open_data(&data, act) {
        return;
    }
    let text = data.get_data("text/plain").unwrap_or_default();
    if !text.trim().is_empty()
        && let Ok(file) = File::new_with_str_sequence(&Array::of1(&JsValue::from_str(&text)), "pasted text")
    {
        open_all(vec![file], act);
    }
}

/// Opens the files of what was dropped or pasted, those of folders with them; false where there are none.
fn open_data(data: &DataTransfer, act: &Act) -> bool {
    // The browser shows them while the event lasts.
    let items = data.items();
    let entries = (0..items.length()).filter_map(|at| items.get(at)?.webkit_get_as_entry().ok().flatten());
    let entries: Vec<FileSystemEntry> = entries.collect();
    if entries.iter().any(FileSystemEntry::is_directory) {
        let to = act.clone();
        later::with(act, move |second| (second.folders)(entries, &to));
        return true;
    }
    let files = data.files().filter(|files| files.length() > 0);
    files.as_ref().inspect(|files| open_files(files, act)).is_some()
}

/// Files dropped or pasted anywhere on the page are opened; while some hover, the page says so.
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
                EventListener::new(&window, "paste", {
                    let act = act.clone();
                    move |event| pasted(event, &act)
                }),
                EventListener::new_with_options(&window, "drop", options, move |event| {
                    event.prevent_default();
                    over.set(false);
                    if let Some(data) = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer) {
                        open_data(&data, &act);
                    }
                }),
            ];
            move || drop(listeners)
        });
    }
    if *over {
        html! { <div class="drop" aria-hidden="true"><p>{ "Drop plans, price sheets, measurements and what Azure prints, all at once" }</p></div> }
    } else {
        Html::default()
    }
}
