//! The log, kept in this browser: a reload at night loses nothing.

use crate::state::{Action, Keeper, Kind, use_act};
use dr_core::report::night::{Night, NightLog};
use std::rc::Rc;
use yew::prelude::*;

/// Changes the log.
pub(super) type Change = Callback<Box<dyn FnOnce(&mut NightLog)>>;

struct Saved(Rc<NightLog>);

impl Reducible for Saved {
    type Action = Box<dyn FnOnce(&mut NightLog)>;

    fn reduce(self: Rc<Self>, change: Self::Action) -> Rc<Self> {
        let mut log = (*self.0).clone();
        change(&mut log);
        Rc::new(Self(Rc::new(log)))
    }
}

/// The log that is kept, else an empty one; and how to change it.
#[hook]
pub(super) fn use_log(night: &Night) -> (Rc<NightLog>, Change) {
    let (keeper, act) = (use_context::<Keeper>(), use_act());
    let log = use_reducer(|| {
        let read = |Keeper(shelf): &Keeper| {
            shelf.read(Kind::Night, |text| NightLog::from_text(text).map_err(|error| error.to_string()))
        };
        Saved(Rc::new(keeper.as_ref().and_then(read).unwrap_or_else(|| NightLog::of(night))))
    });
    use_effect_with(Rc::clone(&log.0), move |log| {
        if let Some(Keeper(shelf)) = keeper {
            let text = (!log.is_empty()).then(|| log.to_text());
            let kept = shelf.keep(Kind::Night, text.as_deref());
            act.emit(Action::ask(move |asks| asks.note(Kind::Night, kept)));
        }
    });
    let (dispatch, title) = (log.dispatcher(), night.title.clone());
    // An empty log is of the failover in sight, whichever was there first.
    let change = Callback::from(move |change: Box<dyn FnOnce(&mut NightLog)>| {
        let title = title.clone();
        dispatch.dispatch(Box::new(move |log: &mut NightLog| {
            if log.is_empty() {
                log.title = title;
            }
            change(log);
        }));
    });
    (Rc::clone(&log.0), change)
}
