//! What goes wrong on real hosts.

use super::answer::{Answer, status};
use std::sync::Mutex;
use std::time::Duration;

/// What a visitor gets in place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// An answer of the server's own, as 404 or 503.
    Status(u16),
    /// Nothing, until all is healed or the site ends.
    Silence,
    /// Another file, as from a cache in between: its media type and its bytes.
    Instead(&'static str, Vec<u8>),
    /// Half of the file, the end of the connection in the middle of it.
    Half,
}

/// Endings of paths, with what they get; the latest counts.
#[derive(Default)]
pub(super) struct Faults(Mutex<Vec<(String, Fault)>>);

impl Faults {
    pub(super) fn add(&self, ending: &str, fault: Fault) {
        self.all().push((ending.to_owned(), fault));
    }

    pub(super) fn clear(&self) {
        self.all().clear();
    }

    pub(super) fn of(&self, path: &str) -> Option<Fault> {
        self.all().iter().rev().find(|(ending, _)| path.ends_with(ending.as_str())).map(|(_, fault)| fault.clone())
    }

    /// What is sent in place of the answer; nothing where the connection ends without one.
    pub(super) fn instead(&self, fault: &Fault, answer: Answer, path: &str) -> Option<Answer> {
        match fault {
            Fault::Status(code) => Some(Answer::sentence(status(*code))),
            Fault::Instead(mime, body) => Some(Answer { mime, body: body.clone(), sent: body.len(), ..answer }),
            Fault::Half => Some(Answer { sent: answer.body.len() / 2, ..answer }),
            Fault::Silence => {
                while self.of(path).is_some_and(|now| now == Fault::Silence) {
                    std::thread::sleep(Duration::from_millis(50));
                }
                None
            }
        }
    }

    fn all(&self) -> std::sync::MutexGuard<'_, Vec<(String, Fault)>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_fault_of_an_ending_counts_until_all_is_healed() {
        let faults = Faults::default();
        faults.add("_bg.wasm", Fault::Status(404));
        faults.add("_bg.wasm", Fault::Half);
        assert_eq!(faults.of("/dr/a-0_bg.wasm"), Some(Fault::Half));
        assert_eq!(faults.of("/dr/"), None);
        faults.clear();
        assert_eq!(faults.of("/dr/a-0_bg.wasm"), None);
    }
}
