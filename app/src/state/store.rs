//! Where texts are kept by name: the browser's local storage, and a memory with a limit for tests.

use web_sys::Storage;

/// Texts by name.
pub trait Store {
    /// What stands under a name; `None` also where the browser lets nobody look.
    fn get(&self, name: &str) -> Option<String>;
    /// Puts a text under a name. False where the browser refuses: it is full, or closed to this page.
    fn set(&self, name: &str, text: &str) -> bool;
    /// Takes a name out.
    fn remove(&self, name: &str);
    /// Every name, in order.
    fn names(&self) -> Vec<String>;
}

/// The browser's local storage.
pub struct Local;

fn local() -> Option<Storage> {
    gloo::utils::window().local_storage().ok().flatten()
}

impl Store for Local {
    fn get(&self, name: &str) -> Option<String> {
        local()?.get_item(name).ok().flatten()
    }

    fn set(&self, name: &str, text: &str) -> bool {
        local().is_some_and(|storage| storage.set_item(name, text).is_ok())
    }

    fn remove(&self, name: &str) {
        if let Some(storage) = local() {
            let _ = storage.remove_item(name);
        }
    }

    fn names(&self) -> Vec<String> {
        let Some(storage) = local() else { return Vec::new() };
        let count = storage.length().unwrap_or_default();
        let mut names: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect();
        names.sort();
        names
    }
}

#[cfg(test)]
pub(super) mod memory {
    use super::Store;
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeMap;
    use std::rc::Rc;

    /// A storage that several tabs share, with room for so many bytes.
    #[derive(Clone)]
    pub(crate) struct Memory {
        texts: Rc<RefCell<BTreeMap<String, String>>>,
        room: Rc<Cell<usize>>,
    }

    impl Memory {
        pub(crate) fn new() -> Self {
            Self { texts: Rc::default(), room: Rc::new(Cell::new(5_000_000)) }
        }

        pub(crate) fn limit(&self, room: usize) {
            self.room.set(room);
        }

        pub(crate) fn used(&self) -> usize {
            self.texts.borrow().iter().map(|(name, text)| name.len() + text.len()).sum()
        }
    }

    impl Store for Memory {
        fn get(&self, name: &str) -> Option<String> {
            self.texts.borrow().get(name).cloned()
        }

        fn set(&self, name: &str, text: &str) -> bool {
            let old = self.get(name).map_or(0, |old| name.len() + old.len());
            let fits = self.used() - old + name.len() + text.len() <= self.room.get();
            if fits {
                self.texts.borrow_mut().insert(name.to_owned(), text.to_owned());
            }
            fits
        }

        fn remove(&self, name: &str) {
            self.texts.borrow_mut().remove(name);
        }

        fn names(&self) -> Vec<String> {
            self.texts.borrow().keys().cloned().collect()
        }
    }
}
