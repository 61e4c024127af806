//! The months ahead, and their file.

use crate::document::section_with;
use crate::files::{download, file_stem};
use crate::state::{Session, use_session};
use dr_core::model::horizon::horizon;
use dr_core::report::views;
use std::rc::Rc;
use yew::prelude::*;

/// What each design costs month by month.
#[component]
pub(super) fn Months() -> Html {
    let session = use_session();
    section_with(&views::cost::months(session.subject()), save(&session), Html::default())
}

/// The link to the whole horizon as a file.
fn save(session: &Rc<Session>) -> Html {
    let session = Rc::clone(session);
    let onclick = Callback::from(move |_: MouseEvent| {
        let months = horizon(&session.plan, &session.catalog);
        let text = views::cost::months_document(&session.plan, &months, &session.catalog).markdown();
        download(&format!("{}-horizon.md", file_stem(&session.plan.name)), "text/markdown", text.as_bytes());
    });
    html! { <button type="button" class="link" {onclick}>{ "Markdown" }</button> }
}
