//! The way to the other views of a tab.

use crate::state::{Act, Action, View};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// A button for each view of the tab; nothing where there is one view only.
///
/// Buttons and not links: the address may hold the plan as well.
pub(super) fn views(shown: View, act: &Act) -> Html {
    let tab = shown.tab();
    if tab.views().nth(1).is_none() {
        return Html::default();
    }
    let button = |view: View| {
        let onclick = act.reform(move |_: MouseEvent| Action::Look(view));
        html! { <button type="button" data-to={view.path()} aria-current={(view == shown).then_some("page")} {onclick}>{ view.name() }</button> }
    };
    html! {
        <div class="edge"><nav class="views-of" aria-label={format!("Views of {}", tab.name())}>{ for tab.views().map(button) }</nav></div>
    }
}

/// On a narrow screen both rows scroll: what is chosen is brought to their middle, so that both neighbours are seen.
pub(super) fn keep_in_sight() {
    for chosen in [".tabs [aria-selected=true]", ".views-of [aria-current]"] {
        let found = gloo::utils::document().query_selector(chosen).ok().flatten();
        let button = found.and_then(|button| button.dyn_into::<HtmlElement>().ok());
        if let Some((button, row)) = button.and_then(|button| Some((button.clone(), button.parent_element()?))) {
            row.set_scroll_left(button.offset_left() - (row.client_width() - button.offset_width()) / 2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Tab;
    use crate::testing::{drawn, session_with};

    #[test]
    fn the_view_in_sight_is_named_and_a_tab_of_one_view_has_no_buttons() {
        let session = session_with(|_| {});
        for view in Tab::ALL.into_iter().flat_map(Tab::views) {
            let html = drawn(&session, views(view, &Act::noop()));
            let others = view.tab().views().count();
            assert_eq!(html.matches("<button").count(), if others == 1 { 0 } else { others });
            let current = format!("data-to=\"{}\" aria-current=\"page\"", view.path());
            assert_eq!(html.matches("aria-current").count(), usize::from(others > 1));
            assert!(others == 1 || html.contains(&current), "{html}");
        }
        assert!(drawn(&session, views(Tab::Overview.first(), &Act::noop())).trim().is_empty());
    }
}
