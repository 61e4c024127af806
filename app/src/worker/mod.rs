//! Where long work runs: on the spot, through the bytes of its messages (tests), or in a worker of the browser.
//!
//! A worker runs the page's own program without the page: `public/worker.js` starts it, `main` sees that there is no
//! window, and [`serve`] waits for one job. Ending the worker is how a job is cancelled.

mod host;
mod serve;
#[cfg(test)]
mod tests;

pub use serve::serve;

use dr_core::jobs::{Job, Reply};
use dr_core::report::estate::{self, Given, ImportOptions};
use host::Host;
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::File;

/// Where a job runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runner {
    /// Here and at once: native tests, and browsers without workers.
    Inline,
    /// The same, every message sent through its bytes.
    Serialised,
    /// In a worker of the browser; on the spot where it starts none.
    Worker,
}

/// A job under way; dropping it cancels the job.
#[must_use = "a job that nobody holds is cancelled"]
pub struct Running {
    _host: Option<Host>,
}

impl Runner {
    /// Starts a job; its replies come to `hear`, all of them before this returns unless it runs in a worker.
    pub fn start(self, job: &Job, hear: impl Fn(Reply) + 'static) -> Running {
        match self {
            Self::Inline => job.run(&|| 0.0, &mut |reply| hear(reply)),
            Self::Serialised => serialised(job, &hear),
            Self::Worker => match Host::start(JsValue::from_str(&job.to_json()), hear) {
                Ok(host) => return Running { _host: Some(host) },
                Err(hear) => job.run(&|| 0.0, &mut |reply| hear(reply)),
            },
        }
        Running { _host: None }
    }
}

/// Has files sorted and read by a worker, which opens them itself: the page copies nothing of them. Gives `hear` back where the
/// browser starts none.
pub(crate) fn read_files<H: Fn(Reply) + 'static>(
    files: &[File],
    options: &ImportOptions,
    hear: H,
) -> Result<Running, H> {
    let all: Array = files.iter().collect();
    all.unshift(&JsValue::from_str(&options.to_text()));
    Host::start(all.into(), hear).map(|host| Running { _host: Some(host) })
}

fn serialised(job: &Job, hear: &dyn Fn(Reply)) {
    answer(&job.to_json(), &|| 0.0, &mut |text| {
        if let Some(reply) = Reply::from_json(&text) {
            hear(reply);
        }
    });
}

/// Text in, texts out: what a worker does with its one message.
pub(crate) fn answer(text: &str, now: &dyn Fn() -> f64, tell: &mut dyn FnMut(String)) {
    match Job::from_json(text) {
        Ok(job) => job.run(now, &mut |reply| tell(reply.to_json())),
        Err(sentence) => tell(Reply::Refused(sentence).to_json()),
    }
}

/// Files in, texts out: what a worker does with files; the options are those of the page as text.
pub(crate) fn import(given: Given, options: &str, tell: &mut dyn FnMut(String)) {
    estate::import(given, &ImportOptions::from_text(options), &mut |reply| tell(reply.to_json()));
}
