//! The worker's side.

use crate::files;
use crate::later;
use dr_core::jobs::Reply;
use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

/// Waits for one job and answers it. Does nothing outside a worker.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let answering = scope.clone();
    let heard =
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| match event.data().dyn_into::<Array>() {
            Ok(files) => spawn_local(import(files, answering.clone())),
            Err(job) => spawn_local(answer(job.as_string().unwrap_or_default(), answering.clone())),
        });
    scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    heard.forget();
    let _ = scope.post_message(&JsValue::from_str(""));
}

async fn answer(job: String, answering: DedicatedWorkerGlobalScope) {
    let mut post = |reply: String| {
        let _ = answering.post_message(&JsValue::from_str(&reply));
    };
    later::fetched().await;
    match later::here() {
        Some(second) => (second.answer)(&job, &js_sys::Date::now, &mut post),
        None => post(Reply::Refused(later::DID_NOT_COME.to_owned()).to_json()),
    }
}

async fn import(files: Array, answering: DedicatedWorkerGlobalScope) {
    let mut post = |reply: String| {
        let _ = answering.post_message(&JsValue::from_str(&reply));
    };
    let options = files.get(0).as_string().unwrap_or_default();
    let chosen: Vec<File> = files.iter().filter_map(|file| file.dyn_into().ok()).collect();
    let given = files::given(&chosen).await;
    later::fetched().await;
    match later::here() {
        Some(second) => (second.import)(given, &options, &mut post),
        None => post(Reply::Refused(later::DID_NOT_COME.to_owned()).to_json()),
    }
}
