//! The address: a plan, a view, both or neither. `#p1.…/cost/bill` holds both, `#/cost/bill` a view.
//!
//! Every step from view to view is an entry of the browser's history, with the view's path as its state. So “Back” leads to the
//! view before, never to an older plan; an address that was typed or followed has no state, and opens what it holds.

use super::View;
use dr_core::codec;
use dr_core::plan::Plan;
use wasm_bindgen::JsValue;
use web_sys::History;

/// Where the link at the top of the page leads: a place, not a plan.
pub const RESULTS: &str = "#results";

fn hash() -> String {
    gloo::utils::window().location().hash().unwrap_or_default()
}

/// The plan's part and the view of a fragment. The plan's letters hold no slash.
fn parted(hash: &str) -> (Option<&str>, Option<View>) {
    let (plan, path) = hash.split_once('/').unwrap_or((hash, ""));
    if holds_plan(plan) {
        (Some(plan), View::of_path(path))
    } else {
        (None, View::of_path(hash.trim_start_matches('#')))
    }
}

/// The part of the address that should hold a plan, if there is one.
#[must_use]
pub fn fragment() -> Option<String> {
    parted(&hash()).0.map(str::to_owned)
}

/// The view of the address, else the one at which this entry of the history was left.
#[must_use]
pub fn view() -> Option<View> {
    parted(&hash()).1.or_else(visited)
}

/// True for `#p`, a version and what follows, whole or not; any other fragment is a place or a stranger's word.
fn holds_plan(hash: &str) -> bool {
    let version = hash.strip_prefix("#p").unwrap_or_default();
    let rest = version.trim_start_matches(|letter: char| letter.is_ascii_digit());
    rest.len() < version.len() && (rest.is_empty() || rest.starts_with('.'))
}

/// True where the address holds exactly this plan.
pub(super) fn address_holds(plan: &Plan) -> bool {
    fragment().is_some_and(|hash| codec::from_fragment(&hash).is_ok_and(|held| held == *plan))
}

fn history() -> Option<History> {
    gloo::utils::window().history().ok()
}

/// The view of an entry that this page made; `None` where the address was typed or followed.
pub(super) fn visited() -> Option<View> {
    history()?.state().ok()?.as_string().as_deref().and_then(View::of_path)
}

/// True for a path that is no view's own: an address of another release, or one that was typed wrong.
fn is_no_views(hash: &str) -> bool {
    let path = hash.split_once('/').map_or("", |(_, path)| path);
    !path.is_empty() && parted(hash).1.is_none_or(|view| view.path() != path)
}

/// Names the view of the entry as it stands; an address that is no view's own becomes that of the view in sight.
pub(super) fn mark(view: View) {
    if is_no_views(&hash()) {
        let _ = replace(fragment().as_deref(), view);
    } else if let Some(history) = history() {
        let _ = history.replace_state(&JsValue::from_str(view.path()), "");
    }
}

/// A new entry for a view; the plan of the address stays in it.
pub(super) fn push(view: View) {
    let address = address_of(fragment().as_deref(), view);
    if let Some(history) = history() {
        let _ = history.push_state_with_url(&JsValue::from_str(view.path()), "", Some(&address));
    }
}

/// Takes the plan out of the address: a reload opens what is kept. Without an entry in the history of the browser.
pub(super) fn clear_address(view: View) {
    let _ = replace(None, view);
}

/// Puts plan and view into the address, without an entry in the history of the browser; false where it refuses.
#[must_use]
pub fn replace(plan: Option<&str>, view: View) -> bool {
    let address = address_of(plan, view);
    history().is_some_and(|history| {
        history.replace_state_with_url(&JsValue::from_str(view.path()), "", Some(&address)).is_ok()
    })
}

fn address_of(plan: Option<&str>, view: View) -> String {
    let location = gloo::utils::window().location();
    let part = |part: Result<String, JsValue>| part.unwrap_or_default();
    format!("{}{}{}", part(location.pathname()), part(location.search()), fragment_of(plan, view))
}

/// The first view needs no word where there is no plan.
fn fragment_of(plan: Option<&str>, view: View) -> String {
    match plan {
        None if view == View::Overview => String::new(),
        None => format!("#/{}", view.path()),
        Some(plan) => format!("#{}/{}", plan.trim_start_matches('#'), view.path()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_on_the_page_is_no_plan() {
        let cases = [
            ("", false),
            ("#", false),
            (RESULTS, false),
            ("#runbook", false),
            ("#portfolio", false),
            ("#p", false),
            ("#p1x", false),
            ("#p1.e30", true),
            ("#p1", true),
            ("#p99.AAAA", true),
        ];
        for (hash, holds) in cases {
            assert_eq!(holds_plan(hash), holds, "{hash}");
        }
    }

    #[test]
    fn plan_and_view_stand_beside_each_other() {
        let cases = [
            ("", None, None),
            (RESULTS, None, None),
            ("#p1.e30", Some("#p1.e30"), None),
            ("#p1.e30/cost/bill", Some("#p1.e30"), Some(View::Bill)),
            ("#p1.e30/gone", Some("#p1.e30"), None),
            ("#/cost", None, Some(View::Months)),
            ("#compare", None, Some(View::Overview)),
            ("#runbook", None, Some(View::Runbook)),
            ("#outage/pair", None, Some(View::Pair)),
        ];
        for (hash, plan, view) in cases {
            assert_eq!(parted(hash), (plan, view), "{hash}");
        }
    }

    #[test]
    fn an_address_that_is_no_views_own_is_told_from_a_place_and_a_view() {
        let wrong = ["#/nope", "#p1.e30/gone", "#/cost/nope", "#/cost", "#outage/pair"];
        let right = ["#/cost/bill", "#p1.e30/cost/bill", RESULTS, "#p1.e30", ""];
        let cases = wrong.map(|hash| (hash, true)).into_iter().chain(right.map(|hash| (hash, false)));
        for (hash, no_views) in cases {
            assert_eq!(is_no_views(hash), no_views, "{hash}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for view in View::ALL {
            let kept = Some(view).filter(|view| *view != View::Overview);
            assert_eq!(parted(&fragment_of(None, view)), (None, kept));
            for plan in ["p1.e30", "#p1.e30"] {
                assert_eq!(parted(&fragment_of(Some(plan), view)), (Some("#p1.e30"), Some(view)));
            }
        }
    }
}
