//! Long work in short slices, so that the page answers while it lasts.

use gloo::timers::callback::Timeout;
use std::cell::Cell;
use std::rc::Rc;

/// Time that a slice may take, in milliseconds: less than a frame.
const SLICE: f64 = 10.0;
/// Time between two words on how far it is, in milliseconds.
const TELL: f64 = 250.0;

/// The slice under way.
pub(crate) struct Slice<'a> {
    began: f64,
    told: &'a mut f64,
}

impl Slice<'_> {
    /// There is time left.
    pub(crate) fn goes_on(&self) -> bool {
        now() - self.began < SLICE
    }

    /// Enough time has gone by to say how far it is.
    pub(crate) fn is_time_to_tell(&mut self) -> bool {
        let now = now();
        let due = now - *self.told >= TELL;
        if due {
            *self.told = now;
        }
        due
    }
}

fn now() -> f64 {
    gloo::utils::window().performance().map_or(0.0, |clock| clock.now())
}

/// Calls `step` slice by slice until it says that it is done; what is returned stops it.
pub(crate) fn run(mut step: impl FnMut(&mut Slice) -> bool + 'static) -> impl FnOnce() {
    let stopped = Rc::new(Cell::new(false));
    let mut told = now();
    next(Box::new(move || step(&mut Slice { began: now(), told: &mut told })), Rc::clone(&stopped));
    move || stopped.set(true)
}

fn next(mut step: Box<dyn FnMut() -> bool>, stopped: Rc<Cell<bool>>) {
    let timeout = Timeout::new(0, move || {
        if !stopped.get() && !step() {
            next(step, stopped);
        }
    });
    timeout.forget();
}
