//! What can be shown of a recovery point, and which targets the model alone meets.

use crate::model::rpo::Shown;
use crate::model::verdict::Objective;
use crate::units::{OpsPerSec, format};

/// What can be shown of a recovery point where that is not the figure itself: "≤ 60 s", "not observable".
#[must_use]
pub fn rpo_shown(shown: Shown) -> Option<String> {
    match shown {
        Shown::Itself => None,
        Shown::ByMetrics(grain) => Some(format!("≤\u{a0}{}", format::duration(grain))),
        Shown::Nothing => Some("not observable".to_owned()),
    }
}

/// A recovery point in one cell: what can be shown leads, the model's figure follows: "≤ 60 s, modelled 82 ms".
#[must_use]
pub fn rpo(shown: Shown, modelled: &str) -> String {
    rpo_shown(shown).map_or_else(|| modelled.to_owned(), |shown| format!("{shown}, modelled {modelled}"))
}

/// Of a measured lag, where the plan has more writes than were measured with it: "at 1,500/s; more at 1,600/s".
#[must_use]
pub fn fewer([then, now]: [OpsPerSec; 2]) -> String {
    let [then, now] = [then, now].map(format::ops);
    let more = if then == now { "above".to_owned() } else { format!("at {now}") };
    format!("at {then}; more {more}")
}

/// What of its targets a design meets in the model alone, after what it meets: " (RPO in the model alone)"; "" where all can be shown.
#[must_use]
pub fn unshown(targets: &[Objective]) -> String {
    let names: Vec<&str> = targets.iter().map(|it| it.name()).collect();
    if names.is_empty() { String::new() } else { format!(" ({} in the model alone)", format::listed(&names)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Secs;

    /// F19: what can be shown leads (M1: a minute for a pair; M2: nothing for a group), the modelled lag stands beside it.
    #[test]
    fn what_can_be_shown_leads() {
        let cell = |shown| rpo(shown, "82 ms").replace('\u{a0}', " ");
        assert_eq!(cell(Shown::ByMetrics(Secs::mins(1.0))), "≤ 60 s, modelled 82 ms");
        assert_eq!(cell(Shown::Nothing), "not observable, modelled 82 ms");
        assert_eq!(cell(Shown::Itself), "82 ms");
        assert_eq!((unshown(&[]), unshown(&[Objective::Rpo])), (String::new(), " (RPO in the model alone)".to_owned()));
    }
}
