//! The menus of what can be opened: examples, files, and how to get a price sheet.

use super::menu::Entry;
use crate::files;
use crate::opening::{open_example, pick_files};
use crate::state::{Act, Action, Session, WorkspaceAct};
use dr_core::import::retail::price_list_address;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// File, name and topology of every example; a test holds the topology to the file.
pub(super) const EXAMPLES: [(&str, &str, &str); 7] = [
    ("plans/tax-filing", "Tax filing", "passive pair, published case"),
    ("plans/enrolment", "University enrolment", "passive pair, published case"),
    ("plans/marine-logistics", "Marine logistics", "passive pair, published case"),
    ("plans/gaming-leaderboard", "Gaming leaderboard", "active group of three, published case"),
    ("plans/travel-booking", "Travel booking", "active group, published case"),
    ("plans/energy-trading", "Energy trading", "active group, published case"),
    ("portfolios/twelve-plans", "Twelve plans with tags", "a portfolio, made up"),
];

/// The six published cases, a portfolio, and a new plan.
pub(super) fn examples(act: &Act) -> Vec<Entry> {
    let example = |(file, name, note): (&'static str, &'static str, &'static str)| {
        let act = act.clone();
        Entry::new(name, note, Callback::from(move |()| spawn_local(open_example(file, name, act.clone()))))
    };
    let new = act.reform(|()| Action::Open {
        plan: Box::default(),
        from: "A new plan. Undo brings the last one back.".to_owned(),
    });
    EXAMPLES
        .into_iter()
        .map(example)
        .chain([Entry::new("New plan", "10 GB, 5,000 writes/s, two regions", new)])
        .collect()
}

/// What can be opened: a plan, a price sheet, and how to get one.
pub(super) fn open_entries(session: &Session, act: &Act) -> Vec<Entry> {
    let copy = {
        let (session, act) = (session.clone(), act.clone());
        Callback::from(move |()| {
            files::copy(&price_list_address(&session.plan, session.catalog.currency()));
            act.emit(Action::Tell(
                "The address is on the clipboard. Open it in another tab, save every page (NextPageLink \
                                   names the next), then open all files here together."
                    .to_owned(),
            ));
        })
    };
    let pick = pick_files(act);
    let mut entries = vec![
        Entry::new("Files…", "plan, portfolio, measurements, what Azure prints; or dropped, or pasted", pick.clone()),
        Entry::new(
            "Estate from Azure",
            "the commands to run, and what they gave",
            act.reform(|()| Action::Workspace(WorkspaceAct::ShowEstate)),
        ),
        Entry::new("Price sheet…", "answers of the Azure Retail Prices API, all pages at once", pick),
        Entry::new(
            "Copy the address of a price sheet",
            "for this plan’s regions; nothing is asked for from here",
            copy,
        ),
    ];
    if session.sheet.is_some() {
        entries.push(Entry::new("Back to the bundled prices", "", act.reform(|()| Action::CloseSheet)));
    }
    entries
}
