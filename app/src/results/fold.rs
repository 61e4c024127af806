//! A section whose heading stands and whose content is drawn when it is opened.

use yew::prelude::*;

/// What a test draws with nothing folded.
#[cfg(test)]
#[derive(Clone, Copy, PartialEq)]
struct Unfolded;

/// A view with nothing folded.
#[cfg(test)]
pub(super) fn unfolded(view: Html) -> Html {
    html! { <ContextProvider<Unfolded> context={Unfolded}>{ view }</ContextProvider<Unfolded>> }
}

#[derive(Properties, PartialEq)]
pub(super) struct FoldProps {
    pub(super) title: AttrValue,
    /// What the closed fold tells already.
    #[prop_or_default]
    pub(super) tells: AttrValue,
    /// Open from the start.
    #[prop_or_default]
    pub(super) open: bool,
    /// A component works nothing out before the fold is open.
    pub(super) children: Html,
}

/// A fold that is drawn as the panels around it are.
#[component]
pub(super) fn Fold(props: &FoldProps) -> Html {
    let open = use_state(|| props.open);
    let node = use_node_ref();
    let ontoggle = {
        let (open, node) = (open.clone(), node.clone());
        // A fold inside this one tells of its own; what counts is this one's state.
        Callback::from(move |_: Event| {
            if let Some(fold) = node.cast::<web_sys::HtmlDetailsElement>() {
                open.set(fold.open());
            }
        })
    };
    let open = *open;
    #[cfg(test)]
    let open = open || use_context::<Unfolded>().is_some();
    html! {
        <details ref={node} class="panel fold" {open} {ontoggle}>
            <summary><h2>{ &props.title }</h2>if !props.tells.is_empty() { <span class="tells">{ &props.tells }</span> }</summary>
            if open { { props.children.clone() } }
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{drawn, session_with};

    /// What would be worked out.
    #[component]
    fn Work() -> Html {
        html! { <p>{ "worked out" }</p> }
    }

    #[test]
    fn a_closed_fold_tells_its_figure_and_works_nothing_out() {
        let session = session_with(|_| {});
        let fold = |open: bool| html! { <Fold title="Bill" tells="$3" {open}><Work /></Fold> };
        let closed = drawn(&session, fold(false));
        assert!(closed.contains("$3") && !closed.contains("worked out") && !closed.contains(" open"), "{closed}");
        assert!(drawn(&session, fold(true)).contains("worked out"));
        assert!(drawn(&session, unfolded(fold(false))).contains("worked out"), "nothing is folded");
    }
}
