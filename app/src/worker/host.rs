//! The page's side of a worker.

use dr_core::jobs::Reply;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlLinkElement, MessageEvent, Worker, WorkerOptions, WorkerType};

/// A worker with what hears it; it ends when this is dropped.
pub(super) struct Host {
    worker: Worker,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(Event)>,
}

impl Host {
    /// Starts a worker for one job, a text or files; gives `hear` back where the browser starts none.
    pub(super) fn start<H: Fn(Reply) + 'static>(job: JsValue, hear: H) -> Result<Self, H> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let made = program().and_then(|program| {
            options.set_name(&program);
            Worker::new_with_options("worker.js", &options).ok()
        });
        let Some(worker) = made else { return Err(hear) };
        let hear = std::rc::Rc::new(hear);
        let heard = {
            let (worker, hear) = (worker.clone(), std::rc::Rc::clone(&hear));
            // The first message is empty: only then does the worker listen.
            Closure::new(move |event: MessageEvent| match event.data().as_string() {
                Some(text) if text.is_empty() => drop(worker.post_message(&job)),
                text => {
                    let reply = text.and_then(|text| Reply::from_json(&text)).unwrap_or_else(unknown);
                    if reply.is_last() {
                        worker.terminate();
                    }
                    hear(reply);
                }
            })
        };
        let failed = Closure::new(move |_: Event| hear(unknown()));
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        Ok(Self { worker, _heard: heard, _failed: failed })
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn unknown() -> Reply {
    Reply::Refused(
        "The browser’s worker stopped, perhaps short of memory. Reload the page, or use the terminal.".to_owned(),
    )
}

/// The name of the page's own script, which the page's head names for the browser to load early.
fn program() -> Option<String> {
    let link = gloo::utils::document().query_selector("link[rel=modulepreload]").ok()??;
    let address = link.dyn_into::<HtmlLinkElement>().ok()?.href();
    address.rsplit_once('/').map(|(_, name)| name.to_owned())
}
