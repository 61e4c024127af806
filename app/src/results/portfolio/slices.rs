//! Long work in short slices, so that the page answers while it lasts.

use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Time that a slice may take, in milliseconds: less than a frame.
const SLICE: f64 = 10.0;
/// Time between two words on how far it is, in milliseconds.
const TELL: f64 = 250.0;

/// The slice under way.
pub(super) struct Slice {
    began: f64,
    told: Rc<Cell<f64>>,
}

impl Slice {
    /// There is time left.
    pub(super) fn goes_on(&self) -> bool {
        now() - self.began < SLICE
    }

    /// Enough time has gone by to say how far it is.
    pub(super) fn is_time_to_tell(&self) -> bool {
        let now = now();
        let due = now - self.told.get() >= TELL;
        if due {
            self.told.set(now);
        }
        due
    }
}

fn now() -> f64 {
    gloo::utils::window().performance().map_or(0.0, |clock| clock.now())
}

/// Calls `step` slice by slice until it says that it is done; what is returned stops it.
pub(super) fn run(step: impl FnMut(&Slice) -> bool + 'static) -> impl FnOnce() {
    let stopped = Rc::new(Cell::new(false));
    next(Rc::new(RefCell::new(step)), Rc::new(Cell::new(now())), Rc::clone(&stopped));
    move || stopped.set(true)
}

type Step = Rc<RefCell<dyn FnMut(&Slice) -> bool>>;

fn next(step: Step, told: Rc<Cell<f64>>, stopped: Rc<Cell<bool>>) {
    let timeout = Timeout::new(0, move || {
        if stopped.get() {
            return;
        }
        let slice = Slice { began: now(), told: Rc::clone(&told) };
        let done = (step.borrow_mut())(&slice);
        if !done {
            next(step, told, stopped);
        }
    });
    timeout.forget();
}
