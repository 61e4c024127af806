//! What stays in view while one scrolls: the verdict in a line or two, and the tabs.

use super::tabs::Tabs;
use super::verdict::verdict;
use crate::state::use_session;
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The verdict is cut where it is longer than its lines; a button shows the whole.
#[component]
pub(super) fn Head() -> Html {
    let session = use_session();
    let (head, line) = (use_node_ref(), use_node_ref());
    let (cut, whole) = (use_state(|| false), use_state(|| false));
    let measure = {
        let (head, line, cut) = (head.clone(), line.clone(), cut.clone());
        Callback::from(move |()| {
            head.cast::<HtmlElement>().iter().for_each(tell_height);
            if let Some(line) = line.cast::<HtmlElement>() {
                cut.set(line.scroll_height() > line.client_height() + 1);
            }
        })
    };
    {
        let measure = measure.clone();
        use_effect_with((Rc::as_ptr(&session.evaluation), *cut, *whole), move |_| measure.emit(()));
    }
    use_effect_with((), move |()| {
        let listener = EventListener::new(&gloo::utils::window(), "resize", move |_| measure.emit(()));
        move || drop(listener)
    });
    let toggle = {
        let whole = whole.clone();
        Callback::from(move |_: MouseEvent| whole.set(!*whole))
    };
    html! {
        <div class="head" ref={head}>
            <div class={classes!("verdict", whole.then_some("whole"))}>
                <p id="verdict" data-verdict="" role="status" ref={line}>{ verdict(&session) }</p>
                if *cut || *whole {
                    <button type="button" class="link" aria-expanded={whole.to_string()} aria-controls="verdict" onclick={toggle}>{ if *whole { "Less" } else { "More" } }</button>
                }
            </div>
            <Tabs />
        </div>
    }
}

/// What stands below the head while one scrolls, and what is scrolled to, keeps so much room above it.
fn tell_height(head: &HtmlElement) {
    let root = gloo::utils::document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok());
    if let Some(root) = root {
        let _ = root.style().set_property("--head", &format!("{}px", head.offset_height()));
    }
}
