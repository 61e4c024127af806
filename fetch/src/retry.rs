//! Asking until there is an answer: throttled, failed and cut-off answers are asked for again.

use crate::page::Page;
use std::time::Duration;
use ureq::Agent;

/// How often and how long it is tried again.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Tries for one page, the first among them.
    pub tries: u32,
    /// The wait after the first failure; it doubles with each one more, to a minute.
    pub first_wait: Duration,
    /// The longest wait that a server's `Retry-After` is followed for.
    pub longest_wait: Duration,
}

impl Default for Patience {
    /// Seven tries over about a minute; the API asks for waits of up to a minute.
    fn default() -> Self {
        Self { tries: 7, first_wait: Duration::from_secs(1), longest_wait: Duration::from_mins(2) }
    }
}

/// The longest wait that doubling leads to.
const LONGEST_BACKOFF: Duration = Duration::from_mins(1);
/// A page has a thousand rows and about 600 KB.
const MOST_BYTES: u64 = 32_000_000;

/// An answer that is asked for again, or one that is final.
enum Failure {
    Again { why: String, wait: Option<Duration> },
    Final(String),
}

pub(crate) struct Client<'a> {
    agent: Agent,
    patience: &'a Patience,
}

impl<'a> Client<'a> {
    pub(crate) fn new(patience: &'a Patience) -> Self {
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_mins(2)));
        Self { agent: config.build().new_agent(), patience }
    }

    /// A page, after as many tries as it takes.
    pub(crate) fn page(&mut self, address: &str, say: &mut dyn FnMut(&str)) -> Result<Page, String> {
        let mut backoff = self.patience.first_wait;
        for left in (0..self.patience.tries.max(1)).rev() {
            let (why, wait) = match self.once(address) {
                Ok(page) => return Ok(page),
                Err(Failure::Final(why)) => return Err(why),
                Err(Failure::Again { why, wait }) => (why, wait),
            };
            if left == 0 {
                return Err(format!(
                    "{why}; given up after {} tries: run the same command later, it goes on here",
                    self.patience.tries
                ));
            }
            let wait = wait.unwrap_or(backoff).min(self.patience.longest_wait);
            say(&format!("{why}; trying again in {:.1} s", wait.as_secs_f64()));
            std::thread::sleep(wait);
            backoff = (backoff * 2).min(LONGEST_BACKOFF);
        }
        Err("no try was allowed".to_owned())
    }

    fn once(&self, address: &str) -> Result<Page, Failure> {
        let again = |why: String| Failure::Again { why, wait: None };
        let mut answer = self.agent.get(address).call().map_err(|error| again(format!("no answer: {error}")))?;
        let status = answer.status().as_u16();
        let header = answer.headers().get("retry-after").and_then(|value| value.to_str().ok());
        let wait = header.and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs);
        let text = answer.body_mut().with_config().limit(MOST_BYTES).read_to_string();
        match status {
            200 => {}
            408 | 429 | 500..=599 => return Err(Failure::Again { why: format!("the server answered {status}"), wait }),
            _ => {
                let said = text.unwrap_or_default();
                let said = said.lines().next().unwrap_or_default().chars().take(200).collect::<String>();
                return Err(Failure::Final(format!("the server refuses, {status}: {said}")));
            }
        }
        let text = text.map_err(|error| again(format!("the answer was cut off: {error}")))?;
        Page::read(&text).map_err(again)
    }
}
