//! Until when a person must act, in one wording everywhere (M-07).

use crate::model::runway::{Deadline, Filling};
use crate::units::Secs;
use crate::units::format;

/// What the one figure promises; a deadline never stands without it.
pub const BASIS: &str = "in time in 95 of 100 cases";

/// "Act by 3 h 45 min after the loss (in time in 95 of 100 cases)".
#[must_use]
pub fn act_by(deadline: &Deadline) -> String {
    let text = act_by_inside(deadline);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| [first.to_ascii_uppercase()].into_iter().chain(letters).collect())
}

/// The same inside a sentence: "act by 3 h 45 min after the loss (in time in 95 of 100 cases)".
#[must_use]
pub fn act_by_inside(deadline: &Deadline) -> String {
    match deadline.act_by {
        Some(time) if time > Secs::ZERO => format!("act by {} after the loss ({BASIS})", format::duration(time)),
        Some(_) => format!("act at once after the loss: no later start is {BASIS}"),
        None => "no need to act: memory does not fill in 95 of 100 cases".to_owned(),
    }
}

/// "Act by 3 h 45 min after the loss (in time in 95 of 100 cases); typical 12 h 44 min, pessimistic 1 h 15 min."
#[must_use]
pub fn act_by_sentence(deadline: &Deadline) -> String {
    [&act_by(deadline), &other_deadlines(deadline), "."].concat()
}

/// "; typical 12 h 44 min, pessimistic 1 h 15 min"; empty where not even the pessimistic case has a deadline.
#[must_use]
pub fn other_deadlines(deadline: &Deadline) -> String {
    if deadline.pessimistic.is_none() {
        return String::new();
    }
    let at = |time| format::duration_or(time, "never");
    format!("; typical {}, pessimistic {}", at(deadline.typical), at(deadline.pessimistic))
}

/// "full after 3 h 56 min or later in 95 of 100 cases; typical 12 h 55 min, pessimistic 1 h 26 min": the runway in words.
#[must_use]
pub fn full(filling: &Filling) -> String {
    let first = match filling.full_p05 {
        Some(time) if time > Secs::ZERO => format!("full after {} or later in 95 of 100 cases", format::duration(time)),
        Some(_) => "full at once in 5 of 100 cases or more".to_owned(),
        None => "not full in 95 of 100 cases".to_owned(),
    };
    let Some(low) = filling.to_full.low else { return first };
    let typical = format::duration_or(filling.to_full.mode, "never");
    format!("{first}; typical {typical}, pessimistic {}", format::duration(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(deadline: Deadline) -> String {
        act_by_sentence(&deadline).replace('\u{a0}', " ")
    }

    #[test]
    fn the_figure_never_stands_without_its_basis() {
        let time = |minutes| Some(Secs::mins(minutes));
        let all = Deadline { act_by: time(225.0), typical: time(764.0), pessimistic: time(75.0) };
        assert_eq!(
            said(all),
            "Act by 3 h 45 min after the loss (in time in 95 of 100 cases); typical 12 h 44 min, pessimistic 1 h 15 min."
        );
        let now = Deadline { act_by: time(0.0), pessimistic: time(0.0), ..all };
        assert_eq!(
            said(now),
            "Act at once after the loss: no later start is in time in 95 of 100 cases; typical 12 h 44 min, pessimistic 0 s."
        );
        let rarely = Deadline { act_by: None, typical: None, ..all };
        assert_eq!(
            said(rarely),
            "No need to act: memory does not fill in 95 of 100 cases; typical never, pessimistic 1 h 15 min."
        );
        assert_eq!(said(Deadline::default()), "No need to act: memory does not fill in 95 of 100 cases.");
    }
}
