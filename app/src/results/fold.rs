//! A section whose heading stands and whose content is drawn when it is opened.

use crate::document::{blocks, section};
use dr_core::report::document::{Block, Section};
use dr_core::report::glossary::marked;
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
    /// Name of the section that it holds.
    #[prop_or_default]
    pub(super) section: Option<&'static str>,
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
        <details ref={node} class="panel fold" data-section={props.section} {open} {ontoggle}>
            <summary><h2>{ &props.title }</h2>if !props.tells.is_empty() { <span class="tells">{ &props.tells }</span> }</summary>
            if open { { props.children.clone() } }
        </details>
    }
}

/// The sections of a view: the first is open, the others are folded.
pub(super) fn first_open(sections: &[Section]) -> Html {
    let first = sections.first().map_or_else(Html::default, section);
    html! { <>{ first }{ for sections.iter().skip(1).map(folded) }</> }
}

/// A section whose heading and words stand in the line of its fold.
pub(super) fn folded(section: &Section) -> Html {
    let inside = marked(section.clone()).blocks;
    folded_with(section, html! { <Blocks blocks={inside} /> })
}

/// The same around other content; a section that is its sentence alone has nothing to fold.
pub(super) fn folded_with(section: &Section, content: Html) -> Html {
    if section.blocks.is_empty() {
        return crate::document::section(section);
    }
    html! { <Fold title={section.heading.clone()} tells={section.says.words()} section={section.id}>{ content }</Fold> }
}

#[derive(Properties, PartialEq)]
struct BlocksProps {
    blocks: Vec<Block>,
}

#[component]
fn Blocks(props: &BlocksProps) -> Html {
    blocks(&props.blocks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{drawn, session_with};
    use dr_core::report::document::Text;

    /// A view is one sentence and one chart; what follows is folded with its sentence in its own line.
    #[test]
    fn the_rest_of_a_view_is_folded() {
        let session = session_with(|_| {});
        let of = |id, says: &str| Section::new(id, id, Text::from(says)).with(Block::paragraph(format!("inside {id}")));
        let html = drawn(&session, first_open(&[of("one", "First."), of("two", "Second.")]));
        assert!(html.contains("inside one") && html.contains("Second.") && !html.contains("inside two"), "{html}");
        assert_eq!(html.matches("<details").count(), 1, "{html}");
        let alone = drawn(&session, folded(&Section::new("none", "None", Text::from("Nothing to add."))));
        assert!(alone.contains("Nothing to add.") && !alone.contains("<details"), "{alone}");
    }

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
